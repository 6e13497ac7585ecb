"""Texts of no record: all that pages ask for, no others, and patterns with their values."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from generator.checks.texts import check, stem
from generator.locale import Locale
from generator.text_rules import TITLE_TEXTS, text_rules
from tests.checking import said
from tests.helpers import ROOT, Change, store_of, toy, toy_project, toy_store


def without(folder: Path, file: str, key: str) -> list[str]:
    """What is said when a line is taken out of the words of the source language."""
    project = toy_project(folder)
    path = project.content / "words" / "en" / f"{file}.yaml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    rest = [line for line in lines if not line.startswith(f"{key}:")]
    assert len(rest) == len(lines) - 1, key
    path.write_text("".join(rest), "utf-8")
    return [f"{p.place.file} {p.rule} {p.value}" for p in check(store_of(project))]


def last(file: str, text: str, language: str = "de") -> Change:
    return Change(f"words/{language}/{file}.yaml", "", f"{text}\n")


def rules(folder: Path, *changes: Change) -> list[str]:
    return [line.partition(" ")[2] for line in said(check, folder, *changes)]


def test_the_toy_has_all_texts(tmp_path: Path) -> None:
    assert said(check, tmp_path) == []


@pytest.mark.parametrize(
    ("file", "key"),
    [
        ("interface", "nav.home"),
        ("interface", "title.agreement"),
        ("interface", "field.url"),  # printed otherwise in a source
        ("terms", "goods.cheese"),
        ("terms", "units.bus.one"),
        ("values", "date.month"),
        ("values", "ordinal.other"),
    ],
)
def test_a_missing_text_is_named_with_its_file(file: str, key: str, tmp_path: Path) -> None:
    found = without(tmp_path, file, key)
    assert f"content/words/en/{file}.yaml missing-word {key}" in found


def asked_for() -> set[str]:
    """The keys that the program names where it asks for a text."""
    found: set[str] = set()
    for path in sorted((ROOT / "generator").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = ast.unparse(node.func).rpartition(".")[2]
                first = node.args[0]
                if name in ("t", "n", "text", "_text", "_fill") and isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return found


def test_texts_that_the_program_asks_for_are_needed() -> None:
    rules = text_rules(toy().vocabulary, Locale("en", {}))
    known = {*rules, *TITLE_TEXTS, *toy().needed_texts}
    assert {
        key for key in asked_for() if re.fullmatch(r"[a-z-]+(\.[a-z-]+)+", key)
    } - known == set()


def test_a_translation_may_lack_texts(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    for file in ("interface", "terms", "values"):
        (project.content / "words" / "de" / f"{file}.yaml").unlink()
    assert list(check(store_of(project))) == []


def test_texts_that_templates_ask_for_are_needed(tmp_path: Path) -> None:
    store = toy_store(tmp_path)
    store.needed_texts |= {"no.such-text"}
    assert [(p.rule, p.value) for p in check(store)] == [("missing-word", "no.such-text")]


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("interface", 'nav.nowhere: "x"', "unknown-word nav.nowhere"),
        ("terms", 'goods.milk: "Milch"', "unknown-word goods.milk"),
        ("terms", 'goods.cheese.few: "x"', "unknown-word goods.cheese.few"),
        ("terms", 'colours.red: "rot"', "unknown-word colours.red"),
        ("values", 'date.century: "{year}"', "unknown-word date.century"),
        ("values", 'nav.home-2: "x"', "unknown-word nav.home-2"),
        ("names", 'cedar.gen: "Cedars"', None),
        ("names", 'cedar.gen: "<b>x</b>"', "html-in-words <b>"),
    ],
)
def test_only_texts_that_are_asked_for(
    file: str, text: str, expected: str | None, tmp_path: Path
) -> None:
    assert rules(tmp_path, last(file, text)) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("values", 'change.times.9.up: "x"', None),
        ("values", 'change.times.9.up: "{size}"', "different-placeholders {size}"),
        ("terms", 'qualifiers.about.fraction: "etwa {value}"', None),
        ("terms", 'qualifiers.about.fraction: "etwa"', "different-placeholders {value}"),
        ("terms", 'qualifiers.about.fraction: "{Value} {value}"', None),
        ("terms", 'qualifiers.about.fraction: "{valeu}"', "different-placeholders {valeu}"),
        ("terms", 'qualifiers.about.fraction: ""', None),
    ],
)
def test_a_pattern_has_the_values_of_its_rule(
    file: str, text: str, expected: str | None, tmp_path: Path
) -> None:
    found = rules(tmp_path, last(file, text))
    assert (found[0] if found else None) == expected


def interface(folder: Path, key: str, text: str) -> list[str]:
    """What is said when a text of the interface reads otherwise in German."""
    project = toy_project(folder)
    path = project.content / "words" / "de" / "interface.yaml"
    old = path.read_text("utf-8")
    new = re.sub(rf"^{re.escape(key)}: .*$", lambda _: f'{key}: "{text}"', old, flags=re.MULTILINE)
    assert new != old, key
    path.write_text(new, "utf-8")
    return [f"{p.rule} {p.value}" for p in check(store_of(project))]


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("source.page", "Seite {page}", []),
        ("source.page", "Seite", ["different-placeholders {page}"]),
        ("source.page", "Seite {Seite} {page}", []),
        ("source.page", "Seite {seite} {page}", ["different-placeholders {seite}"]),
        ("count.regions.one", "eine Region", []),  # a plural form may leave out its number
        ("count.regions.other", "{count} Regionen", ["different-placeholders {count}"]),
        ("title.agreement-term", "{kind} {term}", ["different-placeholders {parties}"]),
        ("about.what", "Ein <b>Atlas</b>", ["html-in-words <b>"]),
    ],
)
def test_a_translation_has_the_values_of_its_source(
    key: str, text: str, expected: list[str], tmp_path: Path
) -> None:
    assert interface(tmp_path, key, text) == expected


def test_a_language_has_formats(tmp_path: Path) -> None:
    changes = [
        Change(
            "site.yaml",
            "  de: {name: Deutsch, case_forms: [gen]}",
            "  de: {name: Deutsch}\n  xq: {name: Xq}",
        )
    ]
    assert said(check, tmp_path, *changes) == ["site.yaml:4:3 unknown-language xq"]


@pytest.mark.parametrize("code", ["pt-br", "sr-latn", "be", "zh-hans"])
def test_languages_are_known_by_their_codes(code: str, tmp_path: Path) -> None:
    change = Change(
        "site.yaml", "  de: {name: Deutsch, case_forms: [gen]}", f"  {code}: {{name: X}}"
    )
    assert said(check, tmp_path, change) == []


def test_labels_of_lost_terms_are_not_unknown(tmp_path: Path) -> None:
    changes = [
        Change("facts/vocabulary.yaml", "outcomes:", "outcomess:"),
        Change("facts/vocabulary.yaml", "{factor: 1000}", "{factor: many}"),
    ]
    assert said(check, tmp_path, *changes) == []


def test_texts_in_a_file_that_cannot_be_read_are_not_missed(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    (project.content / "words" / "en" / "values.yaml").write_bytes(b"\0")
    assert [p for p in check(store_of(project)) if p.rule == "missing-word"] == []


def test_without_settings_texts_are_not_judged(tmp_path: Path) -> None:
    changes = [
        Change("site.yaml", "as_of: 2021-06", "as_of: now"),
        last("interface", 'nav.nowhere: "x"'),
    ]
    assert said(check, tmp_path, *changes) == []


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("count.regions.one", "count.regions"),
        ("count.regions.many", "count.regions"),
        ("nav.home", "nav.home"),
        ("nav.other", "nav"),
        ("one", ""),
    ],
)
def test_the_stem_of_a_key_has_no_plural_category(key: str, found: str) -> None:
    assert stem(key) == found


def test_the_toy_has_texts_in_all_its_languages() -> None:
    assert toy().texts.keys() == {"en", "de"}
