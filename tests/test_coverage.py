"""Coverage: what is known for which region, year and measure, and that a gap is never a zero."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from generator.views.coverage import Line, State, Table
from tests.samples import OTHER, ROOT, Sample, make_sample

EVERYTHING = (ROOT / "tests" / "everything.md").read_text(encoding="utf-8")
VOCABULARY = (OTHER / "facts" / "vocabulary.yaml").read_text(encoding="utf-8")
SHARE = VOCABULARY.replace(
    "  conventions:", "  part: {partner: true, role: companion}\n  conventions:"
)
REGIONS = f"""
--- facts/vocabulary.yaml
{SHARE}

--- facts/regions/r.yaml
north: {{kind: voivodeship, country: alpha, code: AA-N, sources: [part-1]}}
middle: {{kind: voivodeship, country: alpha, code: AA-M, sources: [part-1]}}
south: {{kind: voivodeship, country: beta, code: BB-S, sources: [part-1]}}

--- facts/organisations/o.yaml
harbour: {{kind: port, home: middle, sources: [n-1]}}

--- words/en/regions.yaml
north.name: "North"
middle.name: "Middle"
south.name: "South"

--- words/en/organisations.yaml
harbour.name: "Harbour"

--- words/en/figures.yaml
named.label: "Of something else"

--- facts/figures/f.yaml
"""
PARTNER = "measure: exchanges, partner: beta, sources: [n-1]"
MONEY = "scale: million, unit: zloty"
YEAR = f"north, {PARTNER}, period: 2019"


def sample(tmp_path: Path, **figures: str) -> Sample:
    """Figures by their ids, each with what it is of first."""
    figures.setdefault("named", f"harbour, {PARTNER}, period: 1990, value: 1, {MONEY}")
    lines = "".join(f"{name}: {{of: {text}}}\n" for name, text in figures.items())
    return make_sample(tmp_path / "content", REGIONS + lines)


def values_of(found: Sample) -> Mapping[str, Any]:
    page = found.pages["coverage/"]
    return page.view(found.context(page.url), page)


def lines_of(table: Table) -> dict[str, Line]:
    return {line.item.id: line for group in table.groups for line in group.lines}


def strip(line: Line) -> list[str]:
    """The years of a region: the ids of their figures, or how many years have none."""
    return [" ".join(m.statement.id for m in c.marks) or f"-{c.years}" for c in line.cells]


@pytest.mark.parametrize(
    ("figure", "state"),
    [
        (f"{YEAR}, value: 5, {MONEY}", State.KNOWN),
        (f"{YEAR}, range: {{lower: 5, upper: 6}}, {MONEY}", State.KNOWN),
        (f"{YEAR}, range: {{lower: 0, upper: 6}}, {MONEY}", State.KNOWN),
        (f"{YEAR}, vague: handful, unit: zloty", State.KNOWN),
        (f"{YEAR}, value: 0, {MONEY}", State.ZERO),
        (f"{YEAR}-01/2019-09, value: 0, {MONEY}", State.ZERO),
        (f"{YEAR}-01/2019-09, value: 5, {MONEY}", State.PART),
        (f"{YEAR}, value: 5, {MONEY}, goods: [amber]", State.PART),
        (f"{YEAR}, change: {{direction: up, percent: 5, since: 2018}}", State.TOLD),
        (f"{YEAR}, share: {{percent: 5, whole: all-exchanges}}", State.TOLD),
        (f"{YEAR}, value: 5, {MONEY}, stage: {{at: intended}}", State.AHEAD),
        (f"{YEAR}, value: 5, {MONEY}, stage: {{at: finished}}", State.KNOWN),
        (f"{YEAR}, share: {{percent: 5, whole: all-exchanges}}".replace("exchanges,", "part,", 1),
         State.KNOWN),
        (f"{YEAR}, derived: {{rule: before-growth, inputs: [base]}}", State.DERIVED),
    ],
)  # fmt: skip
def test_a_figure_is_marked_for_what_it_says_of_its_year(
    tmp_path: Path, figure: str, state: State
) -> None:
    base = f"south, {PARTNER.replace('beta', 'alpha')}, period: 2020, value: 5, {MONEY}"
    base += ", change: {direction: up, percent: 5, since: 2019}"
    found = sample(tmp_path, one=figure, base=base)
    marks = {
        mark.statement.id: mark.state
        for table in values_of(found)["tables"]
        for line in lines_of(table).values()
        for cell in line.cells
        for mark in cell.marks
    }
    assert marks["one"] == state


def test_a_figure_with_words_of_its_own_is_a_part(tmp_path: Path) -> None:
    found = sample(tmp_path, named=f"{YEAR}, value: 5, {MONEY}")
    (table,) = values_of(found)["tables"]
    (cell,) = lines_of(table)["north"].cells
    assert [mark.state for mark in cell.marks] == [State.PART]


def test_years_without_a_figure_are_gaps(tmp_path: Path) -> None:
    found = sample(
        tmp_path,
        a=f"north, {PARTNER}, period: 2012, value: 5, {MONEY}",
        b=f"north, {PARTNER}, period: 2015, value: 5, {MONEY}",
        c=f"north, {PARTNER}, period: 2015-01/2015-03, value: 5, {MONEY}",
        d=f"north, {PARTNER}, period: 2013/2014, value: 5, {MONEY}",
        e=f"middle, {PARTNER}, period: 2016, value: 5, {MONEY}, stage: {{at: intended}}",
        f=f"middle, {PARTNER}, period: 2014/.., value: 5, {MONEY}",
    )
    (table,) = values_of(found)["tables"]
    lines = lines_of(table)
    assert table.years == range(2012, 2017)
    assert strip(lines["north"]) == ["a", "-2", "c b", "-1"]
    assert strip(lines["middle"]) == ["-4", "e"]
    # What is of several years is a figure of none of them.
    assert [mark.statement.id for mark in lines["north"].others] == ["d"]
    assert [mark.statement.id for mark in lines["middle"].others] == ["f"]
    # A plan is not counted as something known of its year.
    assert table.counts == {2012: 1, 2013: 0, 2014: 0, 2015: 1, 2016: 0}
    assert [[i.id for i in group.without] for group in table.groups] == [[], ["south"]]


def test_every_figure_stands_once_for_each_of_its_regions(tmp_path: Path) -> None:
    found = make_sample(tmp_path / "content", EVERYTHING)
    values = values_of(found)
    shown = [
        (line.item.id, mark.statement.id)
        for table in values["tables"]
        for line in lines_of(table).values()
        for marks in (line.others, *(cell.marks for cell in line.cells))
        for mark in marks
    ]
    shown += [
        (region.id, statement.id)
        for _, regions in values["others"]
        for region, statements in regions
        for statement in statements
    ]
    wanted = [
        (region.id, figure.id)
        for region in found.dataset.by_kind["region"]
        for figure in found.dataset.linked(region.id, "figure")
    ]
    assert sorted(shown) == sorted(wanted)
    assert wanted


def test_figures_of_firms_and_regions_among_themselves_are_none_of_the_region(
    tmp_path: Path,
) -> None:
    found = sample(
        tmp_path, pair=f"north, {PARTNER.replace('beta', 'south')}, period: 2019, value: 5, {MONEY}"
    )
    values = values_of(found)
    assert values["tables"] == []
    assert [(name, [(r.id, [s.id for s in one]) for r, one in regions])
            for name, regions in values["others"]] == [
        ("exchanges", [("middle", ["named"]), ("north", ["pair"]), ("south", ["pair"])])
    ]  # fmt: skip


def page_of(found: Sample) -> Any:
    text = found.render("coverage/").text
    return html.fragment_fromstring(text.partition("\n---\n")[2], create_parent="div")


def test_every_mark_is_a_link_to_its_figure_and_says_what_it_is(tmp_path: Path) -> None:
    found = sample(
        tmp_path,
        a=f"north, {PARTNER}, period: 2012, value: 5, {MONEY}",
        b=f"beta, {PARTNER.replace('beta', 'north')}, period: 2015, value: 7, {MONEY}",
    )
    page = page_of(found)
    marks = [link for link in page.iter("a") if link.find("svg") is not None]
    assert len(marks) == 2
    shapes = {symbol.get("id") for symbol in page.iter("symbol")}
    assert {f"state-{state}" for state in State} == shapes
    profile = found.render("regions/north/").text
    for link in marks:
        address, _, anchor = link.get("href").partition("#")
        assert address == "../regions/north/"
        assert f'id="{anchor}"' in profile
        assert link.find("svg/use").get("href").lstrip("#") in shapes
    # Numbers stay with their units.
    said = [link.find("svg/title").text.replace("\N{NO-BREAK SPACE}", " ") for link in marks]
    assert said[0].startswith("5 million zloty (2012)")
    # Whose figure it is stands there, if it is not the region's own.
    assert said[1].startswith("Beta – North: 7 million zloty (2015)")


def test_each_row_has_a_cell_for_every_year_and_gaps_say_so(tmp_path: Path) -> None:
    found = sample(
        tmp_path,
        a=f"north, {PARTNER}, period: 2012, value: 5, {MONEY}",
        b=f"middle, {PARTNER}, period: 2015, value: 7, {MONEY}",
    )
    gaps = 0
    for table in page_of(found).iter("table"):
        head = table.find("thead/tr")
        for row in table.findall("tbody/tr"):
            assert sum(int(cell.get("colspan") or 1) for cell in row) == len(head)
            for cell in row.findall("td"):
                if cell.get("class") == "gap":
                    assert cell.text_content() == "value.not-in-source"
                    gaps += 1
    assert gaps == 4  # two years in the overview, and one run for each of two regions


def test_regions_without_any_figure_are_named(tmp_path: Path) -> None:
    found = sample(tmp_path, a=f"north, {PARTNER}, period: 2012, value: 5, {MONEY}")
    values = values_of(found)
    assert [(c.id, [r.id for r in regions]) for c, regions in values["silent"]] == [
        ("beta", ["south"])
    ]
    assert values["total"] == 3


def test_without_any_figure_there_is_still_a_page(tmp_path: Path) -> None:
    region = """
--- facts/regions/r.yaml
north: {kind: voivodeship, country: alpha, code: AA-N, sources: [part-1]}

--- words/en/regions.yaml
north.name: "North"
"""
    page = page_of(make_sample(tmp_path / "content", region))
    assert list(page.iter("table")) == []
    assert [link.get("href") for link in page.iter("a")].count("../regions/north/") == 1


def test_the_page_is_made_again_for_what_it_shows(tmp_path: Path) -> None:
    found = sample(tmp_path, a=f"north, {PARTNER}, period: 2012, value: 5, {MONEY}")
    reads = found.render("coverage/").reads
    assert {
        "all:country",
        "linked:alpha:region",
        "linked:north:figure",
        "linked:south:figure",
        "item:a",
        "word:a.label",
        "word:north.name",
        "vocabulary",
    } <= reads
