"""What was planned for when: which records belong to which year, and to which part of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.samples import ROOT, Sample, make_sample

# The records and words of the golden pages, and more that belongs to no year or to several.
GOLDEN = (ROOT / "tests" / "golden" / "plans.md").read_text(encoding="utf-8")
MORE = """
--- facts/meetings/m.yaml
met: {kind: session, date: 2020, stage: {at: intended, as_of: 2019}, sources: [n-1]}
session: {kind: session, date: 2020, sources: [n-1]}

--- facts/agreements/b.yaml
hoped: {kind: convention, parties: [{of: south}], reported: 2022-01, stage: {at: intended},
  sources: [n-1]}
used: {kind: convention, parties: [{of: south}], reported: 2022-01, stage: {at: running},
  sources: [n-1]}

--- facts/programmes/p.yaml
exchange: {kind: exchange, stage: {at: running}, sources: [n-1]}

--- words/en/programmes.yaml
exchange.name: "Exchange"
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("plans") / "content"
    return make_sample(folder, GOLDEN.split("\n=== ")[0], MORE)


def view(sample: Sample, url: str) -> Mapping[str, Any]:
    page = sample.pages[url]
    return page.view(sample.context(url), page)


def groups(sample: Sample, year: int) -> dict[str, list[str]]:
    found = view(sample, f"agreements/plans/{year}/")["groups"]
    return {name: [line.item.id for line in lines] for name, lines in found}


def test_a_year_has_what_was_for_it_and_what_was_reported_in_it(sample: Sample) -> None:
    assert groups(sample, 2020) == {
        "documents": ["plan-2019"],
        "ahead": ["met", "ferry", "goods", "target"],
        "begun": ["pier", "quay"],
        "stated": ["hope"],
    }


def test_what_is_for_several_years_stands_in_each(sample: Sample) -> None:
    assert groups(sample, 2019) == {"documents": ["plan-2019"]}
    assert groups(sample, 2021) == {"documents": ["plan-2021"], "ahead": ["goods"]}
    # A plan without a term stands in the year of its date, an open one where it begins.
    assert groups(sample, 2018) == {"documents": ["plan"]}


def test_an_agreement_is_a_plan_only_as_long_as_it_lies_ahead(sample: Sample) -> None:
    assert groups(sample, 2022) == {"ahead": ["hoped"]}


def test_what_has_no_date_belongs_to_no_year(sample: Sample) -> None:
    years = [url for url in sample.pages if url.startswith("agreements/plans/2")]
    assert not any("planned-exchange" in sample.render(url).text for url in years)


def test_a_line_says_for_when_only_if_the_source_does(sample: Sample) -> None:
    found = view(sample, "agreements/plans/2020/")["groups"]
    times = {line.item.id: line.when and line.when.edtf for _, lines in found for line in lines}
    assert times == {
        **{"plan-2019": "2019-07/2020-12", "met": "2020", "ferry": "2020", "goods": "2020/2021"},
        **{"target": "2020", "pier": None, "quay": None, "hope": "2020"},
    }


def test_the_overview_counts_what_the_years_show(sample: Sample) -> None:
    overview = view(sample, "agreements/plans/")
    pages = {url for url in sample.pages if url.startswith("agreements/plans/2")}
    assert pages == {f"agreements/plans/{year}/" for year in overview["years"]}
    for year, found in overview["years"].items():
        shown = groups(sample, year)
        assert {name: list(ids) for name, ids in found.items()} == shown


def test_plans_come_by_term_with_what_rests_on_them(sample: Sample) -> None:
    listed = view(sample, "agreements/plans/")["listed"]
    assert [plan.item.id for plan in listed] == ["plan-2019", "plan-2021", "plan"]
    assert [[item.id for item in plan.resting] for plan in listed] == [["ferry", "goods"], [], []]
    assert [plan.status.name for plan in listed] == ["ended", "running", "unknown"]
    assert [plan.span is None for plan in listed] == [False, False, True]


def test_a_year_leads_to_its_neighbours_and_can_be_filtered(sample: Sample) -> None:
    found = view(sample, "agreements/plans/2020/")
    assert (found["before"], found["after"], found["total"]) == (2019, 2021, 8)
    offered = {f.name: [v for _, group in f.groups for v, _ in group] for f in found["facets"]}
    assert offered == {
        "party": ["beta", "north", "south"],
        "stage": ["finished", "intended", "running"],
        "field": ["ports"],
    }
