"""Finding the content files of a folder, and loading them without waiting."""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from pathlib import Path

from generator.errors import Place, Problem, ordered, shown

_WORDS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
# Folders of languages are named by their tags, such as ``sr-Latn``.
_FOLDER = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*", re.ASCII)
# Windows cannot store files of these names, and a checkout there would fail.
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d", re.IGNORECASE | re.ASCII)


def find_files(
    root: Path, suffix: str = ".yaml", *, base: Path | None = None
) -> tuple[list[Path], list[Problem]]:
    """Return the content files below ``root``, sorted, and what else is wrong there.

    Problems name files as ``root`` does, or relative to ``base``. Links are never followed, pipes
    and devices never opened; hidden files and those that editors leave are passed over. A file
    with a wrong name is returned too if the name is printable ASCII and the ending that of YAML,
    so that its content is checked in the same run.
    """
    finder = _Finder(root, suffix, base)
    folders = [root]
    while folders:
        folders += finder.look_into(folders.pop())
    return sorted(finder.files, key=lambda path: path.as_posix()), list(ordered(finder.problems))


def load(path: Path, limit: int) -> bytes:
    """Return at most ``limit`` bytes of a file, without waiting for a pipe; raises OSError."""
    flags = (getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_BINARY"))
    with os.fdopen(os.open(path, os.O_RDONLY | sum(flags)), "rb") as stream:
        return stream.read(limit) or b""


def unreadable(file: str, error: OSError) -> Problem:
    """Return the problem that a file or folder could not be read."""
    reason = (error.strerror or "unknown reason").lower()
    return Problem(Place(file), "unreadable", f"the system refuses to read this: {reason}")


def _name_of(path: Path, base: Path | None) -> str:
    """Return a path as messages name it: relative to ``base``, with slashes, printable."""
    name = (path.relative_to(base) if base else path).as_posix()
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)


class _Finder:
    """Looks into one folder after the other, and collects files and problems."""

    def __init__(self, root: Path, suffix: str, base: Path | None) -> None:
        self.root = root
        self.suffix = suffix
        self.base = base
        self.files: list[Path] = []
        self.problems: list[Problem] = []

    def look_into(self, folder: Path) -> list[Path]:
        """Take the files of a folder; return the folders in it."""
        folders = []
        names: dict[str, str] = {}
        try:
            entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
        except OSError as error:
            self.problems.append(unreadable(_name_of(folder, self.base), error))
            return []
        for entry in entries:
            if _is_passed_over(entry.name):
                continue
            self._check_double(entry, names)
            try:
                mode = entry.lstat().st_mode
                if stat.S_ISLNK(mode):
                    self._refuse_link(entry)
                elif stat.S_ISDIR(mode):
                    self._check_folder(entry)
                    folders.append(entry)
                elif stat.S_ISREG(mode):
                    self._take_file(entry)
                else:
                    message, expected = "this is a pipe, socket or device", "a file"
                    self._refuse("special-file", entry, message, expected)
            except OSError as error:
                self.problems.append(unreadable(_name_of(entry, self.base), error))
        return folders

    def _take_file(self, path: Path) -> None:
        name = path.name
        ending = path.suffix
        if ending.lower() not in (self.suffix, ".yaml", ".yml"):
            message = "this is no content file"
            self._refuse("stray-file", path, message, f"files that end with {self.suffix}")
            return
        if not _is_name(path.stem, _WORDS) or ending != self.suffix:
            message = "the name of this file is not allowed"
            expected = f"lower-case ASCII words joined by hyphens, and {self.suffix}"
            hint = _slug(path.stem)
            self._refuse("file-name", path, message, expected, hint and hint + self.suffix)
        if not os.access(path, os.R_OK):
            denied = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            self.problems.append(unreadable(_name_of(path, self.base), denied))
        elif name.isascii() and name.isprintable():
            self.files.append(path)

    def _check_folder(self, path: Path) -> None:
        if not _is_name(path.name, _FOLDER):
            message = "the name of this folder is not allowed"
            expected = "ASCII words joined by hyphens"
            self._refuse("file-name", path, message, expected, _slug(path.name))

    def _check_double(self, path: Path, names: dict[str, str]) -> None:
        folded = unicodedata.normalize("NFC", path.name).casefold()
        first = names.setdefault(folded, path.name)
        if first != path.name:
            message = f"on some systems this name is the same as {shown(first)}"
            self._refuse("same-file-name", path, message, "names that differ in their letters")

    def _refuse_link(self, path: Path) -> None:
        try:
            inside = path.resolve().is_relative_to(self.root.resolve())
        except (OSError, RuntimeError):  # links in a circle
            inside = True
        message = "this is a symbolic link" + ("" if inside else " that leads out of the folder")
        self._refuse("symlink", path, message, "the file itself")

    def _refuse(
        self, rule: str, path: Path, message: str, expected: str, hint: str | None = None
    ) -> None:
        name = path.name.encode("utf-8", "backslashreplace").decode()
        place = Place(_name_of(path, self.base))
        self.problems.append(Problem(place, rule, message, name, expected, hint))


def _is_passed_over(name: str) -> bool:
    """Whether a name is hidden, or one of those that Emacs, Vim, macOS and others leave."""
    return name.startswith(".") or name.endswith("~") or (name[0] == "#" and name[-1] == "#")


def _is_name(stem: str, pattern: re.Pattern[str]) -> bool:
    return pattern.fullmatch(stem) is not None and _RESERVED.fullmatch(stem) is None


def _slug(stem: str) -> str | None:
    letters = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall("[a-z0-9]+", letters))
    return slug if slug and _RESERVED.fullmatch(slug) is None else None
