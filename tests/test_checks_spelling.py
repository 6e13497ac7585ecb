"""The checks of words together: exceptions with their reasons, and terms that nobody knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks import check_store
from generator.checks.spelling import check
from tests.checking import said
from tests.helpers import Change, real_store, toy_store

ODD = Change("words/de/places.yaml", "Hafen Cedar", "Hafen  Cedar")


def excepted(language: str, rule: str, key: str) -> Change:
    return Change("exceptions.yaml", "", f"{language}:\n  {rule}:\n    {key}: as it is printed\n")


def test_the_toy_has_nothing_odd(tmp_path: Path) -> None:
    assert said(check, tmp_path) == []


def test_the_words_of_the_site_have_nothing_odd() -> None:
    assert [str(problem) for problem in check(real_store())] == []


def test_a_find_is_excepted_by_language_rule_and_key(tmp_path: Path) -> None:
    assert said(check, tmp_path / "a", ODD) == ["words/de/places.yaml:1:24 odd-space   "]
    right = excepted("de", "odd-space", "cedar-port.name")
    assert said(check, tmp_path / "b", ODD, right) == []


@pytest.mark.parametrize(
    ("language", "rule", "key"),
    [
        ("en", "odd-space", "cedar-port.name"),
        ("de", "mixed-letters", "cedar-port.name"),
        ("de", "odd-space", "cedar.name"),
    ],
)
def test_another_exception_is_no_help_and_unused(
    language: str, rule: str, key: str, tmp_path: Path
) -> None:
    assert said(check, tmp_path, ODD, excepted(language, rule, key)) == [
        "words/de/places.yaml:1:24 odd-space   ",
        f"exceptions.yaml:3:5 unused-exception {key}",
    ]


def test_an_exception_that_nothing_needs_stops_nothing(tmp_path: Path) -> None:
    store = toy_store(tmp_path, excepted("de", "odd-space", "cedar.name"))
    assert [(p.rule, p.severity) for p in check_store(store)] == [("unused-exception", "warning")]


def test_exceptions_for_a_file_that_cannot_be_read_may_still_be_needed(tmp_path: Path) -> None:
    broken = Change("words/de/places.yaml", "", b"\0")
    right = excepted("de", "odd-space", "cedar-port.name")
    assert said(check, tmp_path, broken, right) == []


def test_terms_of_a_glossary_that_cannot_be_read_are_not_unknown(tmp_path: Path) -> None:
    assert said(check, tmp_path, Change("words/en/glossary.yaml", "", b"\0")) == []


def test_a_wrong_setting_hides_no_other(tmp_path: Path) -> None:
    changes = [ODD, Change("words/de/spelling.yaml", '"qx"', '"?"')]
    assert [line.split(" ")[1] for line in said(check, tmp_path, *changes)] == [
        "invalid-setting",
        "odd-space",
    ]


def test_without_settings_words_are_not_judged(tmp_path: Path) -> None:
    assert said(check, tmp_path, ODD, Change("site.yaml", "as_of: 2021-06", "as_of: now")) == []


def test_words_in_a_language_of_their_own_are_read_with_their_places() -> None:
    store = real_store()
    word = store.spelling["be"]["after-vowel"]
    assert word.place.file == "content/words/be/spelling.yaml"
    assert "after-vowel" not in store.texts["be"]
    assert store.spelling["be"]["term.agreement"].place.file.endswith("/glossary.yaml")
