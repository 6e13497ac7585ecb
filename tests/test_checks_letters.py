"""Letters: other alphabets, letters and runs that a language lacks, letters that change."""

from __future__ import annotations

import pytest

from generator.checks.letters import check
from tests.spelt import corpus, found, spelling, spelling_of

NOTHING = spelling()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("М\u043eгилёв", []),
        ("Мoгилёв", ["2 mixed-letters"]),
        ("сям’\u0456 аб’eм", ["10 mixed-letters"]),
        ("IT-компания и компания-IT", []),
        ("XX век, V Форум и I квартал", []),
        ("Расия i Беларусь", ["7 mixed-letters"]),
        ("буква «i» между словами", []),
        ("слово a, потом", []),
        ("[Мoсква](moscow)", ["3 mixed-letters"]),
        ("слово αβ и слово aβ", ["18 mixed-letters"]),
    ],
)
def test_a_word_has_letters_of_one_alphabet(text: str, expected: list[str]) -> None:
    filler = "Обычный русский текст без чужих букв, каких здесь много"
    assert found(check(corpus(filler, text), NOTHING)) == expected


def test_a_text_of_one_alphabet_has_nothing_odd() -> None:
    assert found(check(corpus("Größe, façade, naïve and x"), NOTHING)) == []


def test_letters_and_marks_that_the_language_lacks_are_told_once_a_string() -> None:
    text = corpus("ab ł ł", "ab'c", "{ł}[ł](ł)")
    finds = check(text, spelling(letters_not="ł]", marks_not="'^-"))
    assert found(finds) == [
        "4 foreign-letter",
        "5 foreign-letter",
        "3 foreign-mark",
    ]


def test_runs_of_letters_that_no_word_has() -> None:
    text = corpus("Snow and Sjnow, [sjn](sjn)")
    assert sorted(found(check(text, spelling(pieces_not__old="sjn zv")))) == [
        "10 unwanted-letters",
        "18 unwanted-letters",
    ]


CHANGING = spelling(vowels="aeiou", after_vowel="v w", after_vowel_keep="evident*, *ov")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tavn", ["3 letter-after-vowel"]),
        ("tawn", []),
        ("tarvn na vast", ["10 letter-after-vowel"]),
        ("tarvn na wast", []),
        ("na [vast](x)", ["5 letter-after-vowel"]),
        ("[na](x) vast", ["9 letter-after-vowel"]),
        ("na-vast", ["4 letter-after-vowel"]),
        ("na, vast na. vast (vast", []),
        ("{n} vast", []),
        ("na Vast", []),
        ("Evidently brov Krakov", []),
        ("twn", ["2 letter-after-vowel"]),
        ("wast", ["1 letter-after-vowel"]),
        ("nad wast", ["5 letter-after-vowel"]),
        ("na, wast", ["5 letter-after-vowel"]),
        ("{n} wast", ["5 letter-after-vowel"]),
        ("«na» wast, na «wast»", []),
        ("буква «ы» wast", []),
        ("na Wast", ["4 letter-after-vowel"]),
        ("NA WAST NAW", []),
        ("TWN", []),
    ],
)
def test_a_letter_changes_after_a_vowel_and_nowhere_else(text: str, expected: list[str]) -> None:
    finds = [line for line in found(check(corpus(text), CHANGING)) if "mixed" not in line]
    assert finds == expected


def test_what_a_changing_letter_should_be_is_told() -> None:
    finds = check(corpus("tavn twn na Wast"), CHANGING)
    assert [problem.expected for problem, _ in finds] == ["w", "v", "V"]


def test_without_vowels_no_letter_changes() -> None:
    assert found(check(corpus("tavn"), spelling(after_vowel="v w"))) == []


def test_a_mark_stands_before_some_letters_only() -> None:
    text = corpus("ab’em AB’EM ab’zm ab’", "ab’{x}")
    assert found(check(text, spelling(only_before="’ e"))) == [
        "15 misplaced-mark",
        "21 misplaced-mark",
        "3 misplaced-mark",
    ]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Яна ўбачыла ва ўніверсітэце аўтар’ы", []),
        ("Яна убачыла", ["letter-after-vowel"]),
        ("Ён ўбачыў", ["letter-after-vowel"]),
        ("на Украіне, ва Уфе, у Барнауле", []),
        ("прэзідыум, радыус, страус", []),
        ("Даклад: ўчора", ["letter-after-vowel"]),
        ("сьнег", ["unwanted-letters"]),
        ("восьмы, пісьмо, Кузьма, разьба, кальцо", []),
        ("плян", ["unwanted-word"]),
        ("сям’я і аб’ём", []),
        ("сям'я", ["foreign-mark"]),
        ("слова’", ["misplaced-mark"]),
        ("объект", ["foreign-letter"]),
        ("площадь", ["foreign-letter", "unwanted-letters"]),
        ("матеріал", ["unwanted-letters", "unwanted-letters"]),
    ],
)
def test_the_settings_of_belarusian_find_what_a_native_would(text: str, rules: list[str]) -> None:
    from generator.checks.terms import unwanted

    settings = spelling_of("be")
    words = corpus(text.replace("аўтар’ы", "аўтары"))
    finds = [*check(words, settings), *unwanted(words, settings)]
    assert sorted({problem.rule for problem, _ in finds}) == sorted(set(rules))


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Ещё один отчёт о приёмке: учения, счета, перелететь", []),
        ("Еще один отчет", ["unwanted-word"]),
        ("жызнь", ["unwanted-letters"]),
        ("Магілёў", ["foreign-letter"]),
        ("сям’я", ["foreign-mark"]),
        ("Белоруссия", ["unwanted-word"]),
    ],
)
def test_the_settings_of_russian_find_what_a_native_would(text: str, rules: list[str]) -> None:
    from generator.checks.terms import unwanted

    settings = spelling_of("ru")
    words = corpus(text)
    finds = [*check(words, settings), *unwanted(words, settings)]
    assert sorted({problem.rule for problem, _ in finds}) == rules
