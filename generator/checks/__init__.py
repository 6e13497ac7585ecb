"""What must hold across records and words; one topic a module, all problems in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

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

CHECKS: tuple[Callable[[Store], Iterator[Problem]], ...] = (
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


def check_store(store: Store) -> tuple[Problem, ...]:
    """Return every problem of a store: those of reading and those of all checks, in file order.

    A check that finds more than ``MAX_TOLD`` ends there, and that is a problem of its own, which
    is of no language: it stops the build of every one.
    """
    problems = list(store.problems)
    for check in CHECKS:
        found = check(store)
        problems.extend(islice(found, MAX_TOLD))
        if next(found, None) is not None:
            topic = check.__module__.rpartition(".")[2]
            problems.append(
                Problem(
                    Place("content"),
                    "too-many-problems",
                    f"the check of {topic} found more than {MAX_TOLD:,} problems and ended there",
                )
            )
    return ordered(problems)
