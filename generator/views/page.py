"""What a page of the plan is, and what views of several subjects share.

A view takes the page context and returns what its template needs beyond it. Views read content
only through the lens of the context.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.dataset import Item, date_of, order_key
from generator.routes import HOME
from generator.views.context import PageContext

View = Callable[[PageContext, "Page"], dict[str, Any]]

# The order of sections on every page about a territory, body or document.
SECTIONS = (
    "figure",
    "trade-goods",
    "agreement",
    "meeting",
    "partnership",
    "project",
    "programme",
    "position",
    "organisation",
    "person",
    "place",
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the plan, the same in every language.

    ``url`` is relative to the root of a language; ``subject`` the record that the page is about;
    ``heading`` the key of the interface text that is its title where it has no subject;
    ``section`` the address of the index page that it belongs under.
    """

    url: str
    template: str
    view: View
    subject: str | None = None
    heading: str = ""
    section: str = HOME
    heading_value: str = ""


def nothing(_p: PageContext, _page: Page) -> dict[str, Any]:
    """The view of a page whose template reads what it needs by itself."""
    return {}


def subject(p: PageContext, page: Page) -> Item:
    """The record that a page is about."""
    return p.lens.item(page.subject or "")


def sections(
    p: PageContext, identifier: str, kinds: Iterable[str] = SECTIONS
) -> list[tuple[str, list[Item]]]:
    """What refers to a record, by kind in the order of sections; kinds without any are left out."""
    groups = [(kind, list(p.lens.linked(identifier, kind))) for kind in kinds]
    for kind, items in groups:
        if kind == "figure":
            # By measure in the order of the vocabulary, then by date.
            items.sort(key=lambda i: (p.lens.measure_order(i.record.measure), order_key(i)))
        elif kind == "meeting" and all(i.record.series == identifier for i in items):
            # Of some sessions only their place in the series is known.
            items.sort(key=lambda i: (i.record.ordinal or 0, order_key(i)))
    return [(kind, items) for kind, items in groups if items]


def by_year(items: Iterable[Item]) -> Mapping[str, list[Item]]:
    """Records by the year of their date; those without a date are left out."""
    years: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        date = date_of(item.record)
        if date is not None:
            years[f"{date.start.year:04}"].append(item)
    return years
