"""No word of the data stands in the program, and no word at all in the templates.

Names, ids and vocabulary are taken from ``content/`` as it is, so that the test grows with it.
What is allowed all the same stands in the small tables, each with its reason.
"""

from __future__ import annotations

import ast
import re
import typing
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.model import amounts, fields, kinds, ledger, records, vocabulary
from generator.model.kinds import KINDS
from generator.site import Language, Site

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
PROGRAM = sorted((ROOT / "generator").rglob("*.py"))
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
NAMED = ("countries", "districts", "regions", "places", "persons", "organisations")
# Their names are made of proper names; those of organisations mostly of ordinary words.
PROPER = ("countries", "districts", "regions", "places", "persons")
NO_RECORDS = ("interface", "terms", "values", "names")

# Words of the data that have a meaning of their own in the program.
ORDINARY = {
    "district": "a kind of the model",
    "free": "free space, a free id",
    "iso": "the standards body of codes and dates",
    "north": "the invented region of examples",
    "port": "of a server",
    "region": "a kind of the model",
    "roman": "Roman numerals",
    "special": "characters that Markdown obeys",
    "zone": "one of the things that a place can be",
}
# Labels that are ordinary phrases, too.
PHRASES = {"a quarter", "a third", "under way"}
# Vocabulary entries that are texts of the program for another reason.
TECHNICAL = {
    "area": "an element of HTML",
    "article": "a type of BibTeX and CSL",
    "day": "a span of time",
    "expected": "what a problem says would be right",
    "family": "what CSL calls a part of a name",
    "half": "a span of time",
    "journal": "a field of BibTeX",
    "main": "the branch of a repository",
    "party": "what the filter calls a side of a document",
    "plans": "the address of a list",
    "quarter": "a span of time",
    "record": "a row that stands for a record in exports",
    "reference": "what a data package calls the target of a key",
    "size": "a placeholder of patterns of values",
    "space": "what Unicode calls a character",
    "unknown": "a status that follows from dates",
    "unreadable": "a rule of the reader",
}
# Codes of languages, with what the program knows of that language and why.
CODES = {}

WORD = re.compile(r"[^\W\d_]{4,}")
CODE = re.compile(r"\{#.*?#\}|<!--.*?-->|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
BLOCK = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
READ_ALOUD = re.compile(
    r"\b(?:title|alt|aria-label|aria-description|placeholder|label|summary|value)\s*=\s*"
    r"(?:\"([^\"]*)\"|'([^']*)')"
)


@cache
def read(folder: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted((CONTENT / folder).rglob("*.yaml")):
        found.update(yaml.load(path.read_text("utf-8"), yaml.CBaseLoader) or {})
    return found


@cache
def names() -> dict[str, set[str]]:
    """Names, short names and labels of records, by words file."""
    found: dict[str, set[str]] = {}
    for path in sorted((CONTENT / "words").glob("*/*.yaml")):
        if path.stem in NO_RECORDS:
            continue
        words = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader) or {}
        for key, text in words.items():
            if key.rpartition(".")[2] in ("name", "short", "label"):
                found.setdefault(path.stem, set()).add(text)
    return found


@cache
def text_of(path: Path) -> str:
    return path.read_text("utf-8").casefold()


@cache
def words_of(path: Path) -> frozenset[str]:
    return frozenset(WORD.findall(text_of(path)))


def places_of(word: str) -> list[str]:
    """The files of program and templates in which a name stands as a whole."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
    return [
        path.relative_to(ROOT).as_posix()
        for path in (*PROGRAM, *TEMPLATES)
        if word in text_of(path) and pattern.search(text_of(path))
    ]


def test_there_are_names_to_look_for() -> None:
    assert len(read("facts/regions")) > 5
    assert {*NAMED} <= names().keys()


@pytest.mark.parametrize("folder", NAMED)
def test_no_id_and_no_name_of_a_record_stands_in_the_program(folder: str) -> None:
    found = {*read(f"facts/{folder}"), *names().get(folder, ())}
    for record in read(f"facts/{folder}").values():
        found.update(record.get("other_names", ()))
    found = {name.casefold() for name in found if len(re.findall(r"[^\W\d_]", name)) > 2}
    hits = {name: places_of(name) for name in sorted(found - ORDINARY.keys())}
    assert {name: places for name, places in hits.items() if places} == {}


def test_no_label_of_a_figure_stands_in_the_program() -> None:
    labels = {text.casefold() for texts in names().values() for text in texts if " " in text}
    assert {label: places for label in sorted(labels) if (places := places_of(label))} == {}


@pytest.mark.parametrize("folder", PROPER)
def test_no_part_of_a_proper_name_stands_in_the_program(folder: str) -> None:
    parts = {
        word.casefold()
        for name in names().get(folder, ())
        for word in WORD.findall(name)
        if word[0].isupper()
    }
    hits = {
        (word, path.relative_to(ROOT).as_posix())
        for path in (*PROGRAM, *TEMPLATES)
        for word in parts & words_of(path)
        if word not in ORDINARY
    }
    assert hits == set()


def test_no_label_of_a_term_stands_in_the_program() -> None:
    """Labels of one word are too ordinary to tell; those of several words are not."""
    labels = set()
    for path in sorted((CONTENT / "words").glob("*/terms.yaml")):
        words = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)
        labels |= {text.casefold() for text in words.values() if " " in text and "{" not in text}
    hits = {label: places_of(label) for label in sorted(labels - PHRASES)}
    assert {label: places for label, places in hits.items() if places} == {}


def constants(path: Path) -> Iterator[ast.Constant]:
    """Texts in a module that are no docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    documents = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in documents:
            yield typing.cast(ast.Constant, node)


def quoted(path: Path) -> Iterator[str]:
    """Quoted texts inside the expressions and statements of a template."""
    for code in CODE.findall(path.read_text("utf-8")):
        for double, single in re.findall(r"\"([^\"]*)\"|'([^']*)'", code):
            yield double or single


def own_words() -> set[str]:
    """What the model itself is made of: kinds, fields, lists, values of enumerations."""
    own = {*KINDS, *(kind.plural for kind in KINDS.values()), *vocabulary.LISTS}
    for module in (amounts, fields, kinds, ledger, records, vocabulary):
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, fields.Model):
                own.update(value.model_fields)
            elif isinstance(value, type) and issubclass(value, StrEnum):
                own.update(member.value for member in value)
    own.update(key.name for kind in KINDS.values() for key in kind.words)
    own.update((*Site.model_fields, *Language.model_fields))
    return own


def terms() -> set[str]:
    path = CONTENT / "facts" / "vocabulary.yaml"
    lists: Mapping[str, Mapping[str, Any]] = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)
    return {entry for entries in lists.values() for entry in entries}


def test_no_term_of_the_vocabulary_is_a_text_of_the_program() -> None:
    forbidden = terms() - own_words() - TECHNICAL.keys()
    hits = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.value}"
        for path in PROGRAM
        for node in constants(path)
        if node.value in forbidden
    ]
    assert hits == []


def test_no_term_of_the_vocabulary_is_a_text_of_a_template() -> None:
    forbidden = terms() - own_words() - TECHNICAL.keys()
    hits = [
        f"{path.relative_to(ROOT)}: {text}"
        for path in TEMPLATES
        if path.suffix in (".j2", ".html")
        for text in quoted(path)
        if text in forbidden
    ]
    assert hits == []


def test_no_language_is_known_to_the_program() -> None:
    settings = yaml.load((CONTENT / "site.yaml").read_text("utf-8"), yaml.CBaseLoader)
    languages = settings["languages"]
    codes = {*languages, *(path.name for path in (CONTENT / "words").iterdir())}
    own_names = {language["name"].casefold() for language in languages.values()}
    for path in PROGRAM:
        for node in constants(path):
            text = typing.cast(str, node.value)
            allowed = CODES.get(path.name, {})
            assert text not in codes - allowed.keys(), f"{path.name}:{node.lineno}"
            assert text.casefold() not in own_names, f"{path.name}:{node.lineno}"
    for path in TEMPLATES:
        if path.suffix in (".j2", ".html"):
            assert not codes & set(quoted(path)), path.name


def test_the_allowances_are_used() -> None:
    used = {
        node.value for path in PROGRAM for node in constants(path) if node.value in TECHNICAL
    }  # fmt: skip
    assert used >= TECHNICAL.keys()
    everywhere = set().union(*(words_of(path) for path in (*PROGRAM, *TEMPLATES)))
    assert {word for word in ORDINARY if len(word) > 3} <= everywhere
    assert own_words() & TECHNICAL.keys() == set()


@pytest.mark.parametrize(
    "path",
    [path for path in TEMPLATES if path.suffix in (".j2", ".html")],
    ids=lambda path: path.relative_to(ROOT / "templates").as_posix(),
)
def test_a_template_has_no_words(path: Path) -> None:
    text = BLOCK.sub("", CODE.sub("", path.read_text("utf-8")))
    aloud = [double or single for double, single in READ_ALOUD.findall(text)]
    assert [value for value in aloud if re.search(r"[^\W\d_]", value)] == []
    text = re.sub(r"<[^<>]*>", "", text)
    text = re.sub(r"&#?\w+;", "", text)
    text = re.sub(r"\{[:#][^{}]*\}", "", text)  # attribute lists of Markdown
    assert re.findall(r".*[^\W\d_].*", text) == []


@pytest.mark.parametrize("path", [p for p in TEMPLATES if p.suffix == ".css"], ids=lambda p: p.name)
def test_a_stylesheet_writes_no_words(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    written = re.findall(r"content:\s*([^;}]*)", text)
    words = [re.sub(r"\b(?:attr|counter|var|url|none|normal|open-quote)\b", "", w) for w in written]
    strings = [string for word in words for string in re.findall(r"\"[^\"]*\"|'[^']*'", word)]
    assert [string for string in strings if re.search(r"[^\W\d_]", string)] == []


@pytest.mark.parametrize("path", [p for p in TEMPLATES if p.suffix == ".js"], ids=lambda p: p.name)
def test_a_script_writes_no_words(path: Path) -> None:
    """Texts of scripts are selectors, keys, events and folded letters, never phrases."""
    text = re.sub(r"/\*.*?\*/|^\s*//.*$", "", path.read_text("utf-8"), flags=re.DOTALL | re.M)
    strings = re.findall(r"\"([^\"\n]*)\"|'([^'\n]*)'|`([^`]*)`", text)
    phrases = [s for found in strings for s in found if re.search(r"[^\W\d_] [^\W\d_]", s)]
    assert [phrase for phrase in phrases if phrase != "use strict"] == []
    labels = re.findall(r"\.(?:title|ariaLabel|placeholder|alt)\s*=\s*[\"'`]", text)
    assert labels == []


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if path.suffix in (".j2", ".html")], ids=lambda p: p.name
)
def test_no_dash_stands_in_a_template(path: Path) -> None:
    """Which dash a language has, and whether spaces stand around it, is for its words to say."""
    text = re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert re.findall("[–—]", text) == []
