"""Documents to be printed: what of the pages they hold, and where their links lead."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from lxml import html

from generator.editions.card import SIZES, card, size_of
from generator.editions.document import Assembled, Chapter, Document, assembled
from generator.editions.finished import Finished

PAGES = {
    "about/": """<h1 id="about">About</h1><h2 id="what">What</h2>
        <blockquote class="citation">Us, <cite>Site</cite> &amp; co</blockquote>""",
    "things/north/": """<nav class="path">Home</nav>
        <h1 id="north">North <i>and</i> more<a class="headerlink" href="#north">#</a></h1>
        <details class="editorial"><summary>Note</summary><p id="n">Said</p></details>
        <h2 id="list">List</h2><table aria-labelledby="north n"><tr id="row"><td>x</td></tr></table>
        <p><a id="a" href="../south/#row">there</a> <a id="b" href="#row">here</a>
        <a id="c" href="#source-s1">1</a> <a id="d" href="../../sources/s2/">2</a>
        <a id="e" href="https://example.com/x">out</a> <a id="f" href="../../gone/#x">elsewhere</a>
        <a id="g" href="../../../data/things.csv">data</a> <a id="h" href="../south/#no">lost</a>
        <a id="i" href="#north">top</a></p>
        <h2 id="sources">Sources</h2><ol class="sources"><li id="source-s1">One</li></ol>
        <section class="page-foot"><p class="citation">North. In Site</p></section>""",
    "things/south/": '<h1 id="south">South</h1><p id="row">Row</p>',
    "sources/": """<h1 id="sources">All sources</h1><h2 id="s2">Book</h2>
        <ol><li id="source-s1">One</li></ol>""",
}
CHAPTERS = (
    Chapter("", ("about/",)),
    Chapter("Things", ("things/north/", "things/south/")),
    Chapter("", ("sources/",)),
)


def read(url: str) -> bytes:
    return f"<!doctype html><title>x</title><main><article>{PAGES[url]}</article></main>".encode()


def document(chapters: tuple[Chapter, ...], sources: str | None = None) -> Document:
    return Document(
        lang="xa",
        title='The "Site" </style>',
        site="" if sources else "Site",
        kind="Kind",
        facts=(("Version", "1.0"), ("Cite", "Us, <cite>Site</cite> &amp; co")),
        chapters=chapters,
        contents="Contents",
        address="https://example.org/base/",
        sources=sources,
    )


@pytest.fixture(scope="module")
def book() -> Assembled:
    return assembled(document(CHAPTERS, "sources/"), ["0.css"], read)


@pytest.fixture(scope="module")
def single() -> Assembled:
    return assembled(document((Chapter("", ("things/north/",)),)), ["0.css"], read)


def links(made: Assembled, page: str = "things-north") -> Mapping[str, str]:
    found = made.tree.xpath(f"//*[@id='{page}']//a[@id]")
    return {one.get("id").rpartition("--")[2]: one.get("href") for one in found}


def test_links_between_pages_of_a_book_stay_in_it(book: Assembled) -> None:
    assert links(book) == {
        "a": "#things-south--row",
        "b": "#things-north--row",
        "c": "#sources--source-s1",
        "d": "#sources--s2",
        "e": "https://example.com/x",
        "f": "https://example.org/base/xa/gone/#x",
        "g": "https://example.org/base/data/things.csv",
        "h": "#things-south",
        "i": "#things-north--north",
    }


def test_links_of_a_single_page_lead_to_the_site(single: Assembled) -> None:
    found = links(single)
    assert found["b"] == "#things-north--row"
    assert found["c"] == "#things-north--source-s1"
    assert found["a"] == "https://example.org/base/xa/things/south/#row"
    assert found["d"] == "https://example.org/base/xa/sources/s2/"


@pytest.mark.parametrize("which", ["book", "single"])
def test_every_id_is_there_once_and_every_link_within_leads_to_one(
    which: str, request: pytest.FixtureRequest
) -> None:
    made = request.getfixturevalue(which)
    ids = made.tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {href[1:] for href in made.tree.xpath("//@href") if href.startswith("#")}
    assert targets <= set(ids)
    assert len(targets) > 3
    for names in made.tree.xpath("//@aria-labelledby"):
        assert set(names.split()) <= set(ids)


def test_headings_are_in_steps_and_told(book: Assembled, single: Assembled) -> None:
    title = 'The "Site" </style>'
    levels = [(one.tag, one.text_content()) for one in book.tree.iter("h1", "h2", "h3", "h4")]
    assert levels == [
        ("h1", title),
        ("h2", "Contents"),
        ("h1", "About"),
        ("h2", "What"),
        ("h1", "Things"),
        ("h2", "North and more"),
        ("h3", "List"),
        ("h2", "South"),
        ("h1", "All sources"),
        ("h2", "Book"),
    ]
    assert book.headings == tuple(text for _, text in levels)
    assert single.headings == (title, "Contents", "List", "Sources")


def test_only_what_is_for_paper_is_left(book: Assembled, single: Assembled) -> None:
    for made in (book, single):
        text = made.text().decode()
        for gone in ("Home", "In Site", "headerlink", "page-foot", "<script"):
            assert gone not in text
        assert made.tree.xpath("//details/@open") == [""]
    # Sources stand at the end of a book, and not on its pages too.
    assert len(book.tree.xpath("//li[contains(., 'One')]")) == 1
    assert [one.text for one in single.tree.xpath("//ol[@class='sources']/li")] == ["One"]


def test_contents_get_numbers_of_pages(book: Assembled) -> None:
    anchors = [href[1:] for href in book.tree.xpath("//nav//a/@href")]
    assert anchors == [
        *("about", "about--what", "chapter-things", "things-north", "things-south"),
        *("sources", "sources--s2"),
    ]
    numbers = {anchor: place for place, anchor in enumerate(anchors, 7)}
    tree = html.document_fromstring(book.text(numbers).decode())
    shown = [one.text for one in tree.xpath("//nav//span[@class='number']")]
    assert shown == [str(number) for number in numbers.values()]
    assert b'class="number"></span>' in book.text()


def test_titles_cannot_end_a_style(book: Assembled) -> None:
    (style,) = html.document_fromstring(book.text().decode()).xpath("//style")
    assert r'content: "The \22 Site\22  \3c /style>"' in style.text


def test_a_finished_page_says_its_title_and_citation() -> None:
    assert Finished(read("things/north/")).title == "North and more"
    assert Finished(read("about/")).citation == "Us, <cite>Site</cite> &amp; co"


def test_long_titles_are_smaller() -> None:
    sizes = [size_of("Ladder of words " * count) for count in range(1, 30)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == SIZES[0]
    assert sizes[-1] == SIZES[-1]
    assert size_of("Donaudampfschifffahrtsgesellschaft") < SIZES[0]


def test_a_title_is_text_on_a_card() -> None:
    text = card("xa", "<b>A & B</b>", "Kind", "Site", "Day")
    assert b"&lt;b&gt;A &amp; B&lt;/b&gt;</h1>" in text
