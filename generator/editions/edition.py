"""What an edition is: the site in another form, made from the finished site alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from generator.dataset import Dataset
from generator.errors import BuildError
from generator.output import listed
from generator.words import Words

#: Where editions are published, below the root of the site.
FOLDER = "editions"
#: In the name of a file that there is once for each language.
LANGUAGE = "{lang}"


class Cache:
    """What editions are made of costs time; what went in before comes out of here again.

    A file is kept under the hash of what went in and of itself: one that was damaged is made anew.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[Path] = set()

    def kept(
        self, edition: str, went_in: Iterable[str | bytes], make: Callable[[Path], None]
    ) -> Path:
        """Return a file that ``make`` wrote to the path that it was given, now or another time.

        ``went_in`` is all that decides about its bytes, versions of programs included. Treat the
        file as read only.
        """
        folder = self._folder / edition
        key = _hash(went_in)
        for path in folder.glob(f"{key}.*"):
            if path.suffix == f".{_hash_of_file(path)}":
                self._used.add(path)
                return path
            path.unlink()
        folder.mkdir(parents=True, exist_ok=True)
        temporary = folder / f"{key}.making"  # several processes may make different files
        temporary.unlink(missing_ok=True)
        make(temporary)
        path = folder / f"{key}.{_hash_of_file(temporary)}"
        temporary.replace(path)
        self._used.add(path)
        return path

    def used(self, path: Path) -> None:
        """Keep a file of the cache that another process asked for."""
        self._used.add(path)

    def tidy(self, edition: str) -> None:
        """Remove what was not asked for this time. Raises OSError."""
        for path in (self._folder / edition).glob("*"):
            if path not in self._used:
                path.unlink()


@cache
def program() -> str:
    """A hash of what makes editions out of a finished site."""
    package = Path(__file__).parent
    files = [*package.glob("*.py"), *package.parent.glob("finish_*.py")]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path.name} {_hash_of_file(path)}\n".encode())
    return digest.hexdigest()


def _hash(parts: Iterable[str | bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(b"%d " % len(data))
        digest.update(data)
    return digest.hexdigest()


def _hash_of_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True)
class Edited:
    """What an edition is made from.

    ``site`` is the folder of the whole finished site, to be read only; ``languages`` those to make
    the edition in. ``cache`` keeps what was made; ``progress`` tells what is being done.
    """

    site: Path
    dataset: Dataset
    words: Words
    languages: tuple[str, ...]
    cache: Cache
    progress: Callable[[str], None] = field(default=lambda _message: None)

    @property
    def is_whole(self) -> bool:
        """Whether all languages of the site are asked for."""
        return self.languages == self.dataset.site.codes

    def files(self) -> list[str]:
        """The files of the site without its editions: paths below ``site``, sorted."""
        return sorted(path for path in listed(self.site).files if not is_edition(path))


# A path below the folder of editions, and the file that shall stand there or its content.
Made = tuple[str, bytes | Path]


@dataclass(frozen=True, slots=True)
class EditionFile:
    """A file that the downloads page lists: its name, with ``{lang}`` if there is one for each
    language, and the key of the text that says what is in it.
    """

    name: str
    holds: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A form of the site to take away.

    ``name`` is what the command line calls it, ``form`` the name of its format. ``make`` yields
    all its files in the languages that are asked for, and ``paths`` says beforehand which: links
    to them are published with them. ``use`` is the key of a text for the downloads page, on how to
    use it; ``texts`` are further keys that it asks for; ``ready`` raises BuildError if a program
    is missing that makes it.
    """

    name: str
    form: str
    media_type: str
    files: tuple[EditionFile, ...]
    make: Callable[[Edited], Iterator[Made]]
    paths: Callable[[Dataset, Sequence[str]], Iterable[str]]
    use: str = ""
    texts: tuple[str, ...] = ()
    ready: Callable[[], object] = tuple


def refused(error: OSError, place: object) -> BuildError:
    """What is told of a disk that refuses; ``place`` stands in for the file if none is named."""
    return BuildError(
        f"cannot read or write {error.filename or place}: {error.strerror}; check free space and"
        " permissions, then try again"
    )


def is_edition(path: str) -> bool:
    """Whether a path in the site is that of a file of an edition."""
    return path.startswith(f"{FOLDER}/")
