"""Every region has a square of the tile map to itself: of two on one, only one could be seen."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Problem
from generator.store import Store


def check(store: Store) -> Iterator[Problem]:
    """Yield tiles that another region has already."""
    taken: dict[tuple[int, int], str] = {}
    for entry in store.of_kind("region"):
        tile = entry.record.tile
        if tile is None:
            continue
        place = (tile.row, tile.column)
        other = taken.setdefault(place, entry.id)
        if other != entry.id:
            yield Problem(
                entry.at(("tile",)),
                "same-tile",
                f"this tile is that of {other}",
                f"row {tile.row}, column {tile.column}",
                "a row and column of its own",
            )
