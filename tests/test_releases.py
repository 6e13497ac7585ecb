"""Releases of the data: what lies between two, who is told of it, and what is refused.

Also what a person compared with its sources.
"""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import feedparser
import pytest
import yaml
from jsonschema import Draft202012Validator

from generator.checks import check_store
from generator.dataset import build_dataset
from generator.dating import write_history
from generator.editing import rename_record
from generator.errors import BuildError, ContentError, UsageError
from generator.foreign import plain
from generator.loading import words_of
from generator.project import Project
from generator.releasing import make_release, note_checked
from tests.dated import FIRST, LAST, LATER, dated_toy, published
from tests.helpers import Change, apply, store_of
from tests.samples import ROOT, Sample, environment

COLUMN = Change("facts/regions/kestria.yaml", "column: 2", "column: 3")
MEETINGS = "facts/meetings/meetings.yaml"
VISIT = "{kind: visit, date: 2020, place: birch-town, parties: [{of: birch}], sources: [note-2]}"
NEW = Change(MEETINGS, "", f"cedar-visit: {VISIT}\n")
GONE = Change(
    "removed.yaml", "", "birch-visit: {kind: meeting, removed: 2021, reason: unfounded}\n"
)


def releases(project: Project) -> dict[str, Any]:
    text = (project.content / "releases.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.load(text, yaml.BaseLoader)
    return loaded


def sample_of(project: Project) -> Sample:
    store = store_of(project)
    dataset = build_dataset(store)
    return Sample(dataset, words_of(store, dataset), environment(ROOT / "templates"))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A toy with one release."""
    project = dated_toy(tmp_path)
    make_release(project, "1.0.0", FIRST)
    return project


def again(project: Project, *changes: Change) -> None:
    for change in changes:
        apply(project.root, change)
    write_history(project, LATER)


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A toy with two releases, of which the second has some of everything."""
    project = dated_toy(tmp_path_factory.mktemp("releases"))
    make_release(project, "1.0.0", FIRST)
    rename_record(project, "cedar", "fir")
    path = project.content / MEETINGS
    path.write_text(path.read_text("utf-8").partition("birch-visit:")[0], "utf-8")
    words = Change("words/en/regions.yaml", "Buses followed", "Buses came")
    again(project, COLUMN, NEW, GONE, words)
    make_release(project, "1.1.0", LATER)
    return project


def test_the_first_release_has_all_records(project: Project) -> None:
    store = store_of(project)
    assert check_store(store) == ()
    (release,) = releases(project).values()
    assert release["published"] == FIRST.isoformat()
    ids = {one for kind in release["added"].values() for one in kind}
    assert ids == set(store.entries)
    assert "version: 1.0.0" in (project.content / "site.yaml").read_text("utf-8")
    assert published(project)[0].version == "1.0.0"


def test_a_release_says_what_came_changed_went_and_was_renamed(twice: Project) -> None:
    found = releases(twice)["1.1.0"]
    assert found["added"] == {"meeting": ["cedar-visit"]}
    assert found["removed"] == {"meeting": ["birch-visit"]}
    assert found["renamed"] == {"region": {"cedar": "fir"}}
    assert found["changed"] == {
        "region": {"alder": {"tile.column": {"before": "2", "after": "3"}, "words.summary": {}}}
    }
    assert check_store(store_of(twice)) == ()


def test_lists_are_one_value_and_references_follow_a_renaming(project: Project) -> None:
    rename_record(project, "note-2", "note-9")
    change = Change("facts/positions/positions.yaml", "[tractors, cheese]", "[cheese, tractors]")
    again(project, change)
    make_release(project, "1.0.1", LATER)
    (fields,) = releases(project)["1.0.1"]["changed"]["position"].values()
    assert fields == {"goods": {"before": "tractors cheese", "after": "cheese tractors"}}
    assert releases(project)["1.0.1"]["renamed"] == {"source": {"note-2": "note-9"}}


@pytest.mark.parametrize(
    ("version", "message"),
    [
        ("1.0.0", "has been released"),
        ("0.9.0", "is not above 1.0.0"),
        ("1.1", "is not a version"),
        ("01.1.0", "is not a version"),
        ("1.0.1", "the second number goes up"),
    ],
)
def test_a_version_that_cannot_be_is_refused(project: Project, version: str, message: str) -> None:
    again(project, NEW)
    before = releases(project), (project.content / "site.yaml").read_bytes()
    with pytest.raises(UsageError, match=message):
        make_release(project, version, LATER)
    assert before == (releases(project), (project.content / "site.yaml").read_bytes())
    make_release(project, "1.1.0", LATER)


def test_nothing_is_released_that_is_not_ready(project: Project) -> None:
    with pytest.raises(UsageError, match="nothing has changed"):
        make_release(project, "1.1.0", LATER)
    apply(project.root, COLUMN)
    with pytest.raises(UsageError, match="history is behind"):
        make_release(project, "1.1.0", LATER)
    write_history(project, LATER)
    early = FIRST.replace(year=2020)
    with pytest.raises(UsageError, match="before the release"):
        make_release(project, "1.1.0", early)
    last = project.releases / "last.jsonl"
    kept = last.read_bytes()
    for broken in (b"[1]\n", b"\xff", None):
        if broken is None:
            last.unlink()
        else:
            last.write_bytes(broken)
        with pytest.raises(BuildError, match=re.escape("releases/last.jsonl")):
            make_release(project, "1.1.0", LATER)
    last.write_bytes(kept)
    apply(project.root, Change("facts/regions/cedar.yaml", "kind: federal-city", "kind: citty"))
    with pytest.raises(ContentError):
        make_release(project, "1.1.0", LATER)
    assert list(releases(project)) == ["1.0.0"]


def test_the_settings_keep_all_else(tmp_path: Path) -> None:
    line = "version: 0.1.0 # of 0.1.0\r\n"
    project = dated_toy(
        tmp_path, Change("site.yaml", "as_of: 2021-06\n", f"as_of: 2021-06\n{line}")
    )
    path = project.content / "site.yaml"
    before = path.read_bytes()
    make_release(project, "0.2.0", FIRST)
    assert path.read_bytes() == before.replace(b"version: 0.1.0 #", b"version: 0.2.0 #")


def test_data_that_have_changed_since_say_so(project: Project) -> None:
    again(project, COLUMN)
    dataset, files = published(project)
    assert dataset.version == "1.0.0+changed"
    assert json.loads(files["data/version.json"])["version"] == "1.0.0+changed"
    assert json.loads(files["data/datapackage.json"])["version"] == "1.0.0+changed"
    sample = sample_of(project)
    for lang in ("en", "de"):
        assert "1.0.0" in sample.render("changes/", lang).text.partition("<table")[0]


# --- who is told


def test_files_say_what_the_releases_say(twice: Project) -> None:
    files = published(twice)[1]
    newest, first = json.loads(files["data/releases.json"])
    Draft202012Validator(json.loads(files["data/schemas/releases.schema.json"])).validate(
        [newest, first]
    )
    assert (newest["version"], newest["published"]) == ("1.1.0", LATER.isoformat())
    assert newest["renamed"] == [
        {"id": "cedar", "kind": "region", "to": "fir", "now": "fir", "page": "regions/fir/"}
    ]
    assert newest["removed"] == [{"id": "birch-visit", "kind": "meeting"}]
    assert {"id": "cedar", "kind": "region", "now": "fir", "page": "regions/fir/"} in first["added"]
    rows = list(csv.DictReader(io.StringIO(files["data/releases.csv"].decode())))
    assert len(rows) == len(first["added"]) + 5
    assert [(r["change"], r["id"], r["field"], r["before"], r["after"]) for r in rows[:5]] == [
        ("added", "cedar-visit", "", "", ""),
        ("changed", "alder", "tile.column", "2", "3"),
        ("changed", "alder", "words.summary", "", ""),
        ("removed", "birch-visit", "", "", ""),
        ("renamed", "cedar", "id", "cedar", "fir"),
    ]


@pytest.mark.parametrize("lang", ["en", "de"])
def test_a_release_is_an_entry_of_the_feed(twice: Project, lang: str) -> None:
    found = feedparser.parse(published(twice)[1][f"data/{lang}/changes.atom"]).entries
    entries = {e.id.partition(f":{lang}/")[2]: e for e in found if "/releases/" in e.id}
    assert list(entries) == ["releases/1.1.0", "releases/1.0.0"]
    entry = entries["releases/1.1.0"]
    assert entry.published == entry.updated == f"{LATER}T00:00:00Z"
    assert entry.link == f"https://example.org/toy/{lang}/changes/1.1.0/"
    assert "1.1.0" in entry.title
    assert entry.summary.count("1") == 4


@pytest.mark.parametrize("lang", ["en", "de"])
def test_every_release_has_a_page_that_leads_to_its_records(twice: Project, lang: str) -> None:
    sample = sample_of(twice)
    index, page = sample.render("changes/", lang).text, sample.render("changes/1.1.0/", lang)
    assert index.index("1.1.0/") < index.index("1.0.0/")
    assert "1.1.0" in plain(page.title)
    assert 'href="../../regions/fir/"' in page.text
    assert '<code lang="zxx">birch-visit</code>' in page.text
    assert '<code lang="zxx">tile.column</code>' in page.text
    assert "../../changes/1.0.0/" in page.text or "../1.0.0/" in page.text


def test_a_page_does_not_grow_with_the_data(
    twice: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = sample_of(twice)
    assert "releases.csv" not in sample.render("changes/1.1.0/").text
    monkeypatch.setattr("generator.views.releases.MOST", 0)
    text = sample.render("changes/1.1.0/").text
    assert "birch-visit" not in text
    assert "releases.csv" in text


def test_the_first_release_is_told_in_numbers(twice: Project) -> None:
    sample = sample_of(twice)
    text = sample.render("changes/1.0.0/").text
    assert "### " not in text
    number = len(releases(twice)["1.0.0"]["added"]["region"])
    assert f": {number}</li>" in text


def test_without_releases_the_page_says_so(tmp_path: Path) -> None:
    project = dated_toy(tmp_path)
    dataset, files = published(project)
    assert json.loads(files["data/releases.json"]) == []
    assert dataset.version is None
    assert "<table" not in sample_of(project).render("changes/").text


# --- what a person compared


def test_a_comparison_is_noted_and_lasts_until_the_record_changes(project: Project) -> None:
    assert note_checked(project, ["alder", "alder"], LATER) == ["alder"]
    assert check_store(store_of(project)) == ()
    dataset, files = published(project)
    assert dataset.version == "1.0.0"  # it is no change of the data
    rows = {r["id"]: r for r in csv.DictReader(io.StringIO(files["data/history.csv"].decode()))}
    assert (rows["alder"]["checked"], rows["alder"]["is_checked"]) == (f"{LATER}", "true")
    assert (rows["cedar"]["checked"], rows["cedar"]["is_checked"]) == ("", "false")
    current = sample_of(project).render("regions/alder/").text
    rename_record(project, "alder", "aspen")
    assert published(project)[0].logs["aspen"].is_checked
    again(project, COLUMN)
    log = published(project)[0].logs["aspen"]
    assert log.checked is not None and not log.is_checked
    now = sample_of(project).render("regions/aspen/").text
    words = {key: sample_of(project).locale("en").text(f"foot.{key}") for key in FOOT}
    assert f"{words['checked']}: " in current and words["checked-before"] not in current
    assert words["checked-before"] in now
    note_checked(project, ["aspen"], LAST)
    assert published(project)[0].logs["aspen"].is_checked


FOOT = ("checked", "checked-before")


def test_what_is_not_known_is_not_noted(project: Project) -> None:
    before = (project.content / "history.yaml").read_bytes()
    with pytest.raises(UsageError, match="no record has the id"):
        note_checked(project, ["alder", "nobody"], LATER)
    apply(project.root, COLUMN)
    with pytest.raises(UsageError, match="history is behind"):
        note_checked(project, ["alder"], LATER)
    assert (project.content / "history.yaml").read_bytes() == before


# --- the real data


def test_the_site_has_a_release_of_its_data() -> None:
    text = (ROOT / "content" / "site.yaml").read_text("utf-8")
    (last,) = releases(Project(ROOT)).keys() or [""]
    assert re.search(rf"^version: {re.escape(last)}$", text, re.MULTILINE)
    lines = (ROOT / "releases" / "last.jsonl").read_text("utf-8").splitlines()
    assert len(lines) >= 1368
    assert [json.loads(line)[0] for line in lines] == sorted(json.loads(line)[0] for line in lines)
