"""What a build leaves for the next process: what a ``Builder`` knows, in one file of ``build/``.

It is there only between builds: forgotten before anything that it tells of is changed, kept again
once the site is published. A killed build therefore leaves none, and the next begins from nothing.
What it says about files is checked against them. It is a pickle, which can run code when it is
read: a restored copy of ``build/`` must come from where the code comes from.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from generator.answers import Answers
from generator.changes import Content
from generator.extras import Made
from generator.finish import Known
from generator.rendered import Tree
from generator.store import Pieces

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
        with temporary.open("wb") as file:
            file.write(_fingerprint())
            pickle.dump(memory, file, pickle.HIGHEST_PROTOCOL)
        temporary.replace(path)
    except OSError:
        forget(path)


def forget(path: Path) -> None:
    """Remove the memory and what a killed process left of it. Raises OSError."""
    path.with_suffix(".part").unlink(missing_ok=True)
    path.unlink(missing_ok=True)


def recall(path: Path) -> Memory | None:
    """Return the memory, or None if there is none of this program in these versions."""
    fingerprint = _fingerprint()
    try:
        data = path.read_bytes()
    except OSError:
        return None
    if not data.startswith(fingerprint):
        return None
    found = _without_collection(lambda: _loaded(data[len(fingerprint) :]))
    return found if isinstance(found, Memory) else None


def _loaded(data: bytes) -> object:
    try:
        return pickle.loads(data)
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
