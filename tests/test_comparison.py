"""The comparison of regions: what it tells of each, and in what it compares them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from generator.model.amounts import Change
from generator.views.compared import COUNTED, growth
from generator.views.comparison import Line
from tests.samples import OTHER, ROOT, Sample, make_sample

EVERYTHING = (ROOT / "tests" / "everything.md").read_text(encoding="utf-8")
VOCABULARY = (OTHER / "facts" / "vocabulary.yaml").read_text(encoding="utf-8")
CROWN = VOCABULARY.replace("  zloty:", "  crown: {currency: CZK}\n  zloty:")
REGIONS = f"""
--- facts/vocabulary.yaml
{CROWN}

--- facts/countries/more.yaml
gamma: {{code: CC, sources: [part-1]}}

--- words/en/countries.yaml
alpha.name: "Alpha"
beta.name: "Beta"
gamma.name: "Gamma"

--- facts/regions/r.yaml
north: {{kind: voivodeship, country: alpha, code: AA-N, sources: [part-1]}}
middle: {{kind: voivodeship, country: alpha, code: AA-M, sources: [part-1]}}
upper: {{kind: voivodeship, country: alpha, code: AA-U, sources: [part-1]}}
west: {{kind: voivodeship, country: alpha, code: AA-W, sources: [part-1]}}
south: {{kind: voivodeship, country: beta, code: BB-S, sources: [part-1]}}
east: {{kind: voivodeship, country: gamma, code: CC-E, sources: [part-1]}}

--- words/en/regions.yaml
north.name: "A North"
middle.name: "B Middle"
upper.name: "C Upper"
west.name: "D West"
south.name: "South"
east.name: "East"

--- words/en/figures.yaml
named.label: "Of something else"

--- facts/figures/f.yaml
"""
PARTNER = "measure: exchanges, partner: beta, sources: [n-1]"
MONEY = "scale: million, unit: zloty"


def sample(tmp_path: Path, **figures: str) -> Sample:
    """Figures of regions by their ids, each with the region that it is of first."""
    figures.setdefault("named", f"north, {PARTNER}, period: 1990, value: 1, {MONEY}")
    lines = "".join(f"{name}: {{of: {text}}}\n" for name, text in figures.items())
    return make_sample(tmp_path / "content", REGIONS + lines)


def values_of(found: Sample) -> Mapping[str, Any]:
    page = found.pages["comparison/"]
    return page.view(found.context(page.url), page)


def lines_of(found: Sample) -> dict[str, Line]:
    groups = values_of(found)["groups"]
    return {line.item.id: line for group in groups for line in group.lines}


def told(found: Sample, name: str) -> dict[str, str]:
    """The figures that stand in a column, by region."""
    cells = {i: getattr(line.told, name) for i, line in lines_of(found).items()}
    return {i: one.id for i, one in cells.items() if one is not None}


def orders(found: Sample, name: str) -> dict[str, int]:
    lines = lines_of(found)
    return {i: line.orders[name] for i, line in lines.items() if name in line.orders}


# --- figures


def test_values_of_whole_years_are_compared_in_the_unit_of_most(tmp_path: Path) -> None:
    found = sample(
        tmp_path,
        a1=f"north, {PARTNER}, period: 2018, value: 900, {MONEY}",
        a2=f"north, {PARTNER}, period: 2019, qualifier: around, value: 5, {MONEY}",
        b1=f"middle, {PARTNER}, period: 2012, value: 7000, scale: thousand, unit: zloty",
        c1=f"upper, {PARTNER}, period: 2019, value: 9, scale: million, unit: crown",
        d1=f"west, {PARTNER}, period: 2019, vague: handful, unit: zloty",
    )
    # The latest value counts, whatever its size; another currency and no number have no place.
    assert told(found, "year") == {"north": "a2", "middle": "b1", "upper": "c1", "west": "d1"}
    assert orders(found, "year") == {"north": 1, "middle": 2}


@pytest.mark.parametrize(
    "other",
    [
        f"period: 2020-01/2020-09, value: 5, {MONEY}",
        f"period: {{on: 2020, part: end}}, value: 5, {MONEY}",
        f"period: 2019/2020, value: 5, {MONEY}",
        f"period: 2020, value: 5, {MONEY}, stage: {{at: intended}}",
        f"period: 2020, value: 5, {MONEY}, goods: [amber]",
        "period: 2020, change: {direction: up, percent: 5, since: 2019}",
    ],
)
def test_nothing_else_stands_among_whole_years(tmp_path: Path, other: str) -> None:
    found = sample(
        tmp_path,
        a=f"north, {PARTNER}, period: 2019, value: 5, {MONEY}",
        b=f"north, {PARTNER}, {other}",
        named=f"north, {PARTNER}, period: 2021, value: 1, {MONEY}",
    )
    assert told(found, "year") == {"north": "a"}


def test_parts_of_years_have_an_order_in_time_and_none_by_size(tmp_path: Path) -> None:
    found = sample(
        tmp_path,
        a=f"north, {PARTNER}, period: 2020-01/2020-09, value: 1, {MONEY}",
        b=f"middle, {PARTNER}, period: 2019-01/2019-03, value: 900, {MONEY}",
        c=f"upper, {PARTNER}, period: 2020-01/2020-09, value: 5, {MONEY}",
        d=f"west, {PARTNER}, period: 2019/2021, value: 5, {MONEY}",
    )
    assert told(found, "part") == {"north": "a", "middle": "b", "upper": "c"}
    assert orders(found, "part") == {"middle": 1, "north": 2, "upper": 2}


@pytest.mark.parametrize(
    ("change", "hundred"),
    [
        ({"direction": "up", "percent": "12.5"}, "112.5"),
        ({"direction": "down", "percent": "12.5"}, "87.5"),
        ({"direction": "up", "range": {"lower": "3", "upper": "4"}}, "103"),
        ({"direction": "up", "factor": "2.1"}, "210.0"),
        ({"direction": "down", "factor": "2.5"}, "40"),
        ({"direction": "down", "factor": "0"}, None),
        ({"direction": "up", "fraction": "half"}, None),
        ({"direction": "up", "vague": "handful"}, None),
        (
            {"direction": "up", "percent": "142", "ambiguous": "index-or-increase"},
            None,
        ),
    ],
)
def test_changes_have_an_order_only_as_numbers(
    change: Mapping[str, Any], hundred: str | None
) -> None:
    found = growth(Change.model_validate(change))
    assert found == (None if hundred is None else Decimal(hundred))


def test_the_latest_change_stands_there_even_without_a_value(tmp_path: Path) -> None:
    up = "change: {direction: up, percent: 5, since: 2018}"
    half = "change: {direction: down, fraction: half, since: 2019}"
    found = sample(
        tmp_path,
        a=f"north, {PARTNER}, period: 2019, value: 5, {MONEY}, {up}",
        b=f"north, {PARTNER}, period: 2020, {half}",
        c=f"middle, {PARTNER}, period: 2019, {up}",
    )
    assert told(found, "change") == {"north": "b", "middle": "c"}
    assert orders(found, "change") == {"middle": 1}


def test_a_group_has_the_partner_of_most_of_its_regions(tmp_path: Path) -> None:
    gamma = PARTNER.replace("beta", "gamma")
    found = sample(
        tmp_path,
        a=f"north, {PARTNER}, period: 2019, value: 1, {MONEY}",
        b=f"middle, {PARTNER}, period: 2019, value: 2, {MONEY}",
        c=f"upper, {gamma}, period: 2019, value: 3, {MONEY}",
        d=f"north, {gamma}, period: 2020, value: 4, {MONEY}",
    )
    partners = {group.country.id: group.partner for group in values_of(found)["groups"]}
    assert partners == {"alpha": "beta", "beta": None, "gamma": None}
    assert told(found, "year") == {"north": "a", "middle": "b"}


def test_a_dataset_without_a_headline_measure_has_no_columns_for_it(tmp_path: Path) -> None:
    plain = REGIONS.replace(", role: headline", "")
    figure = f"named: {{of: north, {PARTNER}, period: 1990, value: 1, {MONEY}}}\n"
    found = make_sample(tmp_path / "content", plain + figure)
    names = [column.name for column in values_of(found)["columns"]]
    assert names == ["region", "since", *COUNTED]
    (table,) = parsed(found).iter("table")
    assert {len(row) for row in table.iter("tr") if row.get("id")} == {len(names)}


# --- documents, counts and the page

MORE = f"""
--- facts/figures/more.yaml
trade-2021-jan: {{of: north, {PARTNER}, period: 2021-01, value: 3, {MONEY}}}
"""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return make_sample(tmp_path_factory.mktemp("comparison") / "content", EVERYTHING, MORE)


def parsed(found: Sample) -> Any:
    text = found.render("comparison/").text
    return html.fragment_fromstring(text.partition("\n---\n")[2], create_parent="div")


def cells(found: Sample) -> Iterator[tuple[str, str, Any]]:
    """Each cell with its region and column."""
    page = parsed(found)
    heads = [head.get("data-column") for head in page.iter("th") if head.get("data-column")]
    for row in page.iter("tr"):
        if row.get("id"):
            yield from ((row.get("id"), name, cell) for name, cell in zip(heads, row, strict=True))


def test_counts_are_those_of_the_sections_that_they_lead_to(full: Sample) -> None:
    seen = 0
    for region, name, cell in cells(full):
        if name in COUNTED and cell.get("data-sort"):
            link = next(cell.iter("a"))
            assert link.get("href") == f"../regions/{region}/#{name}-list"
            profile = full.render(f"regions/{region}/").text
            assert f"{{: #{name}-list }}" in profile
            if name in ("agreement", "project", "position"):
                jump = f'<a href="#{name}-list">section.{name}</a> <span>{link.text}</span>'
                assert jump in profile
            assert cell.get("data-sort") == link.text
            seen += 1
    assert seen >= len(COUNTED)


def test_every_link_of_a_figure_or_document_leads_to_its_place(full: Sample) -> None:
    found = set()
    for region, name, cell in cells(full):
        if name in ("year", "part", "change", "since"):
            for link in cell.iter("a"):
                address, _, anchor = link.get("href").partition("#")
                if address:
                    assert address == f"../regions/{region}/"
                    assert f'id="{anchor}"' in full.render(f"regions/{region}/").text
                    found.add(name)
    assert found == {"year", "part", "change", "since"}


def test_what_is_missing_says_so_and_has_no_place_in_the_order(full: Sample) -> None:
    seen = set()
    for _, name, cell in cells(full):
        is_missing = "none" in (cell.get("class") or "").split()
        assert is_missing == (cell.get("data-sort") is None)
        assert is_missing == (cell.text_content() == "value.not-in-source")
        seen.add((name, is_missing))
    assert {is_missing for _, is_missing in seen} == {True, False}


def test_documents_known_by_a_report_come_after_those_with_a_date(tmp_path: Path) -> None:
    documents = """
--- facts/agreements/a.yaml
old: {kind: convention, parties: [{of: north}], reported: 1990, sources: [n-1]}
new: {kind: convention, parties: [{of: north}], in_force: 2015-02, sources: [n-1]}
newer: {kind: convention, parties: [{of: middle}], signed: 2015-01, sources: [n-1]}
told: {kind: convention, parties: [{of: upper}], reported: 1980, sources: [n-1]}
undated: {kind: convention, parties: [{of: west}], sources: [n-1]}
"""
    figure = f"named: {{of: north, {PARTNER}, period: 1990, value: 1, {MONEY}}}\n"
    found = make_sample(tmp_path / "content", REGIONS + figure, documents)
    since = {i: line.told.since for i, line in lines_of(found).items()}
    assert {i: (one.item.id, one.is_own) for i, one in since.items() if one is not None} == {
        "north": ("new", True),
        "middle": ("newer", True),
        "upper": ("told", False),
    }
    assert orders(found, "since") == {"middle": 1, "north": 2}


def test_rows_stand_by_country_and_name_and_can_be_filtered_by_both(full: Sample) -> None:
    values = values_of(full)
    assert [facet.name for facet in values["facets"]] == ["country"]
    for group in values["groups"]:
        assert [line.item.id for line in group.lines] == [
            item.id
            for item in full.context("comparison/").sorted_by_name(
                full.dataset.linked(group.country.id, "region")
            )
        ]
        assert {line.values["country"] for line in group.lines} == {(group.country.id,)}


def test_every_column_says_how_it_is_sorted(full: Sample) -> None:
    for column in values_of(full)["columns"]:
        head = next(h for h in parsed(full).iter("th") if h.get("data-column") == column.name)
        for way in ("up", "down"):
            assert head.get(f"data-{way}").startswith(f"comparison.{column.kind}-{way}")
            assert head.get(f"data-{way}").endswith(column.note.unescape())
        assert head.get("data-first") in ("up", "down")


def test_the_page_is_made_again_for_what_it_shows(full: Sample) -> None:
    reads = full.render("comparison/").reads
    assert {
        "all:country",
        "linked:alpha:region",
        "linked:north:figure",
        "linked:north:agreement",
        "linked:north:project",
        "linked:south:position",
        "item:trade-2019",
        "word:north.name",
        "vocabulary",
    } <= reads
    # Not for notes, which stand on the profiles.
    assert "word:trade-2019.note" not in reads
