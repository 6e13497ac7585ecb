"""What was planned for when, and what the source reports of it: an overview and a page a year.

A year has what was for that year or, where the source gives no time, what was reported in it. What
came of it stands beside: what was under way or completed in the same year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.dataset import Dataset, Item, date_of
from generator.model.dates import Date
from generator.model.vocabulary import Phase
from generator.views import facets
from generator.views.context import PageContext
from generator.views.facets import PARTY_KINDS, Row
from generator.views.page import Page, View
from generator.views.status import Status, status_of
from generator.views.timeline import Span, spans

URL = "agreements/plans/"
# What may be planned, besides plans themselves, in the order in which a year shows it.
KINDS = ("agreement", "forum", "meeting", "project", "programme", "trade-goods", "figure")
GROUPS = ("documents", "ahead", "begun", "stated")
All = Callable[[str], Sequence[Item]]


@dataclass(frozen=True)
class Year:
    """What belongs to one year: documents, what was ahead, what had begun, and what was said."""

    documents: list[Item] = field(default_factory=list)
    ahead: list[Item] = field(default_factory=list)
    begun: list[Item] = field(default_factory=list)
    stated: list[Item] = field(default_factory=list)

    @property
    def groups(self) -> list[tuple[str, list[Item]]]:
        """The groups by name, empty ones left out."""
        return [(name, found) for name in GROUPS if (found := getattr(self, name))]


def years(
    every: All, is_plan: Callable[[str], bool], phase: Callable[[str], Phase]
) -> Mapping[int, Year]:
    """Everything that was planned, by year; what has no date at all is left out."""
    found: dict[int, Year] = defaultdict(Year)
    for kind in (*KINDS, "position"):
        for item in every(kind):
            group = _group(item, is_plan, phase)
            if group is not None:
                for year in _years_of(item):
                    getattr(found[year], group).append(item)
    return dict(sorted(found.items()))


def _group(item: Item, is_plan: Callable[[str], bool], phase: Callable[[str], Phase]) -> str | None:
    record = item.record
    if item.kind == "position":
        return "stated" if record.outcome is not None else None
    if item.kind == "agreement" and is_plan(record.kind):
        return "documents"
    if record.stage is None:
        return None
    if phase(record.stage.at) is Phase.AHEAD:
        return "ahead"
    return "begun" if item.kind != "agreement" else None


def _years_of(item: Item) -> range:
    date: Date | None = getattr(item.record, "term", None) or date_of(item.record)
    if date is None:
        return range(0)
    return range(date.start.year, (date.end or date.start).year + 1)


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
    vocabulary = dataset.vocabulary
    yield Page(URL, "plans-index", overview, heading="plans.title", section="agreements/")
    every = dataset.by_kind.__getitem__
    for year in years(every, vocabulary.is_plan, lambda stage: vocabulary.stage(stage).phase):
        yield Page(
            f"{URL}{year:04}/",
            "plans-year",
            plans_of(year),
            heading="plans.of",
            heading_value=f"{year:04}",
            section="agreements/",
            path=((URL, "plans.title"),),
        )


def of_years(p: PageContext) -> Mapping[int, Year]:
    """Everything that was planned, by year, as the page reads it."""
    return years(p.lens.all, p.lens.is_plan, p.lens.phase)


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
            (name, [_line(p, item, name) for item in items]) for name, items in found[year].groups
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
