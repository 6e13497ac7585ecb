"""All strings of one language as one text, so that a rule looks at them in one pass.

Placeholders and the brackets and targets of links are blanked out, character by character, so
that every place in the text is a place in a words file.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice, pairwise
from typing import NamedTuple

from generator.errors import Place, Problem
from generator.spelling import Form, Part
from generator.store import Word

# What stands for a placeholder, whose value nobody knows here; for the brackets of a link, which
# a reader does not see; and between two strings.
VALUE, BRACKET, END = "\0", "\1", "\n"
GAP = f" \u00a0{BRACKET}"
APOSTROPHES = "’'ʼ"
_JOINTS = f"{GAP}-"
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(f"[^\\W\\d_]+(?:[{APOSTROPHES}][^\\W\\d_]+)*")

_PLACEHOLDER = re.compile(r"\{[^{}\n]*\}")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]*>")
_LINK = re.compile(r"\[(?=[^\[\]\n]+\]\([^()\n]*\))|\]\([^()\n]*\)")
_BREAKS = str.maketrans("\n\r\0\1", "    ")


class Spot(NamedTuple):
    """A place in a string: the string's key, the string, and the place in its words file."""

    key: str
    word: Word
    place: Place


# A problem, and the key of the string that has it, by which it can be excepted.
Find = tuple[Problem, str]
Finds = Iterator[Find]


class Corpus:
    """The strings of one language by key, as ``text`` and in small letters as ``lower``."""

    def __init__(self, words: Mapping[str, Word]) -> None:
        self.words = words
        self.keys = [key for key, word in words.items() if word.text]
        texts = [_one_line(words[key].text) for key in self.keys]
        self.starts: list[int] = []
        at = 1
        for text in texts:
            self.starts.append(at)
            at += len(text) + 1
        whole = END + "".join(f"{text}{END}" for text in texts)
        if "<" in whole:  # told as HTML, which words do not have
            whole = _TAG.sub(lambda match: VALUE * len(match[0]), whole)
        whole = _PLACEHOLDER.sub(lambda match: VALUE * len(match[0]), whole)
        self.text = _LINK.sub(lambda match: BRACKET * len(match[0]), whole)
        self.lower = _lowered(self.text)

    def index(self, at: int) -> int:
        """The number of the string in which a place of the text lies."""
        return max(bisect_right(self.starts, at) - 1, 0)

    def spot(self, at: int) -> Spot:
        """Which string and place of a words file a place of the text is."""
        index = self.index(at)
        word = self.words[self.keys[index]]
        return Spot(self.keys[index], word, word.inside(at - self.starts[index]))

    def told(
        self, at: int, rule: str, message: str, value: str, expected: str | None = None
    ) -> Find:
        """A find at a place of the text; the message is told with the string's key."""
        spot = self.spot(at)
        return Problem(spot.place, rule, f"{spot.key}: {message}", value, expected), spot.key

    def around(self, at: int, length: int = 1) -> str:
        """What stands at a place, with what is beside it in its string, for a message."""
        index = self.index(at)
        start = self.starts[index]
        end = self.text.find(END, start)
        shown = self.text[max(start, at - 12) : min(end, at + length + 12)]
        return shown.replace(VALUE, "·").replace(BRACKET, "").strip()

    def word_at(self, at: int) -> tuple[int, int]:
        """The start and end of the word around a place."""
        start, end = at, at
        while self._is_letter(start - 1):
            start -= 1
        while self._is_letter(end):
            end += 1
        return start, end

    def _is_letter(self, at: int) -> bool:
        letter = self.text[at]
        if letter in APOSTROPHES:
            return self.text[at - 1].isalpha() and self.text[at + 1].isalpha()
        return letter.isalpha()

    def every(self, piece: str) -> Iterator[int]:
        """Yield every place where a piece of text stands, in small or capital letters."""
        at = self.lower.find(piece)
        while at >= 0:
            yield at
            at = self.lower.find(piece, at + len(piece))

    @cached_property
    def numbers(self) -> dict[str, list[tuple[int, str]]]:
        """By key: the figures outside placeholders and targets, with their places in the string."""
        found: dict[str, list[tuple[int, str]]] = {}
        for match in _DIGITS.finditer(self.text):
            index = self.index(match.start())
            at = match.start() - self.starts[index]
            found.setdefault(self.keys[index], []).append((at, match[0]))
        return found

    @cached_property
    def _strings(self) -> dict[str, list[int]]:
        """Every word in small letters, with the numbers of the strings that have it."""
        found: dict[str, list[int]] = {}
        for index, text in enumerate(self.lower.split(END)[1:-1]):
            for word in set(_WORD.findall(text)):
                found.setdefault(word, []).append(index)
        return found

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted(self._strings)

    @cached_property
    def _all_words(self) -> str:
        return END + END.join(self._vocabulary) + END

    def _words_with(self, piece: str) -> Iterator[str]:
        """Yield every word in which a piece stands."""
        words = self._all_words
        at = words.find(piece)
        while at >= 0:
            end = words.find(END, at)
            yield words[words.rfind(END, 0, at) + 1 : end]
            at = words.find(piece, end)

    def _words_like(self, part: Part) -> Iterator[str]:
        """Yield every word that is the word of a form."""
        text = part.text
        if part.has_start:
            for word in self._words_with(text):
                if part.has_end or word.endswith(text):
                    yield word
        elif part.has_end:
            first = bisect_left(self._vocabulary, text)
            for word in islice(self._vocabulary, first, None):
                if not word.startswith(text):
                    return
                yield word
        elif text in self._strings:
            yield text

    def having_piece(self, piece: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of every word in which a piece in small letters stands."""
        for word in self._words_with(piece):
            for index in self._strings[word]:
                yield from self._places(index, word)

    def having(self, form: Form) -> list[int]:
        """The numbers of the strings that have a form."""
        indices: set[int] | None = None
        for part in form.parts:
            own = {index for word in self._words_like(part) for index in self._strings[word]}
            indices = own if indices is None else indices & own
        found = sorted(indices or ())
        if len(form.parts) == 1:
            return found
        return [index for index in found if any(True for _ in self._spans(index, form))]

    def find(self, form: Form) -> Iterator[tuple[int, int]]:
        """Yield start and end of every place where a form stands."""
        for index in self.having(form):
            yield from self._spans(index, form)

    def first(self, index: int, form: Form) -> tuple[int, int]:
        """Start and end of a form in a string that has it."""
        return next(self._spans(index, form))

    def _spans(self, index: int, form: Form) -> Iterator[tuple[int, int]]:
        words = [(match[0], *match.span()) for match in self._words_of(index)]
        size = len(form.parts)
        for first in range(len(words) - size + 1):
            run = words[first : first + size]
            if all(
                _is(word, part) for (word, _, _), part in zip(run, form.parts, strict=True)
            ) and all(self._are_joined(before[2], after[1]) for before, after in pairwise(run)):
                yield run[0][1], run[-1][2]

    def _places(self, index: int, word: str) -> Iterator[tuple[int, int]]:
        return (match.span() for match in self._words_of(index) if match[0] == word)

    def _words_of(self, index: int) -> Iterator[re.Match[str]]:
        start = self.starts[index]
        return _WORD.finditer(self.lower, start, self.lower.find(END, start))

    def _are_joined(self, end: int, start: int) -> bool:
        """Whether nothing but spaces or a hyphen stands between two words."""
        return all(char in _JOINTS for char in self.lower[end:start])


def _is(word: str, part: Part) -> bool:
    if part.has_start:
        return part.text in word if part.has_end else word.endswith(part.text)
    return word.startswith(part.text) if part.has_end else word == part.text


def _one_line(text: str) -> str:
    """The text without the characters that mean something in a corpus."""
    if "\n" in text or "\r" in text or VALUE in text or BRACKET in text:
        return text.translate(_BREAKS)
    return text


def _lowered(text: str) -> str:
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    # A few capitals have small forms of two characters; they would move what follows.
    return "".join(small if len(small := c.lower()) == 1 else c for c in text)
