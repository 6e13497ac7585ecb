"""Dates come in order, and what has happened lies within the state of the data."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Problem
from generator.model.amounts import StageAt
from generator.model.dates import Date
from generator.store import Entry, Store

# When something is said to have happened; plans, terms and periods may lie ahead.
_PAST = ("signed", "adopted", "in_force", "reported")


def check(store: Store) -> Iterator[Problem]:
    """Yield dates of one record, or of a plan and its agreement, that cannot follow each other."""
    for entry in store.entries.values():
        if entry.kind.name == "agreement":
            yield from _agreement(store, entry)
        # One that lies ahead says so by its stage.
        is_planned = getattr(entry.record, "stage", None) is not None
        if entry.kind.name in ("meeting", "forum", "position") and not is_planned:
            yield from _not_after(store, entry, "date")
        yield from _stage(store, entry, entry.record, ())
        for key, amount in entry.record.figures.items():
            yield from _stage(store, entry, amount, ("figures", key))


def _stage(store: Store, entry: Entry, owner: object, path: tuple[str, ...]) -> Iterator[Problem]:
    stage: StageAt | None = getattr(owner, "stage", None)
    if stage is not None and stage.as_of is not None:
        yield from _after(store, stage.as_of, entry, (*path, "stage", "as_of"))


def _agreement(store: Store, entry: Entry) -> Iterator[Problem]:
    record = entry.record
    for field in _PAST:
        yield from _not_after(store, entry, field)
    yield from _in_order(entry, record, "signed", "in_force")
    yield from _in_order(entry, record, "adopted", "in_force")
    decided = record.signed or record.adopted
    if record.term and decided and record.term.last < decided.first:
        yield Problem(
            entry.at(("term",)),
            "dates-out-of-order",
            f"the term is over before the signing in {decided}",
            record.term.edtf,
            "a term that goes on after the signing",
        )
    original = store.entries.get(record.implements) if record.implements else None
    if original is None or original.kind.name != "agreement":
        return
    first = original.record.signed or original.record.adopted
    begins = decided or record.term
    if first and begins and begins.last < first.first:
        yield Problem(
            entry.at(("implements",)),
            "dates-out-of-order",
            f"the plan is of {begins}, before the signing of {original.id} in {first}",
            original.id,
            "an agreement that is older than its plan",
        )
    term: Date | None = original.record.term
    if term and record.term and term.last < record.term.first:
        yield Problem(
            entry.at(("term",)),
            "dates-out-of-order",
            f"the term begins after that of {original.id}, {term}",
            record.term.edtf,
            "a term within that of the agreement",
        )


def _in_order(entry: Entry, record: object, earlier: str, later: str) -> Iterator[Problem]:
    first: Date | None = getattr(record, earlier)
    second: Date | None = getattr(record, later)
    if first and second and second.last < first.first:
        yield Problem(
            entry.at((later,)),
            "dates-out-of-order",
            f"{later} lies before {earlier} ({first})",
            second.edtf,
            f"{earlier} first",
        )


def _not_after(store: Store, entry: Entry, field: str) -> Iterator[Problem]:
    value: Date | None = getattr(entry.record, field)
    if value is not None:
        yield from _after(store, value, entry, (field,))


def _after(store: Store, value: Date, entry: Entry, path: tuple[str, ...]) -> Iterator[Problem]:
    if store.site is None:
        return
    state = store.site.as_of
    if value.first > state.last:
        yield Problem(
            entry.at(path),
            "date-after-data",
            f"this lies after the state of the data ({state})",
            value.edtf,
            "a date up to then, or a plan with a term",
        )
