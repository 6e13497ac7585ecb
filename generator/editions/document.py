"""Pages of the finished site as one document to be printed: title page, contents, chapters.

Links between pages of the document lead to places in it, all others to where the site is published.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from lxml import etree, html
from lxml.html import builder as E

from generator.editions.finished import Finished, plain

_NAMES = ("id", "for", "headers", "aria-labelledby", "aria-describedby")
# What says something on a screen only.
_UNUSED = ("tabindex", "aria-controls", "data-label", "download", "rel", "role")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CONTENTS = "contents"
# Ids of sources in lists of them; the page of one is named by what follows.
_SOURCE = "source-"
# With more sections than these, a page is a list, and its sections are not contents.
_SECTIONS = 30


@dataclass(frozen=True, slots=True)
class Chapter:
    """Pages under a heading; a chapter without one has its single page's.

    With ``is_run_on``, its pages follow each other on the same sheet.
    """

    heading: str
    pages: tuple[str, ...]
    is_run_on: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """What is printed as one file.

    ``site`` is the name of the site, ``kind`` what the document is, ``facts`` stand on its title
    page: terms and what is said about them, in HTML. Pages are addresses below the root of a
    language; ``sources`` is the one that lists all sources, if the document has it: then its pages
    do not list their own. ``contents`` is the heading of the contents.
    """

    lang: str
    title: str
    site: str
    kind: str
    facts: tuple[tuple[str, str], ...]
    chapters: tuple[Chapter, ...]
    contents: str
    address: str
    sources: str | None = None

    @property
    def is_book(self) -> bool:
        """Whether it has chapters, and not one page alone."""
        return self.sources is not None


@dataclass(frozen=True, slots=True)
class Assembled:
    """A document as HTML, whose list of contents awaits the numbers of pages.

    ``headings`` are the texts of all headings, in order.
    """

    tree: Any
    headings: tuple[str, ...]
    letters: frozenset[str]
    _numbers: Mapping[str, Any]

    def text(self, numbers: Mapping[str, int] | None = None) -> bytes:
        """The HTML, with these numbers of pages in its contents."""
        for anchor, place in self._numbers.items():
            place.text = str(numbers[anchor]) if numbers else ""
        return bytes(html.tostring(self.tree, encoding="utf-8", doctype="<!doctype html>"))


def assembled(document: Document, styles: Sequence[str], read: Callable[[str], bytes]) -> Assembled:
    """Put a document together from the finished pages, which ``read`` gives by their address.

    ``styles`` are addresses of style sheets.
    """
    pages = _Pages(document, read)
    chapters = [_chapter(pages, chapter, document) for chapter in document.chapters]
    entries = [entry for _, listed in chapters for entry in listed]
    contents, numbers = _contents(document, entries)
    name = f"{document.title} – {document.site}" if document.site else document.title
    article = E.E.article(
        E.CLASS("md-typeset booklet " + ("book" if document.is_book else "single")),
        _title_page(document, pages.title_id, None if document.is_book else contents),
        *([contents] if document.is_book else []),
        *(section for section, _ in chapters),
    )
    tree = E.HTML(
        {"lang": document.lang},
        E.HEAD(
            E.META(charset="utf-8"),
            E.TITLE(name),
            *(E.LINK(rel="stylesheet", href=address) for address in styles),
            E.STYLE(_running(document, [section for section, _ in chapters])),
        ),
        E.BODY({"dir": "ltr", "data-md-color-scheme": "default"}, E.E.main(article)),
    )
    headings = tuple(plain(one) for one in article.iter(*_HEADINGS))
    letters = frozenset(filter(str.isalpha, tree.text_content()))
    return Assembled(tree, headings, letters, numbers)


# An entry of the contents: its level from 1, its anchor and its text.
_Entry = tuple[int, str, str]


class _Pages:
    """The pages of a document, by their addresses, and where links between them lead.

    ``title_id`` is the id of the heading whose place the title of the document takes.
    """

    def __init__(self, document: Document, read: Callable[[str], bytes]) -> None:
        self.title_id: str | None = None
        self._sources = document.sources
        self._base = f"{document.address}{document.lang}/"
        urls = [url for chapter in document.chapters for url in chapter.pages]
        self._pages = {url: Finished(read(url)).printed() for url in urls}
        if document.is_book:
            for page in self._pages.values():
                _drop_own_sources(page)
        self._ids = {url: frozenset(page.xpath(".//@id")) for url, page in self._pages.items()}

    def settled(self, url: str, down: int) -> Any:
        """A page with ids of its own and links that lead on, its headings ``down`` levels."""
        page = self._pages[url]
        for element in page.iter(etree.Element):
            for name in _UNUSED:
                element.attrib.pop(name, None)
            for name in _NAMES:
                if value := element.get(name):
                    element.set(name, " ".join(f"{slug(url)}--{one}" for one in value.split()))
            if (link := element.get("href")) is not None:
                element.set("href", self._target(url, link))
            if element.tag in _HEADINGS:
                level = _HEADINGS.index(element.tag) + down
                element.tag = _HEADINGS[min(level, len(_HEADINGS) - 1)]
            elif element.tag == "details":
                element.set("open", "")
        return page

    def _target(self, url: str, link: str) -> str:
        """Where a link of a page leads: in the document, or else on the web."""
        address = urljoin(self._base + url, link)
        plain_address, _, fragment = address.partition("#")
        if not plain_address.startswith(self._base):
            return address
        page = plain_address.removeprefix(self._base)
        if self._sources is not None:
            if page not in self._ids and page.startswith(self._sources):
                fragment = _SOURCE + page.removeprefix(self._sources).rstrip("/")
                page = self._sources
            elif fragment.startswith(_SOURCE):
                page = self._sources
            if page == self._sources and fragment not in self._ids[page]:
                fragment = fragment.removeprefix(_SOURCE)  # one that is a heading there
        if page not in self._ids:
            return address
        is_there = fragment in self._ids[page]
        return f"#{slug(page)}--{fragment}" if is_there else f"#{slug(page)}"


def slug(url: str) -> str:
    """The id of a page in a document."""
    return url.strip("/").replace("/", "-") or "home"


def _drop_own_sources(page: Any) -> None:
    """Drop the list of sources that a page has for itself, with its heading."""
    for heading in page.xpath(".//h2[@id='sources']"):
        after = heading.getnext()
        if after is not None and "sources" in after.classes:
            after.drop_tree()
        heading.drop_tree()


def _chapter(pages: _Pages, chapter: Chapter, document: Document) -> tuple[Any, list[_Entry]]:
    """A chapter, and its entries in the contents."""
    section = E.E.section(E.CLASS("chapter" + (" run-on" if chapter.is_run_on else "")))
    entries: list[_Entry] = []
    if chapter.heading:
        anchor = f"chapter-{slug(chapter.pages[0].partition('/')[0])}"
        section.append(E.H1(chapter.heading, id=anchor))
        entries.append((1, anchor, chapter.heading))
    for url in chapter.pages:
        page = pages.settled(url, 1 if chapter.heading else 0)
        heading = page.find(".//h2" if chapter.heading else ".//h1")
        level = 2 if chapter.heading else 1
        if document.is_book:
            entries.append((level, slug(url), plain(heading)))
        else:
            pages.title_id = heading.get("id")
            heading.drop_tree()  # it is the title of the document
        parts = [] if chapter.heading else page.findall(".//h2[@id]")
        if len(parts) <= _SECTIONS:
            below = level + 1 if document.is_book else level
            entries += [(below, one.get("id"), plain(one)) for one in parts]
        part = E.E.section(E.CLASS("page"), id=slug(url))
        part.extend(list(page))
        section.append(part)
    return section, entries


def _title_page(document: Document, title_id: str | None, contents: Any | None) -> Any:
    page = E.E.section(E.CLASS("title-page"))
    if document.site:
        page.append(E.P(E.CLASS("of-site"), document.site))
    page.append(E.H1(document.title, **({"id": title_id} if title_id else {})))
    page.append(E.P(E.CLASS("lead"), document.kind))
    if contents is not None:
        page.append(contents)
    facts = E.DL(E.CLASS("imprint"))
    for term, said in document.facts:
        facts.append(E.DIV(E.DT(term), html.fragment_fromstring(said, create_parent="dd")))
    page.append(facts)
    return page


def _contents(document: Document, entries: Sequence[_Entry]) -> tuple[Any, dict[str, Any]]:
    """The list of contents, and by anchor the places for numbers in it."""
    numbers = {}
    items = E.UL()
    for level, anchor, title in entries:
        number = numbers[anchor] = E.SPAN(E.CLASS("number"))
        link = E.A({"href": f"#{anchor}"}, E.SPAN(title), number)
        items.append(E.LI(E.CLASS(f"level-{level}"), link))
    heading = E.H2(document.contents, id=_CONTENTS)
    nav = E.E.nav(E.CLASS("contents-list"), {"aria-labelledby": _CONTENTS}, heading, items)
    return nav, numbers


def _running(document: Document, chapters: Sequence[Any]) -> str:
    """The style of what stands at the top of every page: the document, and the chapter in it."""
    rules = [f"@page {{ @top-left {{ content: {_quoted(document.title)}; }} }}"]
    right = "@top-right {{ content: {}; }}"
    if document.is_book:
        for number, chapter in enumerate(chapters, 1):
            heading = _quoted(plain(next(chapter.iter(*_HEADINGS))))
            chapter.set("id", f"part-{number}")
            rules.append(f"#part-{number} {{ page: part-{number}; }}")
            rules.append(f"@page part-{number} {{ {right.format(heading)} }}")
    else:
        rules.append(f"@page {{ {right.format(_quoted(document.site))} }}")
    rules.append("@page :first { @top-left { content: none; } @top-right { content: none; } }")
    return "\n".join(rules)


def _quoted(text: str) -> str:
    r"""A text as a string of CSS, which nothing in it ends.

    >>> print(_quoted('a "b" </style>'))
    "a \22 b\22  \3c /style>"
    """
    return '"' + "".join(f"\\{ord(c):x} " if c in '"\\<\n\r\f' else c for c in text) + '"'
