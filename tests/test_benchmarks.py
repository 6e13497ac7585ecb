"""Tables of the benchmark: written from what was measured alone. No timings here."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import results, tables
from benchmarks.goals import goals
from benchmarks.measuring import FailedError, Taken, middle, repeated, take, take_all
from benchmarks.results import Results, Row
from tests.helpers import ROOT


def measured() -> Results:
    """Ours in time, Material not in time, Zensical missing."""
    found = Results(machine={"processor": "X"}, command="python -m benchmarks")
    stages = {"recall": (0.5, 0.5), "render": (0.75, 0.75), "finish": (9.0, 9.0)}
    found.put(Row("100", "ours", "cold", 4, 10, 90, 5, pages=1000))
    found.put(Row("1000", "ours", "cold", 40, 110, 90, 5, pages=10000, stages=stages))
    found.put(Row("1000", "ours", "edited", 2.5, 2, 151, 5, pages=10000))
    found.put(Row("1000", "ours", "unchanged", 2.5, 2, 90, 5, stages=stages))
    late = Row("1000", "material", "cold", 900, 1000, 90, 1, failed="did not end within 900 s")
    found.put(late)
    found.put(Row("1000", "hugo", "again", 2, 4, 90, 1))
    found.missing["zensical"] = "no network"
    return found


def test_the_written_pages_hold_what_was_measured() -> None:
    kept = results.load()
    for name, new in (("docs/benchmarks.md", tables.page(kept)), ("README.md", tables.short(kept))):
        text = (ROOT / name).read_text("utf-8")
        assert tables.between(text, new) == text, "run: python -m benchmarks --tables"


def test_goals_are_held_against_what_was_measured() -> None:
    told = [(goal.text, goal.reached) for goal in goals(measured())]
    reached = {text.partition(":")[0]: state for text, state in told}
    assert reached["serve"] is None
    assert reached["the same with 1,000 regions"] is True
    assert reached["that is faster than the rebuild of hugo"] is False
    assert reached["that is faster than the rebuild of zensical"] is None
    assert reached["read, check, render, 1,000 regions, from nothing"] is True
    assert reached["read, check, render, 1,000 regions, nothing changed"] is False
    assert reached["`build` from nothing, CPU a page with 1,000 regions"] is True
    assert reached["the largest process, 1,000 regions"] is False
    # It had used 1,000 s when it was stopped, so ours is below 0.11 of it.
    assert reached["`build` from nothing, 1,000 regions"] is True


def test_what_did_not_end_has_no_seconds_and_what_is_missing_is_named() -> None:
    page = tables.page(measured())
    assert "| did not end within 900 s | > 1000.00 |" in page
    assert "Zensical could not be installed: no network" in page
    assert "| recall | 0.50 / 0.50 | 0.50 / 0.50 |" in page
    assert "| 1,000 regions | 10,000 | 110.0 | 11.00 |" in page
    assert tables.short(Results()) == "Nothing has been measured yet."


def test_a_row_replaces_its_older_one_and_is_kept(tmp_path: Path) -> None:
    found = measured()
    found.put(Row("100", "ours", "cold", 5, 11, 90, 3, stages={"render": (1.0, 2.0)}))
    results.save(found, tmp_path / "results.json")
    again = results.load(tmp_path / "results.json")
    assert again == found
    row = again.find("100", "ours", "cold")
    assert row is not None
    assert (row.wall, row.stages) == (5, {"render": (1.0, 2.0)})


def test_a_page_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="no place"):
        tables.between("text", "new")


def test_commands_that_fail_say_why_and_late_ones_are_stopped(tmp_path: Path) -> None:
    python = [sys.executable, "-c"]
    with pytest.raises(FailedError, match="no such thing"):
        take([*python, "raise SystemExit('no such thing')"], tmp_path, 60)
    endless = take([*python, "import time; time.sleep(600)"], tmp_path, 0.2)
    assert not endless.ended
    ended = take_all([([*python, "pass"], tmp_path)] * 2, 60)
    assert ended.ended
    assert ended.peak > 1
    assert len(repeated(lambda: endless, 5)) == 1
    assert middle([ended, endless]) == endless
    assert middle([Taken(1, 5, 3), Taken(3, 4, 9), Taken(2, 6, 2)]) == Taken(2, 5, 9)
