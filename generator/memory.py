"""What a build leaves for the next process: what a ``Builder`` knows, in one file of ``build/``.

It is there only between builds: set aside before anything that it tells of is changed, kept again
once the site is published. A killed build therefore leaves none, and the next begins from nothing.
What it says about files is checked against them. It is a pickle, which could name any function to
be called when it is read: this one may name the data classes of this program and its views, and
nothing else, and it is read only if it belongs to the user and nobody else may write to it.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import os
import pickle
import stat
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, is_dataclass
from enum import Enum
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import FunctionType

from pydantic import BaseModel

from generator.answers import Answers
from generator.changes import Content
from generator.dataset import Dataset
from generator.errors import BuildError
from generator.extras import Made
from generator.finish import Known
from generator.model.vocabulary import Vocabulary
from generator.rendered import Tree
from generator.source import Node
from generator.store import Pieces
from generator.words import Words

# Whose versions decide what is rendered.
_PACKAGES = ("babel", "jinja2", "markupsafe", "pydantic", "pyuca", "pyyaml")


@dataclass(frozen=True, slots=True)
class Memory:
    """The state of a builder: see there."""

    templates: str
    pieces: Pieces
    answers: Answers
    content: Content
    trees: Mapping[str, Tree]
    known: Known
    made: Mapping[str, Made]


def keep(path: Path, memory: Memory) -> None:
    """Write the memory; what the disk refuses is not kept."""
    temporary = path.with_suffix(".part")
    try:
        temporary.unlink(missing_ok=True)
        # Made anew, for the user alone: never through a link that somebody put there.
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(temporary, flags, 0o600), "wb") as file:
            file.write(_fingerprint())
            pickle.dump(memory, file, pickle.HIGHEST_PROTOCOL)
        temporary.replace(path)
        _aside(path).unlink(missing_ok=True)
    except OSError:
        with contextlib.suppress(BuildError):
            forget(path)


def set_aside(path: Path) -> None:
    """Let there be no memory, until it is kept again or restored. BuildError if the disk refuses.

    A build that is killed meanwhile leaves none that anybody would recall.
    """
    try:
        path.with_suffix(".part").unlink(missing_ok=True)
        if path.is_file():
            path.replace(_aside(path))
        else:
            _aside(path).unlink(missing_ok=True)
    except OSError as error:
        raise BuildError(f"cannot move {path}: {error.strerror}; check permissions") from error


def restore(path: Path) -> None:
    """Let the memory that was set aside be the one again; it is if nothing has changed."""
    with contextlib.suppress(OSError):
        _aside(path).replace(path)


def _aside(path: Path) -> Path:
    return path.with_suffix(".aside")


def forget(path: Path) -> None:
    """Remove the memory and what a killed process left of it. BuildError if the disk refuses."""
    try:
        for one in (path.with_suffix(".part"), _aside(path), path):
            one.unlink(missing_ok=True)
    except OSError as error:
        raise BuildError(f"cannot remove {path}: {error.strerror}; check permissions") from error


def recall(path: Path) -> Memory | None:
    """Return the memory, or None if there is none of this program in these versions."""
    fingerprint = _fingerprint()
    try:
        data = _own(path)
    except OSError:
        return None
    if not data.startswith(fingerprint):
        return None
    found = _without_collection(lambda: _loaded(data[len(fingerprint) :]))
    return found if isinstance(found, Memory) else None


def _own(path: Path) -> bytes:
    """The content of a plain file that only the user may write to. Raises OSError."""
    # Never waits for a pipe, never follows a link.
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        state = os.fstat(descriptor)
        is_own = state.st_uid == os.geteuid() and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        if not (stat.S_ISREG(state.st_mode) and is_own):
            raise PermissionError(path)
        return file.read()


# What holds data of the standard library; a partial calls nothing while it is read.
_FOREIGN = frozenset(
    {("decimal", "Decimal"), ("datetime", "date"), ("functools", "partial")}
    | {("pathlib", name) for name in ("PosixPath", "WindowsPath")}
    | {("pathlib._local", name) for name in ("PosixPath", "WindowsPath")}
)


class _Reader(pickle.Unpickler):
    """Reads data: of all that a pickle may name it finds data classes of this program and views."""

    def find_class(self, module_name: str, global_name: str) -> object:
        if (module_name, global_name) in _FOREIGN:
            return super().find_class(module_name, global_name)
        # Nothing is imported, and a name with dots, which leads into other modules, is none here.
        package = __name__.partition(".")[0]
        module = sys.modules.get(module_name) if module_name.startswith(f"{package}.") else None
        found: object = vars(module).get(global_name) if module else None
        if getattr(found, "__module__", None) == module_name and (
            _is_data(found)
            or (isinstance(found, FunctionType) and module_name.startswith(f"{package}.views."))
        ):
            return found
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is no data")


def _is_data(found: object) -> bool:
    return isinstance(found, type) and (
        is_dataclass(found)
        or issubclass(found, BaseModel | Enum | str | tuple | Node | Vocabulary | Dataset | Words)
    )


def _loaded(data: bytes) -> object:
    try:
        return _Reader(io.BytesIO(data)).load()
    except Exception:  # whatever a damaged pickle raises
        return None


def _without_collection(make: Callable[[], object]) -> object:
    """Make many objects, none of them garbage, without looking for garbage among them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        return make()
    finally:
        if was_on:
            gc.enable()


@cache
def _fingerprint() -> bytes:
    """A hash of this program and of the versions of what it uses, as 64 hexadecimal digits."""
    digest = hashlib.sha256(f"python {sys.version_info[:3]}\n".encode())
    for package in _PACKAGES:
        digest.update(f"{package} {version(package)}\n".encode())
    root = Path(__file__).parent
    for path in sorted(root.rglob("*.py")):
        content = path.read_bytes()
        digest.update(f"{os.path.relpath(path, root)} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest().encode()
