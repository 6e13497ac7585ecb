"""What the comparison tells of a region, and in what of it regions can be compared.

Compared by size are only values of whole years in one unit, and changes that are a percentage or
a factor. Parts of years have an order in time, and documents by dates of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Any

from generator.dataset import Item, Statement
from generator.model.amounts import Change, Direction
from generator.model.dates import Date
from generator.model.vocabulary import Role
from generator.views.context import PageContext
from generator.views.headline import Headline, headlines_of, past_of, says
from generator.views.profile import sections_of
from generator.views.series import Series, is_whole_year

# The sections of a profile that are counted, in the order of the columns.
COUNTED = ("agreement", "partners", "project", "position", "forum")
_EXACT = Context(prec=40)


@dataclass(frozen=True, slots=True)
class Since:
    """The first document of a region by its own date; by a report where none has one."""

    item: Item
    date: Date
    is_own: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What there is of a region; figures are of the headline measure, with the group's partner."""

    item: Item
    year: Statement | None
    part: Statement | None
    change: Statement | None
    series: Series | None
    since: Since | None
    counts: Mapping[str, int]
    hosted: int


def headline_measure(p: PageContext) -> str | None:
    """The measure that profiles show first."""
    measures = p.lens.vocabulary.names("measures")
    role = p.lens.vocabulary.measure
    return next((name for name in measures if role(name).role is Role.HEADLINE), None)


def headlines_by_partner(
    p: PageContext, region: Item, measure: str | None
) -> dict[str | None, Headline]:
    """What is known of a region and each partner, where that has a figure of the measure."""
    return {
        one.partner: one
        for one in headlines_of(p, region, p.lens.linked(region.id, "figure"))
        if any(figure.record.measure == measure for figure in one.figures)
    }


def partner_of(headlines: Iterable[Mapping[str | None, Headline]]) -> str | None:
    """The partner of most regions of a country, so that its rows have one between them."""
    counts = Counter(partner for found in headlines for partner in found)
    return min(counts, key=lambda partner: (-counts[partner], partner or ""), default=None)


def told_of(p: PageContext, item: Item, measure: str | None, headline: Headline | None) -> Told:
    """What there is of a region, its figures from the headline with one partner."""
    whole = [
        figure
        for figure in (headline.figures if headline is not None else ())
        # What words of its own name as something particular is another fact.
        if figure.record.measure == measure
        and not figure.record.goods
        and not p.has(f"{figure.id}.label")
    ]
    past = past_of(p, whole)
    values = [one for one in past if says(one, "value")]
    drawn = [s for s in (headline.series if headline is not None else ()) if s.measure == measure]
    sections = {one.name: one.data for one in sections_of(p, item, names=COUNTED)}
    counts = {name: len(sections.get(name, ())) for name in ("agreement", "position", "forum")}
    partners = sections["partners"]["partners"] if "partners" in sections else ()
    counts["partners"] = sum(len(group) for _, group in partners)
    counts["project"] = sum(len(group) for _, group in sections.get("project", ()))
    return Told(
        item,
        year=_last(one for one in values if is_whole_year(one.date)),
        part=_last(one for one in values if _is_part_of_year(one.date)),
        change=_last(one for one in past if says(one, "change")),
        series=drawn[0] if drawn else None,
        since=_since(dated.item for dated in sections.get("agreement", ())),
        counts=counts,
        hosted=sum(forum.is_host for forum in sections.get("forum", ())),
    )


def _last(statements: Iterable[Statement]) -> Statement | None:
    return next(reversed(list(statements)), None)


def _is_part_of_year(date: Date | None) -> bool:
    return date is not None and date.first.year == date.last.year and not is_whole_year(date)


def _since(documents: Iterable[Item]) -> Since | None:
    found = []
    for item in documents:
        record = item.record
        own = next((d for d in (record.signed, record.adopted, record.in_force) if d), None)
        date = own or record.reported
        if date is not None:
            found.append(Since(item, date, own is not None))
    return min(
        found, key=lambda one: (not one.is_own, one.date.sort_key, one.item.id), default=None
    )


# --- what can be compared

Key = Callable[[Told], Any]


def unit_of(statements: Iterable[Statement | None]) -> str | None:
    """The unit of most values: only those in it are compared."""
    units = [one.amount.unit for one in statements if one is not None and one.base is not None]
    counts = Counter(unit for unit in units if unit is not None)
    return min(counts, key=lambda unit: (-counts[unit], unit), default=None)


def _by_value(unit: str | None) -> Key:
    def key(told: Told) -> Decimal | None:
        one = told.year
        return one.base if one is not None and one.amount.unit == unit else None

    return key


def _by_period(_unit: str | None) -> Key:
    """Parts of years are of all lengths: they have an order in time and none by size."""

    def key(told: Told) -> Any:
        date = told.part.date if told.part is not None else None
        return (date.last, date.first) if date is not None else None

    return key


def _by_change(_unit: str | None) -> Key:
    def key(told: Told) -> Decimal | None:
        change = told.change.amount.change if told.change is not None else None
        return growth(change) if change is not None else None

    return key


def growth(change: Change) -> Decimal | None:
    """What becomes of a hundred, for the order alone; None where the source gives no number."""
    up = change.direction is Direction.UP
    if change.ambiguous is not None:
        return None
    if change.factor is not None:
        if up:
            return 100 * change.factor
        return _EXACT.divide(Decimal(100), change.factor) if change.factor else None
    percent = change.range.lower if change.range is not None else change.percent
    if percent is not None:
        return 100 + (percent if up else -percent)
    return None


def _by_first_document(_unit: str | None) -> Key:
    def key(told: Told) -> Any:
        return told.since.date.sort_key if told.since is not None and told.since.is_own else None

    return key


KEYS: Mapping[str, Callable[[str | None], Key]] = {
    "year": _by_value,
    "part": _by_period,
    "change": _by_change,
    "since": _by_first_document,
}


def ranked(every: Sequence[Told], key: Key) -> dict[str, int]:
    """The places of regions by a key, the smallest first and equal ones the same."""
    keys = {told.item.id: found for told in every if (found := key(told)) is not None}
    places = {found: place for place, found in enumerate(sorted(set(keys.values())), start=1)}
    return {identifier: places[found] for identifier, found in keys.items()}
