"""All agreements in one table with what they can be filtered by, and lists of some of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.dataset import Dataset, Item, date_of, parties_of
from generator.views import facets, plans, timeline
from generator.views.context import PageContext
from generator.views.facets import NONE, PARTY_KINDS, Facet, Row, Values
from generator.views.page import Page, View

# What the pieces of a bar stand for, from the axis: the texts ``timeline.NAME``.
CLASSES = ("dated", "plan", "reported")
# Evidence of what stands in the running text of the source.
IN_TEXT = "text"
ABOVE = "agreements/"


@dataclass(frozen=True, slots=True)
class ByYear:
    """The agreements of each year by class, the year with the most, and pictures in two shapes."""

    years: tuple[tuple[str, tuple[int, ...]], ...]
    most: str
    wide: timeline.Picture
    narrow: timeline.Picture


def year_of(item: Item) -> str:
    """The year of a document by the date that it is ordered by, or that there is none."""
    date = date_of(item.record)
    return f"{date.start.year:04}" if date else NONE


def values_of(item: Item, parties: Sequence[str]) -> Values:
    """What a document with these parties can be found by."""
    record = item.record
    return {
        "year": (year_of(item),),
        "party": parties,
        "kind": (record.kind,),
        "field": record.fields,
        "evidence": (record.evidence or IN_TEXT,),
    }


def _evidence(p: PageContext, values: Sequence[Values]) -> Facet:
    found = {value for row in values for value in row["evidence"]}
    choices = [(IN_TEXT, p.t("filter.evidence-text"))] if IN_TEXT in found else []
    choices += [(value, p.label("evidence", value)) for value in sorted(found - {IN_TEXT})]
    return facets.plain(p, "evidence", choices)


_FACETS: Mapping[str, Callable[[PageContext, Sequence[Values]], Facet]] = {
    "year": facets.years,
    "party": lambda p, values: facets.records(p, "party", PARTY_KINDS, values),
    "kind": lambda p, values: facets.terms(p, "kind", "agreement-kinds", values),
    "field": lambda p, values: facets.terms(p, "field", "fields", values),
    "evidence": _evidence,
}
# Lists below the chronology, and the facet whose values have a page each.
_LISTS = {"by-year": "year", "by-party": "party", "by-kind": "kind"}


def _rows(p: PageContext) -> list[Row]:
    return [Row(i, values_of(i, p.lens.parties_of(i))) for i in p.lens.all("agreement")]


def agreements(p: PageContext, _page: Page) -> dict[str, Any]:
    """All agreements as rows, what they can be filtered by, and their picture by year."""
    rows = _rows(p)
    values = [row.values for row in rows]
    return {
        "rows": rows,
        "facets": [make(p, values) for make in _FACETS.values()],
        "plan_years": [f"{year:04}" for year in plans.of_years(p)],
        "by_year": by_year(p, [row.item for row in rows]),
    }


def by_year(p: PageContext, items: Iterable[Item]) -> ByYear:
    """Count agreements by year and class; those without a date are left out."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0] * len(CLASSES))
    for item in items:
        year = year_of(item)
        if year != NONE:
            counts[int(year)][CLASSES.index(_class(p, item))] += 1
    years = {year: tuple(found) for year, found in sorted(counts.items())}
    return ByYear(
        tuple((f"{year:04}", found) for year, found in years.items()),
        f"{max(years, key=lambda year: (sum(years[year]), year), default=0):04}",
        timeline.standing(years),
        timeline.lying(years),
    )


def _class(p: PageContext, item: Item) -> str:
    """What stands behind the year: a date of the document, of a plan, or only of a report."""
    if item.record.is_only_reported:
        return "reported"
    return "plan" if p.lens.is_plan(item.record.kind) else "dated"


def pages(dataset: Dataset) -> Iterator[Page]:
    """The chronology, the index of each list below it, and a page for each of its values."""
    yield Page(ABOVE, "agreements", agreements, heading="nav.agreements")
    values = [
        values_of(item, parties_of(dataset.items, item)) for item in dataset.by_kind["agreement"]
    ]
    for name, facet in _LISTS.items():
        url = f"{ABOVE}{name}/"
        yield Page(url, "agreement-lists", _index(name), heading=f"title.{name}", section=ABOVE)
        for key in sorted({key for row in values for key in row[facet]} - {NONE}):
            yield Page(
                f"{url}{key}/",
                "agreement-list",
                _listed(facet, key),
                heading="title.agreements-of",
                heading_value=key if facet == "year" else "",
                heading_text=f"agreement-kinds.{key}" if facet == "kind" else "",
                heading_record=key if facet == "party" else "",
                section=ABOVE,
                path=((url, f"title.{name}"),),
            )


def _index(name: str) -> View:
    """The view of all values of a facet, each with the number of its agreements."""

    def view(p: PageContext, _page: Page) -> dict[str, Any]:
        values = [row.values for row in _rows(p)]
        facet = _FACETS[_LISTS[name]](p, values)
        return {"groups": _counted(facet, values), "folder": f"{ABOVE}{name}/"}

    return view


def _counted(facet: Facet, values: Iterable[Values]) -> list[tuple[Any, list[tuple[Any, ...]]]]:
    """The groups of a facet, each choice as its value, its label and its number of rows."""
    counts = Counter(value for row in values for value in row[facet.name])
    return [
        (label, [(value, text, counts[value]) for value, text in choices if value != NONE])
        for label, choices in facet.groups
    ]


def _listed(facet: str, key: str) -> View:
    """The view of the agreements with one value of a facet."""

    def view(p: PageContext, _page: Page) -> dict[str, Any]:
        before, after = _years_beside(p, key) if facet == "year" else (None, None)
        return {
            # Without a filter their values are not needed.
            "rows": [Row(item, {}) for item in _WITH[facet](p, key)],
            "party": key if facet == "party" else None,
            "before": before,
            "after": after,
        }

    return view


def _years_beside(p: PageContext, key: str) -> tuple[str | None, str | None]:
    """The years before and after one that have agreements as well."""
    years = sorted({year_of(item) for item in p.lens.all("agreement")} - {NONE})
    at = years.index(key)
    return (years[at - 1] if at else None, years[at + 1] if at + 1 < len(years) else None)


# The agreements with a value of a facet. There are as many parties as regions, so a page of one
# must not look through all agreements.
_WITH: Mapping[str, Callable[[PageContext, str], list[Item]]] = {
    "year": lambda p, key: [i for i in p.lens.all("agreement") if year_of(i) == key],
    "party": lambda p, key: [
        i for i in p.lens.linked(key, "agreement") if key in p.lens.parties_of(i)
    ],
    "kind": lambda p, key: [
        i for i in p.lens.of_term("agreement-kinds", key) if i.kind == "agreement"
    ],
}


TEXTS = (
    *(f"filter.{name}" for name in (*_FACETS, "evidence-text")),
    *(f"title.{name}" for name in _LISTS),
    *(f"timeline.{name}" for name in CLASSES),
)
