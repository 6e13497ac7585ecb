"""What must hold across records and words; one topic a module, all problems in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

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
    releases,
    removed,
    sources,
    spelling,
    texts,
    tiles,
    words,
)
from generator.errors import Place, Problem, ordered
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
    releases.check,
)


# Nobody reads more of one check, and each may cost a look at all ids for what was meant.
MAX_TOLD = 1_000
# The slowest, and of all that changes it reads words only.
_OF_WORDS = (spelling.check,)


def check_store(store: Store, answers: Answers | None = None) -> tuple[Problem, ...]:
    """Return every problem of a store: those of reading and those of all checks, in file order.

    A check that finds more than ``MAX_TOLD`` ends there, and that is a problem of its own, which
    is of no language: it stops the build of every one. ``answers`` has what was found the last
    time, for what has not changed since.
    """
    known = answers or Answers()
    return known.get("problems", state_of_content(store), lambda: _found(store, known))


def _found(store: Store, known: Answers) -> tuple[Problem, ...]:
    problems, words = list(store.problems), state_of_words(store)
    for check in CHECKS:
        if check in _OF_WORDS:
            name = f"problems of {check.__module__}"
            problems.extend(known.get(name, words, partial(_told, check, store)))
        else:
            problems.extend(_told(check, store))
    return ordered(problems)


def _told(check: Check, store: Store) -> tuple[Problem, ...]:
    """What a check finds, as far as anybody would read it."""
    found = check(store)
    told = tuple(islice(found, MAX_TOLD))
    if next(found, None) is None:
        return told
    topic = check.__module__.rpartition(".")[2]
    return (
        *told,
        Problem(
            Place("content"),
            "too-many-problems",
            f"the check of {topic} found more than {MAX_TOLD:,} problems and ended there",
        ),
    )
