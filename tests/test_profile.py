"""Profiles: sections in their order, nothing twice, and what stands in which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markdown import Markdown

from generator.views.profile import TEXTS
from tests.samples import ROOT, TWO_REGIONS, Sample, make_sample

EVERYTHING = (ROOT / "tests" / "everything.md").read_text(encoding="utf-8")
MORE = """
--- facts/organisations/more.yaml
north-school: {kind: school, home: north, sources: [n-1]}

--- facts/agreements/more.yaml
pact-north-south:
  {kind: convention, parties: [{of: north}, {of: south}], signed: 2012-03, sources: [n-1]}
pact-told:
  {kind: convention, parties: [{of: north}, {of: beta}], reported: 2020-05, sources: [n-1]}

--- words/en/organisations.yaml
committee.name: "Committee"
north-port.name: "North Port"
north-port.note: "A note."
north-port.short: "Port"
north-port.summary: "A summary."
north-school.name: "North School"
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return make_sample(tmp_path_factory.mktemp("profile") / "content", EVERYTHING, MORE)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    region = """
--- facts/regions/r.yaml
north: {kind: voivodeship, country: alpha, code: AA-N, sources: [part-1]}

--- words/en/regions.yaml
north.name: "North"
"""
    return make_sample(tmp_path_factory.mktemp("bare") / "content", region)


def values_of(sample: Sample, url: str, lang: str = "en") -> Mapping[str, Any]:
    page = sample.pages[url]
    return page.view(sample.context(url, lang, page.subject), page)


def sections_of(sample: Sample, url: str) -> dict[str, Any]:
    return {section.name: section for section in values_of(sample, url)["sections"]}


def ids(items: Any) -> list[str]:
    return [item.id for item in items]


# --- the page as a whole


def test_sections_stand_in_one_order_and_empty_ones_nowhere(sample: Sample, bare: Sample) -> None:
    names = list(sections_of(sample, "regions/north/"))
    order = [text.removeprefix("section.") for text in TEXTS]
    assert names == [name for name in order if name in names]
    assert {"headline", "partners", "agreement", "project", "learning", "notes"} <= set(names)
    assert sections_of(bare, "regions/north/") == {}


def test_a_region_of_which_nothing_is_known_has_a_page_without_sections(bare: Sample) -> None:
    text = bare.render("regions/north/").text
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## section.sources {: #sources }"
    ]


class _Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.targets: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.ids[values["id"] or ""] += 1
        href = values.get("href") or ""
        if tag == "a" and href.startswith("#"):
            self.targets.add(href[1:])


def test_nothing_stands_twice_and_every_way_within_the_page_leads_somewhere(
    sample: Sample,
) -> None:
    for url in ("regions/north/", "regions/south/", "countries/alpha/", "districts/middle/"):
        text = sample.render(url).text.partition("\n---\n")[2]
        parser = _Ids()
        parser.feed(Markdown(extensions=["attr_list", "toc"]).convert(text))
        assert [name for name, count in parser.ids.items() if count > 1] == [], url
        assert parser.targets <= set(parser.ids), url


def test_the_contents_lead_to_every_section_with_what_it_counts(sample: Sample) -> None:
    text = sample.render("regions/north/").text
    contents = text.partition('<nav class="jump"')[2].partition("</nav>")[0]
    for section in values_of(sample, "regions/north/")["sections"]:
        link = f'<a href="#{section.name}-list">section.{section.name}</a>'
        count = f" <span>{section.count}</span>" if section.count else ""
        assert f"<li>{link}{count}</li>" in contents


def test_a_profile_does_not_grow_with_the_number_of_regions(tmp_path: Path) -> None:
    def size(number: int) -> int:
        others = "".join(
            f"r{n}: {{kind: voivodeship, country: beta, code: BB-{n},"
            f" tile: {{row: {n // 40}, column: {n % 40}}}, sources: [part-1]}}\n"
            for n in range(number)
        )
        words = "".join(f'r{n}.name: "R{n}"\n' for n in range(number))
        north = (
            "north: {kind: voivodeship, country: alpha, code: AA-N,"
            " tile: {row: 40, column: 0}, sources: [part-1]}\n"
        )
        found = make_sample(
            tmp_path / f"{number}",
            f"--- facts/regions/r.yaml\n{north}{others}\n"
            f'--- words/en/regions.yaml\nnorth.name: "N"\n{words}',
        )
        return len(found.render("regions/north/").text)

    assert size(400) - size(40) < 300  # a line of the little map for each row of tiles


# --- names


def test_names_in_other_languages_stand_once_and_not_again_among_the_further_ones(
    tmp_path: Path,
) -> None:
    found = make_sample(
        tmp_path / "content",
        """
--- facts/regions/r.yaml
north:
  kind: voivodeship
  country: alpha
  code: AA-N
  other_names: [Norden, Septentrio]
  sources: [part-1]

--- words/en/regions.yaml
north.name: "North"

--- words/de/regions.yaml
north.name: "Norden"
""",
    )
    names = values_of(found, "regions/north/")["names"]
    assert [(name.language, name.text) for name in names] == [("de", "Norden")]
    assert values_of(found, "regions/north/", "de")["names"][0].text == "North"
    text = found.render("regions/north/").text.partition("\n---\n")[2]
    assert text.count("Norden") == 1
    assert text.count("Septentrio") == 1


# --- the headline


def test_the_headline_has_the_latest_year_the_latest_value_and_what_they_say(
    sample: Sample,
) -> None:
    (headline,) = sections_of(sample, "regions/north/")["headline"].data
    assert headline.partner == "beta"
    assert [(one.statement.id, one.aspects) for one in headline.latest] == [
        ("trade-2019", ("value", "change")),
        ("trade-2020", ("value", "change", "rank")),
    ]
    assert ids(headline.figures) == ["trade-2017", "trade-2018", "trade-2019", "trade-2020"]


LATEST = (
    TWO_REGIONS
    + """
--- facts/figures/f.yaml
"""
)
OF = "measure: exchanges, of: north, partner: beta, sources: [n-1]"


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        # The change of a year without a value stands beside the last value.
        (
            [
                "period: 2019, value: 5, unit: zloty",
                "period: 2020, change: {direction: up, percent: 3}",
            ],
            [("f0", ("value",)), ("f1", ("change",))],
        ),
        # A rank of an older year is still the latest rank.
        (
            [
                "period: 2018, rank: {place: 3, scope: partners}",
                "period: 2019, rank: {place: 2, scope: partners}",
                "period: 2020, value: 5, unit: zloty",
            ],
            [("f2", ("value",)), ("f1", ("rank",))],
        ),
        # What is planned is no latest value.
        (
            [
                "period: 2019, value: 5, unit: zloty",
                "period: 2021, value: 9, unit: zloty, stage: {at: intended}",
            ],
            [("f0", ("value",))],
        ),
        # A whole year and the later part of a year, each with its own period.
        (
            [
                "period: 2019, value: 5, unit: zloty",
                "period: 2020-01/2020-06, value: 2, unit: zloty",
            ],
            [("f0", ("value",)), ("f1", ("value",))],
        ),
        (["period: 2021, value: 9, unit: zloty, stage: {at: intended}"], []),
    ],
)
def test_the_latest_of_each_sort_is_dated_and_never_a_plan(
    tmp_path: Path, figures: list[str], found: list[tuple[str, tuple[str, ...]]]
) -> None:
    lines = "".join(f"f{n}: {{{OF}, {text}}}\n" for n, text in enumerate(figures))
    sample = make_sample(tmp_path / "content", LATEST + lines)
    (headline,) = sections_of(sample, "regions/north/")["headline"].data
    assert [(one.statement.id, one.aspects) for one in headline.latest] == found


def test_a_figure_of_another_partner_is_no_headline(tmp_path: Path) -> None:
    lines = (
        "f0: {measure: exchanges, of: north, partner: south, period: 2019, value: 5, unit: zloty,"
        " sources: [n-1]}\n"
    )
    sample = make_sample(tmp_path / "content", LATEST + lines)
    found = sections_of(sample, "regions/north/")
    assert "headline" not in found
    assert ids(found["figure"].data) == ["f0"]


def test_a_chart_needs_two_values(sample: Sample, tmp_path: Path) -> None:
    line = f"f0: {{{OF}, period: 2019, value: 5, unit: zloty}}\n"
    one = make_sample(tmp_path / "content", LATEST + line)
    assert "<figure" not in one.render("regions/north/").text
    two = f"{line}f1: {{{OF}, period: 2018, value: 4, unit: zloty}}\n"
    both = make_sample(tmp_path / "two", LATEST + two)
    text = both.render("regions/north/").text
    assert text.count("<figure") == 1
    assert 'role="img" aria-labelledby="chart-beta-1-plot-title chart-beta-1-plot-desc"' in text


# --- who with whom, documents, projects, learning, forums, people


def test_partners_are_of_the_other_side_with_the_oldest_tie_first(sample: Sample) -> None:
    groups = dict(sections_of(sample, "regions/north/")["partners"].data["partners"])
    assert set(groups) == {"country", "region"}  # its port and its committee are its own
    (south,) = groups["region"]
    assert (south.item.id, str(south.since), south.first.id) == ("south", "1999", "regions")
    assert dict(south.ties).keys() == {"agreement", "partnership"}
    (beta,) = groups["country"]
    assert (beta.since, str(beta.reported), beta.first.id) == (None, "2020-05", "pact-told")


def test_regions_of_the_same_country_are_no_partners(tmp_path: Path) -> None:
    found = make_sample(
        tmp_path / "content",
        """
--- facts/regions/r.yaml
north: {kind: voivodeship, country: alpha, code: AA-N, sources: [part-1]}
west: {kind: voivodeship, country: alpha, code: AA-W, sources: [part-1]}
south: {kind: voivodeship, country: beta, code: BB-S, sources: [part-1]}

--- words/en/regions.yaml
north.name: "North"
south.name: "South"
west.name: "West"

--- facts/projects/p.yaml
line:
  kind: ferry-line
  of: [north, west]
  partners: [{of: south}]
  stage: {at: running, as_of: 2020}
  sources: [n-1]

--- words/en/projects.yaml
line.text: "A line."
""",
    )
    groups = dict(sections_of(found, "regions/north/")["partners"].data["partners"])
    assert [one.item.id for one in groups["region"]] == ["south"]


def test_a_plan_stands_below_what_it_implements_with_its_status(sample: Sample) -> None:
    dated = sections_of(sample, "regions/north/")["agreement"].data
    assert [one.item.id for one in dated] == [
        "pact-2010",
        "pact-north-south",
        "pact-2015",
        "pact-told",
    ]
    text = sample.render("regions/north/").text
    below = text.partition('<li id="pact-2010">')[2].partition('<li id="pact-north-south">')[0]
    assert '<li id="pact-2015">' in below
    assert "status.superseded" in below


def test_projects_stand_under_their_first_field(sample: Sample) -> None:
    groups = sections_of(sample, "regions/north/")["project"].data
    assert [(field, ids(items)) for field, items in groups] == [("ports", ["ferry"])]


def test_bodies_that_teach_stand_apart_from_the_others(sample: Sample) -> None:
    found = sections_of(sample, "regions/north/")
    assert ids(found["learning"].data["bodies"]) == ["north-school"]
    assert ids(found["partners"].data["bodies"]) == ["committee", "north-port"]


def test_a_forum_says_whether_it_was_held_here_and_what_was_signed(sample: Sample) -> None:
    (forum,) = sections_of(sample, "regions/north/")["forum"].data
    assert (forum.item.id, forum.is_host, ids(forum.signed)) == ("forum-2", True, ["pact-2015"])


def test_the_capital_stands_among_the_facts_and_not_among_the_places(sample: Sample) -> None:
    people = sections_of(sample, "regions/north/")["people"].data
    assert ids(people["places"]) == []
    text = sample.render("regions/north/").text
    assert text.count('id="north-town"') == 1


def test_notes_stand_in_their_section_and_a_link_beside_the_record(sample: Sample) -> None:
    notes = ids(sections_of(sample, "regions/north/")["notes"].data)
    assert notes[:2] == ["north", "north-town"]
    assert {"trade-2020", "session-2", "ferry", "hope"} <= set(notes)
    assert "pact-2015" not in notes  # on its own page
    text = sample.render("regions/north/").text
    for identifier in notes:
        assert f'<a class="note-link" href="#note-{identifier}">' in text
        assert f'<li id="note-{identifier}">' in text
    assert '<details class="editorial">' not in text


def test_every_figure_has_its_own_link_and_says_who_claims_it(sample: Sample) -> None:
    text = sample.render("regions/north/").text
    row = text.partition('<tr id="trade-2020">')[2].partition("</tr>")[0]
    assert 'class="permalink" href="#trade-2020"' in row
    claim = row.partition('<span class="claim">')[2]
    assert claim.startswith('<a href="../../regions/south/">South</a>; ')
    assert "publisher-types.press" in claim
    inline = text.partition('<li id="ferry.measured">')[2].partition("</li>")[0]
    assert 'href="#ferry.measured"' in inline


def test_the_data_of_the_page_can_be_taken_away(sample: Sample, bare: Sample) -> None:
    """At the foot, and beside the figures where there are any."""
    for found, times in ((sample, 2), (bare, 1)):
        text = found.render("regions/north/").text
        for form in ("csv", "json"):
            assert text.count(f'href="../../../data/regions/north.{form}"') == times


# --- countries and districts


def test_a_country_shows_what_has_no_page_about_anything_nearer(sample: Sample) -> None:
    found = sections_of(sample, "countries/beta/")
    assert "headline" not in found and "figure" not in found  # they are a region's
    assert "trade-goods" not in found
    values = values_of(sample, "countries/beta/")
    assert ids(values["regions"]) == ["south"]
    assert values["agreements"] == 1
    assert 'href="../../agreements/by-party/beta/"' in sample.render("countries/beta/").text


def test_a_district_marks_its_regions_on_the_map(sample: Sample) -> None:
    values = values_of(sample, "districts/middle/")
    assert ids(values["regions"]) == ["north"]
    assert values["place"].path == "M0 0.5h1"
    assert values_of(sample, "districts/edge/")["place"] is None


# --- the map on indexes


@pytest.mark.parametrize("url", ["", "regions/"])
def test_the_map_has_a_link_for_every_region_with_its_agreements(sample: Sample, url: str) -> None:
    text = sample.render(url).text
    tiles = text.partition('<nav class="tiles"')[2].partition("</nav>")[0]
    up = "../" if url else ""
    for region, name, count in (("north", "North", 4), ("south", "South", 3)):
        address = f"{up}regions/{region}/" if not url else f"{region}/"
        assert f'href="{address}"><title>{name}: {count} agreements</title>' in tiles


def test_without_tiles_there_is_no_map(bare: Sample) -> None:
    for url in ("", "regions/", "regions/north/"):
        text = bare.render(url).text
        assert '<nav class="tiles"' not in text
        assert 'class="locator"' not in text
