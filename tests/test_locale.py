"""Numbers, dates, lists, plural forms and order, in four languages."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.date_phrases import roman
from generator.errors import BuildError
from generator.locale import Locale, OrdinalStyle, is_known
from generator.model.dates import parse_date
from generator.patterns import placeholders
from tests.languages import locale_of, shown, texts_of
from tests.test_dates import accepted
from tests.test_dates import texts as date_texts

LANGUAGES = ("en", "de", "ru", "be")
PARTS = ("early", "middle", "late", "spring", "summer", "autumn", "winter")

decimals = st.from_regex(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,17})?", fullmatch=True)


# --- numbers


@pytest.mark.parametrize(
    ("lang", "text", "result"),
    [
        ("en", "2.40", "2.40"),
        ("en", "1500", "1,500"),
        ("en", "1234567.890", "1,234,567.890"),
        ("en", "-16.6", "−16.6"),
        ("en", "0", "0"),
        ("en", "0.0", "0.0"),
        ("en", "999", "999"),
        ("de", "2.40", "2,40"),
        ("de", "1500", "1.500"),
        ("de", "1234567.890", "1.234.567,890"),
        ("ru", "2.40", "2,40"),
        ("ru", "1500", "1~500"),
        ("ru", "1234567.890", "1~234~567,890"),
        ("be", "1500", "1~500"),
        ("be", "1234567.890", "1~234~567,890"),
    ],
)
def test_numbers_keep_their_digits(lang: str, text: str, result: str) -> None:
    assert shown(locale_of(lang).number(Decimal(text))) == result


def test_equal_numbers_of_other_exactness_are_told_apart() -> None:
    locale = Locale("en", {})
    printed = [locale.number(Decimal(text)) for text in ("2.4", "2.40", "2.400", "2.4")]
    assert printed == ["2.4", "2.40", "2.400", "2.4"]


def test_numbers_never_have_an_exponent() -> None:
    assert locale_of("en").number(Decimal("1E+6")) == "1,000,000"
    assert locale_of("en").number(Decimal("1E-7")) == "0.0000001"


@settings(deadline=None)
@given(decimals, st.sampled_from(["en", "de", "ru", "be", "fr", "pl", "hi", "sv"]))
def test_every_digit_of_a_number_is_printed(text: str, lang: str) -> None:
    locale = Locale(lang, {"number.negative": "−{number}"})
    printed = locale.number(Decimal(text))
    assert [c for c in printed if c.isdigit()] == [c for c in text if c.isdigit()]
    assert printed.startswith("−") == text.startswith("-")
    assert "e" not in printed.lower()
    if "." in text:
        point = "," if lang not in ("en", "hi") else "."
        assert printed.rpartition(point)[2] == text.rpartition(".")[2]


@pytest.mark.parametrize(
    ("lang", "result"), [("en", "17.3%"), ("de", "17,3~%"), ("ru", "17,3~%"), ("be", "17,3~%")]
)
def test_percentages(lang: str, result: str) -> None:
    assert shown(locale_of(lang).percent(Decimal("17.3"))) == result


# --- dates

DATES = {
    "en": {
        "2017": "2017",
        "2017-03": "March 2017",
        "2004-06-23": "23~June 2004",
        "2021-01/2021-03": "first quarter of 2021",
        "2021-10/2021-12": "fourth quarter of 2021",
        "2020-01/2020-06": "first half of 2020",
        "2020-07/2020-12": "second half of 2020",
        "2021/2023": "2021–2023",
        "2016/..": "since 2016",
        "2016-05/..": "since May 2016",
        "2016-05-02/..": "since 2~May 2016",
        "2020-01/2020-09": "January to September 2020",
        "2019-11/2020-03": "November 2019 to March 2020",
        "2020-09-28/2020-09-29": "28–29~September 2020",
        "2020-09-28/2020-10-02": "28~September to 2~October 2020",
        "2020-12-30/2021-01-02": "30~December 2020 to 2~January 2021",
        "2020-12-30/2021-02": "30~December 2020 to February 2021",
        "early 2020-12": "early December 2020",
        "middle 2017-03": "mid-March 2017",
        "late 2019": "late 2019",
        "summer 2017": "summer 2017",
    },
    "de": {
        "2017": "2017",
        "2017-03": "März 2017",
        "2004-06-23": "23.~Juni 2004",
        "2021-01/2021-03": "1.~Quartal 2021",
        "2021-10/2021-12": "4.~Quartal 2021",
        "2020-01/2020-06": "1.~Halbjahr 2020",
        "2020-07/2020-12": "2.~Halbjahr 2020",
        "2021/2023": "2021–2023",
        "2016/..": "seit 2016",
        "2016-05/..": "seit Mai 2016",
        "2016-05-02/..": "seit dem 2.~Mai 2016",
        "2020-01/2020-09": "Januar bis September 2020",
        "2019-11/2020-03": "November 2019 bis März 2020",
        "2020-09-28/2020-09-29": "28.–29.~September 2020",
        "2020-09-28/2020-10-02": "28.~September bis 2.~Oktober 2020",
        "2020-12-30/2021-01-02": "30.~Dezember 2020 bis 2.~Januar 2021",
        "early 2020-12": "Anfang Dezember 2020",
        "middle 2017-03": "Mitte März 2017",
        "late 2019": "Ende 2019",
        "summer 2017": "Sommer 2017",
    },
    "ru": {
        "2017": "2017~г.",
        "2017-03": "март 2017~г.",
        "2004-06-23": "23~июня 2004~г.",
        "2021-01/2021-03": "I квартал 2021~г.",
        "2020-01/2020-06": "1-е~полугодие 2020~г.",
        "2021/2023": "2021–2023~гг.",
        "2016/..": "с 2016~г.",
        "2016-05/..": "с мая 2016~г.",
        "2020-01/2020-09": "январь–сентябрь 2020~г.",
        "2019-11/2020-03": "ноябрь 2019~г. – март 2020~г.",
        "2020-09-28/2020-09-29": "28–29~сентября 2020~г.",
        "2020-09-28/2020-10-02": "28~сентября – 2~октября 2020~г.",
        "early 2020-12": "начало декабря 2020~г.",
        "summer 2017": "лето 2017~г.",
    },
    "be": {
        "2017": "2017~г.",
        "2017-03": "сакавік 2017~г.",
        "2004-06-23": "23~чэрвеня 2004~г.",
        "2020-01/2020-09": "студзень–верасень 2020~г.",
        "2021-01/2021-03": "I квартал 2021~г.",
        "early 2020-12": "пачатак снежня 2020~г.",
    },
}


@pytest.mark.parametrize(
    ("lang", "text", "result"),
    [(lang, text, result) for lang, dates in DATES.items() for text, result in dates.items()],
)
def test_dates_are_phrases(lang: str, text: str, result: str) -> None:
    part, _, written = text.rpartition(" ")
    date = replace(parse_date(written), part=part or None)
    assert shown(locale_of(lang).date(date)) == result


@settings(deadline=None)
@given(date_texts.map(accepted), st.sampled_from([None, *PARTS]), st.sampled_from(["en", "de"]))
def test_no_date_leaves_a_placeholder(date, part, lang) -> None:  # type: ignore[no-untyped-def]
    if date is None:
        return
    phrase = locale_of(lang).date(replace(date, part=part))
    assert not placeholders(phrase)
    assert "date." not in phrase
    assert str(date.start.year) in phrase


# --- ordinals and lists


@pytest.mark.parametrize(
    ("lang", "number", "word", "figure", "in_roman"),
    [
        ("en", 1, "first", "1st", "I"),
        ("en", 2, "second", "2nd", "II"),
        ("en", 3, "third", "3rd", "III"),
        ("en", 9, "ninth", "9th", "IX"),
        ("en", 11, "eleventh", "11th", "XI"),
        ("en", 12, "twelfth", "12th", "XII"),
        ("en", 13, "13th", "13th", "XIII"),
        ("en", 21, "21st", "21st", "XXI"),
        ("en", 22, "22nd", "22nd", "XXII"),
        ("en", 111, "111th", "111th", "CXI"),
        ("de", 7, "7.", "7.", "VII."),
        ("de", 9, "9.", "9.", "IX."),
        ("ru", 7, "7-е", "7-е", "VII"),
        ("be", 2, "2-і", "2-і", "ordinal.roman"),
        ("be", 7, "7-ы", "7-ы", "ordinal.roman"),
    ],
)
def test_ordinals(lang: str, number: int, word: str, figure: str, in_roman: str) -> None:
    locale = locale_of(lang)
    found = [locale.ordinal(number, style) for style in OrdinalStyle]
    assert found == [word, figure, in_roman]
    assert locale.ordinal(number) == word


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "I"), (4, "IV"), (14, "XIV"), (40, "XL"), (1994, "MCMXCIV"), (3999, "MMMCMXCIX")],
)
def test_roman_numerals(number: int, text: str) -> None:
    assert roman(number) == text


@pytest.mark.parametrize("number", [0, -3, 4000])
def test_what_the_romans_could_not_write_stays_in_digits(number: int) -> None:
    assert roman(number) == str(number)


@pytest.mark.parametrize(
    ("lang", "items", "result"),
    [
        ("en", [], ""),
        ("en", ["a"], "a"),
        ("en", ["a", "b"], "a and b"),
        ("en", ["a", "b", "c"], "a, b and c"),
        ("de", ["a", "b", "c"], "a, b und c"),
        ("ru", ["a", "b", "c"], "a, b и c"),
        ("be", ["a", "b", "c"], "a, b і c"),
        ("en", ["{0}", "{1}{name}", "%s"], "{0}, {1}{name} and %s"),
    ],
)
def test_lists(lang: str, items: list[str], result: str) -> None:
    assert locale_of(lang).list(items) == result


# --- plural forms

SLAVIC = {
    "0": "many",
    "1": "one",
    "2": "few",
    "5": "many",
    "11": "many",
    "21": "one",
    "22": "few",
    "1.5": "other",
}


@pytest.mark.parametrize(("count", "category"), SLAVIC.items())
@pytest.mark.parametrize("lang", ["ru", "be"])
def test_slavic_plural_categories(lang: str, count: str, category: str) -> None:
    assert locale_of(lang).category(Decimal(count)) == category


@pytest.mark.parametrize(
    ("count", "category"), [("0", "other"), ("1", "one"), ("1.0", "other"), ("-1", "one")]
)
@pytest.mark.parametrize("lang", ["en", "de"])
def test_visible_decimals_count_as_cldr_says(lang: str, count: str, category: str) -> None:
    assert locale_of(lang).category(Decimal(count)) == category


@pytest.mark.parametrize(
    ("lang", "categories"),
    [
        ("en", ("one", "other")),
        ("de", ("one", "other")),
        ("ru", ("one", "few", "many", "other")),
        ("be", ("one", "few", "many", "other")),
        ("fr", ("one", "many", "other")),
        ("ja", ("other",)),
    ],
)
def test_the_check_can_ask_for_the_categories(lang: str, categories: tuple[str, ...]) -> None:
    assert Locale(lang, {}).plural_categories == categories
    assert Locale(lang, {}).ordinal_categories[-1] == "other"


def test_plural_texts_hold_their_number_and_other_values() -> None:
    texts = {"count.x.one": "{number} x in {place}", "count.x.other": "{number} xs in {place}"}
    locale = Locale("en", texts)
    assert locale.plural("count.x", 1, place="y") == "1 x in y"
    assert locale.plural("count.x", 1500, place="y") == "1,500 xs in y"
    assert locale.plural("count.x", Decimal("1.0"), place="y") == "1.0 xs in y"


def test_a_missing_form_falls_back_to_other_and_never_to_a_bare_label() -> None:
    assert Locale("ru", {"x.other": "{number} x"}).plural("x", 5) == "5 x"
    assert Locale("ru", {"x": "{number} млн"}).plural("x", 5) == "5 млн"
    fallback = {"x.one": "{number} thing", "x.other": "{number} things"}
    assert Locale("ru", {"x": "label"}, fallback).plural("x", 5) == "5 things"


# --- texts and the source language

SOURCE = {
    "locale.cldr": "en-GB",
    "number.negative": "−{number}",
    "ordinal.other": "{number}th",
    "ordinal.word.9": "ninth",
    "about.x": "one",
    "about.x-2": "two",
    "kinds.a": "a",
    "kinds.a.other": "{number} as",
}


def test_what_a_language_need_not_have_is_not_taken_from_the_source() -> None:
    locale = Locale("de", {"ordinal.other": "{number}.", "kinds.a": "A", "about.x": "eins"}, SOURCE)
    assert locale.ordinal(9) == "9."
    assert locale.number(Decimal("-1.5")) == "−1,5"
    assert not locale.has("about.x-2")
    assert not locale.has("kinds.a.other")
    assert locale.text("kinds.a.other", "kinds.a") == "A"


def test_what_a_language_lacks_altogether_is_taken_from_the_source() -> None:
    locale = Locale("de", {}, SOURCE)
    assert locale.term("kinds", "a") == "a"
    assert locale.has("about.x-2")
    assert locale.has("kinds.a.other")
    assert not locale.has("kinds.b")
    assert locale.plural("kinds.a", 3) == "3 as"


def test_a_text_that_nobody_wrote_shows_its_key() -> None:
    assert Locale("en", {"empty": ""}).text("first", "empty") == "empty"


@pytest.mark.parametrize("code", ["en", "en-GB", "pt-br", "be", "zh-hant"])
def test_languages_of_cldr_are_known(code: str) -> None:
    assert is_known(code)


@pytest.mark.parametrize("code", ["xx", "", "e", "en_GB", "../en", "english"])
def test_other_languages_are_refused_with_what_to_do(code: str) -> None:
    assert not is_known(code)
    with pytest.raises(BuildError, match=r"site\.yaml"):
        Locale(code, {})


def test_a_more_exact_locale_is_of_the_same_language() -> None:
    assert Locale("en", {"locale.cldr": "en-GB"}).list(["a", "b", "c"]) == "a, b and c"
    assert Locale("de", {"locale.cldr": "en-GB"}).list(["a", "b", "c"]) == "a, b und c"


@pytest.mark.parametrize(
    ("lang", "code", "name"),
    [
        ("en", "de", "German"),
        ("de", "be", "Belarussisch"),
        ("ru", "en", "английский"),
        ("be", "ru", "руская"),
        ("en", "xx", "xx"),
    ],
)
def test_names_of_languages(lang: str, code: str, name: str) -> None:
    assert locale_of(lang).language(code) == name


# --- order


def test_names_are_ordered_as_readers_expect() -> None:
    key = locale_of("de").sort_key
    names = ["Zebra", "Äpfel", "apfel", "Ofen", "Apfel", "Ölbaum", "Azur", "Éclair"]
    assert sorted(names, key=key) == [
        "apfel", "Apfel", "Äpfel", "Azur", "Éclair", "Ofen", "Ölbaum", "Zebra",
    ]  # fmt: skip


def test_names_in_quotation_marks_stand_among_the_others() -> None:
    names = ["«Утёс»", "Брест", "«", "[Очерки]", "«Амкодор»", "Янтарь"]
    assert sorted(names, key=locale_of("ru").sort_key) == [
        "«", "«Амкодор»", "Брест", "[Очерки]", "«Утёс»", "Янтарь",
    ]  # fmt: skip


def test_cyrillic_letters_have_their_places() -> None:
    names = ["Яя", "Ўа", "Уя", "Іа", "Йа", "Ёа", "Еб", "Жа", "Ы", "Гродна"]
    assert sorted(names, key=locale_of("ru").sort_key) == [
        "Гродна", "Ёа", "Еб", "Жа", "Іа", "Йа", "Ўа", "Уя", "Ы", "Яя",
    ]  # fmt: skip
    assert sorted(names, key=locale_of("be").sort_key) == [
        "Гродна", "Еб", "Ёа", "Жа", "Іа", "Йа", "Уя", "Ўа", "Ы", "Яя",
    ]  # fmt: skip


def test_a_language_names_the_letters_of_its_own() -> None:
    polish = Locale("pl", {"locale.letters": "ą ć ę ł ń ó ś ź ż"})
    names = ["Żuk", "Źle", "Zza", "Łza", "Lzy", "Śnieg", "Szum", "ćma", "czas", "Łaba", "Ćwik"]
    assert sorted(names, key=polish.sort_key) == [
        "czas", "ćma", "Ćwik", "Lzy", "Łaba", "Łza", "Szum", "Śnieg", "Zza", "Źle", "Żuk",
    ]  # fmt: skip


@settings(deadline=None)
@given(st.text(), st.text())
def test_only_the_same_text_has_the_same_key(one: str, other: str) -> None:
    key = locale_of("en").sort_key
    assert (key(one) == key(other)) == (one == other)


def test_the_texts_of_the_site_are_what_these_tests_read() -> None:
    for lang in ("en", "de"):
        assert locale_of(lang).texts is texts_of(lang)
    assert all(locale_of(lang).code == lang for lang in LANGUAGES)


def test_months_do_not_depend_on_the_languages_asked_before() -> None:
    """Babel keeps a resolved alias where other languages look it up as their own."""
    program = (
        "from generator.locale import Locale\n"
        "from generator.model.dates import parse_date\n"
        "texts = {'date.month': '{month} {year}'}\n"
        "names = [Locale(c, texts).date(parse_date('2017-03')) for c in ('zh', 'de', 'fr', 'en')]\n"
        "print(ascii(names[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    )
    assert done.stdout.strip() == ascii(["März 2017", "mars 2017", "March 2017"])
