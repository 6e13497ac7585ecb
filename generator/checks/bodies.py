"""One body has one id: no two records of a kind answer to one name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from generator.errors import Place, Problem
from generator.store import Store

# Kinds of which a name is easily written in two ways; shorter names are alike by chance.
_ALIKE = ("organisation", "person")
_SHORTEST = 6
# Each has as many variants as letters.
_LONGEST = 100
_KINDS = ("country", "district", "region", "organisation", "person")


def check(store: Store) -> Iterator[Problem]:
    """Yield records whose names, in any language, are those of another record of their kind."""
    owners: dict[tuple[str, str], str] = {}
    for kind in _KINDS:
        for entry in store.of_kind(kind):
            for index, name in enumerate(entry.record.other_names):
                owner = owners.setdefault((kind, fold(name)), entry.id)
                if owner != entry.id:
                    yield _same(entry.at(("other_names", index)), name, owner)
    for language in sorted(store.words):
        for key, word in store.words[language].items():
            identifier, _, name = key.rpartition(".")
            found = store.entries.get(identifier)
            if name != "name" or not word.text or found is None or found.kind.name not in _KINDS:
                continue
            owner = owners.setdefault((found.kind.name, fold(word.text)), identifier)
            if owner != identifier:
                yield _same(word.place, word.text, owner)
    yield from _similar(store)


def _similar(store: Store) -> Iterator[Problem]:
    """Names of two bodies or people that differ by one letter, unless said to be distinct."""
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    reported: set[frozenset[str]] = set()
    for language in sorted(store.words):
        seen.clear()
        for name_key, word in store.words[language].items():
            identifier, _, name = name_key.rpartition(".")
            found = store.entries.get(identifier)
            if name != "name" or found is None or found.kind.name not in _ALIKE:
                continue
            folded = fold(word.text)
            if not _SHORTEST <= len(folded) <= _LONGEST or any(c.isdigit() for c in folded):
                continue
            # Two texts that differ by one letter are equal with one letter taken out of each.
            for index in range(len(folded) + 1):
                variant = folded[:index] + folded[index + 1 :]
                key = (found.kind.name, variant)
                other, whole = seen.setdefault(key, (identifier, folded))
                pair = frozenset((identifier, other))
                if other == identifier or pair in reported or _distinct(store, pair):
                    continue
                if whole == folded:  # told as one body under two ids
                    continue
                reported.add(pair)
                yield Problem(
                    word.place,
                    "similar-name",
                    f"the name is almost that of the record {other}",
                    word.text,
                    "one record, or the other named under distinct_from",
                )


def _distinct(store: Store, pair: frozenset[str]) -> bool:
    return any(pair & set(store.entries[one].record.distinct_from) for one in pair)


def fold(name: str) -> str:
    """A name without case, marks, punctuation and spaces, for comparison only."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in plain if c.isalnum()) or name


def _same(place: Place, name: str, owner: str) -> Problem:
    return Problem(
        place,
        "same-body",
        f"this name belongs to the record {owner}",
        name,
        "one id for one body, its other names under other_names",
    )
