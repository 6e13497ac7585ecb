"""The chronology: what documents can be found by, and the lists below it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.changes import Changes, Content
from generator.model.kinds import KINDS
from generator.views.facets import NONE, Facet, Row
from tests.samples import ROOT, Sample, make_sample

RECORDS = """
--- facts/regions/r.yaml
north: {kind: voivodeship, country: alpha, code: AA-N, sources: [part-1]}
south: {kind: voivodeship, country: beta, code: BB-S, sources: [part-1]}

--- facts/places/p.yaml
south-town: {kind: commune, region: south, sources: [n-2]}

--- facts/organisations/o.yaml
town-port: {kind: port, home: south-town, sources: [n-2]}
land-port: {kind: port, home: beta, sources: [n-2]}

--- facts/agreements/a.yaml
pact: {kind: convention, parties: [{of: north}, {of: beta}], signed: 2015-05, fields: [ports],
  sources: [n-1]}
ports: {kind: convention, parties: [{of: town-port}, {of: land-port}], reported: 2016,
  evidence: heading-only, sources: [n-1]}
schools: {kind: convention, parties: [{kind: school, count: 2, home: north}, {of: south-town}],
  signed: 2016, fields: [schools, ports], sources: [n-1]}
abroad: {kind: convention, parties: [{kind: school, home: beta}, {of: north}], sources: [n-1]}
plan: {kind: work-plan, parties: [{of: north}, {of: north}], term: 2016/2018, sources: [n-1]}

--- words/en/regions.yaml
north.name: "North"
south.name: "South"

--- words/en/places.yaml
south-town.name: "A Town"

--- words/en/organisations.yaml
town-port.name: "Port of the Town"
land-port.name: "Port of the Land"
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return make_sample(tmp_path_factory.mktemp("chronology") / "content", RECORDS)


def view(sample: Sample, url: str) -> Mapping[str, Any]:
    page = sample.pages[url]
    return page.view(sample.context(url), page)


def values(sample: Sample, facet: str) -> dict[str, tuple[str, ...]]:
    rows: list[Row] = view(sample, "agreements/")["rows"]
    return {row.item.id: tuple(row.values[facet]) for row in rows}


def facet(sample: Sample, name: str) -> Facet:
    found: Facet = next(f for f in view(sample, "agreements/")["facets"] if f.name == name)
    return found


def test_a_party_stands_for_itself_and_for_the_region_where_it_is(sample: Sample) -> None:
    assert values(sample, "party") == {
        "pact": ("north", "beta"),
        "ports": ("town-port", "south", "land-port"),
        "schools": ("north", "south-town", "south"),
        "abroad": ("north",),
        "plan": ("north",),
    }


def test_documents_are_found_by_year_kind_field_and_evidence(sample: Sample) -> None:
    assert values(sample, "year") == {
        **{"pact": ("2015",), "ports": ("2016",), "schools": ("2016",)},
        **{"abroad": (NONE,), "plan": ("2016",)},
    }
    assert values(sample, "kind")["plan"] == ("work-plan",)
    assert values(sample, "field")["schools"] == ("schools", "ports")
    assert values(sample, "evidence") == {
        **dict.fromkeys(("pact", "schools", "abroad", "plan"), ("text",)),
        "ports": ("heading-only",),
    }


def test_choices_are_what_occurs_latest_year_first_and_names_by_kind(sample: Sample) -> None:
    assert [value for value, _ in facet(sample, "year").groups[0][1]] == ["2016", "2015", NONE]
    groups = facet(sample, "party").groups
    assert [[value for value, _ in choices] for _, choices in groups] == [
        ["beta"],
        ["north", "south"],
        ["south-town"],
        ["land-port", "town-port"],
    ]
    assert [value for value, _ in facet(sample, "evidence").groups[0][1]] == [
        "text",
        "heading-only",
    ]


def test_every_choice_finds_a_row_and_every_row_is_found(sample: Sample) -> None:
    rows = view(sample, "agreements/")["rows"]
    for found in view(sample, "agreements/")["facets"]:
        offered = {value for _, choices in found.groups for value, _ in choices}
        assert offered == {value for row in rows for value in row.values[found.name]}


def test_attributes_of_rows_are_what_the_filter_reads(sample: Sample) -> None:
    text = sample.render("agreements/").text
    assert (
        'id="schools" data-year="2016" data-party="north south-town south" '
        'data-kind="convention" data-field="schools ports" data-evidence="text"'
    ) in text


def test_the_picture_tells_dates_of_their_own_from_plans_and_reports(sample: Sample) -> None:
    by_year = view(sample, "agreements/")["by_year"]
    assert by_year.years == (("2015", (1, 0, 0)), ("2016", (1, 1, 1)))


@pytest.mark.parametrize(
    ("url", "ids"),
    [
        ("by-year/2016", ["schools", "ports", "plan"]),
        ("by-party/south", ["schools", "ports"]),
        ("by-party/town-port", ["ports"]),
        ("by-party/beta", ["pact"]),
        ("by-kind/work-plan", ["plan"]),
    ],
)
def test_lists_have_the_documents_with_one_value(sample: Sample, url: str, ids: list[str]) -> None:
    rows = view(sample, f"agreements/{url}/")["rows"]
    assert sorted(row.item.id for row in rows) == sorted(ids)


def test_every_list_that_is_planned_is_linked_with_its_number(sample: Sample) -> None:
    for name in ("by-year", "by-party", "by-kind"):
        folder = f"agreements/{name}/"
        linked = {
            value: count
            for _, choices in view(sample, folder)["groups"]
            for value, _, count in choices
        }
        planned = {url for url in sample.pages if url.startswith(folder)} - {folder}
        assert planned == {f"{folder}{value}/" for value in linked}
        for value, count in linked.items():
            assert len(view(sample, f"{folder}{value}/")["rows"]) == count
            assert f'href="{value}/"' in sample.render(folder).text


def test_a_page_of_a_party_looks_at_no_other_documents_than_its_own(sample: Sample) -> None:
    for url in sample.pages:
        if url.startswith("agreements/by-party/") and url != "agreements/by-party/":
            party = url.split("/")[-2]
            reads = sample.render(url).reads
            assert "all:agreement" not in reads
            read = {i.id for i in sample.dataset.by_kind["agreement"] if f"item:{i.id}" in reads}
            assert read <= {i.id for i in sample.dataset.linked(party, "agreement")}, url


def test_years_lead_to_the_years_before_and_after(sample: Sample) -> None:
    first, last = (view(sample, f"agreements/by-year/{year}/") for year in ("2015", "2016"))
    assert (first["before"], first["after"]) == (None, "2016")
    assert (last["before"], last["after"]) == ("2015", None)


def test_no_record_can_take_the_address_of_a_list(tmp_path: Path) -> None:
    everything = (ROOT / "tests" / "everything.md").read_text(encoding="utf-8")
    sample = make_sample(tmp_path / "content", everything)
    for kind in KINDS.values():
        names = {
            url.split("/")[1]
            for url, page in sample.pages.items()
            if url.startswith(f"{kind.plural}/") and url.count("/") > 1 and page.subject is None
        }
        assert names <= set(kind.taken), kind.name


def test_a_body_that_moves_changes_what_its_documents_are_found_by(
    sample: Sample, tmp_path: Path
) -> None:
    moved = RECORDS.replace("commune, region: south", "commune, region: north")
    other = make_sample(tmp_path / "content", moved)
    changes = Changes(Content(sample.dataset, sample.words), Content(other.dataset, other.words))
    changed = changes.of("en")
    assert changed is not None
    assert {"subjects:ports", "subjects:schools"} <= changed
    assert "subjects:pact" not in changed
    reads = sample.render("agreements/by-party/town-port/").reads
    assert "subjects:ports" in reads
