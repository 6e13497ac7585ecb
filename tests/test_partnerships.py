"""The page of partnerships: all of them as pictures and rows, with what else is municipal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.project import Project
from generator.routes import relative
from generator.views.home import FURTHER
from generator.views.partnerships import drawings_of
from tests.samples import Sample, make_sample

URL = "partnerships/"
RECORDS = """
--- facts/regions/r.yaml
north: {kind: voivodeship, country: alpha, code: AA-N, sources: [part-1]}
east: {kind: voivodeship, country: alpha, code: AA-E, sources: [part-1]}
south: {kind: voivodeship, country: beta, code: BB-S, sources: [part-1]}

--- facts/places/p.yaml
a-town: {kind: commune, region: north, sources: [n-1]}
b-town: {kind: commune, region: east, sources: [n-1]}
c-town: {kind: commune, region: south, sources: [n-1]}
d-town: {kind: commune, region: south, sources: [n-1]}

--- facts/organisations/o.yaml
port: {kind: port, home: north, sources: [n-1]}
committee: {kind: joint-committee, of: [north, south], sources: [n-1]}

--- facts/partnerships/p.yaml
later: {parties: [a-town, c-town], since: [2005], sources: [n-1]}
first: {parties: [c-town, a-town], since: [2011, 2001], sources: [n-1]}
three: {parties: [d-town, b-town, c-town], sources: [n-1]}
body: {parties: [d-town, port], since: [1999], sources: [n-1]}
regions: {parties: [north, south], since: [1990], sources: [n-1]}

--- facts/agreements/a.yaml
of-towns: {kind: convention, parties: [{of: a-town}, {of: c-town}], signed: 2001, sources: [n-1]}
of-one: {kind: convention, parties: [{of: a-town}, {of: south}], signed: 2002, sources: [n-1]}

--- facts/figures/f.yaml
counted: {measure: conventions, of: south, period: 2020, value: 9, unit: convention-unit,
  sources: [n-1]}
other: {measure: ferries, of: south, period: 2020, value: 2, unit: ferry, sources: [n-1]}

--- facts/meetings/m.yaml
session-2: {kind: session, series: committee, ordinal: 2, date: 2015, place: a-town, sources: [n-1]}
session-1: {kind: session, series: committee, ordinal: 1, date: 2019, sources: [n-1]}

--- words/en/regions.yaml
north.name: "North"
south.name: "South"
east.name: "East"

--- words/en/places.yaml
a-town.name: "A"
b-town.name: "B"
c-town.name: "C"
d-town.name: "D"

--- words/en/organisations.yaml
port.name: "Port"
committee.name: "Committee"
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return make_sample(tmp_path_factory.mktemp("partnerships") / "content", RECORDS)


@pytest.fixture(scope="module")
def page(sample: Sample) -> str:
    return sample.render(URL).text


def test_there_is_a_picture_for_each_pair_of_countries(sample: Sample) -> None:
    p = sample.context(URL)
    drawings = drawings_of(p, p.lens.all("partnership"))
    assert [(drawing.left, drawing.right) for drawing in drawings] == [
        ("alpha", "beta"),
        ("beta", "beta"),
    ]
    across, within = ({line.tie for line in drawing.picture.lines} for drawing in drawings)
    assert across == {
        ("a-town", "c-town"),
        ("b-town", "d-town"),
        ("b-town", "c-town"),
        ("north", "south"),
    }
    assert within == {("d-town", "c-town")}
    # Two partnerships are one line.
    assert [f"{date.start}" for date in drawings[0].since["a-town", "c-town"]] == [
        "2001",
        "2005",
        "2011",
    ]


def test_what_lies_in_no_country_is_in_the_table_only(sample: Sample, page: str) -> None:
    figure, table = page.split("</figure>", 1)[0], page.split("partnerships-table", 1)[1]
    assert "port" not in figure
    assert '<tr id="body">' in table and 'href="../organisations/port/"' in table


def test_every_municipality_is_a_link_in_picture_and_table(sample: Sample, page: str) -> None:
    for town in ("a-town", "b-town", "c-town", "d-town"):
        address = relative(URL, sample.routes[town])
        assert f'<a href="{address}" data-name="{town}">' in page
        assert page.count(f'<a href="{address}"') > page.count(f'data-name="{town}"')


def test_every_partnership_has_a_row_by_its_first_year(page: str) -> None:
    rows = re.findall(r'<tr id="([a-z]+)"><th scope="row">', page)
    assert rows == ["regions", "body", "first", "later", "three"]


def test_every_line_says_what_it_stands_for(page: str) -> None:
    titles = dict(re.findall(r'data-ends="([^"]*)"><title>([^<]*)</title>', page))
    assert titles["north south"] == "North – South, 1990"
    assert titles["a-town c-town"] == "A – C, 2001, 2005, 2011"
    assert not re.search(r"\d", titles["b-town c-town"])


def test_agreements_of_municipalities_are_there_and_no_others(page: str) -> None:
    documents = page.split("#documents")[1].split("## ", maxsplit=1)[0]
    assert '<tr id="of-towns">' in documents
    assert "of-one" not in documents


def test_counts_and_meetings_are_those_that_the_vocabulary_marks(page: str) -> None:
    figures = page.split("#figures")[1].split("## ", maxsplit=1)[0]
    assert "#counted" in figures and "#other" not in figures
    meetings = page.split("#meetings")[1].split("## ", maxsplit=1)[0]
    # By number: the first is said to be later.
    assert re.findall(r"session-\d", meetings) == ["session-1", "session-2"]


def test_the_page_counts_municipalities_and_regions(sample: Sample) -> None:
    p = sample.context(URL)
    values = sample.pages[URL].view(p, sample.pages[URL])
    assert (values["municipalities"], values["regions"]) == (4, 3)


def test_without_partnerships_the_page_says_so_little_and_breaks_nothing(
    tmp_path: Path,
) -> None:
    regions = RECORDS.partition("--- facts/places")[0]
    names = RECORDS.partition("--- words/en/regions")[2].partition("--- words/en/places")[0]
    bare = f"{regions}--- words/en/regions{names}"
    text = make_sample(tmp_path / "content", bare).render(URL).text
    assert "<figure" not in text and "#documents" not in text


def test_pages_lead_there(sample: Sample) -> None:
    assert "partnerships" in FURTHER
    assert f'<a href="{URL}">' in sample.render("").text
    region = sample.render("regions/north/").text
    assert '<a href="../../partnerships/">profile.all-partnerships</a>' in region
    assert "profile.all-partnerships" not in sample.render("countries/alpha/").text


def test_partnerships_of_the_real_data_are_all_in_the_picture(real_site: Project) -> None:
    for lang in ("en", "be"):
        html = (real_site.site / lang / URL / "index.html").read_text(encoding="utf-8")
        rows = html.split('id="partnerships-table"')[1].split("</table>")[0]
        assert html.count("data-ends=") == rows.count('<tr id="') >= 28
