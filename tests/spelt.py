"""What tests of the checks of words share: texts as a corpus, settings, and what is found."""

from __future__ import annotations

from collections.abc import Mapping

from generator.checks.corpus import Corpus, Finds
from generator.errors import Place
from generator.spelling import Spelling, read_spelling
from generator.store import Word
from tests.helpers import real_store


def words(texts: Mapping[str, str]) -> dict[str, Word]:
    """Each text as a word in a line of its own; its first letter stands in column 11."""
    return {
        key: Word(text, Place("words.yaml", line, 10), Place("words.yaml", line, 1))
        for line, (key, text) in enumerate(texts.items(), start=1)
    }


def corpus(*texts: str) -> Corpus:
    """Some texts with the keys ``t1``, ``t2`` …"""
    return Corpus(words({f"t{number}": text for number, text in enumerate(texts, start=1)}))


def spelling(**texts: str) -> Spelling:
    """Settings by their names, with underlines for hyphens and two for dots."""
    named = {key.replace("__", ".").replace("_", "-"): text for key, text in texts.items()}
    found, problems = read_spelling(words(named))
    assert problems == []
    return found


def spelling_of(lang: str) -> Spelling:
    """The settings of a language of the site."""
    return read_spelling(real_store().spelling[lang])[0]


def found(finds: Finds) -> list[str]:
    """Finds as short lines: the column within the text, counted from 1, and the rule."""
    return [f"{problem.place.column - 10} {problem.rule}" for problem, _ in finds]
