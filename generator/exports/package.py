"""``datapackage.json``: what the CSV files are and which types their columns have.

Frictionless Data Package, version 1 (https://specs.frictionlessdata.io/data-package/), so that
programs read the tables with types and check what refers to what.
"""

from __future__ import annotations

import hashlib
from typing import Any

from generator.dataset import Dataset
from generator.exports.plain import to_json
from generator.exports.relations import tables_of
from generator.exports.tables import Column, Table
from generator.model.kinds import BY_PLURAL
from generator.routes import Routes
from generator.words import Words

# The texts that it asks for.
TEXTS = ("site.name", "site.description")
NAME = "datapackage.json"


def package_json(dataset: Dataset, words: Words, routes: Routes) -> bytes:
    """The description of the data, its words in the source language."""
    site = dataset.site
    texts = words.texts(words.source_language)
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "data",
        "id": f"{site.tag}data",
        "title": texts.get("site.name", ""),
        "description": texts.get("site.description", ""),
        "homepage": site.address,
        "version": dataset.version,
        "created": f"{dataset.last_change.first.isoformat()}T00:00:00Z",
        "as_of": site.as_of.edtf,
        "languages": list(site.codes),
    }
    if site.licence is not None:
        licence = {"name": site.licence.id, "path": site.licence.address}
        package["licenses"] = [licence]
    tables = tables_of(dataset, words, routes)
    package["resources"] = [_resource(table, tables.keys()) for table in tables.values()]
    return to_json({key: value for key, value in package.items() if value is not None})


def _resource(table: Table, known: Any) -> dict[str, Any]:
    resource = {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(table.csv),
        "hash": f"sha256:{hashlib.sha256(table.csv).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True},
        "schema": _schema(table),
    }
    if table.name in BY_PLURAL:
        resource["title"] = BY_PLURAL[table.name].name
    return resource


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, table.key) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    links = [
        {
            "fields": column.name,
            "reference": {
                "resource": "" if column.target == table.name else column.target,
                "fields": "id",
            },
        }
        for column in table.columns
        if column.target is not None
    ]
    if links:
        schema["foreignKeys"] = links
    return schema


def _field(column: Column, key: tuple[str, ...]) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type}
    constraints: dict[str, Any] = {}
    if column.is_required:
        constraints["required"] = True
    if key == (column.name,):
        constraints["unique"] = True
    if column.entries:
        constraints["enum"] = list(column.entries)
    if constraints:
        field["constraints"] = constraints
    return field
