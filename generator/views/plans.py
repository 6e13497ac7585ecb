"""What was planned for when, and what the source reports of it: an overview and a page a year.

A year has what was for that year or, where the source gives no time, what was reported in it. What
came of it stands beside: what was under way or completed in the same year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.dataset import Dataset, Item
from generator.model.dates import Date
from generator.queries import GROUPS, Planned, planned
from generator.views import facets
from generator.views.context import PageContext
from generator.views.facets import PARTY_KINDS, Row
from generator.views.page import Page, View
from generator.views.status import Status, status_of
from generator.views.timeline import Span, spans

URL = "agreements/plans/"
# --- pages

# The fields that say for when something is, or when it was said.
_TIMES = ("term", "date", "period")


@dataclass(frozen=True, slots=True)
class Line(Row):
    """What was planned, for when if the source says it, and the status of a document."""

    when: Date | None
    status: Status | None


def pages(dataset: Dataset) -> Iterator[Page]:
    """The overview, and a page for every year."""
    yield Page(URL, "plans-index", overview, heading="plans.title", section="agreements/")
    for year in planned(dataset):
        yield Page(
            f"{URL}{year:04}/",
            "plans-year",
            plans_of(year),
            heading="plans.of",
            heading_value=f"{year:04}",
            section="agreements/",
            path=((URL, "plans.title"),),
        )


def of_years(p: PageContext) -> Planned:
    """The ids of everything that was planned, by year and group, as the page reads it."""
    found: Planned = p.lens.query("planned_by_year")
    return found


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan with its status, its term as a line on the scale of all, and what rests on it."""

    item: Item
    status: Status
    span: Span | None
    resting: list[Item]


def overview(p: PageContext, _page: Page) -> dict[str, Any]:
    """All plans with their terms on one scale, and the years with what was planned for them."""
    items = [item for item in p.lens.all("agreement") if p.lens.is_plan(item.record.kind)]
    items.sort(key=lambda i: (i.record.term is None, (i.record.term or p.as_of).sort_key, i.id))
    scale = spans([i.record.term for i in items if i.record.term is not None], p.as_of)
    listed = [
        Plan(
            item,
            status_of(p, item),
            scale.of.get(item.record.term),
            [
                other
                for kind in ("project", "trade-goods")
                for other in p.lens.linked(item.id, kind)
                if other.record.rests_on == item.id
            ],
        )
        for item in items
    ]
    return {"listed": listed, "scale": scale, "years": of_years(p), "groups": GROUPS}


def plans_of(year: int) -> View:
    """The view of one year."""

    def view(p: PageContext, _page: Page) -> dict[str, Any]:
        found = of_years(p)
        known = list(found)
        at = known.index(year)
        groups = [
            (name, [_line(p, p.lens.item(i), name) for i in ids])
            for name, ids in found[year].items()
        ]
        values = [line.values for _, lines in groups for line in lines]
        return {
            "groups": groups,
            "facets": [
                facets.records(p, "party", PARTY_KINDS, values),
                facets.terms(p, "stage", "stages", values),
                facets.terms(p, "field", "fields", values),
            ],
            "year": f"{year:04}",
            "total": len(values),
            "before": known[at - 1] if at else None,
            "after": known[at + 1] if at + 1 < len(known) else None,
        }

    return view


def _line(p: PageContext, item: Item, group: str) -> Line:
    stage = getattr(item.record, "stage", None)
    subjects = [p.lens.item(i) for i in p.lens.subjects_of(item.id)]
    values = {
        "party": tuple(i.id for i in subjects if i.kind in PARTY_KINDS),
        "stage": (stage.at,) if stage is not None else (),
        "field": tuple(getattr(item.record, "fields", ())),
    }
    times = (getattr(item.record, name, None) for name in _TIMES)
    when = next((time for time in times if time is not None), None)
    return Line(item, values, when, status_of(p, item) if group == "documents" else None)


TEXTS = (
    *(f"plans.{name}" for name in (*GROUPS, "of")),
    *(f"filter.{name}" for name in ("party", "stage", "field")),
)
