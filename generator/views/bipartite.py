"""Who is tied to whom, as two columns of names and lines between them: ties in, rows out.

Names stand in groups, each below its heading, a row for every name and heading. Both columns are
equally high; the shorter one has empty rows between its groups. Columns are ordered so that few
lines cross.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# A row, and how far apart the columns are, in the units of the drawing.
ROW, WIDTH = 10, 100
# Rounds of moving names closer to what they are tied to.
ROUNDS = 8

Tie = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Names under a heading, ``gap`` empty rows below what stands above it."""

    id: str
    names: tuple[str, ...]
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line from the left column to the right one, and the tie that it stands for."""

    tie: Tie
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Two columns of groups and the lines between them."""

    left: tuple[Group, ...]
    right: tuple[Group, ...]
    lines: tuple[Line, ...]
    height: int
    width: int = WIDTH


def picture(ties: Iterable[Tie], groups: Mapping[str, str]) -> Picture:
    """The picture of ties, each from a name on the left to one on the right.

    ``groups`` says for every name under which heading it stands. Equal ties are drawn once. A name
    may stand in both columns.
    """
    known = sorted(set(ties))
    columns = [_column((tie[side] for tie in known), groups) for side in (0, 1)]
    best, fewest = columns, _crossings(known, columns)
    for turn in range(ROUNDS):
        side = 1 - turn % 2
        columns = [*columns]
        columns[side] = _moved(columns[side], known, side, _places(columns[1 - side]))
        found = _crossings(known, columns)
        if found < fewest:
            best, fewest = columns, found
    height = max(map(_height, best))
    left, right = (_spread(column, height) for column in best)
    rows = _places(left), _places(right)
    lines = tuple(Line(tie, _curve(rows[0][tie[0]], rows[1][tie[1]])) for tie in known)
    return Picture(left, right, lines, height * ROW)


Column = Sequence[Group]


def _column(names: Iterable[str], groups: Mapping[str, str]) -> Column:
    found: dict[str, set[str]] = defaultdict(set)
    for name in names:
        found[groups[name]].add(name)
    return [Group(group, tuple(sorted(found[group]))) for group in sorted(found)]


def _moved(column: Column, ties: Sequence[Tie], side: int, places: Mapping[str, int]) -> Column:
    """The column with names and groups in the order of what they are tied to, on average."""
    others: dict[str, list[int]] = defaultdict(list)
    for tie in ties:
        others[tie[side]].append(places[tie[1 - side]])
    sorted_groups = []
    for group in column:
        names = sorted(group.names, key=lambda name: (_middle(others[name]), name))
        reached = [place for name in names for place in others[name]]
        sorted_groups.append((_middle(reached), Group(group.id, tuple(names))))
    return [group for _, group in sorted(sorted_groups, key=lambda pair: (pair[0], pair[1].id))]


def _middle(places: Sequence[int]) -> float:
    return sum(places) / len(places)


def _places(column: Column) -> dict[str, int]:
    """The row of every name, each group with a row for its heading."""
    found: dict[str, int] = {}
    row = 0
    for group in column:
        row += group.gap + 1
        for name in group.names:
            found[name] = row
            row += 1
    return found


def _height(column: Column) -> int:
    return sum(group.gap + 1 + len(group.names) for group in column)


def _spread(column: Column, height: int) -> tuple[Group, ...]:
    """The column made as high as that, its empty rows shared out above all groups but the first."""
    rows = height - _height(column)
    between = len(column) - 1
    if not between:
        return (Group(column[0].id, column[0].names, rows // 2),)
    gaps = [0, *(rows * (at + 1) // between - rows * at // between for at in range(between))]
    return tuple(Group(group.id, group.names, gap) for group, gap in zip(column, gaps, strict=True))


def _crossings(ties: Sequence[Tie], columns: Sequence[Column]) -> int:
    """How many pairs of lines cross."""
    left, right = map(_places, columns)
    ends = sorted((left[a], right[b]) for a, b in ties)
    passed: list[int] = []
    count = 0
    for _, end in ends:
        count += len(passed) - bisect_right(passed, end)
        insort(passed, end)
    return count


def _curve(start: int, end: int) -> str:
    """A line from the middle of a row to that of another; level at both ends."""
    a, b = start * ROW + ROW // 2, end * ROW + ROW // 2
    half = WIDTH // 2
    return f"M0 {a}C{half} {a} {half} {b} {WIDTH} {b}"
