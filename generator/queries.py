"""Questions that pages ask of all records, whose answers change far less often than records do.

A page that asks one notes the question (``query:planned_by_year``), not every record that was
looked at for the answer, and is made again only when the answer is another. What it then shows of
the records named in the answer it reads, and notes, one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from generator.dataset import Dataset, Item, date_of
from generator.model.dates import Date
from generator.model.vocabulary import Phase
from generator.routes import Routes

# What may be planned, besides plans themselves, in the order in which a year shows it.
_PLANNED = (
    *("agreement", "forum", "meeting", "project", "programme", "trade-goods", "figure"),
    "position",
)
GROUPS = ("documents", "ahead", "begun", "stated")

#: Year -> group -> ids.
Planned = Mapping[int, Mapping[str, tuple[str, ...]]]
#: Whether a record itself is repaired or has readings, and the keys of its figures, each with
#: whether it has readings.
Annotation = tuple[bool, tuple[tuple[str, bool], ...]]
Annotatable = Mapping[str, Annotation]


def planned(dataset: Dataset) -> Planned:
    """Everything that was planned, by year and group; what has no date at all is left out."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for kind in _PLANNED:
        for item in dataset.by_kind[kind]:
            group = _group(dataset, item)
            if group is not None:
                for year in _years_of(item):
                    found[year][group].append(item.id)
    return {
        year: {name: tuple(groups[name]) for name in GROUPS if name in groups}
        for year, groups in sorted(found.items())
    }


def _group(dataset: Dataset, item: Item) -> str | None:
    record, vocabulary = item.record, dataset.vocabulary
    if item.kind == "position":
        return "stated" if record.outcome is not None else None
    if item.kind == "agreement" and vocabulary.is_plan(record.kind):
        return "documents"
    if record.stage is None:
        return None
    if vocabulary.stage(record.stage.at).phase is Phase.AHEAD:
        return "ahead"
    return "begun" if item.kind != "agreement" else None


def _years_of(item: Item) -> range:
    date: Date | None = getattr(item.record, "term", None) or date_of(item.record)
    if date is None:
        return range(0)
    return range(date.start.year, (date.end or date.start).year + 1)


def annotatable(dataset: Dataset) -> Annotatable:
    """What of each record may need a remark; whether it has a note its words say."""
    return {item.id: annotation(item) for item in dataset.items.values()}


def annotation(item: Item) -> Annotation:
    """What of a record may need a remark, besides its words."""
    record = item.record
    return (
        bool(record.as_printed or record.readings),
        tuple((key, bool(one.readings)) for key, one in record.figures.items()),
    )


def hosted(dataset: Dataset) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The id and kind of each record that stands on a page about something else, by that page."""
    routes = Routes(dataset)
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for item in dataset.items.values():
        page, anchor, _ = routes[item.id].partition("#")
        if anchor:
            found[page].append((item.id, item.kind))
    return {page: tuple(records) for page, records in found.items()}


def terms_of(dataset: Dataset) -> Mapping[str, tuple[str, ...]]:
    """The terms of the vocabulary that each record names, as ``list.entry``."""
    found: dict[str, list[str]] = defaultdict(list)
    for term, users in dataset.by_term.items():
        for user in users:
            found[user].append(term)
    return {user: tuple(terms) for user, terms in found.items()}


def figures_of(dataset: Dataset) -> Mapping[str, tuple[str, ...]]:
    """The ids of the figures of each record that is one or has some."""
    return {
        owner: tuple(statement.id for statement in found)
        for owner, found in dataset.statements_of.items()
    }


QUERIES: Mapping[str, Callable[[Dataset], Any]] = {
    "annotatable": annotatable,
    "figures_of": figures_of,
    "hosted": hosted,
    "planned_by_year": planned,
    "terms_of": terms_of,
}
