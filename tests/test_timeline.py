"""Bars by year and lines of terms: what lies where, and that nothing is lost or invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.dates import parse_date
from generator.views.timeline import MONTH, YEAR, Picture, lying, spans, standing

COUNTS = st.dictionaries(
    st.integers(1990, 2030), st.tuples(*[st.integers(0, 300)] * 3), max_size=12
)


def sizes(picture: Picture, side: str) -> dict[int, dict[int, int]]:
    return {
        bar.year: {part.index: getattr(part, side) for part in bar.parts} for bar in picture.bars
    }


def test_bars_stand_on_a_floor_in_the_order_of_years() -> None:
    picture = standing({2001: (1, 0), 2003: (2, 2)})
    assert [bar.year for bar in picture.bars] == [2001, 2003]
    assert [(gap.first, gap.last) for gap in picture.gaps] == [(2002, 2002)]
    heights = sizes(picture, "height")
    assert heights[2003][0] == pytest.approx(2 * heights[2001][0], abs=1)
    assert heights[2003][1] == heights[2003][0]
    low, high = picture.bars[1].parts
    assert low.y + low.height == picture.floor
    assert high.y + high.height == low.y
    assert picture.bars[0].label[0] < picture.gaps[0].label[0] < picture.bars[1].label[0]


def test_a_run_of_empty_years_takes_one_row() -> None:
    picture = lying({2001: (1,), 2005: (3,), 2006: (0,), 2007: (1,)})
    assert [(gap.first, gap.last) for gap in picture.gaps] == [(2002, 2004), (2006, 2006)]
    rows = sorted([*(bar.label[1] for bar in picture.bars), *(g.label[1] for g in picture.gaps)])
    assert len(set(rows)) == 5
    assert rows == [gap + rows[0] for gap in range(0, 5 * (rows[1] - rows[0]), rows[1] - rows[0])]


def test_without_anything_there_is_no_picture() -> None:
    for make in (standing, lying):
        picture = make({})
        assert (picture.bars, picture.gaps) == ((), ())


@given(COUNTS)
def test_every_count_is_seen_and_nothing_leaves_the_picture(
    counts: dict[int, tuple[int, ...]],
) -> None:
    for make, side in ((standing, "height"), (lying, "width")):
        picture = make(counts)
        assert {bar.year: bar.counts for bar in picture.bars} == {
            year: found for year, found in sorted(counts.items()) if any(found)
        }
        for bar in picture.bars:
            assert [part.index for part in bar.parts] == [
                index for index, count in enumerate(bar.counts) if count
            ]
            for part in (*bar.parts, bar.hit):
                assert getattr(part, side) > 0
                assert part.x >= 0 and part.x + part.width <= picture.width
                assert part.y >= 0 and part.y + part.height <= picture.height
        missing = {year for gap in picture.gaps for year in range(gap.first, gap.last + 1)}
        shown = {bar.year for bar in picture.bars}
        assert not missing & shown
        assert missing | shown == (set(range(min(counts), max(counts) + 1)) if counts else set())


def test_terms_lie_on_one_scale_at_their_own_precision() -> None:
    terms = [parse_date(text) for text in ("2019/2020", "2020-07/2020-12", "2021/..", "../2019")]
    years, months, open_, until = terms
    scale = spans(terms, parse_date("2022-01"))
    assert scale.years == ((2019, 0), (2020, YEAR), (2021, 2 * YEAR), (2022, 3 * YEAR))
    assert (scale.of[years].x, scale.of[years].width) == (0, 2 * YEAR)
    assert (scale.of[months].x, scale.of[months].width) == (YEAR + 6 * MONTH, 6 * MONTH)
    assert scale.of[open_].x + scale.of[open_].width == scale.width
    assert (scale.of[until].x, scale.of[until].width) == (0, YEAR)
    assert scale.now == 3 * YEAR + MONTH


def test_the_state_of_the_data_is_on_the_scale_even_alone() -> None:
    scale = spans([], parse_date("2022-01"))
    assert (scale.years, scale.width) == (((2022, 0),), YEAR)
    early = spans([parse_date("2030")], parse_date("2022"))
    assert early.years[0] == (2022, 0)
    assert 0 <= early.now <= early.width
