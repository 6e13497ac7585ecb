"""What is read for the page under way, noted as it is read.

One notebook serves a language: its lens notes records and words in it, its locale interface texts.
What is made once and kept is noted again for every page that uses it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

_T = TypeVar("_T")
# What was made, and what was read for it.
Memory = dict[Hashable, tuple[Any, frozenset[str]]]


def surviving(memory: Memory, changed: frozenset[str]) -> Memory:
    """What was made and would be the same after a change."""
    return {
        key: (value, reads) for key, (value, reads) in memory.items() if changed.isdisjoint(reads)
    }


class Reads:
    """The notebook: ``now`` holds what was read since ``begin``, each as ``sort:key``."""

    def __init__(self) -> None:
        self.now: set[str] = set()

    def begin(self) -> None:
        """Start a new page."""
        self.now = set()

    def kept(self, memory: Memory, key: Hashable, make: Callable[[], _T]) -> _T:
        """Return what ``make`` returns, made once; what was read for it is noted every time."""
        found = memory.get(key)
        if found is None:
            outer, self.now = self.now, set()
            try:
                found = memory[key] = (make(), frozenset(self.now))
            finally:
                self.now = outer
        self.now |= found[1]
        value: _T = found[0]
        return value
