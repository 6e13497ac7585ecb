"""Finds the marked values of a record: its references, vocabulary entries and dates.

The plan for a model class is compiled once from its annotations, so a kind gets its reference
checks, back-links and renaming from the types alone.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from generator.model.dates import Date
from generator.model.fields import Model, Ref, Term

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A value that carries a mark, and the path of keys and indexes that leads to it."""

    path: Path
    mark: Ref | Term | type[Date]
    value: Any


_Walker = Callable[[Any, Path], Iterator[Marked]]


def marked(model: Model) -> Iterator[Marked]:
    """Yield every marked value of ``model`` and of the models inside it, in order of fields."""
    for name, walker in _plan(type(model)):
        value = getattr(model, name)
        if value is not None and value != () and value != {}:
            yield from walker(value, (name,))


def references(model: Model) -> Iterator[Marked]:
    """Yield only the marked values that are ids of other records."""
    return (item for item in marked(model) if isinstance(item.mark, Ref))


@cache
def _plan(model: type[Model]) -> tuple[tuple[str, _Walker], ...]:
    hints = typing.get_type_hints(model, include_extras=True)
    plan = []
    for name in model.model_fields:
        walker = _walker(hints[name])
        if walker is not None:
            plan.append((name, walker))
    return tuple(plan)


def _walker(hint: Any) -> _Walker | None:
    origin = get_origin(hint)
    if origin is Annotated:
        base, *extras = get_args(hint)
        for extra in extras:
            if isinstance(extra, Ref | Term):
                return _leaf(extra)
        return _walker(base)
    if hint is Date:
        return _date
    if origin in (typing.Union, types.UnionType):
        walkers = [w for w in map(_walker, get_args(hint)) if w is not None]
        return walkers[0] if walkers else None
    if origin is tuple:
        return _items(_walker(get_args(hint)[0]))
    if origin is dict:
        return _values(_walker(get_args(hint)[1]))
    if isinstance(hint, type) and issubclass(hint, Model):
        return _nested
    return None


def _leaf(mark: Ref | Term) -> _Walker:
    def walk(value: Any, path: Path) -> Iterator[Marked]:
        yield Marked(path, mark, value)

    return walk


def _date(value: Date, path: Path) -> Iterator[Marked]:
    yield Marked(path, Date, value)
    if value.part:
        yield Marked((*path, "part"), Term("date-parts"), value.part)


def _nested(value: Model, path: Path) -> Iterator[Marked]:
    for item in marked(value):
        yield Marked((*path, *item.path), item.mark, item.value)


def _items(inner: _Walker | None) -> _Walker | None:
    if inner is None:
        return None

    def walk(value: Any, path: Path) -> Iterator[Marked]:
        for index, item in enumerate(value):
            yield from inner(item, (*path, index))

    return walk


def _values(inner: _Walker | None) -> _Walker | None:
    if inner is None:
        return None

    def walk(value: Any, path: Path) -> Iterator[Marked]:
        for key, item in value.items():
            yield from inner(item, (*path, key))

    return walk
