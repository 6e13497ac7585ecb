"""The manifest: a hash of every published file, in the form of ``sha256sum``.

``sha256sum --check SHA256SUMS`` in the site's folder says the same as ``verify``, except for files
that should not be there. Format: lines of 64 hexadecimal digits, two spaces and a path, sorted by
path (GNU coreutils, "md5sum invocation": the two spaces, or a space and ``*``, tell text from
binary, which is all one here). Paths with a line break are none of ours and are refused.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.errors import BuildError, shown
from generator.output import listed, safe_path

#: Where the manifest stands in the site; it does not list itself.
MANIFEST = "SHA256SUMS"

_LINE = re.compile(r"([0-9a-f]{64}) [ *]([^\r\n]+)")


@dataclass(frozen=True, slots=True)
class Differences:
    """How a folder differs from a manifest: paths, sorted, and how many files were compared."""

    missing: tuple[str, ...]
    changed: tuple[str, ...]
    extra: tuple[str, ...]
    compared: int

    def lines(self) -> Iterator[str]:
        """One line for each difference, with what is wrong in front."""
        for path in self.missing:
            yield f"missing: {path}"
        for path in self.changed:
            yield f"changed: {path}"
        for path in self.extra:
            yield f"extra: {path}"


def digest(content: bytes) -> str:
    """The hash of a file's content, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def manifest_text(digests: Mapping[str, str]) -> bytes:
    """Return the manifest: of files and their hashes. ValueError if one has two lines."""
    for path in digests:
        if not path.isprintable():
            raise ValueError(f"not a path of one line: {path!r}")
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode()


def read_manifest(file: Path) -> dict[str, str]:
    """Return path -> hash. Raises BuildError naming the line that is not one of a manifest."""
    try:
        text = file.read_bytes().decode("utf-8")
    except OSError as error:
        raise BuildError(f"cannot read {file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BuildError(f"{file} is not a manifest: it is not text in UTF-8") from error
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        match = _LINE.fullmatch(line)
        if match is None or not safe_path(match[2]):
            raise BuildError(
                f"{file}:{number}: not a line of a manifest: {shown(line)};"
                " expected 64 hexadecimal digits, two spaces and a path"
            )
        if match[2] in found:
            raise BuildError(f"{file}:{number}: named twice: {shown(match[2])}")
        found[match[2]] = match[1]
    if not found:
        raise BuildError(f"{file} names no file; an empty site is none to compare with")
    return found


def extend_manifest(stage: Path, folder: str) -> None:
    """Add what is below a folder of a staged site to its manifest, in place of what was said of it.

    For files that are put there after all others, because they are made of them. The manifest is
    replaced, not written into: it may be a hard link to that of the published site.
    """
    file = stage / MANIFEST
    named = {k: v for k, v in read_manifest(file).items() if not k.startswith(f"{folder}/")}
    found = {f"{folder}/{path}" for path in listed(stage / folder).files}
    try:
        named |= {path: _digest_of(stage / path) for path in found}
        temporary = file.with_name(f".{MANIFEST}.new")
        temporary.write_bytes(manifest_text(named))
        temporary.replace(file)
    except OSError as error:
        raise BuildError(f"cannot write {file}: {error.strerror}") from error


def compare(folder: Path, against: Path | None = None) -> Differences:
    """Compare the files of a folder with a manifest: its own, or that of another publication.

    Links in it are not followed, and count as files that should not be there; the folder may be
    one. Raises BuildError if the folder or the manifest cannot be read.
    """
    if not folder.is_dir():
        raise BuildError(f"cannot compare {folder}: there is no such folder")
    folder = folder.resolve()
    wanted = read_manifest(against or folder / MANIFEST)
    try:
        there = listed(folder)
        present = there.files.keys() - {MANIFEST}
        both = sorted(present & wanted.keys())
        changed = [path for path in both if _digest_of(folder / path) != wanted[path]]
    except OSError as error:
        raise BuildError(f"cannot read {error.filename or folder}: {error.strerror}") from error
    return Differences(
        missing=tuple(sorted(wanted.keys() - present)),
        changed=tuple(changed),
        extra=tuple(sorted([*(present - wanted.keys()), *there.foreign])),
        compared=len(both),
    )


def _digest_of(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
