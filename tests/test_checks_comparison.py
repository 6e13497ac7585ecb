"""A translation beside its source: links, placeholders, figures, length."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.comparison import check
from generator.checks.corpus import Corpus
from generator.store import Word
from tests.helpers import Change, toy, toy_store
from tests.spelt import words


def told(source: str, text: str, key: str = "alder.name") -> list[str]:
    both: list[Corpus] = [Corpus(words({key: one})) for one in (text, source)]
    return [
        f"{problem.place.column} {problem.rule} {problem.value} {problem.expected}"
        for problem, _ in check(toy(), *both)
    ]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("School No. 71", "Schule Nr. 71", []),
        ("School No. 71", "Schule", ["10 different-digits 71 71"]),
        ("School", "Schule Nr. 71", ["22 different-digits 71 none"]),
        ("School No. 71", "Schule Nr. 17", ["22 different-digits 17 71"]),
        ("1,500 and 2", "2 und 1.500", []),
        ("17th Conference 2021", "XVII. Konferenz 2021", []),
        ("17th Conference 2021", "XVI. Konferenz 2021", ["10 different-digits 17 17 2021"]),
        ("17th Conference 2021", "XVII. Konferenz 2012", ["27 different-digits 2012 17 2021"]),
        ("Seventh Forum", "VII. Forum", []),
        ("9 9", "9", ["10 different-digits 9 9 9"]),
    ],
)
def test_figures_are_those_of_the_source(source: str, text: str, expected: list[str]) -> None:
    assert told(source, text) == expected


def test_figures_of_interface_texts_are_compared_too() -> None:
    assert told("CC BY 4.0", "CC BY 4.1", "about.licence") == ["19 different-digits 1 4 0"]


def test_figures_of_prose_are_told_elsewhere() -> None:
    assert told("In 2019", "Damals", "alder.summary") == []


FACT = "{fact:alder-trade-2019}"


@pytest.mark.parametrize(
    ("source", "text", "target"),
    [
        (f"[a](alder) {FACT}", f"{FACT} und [b](alder)", None),
        ("[a](alder)", "b", "alder"),
        ("a", "[b](alder)", "alder"),
        ("[a](alder) [b](alder)", "[a](alder)", "alder"),
        (FACT, "Handel", "alder-trade-2019"),
        ("[a](alder)", "[b](nowhere)", None),
    ],
)
def test_links_are_those_of_the_source(source: str, text: str, target: str | None) -> None:
    expected = "the links and placeholders of the source text"
    found = [f"10 different-targets {target} {expected}"] if target else []
    assert told(source, text, "alder.summary") == found


def test_names_show_brackets_as_written() -> None:
    assert told("A [b](c) {d}", "A", "alder.name") == []


@pytest.mark.parametrize(
    ("source", "length", "expected"),
    [
        ("word " * 12, 20, ["10 unusual-length 20 characters about 60"]),
        ("word " * 12, 21, []),
        ("word " * 12, 156, []),
        ("word " * 12, 157, ["10 unusual-length 157 characters about 60"]),
        ("word", 157, []),
    ],
)
def test_the_length_is_like_that_of_the_source(
    source: str, length: int, expected: list[str]
) -> None:
    assert told(source, "x" * length) == expected


def test_plural_forms_may_be_short() -> None:
    assert told("word " * 12, "x", "count.regions.one") == []


def test_what_one_of_the_two_lacks_is_not_compared(tmp_path: Path) -> None:
    store = toy_store(tmp_path, Change("words/de/regions.yaml", '"Cedar"', '""'))
    german: dict[str, Word] = store.words["de"]
    assert german["cedar.name"].text == ""
    assert list(check(store, Corpus(german), Corpus(store.words["en"]))) == []
