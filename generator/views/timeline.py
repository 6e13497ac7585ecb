"""The geometry of bars by year and of terms: numbers in, coordinates out, for templates to draw.

Years are evenly spaced, those without anything as well, so that gaps are seen as gaps. Two shapes
of the same picture: standing bars for wide screens, lying ones for narrow ones, where a run of
empty years is drawn as one gap.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.model.dates import Date

# Units of the drawing, which the page scales.
STEP, WIDTH, HEIGHT, TOP, FOOT = 30, 20, 150, 16, 20
ROW, BAR, LABEL, LENGTH, END = 22, 14, 44, 240, 34


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a bar: which of the counts it shows, and its rectangle."""

    index: int
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A year with its counts: pieces, where its label and its total stand, and the area to hit."""

    year: int
    counts: tuple[int, ...]
    parts: tuple[Part, ...]
    label: tuple[int, int]
    total: tuple[int, int]
    hit: Part


@dataclass(frozen=True, slots=True)
class Gap:
    """Years without anything, from ``first`` to ``last``, and where their label stands."""

    first: int
    last: int
    label: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing: its size, its bars, where there are none, and how high standing bars stand."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    gaps: tuple[Gap, ...]
    floor: int = 0


def standing(counts: Mapping[int, Sequence[int]]) -> Picture:
    """Bars that stand side by side, from the first year to the last."""
    bars, gaps = [], []
    floor, most = TOP + HEIGHT, _most(counts)
    for place, year in enumerate(_years(counts)):
        left, middle = place * STEP, place * STEP + STEP // 2
        label = (middle, floor + FOOT - 6)
        if not any(counts.get(year, ())):
            gaps.append(Gap(year, year, label))
            continue
        y, parts = floor, []
        for index, (start, end) in enumerate(_stacked(counts[year], HEIGHT / most)):
            y = floor - end
            if end > start:
                parts.append(Part(index, left + (STEP - WIDTH) // 2, y, WIDTH, end - start))
        hit = Part(0, left, 0, STEP, floor + FOOT)
        bars.append(Bar(year, tuple(counts[year]), tuple(parts), label, (middle, y - 4), hit))
    width = len(_years(counts)) * STEP
    return Picture(width, floor + FOOT, tuple(bars), tuple(gaps), floor)


def lying(counts: Mapping[int, Sequence[int]]) -> Picture:
    """Bars that lie below each other, a run of empty years taking one row."""
    bars, gaps = [], []
    width, top, most = LABEL + LENGTH + END, 0, _most(counts)
    for is_empty, run in groupby(_years(counts), key=lambda year: not any(counts.get(year, ()))):
        years = list(run)
        for year in years[:1] if is_empty else years:
            base = top + ROW // 2 + 4
            if is_empty:
                gaps.append(Gap(year, years[-1], (0, base)))
            else:
                x, parts = LABEL, []
                for index, (start, end) in enumerate(_stacked(counts[year], LENGTH / most)):
                    x = LABEL + end
                    if end > start:
                        bar = Part(index, LABEL + start, top + (ROW - BAR) // 2, end - start, BAR)
                        parts.append(bar)
                hit = Part(0, 0, top, width, ROW)
                total = (x + 6, base)
                bars.append(Bar(year, tuple(counts[year]), tuple(parts), (0, base), total, hit))
            top += ROW
    return Picture(width, top, tuple(bars), tuple(gaps))


def _stacked(counts: Sequence[int], unit: float) -> Iterator[tuple[int, int]]:
    """Where the piece of each count begins and ends; what is there at all is seen."""
    total = end = 0
    for count in counts:
        start, total = end, total + count
        end = max(round(total * unit), start + (count > 0))
        yield start, end


def _most(counts: Mapping[int, Sequence[int]]) -> int:
    return max((sum(parts) for parts in counts.values()), default=0)


def _years(counts: Mapping[int, Sequence[int]]) -> range:
    return range(min(counts), max(counts) + 1) if counts else range(0)


# --- terms as lines


@dataclass(frozen=True, slots=True)
class Span:
    """A term on the scale: where its line begins and how long it is."""

    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Scale:
    """Years side by side: the width of the drawing, each year's place, today, and the terms."""

    width: int
    years: tuple[tuple[int, int], ...]
    now: int
    of: Mapping[Date, Span]


MONTH = 2
YEAR = 12 * MONTH


def spans(terms: Sequence[Date], now: Date) -> Scale:
    """Terms on the scale of all years that they cover; ``now`` is the state of the data."""
    first = min([now.start.year, *(term.start.year for term in terms)])
    last = max((term.last.year for term in terms if not term.open), default=first)
    last = max(last, now.start.year, *(term.start.year for term in terms))
    found = {}
    for term in terms:
        begin = 0 if term.until else _place(term.first, first)
        end = (last - first + 1) * YEAR if term.open else _place(term.last, first) + MONTH
        found[term] = Span(begin, end - begin)
    years = tuple((year, (year - first) * YEAR) for year in range(first, last + 1))
    return Scale(len(years) * YEAR, years, _place(now.last, first) + MONTH, found)


def _place(day: datetime.date, first: int) -> int:
    """Where the month of a day begins."""
    return (day.year - first) * YEAR + (day.month - 1) * MONTH
