"""Everything that depends on a language: numbers, dates, lists, plural forms, the order of names.

CLDR (through Babel) gives separators, month names, list patterns and plural rules; the Unicode
collation algorithm (through pyuca) gives the order. All other wording comes from texts: patterns
with names in braces, which are data and never code.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from generator.date_phrases import DATE_TEXTS, DatePhrases, roman
from generator.errors import BuildError
from generator.foreign import marked_pattern, plain
from generator.model.dates import Date
from generator.patterns import TextRule, fill, rule
from generator.reads import Reads

# Characters of the last private plane sort after all letters of all scripts.
_LAST_PLANE = 0x100000
CATEGORIES = ("zero", "one", "two", "few", "many", "other")


class OrdinalStyle(StrEnum):
    """How an ordinal is written: ninth (where the language has the word), 9th or IX."""

    WORD = "word"
    FIGURE = "figure"
    ROMAN = "roman"


# What this module asks for.
LOCALE_TEXTS: Mapping[str, TextRule] = {
    **DATE_TEXTS,
    "locale.cldr": rule(required=False),
    "locale.letters": rule(required=False),
    "number.negative": rule("number"),
    "ordinal.roman": rule("number"),
    **{f"ordinal.word.{number}": rule(required=False) for number in range(1, 13)},
    **{f"ordinal.typed.{number}": rule(required=False) for number in range(1, 13)},
}


def is_known(code: str) -> bool:
    """Whether CLDR, as Babel ships it, has a language: a BCP 47 code such as ``en-GB``."""
    return _cldr(code) is not None


def _months(cldr: Any) -> tuple[Mapping[int, str], Mapping[int, str]]:
    """The names of months as they stand alone, and as they follow a day.

    Taken from Babel's data as loaded: asking its locale for names that are an alias, as the German
    ones that stand alone are, stores the answer where other languages find it as theirs.
    """
    from babel import localedata

    months = localedata.load(str(cldr))["months"]
    after_day: Mapping[int, str] = months["format"]["wide"]
    alone = months["stand-alone"]["wide"]
    # Either an alias of the other form, or that alias with names that differ from it.
    own = alone[1] if isinstance(alone, tuple) else {}
    return {**after_day, **own}, after_day


def own_name(code: str) -> str:
    """What a language calls itself; its code where CLDR does not say."""
    found = _cldr(code)
    name = found.get_display_name(found) if found is not None else None
    return name[:1].upper() + name[1:] if name else code


class Locale:
    """One language with its texts; made once per language, cheap to ask thousands of times.

    ``texts`` are the interface texts, terms and values of this language by key, and only its own:
    ``fallback`` has those of the source language, asked for what this one lacks altogether, and
    marked with ``fallback_lang`` (``foreign``) if that is named. A text that a language may have or
    not, such as a word for "ninth", never comes from there. The
    optional text ``locale.cldr`` names a more exact CLDR locale of the same language, such as
    ``en-GB``; ``locale.letters`` lists letters that have a place of their own in the alphabet,
    after the letter that they are made of (``ł ń ś``). Raises BuildError if CLDR has no such
    language; ``is_known`` tells beforehand.
    """

    def __init__(
        self,
        code: str,
        texts: Mapping[str, str],
        fallback: Mapping[str, str] | None = None,
        fallback_lang: str | None = None,
    ) -> None:
        self.code = code
        self.texts = texts
        self.reads = Reads()
        self._fallback = fallback or {}
        self._fallback_lang = fallback_lang
        named = texts.get("locale.cldr") or code
        if named.partition("-")[0] != code.partition("-")[0]:
            named = code
        cldr = _cldr(named)
        if cldr is None:
            raise BuildError(f"CLDR has no language {named!r}: correct its code in site.yaml")
        self._cldr = cldr
        symbols = cldr.number_symbols["latn"]
        self._decimal: str = symbols["decimal"]
        self._group: str = symbols["group"]
        self._grouping: tuple[int, int] = cldr.decimal_formats[None].grouping
        percent = cldr.percent_formats[None]
        self._percent: tuple[str, str] = (percent.prefix[0], percent.suffix[0])
        alone, after_day = _months(cldr)
        self._date_phrases = DatePhrases(self.text, self.ordinal, alone, after_day)
        self._letters = _letters(texts.get("locale.letters", ""))
        self._numbers: dict[str, str] = {}
        self._dates: dict[Date, str] = {}

    @property
    def plural_categories(self) -> tuple[str, ...]:
        """The CLDR plural categories of the language, ``other`` last."""
        return _ordered(self._cldr.plural_form.tags)

    @property
    def ordinal_categories(self) -> tuple[str, ...]:
        """The CLDR categories of ordinals in the language, ``other`` last."""
        return _ordered(self._cldr.ordinal_form.tags)

    @property
    def territory(self) -> str:
        """The language with its territory, or that where most of its speakers live: ``en_US``."""
        from babel.core import get_global

        name, where = self._cldr.language, self._cldr.territory
        if where is None:
            where = get_global("likely_subtags").get(name, name).rpartition("_")[2]
        return f"{name}_{where}" if where != name else str(name)

    def has(self, key: str) -> bool:
        """Whether there is a text for the key.

        The source language counts only where this one lacks the key's stem too: a translation may
        have fewer paragraphs (``key-2``) and other forms (``key.other``).
        """
        self.reads.now.add(f"text:{key}")
        if self.texts.get(key):
            return True
        return bool(self._fallback.get(key)) and not self.texts.get(_stem(key))

    def text(self, *keys: str) -> str:
        """The text of the first key that has one; else the last key, which a check will find.

        All keys are tried in this language before any in the source language.
        """
        self.reads.now.update([f"text:{key}" for key in keys])
        for texts in (self.texts, self._fallback):
            for key in keys:
                text = texts.get(key)
                if text:
                    return self._said(key, text, texts is self.texts)
        return keys[-1]

    def _said(self, key: str, text: str, is_own: bool) -> str:
        """The text of ``key`` as pages get it."""
        if is_own or self._fallback_lang is None or self._fallback_lang == self.code:
            return text
        return marked_pattern(text, self._fallback_lang)

    def starting_with(self, prefix: str) -> dict[str, str]:
        """All texts whose keys start with ``prefix``, by the rest of their keys."""
        found = {**self._fallback, **self.texts}
        return {key.removeprefix(prefix): self.text(key) for key in found if key.startswith(prefix)}

    def term(self, name: str, entry: str) -> str:
        """The label of an entry of a vocabulary list."""
        return self.text(f"{name}.{entry}")

    def form(self, key: str, count: Decimal | int, case: str | None = None) -> str:
        """The pattern ``key.one``, ``key.few`` … for a count.

        With a ``case`` the second set of forms, ``key.CASE.one`` …, comes first if there is one.
        The plain key serves all counts if it holds a number; a bare label would lose the figure.
        """
        category = self.category(count)
        keys = [f"{key}.{category}", f"{key}.other"]
        if case:
            keys[:0] = [f"{key}.{case}.{category}", f"{key}.{case}.other"]
        if "{number}" in self.text(key):
            keys.insert(-1, key)
        return self.text(*keys)

    def category(self, count: Decimal | int) -> str:
        """The CLDR plural category of a count; visible decimals matter as CLDR says."""
        found: str = self._cldr.plural_form(count)
        return found

    def plural(self, key: str, count: Decimal | int, **values: str) -> str:
        """Return the text in the right form, filled; ``{number}`` is the formatted count."""
        return fill(self.form(key, count), {"number": self.number(count), **values})

    def number(self, value: Decimal | int) -> str:
        """A number with exactly the digits given: never rounded, never with an exponent."""
        printed = f"{Decimal(value):f}"
        found = self._numbers.get(printed)
        if found is None:
            whole, point, decimals = printed.lstrip("-").partition(".")
            found = self._grouped(whole) + (self._decimal + decimals if point else "")
            if printed.startswith("-"):
                found = fill(self.text("number.negative"), {"number": found})
            self._numbers[printed] = found
        return found

    def _grouped(self, digits: str) -> str:
        last, others = self._grouping
        rest, parts = digits[:-last], [digits[-last:]]
        while rest:
            parts.append(rest[-others:])
            rest = rest[:-others]
        return self._group.join(reversed(parts))

    def percent(self, value: Decimal | int) -> str:
        """A percentage: 17.3 is 17.3 per cent."""
        before, after = self._percent
        return f"{before}{self.number(value)}{after}"

    def ordinal(self, number: int, style: OrdinalStyle = OrdinalStyle.WORD) -> str:
        """An ordinal; without a word for it in figures, by the language's rules for ordinals."""
        if style is OrdinalStyle.ROMAN:
            return fill(self.text("ordinal.roman"), {"number": roman(number)})
        word = self.texts.get(f"ordinal.word.{number}")
        if style is OrdinalStyle.WORD and word:
            return word
        pattern = self.text(f"ordinal.{self._cldr.ordinal_form(number)}", "ordinal.other")
        return fill(pattern, {"number": self.number(number)})

    def list(self, items: Sequence[str]) -> str:
        """The items as an "a, b and c" of the language; empty for none."""
        from babel.lists import format_list

        return format_list(items, "standard", self._cldr)

    def language(self, code: str) -> str:
        """The name of a language in this one; the code itself if CLDR does not know it."""
        other = _cldr(code)
        name: str | None = other.get_display_name(self._cldr) if other else None
        return name or code

    def sort_key(self, text: str) -> tuple[Any, ...]:
        """Orders names by the Unicode collation algorithm, equal ones by their letters.

        A quotation mark at the beginning does not count: a name in quotation marks stands among
        the others.
        """
        text = plain(text)
        letters = unicodedata.normalize("NFC", text).translate(self._letters)
        return (_sort_key(_without_opening(letters)), text)

    def date(self, date: Date) -> str:
        """A date as a phrase at its own precision: a year, quarter, part of a month, range."""
        found = self._dates.get(date)
        if found is None:
            found = self._dates[date] = self._date_phrases(date)
        return found


def _stem(key: str) -> str:
    base, dash, number = key.rpartition("-")
    return base if dash and number.isdigit() else key.rpartition(".")[0]


def _letters(letters: str) -> dict[int, str]:
    """Each letter as its base letter and something that sorts after every other letter."""
    found = {}
    for index, small in enumerate(unicodedata.normalize("NFC", letters).split()):
        for letter in (small, small.upper()):
            if len(letter) == 1:
                base = unicodedata.normalize("NFD", letter)[0]
                found[ord(letter)] = base + chr(_LAST_PLANE + index)
    return found


def _without_opening(text: str) -> str:
    """The text from its first character that is no punctuation."""
    starts = (i for i, char in enumerate(text) if not unicodedata.category(char).startswith("P"))
    return text[next(starts, 0) :]


def _ordered(tags: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in CATEGORIES if name in tags or name == "other")


@cache
def _cldr(code: str) -> Any:
    from babel import Locale as Cldr
    from babel import UnknownLocaleError

    try:
        return Cldr.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


@cache
def _collator() -> Any:
    # pyuca chooses its table by the version of Python unless one is named.
    from pyuca.collator import Collator_9_0_0

    return Collator_9_0_0()


@lru_cache(maxsize=65536)
def _sort_key(text: str) -> Any:
    return _collator().sort_key(text)
