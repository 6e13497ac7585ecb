"""Words of a language, and of the source language where it has none."""

from __future__ import annotations

from generator.errors import Place
from generator.store import Word
from generator.words import Text, Words
from tests.helpers import toy

PLACE = Place("content/words/xa/things.yaml")


def words(source: dict[str, str], other: dict[str, str]) -> Words:
    groups = {
        lang: {key: Word(text, PLACE, PLACE) for key, text in texts.items()}
        for lang, texts in (("xa", source), ("xb", other))
    }
    return Words("xa", groups, groups)


def texts(found: Words, lang: str, key: str) -> list[tuple[str, str]]:
    return [(text.text, text.lang) for text in found.paragraphs(lang, key)]


def test_a_word_is_found_in_its_language_else_in_the_source() -> None:
    found = words({"a.name": "A", "b.name": "B"}, {"a.name": "Ä"})
    assert found.find("xa", "a.name") == Text("A", "xa")
    assert found.find("xb", "a.name") == Text("Ä", "xb")
    assert found.find("xb", "b.name") == Text("B", "xa")
    assert found.find("xb", "c.name") is None
    assert found.find("xc", "a.name") == Text("A", "xa")


def test_an_empty_word_is_not_yet_translated() -> None:
    found = words({"a.name": "A"}, {"a.name": ""})
    assert found.find("xb", "a.name") == Text("A", "xa")
    assert found.texts("xb") == {}


def test_nothing_falls_back_from_the_source_language() -> None:
    found = words({}, {"a.name": "Ä"})
    assert found.find("xa", "a.name") is None


def test_paragraphs_of_two_languages_are_never_mixed() -> None:
    found = words({"a.text": "1", "a.text-2": "2", "a.text-3": "3"}, {"a.text": "eins"})
    assert texts(found, "xa", "a.text") == [("1", "xa"), ("2", "xa"), ("3", "xa")]
    assert texts(found, "xb", "a.text") == [("eins", "xb")]
    assert texts(found, "xb", "b.text") == []


def test_paragraphs_end_at_the_first_gap() -> None:
    found = words(
        {"a.text": "1", "a.text-3": "3"}, {"a.text": "1", "a.text-2": "", "a.text-3": "3"}
    )
    assert texts(found, "xa", "a.text") == [("1", "xa")]
    assert texts(found, "xb", "a.text") == [("1", "xb")]


def test_a_second_paragraph_without_a_first_is_not_shown() -> None:
    found = words({"a.text": "1"}, {"a.text-2": "zwei"})
    assert texts(found, "xb", "a.text") == [("1", "xa")]


def test_the_place_of_a_word_is_that_of_the_language_itself() -> None:
    found = words({"a.name": "A"}, {})
    assert found.place("xa", "a.name") is not None
    assert found.place("xb", "a.name") is None
    assert found.place("xc", "a.name") is None


def test_a_name_belongs_to_the_first_language_that_has_it_and_to_the_page_before() -> None:
    found = words({"a.name": "A", "a.short": "a"}, {"a.name": "A", "a.short": "ä", "b.name": "B"})
    assert found.names(("xa", "xb"), "xa", "a") == {"A": "xa", "a": "xa", "ä": "xb"}
    assert found.names(("xa", "xb"), "xb", "a") == {"A": "xb", "a": "xa", "ä": "xb"}
    assert found.names(("xa", "xb"), "xc", "c") == {}


def test_texts_are_those_of_the_language_itself() -> None:
    found = words({"nav.home": "Start", "nav.about": "About"}, {"nav.home": "Anfang"})
    assert found.texts("xa") == {"nav.home": "Start", "nav.about": "About"}
    assert found.texts("xb") == {"nav.home": "Anfang"}
    assert found.texts("xc") == {}


def test_the_words_of_the_toy_fall_back_by_block() -> None:
    found = Words("en", toy().words, toy().texts)
    assert found.find("de", "kestria.name") == Text("Kestrien", "de")
    assert found.find("de", "kestria.summary") == Text(
        "Kestria lies west of [Morvia](morvia).", "en"
    )
    assert [text.lang for text in found.paragraphs("de", "alder.summary")] == ["de"]
    assert len(list(found.paragraphs("en", "alder.summary"))) == 2
    assert found.file("de", "regions") == "content/words/de/regions.yaml"
    assert found.file("de", "organisations") == "content/words/en/organisations.yaml"
    assert found.file("de", "meetings") is None
