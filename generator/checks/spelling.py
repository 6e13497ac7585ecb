"""What a careful colleague would see in words: letters, marks, spaces, terms, lost parts.

What a language has and lacks stands in its own ``spelling.yaml`` and ``glossary.yaml``. A find
that is right all the same is excepted in ``content/exceptions.yaml``, with a reason; exceptions
that no find needs any more are a warning, which stops no build. Nothing here runs or renders what
it reads.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks import comparison, letters, punctuation, terms
from generator.checks.corpus import Corpus
from generator.errors import Problem, closest
from generator.spelling import TERM, Spelling, read_spelling
from generator.store import Store


def check(store: Store) -> Iterator[Problem]:
    """Yield what is odd in the words of each language, and exceptions that nothing needs."""
    if store.site is None:
        return
    settings = {code: read_spelling(store.spelling.get(code, {})) for code in store.site.codes}
    for code, (spelling, problems) in settings.items():
        yield from problems
        yield from _unknown_terms(store, code, spelling, store.site.source_language)
    needed: set[tuple[str, str, str]] = set()
    spellings = {code: spelling for code, (spelling, _) in settings.items()}
    for problem, language, key in _finds(store, spellings, store.site.source_language):
        exception = (language, problem.rule, key)
        if exception in store.exceptions:
            needed.add(exception)
        else:
            yield problem
    for exception, word in store.exceptions.items():
        # In a file that cannot be read the find may still be there.
        if exception not in needed and not _is_unread(store, exception[0]):
            yield Problem(
                word.key,
                "unused-exception",
                "nothing needs this exception any more",
                exception[2],
                "no such line",
                severity="warning",
            )


def _is_unread(store: Store, language: str) -> bool:
    return any(file.startswith(f"words/{language}/") for file in store.unread)


def _finds(
    store: Store, spellings: dict[str, Spelling], source: str
) -> Iterator[tuple[Problem, str, str]]:
    original = _corpus(store, source)
    sought = terms.sought(original, spellings[source])
    for language, spelling in spellings.items():
        corpus = original if language == source else _corpus(store, language)
        for found in (
            letters.check(corpus, spelling),
            punctuation.check(corpus, spelling),
            terms.unwanted(corpus, spelling),
        ):
            for problem, key in found:
                yield problem, language, key
        if language != source:
            for found in (
                comparison.check(store, corpus, original),
                terms.lost(corpus, spelling, sought),
            ):
                for problem, key in found:
                    yield problem, language, key


def _corpus(store: Store, language: str) -> Corpus:
    texts = store.texts.get(language, {})
    kept = {key: word for key, word in texts.items() if not key.startswith("locale.")}
    return Corpus({**store.words.get(language, {}), **kept})


def _unknown_terms(
    store: Store, language: str, spelling: Spelling, source: str
) -> Iterator[Problem]:
    """Terms that the glossary of the source language lacks, so that nobody would look for them."""
    words, known = store.spelling.get(language, {}), store.spelling.get(source, {})
    if f"words/{source}/glossary.yaml" in store.unread:
        return
    for term in spelling.terms:
        key = f"{TERM}{term}"
        if key not in known:
            yield Problem(
                words[key].key,
                "unknown-word",
                "the glossary of the source language has no such term",
                key,
                None,
                closest(key, known),
            )
