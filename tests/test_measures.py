"""Measures: a definition, all figures, drawings where they make a series, and what lies near."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from generator.project import Project
from generator.views.measures import figures_of
from tests.samples import ROOT, TWO_REGIONS, Sample, make_sample

EVERYTHING = ROOT / "tests" / "everything.md"
REGIONS = (
    TWO_REGIONS
    + """
--- facts/figures/f.yaml
"""
)
TRADE = "measure: exchanges, of: north, partner: south, unit: zloty, sources: [n-1]"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder: Path = tmp_path_factory.mktemp("measures") / "content"
    return make_sample(folder, EVERYTHING.read_text(encoding="utf-8"))


def page(tmp_path: Path, measure: str, *figures: str) -> str:
    """The page of a measure, given figures."""
    text = REGIONS + "".join(f"f-{n}: {{{one}}}\n" for n, one in enumerate(figures))
    return make_sample(tmp_path / "content", text).render(f"measures/{measure}/").text


def urls(sample: Sample) -> Iterator[tuple[str, str]]:
    for url in sample.pages:
        if url.startswith("measures/") and url != "measures/":
            yield url, url.split("/")[1]


def test_a_measure_has_its_definition_and_every_figure_of_it(sample: Sample) -> None:
    seen = 0
    for url, measure in urls(sample):
        text = sample.render(url).text
        assert f'<p class="lead">measures.{measure}.definition</p>' in text
        found = [s for s in sample.dataset.statements.values() if s.amount.measure == measure]
        table = text.split('id="figures-table"')[1].split("</table>")[0]
        assert table.count("<tr>") == 1 + len(found)
        seen += len(found)
    assert seen == len(sample.dataset.statements)


def test_the_index_says_unit_period_and_number(sample: Sample) -> None:
    text = sample.render("measures/").text
    for url, measure in urls(sample):
        figures = figures_of(sample.context(url), measure)
        row = text.split(f'<a href="{measure}/">')[1].split("</tr>")[0]
        assert f'<td class="num">{len(figures)}</td>' in row
        units = {one.statement.amount.unit for one in figures} - {None}
        assert units
        assert all(f"units.{unit}" in row for unit in units)


def test_a_measure_of_shares_or_changes_has_no_unit(tmp_path: Path) -> None:
    change = "measure: conventions, of: north, period: 2020, sources: [n-1],"
    text = page(tmp_path, "conventions", f"{change} change: {{direction: up, percent: 10}}")
    assert "<dt>field.unit</dt><dd>measure.no-unit</dd>" in text


def test_values_of_whole_years_are_drawn(tmp_path: Path) -> None:
    text = page(
        tmp_path,
        "exchanges",
        f"{TRADE}, period: 2018, value: 5",
        f"{TRADE}, period: 2019, value: 7",
    )
    drawn = text.split("#drawn")[1].split("## ")[0]
    assert drawn.count("<figure") == 1
    assert "North – South" in drawn
    assert "measure.not-drawn" not in text


@pytest.mark.parametrize(
    "second", ["period: 2019-01/2019-09, value: 7", "period: 2018-05, value: 1"]
)
def test_what_cannot_be_compared_is_not_drawn_and_the_page_says_so(
    tmp_path: Path, second: str
) -> None:
    text = page(tmp_path, "exchanges", f"{TRADE}, period: 2018, value: 5", f"{TRADE}, {second}")
    assert "<figure" not in text
    assert "measure.not-drawn" in text


def test_a_measure_that_makes_no_series_needs_no_excuse(tmp_path: Path) -> None:
    one = "measure: ferries, of: north, period: 2020, value: 2, unit: ferry, sources: [n-1]"
    assert "measure.not-drawn" not in page(tmp_path, "ferries", one)


def test_measures_close_to_it_are_named_and_linked_where_they_have_figures(tmp_path: Path) -> None:
    ferries = "measure: ferries, of: north, period: 2020, value: 2, unit: ferry, sources: [n-1]"
    counted = "of: north, period: 2020, value: 3, unit: convention-unit, sources: [n-1]"
    text = page(tmp_path, "conventions", ferries, f"measure: conventions, {counted}")
    beside = text.split("<dt>measure.beside</dt>")[1].split("</div>")[0]
    assert re.findall(r"<li>(.*?)</li>", beside) == [
        "Measures.exchanges",
        '<a href="../ferries/">Measures.ferries</a>',
    ]
    # All of it is of one region, so its figures of those measures stand there too.
    others = text.split("#others")[1]
    assert '#f-0"' in others and "#f-1" not in others


def test_of_several_subjects_no_others_are_shown(tmp_path: Path) -> None:
    ferries = "measure: ferries, of: north, period: 2020, value: 2, unit: ferry, sources: [n-1]"
    both = [
        f"measure: conventions, of: {of}, period: 2020, value: 3, unit: convention-unit,"
        " sources: [n-1]"
        for of in ("north", "south")
    ]
    assert "#others" not in page(tmp_path, "conventions", ferries, *both)


def test_a_figure_leads_to_where_it_stands_with_its_stage_and_notes(sample: Sample) -> None:
    for url, measure in urls(sample):
        text = sample.render(url).text
        for one in figures_of(sample.context(url), measure):
            assert f'href="../../{sample.routes[one.item.id]}"' in text
            if one.stage is not None:
                assert f"stages.{one.stage.at}" in text


def test_a_figure_inside_a_record_has_the_stage_of_that(sample: Sample) -> None:
    p = sample.context()
    stages = {
        one.statement.id: one.stage.at
        for measure in p.lens.entries("measures")
        for one in figures_of(p, measure)
        if one.stage is not None
    }
    for item in sample.dataset.by_kind["project"]:
        for statement in sample.dataset.statements_of.get(item.id, ()):
            own = statement.amount.stage or item.record.stage
            assert stages[statement.id] == own.at


def test_every_measure_of_the_data_is_defined_in_every_language() -> None:
    content = ROOT / "content"
    site = yaml.load((content / "site.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    vocabulary = yaml.load(
        (content / "facts" / "vocabulary.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader
    )
    for code in site["languages"]:
        path = content / "words" / code / "terms.yaml"
        words = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        found = [words[f"measures.{name}.definition"] for name in vocabulary["measures"]]
        assert all(text.endswith(".") for text in found)
        assert len(set(found)) == len(found)


def test_no_measure_of_the_data_lies_close_to_itself_or_twice_to_another() -> None:
    path = ROOT / "content" / "facts" / "vocabulary.yaml"
    for name, attributes in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)[
        "measures"
    ].items():
        beside = attributes.get("beside", [])
        assert name not in beside
        assert len(set(beside)) == len(beside)


def test_the_turnover_of_the_exchange_is_on_one_page(real_site: Project) -> None:
    html = (real_site.site / "en" / "measures" / "exchange-turnover" / "index.html").read_text(
        encoding="utf-8"
    )
    others = html.split('id="others"')[1]
    for other in ("exchange-members", "exchange-exports", "exchange-transactions"):
        assert f'href="../{other}/"' in others
