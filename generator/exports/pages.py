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
from functools import partial
from typing import Any

from generator.dataset import Dataset, Item, order_key
from generator.exports.citations import FORMATS as CITATIONS
from generator.exports.citations import Reference
from generator.exports.facts import Row, filled, rows_csv, rows_of
from generator.exports.plain import to_json
from generator.exports.records import record_object
from generator.exports.references import source_reference
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


def pages_with_data(dataset: Dataset, routes: Routes) -> Iterator[tuple[str, str]]:
    """Each page that has files of data: its address, and the record or measure it is about."""
    for kind in (kind for kind in KINDS.values() if kind.has_page):
        for item in dataset.by_kind[kind.name]:
            yield routes[item.id], item.id
    for measure in dataset.vocabulary.names(_MEASURES):
        if dataset.by_term.get(f"{_MEASURES}.{measure}"):
            yield f"{_MEASURES}/{measure}/", measure


def files_of_page(
    dataset: Dataset, words: Words, routes: Routes, page: str, about: str
) -> dict[str, bytes]:
    """The files of a page about a record or a measure: path below ``data/`` to bytes."""
    is_measure = page.startswith(f"{_MEASURES}/")
    look = _of_measure if is_measure else _of_record
    data = look(dataset, words, routes, page, about)
    return {data_of(page, form): FORMATS[form](data) for form in PAGE_FORMATS}


def _of_record(dataset: Dataset, words: Words, routes: Routes, page: str, about: str) -> PageData:
    shown = records_of(dataset, routes, dataset.items[about])
    facts = [row for one in shown for row in rows_of(dataset, routes, one.id)]
    return _data(dataset, words, routes, page, shown, facts, about)


def _of_measure(
    dataset: Dataset, words: Words, routes: Routes, page: str, measure: str
) -> PageData:
    users = [dataset.items[user] for user in dataset.by_term.get(f"{_MEASURES}.{measure}", ())]
    figures = {
        statement.id
        for user in users
        for statement in dataset.statements_of.get(user.id, ())
        if statement.amount.measure == measure
    }
    rows = (row for user in users for row in rows_of(dataset, routes, user.id))
    facts = [row for row in rows if str(row["id"]).partition("#")[0] in figures]
    return _data(dataset, words, routes, page, users, facts)


def _data(
    dataset: Dataset,
    words: Words,
    routes: Routes,
    page: str,
    shown: Sequence[Item],
    facts: list[Row],
    about: str = "",
) -> PageData:
    by_kind: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in shown:
        by_kind[KINDS[one.kind].plural].append(record_object(dataset, words, routes, one.id))
    rests_on, whole = _sources(dataset, shown), about_data(dataset)
    is_source = bool(about) and dataset.items[about].kind == "source"
    return PageData(
        page=page,
        data={name: whole[name] for name in _SAID if name in whole},
        facts=facts,
        records=dict(by_kind),
        sources=[record_object(dataset, words, routes, source) for source in rests_on],
        references=[
            source_reference(dataset, words, one) for one in ([about] if is_source else rests_on)
        ],
    )


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
    return sorted(cited, key=lambda one: order_key(dataset.items[one]))
