"""Strings to translate, each with its state.

A translation is stale when the source text has changed since somebody last declared the two to
match. That declaration is a stamp: the hash of the source text, kept for each string in
``content/stamps/LANG.yaml`` and written by commands only. It survives rebases, reformatting,
reordering and a copy without git, and touching one string never raises or clears the mark of
another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.checks.texts import PLURALS, stem
from generator.locale import Locale, is_known
from generator.model.kinds import WordType
from generator.model.ledger import text_hash
from generator.store import Store, Word
from generator.text_rules import TITLE_TEXTS, text_rules

INTERFACE = "interface"
NAMES = "names"
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


class State(StrEnum):
    """How a string stands in one language."""

    CURRENT = "current"
    STALE = "stale"
    UNSTAMPED = "unstamped"
    MISSING = "missing"
    SAME = "same-as-source"
    ORPHAN = "orphan"


@dataclass(frozen=True, slots=True)
class Unit:
    """One string in one language: where its source and its translation stand, and its state.

    ``file`` is the words file without its ending; ``translation`` is None if it is missing, and
    ``source`` None if the source language no longer has the string.
    """

    key: str
    file: str
    source: Word | None
    translation: Word | None
    state: State

    @property
    def hash(self) -> str:
        """The stamp that declares the translation to match the source as it is now."""
        return text_hash(self.source.text) if self.source else ""


def units(store: Store, lang: str) -> list[Unit]:
    """Every string of a language, in the order of files and keys; empty for the source language."""
    if store.site is None or lang == store.site.source_language:
        return []
    stamps = store.stamps.get(lang, {})
    names = _names(store)
    found = []
    for key, file, source, translation in _pairs(store, lang):
        stamp = stamps.get(key)
        state = _state(source, translation, stamp.text if stamp else None, key in names)
        found.append(Unit(key, file, source, translation, state))
    return sorted(found, key=lambda unit: (unit.file, unit.key))


def _state(
    source: Word | None, translation: Word | None, stamp: str | None, is_name: bool
) -> State:
    if source is None:
        return State.ORPHAN
    if translation is None or not translation.text.strip():
        return State.MISSING
    if stamp is None:
        if translation.text == source.text and not is_name and has_words(source.text):
            return State.SAME
        return State.UNSTAMPED
    return State.CURRENT if stamp == text_hash(source.text) else State.STALE


def has_words(text: str) -> bool:
    """Whether a text has letters of its own beside its placeholders."""
    return any(piece.isalpha() for piece in _PLACEHOLDER.sub("", text))


def _names(store: Store) -> frozenset[str]:
    """Keys of names, which may well be the same in two languages."""
    return frozenset(
        f"{entry.id}.{key.name}"
        for entry in store.entries.values()
        for key in entry.kind.words
        if key.type is WordType.NAME
    )


def _pairs(store: Store, lang: str) -> Iterator[tuple[str, str, Word | None, Word | None]]:
    """Key, file, source word and translation of every string."""
    if store.site is None:
        return
    code = store.site.source_language
    yield from _record_pairs(
        {**printed_titles(store, code), **store.words.get(code, {})},
        {**printed_titles(store, lang), **store.words.get(lang, {})},
    )
    source, translated = store.texts.get(code, {}), store.texts.get(lang, {})
    required, allowed = wanted_texts(store, lang)
    for key in sorted({*required, *translated}):
        original = source.get(key) or _like(source, key)
        translation = translated.get(key)
        if original is None and (translation is None or key in allowed):
            continue  # a form that only this language has
        if original is None and file_of(translated[key]) == NAMES:
            continue  # case forms are a language's own
        yield key, file_of(original or translated[key]), original, translation


def _record_pairs(
    source: Mapping[str, Word], translated: Mapping[str, Word]
) -> Iterator[tuple[str, str, Word | None, Word | None]]:
    for key in sorted({*source, *translated}):
        original, translation = source.get(key), translated.get(key)
        if original is None and is_printed(translated[key]):
            continue  # the language that it is printed in is all that it has
        if original is not translation:
            yield key, file_of(translation or source[key]), original, translation


def printed_titles(store: Store, lang: str) -> dict[str, Word]:
    """Titles of sources that are printed in a language, which need no translation there."""
    found = {}
    for entry in store.of_kind("source"):
        if entry.record.title and entry.record.language == lang:
            place = entry.at(("title",))
            found[f"{entry.id}.title"] = Word(entry.record.title, place, place)
    return found


def wanted_texts(store: Store, lang: str) -> tuple[set[str], set[str]]:
    """The keys of texts that a language needs, by its own grammar, and all that it may have."""
    if store.site is None or not is_known(lang):
        return set(), set()
    source = store.texts.get(store.site.source_language, {})
    own = {k: w.text for k, w in store.texts.get(lang, {}).items() if w.text}
    locale = Locale(lang, own, {k: w.text for k, w in source.items()})
    rules = {**text_rules(store.vocabulary, locale), **TITLE_TEXTS}
    wanted = {key for key, rule in rules.items() if rule.required}
    for key, word in source.items():
        if file_of(word) != INTERFACE:
            continue
        if stem(key) == key:
            wanted.add(key)
        else:
            wanted.update(f"{stem(key)}.{category}" for category in locale.plural_categories)
    return wanted, wanted | rules.keys()


def _like(source: Mapping[str, Word], key: str) -> Word | None:
    """The source text of a form that the source language does not have: its most general form."""
    parts = key.split(".")
    if parts[-1] in PLURALS:
        parts.pop()
    while len(parts) > 1:
        for candidate in (".".join([*parts, "other"]), ".".join(parts)):
            if candidate in source:
                return source[candidate]
        parts.pop()
    return None


def is_printed(word: Word) -> bool:
    """Whether a word is a title as printed, which stands among the facts."""
    return word.place.file.split("/")[-3:-2] == ["facts"]


def file_of(word: Word) -> str:
    """The words file of a word, without folder and ending; titles as printed count as words."""
    folder, _, name = word.place.file.rpartition("/")
    return folder.rpartition("/")[2] if is_printed(word) else name.removesuffix(".yaml")
