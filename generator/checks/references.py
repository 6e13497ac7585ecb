"""References resolve to a record of the right kind, terms to an entry of their list."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Problem, closest
from generator.model.fields import Ref, Term
from generator.model.marks import Marked
from generator.store import Entry, Store

# Fields by which records form chains; a chain that comes back to its start has no first link.
# Links of a circle that a message names.
MOST_LINKS = 8
_CHAINS = ("implements", "supersedes", "part_of", "cited_in")


def check(store: Store) -> Iterator[Problem]:
    """Yield references and terms that lead nowhere or to the wrong kind, and circles."""
    former = {
        old: line.record.successors[0]
        for line in store.removed.values()
        if line.record.successors
        for old in (line.id, *line.record.formerly)
    }
    former.update({old: e.id for e in store.entries.values() for old in e.record.formerly})
    for entry in (*store.entries.values(), *store.repeated):
        for item in entry.record.marked:
            if isinstance(item.mark, Ref):
                yield from _reference(store, entry, item, former)
            elif (
                isinstance(item.mark, Term)
                and item.mark.list in store.vocabulary.lists
                and not store.vocabulary.has(item.mark.list, item.value)
                and f"{item.mark.list}.{item.value}" not in store.vocabulary.broken
            ):
                names = store.vocabulary.names(item.mark.list)
                yield Problem(
                    entry.at(item.path),
                    "unknown-term",
                    f"the vocabulary list {item.mark.list} has no such entry",
                    item.value,
                    "one of " + ", ".join(names) if names and len(names) < 13 else None,
                    closest(item.value, names),
                )
    for field in _CHAINS:
        yield from _circles(store, field)


def _reference(
    store: Store, entry: Entry, item: Marked, former: dict[str, str]
) -> Iterator[Problem]:
    kinds = item.mark.kinds if isinstance(item.mark, Ref) else ()
    expected = "the id of a record of kind " + " or ".join(kinds)
    target = store.entries.get(item.value)
    if target is None:
        if item.value in store.broken:
            return
        ids = [e.id for e in store.entries.values() if e.kind.name in kinds]
        hint = former.get(item.value) or closest(item.value, ids)
        yield Problem(
            entry.at(item.path),
            "unknown-reference",
            "no record has this id",
            item.value,
            expected,
            hint,
        )
    elif target.kind.name not in kinds:
        yield Problem(
            entry.at(item.path),
            "wrong-kind",
            f"this id belongs to a record of kind {target.kind.name}",
            item.value,
            expected,
        )
    elif target.id == entry.id:
        yield Problem(
            entry.at(item.path), "circular-reference", "the record refers to itself", item.value
        )


def _circles(store: Store, field: str) -> Iterator[Problem]:
    following = {
        e.id: getattr(e.record, field)
        for e in store.entries.values()
        if getattr(e.record, field, None)
    }
    places = {identifier: number for number, identifier in enumerate(following)}
    done: set[str] = set()
    for first in following:
        path: dict[str, None] = {}
        one: str | None = first
        while one in following and one not in done and one not in path:
            path[one] = None
            one = following[one]
        done.update(path)
        if one not in path:
            continue
        links = list(path)
        circle = links[links.index(one) :]
        start = min(circle, key=places.__getitem__)
        at = circle.index(start)
        circle = [*circle[at:], *circle[:at]]
        if len(circle) > 1:  # a record that refers to itself has been told
            yield Problem(
                store.entries[start].at((field,)),
                "circular-reference",
                f"{field} leads back to its start: " + " → ".join([*_shown(circle), start]),
                start,
            )


def _shown(circle: list[str]) -> list[str]:
    """A circle as it is told: its first and last links if it is long."""
    return circle if len(circle) <= MOST_LINKS else [*circle[: MOST_LINKS - 1], "…", circle[-1]]
