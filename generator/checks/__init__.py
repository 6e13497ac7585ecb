"""What must hold across records and words; one topic a module, all problems in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from generator.answers import Answers, state_of_content, state_of_words
from generator.checks import (
    bodies,
    codes,
    completeness,
    dates,
    figures,
    history,
    ids,
    ledger,
    prose,
    references,
    removed,
    sources,
    spelling,
    texts,
    tiles,
    words,
)
from generator.errors import Problem, ordered
from generator.store import Store

Check = Callable[[Store], Iterator[Problem]]
CHECKS: tuple[Check, ...] = (
    ids.check,
    removed.check,
    references.check,
    dates.check,
    figures.check,
    sources.check,
    bodies.check,
    codes.check,
    tiles.check,
    completeness.check,
    ledger.check,
    words.check,
    prose.check,
    texts.check,
    spelling.check,
    history.check,
)


# The slowest, and of all that changes it reads words only.
_OF_WORDS = (spelling.check,)


def check_store(store: Store, answers: Answers | None = None) -> tuple[Problem, ...]:
    """Return every problem of a store: those of reading and those of all checks, in file order.

    ``answers`` has what was found the last time, for what has not changed since.
    """
    known = answers or Answers()
    return known.get("problems", state_of_content(store), lambda: _found(store, known))


def _all(check: Check, store: Store) -> tuple[Problem, ...]:
    return tuple(check(store))


def _found(store: Store, known: Answers) -> tuple[Problem, ...]:
    problems, words = list(store.problems), state_of_words(store)
    for check in CHECKS:
        if check in _OF_WORDS:
            name = f"problems of {check.__module__}"
            problems.extend(known.get(name, words, partial(_all, check, store)))
        else:
            problems.extend(check(store))
    return ordered(problems)
