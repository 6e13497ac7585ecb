"""No two regions stand on one tile of the map."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.tiles import check
from tests.checking import said
from tests.helpers import Change

CEDAR = "facts/regions/cedar.yaml"


def with_tile(tile: str) -> Change:
    return Change(CEDAR, "code: XB-CE\n", f"code: XB-CE\n  tile: {tile}\n")


def test_the_toy_has_tiles_of_their_own(tmp_path: Path) -> None:
    assert said(check, tmp_path) == []


def test_the_second_region_on_a_tile_is_named(tmp_path: Path) -> None:
    found = said(check, tmp_path, with_tile("{column: 2, row: 1}"))
    assert found == ["facts/regions/kestria.yaml:6:9 same-tile row 1, column 2"]


@pytest.mark.parametrize("tile", ["{row: 2, column: 1}", "{row: 1, column: 3}"])
def test_another_row_or_column_is_another_tile(tile: str, tmp_path: Path) -> None:
    assert said(check, tmp_path, with_tile(tile)) == []
