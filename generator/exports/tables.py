"""Tables: what CSV files, the data package and the database are written from.

A table is columns with types, and rows of plain values; lists are joined by spaces.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.exports.facts import cell

# A value of a row: what JSON knows, without mappings.
Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``type`` is one of Frictionless's.

    ``target`` is the table that its ids belong to, ``entries`` are all values that it may have.
    """

    name: str
    type: str = "string"
    is_required: bool = False
    target: str | None = None
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Table:
    """A table with its rows in a stable order; ``key`` are the columns that tell them apart."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Value, ...]]
    key: tuple[str, ...] = ()

    @cached_property
    def csv(self) -> bytes:
        """The table as CSV (RFC 4180)."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([column.name for column in self.columns])
        for row in self.rows:
            writer.writerow([cell(value) for value in row])
        return text.getvalue().encode()


def joined(values: Sequence[str]) -> str | None:
    """A list as one value."""
    return " ".join(values) or None


def scalar(value: Any) -> Value:
    """A plain value without lists."""
    if isinstance(value, list | tuple):
        return joined([str(part) for part in value])
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"no value of a table: {type(value).__name__}")
