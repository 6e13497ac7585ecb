"""What the tests of checks share: a changed toy, one check, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from generator.errors import Problem
from generator.store import Store
from tests.helpers import Change, toy, toy_store

Check = Callable[[Store], Iterator[Problem]]


def said(check: Check, folder: Path, *changes: Change) -> list[str]:
    """What a check says of a changed toy: place without ``content/``, rule and value."""
    found = check(toy_store(folder, *changes) if changes else toy())
    return [
        f"{str(problem.place).removeprefix('content/')} {problem.rule} {problem.value}"
        for problem in found
    ]


def new(kinds: str, text: str) -> Change:
    """One more file of facts."""
    return Change(f"facts/{kinds}/new.yaml", "", text)
