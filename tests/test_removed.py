"""Removed records: their ids stay taken, old links say what became of them, data says it too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.checks.references import check as check_references
from generator.checks.removed import check
from generator.dating import write_history
from generator.exports.identifiers import identifiers_json
from generator.pipeline import build
from generator.standalone import standalone_files
from tests.checking import said
from tests.dated import LATER, dated_toy
from tests.helpers import Change, store_of, toy_store
from tests.html_pages import read_page
from tests.samples import Sample, make_sample, other_project

REMOVED = "removed.yaml"
REGIONS = "facts/regions/kestria.yaml"
GONE = "kind: region, removed: 2021-05, reason: unfounded"


def gone(text: str) -> Change:
    return Change(REMOVED, "", text)


# --- the check


def test_what_was_removed_and_is_nowhere_else_is_right(tmp_path: Path) -> None:
    text = f"elm: {{{GONE}, formerly: [old-elm]}}\noak: {{kind: meeting, removed: 2021, "
    text += "reason: split, successors: [birch, cedar]}\n"
    assert said(check, tmp_path, gone(text)) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"birch: {{{GONE}}}", "1:1 removed-id birch"),
        (f"old-birch: {{{GONE}}}", "1:1 removed-id old-birch"),
        (f"elm: {{{GONE}, formerly: [cedar]}}", "1:69 removed-id cedar"),
        ("elm: {kind: regoin, removed: 2021, reason: unfounded}", "1:13 unknown-kind regoin"),
        (f"elm: {{{GONE}, successors: [brich]}}", "1:71 unknown-reference brich"),
    ],
)
def test_an_id_is_not_given_again_and_leads_to_what_there_is(
    line: str, expected: str, tmp_path: Path
) -> None:
    assert said(check, tmp_path, gone(f"{line}\n")) == [f"{REMOVED}:{expected}"]


def test_two_removed_records_had_different_ids(tmp_path: Path) -> None:
    text = f"elm: {{{GONE}}}\noak: {{{GONE}, formerly: [elm]}}\n"
    assert said(check, tmp_path, gone(text)) == [f"{REMOVED}:2:69 removed-id elm"]


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ("kind: region, removed: 2021", "missing-field"),
        ("kind: region, removed: yesterday, reason: unfounded", "invalid-date"),
        ("kind: region, removed: 2021, reason: duplicate", "invalid-value"),
        ("kind: region, removed: 2021, reason: split, successors: [birch]", "invalid-value"),
        ("kind: region, removed: 2021, reason: whim", "invalid-value"),
    ],
)
def test_a_removal_has_a_date_a_reason_and_what_that_needs(
    fields: str, rule: str, tmp_path: Path
) -> None:
    store = toy_store(tmp_path, gone(f"elm: {{{fields}}}\n"))
    assert [problem.rule for problem in store.problems] == [rule]


def test_a_reference_to_a_removed_record_is_led_on(tmp_path: Path) -> None:
    text = "elm: {kind: region, removed: 2021, reason: duplicate, successors: [cedar]}\n"
    old = Change("facts/meetings/more.yaml", "", "elm-visit: {kind: visit, date: 2019, "
                 "parties: [{of: elm}], sources: [note-2]}\n")  # fmt: skip
    (problem,) = check_references(toy_store(tmp_path, gone(text), old))
    assert (problem.rule, problem.value, problem.hint) == ("unknown-reference", "elm", "cedar")


# --- the pages and the data

RECORDS = """
--- facts/regions/r.yaml
north: {kind: voivodeship, country: alpha, code: AA-N, sources: [part-1], formerly: [nord]}

--- words/en/regions.yaml
north.name: "North <1>"

--- removed.yaml
middle: {kind: region, removed: 2022-03, reason: duplicate, successors: [north],
  formerly: [centre]}
walk: {kind: meeting, removed: 2021, reason: out-of-scope}
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return make_sample(tmp_path_factory.mktemp("removed") / "content", RECORDS)


def test_every_old_address_says_what_became_of_the_record(sample: Sample) -> None:
    renderers = {code: sample.renderer(code) for code in ("en", "de")}
    files = standalone_files(sample.dataset, sample.routes, renderers)
    for lang, date in (("en", "March 2022"), ("de", "März 2022")):
        for old in ("middle", "centre"):
            text = files[f"{lang}/regions/{old}/index.html"].decode()
            assert f'<html lang="{lang}">' in text
            assert f'<code lang="zxx">{old}</code>' in text
            assert date in text and "removed.reason.duplicate" in text
            assert '<meta name="robots" content="noindex">' in text
            assert '<a href="../north/">' in text and "North &lt;1&gt;" in text
    # What never had a page of its own leaves none.
    assert not any("walk" in name for name in files)


def test_the_data_says_what_became_of_every_id(sample: Sample) -> None:
    found = json.loads(identifiers_json(sample.dataset))
    assert found == [
        {**row(old, "region", "removed"), "removed": "2022-03", "reason": "duplicate", **now}
        for old in ("centre", "middle")
        for now in ({"now": ["north"]},)
    ] + [
        {**row("nord", "region", "renamed"), "now": ["north"]},
        {
            **row("walk", "meeting", "removed"),
            "removed": "2021",
            "reason": "out-of-scope",
            "now": [],
        },
    ]


def row(old: str, kind: str, status: str) -> dict[str, str]:
    return {"id": old, "kind": kind, "status": status}


def test_a_removed_record_is_published_as_such_in_every_language(tmp_path: Path) -> None:
    project = other_project(tmp_path)
    text = "lorraine: {kind: region, removed: 2021-06-30, reason: unfounded}\n"
    (project.content / REMOVED).write_text(text, encoding="utf-8")
    build(project)
    for lang in ("fr", "pl"):
        page = read_page(project.site / lang / "regions" / "lorraine" / "index.html")
        assert page.lang == lang
        assert "lorraine" in page.text("zxx")
    assert "lorraine" not in (project.site / "fr" / "sitemap.xml").read_text(encoding="utf-8")
    assert "lorraine" in (project.site / "data" / "identifiers.json").read_text(encoding="utf-8")


def test_no_removal_goes_unsaid(tmp_path: Path) -> None:
    project = dated_toy(tmp_path)
    path = project.content / "facts" / "meetings" / "meetings.yaml"
    path.write_text(path.read_text("utf-8").partition("birch-visit:")[0], "utf-8")
    assert [p.rule for p in check(store_of(project))] == []  # the history does not know yet
    write_history(project, LATER)
    (problem,) = check(store_of(project))
    assert (problem.rule, problem.value, problem.severity) == (
        "unsaid-removal",
        "birch-visit",
        "warning",
    )
    assert problem.place.file == "content/history.yaml"
    line = "birch-visit: {kind: meeting, removed: 2021-08-15, reason: unfounded}\n"
    (project.content / REMOVED).write_text(line, "utf-8")
    assert list(check(store_of(project))) == []
