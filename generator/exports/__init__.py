"""What is published as data: one registry of files, for the downloads page and the tests too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from generator.dataset import Dataset
from generator.exports.calendar import TEXTS as CALENDAR_TEXTS
from generator.exports.calendar import calendar_ics
from generator.exports.citations import FORMATS
from generator.exports.citations import Write as References
from generator.exports.database import database
from generator.exports.facts import facts_json
from generator.exports.feeds import TEXTS as FEED_TEXTS
from generator.exports.feeds import archives_of_all, changes_atom, feed_of_record
from generator.exports.identifiers import identifiers_json
from generator.exports.package import NAME as PACKAGE
from generator.exports.package import TEXTS as PACKAGE_TEXTS
from generator.exports.package import package_json
from generator.exports.pages import files_of_page, pages_with_data
from generator.exports.records import records_json, records_schema
from generator.exports.references import TEXTS as REFERENCE_TEXTS
from generator.exports.references import source_references
from generator.exports.relations import table_of
from generator.exports.search import TEXTS as SEARCH_TEXTS
from generator.exports.versions import releases_json, releases_schema, version_json
from generator.model.kinds import KINDS, Kind
from generator.routes import CITATION_FORMATS, FEED, FOLLOWED, Routes, archive_of, feed_of
from generator.views.downloads import Download
from generator.words import Words

# The last is a language, for a file of one.
Write = Callable[[Dataset, Words, Routes, str], bytes]
LANGUAGE = "{lang}"
# Makes some files: path in the site to bytes.
Make = Callable[[Dataset, Words, Routes], dict[str, bytes]]


class Group(StrEnum):
    """The part of the downloads page that a file stands in, in the order of the parts."""

    WHOLE = "whole"
    RECORDS = "records"
    CITATIONS = "citations"
    SUBSCRIPTIONS = "subscriptions"
    SCHEMAS = "schemas"


@dataclass(frozen=True, slots=True)
class Export:
    """A published file: its name under ``data/``, how it is written, and what a reader is told.

    With ``{lang}`` in its name there is one for each language. ``holds`` is the key of the text
    that says what is in it, ``form`` the name of its format, ``kind`` the kind whose records it
    has, if it has those of one. All stand under the site's licence.
    """

    name: str
    form: str
    media_type: str
    holds: str
    write: Write
    group: Group = Group.WHOLE
    kind: str = ""


def _table(name: str, holds: str, group: Group = Group.WHOLE, kind: str = "") -> Export:
    return Export(
        f"{name}.csv",
        "CSV",
        "text/csv",
        holds,
        lambda dataset, words, routes, _: table_of(dataset, words, routes, name).csv,
        group,
        kind,
    )


def _of_kind(kind: Kind) -> tuple[Export, ...]:
    return (
        _table(kind.plural, f"section.{kind.name}", Group.RECORDS, kind.name),
        Export(
            f"{kind.plural}.json",
            "JSON",
            "application/json",
            f"section.{kind.name}",
            lambda dataset, words, routes, _: records_json(dataset, words, routes, kind),
            Group.RECORDS,
            kind.name,
        ),
        Export(
            f"schemas/{kind.plural}.schema.json",
            "JSON Schema",
            "application/schema+json",
            f"section.{kind.name}",
            lambda dataset, words, routes, _: records_schema(dataset, kind),
            Group.SCHEMAS,
        ),
    )


def _all_sources(form: str, media_type: str, write: References) -> Export:
    return Export(
        f"sources.{form}",
        CITATION_FORMATS[form],
        media_type,
        "section.source",
        lambda d, w, r, _: write(source_references(d, w, d.by_kind["source"])),
        Group.CITATIONS,
        "source",
    )


EXPORTS: tuple[Export, ...] = (
    Export(
        "facts.json",
        "JSON",
        "application/json",
        "downloads.facts",
        lambda d, w, r, _: facts_json(d, r),
    ),
    _table("facts", "downloads.facts"),
    Export(
        "data.sqlite",
        "SQLite",
        "application/vnd.sqlite3",
        "downloads.database",
        lambda d, w, r, _: database(d, w, r),
    ),
    Export(
        PACKAGE,
        "Frictionless",
        "application/json",
        "downloads.package",
        lambda d, w, r, _: package_json(d, w, r),
    ),
    _table("names", "downloads.names"),
    _table("links", "downloads.links"),
    _table("labels", "downloads.labels"),
    _table("crosswalk", "downloads.crosswalk"),
    _table("history", "downloads.history"),
    _table("releases", "downloads.releases"),
    Export(
        "releases.json",
        "JSON",
        "application/json",
        "downloads.releases",
        lambda d, w, r, _: releases_json(d, r),
    ),
    Export(
        "version.json",
        "JSON",
        "application/json",
        "downloads.version",
        lambda d, w, r, _: version_json(d),
    ),
    Export(
        "identifiers.json",
        "JSON",
        "application/json",
        "downloads.identifiers",
        lambda d, w, r, _: identifiers_json(d),
    ),
    Export(
        f"{LANGUAGE}/{FEED}",
        "Atom",
        "application/atom+xml",
        "feed.title",
        changes_atom,
        Group.SUBSCRIPTIONS,
    ),
    Export(
        f"{LANGUAGE}/forums.ics",
        "iCalendar",
        "text/calendar",
        "calendar.name",
        calendar_ics,
        Group.SUBSCRIPTIONS,
    ),
    *(_all_sources(form, *of_form) for form, of_form in FORMATS.items()),
    Export(
        "schemas/releases.schema.json",
        "JSON Schema",
        "application/schema+json",
        "downloads.releases",
        lambda d, w, r, _: releases_schema(),
        Group.SCHEMAS,
    ),
    *(export for kind in KINDS.values() for export in _of_kind(kind)),
)

# The texts of the interface that exports ask for.
EXPORT_TEXTS = frozenset(
    [
        *CALENDAR_TEXTS,
        *FEED_TEXTS,
        *PACKAGE_TEXTS,
        *REFERENCE_TEXTS,
        *SEARCH_TEXTS,
        *(export.holds for export in EXPORTS),
        *(f"downloads.group.{group}" for group in Group),
    ]
)


def downloads_of(lang: str) -> list[Download]:
    """What the downloads page of a language is told of the files, group by group."""
    return [
        Download(
            export.name.replace(LANGUAGE, lang),
            export.form,
            export.holds,
            f"downloads.group.{export.group}",
            export.kind,
        )
        for group in Group
        for export in EXPORTS
        if export.group is group
    ]


def units(dataset: Dataset, words: Words, routes: Routes) -> dict[str, Make]:
    """Everything that is exported, by name, in pieces that are made by themselves.

    These are every export, and the data and feeds of each page about a record.
    """
    found: dict[str, Make] = {}
    for export in EXPORTS:
        for lang in dataset.site.codes if LANGUAGE in export.name else ("",):
            name = f"data/{export.name.replace(LANGUAGE, lang)}"
            found[name] = partial(_of_export, export, name, lang)
    for page, about in pages_with_data(dataset, routes):
        found[f"data/{page}"] = partial(_of_page, page, about)
    for lang in dataset.site.codes:
        found[f"data/{lang}/{archive_of(FEED, '')}"] = partial(_of_archives, lang)
    for kind in FOLLOWED:
        for item in dataset.by_kind[kind]:
            for lang in dataset.site.codes:
                name = f"data/{lang}/{feed_of(routes[item.id])}"
                found[name] = partial(_of_feed, lang, item.id)
    return found


def _of_export(
    export: Export, name: str, lang: str, dataset: Dataset, words: Words, routes: Routes
) -> dict[str, bytes]:
    return {name: export.write(dataset, words, routes, lang)}


def _of_page(
    page: str, about: str, dataset: Dataset, words: Words, routes: Routes
) -> dict[str, bytes]:
    return _in_data(files_of_page(dataset, words, routes, page, about))


def _of_feed(
    lang: str, about: str, dataset: Dataset, words: Words, routes: Routes
) -> dict[str, bytes]:
    return _in_data(feed_of_record(dataset, words, routes, lang, about))


def _of_archives(lang: str, dataset: Dataset, words: Words, routes: Routes) -> dict[str, bytes]:
    return _in_data(archives_of_all(dataset, words, routes, lang))


def _in_data(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"data/{name}": data for name, data in files.items()}


def export_all(dataset: Dataset, words: Words, routes: Routes) -> dict[str, bytes]:
    """Every export, and the data and feeds of pages about records: path in the site to bytes."""
    found: dict[str, bytes] = {}
    for make in units(dataset, words, routes).values():
        found.update(make(dataset, words, routes))
    return found
