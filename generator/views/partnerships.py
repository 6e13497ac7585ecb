"""Partnerships of municipalities: who is tied to whom, since when, and what the source counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from generator.dataset import Item, order_key
from generator.model.dates import Date
from generator.views.bipartite import Picture, Tie, picture
from generator.views.context import PageContext
from generator.views.measures import Figure, by_subject, figures_of
from generator.views.page import Page

ABOVE = "partnerships/"
MUNICIPALITY = "place"
# What lies in a country, and so in a column.
_DRAWN = (MUNICIPALITY, "region")


@dataclass(frozen=True, slots=True)
class Drawing:
    """The ties between municipalities of two countries, or of one: a column for each side.

    ``since`` has the years of each line, also where several partnerships are one line.
    """

    left: str
    right: str
    picture: Picture
    since: Mapping[Tie, tuple[Date, ...]]


def partnerships(p: PageContext, _page: Page) -> dict[str, Any]:
    """All partnerships as pictures and as rows, with documents, meetings and counts."""
    items = p.lens.all("partnership")
    parties = {party for item in items for party in item.record.parties if _is_drawn(p, party)}
    return {
        "drawings": drawings_of(p, items),
        "rows": sorted(items, key=lambda item: _by_year(p, item)),
        "municipalities": sum(p.lens.item(party).kind == MUNICIPALITY for party in parties),
        "regions": len({_region(p, party) for party in parties}),
        "documents": [i for i in p.lens.all("agreement") if _is_between_municipalities(p, i)],
        "figures": _counts(p),
        "meetings": _meetings(p),
    }


def drawings_of(p: PageContext, items: Iterable[Item]) -> list[Drawing]:
    """A picture for each pair of countries that partnerships tie, in the order of countries."""
    order = [country.id for country in p.lens.all("country")]
    ties: dict[tuple[str, str], dict[Tie, list[Date]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        named = [party for party in item.record.parties if _is_drawn(p, party)]
        for pair in combinations(named, 2):
            left, right = sorted(pair, key=lambda party: order.index(_country(p, party)))
            ties[_country(p, left), _country(p, right)][left, right].extend(item.record.since)
    pairs = sorted(ties, key=lambda pair: (order.index(pair[0]), order.index(pair[1])))
    return [
        Drawing(
            *pair,
            picture(ties[pair], {name: _region(p, name) for tie in ties[pair] for name in tie}),
            {tie: tuple(sorted(found, key=_when)) for tie, found in ties[pair].items()},
        )
        for pair in pairs
    ]


def _when(date: Date) -> Any:
    return date.sort_key


def _is_drawn(p: PageContext, party: str) -> bool:
    return p.lens.item(party).kind in _DRAWN


def _region(p: PageContext, party: str) -> str:
    item = p.lens.item(party)
    return str(item.record.region) if item.kind == MUNICIPALITY else item.id


def _country(p: PageContext, party: str) -> str:
    return str(p.lens.item(_region(p, party)).record.country)


def _by_year(p: PageContext, item: Item) -> tuple[Any, ...]:
    """Orders partnerships by the first year of each, those without one last, then by name."""
    first = min(map(_when, item.record.since), default=None)
    return (first is None, first or (), p.locale.sort_key(p.title(item.id)))


def _is_between_municipalities(p: PageContext, document: Item) -> bool:
    named = [party.of for party in document.record.parties if party.of is not None]
    return sum(p.lens.item(party).kind == MUNICIPALITY for party in named) > 1


def _counts(p: PageContext) -> list[Figure]:
    """What the source counts of municipalities, by the name of whose it is."""
    names = [n for n in p.lens.entries("measures") if p.lens.vocabulary.is_municipal("measures", n)]
    return by_subject(p, (figure for name in names for figure in figures_of(p, name)))


def _meetings(p: PageContext) -> Sequence[Item]:
    """Meetings of municipalities: by series, in each by number, the others by date."""
    vocabulary = p.lens.vocabulary
    found = [
        meeting
        for meeting in p.lens.all("meeting")
        if vocabulary.is_municipal("meeting-kinds", meeting.record.kind)
    ]
    return sorted(found, key=_in_series)


def _in_series(meeting: Item) -> tuple[Any, ...]:
    record = meeting.record
    return (record.series or "", record.ordinal or 0, order_key(meeting))
