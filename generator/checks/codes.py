"""Codes that tell records apart elsewhere belong to one record each."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Problem
from generator.store import Store

# Fields by which other data finds a country or region, ISO 3166 and Wikidata, and a forum's place
# in its series, by which its page stands among the others.
CODES = ("code", "wikidata", "number")


def check(store: Store) -> Iterator[Problem]:
    """Yield codes that another record has already."""
    taken: dict[tuple[str, str | int], str] = {}
    for entry in store.entries.values():
        for name in CODES:
            code = getattr(entry.record, name, None)
            if code is None:
                continue
            if name == "number" and entry.kind.name != "forum":
                continue  # others count within something larger
            other = taken.setdefault((name, code), entry.id)
            if other != entry.id:
                yield Problem(
                    entry.at((name,)),
                    "same-code",
                    f"this is the {'number' if name == 'number' else 'code'} of {other}",
                    str(code),
                    "one of its own",
                )
