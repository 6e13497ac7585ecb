"""The reading ledger has no gaps and no dead ids."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Place, Problem, closest
from generator.model.ledger import line_range
from generator.store import LedgerLine, Store


def check(store: Store) -> Iterator[Problem]:
    """Yield lines of a source that the ledger skips or counts twice, and ids that do not exist."""
    known = set(store.entries)
    for entry in store.entries.values():
        known.update(f"{entry.id}.{key}" for key in entry.record.figures)
    for source, lines in store.ledger.items():
        part = store.entries.get(source)
        if part is None or part.kind.name != "source" or part.record.lines is None:
            if source not in store.broken:
                place = lines[0].place if lines else Place(f"content/ledger/{source}.yaml")
                yield Problem(
                    place,
                    "ledger-gap",
                    "the file is not named after a source with lines",
                    source,
                    "the id of a source that has the field lines",
                )
            continue
        yield from _gaps(part.record.lines, lines)
        for line in lines:
            for index, identifier in enumerate(line.entry.records):
                owner = identifier.partition(".")[0]
                if identifier not in known and owner not in store.broken:
                    yield Problem(
                        line.node.at(("records", index)).place,
                        "dead-ledger-entry",
                        "no record has this id",
                        identifier,
                        "the id of a record or figure",
                        closest(identifier, known),
                    )


def _gaps(whole: str, lines: list[LedgerLine]) -> Iterator[Problem]:
    bounds = line_range(whole)
    if bounds is None:
        return
    expected, last = bounds
    for line in lines:
        found = line_range(line.lines)
        if found is None or found[0] != expected:
            yield Problem(
                line.place,
                "ledger-gap",
                f"the line {expected} comes next",
                line.lines,
                f"{expected}, or {expected}-LAST",
            )
            if found is None:
                return
        expected = found[1] + 1
    if lines and expected != last + 1:
        yield Problem(
            lines[-1].place,
            "ledger-gap",
            "the ledger does not end with the source",
            lines[-1].lines,
            f"the last line to be {last}",
        )
