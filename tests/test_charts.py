"""Charts: what lies where, and that nothing is lost, invented or drawn as zero."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.views.charts import (
    COLUMN,
    FEW,
    Box,
    Chart,
    Mark,
    bars,
    columns,
    length,
    spark,
)

NUMBERS = st.decimals(-1000, 1000, places=1)
MARKS = st.lists(
    st.builds(Mark, st.integers(1995, 2025), NUMBERS, st.none() | NUMBERS, st.integers(0, 1)),
    max_size=12,
)


def mark(year: int, low: int | str, high: int | None = None, sort: int = 0) -> Mark:
    return Mark(year, Decimal(low), None if high is None else Decimal(high), sort)


# --- columns and bars


def test_columns_are_as_high_as_their_values_and_stand_on_zero() -> None:
    chart = columns([mark(2017, 200), mark(2018, 100, sort=1), mark(2020, 50)])
    whole, half, quarter = (column.body for column in chart.columns)
    assert whole.height == 2 * half.height == 4 * quarter.height
    assert {box.y + box.height for box in (whole, half, quarter)} == {chart.zero}
    assert [column.sort for column in chart.columns] == [0, 1, 0]
    assert whole.x < half.x < quarter.x


def test_a_year_without_a_value_is_a_gap_that_keeps_its_place() -> None:
    chart = columns([mark(2017, 1), mark(2019, 1)])
    assert [(year.first, year.is_gap) for year in chart.years] == [
        (2017, False),
        (2018, True),
        (2019, False),
    ]
    middles = [year.label[0] for year in chart.years]
    assert middles[1] - middles[0] == middles[2] - middles[1]
    lying = bars([mark(2012, 1), mark(2019, 1)])
    assert [(year.first, year.last, year.is_gap) for year in lying.years] == [
        (2012, 2012, False),
        (2013, 2018, True),
        (2019, 2019, False),
    ]


def test_zero_is_drawn_as_nothing_and_a_little_as_something() -> None:
    for make, side in ((columns, "height"), (bars, "width")):
        none, little, much = make([mark(2000, 0), mark(2001, "0.001"), mark(2002, 900)]).columns
        assert getattr(none.body, side) == 0
        assert getattr(little.body, side) == 1
        assert getattr(much.body, side) > 100


def test_a_range_goes_on_where_its_lower_end_stops() -> None:
    (column,) = columns([mark(2020, 50, 60)]).columns
    assert column.more is not None
    assert column.more.y + column.more.height == column.body.y
    (bar,) = bars([mark(2020, 50, 60)]).columns
    assert bar.more is not None
    assert bar.more.x == bar.body.x + bar.body.width
    assert columns([mark(2020, 50)]).columns[0].more is None


def test_what_is_below_zero_hangs_from_it() -> None:
    chart = columns([mark(2019, 10), mark(2020, -10)])
    up, down = chart.columns
    assert up.body.y + up.body.height == chart.zero == down.body.y
    assert down.label[1] > down.body.y + down.body.height
    right, left = bars([mark(2019, 10), mark(2020, -10)]).columns
    assert left.body.x + left.body.width == right.body.x


def test_values_of_one_year_stand_beside_each_other() -> None:
    chart = columns([mark(2019, 10), mark(2019, 12), mark(2020, 8)])
    first, second, alone = (column.body for column in chart.columns)
    assert first.x + first.width <= second.x
    assert first.width < COLUMN == alone.width
    assert chart.line == ""


def test_the_line_is_broken_where_a_year_has_no_value() -> None:
    chart = columns([mark(2016, 1), mark(2017, 2), mark(2019, 3)])
    assert re.sub(r"\d+ \d+", "", chart.line) == "MLM"
    assert columns([mark(2016, 1), mark(2018, 2)]).line.count("M") == 2


def test_of_many_years_only_ends_and_extremes_are_written_out() -> None:
    few = columns([mark(2000 + n, n + 1) for n in range(FEW)])
    assert all(column.is_labelled for column in few.columns)
    values = [5, 9, 1, *[6] * FEW, 4]
    many = columns([mark(2000 + n, value) for n, value in enumerate(values)])
    assert [c.index for c in many.columns if c.is_labelled] == [0, 1, 2, len(values) - 1]
    assert many.is_long and not columns([mark(2000, 1)]).is_long
    assert many.years[-1].is_labelled
    assert not all(year.is_labelled for year in many.years)


def test_without_values_there_is_nothing_to_draw() -> None:
    for make in (columns, bars):
        assert (make([]).columns, make([]).years) == ((), ())


@given(MARKS)
def test_every_value_is_drawn_once_and_nothing_leaves_the_picture(marks: list[Mark]) -> None:
    for make in (columns, bars):
        chart = make(marks)
        assert sorted(column.index for column in chart.columns) == list(range(len(marks)))
        for column in chart.columns:
            assert column.sort == marks[column.index].sort
            for box in (column.body, column.more or column.body):
                assert is_inside(box, chart)
        years = [y for run in chart.years for y in range(run.first, run.last + 1)]
        found = {one.year for one in marks}
        assert years == (list(range(min(found), max(found) + 1)) if found else [])
        gaps = {y for run in chart.years if run.is_gap for y in range(run.first, run.last + 1)}
        assert gaps == set(years) - found


def is_inside(box: Box, chart: Chart) -> bool:
    return (
        box.x >= 0
        and box.y >= 0
        and box.width >= 0
        and box.height >= 0
        and box.x + box.width <= chart.width
        and box.y + box.height <= chart.height
    )


# --- small pictures


def test_a_sparkline_shows_single_years_as_dots() -> None:
    found = spark({2015: Decimal(4), 2017: Decimal(2), 2018: Decimal(1)})
    assert found is not None
    assert re.sub(r"\d+ \d+", "", found.line) == "MML"
    assert len(found.dots) == 1
    assert found.last[0] > found.dots[0][0]
    assert found.last[1] > found.dots[0][1]  # less is lower
    assert spark({}) is None


def test_one_value_is_a_dot_at_the_end() -> None:
    found = spark({2015: Decimal(0)})
    assert found is not None
    assert found.dots == (found.last,)
    assert found.last[0] <= found.width and found.last[1] <= found.height


@pytest.mark.parametrize(
    ("value", "found"), [("0", 0), ("-3", 0), ("0.001", 1), ("50", 50), ("100", 100)]
)
def test_a_bar_beside_a_number_is_as_long_as_its_share_of_the_greatest(
    value: str, found: int
) -> None:
    assert length(Decimal(value), Decimal(100)) == found
    assert length(Decimal(value), Decimal(0)) == 0
