"""What a page of the plan is, and what views of several subjects share.

A view takes the page context and returns what its template needs beyond it. Views read content
only through the lens of the context.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from generator.dataset import Item, order_key
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
    ``heading`` the key of the interface text that is its title where it has no subject, and what
    fills its ``{value}`` the name of the record ``heading_record``, the text ``heading_text`` or
    ``heading_value`` itself; ``section`` the address of the index page that it belongs under, and
    ``path`` the pages between the two, each with the text that is its title; ``is_of_dataset``
    says that it presents the data as a whole.
    """

    url: str
    template: str
    view: View
    subject: str | None = None
    heading: str = ""
    section: str = HOME
    heading_value: str = ""
    heading_text: str = ""
    heading_record: str = ""
    path: tuple[tuple[str, str], ...] = ()
    is_of_dataset: bool = False


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
