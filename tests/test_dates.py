"""Dates are what EDTF says and nothing else; the ``edtf`` library is the second opinion."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.model.dates import Date, Point, parse_date

days = st.dates(min_value=datetime.date(1, 1, 1), max_value=datetime.date(2999, 12, 31))


def point_text(day: datetime.date, precision: int) -> str:
    return day.isoformat()[: (4, 7, 10)[precision - 1]]


points = st.builds(point_text, days, st.integers(1, 3))
digits = st.sampled_from("0123456789")
# Near misses: the shape of a date with any digits, so that many are no dates.
years = st.sampled_from(["2017", "2020", "2000", "1900", "0000", "2999"])
parts = st.one_of(st.integers(0, 35).map("{:02}".format), st.text(digits, max_size=3))
shapes = st.builds(lambda year, rest: "-".join([year, *rest]), years, st.lists(parts, max_size=3))
ends = st.one_of(points, shapes, st.just(".."))
texts = st.one_of(points, shapes, st.builds("{}/{}".format, st.one_of(points, shapes), ends))


@pytest.mark.parametrize(
    ("text", "span", "first", "last"),
    [
        ("2017", "year", "2017-01-01", "2017-12-31"),
        ("2017-03", "month", "2017-03-01", "2017-03-31"),
        ("2020-02", "month", "2020-02-01", "2020-02-29"),
        ("2004-06-23", "day", "2004-06-23", "2004-06-23"),
        ("2021-01/2021-03", "quarter", "2021-01-01", "2021-03-31"),
        ("2021-04/2021-06", "quarter", "2021-04-01", "2021-06-30"),
        ("2021-07/2021-09", "quarter", "2021-07-01", "2021-09-30"),
        ("2021-10/2021-12", "quarter", "2021-10-01", "2021-12-31"),
        ("2020-01/2020-06", "half", "2020-01-01", "2020-06-30"),
        ("2020-07/2020-12", "half", "2020-07-01", "2020-12-31"),
        ("2021/2023", "years", "2021-01-01", "2023-12-31"),
        ("2016/..", "open", "2016-01-01", "9999-12-31"),
        ("../2016", "until", "0001-01-01", "2016-12-31"),
        ("2016-05/..", "open", "2016-05-01", "9999-12-31"),
        ("2020-01/2020-09", "range", "2020-01-01", "2020-09-30"),
        ("2020-02/2020-04", "range", "2020-02-01", "2020-04-30"),
        ("2020-10/2021-12", "range", "2020-10-01", "2021-12-31"),
        ("2020-01/2021-03", "range", "2020-01-01", "2021-03-31"),
        ("2020-09-28/2020-09-29", "range", "2020-09-28", "2020-09-29"),
        ("2020-01-15/2020-03", "range", "2020-01-15", "2020-03-31"),
    ],
)
def test_a_date_knows_its_span_and_its_days(text: str, span: str, first: str, last: str) -> None:
    date = parse_date(text)
    assert (date.span, str(date.first), str(date.last)) == (span, first, last)
    assert date.edtf == str(date) == text
    assert date.is_interval == ("/" in text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("yesterday", "this is not a date"),
        ("31.12.1999", "this is not a date"),
        ("1999-1", "this is not a date"),
        ("99", "this is not a date"),
        ("２０１７", "this is not a date"),
        (" 2017", "this is not a date"),
        ("2017\n", "this is not a date"),
        ("2017-03-08T00:00", "this is not a date"),
        ("2017?", "this is not a date"),
        ("/2017", "this is not a date"),
        ("2017/", "this is not a date"),
        ("../..", "this is not a date"),
        ("2017/2018/2019", "this is not a date"),
        ("", "this is not a date"),
        ("0000", "there is no year 0000"),
        ("3000", "no plan reaches so far ahead"),
        ("2020/9999-12-31", "no plan reaches so far ahead"),
        ("../9999", "no plan reaches so far ahead"),
        ("1999-13", "there is no such month"),
        ("1999-00", "there is no such month"),
        ("2017-21", "there is no such month"),
        ("2019-02-29", "there is no such day"),
        ("2019-04-31", "there is no such day"),
        ("2019-04-00", "there is no such day"),
        ("2019/2017", "the interval ends before it starts"),
        ("2019-03/2019-02", "the interval ends before it starts"),
        ("2019-03-15/2019-03", "the interval ends before it starts"),
        ("2019/2019", "the interval starts and ends at the same point"),
        ("2017/2018-05", "the interval mixes a year with a month or day"),
        ("2017-05/2018", "the interval mixes a year with a month or day"),
    ],
)
def test_everything_else_is_refused_with_what_is_wrong(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}$"):
        parse_date(text)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    try:
        date = parse_date(text)
    except ValueError:
        return
    assert str(date) == text


@settings(deadline=None)
@example("2017-21/..")
@example("../2017-21")
@given(texts)
def test_what_is_accepted_is_edtf_with_the_same_days(text: str) -> None:
    date = accepted(text)
    theirs = edtf_of(text)
    if date is None:
        assert theirs is None or refused_on_purpose(text, theirs)
        return
    assert str(date) == text
    assert tuple(theirs.lower_strict()[:3]) == date.first.timetuple()[:3]
    if not date.open:
        assert tuple(theirs.upper_strict()[:3]) == date.last.timetuple()[:3]
        assert date.first <= date.last
    assert not refused_on_purpose(text, theirs)


def accepted(text: str) -> Date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def edtf_of(text: str) -> Any:
    try:
        return parse_edtf(text)
    except EDTFParseException:
        return None


def refused_on_purpose(text: str, theirs: Any) -> bool:
    """EDTF that no source of ours can mean: seasons, unknown ends, the year 0, muddled ends."""
    first, slash, second = text.partition("/")
    if type(theirs).__name__ not in ("Date", "Interval", "Level1Interval"):
        return True
    if first.startswith("0000") or (slash and not second):
        return True
    if second == ".." or first == "..":
        return type(edtf_of(second if first == ".." else first)).__name__ != "Date"
    if not slash:
        return False
    start, end = parse_edtf(first), parse_edtf(second)
    muddled = (len(first) == 4) != (len(second) == 4) or first == second
    return muddled or end.lower_strict() < start.lower_strict()


@settings(deadline=None)
@given(points, points)
def test_dates_are_ordered_by_first_day_then_exact_before_vague(first: str, second: str) -> None:
    one, other = parse_date(first), parse_date(second)
    if one.first != other.first:
        assert (one.sort_key < other.sort_key) == (one.first < other.first)
    elif one.start.precision != other.start.precision and one.last != other.last:
        exact, vague = sorted((one, other), key=lambda date: -date.start.precision)
        assert exact.sort_key < vague.sort_key
    else:
        assert one.sort_key == other.sort_key


@settings(deadline=None)
@given(days, days)
def test_intervals_of_days_run_forwards(one: datetime.date, other: datetime.date) -> None:
    text = f"{one.isoformat()}/{other.isoformat()}"
    date = accepted(text)
    assert (date is not None) == (one < other)
    if date is not None:
        assert (date.first, date.last) == (one, other)


@settings(deadline=None)
@given(points)
def test_points_cover_their_days(text: str) -> None:
    point = parse_date(text).start
    assert str(point) == text
    assert point.first <= point.last
    assert point.precision == 1 + text.count("-")
    assert (point.last - point.first).days < (366, 31, 1)[point.precision - 1]


def test_a_part_is_no_part_of_the_edtf() -> None:
    assert Date(Point(2020, 12), part="early").edtf == "2020-12"
