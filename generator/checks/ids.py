"""Ids are unique over all kinds, old ids lead to one record, and lists keep their addresses.

Forums are counted through, so their numbers are unique too.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Problem
from generator.model.records import Forum
from generator.store import Store


def check(store: Store) -> Iterator[Problem]:
    """Yield ids that two records claim, now or formerly, and those that a list has."""
    for entry in store.repeated:
        first = store.entries[entry.id]
        yield Problem(
            entry.place,
            "duplicate-id",
            f"this id stands already at {first.place}",
            entry.id,
            "an id that is unique over all kinds",
        )
    claimed: dict[str, str] = {}
    forums: dict[int, str] = {}
    for entry in store.entries.values():
        if isinstance(entry.record, Forum):
            first_id = forums.setdefault(entry.record.number, entry.id)
            if first_id != entry.id:
                yield Problem(
                    entry.at(("number",)),
                    "duplicate-number",
                    f"the number belongs to {first_id}",
                    str(entry.record.number),
                )
        if entry.id in entry.kind.taken:
            yield Problem(
                entry.place,
                "invalid-id",
                "a list of the site has this address",
                entry.id,
                "another id",
            )
        for index, old in enumerate(entry.record.formerly):
            owner = old if old in store.entries else claimed.get(old)
            if owner is not None:
                yield Problem(
                    entry.at(("formerly", index)),
                    "duplicate-id",
                    f"the former id belongs to the record {owner}",
                    old,
                    "an id that no record has or had",
                )
            claimed.setdefault(old, entry.id)
