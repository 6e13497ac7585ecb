"""Pages across regions: one for each field, for each measure, and for the notes of a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.dataset import Dataset, Item
from generator.model.kinds import KINDS
from generator.views import measures
from generator.views.context import PageContext
from generator.views.page import Page, View

NOTES = "notes/"


def pages(dataset: Dataset) -> Iterator[Page]:
    """The index of each topic and of the notes, and a page for each entry and kind of record."""
    for name, (title, index, view) in _TOPICS.items():
        template, listed = index
        yield Page(f"{name}/", template, listed, heading=f"nav.{name}")
        for entry in dataset.vocabulary.names(name):
            if f"{name}.{entry}" in dataset.by_term:
                yield Page(
                    f"{name}/{entry}/",
                    name,
                    view(entry),
                    heading=title,
                    heading_text=f"{name}.{entry}",
                    section=f"{name}/",
                )
    yield Page(NOTES, "notes-index", _notes_index, heading="nav.notes")
    for kind in (kind for kind in KINDS if dataset.by_kind[kind]):
        yield Page(
            f"{NOTES}{KINDS[kind].plural}/",
            "notes",
            _notes(kind),
            heading="title.notes-of",
            heading_text=f"section.{kind}",
            section=NOTES,
        )


def _index(name: str) -> View:
    """The view of all entries in use, by name, each with the number of its records."""

    def view(p: PageContext, _page: Page) -> dict[str, Any]:
        entries = [(entry, len(p.lens.of_term(name, entry))) for entry in p.lens.entries(name)]
        entries.sort(key=lambda pair: p.locale.sort_key(p.locale.term(name, pair[0])))
        return {"name": name, "entries": entries}

    return view


def _field(entry: str) -> View:
    """The view of what was agreed, done or said in a field, by kind."""

    def view(p: PageContext, _page: Page) -> dict[str, Any]:
        groups: dict[str, list[Item]] = {}
        for item in p.lens.of_term("fields", entry):
            groups.setdefault(item.kind, []).append(item)
        return {"groups": groups.items()}

    return view


def _notes_index(p: PageContext, _page: Page) -> dict[str, Any]:
    """How many records of each kind carry a note, a correction or several readings."""
    counts = [(kind, len(p.annotated(kind))) for kind in KINDS]
    return {"counts": [(kind, KINDS[kind].plural, count) for kind, count in counts if count]}


def _notes(kind: str) -> View:
    """The view of the records of a kind that carry a note, a correction or several readings."""

    def view(p: PageContext, _page: Page) -> dict[str, Any]:
        return {"items": [p.lens.item(identifier) for identifier in p.annotated(kind)]}

    return view


# Lists of the vocabulary that have a page for each entry: the text of its title, the template and
# view of the index, and the view of an entry.
_TOPICS: Mapping[str, tuple[str, tuple[str, View], Callable[[str], View]]] = {
    "fields": ("title.field", ("topics", _index("fields")), _field),
    "measures": ("title.measure", ("measure-list", measures.index), measures.measure),
}
TEXTS = (
    *(title for title, _, _ in _TOPICS.values()),
    *(f"{name}.intro" for name in _TOPICS),
    "title.notes-of",
)
