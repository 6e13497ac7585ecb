"""Write a tree of files so that only what differs is touched.

Unchanged files keep their time of change, which is what makes the engine's incremental build
possible; changed files are written beside their place and renamed into it, so that a reader or a
killed process never leaves half a file under its name.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import BuildError

#: The one temporary file of a tree. A backslash is refused in keys, so no key can be this.
_TEMPORARY = ".writing\\"


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did: keys written because they were new or differed, and keys removed."""

    changed: frozenset[str]
    removed: frozenset[str]


# Size, time of change in ns, and inode of a file.
State = tuple[int, int, int]
ABSENT: State = (-1, 0, 0)


@dataclass(slots=True)
class Listed:
    """What is below a folder: plain files with their states, folders, and whatever is neither."""

    files: dict[str, State] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    foreign: list[str] = field(default_factory=list)


def listed(root: Path) -> Listed:
    """List a folder without following links; nothing if there is none. Raises OSError."""
    found = Listed()
    if root.is_dir() and not root.is_symlink():
        _list(str(root), "", found)
    return found


def _list(base: str, prefix: str, found: Listed) -> None:
    with os.scandir(base) as entries:
        for entry in entries:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                found.folders.add(path)
                _list(entry.path, f"{path}/", found)
            elif entry.is_file(follow_symlinks=False):
                found.files[path] = state_of(entry.stat(follow_symlinks=False))
            else:
                found.foreign.append(path)


def state_of(stat: os.stat_result) -> State:
    """What tells whether a file is still the one that it was."""
    return stat.st_size, stat.st_mtime_ns, stat.st_ino


def write_tree(root: Path, files: Mapping[str, bytes]) -> Written:
    """Make ``root`` hold exactly ``files`` (path with ``/`` from ``root`` -> content).

    Files that hold these bytes already are left alone. Files and folders that the mapping lacks
    are removed; a symbolic link below ``root`` counts as such a file and is never followed.
    Raises ValueError for a path that is not a plain relative one (that is a mistake in the
    program, and nothing has been written), BuildError if the disk refuses.
    """
    _check_paths(files)
    try:
        root.mkdir(parents=True, exist_ok=True)
        return _write_tree(root, files)
    except OSError as error:
        raise _refused(root, error) from error


def update_tree(root: Path, files: Mapping[str, bytes], gone: Iterable[str]) -> Written:
    """Write ``files`` below ``root`` and remove those that are ``gone``; the rest stays unseen.

    Files that hold these bytes already are left alone; folders that become empty are removed.
    Raises like ``write_tree``.
    """
    _check_paths(files)
    try:
        removed = [path for path in gone if path not in files and (root / path).is_file()]
        for path in removed:
            (root / path).unlink()
        changed = []
        for path in sorted(files):
            target = root / path
            if target.is_file() and target.read_bytes() == files[path]:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            (root / _TEMPORARY).write_bytes(files[path])
            (root / _TEMPORARY).replace(target)
            changed.append(path)
        for path in sorted(parents(removed), reverse=True):
            if not any((root / path).iterdir()):
                (root / path).rmdir()
    except OSError as error:
        raise _refused(root, error) from error
    return Written(frozenset(changed), frozenset(removed))


def _refused(root: Path, error: OSError) -> BuildError:
    name = error.filename or str(root)
    return BuildError(
        f"cannot write {name}: {error.strerror}; check free space and permissions, then build again"
    )


def write_texts(root: Path, files: Mapping[str, str]) -> list[str]:
    """Write texts to paths below ``root``, each beside its place and renamed into it.

    For files that people edit, where nothing else may be touched. Returns the paths, sorted.
    Raises BuildError if the disk refuses.
    """
    for path, text in files.items():
        write_text(root / path, text)
    return sorted(files)


def write_text(path: Path, text: str) -> None:
    """Write one text; a reader never sees half of it."""
    temporary = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(text.encode("utf-8", "surrogatepass"))
        temporary.replace(path)
    except OSError as error:
        raise BuildError(f"cannot write {path}: {error.strerror}") from error


def safe_path(path: str) -> bool:
    """Return whether a path is relative, in normal form, and stays where it is put."""
    if "\\" in path or "\0" in path:
        return False
    return not any(part in ("", ".", "..") for part in path.split("/"))


def parents(paths: Iterable[str]) -> set[str]:
    """Return every folder that the given files need, without the root itself."""
    needed: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in needed:
            needed.add(folder)
            folder = folder.rpartition("/")[0]
    return needed


def _check_paths(files: Mapping[str, bytes]) -> None:
    for path in files:
        if not safe_path(path):
            raise ValueError(f"not a plain relative path: {path!r}")
        try:
            path.encode()
        except UnicodeEncodeError as error:
            raise ValueError(f"not a path that can be written: {path!r}") from error
    both = parents(files) & files.keys()
    if both:
        raise ValueError(f"both a file and a folder: {sorted(both)[0]!r}")


def _write_tree(root: Path, files: Mapping[str, bytes]) -> Written:
    found = listed(root)
    folders = parents(files)
    removed = [path for path in found.files if path not in files]
    for path in [*removed, *found.foreign]:
        (root / path).unlink()
    # Deepest first, so that a folder is empty when its turn comes.
    for path in sorted(found.folders, reverse=True):
        if path not in folders:
            (root / path).rmdir()
    for path in sorted(folders.difference(found.folders)):
        (root / path).mkdir()
    temporary = root / _TEMPORARY
    changed = []
    for path in sorted(files):
        content = files[path]
        if (
            found.files.get(path, ABSENT)[0] == len(content)
            and (root / path).read_bytes() == content
        ):
            continue
        temporary.write_bytes(content)
        temporary.replace(root / path)
        changed.append(path)
    removed_keys = [path for path in (*removed, *found.foreign) if path not in files]
    return Written(frozenset(changed), frozenset(removed_keys) - {_TEMPORARY})


def remove_tree(path: Path) -> None:
    """Remove a folder with everything in it, or a file or link; nothing if there is none.

    A link is removed, not what it leads to. Raises BuildError if the disk refuses.
    """
    try:
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path.exists():
            shutil.rmtree(path)
    except OSError as error:
        raise BuildError(
            f"cannot remove {error.filename or path}: {error.strerror}; remove it by hand, then"
            " build again"
        ) from error
