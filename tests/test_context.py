"""What templates may ask for: links, names, dates, figures, prose and citations of one page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markupsafe import Markup

from generator.escape import unescape
from generator.finish_languages import settled
from generator.foreign import marked
from generator.model.dates import parse_date
from generator.model.records import Party
from generator.views.context import PageContext, escape_address
from generator.words import Text
from tests.languages import shown
from tests.samples import ROOT, Sample, make_sample

CITE = '<sup class="cite"><a href="#source-{0}" aria-label="Source {1}">{1}</a></sup>'
WORDS = """
--- words/de/regions.yaml
north.note: "Eine Anmerkung."
south.name: "Süden"

--- words/de/interface.yaml
notice.untranslated: "Noch nicht übersetzt."

--- words/en/regions.yaml
north.name: "North <*>"
north.note: "A note."
north.note-2: "A second one."
north.summary: "{fact:trade-2019} and {fact:ferry.measured}, since {date:pact-2015.signed}."
north.summary-2: "See [the *pact*](pact-2015), [one](ferry), [itself](north); [no](link {x} <t."
south.name: "South"
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    everything = (ROOT / "tests" / "everything.md").read_text(encoding="utf-8")
    return make_sample(tmp_path_factory.mktemp("context") / "content", everything, WORDS)


@pytest.fixture
def p(sample: Sample) -> PageContext:
    return sample.context("organisations/north-port/", subject="north-port")


# --- texts and names


def test_texts_are_escaped_with_what_is_filled_in(p: PageContext) -> None:
    assert p.t("figure.told", value="<b>", period=Markup("<i>x</i>")) == "&lt;b&gt; (<i>x</i>)"
    assert p.t("nowhere.to-be_found") == "nowhere.to-be&#95;found"


def test_a_value_is_never_read_as_a_pattern(p: PageContext) -> None:
    assert p.t("figure.told", value="{period}", period="x") == "&#123;period&#125; (x)"


def test_counts_take_the_form_of_the_language(p: PageContext) -> None:
    assert [p.n("count.regions", n) for n in (0, 1, 2)] == ["0 regions", "1 region", "2 regions"]


def test_labels_are_a_list_of_the_language(p: PageContext) -> None:
    assert p.labels("fields", ["ports", "schools"]) == "fields.ports and fields.schools"
    assert p.labels("fields", []) == ""
    assert p.plain_list(["a|b", "c"]) == "a&#124;b, c"


def test_a_name_in_another_language_is_marked(sample: Sample, p: PageContext) -> None:
    assert p.name("north") == "North &lt;&#42;&gt;"
    german = sample.context("", "de")
    assert german.name("south") == "Süden"
    assert german.name("north") == marked("North &lt;&#42;&gt;", "en")


def test_a_language_is_called_by_its_name_in_the_language_of_the_page(sample: Sample) -> None:
    assert sample.context("", "de").language("en") == "Englisch"
    assert sample.context().language("xx") == "xx"


# --- links


@pytest.mark.parametrize(
    ("url", "identifier", "link"),
    [
        ("", "south", '<a href="regions/south/">South</a>'),
        ("regions/", "south", '<a href="../regions/south/">South</a>'),
        ("regions/south/", "south", "South"),
        (
            "regions/south/",
            "south-town",
            '<a href="../../regions/south/#south-town">South Town</a>',
        ),
        ("agreements/by-year/2015/", "south", '<a href="../../../regions/south/">South</a>'),
        ("", "middle", '<a href="districts/middle/">Middle</a>'),
        ("", "exchange", '<a href="programmes/#exchange">Exchange</a>'),
    ],
)
def test_links_are_relative_and_not_to_the_page_itself(
    sample: Sample, url: str, identifier: str, link: str
) -> None:
    assert sample.context(url).link(identifier) == link


def test_links_have_texts_of_their_own(p: PageContext) -> None:
    assert p.link_text("south", "a & b") == '<a href="../../regions/south/">a &amp; b</a>'
    assert p.link_text("north-port", "a & b") == "a &amp; b"


def test_a_list_of_links_is_a_list_of_the_language(p: PageContext) -> None:
    south = '<a href="../../regions/south/">South</a>'
    beta = '<a href="../../countries/beta/">Beta</a>'
    assert p.links(["south"]) == south
    assert p.links(["south", "beta"]) == f"{south} and {beta}"
    assert p.names(["south", "beta"]) == "South and Beta"


def test_addresses_of_pages_are_seen_from_this_one(p: PageContext) -> None:
    assert p.to("about/") == "../../about/"
    assert p.href("south-town") == "../../regions/south/#south-town"
    assert escape_address('a&b"c') == "a&amp;b%22c"


def test_parties_are_linked_where_they_are_named(p: PageContext) -> None:
    parties = [
        Party.model_validate({"of": "south", "body": "regional-council"}),
        Party.model_validate({"kind": "school", "count": "3", "home": "beta"}),
    ]
    assert p.parties(parties) == (
        '<a href="../../regions/south/">South</a> (bodies.regional-council)'
        " and 3 organisation-kinds.school in Beta"
    )


# --- dates and figures


def test_dates_are_times_where_html_can_say_them(p: PageContext) -> None:
    def date(text: str) -> str:
        return shown(p.date(parse_date(text)))

    assert date("2015-05-04") == '<time datetime="2015-05-04">4~May 2015</time>'
    assert date("2015") == '<time datetime="2015">2015</time>'
    assert date("2015/2017") == "2015–2017"
    assert p.date(None) == ""


def test_a_record_has_the_date_that_it_is_ordered_by(sample: Sample, p: PageContext) -> None:
    assert "2015-05-04" in p.when(sample.dataset["pact-2015"])
    assert p.when(sample.dataset["exchange"]) == "2019–2022"
    assert p.when(sample.dataset["north"]) == ""


def test_figures_are_whole_phrases(sample: Sample, p: PageContext) -> None:
    statement = sample.dataset.statements["trade-2019"]
    assert shown(p.value(statement)).startswith("around 110~million zloty, 10% more than in")
    assert shown(p.told(statement)).endswith('2018 (<time datetime="2019">2019</time>)')


# --- prose


def test_prose_is_markdown_with_figures_dates_and_links(sample: Sample) -> None:
    p = sample.context("regions/north/", subject="north")
    first, second = p.prose("north.summary").split("\n\n")
    assert "110" in first
    assert CITE.format("n-1", 1) in first
    assert ">1</a>, <a href=" in first
    assert '<time datetime="2015-05-04">' in first
    assert second == (
        "See [the &#42;pact&#42;](../../agreements/pact-2015/index.md), [one](index.md#ferry),"
        " itself; &#91;no&#93;(link &#123;x&#125; &lt;t."
    )
    assert [item.id for item in p.cited] == ["n-1", "n-2"]


def test_prose_in_html_has_the_same_links_as_addresses(sample: Sample) -> None:
    html = sample.context("").prose_html("north.summary")
    assert html.startswith("<p>") and html.count("<p>") == html.count("</p>") == 2
    assert '<a href="regions/north/#ferry">one</a>' in html
    assert "\n" not in html


def test_untranslated_prose_says_so_once_and_is_marked(sample: Sample) -> None:
    p = sample.context("regions/north/", "de")
    notice = '<p class="notice">Noch nicht übersetzt.</p>'
    for text in (p.prose("north.summary"), p.prose_html("north.summary")):
        assert text.startswith(notice)
        assert text.count(notice) == 1
        assert text.count('<p lang="en">') == 2
        assert "](" not in text.replace("&#93;(", "")


def test_paragraphs_of_two_languages_are_never_mixed(sample: Sample) -> None:
    assert sample.context("", "de").prose("north.note") == "Eine Anmerkung."
    assert sample.context("").prose("north.note") == "A note.\n\nA second one."


def test_what_has_no_words_gives_none(p: PageContext) -> None:
    assert p.prose("south.summary") == p.prose_html("south.summary") == ""
    assert (p.has("south.summary"), p.has("north.summary")) == (False, True)


def test_a_marked_text_cannot_leave_its_element(p: PageContext) -> None:
    page = settled(f"<p>{p.marked(Text('</span>', 'de'))}</p>")
    assert page == '<p><span lang="de">&lt;/span&gt;</span></p>'


# --- sources


def test_citations_stand_in_the_order_of_their_numbers(p: PageContext) -> None:
    cite = p.cite(["n-4", "n-1", "work", "part-1"])
    assert re.findall(r">([^<]+)</a>", cite) == ["ch. 1", "1", "4", "W."]
    assert p.cite(["n-2"]) == CITE.format("n-2", 2)
    assert [item.id for item in p.cited] == ["part-1", "n-1", "n-2", "n-4", "work"]


def test_sources_say_who_published_them_or_who_wrote_them(sample: Sample, p: PageContext) -> None:
    found = [(shown(label), ids) for label, ids in p.by_publisher(["n-4", "n-2", "n-1"])]
    assert found == [("publisher-types.press", ["n-1", "n-4"]), ("A. Author", ["n-2"])]
    german = sample.context("regions/north/", "de", "north")
    assert {"item:n-2", "item:work"} <= (german.by_publisher(["n-2"]) and german.lens.reads)


def test_a_figure_can_say_one_thing_at_a_time(sample: Sample, p: PageContext) -> None:
    figure = sample.dataset.statements["trade-2020"]
    assert shown(p.part(figure, "value")) == "around 50~million zloty"
    assert shown(p.part(figure, "change")).startswith("around 10% more")
    assert p.part(figure, "rank") == "2nd in scopes.partners of 7"
    assert p.part(sample.dataset.statements["trade-2017"], "rank") == ""


def test_a_page_about_a_record_has_its_data_as_files(sample: Sample, p: PageContext) -> None:
    assert p.page_data == [
        ("CSV", "../../../data/organisations/north-port.csv"),
        ("JSON", "../../../data/organisations/north-port.json"),
    ]
    assert sample.context("regions/").page_data == []
    assert p.source_data == [
        ("BibTeX", "../../../data/organisations/north-port.bib"),
        ("RIS", "../../../data/organisations/north-port.ris"),
        ("CSL-JSON", "../../../data/organisations/north-port.csl.json"),
    ]
    assert sample.context("regions/").source_data == []


def test_a_qualifier_is_told_without_a_value(p: PageContext) -> None:
    assert p.qualifier("around") == "around …"


def test_what_is_cited_from_memory_is_listed_too(sample: Sample) -> None:
    for _ in range(2):
        p = sample.context("regions/south/")
        assert p.cited == ()
        p.cite(["n-3"])
        assert [item.id for item in p.cited] == ["n-3"]


def test_fields_with_sources_of_their_own_are_cited_once(sample: Sample, p: PageContext) -> None:
    port = sample.dataset["north-port"]
    assert p.cite_field(port, "home") == CITE.format("n-2", 2)
    assert p.cite_field(port, "sources") == ""
    assert p.uncited_fields(port) == ["kind", "part_of", "legal_form", "other_names"]


def test_names_are_sorted_as_the_language_does(sample: Sample) -> None:
    items = [sample.dataset[i] for i in ("south", "north", "committee", "beta")]
    assert [item.id for item in sample.context().sorted_by_name(items)] == [
        "beta",
        "committee",
        "north",
        "south",
    ]


def test_the_regions_of_a_partnership_are_those_of_its_sides(sample: Sample) -> None:
    p = sample.context()
    assert p.regions_of(sample.dataset["towns"]) == ["north", "south"]
    assert p.regions_of(sample.dataset["regions"]) == ["north", "south"]


@pytest.mark.parametrize(("year", "end"), [("{year} г.", "2015\u00a0г."), ("{year}", "2015.")])
def test_a_sentence_that_ends_with_a_date_ends_with_one_full_stop(
    tmp_path: Path, year: str, end: str
) -> None:
    everything = (ROOT / "tests" / "everything.md").read_text(encoding="utf-8")
    date = "{date:pact-2015.signed}"
    words = f"""
--- words/de/regions.yaml
north.summary: "Seit {date}. [Der Norden](north) {date}."

--- words/en/regions.yaml
north.name: "North"
north.summary: "Since {date}. [The north](north) {date}."
south.name: "South"

--- words/de/values.yaml
date.day: "{{day}} {{month}} {year}"

--- words/de/interface.yaml
figure.told: "{{value}}: {{period}}."
"""
    p = make_sample(tmp_path / "content", everything, words).context("", "de")
    prose = re.sub("<[^>]*>", "", p.prose("north.summary"))
    first, _, second = prose.partition(" [")
    assert first == f"Seit 4\u00a0Mai {end}"
    assert second.endswith(f"Mai {end}")
    told = p.t("figure.told", value="x", period=p.date(parse_date("2015-05-04")))
    assert unescape(re.sub("<[^>]*>", "", told)) == f"x: 4\u00a0Mai {end}"
