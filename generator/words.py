"""Words of one language, falling back to the source language.

A word is found by ``<id>.<key>``. What a language lacks appears in the source language and says
so (``Text.lang`` differs from the page's), so that the page can mark it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from generator.model.kinds import MAX_PARAGRAPHS
from generator.store import Word


@dataclass(frozen=True, slots=True)
class Text:
    """A word as it was found: its text, the language that it is in, and whether it is stale."""

    text: str
    lang: str
    stale: bool = False


# For each words file, and for all under "": strings, translated ones, missing and stale ones.
Progress = Mapping[str, tuple[int, int, int, int]]


@dataclass(frozen=True, slots=True)
class OpenString:
    """A string that wants work: its state, and the file and line where it is, or belongs."""

    key: str
    state: str
    file: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a translation stands: the keys of stale words, what it lacks, the numbers.

    ``missing`` has the strings that the language lacks, as pages note their reads (``notes_of``);
    ``forms`` are the case forms of names that the language has, and all that it should have.
    """

    stale: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    progress: Progress = field(default_factory=dict)
    forms: tuple[int, int] = (0, 0)
    open: tuple[OpenString, ...] = ()


_COMPLETE = Standing()


def notes_of(key: str) -> set[str]:
    """How a read of a word is noted: by its key, or as a paragraph by the key of the first."""
    stem, _, number = key.rpartition("-")
    return {f"word:{key}", f"words:{key}", *((f"words:{stem}",) if number.isdigit() else ())}


# Words by which a record is called.
NAME_KEYS = ("name", "short")


class Words:
    """All words of a site: language to key to word. ``texts`` belong to no record.

    ``standings`` are those of the languages that the source language is translated into.
    """

    def __init__(
        self,
        source_language: str,
        words: Mapping[str, Mapping[str, Word]],
        texts: Mapping[str, Mapping[str, Word]],
        standings: Mapping[str, Standing] | None = None,
    ) -> None:
        self.source_language = source_language
        self._words = words
        self._texts = texts
        self._standings = standings or {}

    def standing(self, lang: str) -> Standing:
        """How a language stands; the source language is complete."""
        return self._standings.get(lang, _COMPLETE)

    def find(self, lang: str, key: str) -> Text | None:
        """Return the word in ``lang``, else in the source language, else None."""
        for language in (lang, self.source_language):
            word = self._words.get(language, {}).get(key)
            if word is not None and word.text:
                return self._text(word, language, key)
        return None

    def _text(self, word: Word, language: str, key: str) -> Text:
        return Text(word.text, language, key in self.standing(language).stale)

    def paragraphs(self, lang: str, key: str) -> Iterator[Text]:
        """Yield ``key``, ``key-2`` … as far as the language, or else the source language, has them.

        Paragraphs of two languages are never mixed: a translation may have fewer.
        """
        first = self.find(lang, key)
        if first is None:
            return
        yield first
        for number in range(2, MAX_PARAGRAPHS + 1):
            word = self._words.get(first.lang, {}).get(f"{key}-{number}")
            if word is None or not word.text:
                return
            yield self._text(word, first.lang, f"{key}-{number}")

    @cached_property
    def files(self) -> frozenset[str]:
        """All words files."""
        groups = (*self._words.values(), *self._texts.values())
        return frozenset(word.place.file for words in groups for word in words.values())

    def file(self, lang: str, name: str) -> str | None:
        """The words file of a name in a language, else in the source language, else None."""
        for language in (lang, self.source_language):
            path = f"content/words/{language}/{name}.yaml"
            if path in self.files:
                return path
        return None

    def words_of(self, lang: str) -> Mapping[str, Word]:
        """The words of records that a language has itself."""
        return self._words.get(lang, {})

    def texts_of(self, lang: str) -> Mapping[str, Word]:
        """The words that belong to no record that a language has itself."""
        return self._texts.get(lang, {})

    def texts(self, lang: str) -> dict[str, str]:
        """The texts of the interface, terms and values that a language has itself."""
        return {key: w.text for key, w in self._texts.get(lang, {}).items() if w.text}

    def names(self, codes: Iterable[str], lang: str, identifier: str) -> dict[str, str]:
        """The names of a record in each language: ``lang`` first, then those of ``codes``."""
        found: dict[str, str] = {}
        for code in (lang, *codes):
            for key in NAME_KEYS:
                word = self._words.get(code, {}).get(f"{identifier}.{key}")
                if word is not None:
                    found.setdefault(word.text, code)
        return found

    def place(self, lang: str, key: str) -> Word | None:
        """The word with its place, only if the language itself has it."""
        return self._words.get(lang, {}).get(key)
