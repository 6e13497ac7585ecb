"""The headline of a territory: figures with one partner by period, the latest first and as a chart.

Which measure that is, and which stand beside it, the vocabulary says by their roles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from generator.dataset import Item, Statement, order_key
from generator.model.vocabulary import Phase, Role
from generator.views.context import PageContext
from generator.views.series import Series, is_whole_year, series_of

ASPECTS = ("value", "change", "rank")
TEXTS = tuple(f"profile.latest-{aspect}" for aspect in ASPECTS)


@dataclass(frozen=True, slots=True)
class Latest:
    """A figure that is the latest to say something, and what it says: value, change, rank."""

    statement: Statement
    aspects: tuple[str, ...]


@dataclass(frozen=True)
class Headline:
    """The figures of the headline measure with one partner and those that stand beside them."""

    partner: str
    latest: tuple[Latest, ...]
    series: tuple[Series, ...]
    figures: tuple[Item, ...]


def headlines_of(p: PageContext, item: Item, figures: Iterable[Item]) -> list[Headline]:
    """The figures that have a role, by partner: each country that has regions of its own."""
    role = p.lens.vocabulary.measure
    by_partner: dict[str, list[Item]] = defaultdict(list)
    for figure in figures:
        if role(figure.record.measure).role is not None:
            sides = {figure.record.of, figure.record.partner}
            for partner in sides - {item.id, None} if item.id in sides else ():
                by_partner[partner].append(figure)
    found = []
    for partner, own in sorted(by_partner.items()):
        if p.lens.item(partner).kind == "country" and p.lens.linked(partner, "region"):
            own.sort(key=lambda f: (p.lens.measure_order(f.record.measure), order_key(f)))
            first = [f for f in own if role(f.record.measure).role is Role.HEADLINE]
            drawn = tuple(s for s in series_of(p, own) if len(s.points) > 1)
            found.append(Headline(partner, latest_of(p, first), drawn, tuple(own)))
    return found


def latest_of(p: PageContext, figures: Iterable[Item]) -> tuple[Latest, ...]:
    """The latest value, of a whole year too, the latest change and rank; plans are none."""
    past = past_of(p, figures)
    values = [one for one in past if says(one, "value")]
    years = [one for one in values if is_whole_year(one.date)]
    chosen = [group[-1] for group in (years, values) if group]
    for aspect in ASPECTS[1:]:
        told = [one for one in past if says(one, aspect)]
        # What a chosen figure says is not told again by an older one.
        if told and not any(says(one, aspect) for one in chosen):
            chosen.append(told[-1])
    unique = {one.id: one for one in chosen}
    return tuple(Latest(one, tuple(a for a in ASPECTS if says(one, a))) for one in unique.values())


def past_of(p: PageContext, figures: Iterable[Item]) -> list[Statement]:
    """The figures that are no plans, by the end of their periods."""
    found = [
        p.lens.statement(figure.id)
        for figure in figures
        if (stage := figure.record.stage) is None or p.lens.phase(stage.at) is not Phase.AHEAD
    ]
    return sorted(found, key=lambda s: (s.date.last, s.date.first) if s.date else ())


def says(statement: Statement, aspect: str) -> bool:
    """Whether a figure has a value, a change or a rank."""
    if aspect == "value":
        return statement.base is not None or statement.amount.vague is not None
    return getattr(statement.amount, aspect) is not None
