"""A translation beside its source: the same links, placeholders and figures, a similar length."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from generator.checks.corpus import Corpus, Finds
from generator.checks.texts import stem
from generator.date_phrases import roman
from generator.declared import word_key
from generator.errors import Problem
from generator.model.kinds import WordType
from generator.prose import Link, Placeholder, parse_prose
from generator.store import Store, Word

# A translation this much shorter or longer than its source has probably lost or gained something.
_SHORTEST, _LONGEST = 0.35, 2.6
_LONG_ENOUGH = 60

_MARK = re.compile(r"[\[{]")
_TARGET = re.compile(r"\]\([^()]*\)|\{[^{}]*\}")


def check(store: Store, corpus: Corpus, source: Corpus) -> Finds:
    """Yield what the strings of a language lack or have too much, with their keys."""
    numbers = corpus.numbers.keys() | source.numbers.keys()
    for key, word in corpus.words.items():
        original = source.words.get(key)
        if original is None or not original.text or not word.text:
            continue
        if _differ(word.text, original.text) and _is_prose(store, key):
            targets = _led_to(word.text)
            if any(target.partition(".")[0] not in store.entries for target in targets):
                continue  # leads nowhere, and is told as such
            for problem in _targets(key, word, targets, _led_to(original.text)):
                yield problem, key
        # Prose has no figures at all.
        if key in numbers and not _is_prose(store, key):
            found, expected = corpus.numbers.get(key, []), source.numbers.get(key, [])
            for problem in _figures(key, word, found, expected):
                yield problem, key
        length = len(original.text)
        if length >= _LONG_ENOUGH and not (
            _SHORTEST <= len(word.text) / length <= _LONGEST or stem(key) != key
        ):
            much = "shorter" if len(word.text) < length else "longer"
            problem = Problem(
                word.place,
                "unusual-length",
                f"{key}: the text is much {much} than its source",
                f"{len(word.text)} characters",
                f"about {length}",
            )
            yield problem, key


def _is_prose(store: Store, key: str) -> bool:
    declared = word_key(store, key)
    return declared is not None and declared[1].type is WordType.PROSE


def _differ(text: str, original: str) -> bool:
    """Whether two texts lead to different things."""
    if not _MARK.search(text) and not _MARK.search(original):
        return False
    return sorted(_TARGET.findall(text)) != sorted(_TARGET.findall(original))


def _targets(
    key: str, word: Word, targets: Sequence[str], expected: Sequence[str]
) -> Iterator[Problem]:
    """Placeholders and links that the source has and the translation not, and the reverse."""
    lost, gained = _difference(expected, targets)
    for target, message in ((lost, "is missing"), (gained, "is not in the source text")):
        if target:
            yield Problem(
                word.place,
                "different-targets",
                f"{key}: a link or placeholder {message}",
                target,
                "the links and placeholders of the source text",
            )


def _led_to(text: str) -> list[str]:
    return [part.target for part in parse_prose(text) if isinstance(part, Link | Placeholder)]


def _figures(
    key: str, word: Word, found: list[tuple[int, str]], expected: list[tuple[int, str]]
) -> Iterator[Problem]:
    """Figures that only one of the two has; an ordinal may be in Roman numerals in either."""
    have, want = [text for _, text in found], [text for _, text in expected]
    lost, gained = _difference(want, have)
    if lost and re.search(rf"\b{roman(int(lost))}\b", word.text):
        rest = list(want)
        rest.remove(lost)
        lost, gained = _difference(rest, have)
    if lost or gained:
        at = next((at for at, text in found if text == gained), 0)
        yield Problem(
            word.inside(at) if gained else word.place,
            "different-digits",
            f"{key}: the text has other figures than in the source language",
            gained or lost,
            " ".join(want) or "none",
        )


def _difference(first: Iterable[str], second: Iterable[str]) -> tuple[str | None, str | None]:
    """One item that only the first has, and one that only the second has."""
    lost, gained = Counter(first) - Counter(second), Counter(second) - Counter(first)
    return next(iter(lost), None), next(iter(gained), None)
