"""``version.json`` and ``releases.json``: which data these are, and what each release changed.

Files of records stay plain lists, which is what tools that read JSON as tables expect. What holds
of all of them stands once, in ``version.json``, and with the description of the tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.dataset import Dataset
from generator.exports.plain import plain, to_json
from generator.model.release import SORTS, Release
from generator.model.schema import DIALECT
from generator.routes import Routes


def about_data(dataset: Dataset) -> dict[str, Any]:
    """The version, state and licence of the data, for every file that says them.

    ``version`` ends with ``+changed`` if the records have changed since the release.
    """
    site = dataset.site
    said = {
        "version": dataset.version,
        "as_of": site.as_of.edtf,
        "changed": dataset.last_change.edtf,
        "licence": site.licence.id if site.licence else None,
        "licence_address": site.licence.address if site.licence else None,
        "address": site.address,
    }
    return {name: value for name, value in said.items() if value is not None}


def version_json(dataset: Dataset) -> bytes:
    """Which data all files have, in one small file."""
    return to_json({**about_data(dataset), "languages": list(dataset.site.codes)})


def releases_json(dataset: Dataset, routes: Routes) -> bytes:
    """The releases, newest first, with every record that they name."""
    return to_json(
        [
            {
                "version": version,
                "published": release.published.edtf,
                **{
                    sort: [_record(dataset, routes, *one) for one in records_of(release, sort)]
                    for sort in SORTS
                },
            }
            for version, release in dataset.releases.items()
        ]
    )


def records_of(release: Release, sort: str) -> Iterator[tuple[str, str, Any]]:
    """The records of which a release says the same: kind, id then, and what there is to it.

    That is the changes of a changed record, and the new id of a renamed one.
    """
    for kind, ids in getattr(release, sort).items():
        for identifier in ids:
            yield kind, identifier, ids[identifier] if isinstance(ids, dict) else None


def now_of(dataset: Dataset, identifier: str) -> str | None:
    """The id that the record of an id has now; None if there is none any more."""
    return identifier if identifier in dataset.items else dataset.redirects.get(identifier)


def releases_schema() -> bytes:
    """The JSON Schema (draft 2020-12) of ``releases.json``."""
    text = {"type": "string"}
    record = {
        "type": "object",
        "properties": {
            **dict.fromkeys(("id", "kind", "to", "now", "page"), text),
            "fields": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": dict.fromkeys(("field", "before", "after"), text),
                    "required": ["field"],
                    "additionalProperties": False,
                },
            },
        },
        "required": ["id", "kind"],
        "additionalProperties": False,
    }
    release = {
        "type": "object",
        "properties": {
            "version": {"type": "string", "pattern": r"^\d+\.\d+\.\d+$"},
            "published": {"type": "string", "format": "date"},
            **{sort: {"type": "array", "items": {"$ref": "#/$defs/record"}} for sort in SORTS},
        },
        "required": ["version", "published", *SORTS],
        "additionalProperties": False,
    }
    return to_json(
        {
            "$schema": DIALECT,
            "title": "releases",
            "type": "array",
            "items": release,
            "$defs": {"record": record},
        }
    )


def _record(
    dataset: Dataset, routes: Routes, kind: str, identifier: str, more: Any
) -> dict[str, Any]:
    row: dict[str, Any] = {"id": identifier, "kind": kind}
    if isinstance(more, str):
        row["to"] = more
    elif more is not None:
        row["fields"] = [{"field": path, **plain(change)} for path, change in more.items()]
    now = now_of(dataset, identifier)
    if now is not None:
        row["now"] = now
        row["page"] = routes[now]
    return row
