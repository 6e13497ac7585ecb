"""One JSON file for each kind: every record with its names in all languages and its page."""

from __future__ import annotations

from typing import Any

from generator.dataset import Dataset
from generator.exports.plain import plain, to_json
from generator.model.kinds import KINDS, Kind, WordType
from generator.model.schema import record_schema
from generator.noted import shared
from generator.routes import Routes
from generator.words import Words

# The page of a source in print would hide the page of the site.
RENAMED = {"page": "printed_page"}


def records_json(dataset: Dataset, words: Words, routes: Routes, kind: Kind) -> bytes:
    """The records of a kind as a list of objects."""
    return to_json(
        [record_object(dataset, words, routes, item.id) for item in dataset.by_kind[kind.name]]
    )


@shared  # records stand on many pages
def record_object(
    dataset: Dataset, words: Words, routes: Routes, identifier: str
) -> dict[str, Any]:
    """A record with its id, its page, its names in all languages and what refers to it."""
    item = dataset.items[identifier]
    row: dict[str, Any] = {"id": identifier, "page": routes[identifier]}
    row.update({RENAMED.get(k, k): v for k, v in plain(item.record).items()})
    texts: dict[str, dict[str, str]] = {}
    for key in KINDS[item.kind].words:
        if key.type is not WordType.NAME:
            continue
        for language in dataset.site.codes:
            word = words.place(language, f"{identifier}.{key.name}")
            if word is not None and word.text:
                texts.setdefault(key.name, {})[language] = word.text
    if texts:
        row["words"] = texts
    links = dataset.links.get(identifier)
    if links:
        row["linked_from"] = {KINDS[name].plural: list(ids) for name, ids in links.items()}
    return row


def records_schema(dataset: Dataset, kind: Kind) -> bytes:
    """The JSON Schema (draft 2020-12) of a kind's file."""
    schema = record_schema(kind, dataset.vocabulary)
    definitions = schema.pop("$defs", {})
    schema.pop("$schema", None)
    schema["properties"] = {
        "id": {"type": "string"},
        "page": {"type": "string"},
        **{RENAMED.get(k, k): v for k, v in schema["properties"].items()},
        "words": {
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": {"type": "string"}},
        },
        "linked_from": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    }
    schema["required"] = ["id", "page", *schema.get("required", [])]
    return to_json(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": kind.plural,
            "type": "array",
            "items": schema,
            "$defs": definitions,
        }
    )
