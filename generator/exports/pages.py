"""The data of each page about a record or a measure: figures as CSV, with their records as JSON.

``data/regions/ID.csv`` belongs to the page ``regions/ID/``, and so for every page about a record,
and ``data/measures/ID.csv`` to a page of all figures of a measure. Rows are those of ``facts.csv``,
records those of the files of their kinds. In the formats of citations a file has the sources that
the records rest on, or the source that the page is about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from generator.dataset import Dataset, Item
from generator.exports.citations import FORMATS as CITATIONS
from generator.exports.citations import Reference
from generator.exports.facts import Row, filled, rows, rows_csv
from generator.exports.plain import to_json
from generator.exports.records import record_object
from generator.exports.references import source_references
from generator.exports.versions import about_data
from generator.model.kinds import KINDS
from generator.routes import PAGE_FORMATS, Routes, data_of
from generator.words import Words

# What concerns these as a whole is what their pages show; the rest is on the pages of regions.
_WIDE = ("country", "district")
# The list of the vocabulary whose entries have a page of figures each.
_MEASURES = "measures"
# What each file says of the data as a whole: what a change of another page does not touch.
_SAID = ("as_of", "version", "licence")


@dataclass(frozen=True, slots=True)
class PageData:
    """What a page shows: records, rows of facts, and sources."""

    page: str
    data: dict[str, Any]
    facts: list[Row]
    records: dict[str, list[dict[str, Any]]]
    sources: list[dict[str, Any]]
    references: list[Reference]


def _csv(data: PageData) -> bytes:
    return rows_csv(data.facts)


def _json(data: PageData) -> bytes:
    return to_json(
        {
            "page": data.page,
            **data.data,
            "facts": filled(data.facts),
            "records": data.records,
            "sources": data.sources,
        }
    )


def _cited(write: Callable[[Sequence[Reference]], bytes], data: PageData) -> bytes:
    return write(data.references)


# By the end of the file's name.
FORMATS: Mapping[str, Callable[[PageData], bytes]] = {
    "csv": _csv,
    "json": _json,
    **{form: partial(_cited, write) for form, (_, write) in CITATIONS.items()},
}


def page_files(dataset: Dataset, words: Words, routes: Routes) -> dict[str, bytes]:
    """The files of every page about a record or a measure: path below ``data/`` to bytes."""
    return {
        data_of(data.page, form): FORMATS[form](data)
        for data in _pages(dataset, words, routes)
        for form in PAGE_FORMATS
    }


def _pages(dataset: Dataset, words: Words, routes: Routes) -> Iterator[PageData]:
    by_owner: dict[str, list[Row]] = defaultdict(list)
    for row in rows(dataset, routes):
        by_owner[str(row["id"]).partition(".")[0]].append(row)
    # Records stand on many pages; each is put into words once.
    written = lru_cache(maxsize=None)(partial(record_object, dataset, words, routes))
    cited = {one.id: one for one in source_references(dataset, words, dataset.by_kind["source"])}

    whole = about_data(dataset)
    said = {name: whole[name] for name in _SAID if name in whole}

    def data(page: str, shown: Sequence[Item], facts: Iterable[Row], about: str = "") -> PageData:
        by_kind: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for one in shown:
            by_kind[KINDS[one.kind].plural].append(written(one.id))
        rests_on = _sources(dataset, shown)
        return PageData(
            page=page,
            data=said,
            facts=list(facts),
            records=dict(by_kind),
            sources=[written(source) for source in rests_on],
            references=[cited[i] for i in ([about] if about in cited else rests_on)],
        )

    def facts_of(shown: Iterable[Item]) -> Iterator[Row]:
        return (row for one in shown for row in by_owner.get(one.id, ()))

    for kind in (kind for kind in KINDS.values() if kind.has_page):
        for item in dataset.by_kind[kind.name]:
            shown = records_of(dataset, routes, item)
            yield data(routes[item.id], shown, facts_of(shown), item.id)
    for measure in dataset.vocabulary.names(_MEASURES):
        users = [dataset.items[user] for user in dataset.by_term.get(f"{_MEASURES}.{measure}", ())]
        if users:
            figures = {
                statement.id
                for user in users
                for statement in dataset.statements_of.get(user.id, ())
                if statement.amount.measure == measure
            }
            found = (row for row in facts_of(users) if str(row["id"]).partition("#")[0] in figures)
            yield data(f"{_MEASURES}/{measure}/", users, found)


def changed_pages(dataset: Dataset, routes: Routes) -> dict[str, str]:
    """When anything that a page about a record shows was changed last, by address."""
    found = {}
    for kind in (kind for kind in KINDS.values() if kind.has_page):
        for item in dataset.by_kind[kind.name]:
            shown = (dataset.logs.get(one.id) for one in records_of(dataset, routes, item))
            days = [log.changed.first for log in shown if log is not None]
            if days:
                found[routes[item.id]] = max(days).isoformat()
    return found


def records_of(dataset: Dataset, routes: Routes, item: Item) -> list[Item]:
    """The record that a page is about, and what the page shows of others, by kind."""
    if item.kind == "source":
        return [item, *(dataset.items[user] for user in dataset.cited_by.get(item.id, ()))]
    found = [one for kind in KINDS for one in dataset.linked(item.id, kind)]
    if item.kind in _WIDE:
        page = routes[item.id]
        found = [one for one in found if routes[one.id].startswith(page)]
    return [item, *found]


def _sources(dataset: Dataset, items: Iterable[Item]) -> list[str]:
    """The sources that records rest on, in the order of the kind's file."""
    cited = {
        reference.value
        for item in items
        for reference in item.record.references
        if dataset.items[reference.value].kind == "source"
    }
    return [source.id for source in dataset.by_kind["source"] if source.id in cited]
