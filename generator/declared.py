"""Which word a key declares, and what the prose of a store leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.model.kinds import FIGURE_WORDS, Kind, WordKey, WordType
from generator.prose import Link, Literal, Placeholder, parse_prose
from generator.store import Store, Word


@dataclass(frozen=True, slots=True)
class Target:
    """A link or placeholder in the prose of a word."""

    key: str
    word: Word
    part: Link | Placeholder

    @property
    def owner(self) -> str:
        """The id of the record that it leads to, or of whose figure or date."""
        return self.part.target.partition(".")[0]


def word_key(store: Store, key: str) -> tuple[Kind, WordKey] | None:
    """Return the kind and the declaration of a word, or None if nothing declares it."""
    identifier, _, name = key.rpartition(".")
    if entry := store.entries.get(identifier):
        declared = entry.kind.word(name)
        return (entry.kind, declared) if declared else None
    owner, _, figure = identifier.rpartition(".")
    entry = store.entries.get(owner)
    if entry is None or figure not in entry.record.figures:
        return None
    inline = Kind("figure", "figures", entry.kind.model, FIGURE_WORDS)
    declared = inline.word(name)
    return (entry.kind, declared) if declared else None


def prose_targets(store: Store) -> Iterator[Target]:
    """Yield what the prose of all languages leads to; names and labels are never prose."""
    for language in sorted(store.words):
        for key, word in store.words[language].items():
            if "](" not in word.text and "{" not in word.text:
                continue
            found = word_key(store, key)
            if found is not None and found[1].type is WordType.PROSE:
                yield from _targets(key, word)


def _targets(key: str, word: Word) -> Iterable[Target]:
    parts = parse_prose(word.text)
    return [Target(key, word, part) for part in parts if not isinstance(part, Literal)]
