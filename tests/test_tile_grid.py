"""The tile map: every region has its place, on a phone as well."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from generator.views.tile_grid import MOST_COLUMNS, PITCH, outline, tile_map

PLACES = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3),
    st.tuples(st.integers(0, 12), st.integers(0, 40)),
    max_size=30,
)


def test_a_small_map_is_one_band_that_begins_at_its_first_row_and_column() -> None:
    (band,) = tile_map({"b": (3, 5), "a": (3, 4), "c": (2, 5)})
    assert [(tile.id, tile.x, tile.y) for tile in band.tiles] == [
        ("c", PITCH, 0),
        ("a", 0, PITCH),
        ("b", PITCH, PITCH),
    ]
    assert (band.x, band.width, band.height) == (0, 2 * PITCH, 2 * PITCH)


def test_a_wide_map_is_cut_where_its_bands_below_each_other_are_lowest() -> None:
    deep = {f"d{row}": (row, 9) for row in range(8)}
    bands = tile_map({"west": (0, 0), **deep, "east": (0, 17)})
    assert len(bands) == 2
    assert {tile.id for tile in bands[0].tiles} == {"west", *deep}
    assert [band.rows for band in bands] == [8, 1]


@given(PLACES)
def test_every_tile_is_in_one_band_that_a_phone_can_show(
    places: dict[str, tuple[int, int]],
) -> None:
    bands = tile_map(places)
    tiles = [tile for band in bands for tile in band.tiles]
    assert sorted(tile.id for tile in tiles) == sorted(places)
    edge = 0
    for band in bands:
        assert band.x == edge
        assert 0 < band.columns <= MOST_COLUMNS
        edge += band.columns * PITCH
        for tile in band.tiles:
            assert band.x <= tile.x < edge
            assert 0 <= tile.y < band.rows * PITCH
    assert len({band.columns for band in bands[:-1]}) <= 1


@given(PLACES)
def test_the_outline_has_every_place_of_a_group_and_no_other(
    places: dict[str, tuple[int, int]],
) -> None:
    group = {identifier: places[identifier] for identifier in sorted(places)[::2]}
    others = {identifier: place for identifier, place in places.items() if identifier not in group}
    found = outline([group, others])
    if not places:
        assert found is None
        return
    assert found is not None
    for path, wanted in zip(found.paths, (group, others), strict=True):
        drawn = {
            (int(row) + found.top, int(start) + found.left + step)
            for start, row, run in re.findall(r"M(\d+) (\d+)\.5h(\d+)", path)
            for step in range(int(run))
        }
        assert drawn == set(wanted.values())
    assert found.path(group.values()) == found.paths[0]
    assert all(row - found.top < found.height for row, _ in places.values())
    assert all(column - found.left < found.width for _, column in places.values())


def test_the_outline_grows_with_its_edges_and_not_with_its_area() -> None:
    square = {f"{row}-{column}": (row, column) for row in range(20) for column in range(20)}
    found = outline([square])
    assert found is not None
    assert found.paths[0].count("M") == 20
