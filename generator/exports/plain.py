"""Typed values as JSON: dates as EDTF, decimals as numbers, empty fields left out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from generator.model.dates import Date
from generator.model.fields import Model


def number(value: Decimal) -> int | float:
    """A decimal as a JSON number: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def plain(value: Any) -> Any:
    """Return a value that ``json`` can write; models become objects without empty fields."""
    if isinstance(value, Model):
        return {
            name: plain(getattr(value, name))
            for name in type(value).model_fields
            if not _is_empty(getattr(value, name))
        }
    if isinstance(value, Date):
        return {"on": value.edtf, "part": value.part} if value.part else value.edtf
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value == () or value == {}


def to_json(value: Any) -> bytes:
    """UTF-8 JSON, indented, in the order given, with a line end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
