"""Prose says no figure itself, and its links and placeholders lead to records."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.prose import check
from tests.checking import said
from tests.helpers import Change, toy_store

FILE = "words/de/countries.yaml"
KEY = "morvia.summary"
# Where the text begins: after the key, a colon, a space and a quotation mark.
START = len(f'{KEY}: "') + 1


def prose(text: str) -> Change:
    return Change(FILE, "", f'{KEY}: "{text}"\n')


def test_the_toy_has_right_words(tmp_path: Path) -> None:
    assert said(check, tmp_path) == []


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ("Am Meer.", 0, None),
        ("[Alder](alder)", 0, None),
        ("Am [Meer](meer)", 3, "unknown-link meer"),
        ("[x](#none)", 0, "unknown-link #none"),
        ("[x](/abs/)", 0, "unknown-link /abs/"),
        ("[x](nowhere.md)", 0, "unknown-link nowhere.md"),
        ("[x](https://example.org)", 0, "unknown-link https://example.org"),
        ("[x]()", 0, "unknown-link "),
        ("[x](old-birch)", 0, "unknown-link old-birch"),
        ("[x](cedar-buses.large)", 0, "unknown-link cedar-buses.large"),
        ("{fact:alder-trade-2019}", 0, None),
        ("{fact:cedar-buses.large}", 0, None),
        ("x {fact:cedar-buses}", 2, "unknown-placeholder cedar-buses"),
        ("x {fact:cedar-buses.huge}", 2, "unknown-placeholder cedar-buses.huge"),
        ("x {fact:}", 2, "unknown-placeholder "),
        ("{date:alder-cedar-2015.signed}", 0, None),
        ("{date:alder-cedar-2015.kind}", 0, "unknown-placeholder alder-cedar-2015.kind"),
        ("{date:alder-cedar-2015.adopted}", 0, "unknown-placeholder alder-cedar-2015.adopted"),
        ("{date:alder-cedar-2015}", 0, "unknown-placeholder alder-cedar-2015"),
        ("{date:nothing.signed}", 0, "unknown-placeholder nothing.signed"),
        ("{date:alder.__class__}", 0, "unknown-placeholder alder.__class__"),
        ("{word:alder}", 0, "unknown-placeholder word"),
        ("{alder} [alder] (alder)", 0, None),
        ("im Jahr 2019", 8, "digit-in-words im Jahr 2019"),
        ("[im Jahr 2019](alder)", 9, "digit-in-words im Jahr 2019"),
        ("{fact:alder-trade-2019} und 7 mehr", 28, "digit-in-words und 7 mehr"),
        ("{fact:alder-trade-2019} und 2 mehr", 28, "digit-in-words und 2 mehr"),
        ("zu ٣ Teilen", 3, "digit-in-words zu ٣ Teilen"),
        ("a <b>c</b>", 2, "html-in-words <b>"),
        ("<!-- x -->", 0, "html-in-words <!--"),
        ("a < b, c > d", 0, None),
    ],
)
def test_a_prose_text(text: str, column: int, expected: str | None, tmp_path: Path) -> None:
    found = said(check, tmp_path, prose(text))
    assert found == ([f"{FILE}:3:{START + column} {expected}"] if expected else [])


def test_all_faults_of_a_text_are_told(tmp_path: Path) -> None:
    found = said(check, tmp_path, prose("<i>[x](y)</i> {fact:z} {q:r} 3"))
    assert [line.split(" ")[1] for line in found] == [
        "html-in-words",
        "unknown-link",
        "unknown-placeholder",
        "unknown-placeholder",
        "digit-in-words",
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[x](aldr)", "alder"),
        ("{fact:alder-trade-2091}", "alder-trade-2019"),
        ("{date:alder-cedar-2051.signed}", "alder-cedar-2015"),
        ("{fcat:alder-trade-2019}", "fact"),
    ],
)
def test_a_near_id_is_suggested(text: str, hint: str, tmp_path: Path) -> None:
    assert [p.hint for p in check(toy_store(tmp_path, prose(text)))] == [hint]


@pytest.mark.parametrize(
    ("yaml", "column"),
    [("'ein [x](y)'", 5), ("ein [x](y)", 4), ('"ein [x](y)"', 5)],
)
def test_the_place_is_right_in_all_quotes(yaml: str, column: int, tmp_path: Path) -> None:
    (problem,) = check(toy_store(tmp_path, Change(FILE, "", f"{KEY}: {yaml}\n")))
    assert problem.place.column == len(f"{KEY}: ") + column + 1


@pytest.mark.parametrize("text", [" Am Meer.", "Am Meer. ", "Am\\nMeer.", "Am Meer.\\u00a0"])
def test_a_word_is_one_tidy_line(text: str, tmp_path: Path) -> None:
    (found,) = said(check, tmp_path, prose(text))
    assert found.startswith(f"{FILE}:3:{START - 1} untidy-word ")


def test_names_and_labels_are_printed_as_written(tmp_path: Path) -> None:
    change = Change("words/en/places.yaml", '"Birchtown"', '"3 [x](y) {fact:z} <b>"')
    assert said(check, tmp_path, change) == []


def test_an_inline_figure_has_prose_too(tmp_path: Path) -> None:
    change = Change("words/en/projects.yaml", "", 'cedar-buses.large.note: "In 2019."\n')
    assert said(check, tmp_path, change) == ["words/en/projects.yaml:4:29 digit-in-words In 2019."]


def test_broken_records_are_not_unknown(tmp_path: Path) -> None:
    changes = [
        Change("facts/agreements/agreements.yaml", "signed: 2015-03", "signed: soon"),
        Change("facts/figures/figures.yaml", "value: 121", "value: many"),
        prose("[x](alder-cedar-2015) {fact:alder-trade-2019} {date:alder-cedar-2015.signed}"),
    ]
    assert said(check, tmp_path, *changes) == []
