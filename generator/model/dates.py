"""Dates at their real precision: the part of EDTF that a source can carry.

Written as EDTF level 0 (ISO 8601-2:2019, Library of Congress EDTF specification): a year
``2017``, a month ``2017-03``, a day ``2004-06-23``, an interval of these ``2019-01/2019-09``, and
from level 1 an interval that is open at one side, ``2016/..`` or ``../2021``. Quarters and
half-years are intervals of months. ``{on: 2020-12, part: early}`` adds a part of a month or year
that EDTF cannot say; its parts are a vocabulary.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

EXPECTED = "a year (2017), month (2017-03), day (2017-03-08) or interval of two (2017/2019)"

# Calendars and file formats end at 9999, where one day more is no date.
LAST_YEAR = 2999

_POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Point:
    """A year, a month or a day; ``month`` and ``day`` are None where not known."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def first(self) -> datetime.date:
        """The first day that the point covers."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> datetime.date:
        """The last day that the point covers."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def precision(self) -> int:
        """1 for a year, 2 for a month, 3 for a day."""
        return 1 + (self.month is not None) + (self.day is not None)


@dataclass(frozen=True, slots=True)
class Date:
    """A point, or an interval from ``start`` to ``end``; ``part`` is a vocabulary id.

    ``open`` means that the interval goes on (EDTF ``2016/..``), ``until`` that its beginning is not
    known (``../2021``, with 2021 as ``start``); ``end`` is None then.
    """

    start: Point
    end: Point | None = None
    open: bool = False
    until: bool = False
    part: str | None = None

    @property
    def edtf(self) -> str:
        """The date as EDTF, without its part."""
        if self.open:
            return f"{self.start}/.."
        if self.until:
            return f"../{self.start}"
        return f"{self.start}/{self.end}" if self.end else str(self.start)

    @property
    def first(self) -> datetime.date:
        """The first day covered; the first possible one if the beginning is not known."""
        return datetime.date.min if self.until else self.start.first

    @property
    def last(self) -> datetime.date:
        """The last day covered; the last possible one if the interval is open."""
        return datetime.date.max if self.open else (self.end or self.start).last

    @property
    def is_interval(self) -> bool:
        """Whether the date was written as an interval."""
        return self.open or self.until or self.end is not None

    @property
    def span(self) -> str:
        """``year``, ``month``, ``day``, ``quarter``, ``half``, ``years``, ``open``, ``until`` or
        ``range``.

        Whole calendar quarters and half-years written as months are recognised; ``years`` is an
        interval of two years.
        """
        if self.open:
            return "open"
        if self.until:
            return "until"
        if self.end is None:
            return ("year", "month", "day")[self.start.precision - 1]
        if self.start.precision == 1 and self.end.precision == 1:
            return "years"
        if (
            self.start.precision == 2
            and self.end.precision == 2
            and self.start.year == self.end.year
        ):
            months = (self.start.month or 0, self.end.month or 0)
            if months in ((1, 3), (4, 6), (7, 9), (10, 12)):
                return "quarter"
            if months in ((1, 6), (7, 12)):
                return "half"
        return "range"

    @property
    def sort_key(self) -> tuple[datetime.date, datetime.date]:
        """Orders dates by their first day, vaguer dates after more exact ones of the same start."""
        return (self.start.first, self.last)

    def __str__(self) -> str:
        return self.edtf


@lru_cache(maxsize=4096)
def parse_date(text: str) -> Date:
    """Return the date that ``text`` writes.

    Raises ValueError, with what is wrong in words, for anything else: other notations, days that
    the calendar lacks, intervals that run backwards or mix precisions of year and month.
    """
    first, slash, second = text.partition("/")
    if slash and first == "..":
        return Date(_parse_point(second), until=True)
    start = _parse_point(first)
    if not slash:
        return Date(start)
    if second == "..":
        return Date(start, open=True)
    end = _parse_point(second)
    if end.last < start.first or end.first < start.first:
        raise ValueError("the interval ends before it starts")
    if start == end:
        raise ValueError("the interval starts and ends at the same point")
    if (start.precision == 1) != (end.precision == 1):
        raise ValueError("the interval mixes a year with a month or day")
    return Date(start, end)


def _parse_point(text: str) -> Point:
    match = _POINT.fullmatch(text)
    if not match:
        raise ValueError("this is not a date")
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year:
        raise ValueError("there is no year 0000")
    if year > LAST_YEAR:
        raise ValueError("no plan reaches so far ahead")
    if month is not None and not 1 <= month <= 12:
        raise ValueError("there is no such month")
    if day is not None and month is not None:
        try:
            datetime.date(year, month, day)
        except ValueError:
            raise ValueError("there is no such day") from None
    return Point(year, month, day)
