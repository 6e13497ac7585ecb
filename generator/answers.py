"""What was found out from a part of the content, kept for as long as that part stays the same.

A part is named by a hash of it. An answer is kept with the hash of the part that it was found in,
one for each question: the last.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from generator.store import Store

_T = TypeVar("_T")
# Files that say nothing about words, and change most often.
_FACTS = "/facts/"
# Of these the checks of words read more than which records there are.
_READ = ("/facts/vocabulary.yaml", "/facts/sources/")


@dataclass(slots=True)
class Answers:
    """Answers by question. A data class, as all that a build leaves to the next (``memory``)."""

    _known: dict[str, tuple[str, Any]] = field(default_factory=dict)

    def get(self, question: str, part: str, find: Callable[[], _T]) -> _T:
        """The answer to a question about a part of the content, found now or known already."""
        before = self._known.get(question)
        if before is None or before[0] != part:
            before = self._known[question] = (part, find())
        found: _T = before[1]
        return found


def state_of_content(store: Store) -> str:
    """A hash of all that a store was read from, and of the texts that templates ask for."""
    return _hash((*_versions(store, lambda name: True), *sorted(store.needed_texts)))


def state_of_words(store: Store) -> str:
    """A hash of all words, and of what their checks and their standing read besides.

    That is which records there are, of which kind and with which figures.
    """
    versions = _versions(
        store, lambda name: _FACTS not in name or any(part in name for part in _READ)
    )
    records = (
        f"{entry.id} {entry.kind.name} {' '.join(entry.record.figures)}"
        for entry in store.entries.values()
    )
    unread = (*sorted(store.broken), *sorted(store.unread), *sorted(store.needed_texts))
    return _hash((*versions, *records, *unread))


def _versions(store: Store, wanted: Callable[[str], bool]) -> list[str]:
    return [f"{name} {version.hex()}" for name, version in store.versions if wanted(name)]


def _hash(lines: Iterable[str]) -> str:
    return hashlib.blake2b("\n".join(lines).encode("utf-8", "replace"), digest_size=16).hexdigest()
