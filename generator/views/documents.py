"""Pages about agreements and plans, and their indexes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.dataset import Item
from generator.model.dates import Date
from generator.views.context import PageContext
from generator.views.page import Page, View, by_year, sections, subject


def agreement(p: PageContext, page: Page) -> dict[str, Any]:
    """An agreement with its status, what implements it and what rests on it."""
    item = subject(p, page)
    linked = p.lens.linked(item.id, "agreement")
    return {
        "item": item,
        "status": _status(p.as_of, item, linked),
        "implemented_by": [i for i in linked if i.record.implements == item.id],
        "groups": sections(p, item.id, ("trade-goods", "project", "position")),
    }


def _status(as_of: Date, item: Item, linked: Sequence[Item]) -> str:
    """What holds of an agreement at the state of the data, as far as the dates say."""
    if any(other.record.supersedes == item.id for other in linked):
        return "superseded"
    term: Date | None = item.record.term
    if term is None:
        return "unknown"
    if term.last < as_of.first:
        return "ended"
    return "running" if term.first <= as_of.last else "ahead"


def agreements(p: PageContext, _page: Page) -> dict[str, Any]:
    """All agreements, and the years that have any."""
    items = p.lens.all("agreement")
    years = [(year, len(group)) for year, group in sorted(by_year(items).items())]
    return {"items": items, "years": years}


def agreements_of(year: str) -> View:
    """The view of the agreements of one year."""

    def view(p: PageContext, _page: Page) -> dict[str, Any]:
        return {"items": by_year(p.lens.all("agreement"))[year], "years": []}

    return view
