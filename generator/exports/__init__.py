"""What is published as data: one registry of files, for the downloads page and the tests too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.dataset import Dataset
from generator.exports.calendar import TEXTS as CALENDAR_TEXTS
from generator.exports.calendar import calendar_ics
from generator.exports.facts import facts_csv, facts_json
from generator.exports.pages import page_files
from generator.exports.records import records_json, records_schema
from generator.exports.search import TEXTS as SEARCH_TEXTS
from generator.exports.tables import records_csv
from generator.model.kinds import KINDS, Kind
from generator.routes import Routes
from generator.words import Words

# The last is a language, for a file of one.
Write = Callable[[Dataset, Words, Routes, str], bytes]
LANGUAGE = "{lang}"


@dataclass(frozen=True, slots=True)
class Export:
    """A published file: its name under ``data/``, its media type and how it is written.

    With ``{lang}`` in its name there is one for each language.
    """

    name: str
    media_type: str
    write: Write
    is_schema: bool = False


def _of_kind(kind: Kind) -> tuple[Export, Export]:
    return (
        Export(
            f"{kind.plural}.json",
            "application/json",
            lambda dataset, words, routes, _: records_json(dataset, words, routes, kind),
        ),
        Export(
            f"schemas/{kind.plural}.schema.json",
            "application/schema+json",
            lambda dataset, words, routes, _: records_schema(dataset, kind),
            is_schema=True,
        ),
    )


EXPORTS: tuple[Export, ...] = (
    Export("facts.json", "application/json", lambda d, w, r, _: facts_json(d, r)),
    Export("facts.csv", "text/csv", lambda d, w, r, _: facts_csv(d, r)),
    Export("agreements.csv", "text/csv", lambda d, w, r, _: records_csv(d, r, KINDS["agreement"])),
    Export(f"{LANGUAGE}/forums.ics", "text/calendar", calendar_ics),
    *(export for kind in KINDS.values() for export in _of_kind(kind)),
)

DOWNLOADS = tuple(export.name for export in EXPORTS if not export.is_schema)
# The texts of the interface that exports ask for.
EXPORT_TEXTS = frozenset([*CALENDAR_TEXTS, *SEARCH_TEXTS])


def export_all(dataset: Dataset, words: Words, routes: Routes) -> dict[str, bytes]:
    """Every export, and the data of each page about a record: path in the site to bytes."""
    files = {
        f"data/{export.name.replace(LANGUAGE, lang)}": export.write(dataset, words, routes, lang)
        for export in EXPORTS
        for lang in (dataset.site.codes if LANGUAGE in export.name else ("",))
    }
    of_pages = page_files(dataset, words, routes)
    return {**files, **{f"data/{name}": data for name, data in of_pages.items()}}
