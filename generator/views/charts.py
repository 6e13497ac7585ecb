"""The geometry of charts: numbers in, coordinates out, for templates to draw.

Values of years stand as columns, or lie as bars where the screen is narrow; years without a value
keep their place, so that a gap is seen as a gap and never as zero. The axis begins at zero. All
coordinates are whole numbers in units that the page scales.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

# Columns: the place of one year, its column, the plot, and room for values above and years below.
SLOT, COLUMN, HEIGHT, ROOM, FOOT = 56, 34, 120, 18, 20
# More years than FEW are drawn closer together, and only some of their values are written out.
FEW, CLOSE = 12, 28
# Bars: a row, a bar, the year before it, its greatest length, and room for its value.
ROW, BAR, LABEL, LENGTH, END = 24, 14, 46, 210, 80
# Sparklines.
SPARK_WIDTH, SPARK_HEIGHT, EDGE = 88, 22, 3


@dataclass(frozen=True, slots=True)
class Mark:
    """A value of a year, up to ``high`` where it is a range; ``sort`` says how it is filled."""

    year: int
    low: Decimal
    high: Decimal | None = None
    sort: int = 0

    @property
    def end(self) -> Decimal:
        """The end that is farther from zero."""
        return self.low if self.high is None else max(self.low, self.high, key=abs)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Column:
    """The mark at ``index`` as drawn: its body, what a range adds to it, its dot and its label.

    ``is_labelled`` is False where there is no room for the value.
    """

    index: int
    sort: int
    body: Box
    more: Box | None
    dot: tuple[int, int]
    label: tuple[int, int]
    is_labelled: bool


@dataclass(frozen=True, slots=True)
class Year:
    """A year on the axis, or a run of years without a value, and where its label stands."""

    first: int
    last: int
    label: tuple[int, int]
    is_gap: bool
    is_labelled: bool = True


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing: its size, its columns or bars, its years, the axis, and the line through dots.

    The line is broken where a year has no value.
    """

    width: int
    height: int
    columns: tuple[Column, ...]
    years: tuple[Year, ...]
    zero: int
    line: str

    @property
    def is_long(self) -> bool:
        """Whether a narrow screen cannot show it as it is."""
        return self.width > 7 * SLOT


def columns(marks: Sequence[Mark]) -> Chart:
    """Columns that stand side by side, one slot for each year from the first to the last."""
    span = _span(marks)
    slot = SLOT if len(span) <= FEW else CLOSE
    low, high = _domain(marks)
    scale = Decimal(HEIGHT) / (high - low) if high > low else Decimal(0)
    zero = ROOM + _round(high * scale)
    by_year = _by_year(marks)
    written = _written(marks, len(span))
    drawn: list[Column] = []
    for place, year in enumerate(span):
        found = by_year.get(year, ())
        wide = min(COLUMN, slot - 6) // max(1, len(found))
        left = place * slot + (slot - wide * len(found)) // 2
        for at, index in enumerate(found):
            mark = marks[index]
            x, width = left + at * wide, wide - (1 if len(found) > 1 else 0)
            start, end = (zero - _scaled(v, scale) for v in (mark.low, mark.end))
            above = min(end, zero) if mark.end >= 0 else max(end, zero) + 15
            drawn.append(
                Column(
                    index,
                    mark.sort,
                    Box(x, min(start, zero), width, abs(zero - start)),
                    Box(x, min(start, end), width, abs(end - start)) if end != start else None,
                    (x + wide // 2, start),
                    (x + wide // 2, above - 5 if mark.end >= 0 else above),
                    index in written,
                )
            )
    foot = ROOM + HEIGHT + (ROOM if low < 0 else 0)
    every = 1 if slot == SLOT else -(-len(span) // FEW)
    years = tuple(
        Year(
            year,
            year,
            (place * slot + slot // 2, foot + FOOT - 5),
            year not in by_year,
            (len(span) - 1 - place) % every == 0,
        )
        for place, year in enumerate(span)
    )
    return Chart(len(span) * slot, foot + FOOT, tuple(drawn), years, zero, _line(marks, drawn))


def bars(marks: Sequence[Mark]) -> Chart:
    """Bars that lie below each other; a run of years without a value takes one row."""
    low, high = _domain(marks)
    scale = Decimal(LENGTH) / (high - low) if high > low else Decimal(0)
    zero = LABEL + _round(-low * scale)
    by_year = _by_year(marks)
    drawn: list[Column] = []
    years: list[Year] = []
    top = 0
    for is_gap, run in groupby(_span(marks), key=lambda year: year not in by_year):
        found = list(run)
        for year in found[:1] if is_gap else found:
            last = found[-1] if is_gap else year
            years.append(Year(year, last, (0, top + ROW // 2 + 4), is_gap))
            for index in by_year.get(year, ()):
                mark = marks[index]
                start, end = (zero + _scaled(v, scale) for v in (mark.low, mark.end))
                y = top + (ROW - BAR) // 2
                drawn.append(
                    Column(
                        index,
                        mark.sort,
                        Box(min(start, zero), y, abs(start - zero), BAR),
                        Box(min(start, end), y, abs(end - start), BAR) if end != start else None,
                        (start, top + ROW // 2),
                        (max(start, end, zero) + 6, top + ROW // 2 + 4),
                        True,
                    )
                )
                top += ROW
            if is_gap:
                top += ROW
    return Chart(LABEL + LENGTH + END, top, tuple(drawn), tuple(years), zero, "")


def _span(marks: Sequence[Mark]) -> range:
    years = [mark.year for mark in marks]
    return range(min(years), max(years) + 1) if years else range(0)


def _domain(marks: Iterable[Mark]) -> tuple[Decimal, Decimal]:
    ends = [Decimal(0), *(end for mark in marks for end in (mark.low, mark.end))]
    return min(ends), max(ends)


def _by_year(marks: Sequence[Mark]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for index, mark in enumerate(marks):
        found[mark.year].append(index)
    return found


def _written(marks: Sequence[Mark], years: int) -> set[int]:
    """The marks whose values are written out: all of them, or the ends and the extremes."""
    indexes = range(len(marks))
    if years <= FEW:
        return set(indexes)
    ends = [min, max]
    by_time = {pick(indexes, key=lambda i: (marks[i].year, i)) for pick in ends}
    return by_time | {pick(indexes, key=lambda i: (marks[i].end, i)) for pick in ends}


def _scaled(value: Decimal, scale: Decimal) -> int:
    """The distance of a value from zero; what is not zero is seen, however small."""
    found = _round(value * scale)
    return found or (value > 0) - (value < 0)


def _round(value: Decimal) -> int:
    return int(value.to_integral_value())


def _line(marks: Sequence[Mark], drawn: Sequence[Column]) -> str:
    """A path through the dots of years that follow each other, if no year has two."""
    years = [marks[column.index].year for column in drawn]
    if len(set(years)) != len(years):
        return ""
    parts: list[str] = []
    for place, column in enumerate(drawn):
        follows = place > 0 and years[place] == years[place - 1] + 1
        parts.append(f"{'L' if follows else 'M'}{column.dot[0]} {column.dot[1]}")
    return "".join(parts)


# --- small pictures for tables


@dataclass(frozen=True, slots=True)
class Spark:
    """A sparkline: its size, its line, the dots of single years, and the last dot."""

    width: int
    height: int
    line: str
    dots: tuple[tuple[int, int], ...]
    last: tuple[int, int]


def spark(values: Mapping[int, Decimal]) -> Spark | None:
    """A line through the values of years from zero on, broken where a year has none."""
    if not values:
        return None
    years = sorted(values)
    first, extent = years[0], years[-1] - years[0]
    ends = [Decimal(0), *values.values()]
    low, high = min(ends), max(ends)
    across = SPARK_WIDTH - 2 * EDGE
    up = SPARK_HEIGHT - 2 * EDGE

    def dot(year: int) -> tuple[int, int]:
        x = EDGE + (across * (year - first) // extent if extent else across)
        y = _round(up * (values[year] - low) / (high - low)) if high > low else 0
        return x, SPARK_HEIGHT - EDGE - y

    parts, dots = [], []
    for year in years:
        x, y = dot(year)
        parts.append(f"{'L' if year - 1 in values else 'M'}{x} {y}")
        if year - 1 not in values and year + 1 not in values:
            dots.append((x, y))
    return Spark(SPARK_WIDTH, SPARK_HEIGHT, "".join(parts), tuple(dots), dot(years[-1]))


def length(value: Decimal, most: Decimal, full: int = 100) -> int:
    """The length of a bar beside a number, of ``full`` for the greatest; what is there is seen."""
    if value <= 0 or most <= 0:
        return 0
    return max(1, _round(full * value / most))
