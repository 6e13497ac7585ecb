"""The reading ledger has no gaps and no dead ids."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.ledger import check
from tests.checking import said
from tests.helpers import Change

LEDGER = "ledger/chapter-1.yaml"


def test_the_ledger_of_the_toy_is_whole(tmp_path: Path) -> None:
    assert said(check, tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("1:", "2:", ["1:1 ledger-gap 2", "2:1 ledger-gap 2-7"]),
        ("2-7:", "3-7:", ["2:1 ledger-gap 3-7"]),
        ("2-7:", "2-6:", ["3:1 ledger-gap 8-9"]),
        ("2-7:", "2-8:", ["3:1 ledger-gap 8-9"]),
        ("8-9:", "8:", ["3:1 ledger-gap 8"]),
        ("8-9:", "8-12:", ["3:1 ledger-gap 8-12"]),
        ("2-7:", "two:", ["2:1 ledger-gap two"]),
        ("alder-cedar-2015", "alder", []),
        ("alder-cedar-2015", "older", ["2:39 dead-ledger-entry older"]),
        ("cedar-buses.large", "cedar-buses.huge", ["2:57 dead-ledger-entry cedar-buses.huge"]),
    ],
)
def test_gaps_and_dead_ids(old: str, new: str, expected: list[str], tmp_path: Path) -> None:
    found = said(check, tmp_path, Change(LEDGER, old, new))
    assert found == [f"{LEDGER}:{line}" for line in expected]


@pytest.mark.parametrize("name", ["nothing", "alder", "note-1"])
def test_a_ledger_belongs_to_a_source_with_lines(name: str, tmp_path: Path) -> None:
    text = '1: {hash: "0123456789ab", why: heading}\n'
    found = said(check, tmp_path, Change(f"ledger/{name}.yaml", "", text))
    assert found == [f"ledger/{name}.yaml:1:1 ledger-gap {name}"]


def test_records_that_cannot_be_read_are_not_dead(tmp_path: Path) -> None:
    change = Change("facts/agreements/agreements.yaml", "signed: 2015-03", "signed: soon")
    assert said(check, tmp_path, change) == []
