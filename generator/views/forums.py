"""Pages about forums, and their index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from generator.dataset import Item, Statement
from generator.views.context import PageContext
from generator.views.page import Page, sections, subject


@dataclass(frozen=True, slots=True)
class Forum:
    """One forum of the series: what was signed there, by whom, and all figures of both.

    ``item`` is None for a number below the highest that the source does not describe.
    """

    number: int
    name: str
    item: Item | None
    signed: Sequence[Item] = ()
    signatories: Sequence[str] = ()
    figures: Sequence[Statement] = ()


def _forums(p: PageContext) -> list[Forum]:
    """All forums by number, those that the source does not describe among them."""
    known = {item.record.number: item for item in p.lens.all("forum")}
    return [_forum(p, number, known.get(number)) for number in range(1, max(known, default=0) + 1)]


def _forum(p: PageContext, number: int, item: Item | None) -> Forum:
    name = p.title.forum_number(number)
    if item is None:
        return Forum(number, name, None)
    signed = p.lens.linked(item.id, "agreement")
    named = (party.of for document in signed for party in document.record.parties)
    signatories = dict.fromkeys(party for party in named if party is not None)
    figures = [one for owner in (item, *signed) for one in p.lens.statements_of(owner.id)]
    return Forum(number, name, item, signed, tuple(signatories), figures)


def forum(p: PageContext, page: Page) -> dict[str, Any]:
    """A forum with what was signed there, and its neighbours."""
    item = subject(p, page)
    forums = _forums(p)
    at = next(index for index, found in enumerate(forums) if found.item == item)
    return {
        "item": item,
        "forum": forums[at],
        "before": _up_to_described(reversed(forums[:at])),
        "after": _up_to_described(forums[at + 1 :]),
        "groups": sections(p, item.id, ("meeting", "project", "position")),
    }


def _up_to_described(forums: Iterable[Forum]) -> list[Forum]:
    """The next forums, as far as the first that the source describes."""
    found = []
    for forum in forums:
        found.append(forum)
        if forum.item is not None:
            break
    return found


def forums(p: PageContext, _page: Page) -> dict[str, Any]:
    """The forums, and the names of those that the source does not describe."""
    found = _forums(p)
    gaps = [forum.name for forum in found if forum.item is None]
    return {"forums": found, "missing": p.locale.list(gaps)}
