"""All regions in one table: what their profiles show first, and how much there is of each thing.

A script (``assets/js/sort.js``) sorts the rows of each country; without it they stand by name.
Only what can be compared is sorted by size: values of whole years in one unit with one partner,
changes that are a percentage or a factor. What is said in another way stands after that, and
what the source does not say comes last, whichever way the column is sorted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from generator import phrases
from generator.dataset import Item
from generator.escape import escape
from generator.views.charts import length
from generator.views.compared import (
    COUNTED,
    KEYS,
    Told,
    headline_measure,
    headlines_by_partner,
    partner_of,
    ranked,
    told_of,
    unit_of,
)
from generator.views.context import PageContext
from generator.views.facets import Facet, Row
from generator.views.page import Page

# What a column is sorted by, and which end a reader wants to see first.
KINDS = ("name", "number", "time")
UP, DOWN = "up", "down"
_NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what it is sorted by, the end that comes first, what to know of it."""

    name: str
    kind: str
    first: str
    label: Markup
    note: Markup = _NOTHING


@dataclass(frozen=True, slots=True)
class Line(Row):
    """A region as a row; ``orders`` are its places in columns where it can be compared.

    ``bar`` is the length of the bar beside its number of documents.
    """

    told: Told
    orders: Mapping[str, int]
    bar: int


@dataclass(frozen=True, slots=True)
class Group:
    """The regions of a country, and the country that their trade figures are with."""

    country: Item
    partner: str | None
    lines: tuple[Line, ...]


def comparison(p: PageContext, _page: Page) -> dict[str, Any]:
    """All regions by country as rows, the columns, and what the rows can be filtered by."""
    measure = headline_measure(p)
    gathered = []
    for country in p.lens.all("country"):
        regions = p.sorted_by_name(p.lens.linked(country.id, "region"))
        if regions:
            headlines = {one.id: headlines_by_partner(p, one, measure) for one in regions}
            partner = partner_of(headlines.values())
            found = [told_of(p, one, measure, headlines[one.id].get(partner)) for one in regions]
            gathered.append((country, partner, found))
    every = [told for _, _, found in gathered for told in found]
    unit = unit_of(told.year for told in every)
    orders = {name: ranked(every, key(unit)) for name, key in KEYS.items()}
    most = Decimal(max((told.counts["agreement"] for told in every), default=0))
    groups = [
        Group(country, partner, tuple(_line(told, orders, most) for told in found))
        for country, partner, found in gathered
    ]
    return {
        "columns": _columns(p, measure, unit, every),
        "groups": groups,
        "facets": _facets(p, groups),
        "total": len(every),
        "counted": COUNTED,
    }


# --- rows, columns and the filter


def _line(told: Told, orders: Mapping[str, Mapping[str, int]], most: Decimal) -> Line:
    record = told.item.record
    values = {
        "country": (record.country,),
        "district": (record.district,) if record.district else (),
    }
    own = {name: places[told.item.id] for name, places in orders.items() if told.item.id in places}
    return Line(told.item, values, told, own, length(Decimal(told.counts["agreement"]), most))


def _columns(
    p: PageContext, measure: str | None, unit: str | None, every: Iterable[Told]
) -> list[Column]:
    columns = [Column("region", "name", UP, p.t("field.region"))]
    if measure is not None:
        name = p.label("measures", measure)
        columns += [
            Column(
                "year",
                "number",
                DOWN,
                p.t("comparison.year", measure=name),
                _years_note(p, unit, every),
            ),
            Column(
                "part",
                "time",
                DOWN,
                p.t("comparison.part", measure=name),
                p.t("comparison.part-note"),
            ),
            Column("change", "number", DOWN, p.t("field.change"), p.t("comparison.change-note")),
        ]
    columns.append(
        Column("since", "time", UP, p.t("comparison.since"), p.t("comparison.since-note"))
    )
    return columns + [Column(name, "number", DOWN, p.t(f"section.{name}")) for name in COUNTED]


def _years_note(p: PageContext, unit: str | None, every: Iterable[Told]) -> Markup:
    """Which values are compared, and of which years they are."""
    dates = [told.year.date for told in every if told.year is not None and told.year.date]
    if unit is None or not dates:
        return _NOTHING
    years = p.years(min(d.start.year for d in dates), max(d.start.year for d in dates))
    name = escape(phrases.unit_of(None, unit, p.locale))
    return p.t("comparison.year-note", unit=name, years=years)


def _facets(p: PageContext, groups: Sequence[Group]) -> list[Facet]:
    """Country and district, of those that have regions in the table."""
    named = {
        "country": [group.country for group in groups],
        "district": p.sorted_by_name(
            p.lens.item(identifier)
            for identifier in {
                line.values["district"][0]: None
                for group in groups
                for line in group.lines
                if line.values["district"]
            }
        ),
    }
    return [
        Facet(
            name,
            p.t(f"field.{name}"),
            ((_NOTHING, tuple((item.id, escape(p.title(item.id))) for item in items)),),
        )
        for name, items in named.items()
        if len(items) > 1
    ]


TEXTS = (
    *(f"field.{name}" for name in ("region", "change", "country", "district")),
    *(f"comparison.{name}" for name in ("year", "part", "since")),
    *(f"comparison.{name}-note" for name in ("year", "part", "change", "since")),
    *(f"comparison.{kind}-{way}" for kind in KINDS for way in (UP, DOWN)),
)
