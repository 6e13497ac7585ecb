"""JSON Schema of the content files that hold no records: settings, vocabulary, words and notes.

Those of records come from ``model.schema``; both are written to ``schemas/`` for editors. The keys
of ``FILES`` name the schema, and the files that it is for below ``content/``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel

from generator.model.fields import MAX_SLUG
from generator.model.history import Log
from generator.model.ledger import LedgerEntry
from generator.model.links import Excused
from generator.model.release import Release
from generator.model.removed import Removed
from generator.model.schema import DIALECT, NamelessSchema
from generator.model.vocabulary import LISTS
from generator.site import Site

Schema = dict[str, Any]
_ID = {"pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "maxLength": MAX_SLUG}
_TEXT: Schema = {"type": "string", "minLength": 1}
_HASHES = "[0-9a-f]{12}(=[0-9a-f]{12})?( [0-9a-f]{12})*"


def _of(model: type[BaseModel]) -> tuple[Schema, Schema]:
    """The schema of a model, and the definitions that it refers to."""
    schema = model.model_json_schema(schema_generator=NamelessSchema)
    return schema, schema.pop("$defs", {})


def _whole(model: type[BaseModel]) -> Schema:
    schema, definitions = _of(model)
    return {**schema, "$defs": definitions}


def _each(model: type[BaseModel], keys: Schema) -> Schema:
    """A mapping of keys to values of a model."""
    schema, definitions = _of(model)
    return {
        "type": "object",
        "propertyNames": keys,
        "additionalProperties": {"$ref": f"#/$defs/{model.__name__}"},
        "$defs": {**definitions, model.__name__: schema},
    }


def _vocabulary() -> Schema:
    properties, definitions = {}, {}
    for name, model in LISTS.items():
        schema, inner = _of(model)
        definitions.update({**inner, model.__name__: schema})
        properties[name] = {
            "type": "object",
            "propertyNames": _ID,
            "additionalProperties": {"$ref": f"#/$defs/{model.__name__}"},
            "minProperties": 1,
        }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
        "$defs": definitions,
    }


def _texts(value: Schema = _TEXT) -> Schema:
    return {"type": "object", "additionalProperties": value}


# Name of the schema -> the files that it is for, and how it is made.
FILES: Mapping[str, tuple[str, Callable[[], Schema]]] = {
    "site": ("site.yaml", lambda: _whole(Site)),
    "vocabulary": ("facts/vocabulary.yaml", _vocabulary),
    "history": ("history.yaml", lambda: _each(Log, _ID)),
    "releases": ("releases.yaml", lambda: _each(Release, {"pattern": r"^\d+\.\d+\.\d+$"})),
    "links": ("links.yaml", lambda: _each(Excused, {"pattern": "^https?://"})),
    "removed": ("removed.yaml", lambda: _each(Removed, _ID)),
    "ledger": ("ledger/*.yaml", lambda: _each(LedgerEntry, {"pattern": r"^\d+(-\d+)?$"})),
    "stamps": ("stamps/*.yaml", lambda: _texts({"type": "string", "pattern": f"^{_HASHES}$"})),
    "exceptions": ("exceptions.yaml", lambda: _texts(_texts(_texts()))),
    "words": ("words/*/*.yaml", _texts),
}


def other_schemas() -> dict[str, bytes]:
    """The schemas of all content files without records: name of the file to bytes."""
    return {
        f"{name}.schema.json": (
            json.dumps({"$schema": DIALECT, "title": name, **make()}, ensure_ascii=False, indent=1)
            + "\n"
        ).encode()
        for name, (_, make) in FILES.items()
    }
