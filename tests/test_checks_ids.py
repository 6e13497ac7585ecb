"""Ids are unique over all kinds, and old ids lead to one record."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.ids import check
from tests.checking import new, said
from tests.helpers import Change

REGIONS = "facts/regions/kestria.yaml"


def test_the_toy_has_unique_ids(tmp_path: Path) -> None:
    assert said(check, tmp_path) == []


def test_the_second_of_two_records_is_named(tmp_path: Path) -> None:
    change = new("sources", "alder: {kind: web}\ncedar: {kind: web}\nelm: {kind: web}\n")
    assert said(check, tmp_path, change) == [
        "facts/sources/new.yaml:1:1 duplicate-id alder",
        "facts/sources/new.yaml:2:1 duplicate-id cedar",
    ]


@pytest.mark.parametrize("old", ["cedar", "birch", "tamsyn", "note-1"])
def test_a_former_id_belongs_to_nobody_else(old: str, tmp_path: Path) -> None:
    change = Change(REGIONS, "[old-birch]", f"[older-birch, {old}]")
    found = said(check, tmp_path, change)
    # The records of regions are read after those of persons.
    assert found == [f"{REGIONS}:9:27 duplicate-id {old}"]


def test_a_former_id_is_given_once(tmp_path: Path) -> None:
    change = Change(REGIONS, "[old-birch]", "[old-birch, old-birch]")
    assert said(check, tmp_path, change) == [f"{REGIONS}:9:25 duplicate-id old-birch"]
