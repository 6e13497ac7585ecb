"""Prose says no figure itself: links and placeholders lead to records, its text has no digits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from generator.declared import word_key
from generator.errors import Problem, closest
from generator.hidden import hidden_in
from generator.model.dates import Date
from generator.model.kinds import WordType
from generator.prose import (
    PLACEHOLDERS,
    Link,
    Literal,
    Part,
    Placeholder,
    find_html,
    parse_prose,
)
from generator.store import Store, Word

# In all scripts; superscripts belong to units of measurement.
_DIGIT = re.compile(r"\d")


def check(store: Store) -> Iterator[Problem]:
    """Yield faults inside the words of records, in every language; of other texts their ends."""
    figures = _figure_ids(store)
    for language in sorted(store.texts):
        for key, word in store.texts[language].items():
            yield from _spaces(word)
            yield from _hidden(key, word)
    for language in sorted(store.words):
        for key, word in store.words[language].items():
            found = word_key(store, key)
            if found is None or not word.text:
                continue
            yield from _spaces(word)
            yield from _hidden(key, word)
            if found[1].type is WordType.PROSE:
                yield from _prose(store, figures, key, word)


def _figure_ids(store: Store) -> set[str]:
    ids = {e.id for e in store.of_kind("figure")}
    for entry in store.entries.values():
        ids.update(f"{entry.id}.{key}" for key in entry.record.figures)
    return ids


def _spaces(word: Word) -> Iterator[Problem]:
    if word.text != word.text.strip() or "\n" in word.text or "\r" in word.text:
        yield Problem(
            word.place,
            "untidy-word",
            "a word is one line without spaces at its ends; a second paragraph is a second key",
            word.text,
        )


def _hidden(key: str, word: Word) -> Iterator[Problem]:
    """The first character that nobody sees, and that makes a word another one."""
    at = hidden_in(word.text)
    if at is not None:
        yield Problem(
            word.inside(at),
            "hidden-character",
            f"{key}: a character that cannot be seen: {unicodedata.name(word.text[at], 'unnamed')}",
            word.text[max(0, at - 12) : at + 12],
            "none",
        )


def _prose(store: Store, figures: set[str], key: str, word: Word) -> Iterator[Problem]:
    tag = find_html(word.text)
    if tag:
        yield Problem(
            word.inside(word.text.index(tag)),
            "html-in-words",
            f"{key}: HTML is not allowed in words",
            tag,
            "[text](id)",
        )
    for part in parse_prose(word.text):
        match part:
            case Link():
                yield from _link(store, key, word, part)
            case Placeholder():
                yield from _placeholder(store, figures, key, word, part)
        yield from _digits(key, word, part)


def _digits(key: str, word: Word, part: Part) -> Iterator[Problem]:
    match part:
        case Literal(text, start):
            pass
        case Link(text, _, start):
            start += 1  # the bracket
        case _:
            return
    if digit := _DIGIT.search(text):
        yield Problem(
            word.inside(start + digit.start()),
            "digit-in-words",
            f"{key}: figures and dates are facts, not words",
            text.strip(),
            "{fact:ID} or {date:ID.field}",
        )


def _link(store: Store, key: str, word: Word, link: Link) -> Iterator[Problem]:
    target = store.entries.get(link.target)
    if target is None and link.target not in store.broken:
        yield Problem(
            word.inside(link.column),
            "unknown-link",
            f"{key}: the link leads to no record",
            link.target,
            "[text](id of a record)",
            closest(link.target, store.entries),
        )


def _placeholder(
    store: Store, figures: set[str], key: str, word: Word, part: Placeholder
) -> Iterator[Problem]:
    place = word.inside(part.column)
    owner = part.target.partition(".")[0]
    if owner in store.broken and part.kind in PLACEHOLDERS:
        return
    if part.kind == "fact":
        if part.target not in figures:
            yield Problem(
                place,
                "unknown-placeholder",
                f"{key}: no figure has this id",
                part.target,
                "{fact:ID of a figure}",
                closest(part.target, figures),
            )
    elif part.kind == "date":
        identifier, _, field = part.target.rpartition(".")
        entry = store.entries.get(identifier)
        value = getattr(entry.record, field, None) if entry and field else None
        if not isinstance(value, Date):
            yield Problem(
                place,
                "unknown-placeholder",
                f"{key}: this is not a date of a record",
                part.target,
                "{date:ID.field}",
                closest(identifier, store.entries) if entry is None else None,
            )
    else:
        yield Problem(
            place,
            "unknown-placeholder",
            f"{key}: there is no such placeholder",
            part.kind,
            " or ".join(PLACEHOLDERS),
            closest(part.kind, PLACEHOLDERS),
        )
