"""The site's own labels and patterns hold to the rules, and the rules know every language."""

from __future__ import annotations

import re

import pytest

from generator.locale import LOCALE_TEXTS, Locale
from generator.model.vocabulary import LISTS, Vocabulary
from generator.patterns import placeholders
from generator.phrases import PHRASE_TEXTS
from generator.text_rules import cases_of, text_rules
from tests.languages import CONTENT, FILES, locale_of, texts_of, vocabulary

LANGUAGES = ("en", "de")
LINE = re.compile(r'([a-z][a-z0-9.-]*): "((?:[^"\\]|\\.)*)"')


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_of_the_site_has_every_text(lang: str) -> None:
    rules = text_rules(vocabulary(), locale_of(lang))
    assert [key for key, rule in rules.items() if rule.required and key not in texts_of(lang)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_is_asked_for_and_holds_the_right_placeholders(lang: str) -> None:
    rules = text_rules(vocabulary(), locale_of(lang))
    for key, text in texts_of(lang).items():
        found = set(placeholders(text))
        assert rules[key].needed <= found <= rules[key].allowed, key
        assert text == text.strip(), key


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", FILES)
def test_files_have_one_quoted_text_a_line_in_order(lang: str, name: str) -> None:
    text = (CONTENT / "words" / lang / f"{name}.yaml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    keys = []
    for line in lines:
        match = LINE.fullmatch(line)
        assert match, line
        keys.append(match[1])
    assert keys == sorted(set(keys))


def test_a_german_billion_would_be_a_thousand_times_too_much() -> None:
    assert not [key for key, text in texts_of("de").items() if "Billion" in text]
    assert texts_of("de")["scales.billion"].endswith("Mrd.")
    assert texts_of("en")["scales.billion"].endswith("billion")


def sample() -> Vocabulary:
    lists = {
        "units": {"usd": {"currency": "USD"}, "bus": {}},
        "scales": {"million": {"factor": "1000000"}},
        "qualifiers": {"about": {}},
        "fields": {"trade": {}},
    }
    return Vocabulary(
        {
            name: {entry: LISTS[name].model_validate(fields) for entry, fields in entries.items()}
            for name, entries in lists.items()
        }
    )


def required(lang: str, texts: dict[str, str]) -> set[str]:
    rules = text_rules(sample(), Locale(lang, texts))
    return {key for key, rule in rules.items() if rule.required} - {*LOCALE_TEXTS, *PHRASE_TEXTS}


def test_plural_forms_follow_the_language() -> None:
    labels = {"units.bus", "units.usd", "scales.million", "qualifiers.about", "fields.trade"}
    assert required("ja", {}) == labels | {"units.bus.other", "units.usd.other", "ordinal.other"}
    assert required("en", {}) == labels | {
        "units.bus.one", "units.bus.other", "units.usd.one", "units.usd.other",
        "ordinal.one", "ordinal.two", "ordinal.few", "ordinal.other",
    }  # fmt: skip
    assert {"units.bus.few", "units.bus.many"} < required("ru", {})


def test_a_case_asks_for_a_second_set_of_counted_things_but_not_of_money() -> None:
    found = required("ru", {"qualifiers.about.case": "gen"})
    assert {f"units.bus.gen.{name}" for name in ("one", "few", "many", "other")} < found
    assert not {key for key in found if key.startswith("units.usd.gen")}
    assert cases_of(Locale("ru", {"qualifiers.about.case": "gen", "x.case": "dat"})) == ("gen",)


def test_labels_hold_no_placeholders_and_units_keep_their_number() -> None:
    rules = text_rules(sample(), Locale("en", {}))
    assert rules["fields.trade"].allowed == frozenset()
    assert rules["units.bus.one"].needed == {"number"}
    assert rules["qualifiers.about"].needed == {"value"}
    assert not rules["qualifiers.about.factor"].required
