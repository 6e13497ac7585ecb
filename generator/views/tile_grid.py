"""The geometry of the tile map: rows and columns in, coordinates out, for templates to draw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

# The pitch of tiles, and how many columns a phone can show.
PITCH, MOST_COLUMNS = 40, 11


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of the map: what it stands for, and its top left corner."""

    id: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Band:
    """A part of the map that a phone can show; bands side by side are the whole map."""

    x: int
    columns: int
    rows: int
    tiles: tuple[Tile, ...]

    @property
    def width(self) -> int:
        """Its width in the units of the drawing."""
        return self.columns * PITCH

    @property
    def height(self) -> int:
        """Its height in the units of the drawing."""
        return self.rows * PITCH


Places = Mapping[str, tuple[int, int]]


def tile_map(places: Places) -> tuple[Band, ...]:
    """The map of places given as row and column, tiles by row, in as few bands as a phone needs.

    All bands but the last are equally wide, as wide as makes the bands below each other lowest.
    """
    if not places:
        return ()
    wide = _frame(places)[2]
    number = -(-wide // MOST_COLUMNS)
    choices = [_bands(places, step) for step in range(-(-wide // number), MOST_COLUMNS + 1)]
    if number == 1:
        return choices[0]
    return min(choices, key=lambda bands: sum(band.rows for band in bands) / bands[0].columns)


def _bands(places: Places, step: int) -> tuple[Band, ...]:
    top, left, wide = _frame(places)
    bands = []
    for start in range(0, wide, step):
        found = sorted(
            (row - top, column - left, identifier)
            for identifier, (row, column) in places.items()
            if start <= column - left < start + step
        )
        tiles = tuple(Tile(i, column * PITCH, row * PITCH) for row, column, i in found)
        rows = max((row for row, _, _ in found), default=0) + 1
        bands.append(Band(start * PITCH, min(step, wide - start), rows, tiles))
    return tuple(bands)


@dataclass(frozen=True, slots=True)
class Outline:
    """A small map without labels: its first row and column, its size, a path for each group.

    Runs of tiles are one line each, so that the map grows with its edges and not with its area.
    """

    top: int
    left: int
    width: int
    height: int
    paths: tuple[str, ...] = ()

    def path(self, places: Iterable[tuple[int, int]]) -> str:
        """A path through the tiles at these rows and columns, as lines along rows."""
        by_row: dict[int, set[int]] = defaultdict(set)
        for row, column in places:
            by_row[row - self.top].add(column - self.left)
        return "".join(_runs(row, sorted(found)) for row, found in sorted(by_row.items()))


def outline(groups: Iterable[Places]) -> Outline | None:
    """The outline of a map whose places stand in groups; None if there are none."""
    listed = [list(group.values()) for group in groups]
    every = {place: place for places in listed for place in places}
    if not every:
        return None
    top, left, wide = _frame(every)
    empty = Outline(top, left, wide, max(row for row, _ in every) - top + 1)
    return replace(empty, paths=tuple(empty.path(places) for places in listed))


def _frame(places: Mapping[Any, tuple[int, int]]) -> tuple[int, int, int]:
    """The first row and column, and the number of columns."""
    found = [column for _, column in places.values()]
    return min(row for row, _ in places.values()), min(found), max(found) - min(found) + 1


def _runs(row: int, found: Sequence[int]) -> str:
    parts: list[str] = []
    start = 0
    for place, column in enumerate(found):
        if place == 0 or column > found[place - 1] + 1:
            start = column
        if place + 1 == len(found) or found[place + 1] > column + 1:
            parts.append(f"M{start} {row}.5h{column + 1 - start}")
    return "".join(parts)
