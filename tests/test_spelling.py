"""Settings of spelling: closed lists of letters, marks and forms, and a problem for all else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import Place
from generator.spelling import Pair, Part, parse_forms, read_spelling
from generator.store import Word
from tests.helpers import real_store


def word(text: str, line: int = 1) -> Word:
    return Word(text, Place("spelling.yaml", line, 9), Place("spelling.yaml", line, 1))


def test_settings_are_read_into_their_shapes() -> None:
    spelling, problems = read_spelling(
        {
            "after-vowel": word("u w"),
            "dash": word("–"),
            "letters-not": word("x y x"),
            "no-break-after": word("№"),
            "not.one": word("bad* > good, worse"),
            "only-before": word("’ ei"),
            "pieces-not.one": word("Qx xq"),
            "quotes": word("« »"),
            "term.plan": word("*plan*, road map"),
            "vowels": word("aeiou"),
        }
    )
    assert problems == []
    assert spelling.after_vowel == Pair("u", "w")
    assert spelling.dash == "–"
    assert spelling.letters_not == "xy"
    assert spelling.only_before == Pair("’", "ei")
    assert spelling.quotes == Pair("«", "»")
    assert spelling.quotes_inner is None
    assert list(spelling.pieces_not) == ["qx", "xq"]
    assert [(one.form.written, one.better) for one in spelling.unwanted] == [
        ("bad*", "good"),
        ("worse", None),
    ]
    assert [form.parts for form in spelling.terms["plan"]] == [
        (Part("plan", True, True),),
        (Part("road", False, False), Part("map", False, False)),
    ]


@pytest.mark.parametrize("text", ["Joint-Venture*", "joint venture*", " Joint  Venture* "])
def test_hyphens_and_capitals_of_forms_make_no_difference(text: str) -> None:
    (form,) = parse_forms(text)
    assert form.parts == (Part("joint", False, False), Part("venture", False, True))


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("dash", "--", "one mark"),
        ("quotes", "«", "two parts, with a space between them"),
        ("quotes", "« » „", "two parts, with a space between them"),
        ("quotes-inner", "<< >>", "two marks or letters, with a space between them"),
        ("after-vowel", "u", "two parts, with a space between them"),
        ("only-before", "’’ ei", "a mark, a space, and letters"),
        ("pieces-not.one", "q*", "letters, with spaces between one run and the next"),
        ("not.one", "bad >", "what is better, after each >"),
        ("not.one", "bad > good,", "forms separated by commas, none of them empty"),
        ("term.plan", "pl*an", "words of letters, each perhaps with a star at its start or end"),
        ("term.plan", "*", "words of letters, each perhaps with a star at its start or end"),
        ("term.plan", "(a+)+b", "words of letters, each perhaps with a star at its start or end"),
        ("term.plan", "plan, ", "forms separated by commas, none of them empty"),
    ],
)
def test_a_setting_that_says_nothing_is_told_with_what_belongs_there(
    key: str, text: str, expected: str
) -> None:
    _, (problem,) = read_spelling({"vowels": word("ae"), key: word(text, 2)})
    assert (problem.rule, problem.place.line, problem.value) == ("invalid-setting", 2, text)
    assert problem.expected == expected


def test_an_unknown_setting_is_told_with_the_nearest() -> None:
    _, (problem,) = read_spelling({"qoutes": word("« »")})
    assert (problem.rule, problem.value, problem.hint) == ("unknown-word", "qoutes", "quotes")


def test_an_empty_setting_sets_nothing() -> None:
    assert read_spelling({"quotes": word(""), "term.plan": word(" ")})[1] == []


def test_forms_begin_with_either_letter_of_a_changing_pair() -> None:
    spelling, _ = read_spelling(
        {"after-vowel": word("u w"), "term.one": word("under unit*, plan"), "not.a": word("ugly")}
    )
    found = [" ".join(part.text for part in form.parts) for form in spelling.terms["one"]]
    assert found == ["under unit", "under wnit", "wnder unit", "wnder wnit", "plan"]
    assert [one.form.parts[0].text for one in spelling.unwanted] == ["ugly", "wgly"]


@settings(deadline=None)
@given(st.text(), st.sampled_from(["quotes", "dash", "not.a", "term.a", "pieces-not.a", "vowels"]))
def test_whatever_stands_in_a_setting_is_read_or_told(text: str, key: str) -> None:
    _, problems = read_spelling({key: word(text)})
    assert len(problems) <= 1


def test_every_language_of_the_site_has_settings_and_the_same_terms() -> None:
    store = real_store()
    assert store.site is not None
    terms = []
    for code in store.site.codes:
        spelling, problems = read_spelling(store.spelling[code])
        assert problems == []
        assert spelling.quotes and spelling.quotes_inner and spelling.dash and spelling.marks_not
        terms.append(set(spelling.terms))
    assert len(terms[0]) > 60
    assert all(found == terms[0] for found in terms)
