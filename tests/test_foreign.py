"""Marks of other languages: they pass through patterns, and come off without a trace."""

from __future__ import annotations

import pytest

from generator.foreign import (
    CLOSE,
    OPEN,
    cut,
    is_marked,
    language_of,
    marked,
    marked_pattern,
    pieces,
    plain,
)
from generator.patterns import bound, capitalized, fill

NO_BREAK = "\u00a0"


def shown(text: str) -> str:
    """Marks made visible: ``<en|text>``."""
    return text.replace(OPEN, "<").replace("\ue004", "|").replace(CLOSE, ">")


def test_a_text_is_marked_as_a_whole_and_one_without_letters_not_at_all() -> None:
    assert shown(marked("Agreement (2017)", "en")) == "<en|Agreement (2017)>"
    assert shown(marked("Mahilioŭ", "")) == "<|Mahilioŭ>"
    assert marked("2017–2020", "en") == "2017–2020"


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("Agreement", "<en|Agreement>"),
        ("{number} agreements", "{number} <en|agreements>"),
        ("{kind} ({date}): {parties}", "{kind} ({date}): {parties}"),
        ("{value} of {total}. Not more.", "{value} <en|of> {total}. <en|Not more.>"),
        ("up to {value} a year", "<en|up to> {value} <en|a year>"),
        ("{ not a name }", "<en|{ not a name }>"),
        ("", ""),
        (" ", " "),
    ],
)
def test_only_the_words_of_a_pattern_are_marked(pattern: str, found: str) -> None:
    assert shown(marked_pattern(pattern, "en")) == found
    assert plain(marked_pattern(pattern, "en")) == pattern


def test_a_marked_pattern_is_filled_bound_and_capitalized_like_any_other() -> None:
    pattern = marked_pattern("session {number} of {series}", "en")
    assert shown(fill(pattern, {"number": "3", "series": "Рада"})) == (
        "<en|session> 3 <en|of> Рада"
    )
    tight = bound(marked_pattern("{day} of {month} {year}", "en"), before="year", after="day")
    assert tight.startswith(f"{{day}}{NO_BREAK}")
    assert tight.endswith(f"{NO_BREAK}{{year}}")
    assert shown(capitalized(pattern)).startswith("<en|Session>")
    assert shown(capitalized(marked(marked("one", "de"), "en"))) == "<en|<de|One>>"


def test_pieces_follow_the_innermost_mark() -> None:
    text = "а " + marked("b " + marked("c", "de") + " d", "en") + " е"
    assert list(pieces(text, "ru")) == [
        ("а ", "ru"),
        ("b ", "en"),
        ("c", "de"),
        (" d", "en"),
        (" е", "ru"),
    ]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (f"a{CLOSE}b", [("a", "be"), ("b", "be")]),
        (f"a{OPEN}b", [("a", "be"), ("b", "be")]),
        (f"{OPEN}en\ue004b", [("b", "en")]),
        (f'{OPEN}"><x>\ue004b', [('"><x>', "be"), ("b", "be")]),  # no code of a language
    ],
)
def test_broken_marks_do_no_harm(text: str, pairs: list[tuple[str, str]]) -> None:
    assert list(pieces(text, "be")) == pairs
    assert not is_marked(plain(text))


def test_the_language_of_a_text_is_that_of_most_of_its_letters() -> None:
    assert language_of("просто", "ru") == "ru"
    assert language_of(f"{marked('Permalink', 'en')} 12", "ru") == "en"
    assert language_of(f"{marked('a', 'en')} б", "ru") == "ru"
    assert language_of(f"{marked('ab', 'en')} {marked('cde', 'de')} ж", "ru") == "de"
    assert language_of(marked("Mahilioŭ", ""), "ru") == ""


def test_a_cut_leaves_both_parts_marked() -> None:
    before, after = cut(marked("Tone: neutral: always", "en"), ": ")
    assert (shown(before), shown(after)) == ("<en|Tone>", "<en|neutral: always>")
    assert cut("no colon", ": ") == ("no colon", "")
    before, after = cut(marked("a", "en") + ": b", ": ")
    assert (shown(before), shown(after)) == ("<en|a>", "b")
