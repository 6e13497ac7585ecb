"""A source on every fact, and corrections that name a field of the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.errors import Place, Problem, closest
from generator.model.records import Figure
from generator.store import Entry, Store


def check(store: Store) -> Iterator[Problem]:
    """Yield records without a source, and corrections of fields that the kind lacks."""
    numbers: dict[tuple[bool, str | None, int], Entry] = {}
    for entry in store.entries.values():
        record = entry.record
        if entry.kind.needs_source and not record.sources:
            yield Problem(
                entry.place, "missing-source", "the record has no source", entry.id, "sources"
            )
        fields = entry.kind.names
        for name in ("field_sources", "as_printed"):
            for field in getattr(record, name):
                if field not in fields:
                    place = entry.key_at((name, field))
                    yield _unknown(entry, place, field, fields)
        for index, reading in enumerate(record.readings):
            if reading.field not in fields:
                place = entry.at(("readings", index, "field"))
                yield _unknown(entry, place, reading.field, fields)
        # Of figures, readings and verdict are checked with the figure.
        if record.readings and record.verdict is None and not isinstance(record, Figure):
            yield Problem(
                entry.at(("readings",)),
                "missing-verdict",
                "the record has readings and no verdict",
                expected="verdict",
            )
        if entry.kind.name == "source":
            yield from _source(store, entry, numbers)


def _source(
    store: Store, entry: Entry, numbers: dict[tuple[bool, str | None, int], Entry]
) -> Iterator[Problem]:
    record = entry.record
    if record.number is not None:
        # Notes are counted through the book of their chapter, chapters on their own.
        book = record.part_of
        if record.cited_in is not None:
            chapter = store.entries.get(record.cited_in)
            book = getattr(chapter and chapter.record, "part_of", None)
        first = numbers.setdefault((record.cited_in is None, book, record.number), entry)
        if first is not entry:
            yield Problem(
                entry.at(("number",)),
                "duplicate-number",
                f"the number belongs to {first.id}",
                str(record.number),
            )
    if not record.missing and record.title is None and record.part_of is None:
        yield Problem(
            entry.place,
            "missing-field",
            "a source has a title, or is part of a work, or is marked missing",
            entry.id,
            "title, part_of or missing: true",
        )


def _unknown(entry: Entry, place: Place, field: str, known: Iterable[str]) -> Problem:
    return Problem(
        place,
        "unknown-field",
        f"records of kind {entry.kind.name} have no such field",
        field,
        "one of " + ", ".join(known),
        closest(field, known),
    )
