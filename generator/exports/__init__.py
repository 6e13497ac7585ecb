"""What is published as data: one registry of files, for the downloads page and the tests too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.dataset import Dataset
from generator.exports.facts import facts_csv, facts_json
from generator.exports.records import records_json, records_schema
from generator.model.kinds import KINDS, Kind
from generator.routes import Routes
from generator.words import Words

Write = Callable[[Dataset, Words, Routes], bytes]


@dataclass(frozen=True, slots=True)
class Export:
    """A published file: its name under ``data/``, its media type and how it is written."""

    name: str
    media_type: str
    write: Write
    is_schema: bool = False


def _of_kind(kind: Kind) -> tuple[Export, Export]:
    return (
        Export(
            f"{kind.plural}.json",
            "application/json",
            lambda dataset, words, routes: records_json(dataset, words, routes, kind),
        ),
        Export(
            f"schemas/{kind.plural}.schema.json",
            "application/schema+json",
            lambda dataset, words, routes: records_schema(dataset, kind),
            is_schema=True,
        ),
    )


EXPORTS: tuple[Export, ...] = (
    Export("facts.json", "application/json", lambda d, w, r: facts_json(d, r)),
    Export("facts.csv", "text/csv", lambda d, w, r: facts_csv(d, r)),
    *(export for kind in KINDS.values() for export in _of_kind(kind)),
)

DOWNLOADS = tuple(export.name for export in EXPORTS if not export.is_schema)


def export_all(dataset: Dataset, words: Words, routes: Routes) -> dict[str, bytes]:
    """Every export: path in the site to bytes."""
    return {f"data/{export.name}": export.write(dataset, words, routes) for export in EXPORTS}
