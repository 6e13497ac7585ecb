"""Words belong to a record and to a key that its kind declares; the source language is complete."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.words import check
from generator.model.kinds import KINDS
from tests.checking import said
from tests.helpers import Change, toy_store


def added(file: str, line: str) -> Change:
    return Change(f"words/de/{file}.yaml", "", f"{line}\n")


def test_the_toy_has_the_words_that_it_needs(tmp_path: Path) -> None:
    assert said(check, tmp_path) == []


@pytest.mark.parametrize(
    ("file", "key", "expected"),
    [
        ("meetings", "commission-3.note", None),
        ("meetings", "commission-3.note-2", None),
        ("meetings", "commission-3.note-21", "unknown-word commission-3.note-21"),
        ("meetings", "commission-3.title-2", "unknown-word commission-3.title-2"),
        ("meetings", "commission-3.name", "unknown-word commission-3.name"),
        ("meetings", "commission-9.note", "unknown-word commission-9.note"),
        ("meetings", "commission-3", "unknown-word commission-3"),
        ("meetings", "note", "unknown-word note"),
        ("organisations", "alder-works.note", None),
        ("meetings", "alder-works.note", "wrong-words-file alder-works.note"),
        ("forums", "forum-1.theme", None),
        ("sources", "note-2.title", None),
        ("figures", "alder-trade-2017.label", None),
        ("figures", "alder-trade-2017.name", "unknown-word alder-trade-2017.name"),
        ("programmes", "shared-forests.text", None),
        ("agreements", "alder-cedar-2015.large.label", "unknown-word alder-cedar-2015.large.label"),
        ("figures", "cedar-buses.large.label", "wrong-words-file cedar-buses.large.label"),
        ("persons", "orlen.role", None),
    ],
)
def test_a_key_is_declared_by_the_kind_of_its_record(
    file: str, key: str, expected: str | None, tmp_path: Path
) -> None:
    found = said(check, tmp_path, added(file, f'{key}: "Wort"'))
    lines = len(toy_store(tmp_path / "b", added(file, f'{key}: "Wort"')).words["de"])
    assert lines
    assert [line.partition(" ")[2] for line in found] == ([expected] if expected else [])
    assert all(line.startswith(f"words/de/{file}.yaml:1:1 ") for line in found)


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("commission-3.nte", "note"),
        ("commision-3.note", "commission-3"),
        ("xyz.note", None),
    ],
)
def test_a_near_key_is_suggested(key: str, hint: str | None, tmp_path: Path) -> None:
    store = toy_store(tmp_path, added("meetings", f'{key}: "Wort"'))
    assert [p.hint for p in check(store)] == [hint]


@pytest.mark.parametrize("text", ['""', "''", '" "'])
def test_a_required_word_is_not_empty(text: str, tmp_path: Path) -> None:
    change = Change("words/en/places.yaml", '"Birchtown"', text)
    assert said(check, tmp_path, change) == [
        "facts/places/places.yaml:2:1 missing-word birch-town.name"
    ]


def test_a_translation_may_lack_words_and_have_empty_ones(tmp_path: Path) -> None:
    assert said(check, tmp_path, added("organisations", 'alder-works.name: ""')) == []


def test_every_required_word_is_missed(tmp_path: Path) -> None:
    files = [f"words/en/{kind.plural}.yaml" for kind in KINDS.values()]
    changes = []
    for name in files:
        path = Path(__file__).parent / "toy" / "content" / name
        if path.exists():
            changes.append(Change(name, path.read_text("utf-8"), "# nothing\nx:\n"))
    store = toy_store(tmp_path, *changes)
    missed = {p.value for p in check(store) if p.rule == "missing-word"}
    assert missed == {
        f"{entry.id}.{key.name}"
        for entry in store.entries.values()
        for key in entry.kind.words
        if key.required
    }


def test_the_file_where_a_word_is_missing_is_named(tmp_path: Path) -> None:
    change = Change("words/en/places.yaml", 'birch-town.name: "Birchtown"\n', "")
    (problem,) = check(toy_store(tmp_path, change))
    assert problem.expected == "a line in words/en/places.yaml"


def test_words_in_a_file_that_cannot_be_read_are_not_missed(tmp_path: Path) -> None:
    change = Change("words/en/places.yaml", "alder-city.name", b"\0")
    assert said(check, tmp_path, change) == []


def test_words_of_broken_records_are_not_unknown(tmp_path: Path) -> None:
    change = Change("facts/forums/forums.yaml", "number: 2", "number: two")
    assert said(check, tmp_path, change) == []


@pytest.mark.parametrize("file", ["regions", "interface"])
def test_a_language_is_one_of_the_site(file: str, tmp_path: Path) -> None:
    change = Change(f"words/en-gb/{file}.yaml", "", 'alder.name: "Alder"\n')
    assert said(check, tmp_path, change) == ["words/en-gb:1:1 unknown-language en-gb"]


def test_without_settings_words_are_not_judged(tmp_path: Path) -> None:
    changes = [
        Change("site.yaml", "as_of: 2021-06", "as_of: now"),
        added("meetings", 'nobody.note: "Wort"'),
    ]
    assert said(check, tmp_path, *changes) == []
