"""What stands on a page in another language without saying so.

A page says something in its own language or in that of the nearest element with ``lang``; a
``cite`` holds a title as it is printed. All that it says in a language of the site must come from
the words of that language, from CLDR (months, names of languages), or from facts that are printed
in it. Nothing is listed here: what a language may say is read from the content.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from babel.localedata import locale_identifiers
from lxml import etree, html

from generator.locale import Locale
from generator.model.dates import parse_date
from generator.store import Word, read_store

WORD = re.compile(r"[^\W\d_]+(?:[’'ʼ-][^\W\d_]+)*")
ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_NOT_SAID = re.compile(r"\{[^{}]*\}|\[|\]\([^()]*\)")
# Attributes that a reader sees or hears, besides those that a style sheet shows.
_SPOKEN = ("alt", "aria-description", "aria-label", "aria-roledescription", "aria-valuetext")
_SHOWN = ("label", "placeholder", "summary", "title")
_SHOWN_BY_STYLE = re.compile(r"content:[^;}]*attr\(\s*([\w-]+)")
_SILENT = frozenset({"script", "style", "template"})
CODES = sorted({identifier.partition("_")[0] for identifier in locale_identifiers()})
# The setting of a language that names letters which it does not use.
LETTERS_NOT = "letters-not"
_NAMES = (".name", ".short", ".title")
# Texts of a source that stand as they are printed.
_PRINTED = ("authors", "title", "published_in", "publisher")


class Said(NamedTuple):
    """A text of a page: its language, and where it stands, an element or one of its attributes."""

    text: str
    lang: str
    where: str


class Find(NamedTuple):
    """A text that is not in the language that it is said to be in, with the reason."""

    text: str
    why: str
    where: str


def said(root: etree._Element, attributes: Collection[str]) -> Iterator[Said]:
    """Every text of a page that a reader sees or hears and that is no printed title."""
    # An element with the language around it; or an element's tag and a text inside of it.
    waiting: list[tuple[Any, str, str]] = [(root, "", "")]
    while waiting:
        element, lang, text = waiting.pop()
        if text:
            yield Said(text, lang, element)
            continue
        if not isinstance(element.tag, str) or element.tag in _SILENT:
            continue
        lang = element.get("lang", lang)
        for name in attributes:
            if element.get(name):
                yield Said(element.get(name), lang, f"{element.tag}[{name}]")
        if element.tag == "meta" and element.get("name") == "description":
            yield Said(element.get("content", ""), lang, "meta")
        if element.tag == "cite":
            continue
        for child in reversed(element):
            if child.tail and not child.tail.isspace():
                waiting.append((element.tag, lang, child.tail))
            waiting.append((child, lang, ""))
        if element.text and not element.text.isspace():
            yield Said(element.text, lang, element.tag)


def folded(text: str) -> str:
    """A text as it is compared: one space between words, no capitals."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


def words_in(text: str) -> list[str]:
    """The words of a text as they are written."""
    return WORD.findall(unicodedata.normalize("NFC", text))


@dataclass(frozen=True)
class Speech:
    """What a language has: its strings, its words, and the letters that it does not use."""

    strings: frozenset[str]
    words: frozenset[str]
    letters_not: frozenset[str]

    def has(self, word: str) -> bool:
        """Whether a word is one of the language, or made of some, or a Roman numeral."""
        if word.casefold() in self.words or ROMAN.fullmatch(word):
            return True
        parts = word.split("-")
        return len(parts) > 1 and all(self.has(part) for part in parts)


class Purity:
    """What the languages of a built project may say, and what its pages do say."""

    def __init__(self, content: Path, site: Path) -> None:
        self.site = site
        store = read_store(content)
        assert store.site is not None
        self.languages = store.site.codes
        self.texts = {
            code: {
                key: word.text
                for words in (store.words.get(code, {}), store.texts.get(code, {}))
                for key, word in words.items()
            }
            for code in self.languages
        }
        source = store.site.source_language
        names = [language.name for language in store.site.languages.values()]
        printed = _printed(site / "data")
        self.speeches: Mapping[str, Speech] = {
            code: _speech(
                code,
                texts,
                {} if code == source else self.texts[source],
                [*names, *printed.get(code, ())],
                store.spelling.get(code, {}).get(LETTERS_NOT),
            )
            for code, texts in self.texts.items()
        }

    @cached_property
    def attributes(self) -> tuple[str, ...]:
        """The attributes that are read out, or shown by a style sheet of the site."""
        styles = [path.read_text(encoding="utf-8") for path in sorted(self.site.rglob("*.css"))]
        shown = {name for style in styles for name in _SHOWN_BY_STYLE.findall(style)}
        return (*_SPOKEN, *_SHOWN, *sorted(shown - {"href"}))

    @cached_property
    def foreign(self) -> Mapping[str, Mapping[str, str]]:
        """For each language the strings that it lacks, each with one language that has it."""
        return {
            code: {
                text: other
                for other, speech in self.speeches.items()
                for text in speech.strings - own.strings
                if any(map(str.isalpha, text))
            }
            for code, own in self.speeches.items()
        }

    def finds(self, page: bytes | str) -> list[Find]:
        """What a page says that is not in the language that it says it is in."""
        data = page.encode() if isinstance(page, str) else page
        root = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
        if root.get("lang") not in self.speeches:
            return [Find(str(root.get("lang")), "not a language of the site", "html[lang]")]
        return list(self._finds(root))

    def _finds(self, root: etree._Element) -> Iterator[Find]:
        for text, lang, where in said(root, self.attributes):
            if lang in self.speeches:
                # What a search marks is a piece of a text, whose words may be those of others.
                why = self._why(text, lang, is_whole=where != "mark")
                if why:
                    yield Find(text.strip(), why, where)

    def _why(self, text: str, lang: str, is_whole: bool) -> str:
        speech = self.speeches[lang]
        other = self.foreign[lang].get(folded(text)) if is_whole else None
        if other is not None:
            return f"a text in {other}, said to be in {lang}"
        letter = next((char for char in text if char in speech.letters_not), None)
        if letter is not None:
            return f"{lang} has no {letter}"
        word = next((word for word in words_in(text) if not speech.has(word)), None)
        return f"{lang} has no word {word}" if word is not None else ""


def _speech(
    code: str,
    texts: Mapping[str, str],
    source: Mapping[str, str],
    further: Iterable[str],
    letters_not: Word | None,
) -> Speech:
    own = [*(_said(key, text) for key, text in _own(texts, source)), *further]
    every = [*own, *_of_cldr(code)]
    return Speech(
        frozenset(folded(line) for text in own for line in text.split("\n")),
        frozenset(word.casefold() for text in every for word in words_in(text)),
        frozenset(letters_not.text if letters_not else ""),
    )


def _own(texts: Mapping[str, str], source: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The strings of a language that are really in it, and not left as they are in the source."""
    letters = Counter(filter(None, map(_alphabet, "".join(texts.values()))))
    usual = max(letters, key=lambda name: letters[name], default="")
    for key, text in texts.items():
        plain = _NOT_SAID.sub(" ", text)
        is_strange = usual not in map(_alphabet, plain) and any(map(_alphabet, plain))
        is_left = source.get(key) == text and len(words_in(plain)) > 2
        if key.endswith(_NAMES) or not (is_strange or is_left):
            yield key, text


@cache
def _alphabet(char: str) -> str:
    """The alphabet of a letter, by its Unicode name; empty for other characters."""
    return unicodedata.name(char, "").partition(" ")[0] if char.isalpha() else ""


def _said(key: str, text: str) -> str:
    """What of a text is read; names stand as they are written, whatever they look like."""
    return text if key.endswith(_NAMES) else _NOT_SAID.sub("\n", text)


def _of_cldr(code: str) -> Iterator[str]:
    """Names of months and languages, and what joins a list."""
    # By way of the locale: to ask Babel for months that are an alias changes those of others.
    locale = Locale(code, {"date.month": "{month} {of-month}"})
    for month in range(1, 13):
        yield locale.date(parse_date(f"2020-{month:02}"))
    yield from (locale.language(other) for other in CODES)
    yield locale.list(["1", "2", "3"])


def _printed(data: Path) -> dict[str, list[str]]:
    """Texts in the facts that stand as printed, by their language."""
    sources = {source["id"]: source for source in _records(data / "sources.json")}
    found: dict[str, list[str]] = {}

    def whole(identifier: str) -> str:
        source = sources[identifier]
        above = source.get("cited_in") or source.get("part_of")
        return (whole(above) if above else "") or source.get("language", "")

    def add(lang: str, texts: Iterable[str]) -> None:
        found.setdefault(lang, []).extend(texts)

    for source in sources.values():
        texts = [source[name] for name in _PRINTED if name in source]
        flat = [one for text in texts for one in ([text] if isinstance(text, str) else text)]
        above = source.get("cited_in") or source.get("part_of")
        add(source.get("language") or (whole(above) if above else ""), flat)
    for path in sorted(data.glob("*.json")):
        for record in _records(path):
            cited = [record["id"]] if record["id"] in sources else record.get("sources", [])
            if cited:
                printed = record.get("as_printed", {}).values()
                add(whole(cited[0]), [one["text"] for one in printed])
            for owner in (record, *record.get("figures", {}).values()):
                for reading in owner.get("readings", ()):
                    add(whole(reading["sources"][0]), [reading["value"]])
    return found


def _records(path: Path) -> list[dict[str, Any]]:
    loaded = json.loads(path.read_text(encoding="utf-8"))
    return [one for one in loaded if isinstance(one, dict) and "id" in one]
