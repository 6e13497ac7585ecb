"""Dates as phrases of a language, at the precision that the source gives and no other.

Month names come from CLDR, everything else from the language's texts ``date.…`` and, for parts
such as "early" or "summer", ``date-parts.…``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.model.dates import Date, Point
from generator.patterns import TextRule, bound, fill, rule

_OF_POINT = "year month of-month day"

# {month} is the name as it stands alone and {of-month} the name as it follows a day: two forms in
# many languages.
DATE_TEXTS: Mapping[str, TextRule] = {
    "date.day": rule("day year", "month of-month"),
    "date.day-month": rule("day", "month of-month"),
    "date.half": rule("year", "number ordinal roman"),
    "date.month": rule("year", "month of-month"),
    "date.open": rule("start"),
    "date.open.day": rule("", f"start {_OF_POINT}", required=False),
    "date.open.month": rule("", f"start {_OF_POINT}", required=False),
    "date.quarter": rule("year", "number ordinal roman"),
    "date.range": rule("start end"),
    "date.range.days": rule("start end year", "month of-month"),
    "date.range.months": rule("start end year"),
    "date.range.year": rule("start end year"),
    "date.until": rule("end", required=False),
    "date.year": rule("year"),
    "date.years": rule("start end"),
}

_PRECISIONS = {1: "year", 2: "month", 3: "day"}
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def roman(number: int) -> str:
    """A whole number in Roman numerals; outside 1 to 3999, in ordinary digits."""
    if not 1 <= number < 4000:
        return str(number)
    letters = []
    for size, letter in _ROMAN:
        count, number = divmod(number, size)
        letters.append(letter * count)
    return "".join(letters)


class DatePhrases:
    """Writes dates in one language.

    ``text`` gives the text of the first of several keys, ``ordinal`` an ordinal in words;
    ``alone`` and ``after_day`` are the two forms of month names by number.
    """

    def __init__(
        self,
        text: Callable[..., str],
        ordinal: Callable[[int], str],
        alone: Mapping[int, str],
        after_day: Mapping[int, str],
    ) -> None:
        self._text = text
        self._ordinal = ordinal
        self._alone = alone
        self._after_day = after_day

    def __call__(self, date: Date) -> str:
        """The date as a phrase: a year, a month, a quarter, a part of one, a range."""
        whole = self._whole(date)
        if date.part is None:
            return whole
        key = f"date-parts.{date.part}"
        pattern = self._text(f"{key}.{date.span}", f"{key}.date")
        return _fill(pattern, {**self._names(date.start), "date": whole})

    def _whole(self, date: Date) -> str:
        start, end = date.start, date.end
        if date.open:
            keys = (f"date.open.{_PRECISIONS[start.precision]}", "date.open")
            names = {**self._names(start), "start": self._point(start)}
            return _fill(self._text(*keys), names)
        if date.until:
            pattern = self._text("date.until", "date.range")
            return _fill(pattern, {**self._names(start), "start": "…", "end": self._point(start)})
        if end is None:
            return self._point(start)
        match date.span:
            case "quarter":
                return self._period("date.quarter", start.year, ((start.month or 1) + 2) // 3)
            case "half":
                return self._period("date.half", start.year, 1 if start.month == 1 else 2)
            case "years":
                return self._between("date.years", str(start.year), str(end.year), start)
        if start.year != end.year or start.precision != end.precision:
            return self._between("date.range", self._point(start), self._point(end), start)
        if start.day is None:
            first, second = (self._names(point)["month"] for point in (start, end))
            return self._between("date.range.months", first, second, start)
        if start.month == end.month:
            return self._between("date.range.days", str(start.day), str(end.day), start)
        pattern = self._text("date.day-month")
        first, second = (_fill(pattern, self._names(point)) for point in (start, end))
        return self._between("date.range.year", first, second, start)

    def _point(self, point: Point) -> str:
        return _fill(self._text(f"date.{_PRECISIONS[point.precision]}"), self._names(point))

    def _names(self, point: Point) -> dict[str, str]:
        names = {"year": str(point.year)}
        if point.month is not None:
            names["month"] = self._alone[point.month]
            names["of-month"] = self._after_day[point.month]
        if point.day is not None:
            names["day"] = str(point.day)
        return names

    def _period(self, key: str, year: int, number: int) -> str:
        names = {
            "year": str(year),
            "number": str(number),
            "ordinal": self._ordinal(number),
            "roman": roman(number),
        }
        return _fill(self._text(key), names)

    def _between(self, key: str, start: str, end: str, point: Point) -> str:
        return _fill(self._text(key), {**self._names(point), "start": start, "end": end})


def _fill(pattern: str, names: Mapping[str, str]) -> str:
    # A day never stands on another line than its month, nor "1." than its quarter.
    tight = "day number year"
    if names.get("end", "").isdigit():
        tight += " end"
    return fill(bound(pattern, after=tight), names)
