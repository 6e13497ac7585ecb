"""How a language is written: what its ``spelling.yaml`` and ``glossary.yaml`` say to the checks.

Both files are flat like all words files, and nothing in them is ever run: a setting is a list of
letters, marks, pieces of words or forms of words, and the checks look for exactly these.

A **form** is a word or several that follow each other; a star at the end of a word stands for any
ending, a star at its start for any beginning: ``old house*``, ``*plan``. Forms are separated
by commas. Capital letters make no difference, nor whether words are joined by a hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any, NamedTuple

from generator.errors import Problem, closest
from generator.store import Word

_PART = re.compile(r"(\*?)([^\W\d_]+(?:[’'ʼ][^\W\d_]+)*)(\*?)")
MOST_WORDS = 8
TERM, NOT, PIECES = "term.", "not.", "pieces-not."


class Part(NamedTuple):
    """One word of a form, in small letters, and whether more letters may stand around it."""

    text: str
    has_start: bool
    has_end: bool


@dataclass(frozen=True, slots=True)
class Form:
    """One or several words that follow each other, as they were written down."""

    written: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Unwanted:
    """A form that the language does not use, and what stands in its place, if that is one form."""

    form: Form
    better: str | None


class Pair(NamedTuple):
    """Two marks or groups of letters that belong together."""

    first: str
    second: str


@dataclass(slots=True)
class Spelling:
    """The settings of one language; what it does not set is not looked for.

    ``after_vowel``: the first letter becomes the second where it follows a vowel, and only there;
    not in the words of ``after_vowel_keep``. ``only_before``: a mark, and the only letters that it
    stands before. ``pieces_not`` are runs of letters that no word has. ``terms`` maps the terms of
    the glossary to the forms that tell them, ``unwanted`` are words to avoid.
    """

    letters_not: str = ""
    marks_not: str = ""
    marks_tight: str = ""
    no_break_after: str = ""
    quotes: Pair | None = None
    quotes_inner: Pair | None = None
    dash: str = ""
    vowels: str = ""
    after_vowel: Pair | None = None
    after_vowel_keep: tuple[Form, ...] = ()
    only_before: Pair | None = None
    pieces_not: dict[str, None] = field(default_factory=dict)
    terms: dict[str, tuple[Form, ...]] = field(default_factory=dict)
    unwanted: list[Unwanted] = field(default_factory=list)


class _Unclear(ValueError):
    """A setting that does not say what it should; the text says what belongs there."""


def parse_forms(text: str) -> tuple[Form, ...]:
    """Return the forms of a list; ValueError says what one should look like."""
    return tuple(_form(piece) for piece in text.split(","))


def _form(text: str) -> Form:
    parts = []
    for word in text.replace("-", " ").split():
        match = _PART.fullmatch(word)
        if match is None:
            raise _Unclear("words of letters, each perhaps with a star at its start or end")
        parts.append(Part(match[2].lower(), bool(match[1]), bool(match[3])))
    if len(parts) > MOST_WORDS:  # each may begin with either of two letters
        raise _Unclear(f"forms of at most {MOST_WORDS} words")
    if not parts:
        raise _Unclear("forms separated by commas, none of them empty")
    return Form(text.strip(), tuple(parts))


def _unwanted(text: str) -> list[Unwanted]:
    found = []
    for piece in text.split(","):
        wrong, arrow, better = piece.partition(">")
        if arrow and not better.strip():
            raise _Unclear("what is better, after each >")
        found.append(Unwanted(_form(wrong), better.strip() or None))
    return found


def _piece(text: str) -> str:
    if not text.isalpha():
        raise _Unclear("letters, with spaces between one run and the next")
    return text.lower()


def _letters(text: str) -> str:
    return "".join(dict.fromkeys(text.replace(" ", "")))


def _one(text: str) -> str:
    if len(text) != 1:
        raise _Unclear("one mark")
    return text


def _pair(text: str) -> Pair:
    parts = text.split()
    if len(parts) != 2:
        raise _Unclear("two parts, with a space between them")
    return Pair(*parts)


def _mark_pair(text: str) -> Pair:
    pair = _pair(text)
    if len(pair.first) != 1 or len(pair.second) != 1:
        raise _Unclear("two marks or letters, with a space between them")
    return pair


def _mark_and_letters(text: str) -> Pair:
    pair = _pair(text)
    if len(pair.first) != 1:
        raise _Unclear("a mark, a space, and letters")
    return pair


_SETTINGS: Mapping[str, Callable[[str], Any]] = {
    "letters-not": _letters,
    "marks-not": _letters,
    "marks-tight": _letters,
    "no-break-after": _letters,
    "quotes": _mark_pair,
    "quotes-inner": _mark_pair,
    "dash": _one,
    "vowels": _letters,
    "after-vowel": _mark_pair,
    "after-vowel-keep": parse_forms,
    "only-before": _mark_and_letters,
}


def read_spelling(words: Mapping[str, Word]) -> tuple[Spelling, list[Problem]]:
    """Return the settings of a language, and a problem for each line that is none."""
    spelling, problems = Spelling(), []
    for key, word in words.items():
        if not word.text.strip():
            continue
        try:
            is_known = _set(spelling, key, word)
        except _Unclear as error:
            problems.append(
                Problem(
                    word.place,
                    "invalid-setting",
                    f"{key}: the setting cannot be read",
                    word.text,
                    str(error),
                )
            )
            continue
        if not is_known:
            problems.append(
                Problem(
                    word.key,
                    "unknown-word",
                    "there is no such setting of spelling",
                    key,
                    "one of " + ", ".join((*_SETTINGS, *(f"{p}NAME" for p in (PIECES, NOT, TERM)))),
                    closest(key, _SETTINGS),
                )
            )
    _vary(spelling)
    return spelling, problems


def _vary(spelling: Spelling) -> None:
    """Let forms begin with either letter of a pair that changes after a vowel."""
    pair = spelling.after_vowel
    if pair is None:
        return
    for term, forms in spelling.terms.items():
        spelling.terms[term] = tuple(one for form in forms for one in _variants(form, pair))
    spelling.unwanted = [
        replace(unwanted, form=form)
        for unwanted in spelling.unwanted
        for form in _variants(unwanted.form, pair)
    ]


def _variants(form: Form, pair: Pair) -> Iterator[Form]:
    choices = [
        [part, part._replace(text=pair.second + part.text[1:])]
        if part.text.startswith(pair.first)
        else [part]
        for part in form.parts
    ]
    for parts in product(*choices):
        yield Form(form.written, parts)


def _set(spelling: Spelling, key: str, word: Word) -> bool:
    if key.startswith(TERM):
        spelling.terms[key.removeprefix(TERM)] = parse_forms(word.text)
    elif key.startswith(NOT):
        spelling.unwanted += _unwanted(word.text)
    elif key.startswith(PIECES):
        spelling.pieces_not.update(dict.fromkeys(map(_piece, word.text.split())))
    elif key in _SETTINGS:
        setattr(spelling, key.replace("-", "_"), _SETTINGS[key](word.text))
    else:
        return False
    return True
