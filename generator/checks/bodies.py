"""One body has one id: no two records of a kind answer to one name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from generator.errors import Place, Problem
from generator.store import Store

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
            if name != "name" or found is None or found.kind.name not in _KINDS:
                continue
            owner = owners.setdefault((found.kind.name, fold(word.text)), identifier)
            if owner != identifier:
                yield _same(word.place, word.text, owner)


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
