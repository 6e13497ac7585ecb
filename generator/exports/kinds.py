"""The table of a kind: a row for each record, a column for each field that has one value or a list.

Parties and stages are joined by colons; other parts of a record have a column for each of their
fields, such as ``change_percent``. What has more to it is in the JSON file of the kind.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from generator.dataset import Dataset
from generator.exports.plain import plain
from generator.exports.records import RENAMED
from generator.exports.tables import Column, Table, Value, joined, scalar
from generator.exports.titles import plain_title
from generator.model.amounts import StageAt
from generator.model.dates import Date
from generator.model.fields import Model, Ref, Term
from generator.model.kinds import KINDS, Kind
from generator.model.records import Party
from generator.model.vocabulary import Vocabulary
from generator.routes import Routes
from generator.words import Words

# What has no place in one cell.
_NESTED = ("formerly", "field_sources", "passage", "as_printed", "readings", "figures")
_LAST = ("sources", "evidence", "verdict")
_TYPES: dict[type, str] = {bool: "boolean", int: "integer", Decimal: "number"}


@dataclass(frozen=True, slots=True)
class _Field:
    """A column of a kind: the fields that lead to its value, and what its type says."""

    path: tuple[str, ...]
    type: str
    is_required: bool
    marks: tuple[Any, ...]
    is_list: bool

    @property
    def name(self) -> str:
        return "_".join((RENAMED.get(self.path[0], self.path[0]), *self.path[1:]))


def kind_table(dataset: Dataset, words: Words, routes: Routes, kind: Kind) -> Table:
    """The table of a kind, with the title of each record in every language, and its page."""
    fields = _fields(kind)
    codes = dataset.site.codes
    columns = (
        Column("id", is_required=True),
        *(_column(field, dataset.vocabulary) for field in fields),
        *(Column(f"title_{code}", is_required=True) for code in codes),
        Column("page", is_required=True),
    )
    rows = [
        (
            item.id,
            *(_value(item.record, field) for field in fields),
            *(plain_title(dataset, words, code, item.id) for code in codes),
            routes[item.id],
        )
        for item in dataset.by_kind[kind.name]
    ]
    return Table(kind.plural, columns, rows, ("id",))


def _column(field: _Field, vocabulary: Vocabulary) -> Column:
    target: str | None = None
    entries: tuple[str, ...] = ()
    if not field.is_list:
        for mark in field.marks:
            if isinstance(mark, Ref) and len(mark.kinds) == 1:
                target = KINDS[mark.kinds[0]].plural
            elif isinstance(mark, Term):
                entries = tuple(vocabulary.names(mark.list))
    return Column(field.name, field.type, field.is_required, target, entries)


@lru_cache(maxsize=2 * len(KINDS))
def _fields(kind: Kind) -> tuple[_Field, ...]:
    found = [field for field in _of_model(kind.model) if field.path[0] not in _NESTED]
    return tuple(sorted(found, key=lambda field: field.path[0] in _LAST))


def _of_model(
    model: type[Model], path: tuple[str, ...] = (), certain: bool = True
) -> Iterator[_Field]:
    hints = typing.get_type_hints(model, include_extras=True)
    for name, info in model.model_fields.items():
        here = (*path, name)
        is_required = certain and info.is_required()
        base, marks = _unwrapped(hints[name])
        if isinstance(base, type) and issubclass(base, Model) and base is not StageAt:
            yield from _of_model(base, here, is_required)
            continue
        is_list = typing.get_origin(base) is tuple
        kind = "string" if is_list or not isinstance(base, type) else _TYPES.get(base, "string")
        yield _Field(here, kind, is_required or base is bool, marks, is_list)


def _unwrapped(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """A type without its marks and without None."""
    marks: tuple[Any, ...] = ()
    while True:
        origin = typing.get_origin(hint)
        if origin is typing.Annotated:
            hint, *extra = typing.get_args(hint)
            marks = (*marks, *extra)
        elif origin in (typing.Union, types.UnionType):
            (hint,) = (one for one in typing.get_args(hint) if one is not types.NoneType)
        else:
            return hint, marks


def _value(record: Any, field: _Field) -> Value:
    value = record
    for name in field.path:
        value = getattr(value, name) if value is not None else None
    return _flat(value)


def _flat(value: Any) -> Value:
    """A value as a scalar; the parts of a party, stage or part of a date joined by colons."""
    if isinstance(value, tuple):
        return joined([str(_flat(item)) for item in value])
    if isinstance(value, Party):
        count = f"{value.count}" if value.count else None
        return ":".join(filter(None, (value.of or value.kind, value.body, value.home, count)))
    if isinstance(value, StageAt | Date):
        flat = plain(value)
        return ":".join(map(str, flat.values())) if isinstance(flat, dict) else scalar(flat)
    return scalar(plain(value))
