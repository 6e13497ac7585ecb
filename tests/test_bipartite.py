"""The picture of who is tied to whom: every tie a line between the rows of its names."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from generator.views.bipartite import ROW, WIDTH, Group, Picture, Tie, picture

LEFT = [f"l{number}" for number in range(9)]
RIGHT = [f"r{number}" for number in range(9)]
TIES = st.lists(st.tuples(st.sampled_from(LEFT), st.sampled_from(RIGHT)), min_size=1, max_size=20)
# Three names stand under each heading.
GROUPS = {name: f"{name[0]}-group-{int(name[1:]) % 3}" for name in (*LEFT, *RIGHT)}


def rows(column: Sequence[Group]) -> dict[str, int]:
    """The row of every name and heading, as a reader of the page counts them."""
    found: dict[str, int] = {}
    row = 0
    for group in column:
        row += group.gap
        for name in (group.id, *group.names):
            found[name] = row
            row += 1
    return found


def ends(path: str) -> tuple[int, int]:
    """The rows at whose middle a line begins and ends."""
    match = re.fullmatch(rf"M0 (\d+)C50 \1 50 (\d+) {WIDTH} \2", path)
    assert match is not None, path
    return int(match[1]) // ROW, int(match[2]) // ROW


def crossings(found: Picture) -> int:
    lines = [ends(line.path) for line in found.lines]
    return sum(a < c and b > d for a, b in lines for c, d in lines)


def drawn(ties: Sequence[Tie]) -> Picture:
    return picture(ties, GROUPS)


@given(TIES)
def test_every_tie_is_one_line_between_the_rows_of_its_names(ties: list[Tie]) -> None:
    found = drawn(ties)
    left, right = rows(found.left), rows(found.right)
    assert {line.tie for line in found.lines} == set(ties)
    assert len(found.lines) == len(set(ties))
    for line in found.lines:
        assert ends(line.path) == (left[line.tie[0]], right[line.tie[1]])


@given(TIES)
def test_every_name_stands_once_under_its_heading(ties: list[Tie]) -> None:
    found = drawn(ties)
    for side, column in enumerate((found.left, found.right)):
        names = [name for group in column for name in group.names]
        assert sorted(names) == sorted({tie[side] for tie in ties})
        assert all(GROUPS[name] == group.id for group in column for name in group.names)
        assert len({group.id for group in column}) == len(column)


@given(TIES)
def test_both_columns_fit_and_one_fills_the_picture(ties: list[Tie]) -> None:
    found = drawn(ties)
    heights = [max(rows(column).values()) + 1 for column in (found.left, found.right)]
    assert max(heights) * ROW == found.height
    # A single group stands in the middle; otherwise a column reaches from the top to the bottom.
    for column, height in zip((found.left, found.right), heights, strict=True):
        assert len(column) == 1 or (column[0].gap, height * ROW) == (0, found.height)


@given(TIES, st.integers(0, 99))
def test_the_order_of_what_comes_in_does_not_matter(ties: list[Tie], seed: int) -> None:
    mixed = [*ties, *ties]
    random.Random(seed).shuffle(mixed)
    assert drawn(mixed) == drawn(ties)


@given(TIES)
def test_lines_cross_no_more_than_in_alphabetical_order(ties: list[Tie]) -> None:
    found = drawn(ties)
    left, right = (
        {name: (GROUPS[name], name) for name in {tie[side] for tie in ties}} for side in (0, 1)
    )
    lines = [(left[a], right[b]) for a, b in set(ties)]
    assert crossings(found) <= sum(a < c and b > d for a, b in lines for c, d in lines)


def test_lines_that_need_not_cross_do_not() -> None:
    groups = dict.fromkeys(("a", "b", "c"), "left") | dict.fromkeys(("x", "y", "z"), "right")
    found = picture([("a", "z"), ("b", "y"), ("c", "x")], groups)
    assert crossings(found) == 0


def test_the_shorter_column_has_its_empty_rows_between_groups() -> None:
    groups = {"a": "left-1", "b": "left-2", **dict.fromkeys(("v", "w", "x", "y", "z"), "right")}
    found = picture([("a", "v"), ("a", "w"), ("b", "x"), ("b", "y"), ("b", "z")], groups)
    assert [group.gap for group in found.left] == [0, 2]
    assert [group.gap for group in found.right] == [0]
    assert found.height == 6 * ROW


def test_a_single_group_stands_in_the_middle_of_a_longer_column() -> None:
    groups = {"a": "left", **dict.fromkeys(("w", "x", "y", "z"), "right")}
    found = picture([("a", name) for name in ("w", "x", "y", "z")], groups)
    assert [(group.gap, group.names) for group in found.left] == [(1, ("a",))]


def test_a_name_may_stand_in_both_columns() -> None:
    found = picture([("a", "b"), ("b", "c")], dict.fromkeys("abc", "all"))
    assert {line.tie for line in found.lines} == {("a", "b"), ("b", "c")}
    assert [group.names for group in found.left] == [("a", "b")]
    assert [group.names for group in found.right] == [("b", "c")]
