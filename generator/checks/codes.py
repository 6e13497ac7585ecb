"""Codes that tell records apart elsewhere belong to one record each."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Problem
from generator.store import Store

# Fields by which other data finds a country or region: ISO 3166 and Wikidata.
CODES = ("code", "wikidata")


def check(store: Store) -> Iterator[Problem]:
    """Yield codes that another record has already."""
    taken: dict[tuple[str, str], str] = {}
    for entry in store.entries.values():
        for name in CODES:
            code = getattr(entry.record, name, None)
            if code is None:
                continue
            other = taken.setdefault((name, code), entry.id)
            if other != entry.id:
                yield Problem(
                    entry.at((name,)),
                    "same-code",
                    f"this is the code of {other}",
                    code,
                    "one of its own",
                )
