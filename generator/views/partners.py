"""With whom a region is tied, since when and through what: computed from documents and projects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from generator.dataset import Item, date_of
from generator.model.dates import Date
from generator.views.context import PageContext

# The kinds of partners in the order in which they are shown.
KINDS = ("country", "district", "region", "organisation")
# What ties partners, in the order in which a partner's ties are counted.
TIES = ("agreement", "partnership", "project")
TEXTS = tuple(f"count.{kind}s" for kind in TIES)


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner, since when, by its first dated tie, and all its ties by kind and date.

    Where no document or partnership has a date of its own, ``since`` is None, and ``reported`` the
    date of the first tie that is reported.
    """

    item: Item
    since: Date | None
    reported: Date | None
    first: Item
    ties: tuple[tuple[str, tuple[Item, ...]], ...]

    @property
    def count(self) -> int:
        """The number of its ties."""
        return sum(len(items) for _, items in self.ties)


def partners_of(p: PageContext, region: Item) -> list[tuple[str, list[Partner]]]:
    """The partners of a region by kind, those with the oldest dated tie first.

    Bodies of its own are none, nor regions of its own country, which stand on the same side.
    """
    ties: dict[str, dict[str, dict[str, Item]]] = defaultdict(lambda: defaultdict(dict))
    for kind in TIES:
        for item in p.lens.linked(region.id, kind):
            for partner in _sides(p, item):
                ties[partner][kind][item.id] = item
    found: dict[str, list[Partner]] = defaultdict(list)
    for identifier, by_kind in ties.items():
        item = p.lens.item(identifier)
        if not _is_own(p, item, region):
            found[item.kind].append(_partner(item, by_kind))
    for group in found.values():
        group.sort(key=lambda one: (one.since is None, _order(one), -one.count, one.item.id))
    return [(kind, found[kind]) for kind in KINDS if found[kind]]


def _sides(p: PageContext, item: Item) -> Iterator[str]:
    """Who takes part, and the regions of municipalities that do."""
    if item.kind == "partnership":
        named = [*item.record.parties]
    elif item.kind == "project":
        named = [*item.record.of, *(party.of for party in item.record.partners)]
    else:
        named = [party.of for party in item.record.parties]
    for identifier in filter(None, named):
        target = p.lens.item(identifier)
        if target.kind == "place":
            yield target.record.region
        elif target.kind in KINDS:
            yield target.id


def _is_own(p: PageContext, item: Item, region: Item) -> bool:
    """Whether something is the region itself, above it, beside it or a body of its own."""
    if item.kind == "organisation":
        return region.id in p.lens.subjects_of(item.id)
    if item.kind == "country":
        return bool(item.id == region.record.country)
    return bool(item.record.country == region.record.country)


def _partner(item: Item, by_kind: dict[str, dict[str, Item]]) -> Partner:
    ties = tuple((kind, tuple(by_kind[kind].values())) for kind in TIES if kind in by_kind)
    dated = [
        (date, one)
        for kind, items in ties
        if kind in ("agreement", "partnership")
        for one in items
        if (date := _since(one)) is not None
    ]
    reports = [
        (date, one)
        for _, items in ties
        for one in items
        if (date := date_of(one.record)) is not None
    ]
    for found, is_own in ((dated, True), (reports, False)):
        if found:
            date, first = min(found, key=lambda pair: (pair[0].sort_key, pair[1].id))
            return Partner(item, date if is_own else None, None if is_own else date, first, ties)
    return Partner(item, None, None, ties[0][1][0], ties)


def _since(item: Item) -> Date | None:
    """The date from which a document or partnership ties; a report alone gives none."""
    record = item.record
    if item.kind == "partnership":
        return min(record.since, key=lambda date: date.sort_key, default=None)
    dates = (record.signed, record.adopted, record.in_force)
    return next((date for date in dates if date is not None), None)


def _order(partner: Partner) -> tuple[object, ...]:
    date = partner.since or partner.reported
    return (date is None, date.sort_key if date is not None else ())
