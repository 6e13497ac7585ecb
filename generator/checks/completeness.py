"""Nothing lies unused, nothing has vanished, nothing is out of the span of the sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set

from generator.declared import prose_targets
from generator.errors import Problem
from generator.model.dates import Date
from generator.model.fields import Ref
from generator.prose import Link
from generator.store import Entry, Store

# Kinds whose records are shown only with something that refers to them.
_LEANING = ("place", "person", "district")


def check(store: Store) -> Iterator[Problem]:
    """Yield records that nothing refers to, unused sources, vanished kinds and stray dates."""
    # What could not be read may use any of them.
    used = store.entries.keys() if store.problems else _used(store)
    for entry in store.entries.values():
        if entry.kind.name in _LEANING and entry.id not in used and not entry.record.figures:
            yield Problem(
                entry.place,
                "orphan-record",
                "no other record and no word refers to this one, so no reader would find it",
                entry.id,
                "a record that is used, or none",
            )
        if entry.kind.name == "source" and not store.problems:
            yield from _source(entry, entry.id in used)
    yield from _counts(store)
    yield from _span(store)


def _used(store: Store) -> Set[str]:
    used: set[str] = set()
    for entry in store.entries.values():
        used.update(
            item.value
            for item in entry.record.marked
            if isinstance(item.mark, Ref) and item.value != entry.id
        )
    used.update(target.owner for target in prose_targets(store) if isinstance(target.part, Link))
    return used


def _source(entry: Entry, is_used: bool) -> Iterator[Problem]:
    if not is_used and not entry.record.unused:
        yield Problem(
            entry.place,
            "unused-source",
            "nothing rests on this source",
            entry.id,
            "a record that cites it, or unused: true",
        )
    if is_used and entry.record.unused:
        yield Problem(
            entry.at(("unused",)),
            "unused-source",
            "the source is said to be unused, and is used",
            entry.id,
            "no field unused",
        )


def _counts(store: Store) -> Iterator[Problem]:
    """A tripwire: a kind with fewer records than the settings expect has lost some."""
    if store.site is None or store.site_node is None:
        return
    found = Counter(entry.kind.name for entry in store.entries.values())
    for kind, least in store.site.at_least.items():
        if found[kind] < least and not store.unread:
            yield Problem(
                store.site_node.at(("at_least", kind)).place,
                "vanished-records",
                f"there are only {found[kind]} records of kind {kind}",
                str(least),
                "at least so many; lower the number if they went on purpose",
            )


def _span(store: Store) -> Iterator[Problem]:
    if store.site is None or store.site.earliest is None:
        return
    earliest: Date = store.site.earliest
    for entry in store.entries.values():
        for item in entry.record.marked:
            if isinstance(item.value, Date) and item.value.start.first < earliest.first:
                yield Problem(
                    entry.at(item.path),
                    "date-before-data",
                    f"this lies before everything that the sources tell of ({earliest})",
                    item.value.edtf,
                    "a later date, or an earlier one under earliest in site.yaml",
                )
