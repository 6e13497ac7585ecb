"""One CSV table for a kind: a row for each record, a column for each field."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from generator.dataset import Dataset
from generator.exports.facts import cell
from generator.exports.plain import plain
from generator.model.kinds import Kind
from generator.model.records import Party
from generator.routes import Routes

# What has no place in one cell, and is in the JSON file of the kind.
_NESTED = ("formerly", "field_sources", "passage", "as_printed", "readings", "figures")


def records_csv(dataset: Dataset, routes: Routes, kind: Kind) -> bytes:
    """The records of a kind as CSV (RFC 4180), lists joined by spaces."""
    names = [name for name in kind.model.model_fields if name not in _NESTED]
    names.sort(key=lambda name: name in ("sources", "evidence", "verdict"))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["id", *names, "page"])
    for item in dataset.by_kind[kind.name]:
        cells = [cell(_flat(getattr(item.record, name))) for name in names]
        writer.writerow([item.id, *cells, routes[item.id]])
    return text.getvalue().encode()


def _flat(value: Any) -> Any:
    """A value as a scalar or a list of texts; the parts of a party or stage joined by colons."""
    if isinstance(value, tuple):
        return [str(_flat(item)) for item in value]
    if isinstance(value, Party):
        count = f"{value.count}" if value.count else None
        return ":".join(filter(None, (value.of or value.kind, value.body, value.home, count)))
    flat = plain(value)
    if isinstance(flat, Mapping):
        return ":".join(str(part) for part in flat.values())
    return flat or None
