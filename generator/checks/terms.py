"""Words: terms of the glossary that a translation lost, and words that a language avoids."""

from __future__ import annotations

from collections.abc import Mapping

from generator.checks.corpus import Corpus, Finds
from generator.errors import Problem
from generator.spelling import Spelling

# Term to the strings of the source language that have it: key, and the form that it has there.
Sought = Mapping[str, Mapping[str, str]]


def sought(corpus: Corpus, spelling: Spelling) -> Sought:
    """Which strings of the source language have which term."""
    found: dict[str, dict[str, str]] = {}
    for term, forms in spelling.terms.items():
        found[term] = {}
        for form in forms:
            for index in corpus.having(form):
                found[term].setdefault(corpus.keys[index], form.written)
    return found


def lost(corpus: Corpus, spelling: Spelling, sought: Sought) -> Finds:
    """Yield strings whose source has a term that they tell by none of its forms."""
    for term, forms in spelling.terms.items():
        wanted = sought.get(term)
        if not wanted:
            continue
        having = {corpus.keys[index] for form in forms for index in corpus.having(form)}
        for key, written in wanted.items():
            word = corpus.words.get(key)
            if word is not None and word.text and key not in having:
                yield (
                    Problem(
                        word.place,
                        "lost-term",
                        f"{key}: the source text has “{written}”, the translation none of the forms"
                        f" of term.{term}",
                        word.text,
                        ", ".join(dict.fromkeys(form.written for form in forms)),
                    ),
                    key,
                )


def unwanted(corpus: Corpus, spelling: Spelling) -> Finds:
    """Yield words that the language avoids, with what is better."""
    for avoided in spelling.unwanted:
        for start, end in corpus.find(avoided.form):
            yield corpus.told(
                start,
                "unwanted-word",
                "the language avoids this word here",
                corpus.text[start:end],
                avoided.better,
            )
