"""What is known for which region, year and measure, and where the source has nothing.

The measures at the top of profiles have a table each, with the years as columns: regions that have
a figure with the country on the other side. All other figures stand below, by measure. A year
without a figure is a gap and never a zero; what was planned is no knowledge of its year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from generator.dataset import Item, Statement
from generator.model.dates import Date
from generator.model.vocabulary import Phase
from generator.views.context import PageContext
from generator.views.headline import headlines_of, says
from generator.views.page import Page
from generator.views.series import is_whole_year


class State(StrEnum):
    """What the data has of a region, a year and a measure; nothing at all is a gap."""

    KNOWN = "known"
    DERIVED = "derived"
    PART = "part"
    TOLD = "told"
    ZERO = "zero"
    AHEAD = "ahead"


STATES = tuple(State)
# What is no statement about how things were.
_AHEAD = (State.AHEAD,)


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure and what it is for its year."""

    statement: Statement
    state: State


@dataclass(frozen=True, slots=True)
class Cell:
    """A year with its marks, or a run of years without any."""

    years: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A region with its years, and the figures that are of no single year."""

    item: Item
    cells: tuple[Cell, ...]
    others: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The regions of a country that have a figure, and those that have none."""

    country: Item
    lines: tuple[Line, ...]
    without: tuple[Item, ...]


@dataclass(frozen=True)
class Table:
    """A measure by region and year; ``counts`` are regions with a figure of a year, no plan."""

    measure: str
    years: range
    groups: tuple[Group, ...]
    counts: Mapping[int, int]
    total: int
    has_others: bool


Found = Mapping[str, Mapping[str, Sequence[Mark]]]


def coverage(p: PageContext, _page: Page) -> dict[str, Any]:
    """The tables, the years of all of them, all other figures, and regions without any."""
    countries = [
        (country, p.sorted_by_name(regions))
        for country in p.lens.all("country")
        if (regions := p.lens.linked(country.id, "region"))
    ]
    figures = {
        region.id: p.lens.linked(region.id, "figure")
        for _, regions in countries
        for region in regions
    }
    in_tables = _by_measure(p, [region for _, regions in countries for region in regions], figures)
    tables = [_table(measure, countries, found) for measure, found in in_tables.items()]
    shown = {
        (region, mark.statement.id)
        for found in in_tables.values()
        for region, marks in found.items()
        for mark in marks
    }
    years = [year for table in tables for year in table.years]
    return {
        "tables": tables,
        "years": range(min(years), max(years) + 1) if years else range(0),
        "found": _states(tables),
        "total": len(figures),
        "others": _others(p, countries, figures, shown),
        "silent": [
            (country, [one for one in regions if not figures[one.id]])
            for country, regions in countries
            if not all(figures[one.id] for one in regions)
        ],
    }


def _by_measure(
    p: PageContext, regions: Iterable[Item], figures: Mapping[str, Sequence[Item]]
) -> dict[str, dict[str, list[Mark]]]:
    """The figures that stand at the top of profiles, by measure and region."""
    found: dict[str, dict[str, list[Mark]]] = defaultdict(lambda: defaultdict(list))
    for region in regions:
        for headline in headlines_of(p, region, figures[region.id]):
            for figure in headline.figures:
                mark = Mark(p.lens.statement(figure.id), state_of(p, figure))
                found[figure.record.measure][region.id].append(mark)
    return {name: found[name] for name in sorted(found, key=p.lens.measure_order)}


def state_of(p: PageContext, figure: Item) -> State:
    """What a figure is for its year: what it lacks counts before what it has."""
    record, statement = figure.record, p.lens.statement(figure.id)
    if record.stage is not None and p.lens.phase(record.stage.at) is Phase.AHEAD:
        return State.AHEAD
    # A measure without a unit is a share.
    if not says(statement, "value") and (
        record.share is None or p.lens.vocabulary.measure(record.measure).unit is not None
    ):
        return State.TOLD
    if statement.base == 0 and not statement.upper:
        return State.ZERO
    if not is_whole_year(statement.date) or record.goods or p.has(f"{figure.id}.label"):
        return State.PART
    return State.DERIVED if statement.derived else State.KNOWN


def _year(date: Date | None) -> int | None:
    """The year that a period lies in, if it is one."""
    return date.start.year if date is not None and date.first.year == date.last.year else None


def _table(
    measure: str,
    countries: Iterable[tuple[Item, Sequence[Item]]],
    found: Mapping[str, Sequence[Mark]],
) -> Table:
    dated = {
        region: [(year, mark) for mark in marks if (year := _year(mark.statement.date)) is not None]
        for region, marks in found.items()
    }
    every = [year for pairs in dated.values() for year, _ in pairs]
    years = range(min(every), max(every) + 1) if every else range(0)
    counts = {
        year: sum(
            any(one == year and mark.state not in _AHEAD for one, mark in pairs)
            for pairs in dated.values()
        )
        for year in years
    }
    groups = tuple(
        Group(
            country,
            tuple(_line(one, found[one.id], years) for one in regions if one.id in found),
            tuple(one for one in regions if one.id not in found),
        )
        for country, regions in countries
    )
    others = any(line.others for group in groups for line in group.lines)
    return Table(measure, years, groups, counts, len(found), others)


def _line(item: Item, marks: Sequence[Mark], years: range) -> Line:
    by_year: dict[int | None, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_year[_year(mark.statement.date)].append(mark)
    cells: list[Cell] = []
    for has_marks, run in groupby(years, key=by_year.__contains__):
        if has_marks:
            cells += [Cell(1, tuple(by_year[year])) for year in run]
        else:
            cells.append(Cell(len(list(run)), ()))
    return Line(item, tuple(cells), tuple(by_year.get(None, ())))


def _states(tables: Iterable[Table]) -> list[State]:
    """The states that occur, in the order of the key."""
    found = {
        mark.state
        for table in tables
        for group in table.groups
        for line in group.lines
        for marks in (line.others, *(cell.marks for cell in line.cells))
        for mark in marks
    }
    return [state for state in STATES if state in found]


def _others(
    p: PageContext,
    countries: Iterable[tuple[Item, Sequence[Item]]],
    figures: Mapping[str, Sequence[Item]],
    shown: set[tuple[str, str]],
) -> list[tuple[str, list[tuple[Item, list[Statement]]]]]:
    """The figures that stand in no table, by measure and region."""
    found: dict[str, list[tuple[Item, list[Statement]]]] = defaultdict(list)
    for _, regions in countries:
        for region in regions:
            by_measure: dict[str, list[Statement]] = defaultdict(list)
            for figure in figures[region.id]:
                if (region.id, figure.id) not in shown:
                    by_measure[figure.record.measure].append(p.lens.statement(figure.id))
            for measure, statements in by_measure.items():
                found[measure].append((region, statements))
    return sorted(found.items(), key=lambda pair: p.lens.measure_order(pair[0]))


TEXTS = tuple(f"coverage.{state}" for state in STATES)
