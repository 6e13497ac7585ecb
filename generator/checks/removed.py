"""Ids of removed records are never given again, and lead on to records that exist.

That no removal goes unsaid can be known where there is a history. It is a warning, as all is that
the history says.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Problem, closest
from generator.model.kinds import KINDS
from generator.store import Store


def check(store: Store) -> Iterator[Problem]:
    """Yield removed ids that a record has or had, and kinds and successors that do not exist.

    Also the records that the history knows to have gone, and that nothing else tells of.
    """
    owners = {entry.id: entry.id for entry in store.entries.values()}
    for entry in store.entries.values():
        owners.update(dict.fromkeys(entry.record.formerly, entry.id))
    for line in store.removed.values():
        for index, old in enumerate((line.id, *line.record.formerly)):
            place = line.node.at(("formerly", index - 1)).place if index else line.place
            owner = owners.setdefault(old, line.id)
            if owner != line.id or (index == 0 and old in store.entries):
                yield Problem(
                    place,
                    "removed-id",
                    f"the id belongs to the record {owner}",
                    old,
                    "an id that no record has or had",
                )
        if line.record.kind not in KINDS:
            yield Problem(
                line.node.at(("kind",)).place,
                "unknown-kind",
                "there is no such kind",
                line.record.kind,
                "one of " + ", ".join(KINDS),
                closest(line.record.kind, KINDS),
            )
        for index, successor in enumerate(line.record.successors):
            if successor not in store.entries and successor not in store.broken:
                found = owners.get(successor)
                yield Problem(
                    line.node.at(("successors", index)).place,
                    "unknown-reference",
                    "no record has this id",
                    successor,
                    "the id of a record",
                    found if found in store.entries else closest(successor, store.entries),
                )
    for first, logged in store.history.items():
        if logged.log.removed is not None and first not in owners and first not in store.broken:
            yield Problem(
                logged.place,
                "unsaid-removal",
                "the history knows of this record, and nothing says what became of it",
                first,
                "the id in content/removed.yaml, with a reason",
                severity="warning",
            )
