"""Whether the history says when each record was added and changed; only a command writes it.

A warning, which stops no build: while a record is being edited its line cannot be right.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Problem
from generator.history import first_id, states
from generator.store import Store


def check(store: Store) -> Iterator[Problem]:
    """Yield records that the history lacks or knows otherwise, and lines of no record.

    A project without a history has none to be out of date. What could not be read may be anything.
    """
    if not store.history or store.problems:
        return
    now = states(store)
    seen = set()
    for entry in store.entries.values():
        first = first_id(entry, store.history)
        seen.add(first)
        line = store.history.get(first)
        if line is None:
            message = "the history does not say when this record was added"
        elif line.log.removed is not None:
            message = "the history says that this record was removed"
        elif line.log.hash != now[entry.id]:
            message = "this record has changed since its line in the history was written"
        else:
            continue
        yield Problem(
            entry.place,
            "stale-history",
            message,
            entry.id,
            "the command history",
            severity="warning",
        )
    for first, line in store.history.items():
        if first not in seen and line.log.removed is None:
            yield Problem(
                line.place,
                "stale-history",
                "there is no such record any more",
                first,
                "the command history",
                severity="warning",
            )
