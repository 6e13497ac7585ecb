"""Measures: an index of what the figures measure, and a page for each with all figures of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.dataset import Item, Statement
from generator.model.amounts import StageAt
from generator.views.context import PageContext
from generator.views.page import Page, View
from generator.views.series import Series, series_of

# A drawing needs values to compare.
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, and the record that it stands in."""

    item: Item
    statement: Statement

    @property
    def stage(self) -> StageAt | None:
        """How far what it counts had come: by itself, or with its record."""
        return self.statement.amount.stage or getattr(self.item.record, "stage", None)

    @property
    def about(self) -> str:
        """Whom it is of, or the record that it belongs to."""
        return str(self.item.record.of) if self.item.kind == "figure" else self.item.id

    @property
    def partner(self) -> str | None:
        """With whom it is measured."""
        return self.item.record.partner if self.item.kind == "figure" else None


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure with its figures as far as the index tells: units, number, first and last year."""

    name: str
    units: tuple[str, ...]
    number: int
    years: tuple[int, int] | None


def index(p: PageContext, _page: Page) -> dict[str, Any]:
    """All measures in use, by name."""
    found = [_measured(p, name) for name in p.lens.entries("measures")]
    found.sort(key=lambda one: p.locale.sort_key(p.locale.term("measures", one.name)))
    return {"measures": found}


def measure(name: str) -> View:
    """The view of a measure: its figures, drawn where they make a series, and those beside it."""

    def view(p: PageContext, _page: Page) -> dict[str, Any]:
        p.has_files = True
        rows = by_subject(p, figures_of(p, name))
        attributes = p.lens.vocabulary.measure(name)
        beside = attributes.beside
        used = [other for other in p.lens.entries("measures") if other in beside]
        subjects = {one.about for one in rows}
        return {
            "measure": _measured(p, name),
            "rows": rows,
            "series": _series(p, rows),
            "is_series": attributes.series,
            "beside": [(other, other in used) for other in beside],
            "others": list(_others(p, used, subjects)) if len(subjects) == 1 else [],
            "subject": min(subjects),
        }

    return view


def figures_of(p: PageContext, name: str) -> list[Figure]:
    """All figures of a measure, standalone ones and those inside records."""
    return [
        Figure(item, statement)
        for item in p.lens.of_term("measures", name)
        for statement in p.lens.statements_of(item.id)
        if statement.amount.measure == name
    ]


def _measured(p: PageContext, name: str) -> Measured:
    figures = figures_of(p, name)
    units = {unit for one in figures if (unit := one.statement.amount.unit) is not None}
    order = p.lens.vocabulary.names("units")
    dates = [one.statement.date for one in figures if one.statement.date is not None]
    ends = [point.year for date in dates for point in (date.start, date.end) if point is not None]
    return Measured(
        name,
        tuple(sorted(units, key=order.index)),
        len(figures),
        (min(ends), max(ends)) if ends else None,
    )


def _series(p: PageContext, rows: Iterable[Figure]) -> list[Series]:
    """What can be drawn, by the name of whose it is."""
    found = series_of(p, (one.item for one in rows if one.item.kind == "figure"))
    drawn = [one for one in found if len(one.points) >= FEWEST]
    return sorted(drawn, key=lambda one: p.locale.sort_key(p.title(one.of)))


def _others(
    p: PageContext, names: Iterable[str], subjects: set[str]
) -> Iterator[tuple[str, list[Figure]]]:
    """The figures of measures that are read beside this one, of the same subjects."""
    for name in names:
        found = [one for one in figures_of(p, name) if one.about in subjects]
        if found:
            yield name, by_subject(p, found)


def by_subject(p: PageContext, figures: Iterable[Figure]) -> list[Figure]:
    """Figures by the name of whose they are and of their partner, then by date."""
    return sorted(
        figures,
        key=lambda one: (
            p.locale.sort_key(p.title(one.about)),
            p.locale.sort_key(p.title(one.partner)) if one.partner else (),
            _when(one.statement),
            one.statement.id,
        ),
    )


def _when(statement: Statement) -> tuple[Any, ...]:
    return statement.date.sort_key if statement.date is not None else ()
