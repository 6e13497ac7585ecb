"""Spaces, doubled marks, dashes, quotation marks and brackets."""

from __future__ import annotations

import pytest

from generator.checks.punctuation import check
from generator.spelling import Spelling
from tests.spelt import corpus, found, spelling, spelling_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One  two", ["4 odd-space"]),
        ("One\ttwo", ["4 odd-space"]),
        ("One \u00a0two", ["4 odd-space"]),
        ("( one)", ["1 odd-space"]),
        ("(one )", ["5 odd-space"]),
        ("one,two;three", ["4 odd-space", "8 odd-space"]),
        ("one,[two](x)", ["4 odd-space"]),
        ("1,5 and 1;2, one", []),
        ("one , two :", ["4 odd-space", "10 odd-space"]),
        ("one :-) two", []),
        ("№ 7, №\u00a07", ["2 odd-space"]),
        ("one {x}  two", ["8 odd-space"]),
    ],
)
def test_spaces(text: str, expected: list[str]) -> None:
    settings = spelling(marks_tight=",;:", no_break_after="№")
    assert found(check(corpus(text), settings)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("End..", ["4 doubled-mark"]),
        ("End...", ["4 doubled-mark"]),
        ("End…", []),
        ("a,, b", ["2 doubled-mark"]),
        ("a,. b", ["2 doubled-mark"]),
        ("etc., etc.; and so on.: yes", []),
        ("What?!", []),
        ("What??", ["5 doubled-mark"]),
        ("[St.](x).", ["4 doubled-mark"]),
        ("[St](x).", []),
        ("{date:x}.", []),
    ],
)
def test_doubled_marks(text: str, expected: list[str]) -> None:
    assert found(check(corpus(text), spelling())) == expected


def test_the_dash_between_words_is_that_of_the_language() -> None:
    text = corpus("a – b, c - d, e — f, g-h, 1–2, [x](y) - z")
    assert found(check(text, spelling(dash="–"))) == [
        "10 foreign-mark",
        "17 foreign-mark",
        "39 foreign-mark",
    ]


ENGLISH, GERMAN, RUSSIAN = spelling_of("en"), spelling_of("de"), spelling_of("ru")
OTHER, LOOSE = "quotation-mark", "unbalanced-mark"


@pytest.mark.parametrize(
    ("settings", "text", "expected"),
    [
        (ENGLISH, "“One ‘two’ three” (four “five”), Belarus’s, the parties’ own", []),
        (ENGLISH, "“One’s own ‘two’s’ three”", []),
        (ENGLISH, "‘One’", [f"1 {OTHER}"]),
        (ENGLISH, '"One"', [f"1 {OTHER}", f"5 {OTHER}"]),
        (ENGLISH, "“One", [f"1 {LOOSE}"]),
        (ENGLISH, "One”", [f"4 {LOOSE}"]),
        (ENGLISH, "“One ‘two” three", [f"10 {LOOSE}", f"1 {LOOSE}", f"6 {LOOSE}"]),
        (ENGLISH, "“One “two” three”", [f"6 {OTHER}", f"17 {LOOSE}"]),
        (ENGLISH, "(one", [f"1 {LOOSE}"]),
        (ENGLISH, "one)", [f"4 {LOOSE}"]),
        (ENGLISH, "“one (two” three)", [f"10 {LOOSE}", f"1 {LOOSE}"]),
        (GERMAN, "„Eins ‚zwei‘ drei“", []),
        (GERMAN, "„Eins”", [f"6 {OTHER}", f"1 {LOOSE}"]),
        (GERMAN, "“Eins”", [f"1 {LOOSE}", f"6 {OTHER}"]),
        (RUSSIAN, "«Один „два“ три»", []),
        (RUSSIAN, "«Один «два» три»", [f"7 {OTHER}", f"16 {LOOSE}"]),
        (RUSSIAN, "„Один“", [f"1 {OTHER}", f"6 {LOOSE}"]),
        (RUSSIAN, "[«Один»](x) и {fact:a(b}", []),
    ],
)
def test_quotation_marks_and_brackets(settings: Spelling, text: str, expected: list[str]) -> None:
    assert found(check(corpus(text), settings)) == expected


def test_the_marks_of_the_language_are_told() -> None:
    ((problem, key),) = check(corpus("‘One’"), ENGLISH)
    assert (key, problem.value, problem.expected) == ("t1", "‘One’", "“…”, within it ‘…’")
    assert problem.message.endswith("LEFT SINGLE QUOTATION MARK")


def test_each_string_closes_its_own_marks() -> None:
    assert found(check(corpus("“One", "two”"), ENGLISH)) == [
        "1 unbalanced-mark",
        "4 unbalanced-mark",
    ]


def test_a_language_without_settings_is_left_alone() -> None:
    assert found(check(corpus("\"One' (two»", "a - b – c № 1 ,"), spelling())) == []


def test_one_mark_may_open_and_close() -> None:
    text = corpus("”Ett ’två’ tre” och ”fyra")
    settings = spelling(quotes="” ”", quotes_inner="’ ’")
    assert found(check(text, settings)) == ["21 unbalanced-mark"]
