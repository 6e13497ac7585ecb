"""Figures that may stand in one drawing: one thing, of one territory or body, in one unit.

A series has whole years only and never mixes measures, partners, goods or currencies. What was
planned or expected is another fact than what was measured and stays out; so does a figure that
words of its own name as something particular.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from generator import phrases
from generator.dataset import Item, Statement
from generator.escape import escape
from generator.model.dates import Date
from generator.model.vocabulary import Phase
from generator.patterns import fill
from generator.views.charts import Chart, Mark, Spark, bars, columns, spark
from generator.views.context import PageContext

# How a value is filled, by what it rests on: the texts that explain it.
SORTS = ("chart.stated", "label.derived")
TEXTS = SORTS


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of a series, and its number as it stands in the drawing."""

    statement: Statement
    year: int
    label: Markup
    sort: int


@dataclass(frozen=True)
class Series:
    """Figures by year, with the unit of their numbers, and the drawing in two shapes.

    ``signs`` are the signs before numbers that occur, each with the qualifier that it stands for.
    ``gaps`` are runs of years without a value, ``sorts`` the names of those that occur.
    """

    of: str
    partner: str | None
    measure: str
    unit: Markup
    points: tuple[Point, ...]
    columns: Chart
    bars: Chart
    spark: Spark | None
    signs: tuple[tuple[str, str], ...]

    @property
    def sorts(self) -> tuple[str, ...]:
        """The texts that explain the sorts of values that occur."""
        return tuple(SORTS[sort] for sort in sorted({point.sort for point in self.points}))

    @property
    def gaps(self) -> tuple[tuple[int, int], ...]:
        """The runs of years without a value, each as its first and last."""
        return tuple((year.first, year.last) for year in self.bars.years if year.is_gap)

    @property
    def highest(self) -> Statement:
        """The figure with the greatest value, the latest of several."""
        return max(self.points, key=lambda p: (_end(p.statement), p.year)).statement

    @property
    def latest(self) -> Statement:
        """The figure of the last year."""
        return self.points[-1].statement


def series_of(p: PageContext, items: Iterable[Item]) -> list[Series]:
    """The series among figures, each by year, in the order of the vocabulary."""
    groups: dict[Hashable, list[Statement]] = defaultdict(list)
    for item in items:
        statement = p.lens.statement(item.id)
        if _fits(p, item, statement):
            groups[_key(item, statement)].append(statement)
    found = [_series(p, group) for group in groups.values()]
    return sorted(found, key=lambda s: (p.lens.measure_order(s.measure), s.of, s.partner or ""))


def _fits(p: PageContext, item: Item, statement: Statement) -> bool:
    stage = item.record.stage
    return (
        p.lens.vocabulary.measure(item.record.measure).series
        and statement.base is not None
        and is_whole_year(statement.date)
        and (stage is None or p.lens.phase(stage.at) is not Phase.AHEAD)
        and not p.has(f"{item.id}.label")
    )


def is_whole_year(date: Date | None) -> bool:
    """Whether a period is one year from end to end."""
    return date is not None and date.span == "year" and date.part is None


def _key(item: Item, statement: Statement) -> Hashable:
    record = item.record
    return (record.of, record.partner, record.measure, statement.amount.unit, record.goods)


def _series(p: PageContext, group: Sequence[Statement]) -> Series:
    ordered = sorted(group, key=lambda s: (_year(s), s.id))
    record = p.lens.item(ordered[0].id).record
    scale = _scale(p, ordered)
    points = tuple(
        Point(one, _year(one), _label(p, one, scale), int(one.derived)) for one in ordered
    )
    marks = [
        Mark(point.year, point.statement.base or Decimal(0), point.statement.upper, point.sort)
        for point in points
    ]
    signs = {_sign(p, one): one.amount.qualifier for one in ordered}
    unit = phrases.unit_of(scale, ordered[0].amount.unit, p.locale)
    return Series(
        of=record.of,
        partner=record.partner,
        measure=record.measure,
        unit=escape(unit),
        points=points,
        columns=columns(marks),
        bars=bars(marks),
        spark=spark({mark.year: mark.end for mark in marks}),
        signs=tuple((sign, name) for sign, name in signs.items() if sign and name),
    )


def _year(statement: Statement) -> int:
    return statement.date.start.year if statement.date is not None else 0


def _end(statement: Statement) -> Decimal:
    return statement.upper or statement.base or Decimal(0)


def _sign(p: PageContext, statement: Statement) -> str:
    name = statement.amount.qualifier
    return (p.lens.vocabulary.sign(name) or "") if name is not None else ""


def _scale(p: PageContext, statements: Sequence[Statement]) -> str | None:
    """The scale that most of the values are printed in, the smaller of two."""
    counts = Counter(statement.amount.scale for statement in statements)
    return min(counts, key=lambda name: (-counts[name], _factor(p, name)))


def _factor(p: PageContext, scale: str | None) -> int:
    return p.lens.vocabulary.scale(scale).factor if scale is not None else 1


def _label(p: PageContext, statement: Statement, scale: str | None) -> Markup:
    """The number in the scale of the series: the printed digits where it is printed so."""
    ends = [end for end in (statement.base, statement.upper) if end is not None]
    amount, factor = statement.amount, _factor(p, scale)
    if amount.scale == scale and amount.value is not None:
        numbers = [amount.value]
    else:
        numbers = [(end / factor).normalize() for end in ends]
    texts = [p.locale.number(number) for number in numbers]
    if len(texts) > 1:
        texts = [fill(p.locale.text("value.range"), {"lower": texts[0], "upper": texts[1]})]
    return escape(f"{_sign(p, statement)}{texts[0]}")
