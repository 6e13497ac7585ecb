"""What must hold across records and words; one topic a module, all problems in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

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
from generator.errors import Problem, ordered
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


def check_store(store: Store) -> tuple[Problem, ...]:
    """Return every problem of a store: those of reading and those of all checks, in file order."""
    problems = list(store.problems)
    for check in CHECKS:
        problems.extend(check(store))
    return ordered(problems)
