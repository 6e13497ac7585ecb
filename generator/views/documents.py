"""Pages about agreements and plans."""

from __future__ import annotations

from typing import Any

from generator.dataset import Item
from generator.views.chronology import year_of
from generator.views.context import PageContext
from generator.views.facets import NONE
from generator.views.page import Page, sections, subject
from generator.views.status import status_of


def agreement(p: PageContext, page: Page) -> dict[str, Any]:
    """An agreement with its status, what implements it, what rests on it and what stands beside."""
    item = subject(p, page)
    linked = p.lens.linked(item.id, "agreement")
    year = year_of(item)
    implemented_by = [i for i in linked if i.record.implements == item.id]
    named = {item.id, item.record.implements, *(i.id for i in implemented_by)}
    return {
        "item": item,
        "year": year if year != NONE else None,
        "status": status_of(p, item),
        "implemented_by": implemented_by,
        "beside": [i for i in _of_the_same_parties(p, item) if i.id not in named],
        "groups": sections(p, item.id, ("trade-goods", "project", "position")),
    }


def _of_the_same_parties(p: PageContext, item: Item) -> list[Item]:
    """Other agreements between exactly the same parties, whoever signs for them."""
    parties = _named(item)
    if None in parties or not parties:
        return []
    first = str(next(iter(item.record.parties)).of)
    return [i for i in p.lens.linked(first, "agreement") if _named(i) == parties]


def _named(item: Item) -> set[str | None]:
    return {party.of for party in item.record.parties}
