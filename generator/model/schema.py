"""JSON Schema of content files, from the same models that read them.

Editors complete fields and vocabulary entries from it. Written to ``schemas/`` by the command
``schema``; a test refuses a stale one.
"""

from __future__ import annotations

import copy
import json
from functools import lru_cache
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from generator.model.fields import MAX_SLUG, Ref, Term
from generator.model.kinds import KINDS, Kind
from generator.model.vocabulary import Vocabulary

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class NamelessSchema(GenerateJsonSchema):
    """Keeps field titles out: they repeat the names."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Whether a field has a title: never."""
        return False


def record_schema(kind: Kind, vocabulary: Vocabulary) -> dict[str, Any]:
    """The schema of one record of a kind, with the vocabulary's entries as enumerations."""
    return copy.deepcopy(_record_schema(kind, vocabulary))


@lru_cache(maxsize=2 * len(KINDS))
def _record_schema(kind: Kind, vocabulary: Vocabulary) -> dict[str, Any]:
    schema = kind.model.model_json_schema(schema_generator=NamelessSchema)
    _enumerate(kind.model, schema, schema.get("$defs", {}), vocabulary)
    return schema


def file_schema(kind: Kind, vocabulary: Vocabulary) -> dict[str, Any]:
    """The schema of a content file of a kind: a mapping of ids to records."""
    record = record_schema(kind, vocabulary)
    definitions = record.pop("$defs", {})
    definitions[kind.model.__name__] = record
    return {
        "$schema": DIALECT,
        "title": kind.plural,
        "type": "object",
        "propertyNames": {"pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "maxLength": MAX_SLUG},
        "additionalProperties": {"$ref": f"#/$defs/{kind.model.__name__}"},
        "$defs": definitions,
    }


def schema_files(vocabulary: Vocabulary) -> dict[str, bytes]:
    """All schemas of content files: ``KIND.schema.json`` to bytes."""
    return {
        f"{kind.name}.schema.json": (
            json.dumps(file_schema(kind, vocabulary), ensure_ascii=False, indent=1) + "\n"
        ).encode()
        for kind in KINDS.values()
    }


def _enumerate(model: Any, schema: Any, definitions: Any, vocabulary: Vocabulary) -> None:
    """Put the entries of a list where a term belongs, and the kinds where a reference does."""
    import typing

    for name, part in schema.get("properties", {}).items():
        hint = typing.get_type_hints(model, include_extras=True).get(name)
        mark = next(_marks(hint), None)
        target = _string(part)
        if target is None or mark is None:
            continue
        if isinstance(mark, Term):
            target.clear()
            target["enum"] = list(vocabulary.names(mark.list))
        else:
            target["description"] = "id of: " + ", ".join(mark.kinds)
    for nested in _models(model):
        inner = definitions.get(nested.__name__)
        if inner is not None and not inner.get("x-done"):
            inner["x-done"] = True
            _enumerate(nested, inner, definitions, vocabulary)
            inner.pop("x-done", None)


def _string(part: Any) -> Any:
    """The part of a field's schema that describes its text, inside lists and options."""
    if part.get("type") == "string":
        return part
    for inner in (part.get("items"), *part.get("anyOf", ())):
        if isinstance(inner, dict):
            found = _string(inner)
            if found is not None:
                return found
    return None


def _marks(hint: Any) -> Any:
    import typing

    if isinstance(hint, Ref | Term):
        yield hint
    for part in (*getattr(hint, "__metadata__", ()), *typing.get_args(hint)):
        if not isinstance(part, str):
            yield from _marks(part)


def _models(model: Any) -> Any:
    import typing

    from generator.model.fields import Model

    for hint in typing.get_type_hints(model).values():
        stack = [hint]
        while stack:
            current = stack.pop()
            if isinstance(current, type) and issubclass(current, Model):
                yield current
            stack.extend(typing.get_args(current))
