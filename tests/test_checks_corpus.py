"""All strings of a language as one text: every place in it is a place of a words file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.checks.corpus import BRACKET, END, VALUE, Corpus
from generator.spelling import parse_forms
from tests.spelt import corpus, words


def test_a_place_leads_to_its_string_and_column() -> None:
    found = corpus("First text", "", "Second [text](pskov) here")
    at = found.text.index("here")
    spot = found.spot(at)
    assert (spot.key, spot.place.line, spot.place.column) == ("t3", 3, 11 + 21)
    assert found.spot(found.text.index("First")).key == "t1"
    assert [found.keys[found.index(start)] for start in found.starts] == ["t1", "t3"]


def test_what_no_reader_sees_is_blanked_out() -> None:
    text = "A [link](one-two), a {fact:value}, <b>bold</b>, [plain] and (round)"
    shown = corpus(text).text.strip(END)
    assert len(shown) == len(text)
    assert shown.replace(VALUE, "").replace(BRACKET, "") == (
        "A link, a , bold, [plain] and (round)"
    )


@settings(deadline=None)
@given(st.lists(st.text(), max_size=5))
def test_every_text_stands_at_its_start_in_its_length(texts: list[str]) -> None:
    found = corpus(*texts)
    whole = [text for text in texts if text]
    assert found.text.count(END) == len(whole) + 1
    assert len(found.lower) == len(found.text)
    for start, text in zip(found.starts, whole, strict=True):
        assert found.text[start - 1] == found.text[start + len(text)] == END


FOUND = [
    ("plan", "A plan. Plans, a Plan", ["plan", "Plan"]),
    ("plan*", "A plan. Plans, airplane", ["plan", "Plans"]),
    ("*plan", "A plan, an action-plan, airplan, plans", ["plan", "plan", "airplan"]),
    ("*plan*", "airplanes", ["airplanes"]),
    ("work* group*", "Working groups, work, group", ["Working groups"]),
    ("work* group*", "a [working](x) group", ["working\1\1\1\1 group"]),
    ("work* group*", "working-group and working, group", ["working-group"]),
    ("work* group*", "working {n} group", []),
    ("road map", "road\u00a0map road  map", ["road\u00a0map", "road  map"]),
    ("sam*", "sam’s sam", ["sam’s", "sam"]),
    ("sam", "sam’s ‘sam’ sam", ["sam", "sam"]),
    ("äh*", "ÄHNLICH", ["ÄHNLICH"]),
]


@pytest.mark.parametrize(("form", "text", "expected"), FOUND)
def test_forms_are_found_as_words(form: str, text: str, expected: list[str]) -> None:
    (parsed,) = parse_forms(form)
    found = corpus("other", text, "text")
    assert [found.text[start:end] for start, end in found.find(parsed)] == expected
    assert found.having(parsed) == ([1] if expected else [])


def test_pieces_are_found_within_words() -> None:
    found = corpus("Sent, absent", "[sentence](sent)", "rare")
    pieces = sorted(found.having_piece("sent"))
    assert [found.text[a:b] for a, b in pieces] == [
        "Sent",
        "absent",
        "sentence",
    ]


def test_a_long_text_without_a_hit_is_no_trouble() -> None:
    text = "a" * 200_000 + " " + "b" * 200_000
    found = Corpus(words({"long": text}))
    (form,) = parse_forms("*ab* *ba*")
    assert list(found.find(form)) == []


def test_figures_are_those_outside_placeholders_and_targets() -> None:
    found = corpus("School No. 71 of [x](fn-12) {fact:pskov-2019}, 3.5", "none", "٣")
    assert found.numbers == {"t1": [(11, "71"), (47, "3"), (49, "5")], "t3": [(0, "٣")]}


@pytest.mark.parametrize("text", ["İ", "Straße İstanbul", "ǅ"])
def test_letters_with_a_longer_small_form_move_nothing(text: str) -> None:
    found = corpus(text, "plan")
    (form,) = parse_forms("plan")
    assert [found.spot(start).key for start, _ in found.find(form)] == ["t2"]
