"""Pages for translators: every string marked with its key, and how it stands.

A marked string is wrapped in characters of the private use area, which pass through templates,
Markdown and MkDocs as they are. The script that a preview server adds to its answers
(``templates/preview/mark.js``) turns them into elements. No published page has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.locale import Locale
from generator.store import Word
from generator.words import Standing, Text, Words

OPEN, BEGIN, CLOSE = "\ue000", "\ue001", "\ue002"
_MARKS = re.compile(f"{OPEN}\\d+{BEGIN}|{CLOSE}")

CURRENT, STALE, MISSING = "current", "stale", "missing"


@dataclass(slots=True)
class Marks:
    """What the numbers in marks mean: key, state, and where the string stands or would stand."""

    numbers: dict[str, int] = field(default_factory=dict)
    table: list[tuple[str, str, str]] = field(default_factory=list)

    def wrap(self, key: str, text: str, state: str, place: str) -> str:
        """Return a text with its mark; the number of a key never changes."""
        number = self.numbers.setdefault(key, len(self.table))
        if number == len(self.table):
            self.table.append((key, state, place))
        else:
            self.table[number] = (key, state, place)
        return f"{OPEN}{number}{BEGIN}{text}{CLOSE}"

    def described(self) -> list[dict[str, str]]:
        """The table for the script, by number."""
        return [{"key": key, "state": state, "place": place} for key, state, place in self.table]


def unmarked(text: str) -> str:
    """Return a text without marks."""
    return _MARKS.sub("", text)


class MarkedWords(Words):
    """Words whose texts carry marks."""

    def __init__(
        self,
        source_language: str,
        words: Mapping[str, Mapping[str, Word]],
        texts: Mapping[str, Mapping[str, Word]],
        standings: Mapping[str, Standing],
        marks: Marks,
    ) -> None:
        super().__init__(source_language, words, texts, standings)
        self._marks = marks

    def find(self, lang: str, key: str) -> Text | None:
        """Return the word as ``Words`` does, marked."""
        found = super().find(lang, key)
        return None if found is None else self._marked(found, lang, key)

    def paragraphs(self, lang: str, key: str) -> Iterator[Text]:
        """Yield the paragraphs as ``Words`` does, marked."""
        for number, text in enumerate(super().paragraphs(lang, key), start=1):
            # The first comes from ``find``, and is marked there.
            yield text if number == 1 else self._marked(text, lang, f"{key}-{number}")

    def _marked(self, text: Text, lang: str, key: str) -> Text:
        state = MISSING if text.lang != lang else STALE if text.stale else CURRENT
        word = self.place(text.lang, key)
        place = str(word.place) if word is not None else ""
        return Text(self._marks.wrap(key, text.text, state, place), text.lang, text.stale)


class MarkedLocale(Locale):
    """A locale whose interface texts, labels and patterns carry marks."""

    def __init__(self, code: str, words: Words, marks: Marks) -> None:
        self._words = words
        self._marks = marks
        source = words.source_language
        super().__init__(code, words.texts(code), words.texts(source), source)

    def _said(self, key: str, text: str, is_own: bool) -> str:
        """Return the text as ``Locale`` does, marked."""
        stale = key in self._words.standing(self.code).stale
        state = MISSING if not is_own else STALE if stale else CURRENT
        word = self._words.texts_of(self.code if is_own else self._words.source_language)[key]
        said = super()._said(key, text, is_own)
        return self._marks.wrap(key, said, state, str(word.place))

    def sort_key(self, text: str) -> tuple[Any, ...]:
        """Order by what is read, not by the marks."""
        return super().sort_key(unmarked(text))
