"""A source on every fact, and corrections that name a field of the record."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.sources import check
from generator.model.kinds import KINDS
from tests.checking import new, said
from tests.helpers import Change, toy_store
from tests.test_records import LEAST

SOURCES = "facts/sources/sources.yaml"


def test_the_toy_has_a_source_on_every_fact(tmp_path: Path) -> None:
    assert said(check, tmp_path) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_but_sources_needs_one(kind: str, tmp_path: Path) -> None:
    fields = str(LEAST[kind]).replace("'", "")
    found = said(check, tmp_path, new(KINDS[kind].plural, f"elm: {fields}\n"))
    place = f"facts/{KINDS[kind].plural}/new.yaml:1:1"
    rule = "missing-field" if kind == "source" else "missing-source"
    assert found == [f"{place} {rule} elm"]


@pytest.mark.parametrize(
    ("fields", "column", "expected"),
    [
        ("field_sources: {date: [note-1]}", 0, None),
        ("field_sources: {title: [note-1]}", 0, None),  # a word of the kind
        ("field_sources: {dates: [note-1]}", 17, "unknown-field dates"),
        ("as_printed: {text: {text: x, repair: ocr}}", 0, None),
        ("as_printed: {name: {text: x, repair: ocr}}", 14, "unknown-field name"),
        ("readings: [{field: date, value: x, sources: [note-1]}], verdict: corrected", 0, None),
        ("readings: [{field: dat, value: x, sources: [note-1]}], verdict: corrected", 20,
         "unknown-field dat"),
        ("readings: [{field: date, value: x, sources: [note-1]}]", 11, "missing-verdict None"),
        ("verdict: corrected", 0, None),
    ],
)  # fmt: skip
def test_corrections_name_a_field_or_word(
    fields: str, column: int, expected: str | None, tmp_path: Path
) -> None:
    start = "elm: {kind: visit, date: 2019, sources: [note-1], "
    found = said(check, tmp_path, new("meetings", f"{start}{fields}}}\n"))
    place = f"facts/meetings/new.yaml:1:{len(start) + column}"
    assert found == ([f"{place} {expected}"] if expected else [])


def test_a_hint_is_given_for_a_misspelt_field(tmp_path: Path) -> None:
    change = Change(SOURCES, "    url: {text:", "    urls: {text:")
    assert [p.hint for p in check(toy_store(tmp_path, change))] == ["url"]


def test_readings_of_figures_are_told_with_the_figure(tmp_path: Path) -> None:
    change = Change("facts/figures/figures.yaml", "  verdict: contradictory\n", "")
    assert said(check, tmp_path, change) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kind: chapter, number: 1, title: T", None),  # of no book
        ("kind: chapter, number: 1, part_of: the-book, title: T", "chapter-1"),
        ("kind: web, number: 1, cited_in: chapter-1, title: T", "note-1"),
        ("kind: web, number: 4, cited_in: chapter-1, title: T", None),
        ("kind: web, number: 1, cited_in: another, title: T", None),
    ],
)
def test_numbers_are_unique_within_a_book(text: str, expected: str | None, tmp_path: Path) -> None:
    other = "another: {kind: chapter, number: 1, part_of: list-of-codes, title: T}\n"
    store = toy_store(tmp_path, new("sources", f"{other}spare: {{{text}}}\n"))
    found = [(p.rule, p.message, p.place.line) for p in check(store)]
    # Files are read in the order of their names: these records before those of the toy.
    line = {"chapter-1": 9, "note-1": 16}.get(expected or "", 0)
    message = "the number belongs to spare"
    assert found == ([("duplicate-number", message, line)] if expected else [])


@pytest.mark.parametrize("field", ["title: T", "part_of: the-book", "missing: true"])
def test_a_source_has_a_title_or_says_why_not(field: str, tmp_path: Path) -> None:
    assert said(check, tmp_path, new("sources", f"elm: {{kind: web, {field}}}\n")) == []
    assert len(said(check, tmp_path / "b", new("sources", "elm: {kind: web}\n"))) == 1
