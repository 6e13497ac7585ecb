"""The history of the records: what makes a change, what does not, and who is told of it."""

from __future__ import annotations

import datetime
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.checks.history import check
from generator.dating import day_of, write_history
from generator.editing import rename_record
from generator.errors import ContentError, UsageError
from generator.history import states
from generator.model.history import Log
from generator.project import Project
from tests.dated import FIRST, LAST, LATER, dated_toy
from tests.helpers import ROOT, TOY, Change, apply, real_store, store_of, told, toy, toy_project

KESTRIA = "facts/regions/kestria.yaml"


def history(project: Project) -> dict[str, dict[str, str]]:
    text = (project.content / "history.yaml").read_text("utf-8")
    loaded: dict[str, dict[str, str]] = yaml.load(text, yaml.CBaseLoader)
    return loaded


def days(project: Project, identifier: str) -> tuple[str, str, str | None]:
    line = history(project)[identifier]
    return line["added"], line["changed"], line.get("removed")


def test_at_first_every_record_is_new(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    # Some have older ids already.
    ids = sorted((e.id, *e.record.formerly)[-1] for e in store_of(project).entries.values())
    assert "old-birch" in ids
    assert write_history(project, FIRST) == ids
    assert list(history(project)) == ids
    assert days(project, "alder") == ("2021-07-01", "2021-07-01", None)
    assert list(check(store_of(project))) == []


def test_a_second_run_on_another_day_changes_nothing(tmp_path: Path) -> None:
    project = dated_toy(tmp_path)
    path = project.content / "history.yaml"
    before = path.read_bytes(), path.stat().st_mtime_ns
    assert write_history(project, LATER) == []
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


@pytest.mark.parametrize(
    ("change", "identifier"),
    [
        (Change(KESTRIA, "column: 2", "column: 3"), "alder"),
        (Change(KESTRIA, "  code: XA-AL\n", "  code: XA-AL\n  wikidata: Q12\n"), "alder"),
        (Change("words/en/regions.yaml", "Buses followed", "Buses came"), "alder"),
        (Change("facts/figures/figures.yaml", "value: 121", "value: 122"), "alder-trade-2019"),
    ],
    ids=["a value", "a field more", "a word of the source language", "a figure"],
)
def test_what_a_record_says_is_dated_when_it_changes(
    change: Change, identifier: str, tmp_path: Path
) -> None:
    project = dated_toy(tmp_path)
    apply(project.root, change)
    (problem,) = check(store_of(project))
    assert (problem.rule, problem.value, problem.severity) == (
        "stale-history",
        identifier,
        "warning",
    )
    assert write_history(project, LATER) == [identifier]
    assert days(project, identifier) == ("2021-07-01", "2021-08-15", None)
    assert list(check(store_of(project))) == []


@pytest.mark.parametrize(
    "change",
    [
        Change(KESTRIA, "{row: 1, column: 2}", "{column: 2, row: 1} # where it is"),
        Change(KESTRIA, "code: XA-AL", 'code: "XA-AL"'),
        Change("words/de/regions.yaml", "", 'cedar.note: "Anders"\n'),
        Change("words/en/glossary.yaml", "", 'term.more: "more"\n'),
    ],
    ids=["order and comments", "quotes", "a translation", "a setting of the checks"],
)
def test_what_says_the_same_is_no_change(change: Change, tmp_path: Path) -> None:
    project = dated_toy(tmp_path)
    apply(project.root, change)
    assert write_history(project, LATER) == []


def test_a_removed_record_keeps_its_line_and_may_come_back(tmp_path: Path) -> None:
    meetings = "facts/meetings/meetings.yaml"
    project = dated_toy(tmp_path)
    path = project.content / meetings
    with_all = path.read_text("utf-8")
    path.write_text(with_all.partition("birch-visit:")[0], "utf-8")
    (problem,) = check(store_of(project))
    assert problem.place.file == "content/history.yaml"
    assert (problem.rule, problem.value) == ("stale-history", "birch-visit")
    assert write_history(project, LATER) == ["birch-visit"]
    assert days(project, "birch-visit") == ("2021-07-01", "2021-07-01", "2021-08-15")
    assert write_history(project, LAST) == []
    path.write_text(with_all, "utf-8")
    (problem,) = check(store_of(project))
    assert problem.place.file == f"content/{meetings}"
    assert write_history(project, LAST) == ["birch-visit"]
    assert days(project, "birch-visit") == ("2021-07-01", "2021-09-30", None)


@pytest.mark.parametrize("identifier", ["alder", "cedar", "cedar-port", "note-2", "cedar-buses"])
def test_renaming_changes_nothing_in_the_history(identifier: str, tmp_path: Path) -> None:
    project = dated_toy(tmp_path)
    before = history(project)
    rename_record(project, identifier, "another-id")
    assert list(check(store_of(project))) == []
    assert write_history(project, LATER) == []
    rename_record(project, "another-id", "third-id")
    assert write_history(project, LATER) == []
    rename_record(project, "third-id", identifier)
    assert write_history(project, LATER) == []
    assert history(project) == before


def test_what_a_renamed_record_says_is_dated_under_its_first_id(tmp_path: Path) -> None:
    project = dated_toy(tmp_path)
    rename_record(project, "alder", "aspen")
    apply(project.root, Change(KESTRIA, "column: 2", "column: 3"))
    assert write_history(project, LATER) == ["alder"]
    assert "aspen" not in history(project)


def test_days_only_go_on(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    write_history(project, LATER)
    apply(project.root, Change(KESTRIA, "column: 2", "column: 3"))
    assert write_history(project, FIRST) == ["alder"]
    assert days(project, "alder") == ("2021-08-15", "2021-08-15", None)


def test_without_a_history_nothing_is_out_of_date() -> None:
    assert not toy().history
    assert list(check(toy())) == []


def test_nothing_is_written_while_content_cannot_be_read(tmp_path: Path) -> None:
    project = dated_toy(tmp_path)
    before = history(project)
    apply(project.root, Change("facts/regions/cedar.yaml", "kind: federal-city", "kind: ["))
    with pytest.raises(ContentError):
        write_history(project, LATER)
    assert history(project) == before


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("{added: 2021-07, changed: 2021-07-01, hash: 0123456789ab}", "invalid-date"),
        ("{added: 2021-07-01, changed: 2021-06-30, hash: 0123456789ab}", "invalid-value"),
        ("{added: 2021-07-01, changed: 2021-07-01, hash: 0123456789xy}", "invalid-value"),
        ("{added: 2021-07-01, hash: 0123456789ab}", "missing-field"),
        ("2021-07-01", "wrong-shape"),
    ],
)
def test_a_line_that_nobody_wrote_is_told(line: str, rule: str, tmp_path: Path) -> None:
    store = store_of(toy_project(tmp_path, Change("history.yaml", "", f"alder: {line}\n")))
    (found,) = told(store.problems)
    assert found.startswith("content/history.yaml:1:")
    assert rule in found


def test_a_hash_depends_on_nothing_but_what_is_said() -> None:
    """Written down, so that a change of the program that dates all records anew is noticed."""
    found = states(toy())
    assert found.keys() == toy().entries.keys()
    assert len(set(found.values())) == len(found)
    assert found["kestria"] == "d8e676968bba"
    assert found["alder-trade-2019"] == "b62ed92d324a"


def test_a_line_is_read_as_it_was_written() -> None:
    text = '{added: 2021-07-01, changed: 2021-08-15, removed: 2021-09-30, hash: "0123456789ab"}'
    log = Log.model_validate(yaml.load(text, yaml.CBaseLoader))
    assert log.line() == text


# --- the day


def test_the_day_is_the_one_given_or_that_of_the_build_or_today(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1625184000")
    assert day_of("2021-02-03") == datetime.date(2021, 2, 3)
    assert day_of(None) == datetime.date(2021, 7, 2)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    before = datetime.datetime.now(datetime.UTC).date()
    assert before <= day_of(None) <= datetime.datetime.now(datetime.UTC).date()


@pytest.mark.parametrize("text", ["2021-02-30", "2021-02", "yesterday", ""])
def test_another_day_is_a_wrong_call(text: str) -> None:
    with pytest.raises(UsageError):
        day_of(text)


def test_an_epoch_that_is_no_number_is_a_wrong_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        day_of(None)


def test_the_command_says_what_it_dated(tmp_path: Path) -> None:
    project = dated_toy(tmp_path)
    apply(project.root, Change(KESTRIA, "column: 2", "column: 3"))
    command = [sys.executable, "-m", "generator", "--project", str(project.root), "history"]
    done = subprocess.run(
        [*command, "--date", "2021-08-15"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout == "alder\n"
    assert days(project, "alder")[1] == "2021-08-15"


# --- the real data


def test_the_history_of_the_site_is_up_to_date() -> None:
    assert real_store().history
    assert told(check(real_store())) == []


def test_the_toy_has_no_history_of_its_own() -> None:
    assert not (TOY / "content" / "history.yaml").exists()
