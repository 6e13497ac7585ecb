"""What a careful colleague would see in words: letters of another alphabet, lost parts, odd spaces.

Which letters and marks a language does not use stands in its own ``values.yaml``
(``check.letters-not``, ``check.marks-not``), and before which marks it has no space
(``check.marks-tight``). A find that is right all the same is excepted in
``content/exceptions.yaml``, with a reason; exceptions that no find needs any more are reported.
Nothing here runs or renders what it reads.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache

from generator.checks.texts import stem
from generator.declared import word_key
from generator.errors import Problem
from generator.model.kinds import WordType
from generator.prose import Link, Placeholder, parse_prose
from generator.store import Store, Word

# A translation this much shorter or longer than its source has probably lost or gained something.
_SHORTEST, _LONGEST = 0.35, 2.6
_LONG_ENOUGH = 60

_WORD = re.compile(r"[^\W\d_]+(?:[’'ʼ-][^\W\d_]+)*")
_NOT_TEXT = re.compile(r"\{[^{}]*\}|\]\([^()]*\)")
_SPACES = re.compile(r"  +|\t")


def check(store: Store) -> Iterator[Problem]:
    """Yield what is odd in the words of each language, and exceptions that nothing needs."""
    needed: set[tuple[str, str, str]] = set()
    for problem, language, key in _finds(store):
        exception = (language, problem.rule, key)
        if exception in store.exceptions:
            needed.add(exception)
        else:
            yield problem
    for exception, word in store.exceptions.items():
        if exception not in needed:
            yield Problem(
                word.key,
                "unused-exception",
                "nothing needs this exception any more",
                exception[2],
                "no such line",
            )


def _finds(store: Store) -> Iterator[tuple[Problem, str, str]]:
    if store.site is None:
        return
    source = store.site.source_language
    for language in store.site.codes:
        texts = store.texts.get(language, {})
        letters = _text(texts, "check.letters-not")
        marks = _text(texts, "check.marks-not")
        tight = _text(texts, "check.marks-tight")
        for group, originals in (
            (store.words.get(language, {}), store.words.get(source, {})),
            (texts, store.texts.get(source, {})),
        ):
            for key, word in group.items():
                if not word.text or key.startswith(("check.", "locale.")):
                    continue
                for problem in _letters(key, word, letters, marks, tight):
                    yield problem, language, key
                original = originals.get(key)
                if language != source and original is not None and original.text:
                    for problem in _compared(store, key, word, original):
                        yield problem, language, key


def _text(texts: dict[str, Word], key: str) -> frozenset[str]:
    word = texts.get(key)
    return frozenset(word.text) if word else frozenset()


def _letters(
    key: str,
    word: Word,
    foreign: frozenset[str],
    marks: frozenset[str],
    tight: frozenset[str],
) -> Iterator[Problem]:
    """Foreign letters and marks, words of two alphabets, odd spaces; outside placeholders."""
    text = _NOT_TEXT.sub(lambda match: "\0" * len(match[0]), word.text)
    for match in _WORD.finditer(text):
        odd = _odd_letter(match[0])
        if odd is not None:
            yield Problem(
                word.inside(match.start() + match[0].index(odd)),
                "mixed-letters",
                f"{key}: a word has letters of two alphabets: {unicodedata.name(odd)}",
                match[0],
                "letters of one alphabet",
            )
    for wrong, rule, message in (
        (foreign, "foreign-letter", "the language does not use this letter"),
        (marks, "foreign-mark", "the language does not use this mark"),
    ):
        first = next((i for i, char in enumerate(text) if char in wrong), None)
        if first is not None:
            yield Problem(
                word.inside(first),
                rule,
                f"{key}: {message}: {unicodedata.name(text[first], 'unnamed')}",
                text[max(0, first - 12) : first + 12].replace("\0", "·").strip(),
            )
    spaces = _SPACES.search(text)
    if spaces:
        yield Problem(
            word.inside(spaces.start()), "odd-space", f"{key}: a space too many", spaces[0]
        )
    loose = next((i for i in range(1, len(text)) if text[i] in tight and text[i - 1] == " "), None)
    if loose is not None and text[loose + 1 : loose + 2] in ("", " "):
        yield Problem(
            word.inside(loose - 1),
            "odd-space",
            f"{key}: the language has no space before this mark",
            text[loose],
        )


@cache
def _script(letter: str) -> str:
    """The alphabet of a letter, by its Unicode name."""
    return unicodedata.name(letter, "?").partition(" ")[0]


@lru_cache(maxsize=65536)
def _odd_letter(word: str) -> str | None:
    """The first letter of the alphabet that fewer letters of the word are of; None if all agree."""
    if word.isascii():
        return None
    counted = Counter(_script(letter) for letter in word if letter.isalpha())
    if len(counted) < 2:
        return None
    rare = min(counted, key=lambda script: (counted[script], script))
    return next(letter for letter in word if letter.isalpha() and _script(letter) == rare)


def _compared(store: Store, key: str, word: Word, original: Word) -> Iterator[Problem]:
    """Placeholders and links that the source has and the translation not, and the reverse."""
    declared = word_key(store, key)
    if declared is not None and declared[1].type is WordType.PROSE:
        targets = _targets(word.text)
        if any(target.partition(".")[0] not in store.entries for target in targets):
            return  # leads nowhere, and is told as such
        lost, gained = _difference(_targets(original.text), targets)
        for target, message in ((lost, "is missing"), (gained, "is not in the source text")):
            if target:
                yield Problem(
                    word.place,
                    "different-targets",
                    f"{key}: a link or placeholder {message}",
                    target,
                    "the links and placeholders of the source text",
                )
    # Titles may write an ordinal as a word where the source has it in figures.
    if declared is not None and declared[1].name == "name":
        lost, gained = _difference(_digits(original.text), _digits(word.text))
        if lost or gained:
            yield Problem(
                word.place,
                "different-digits",
                f"{key}: the name has other figures than in the source language",
                gained or lost,
                " ".join(_digits(original.text)) or "none",
            )
    length = len(original.text)
    if length >= _LONG_ENOUGH and stem(key) == key:
        ratio = len(word.text) / length
        if not _SHORTEST <= ratio <= _LONGEST:
            yield Problem(
                word.place,
                "unusual-length",
                f"{key}: the text is much {'shorter' if ratio < 1 else 'longer'} than its source",
                f"{len(word.text)} characters",
                f"about {length}",
            )


def _targets(text: str) -> list[str]:
    return [part.target for part in parse_prose(text) if isinstance(part, Link | Placeholder)]


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _difference(first: list[str], second: list[str]) -> tuple[str | None, str | None]:
    """One item that only the first has, and one that only the second has."""
    lost, gained = Counter(first) - Counter(second), Counter(second) - Counter(first)
    return next(iter(lost), None), next(iter(gained), None)
