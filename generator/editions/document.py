"""Pages of the finished site as one document to be printed: title page, contents, chapters.

Links between pages of the document lead to places in it, all others to where the site is published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html
from lxml.html import builder as E

# What pages have for the screen alone: paths, filters, files, and marks to link to.
_FOR_SCREENS = (
    "path jump filter sorting sorted downloads headerlink permalink page-foot search-button narrow"
)
_UNPRINTED = frozenset(_FOR_SCREENS.split())
_NAMES = ("id", "for", "headers", "aria-labelledby", "aria-describedby", "aria-controls")
_UNUSED = ("tabindex", "aria-controls", "data-label", "download", "rel")
_LAST_HEADING = 6
#: The id of the list of contents, and that of the title.
CONTENTS, TITLE = "contents", "title"
# Prefixes of ids on pages of sources, whether they are listed there or have a page.
_SOURCE = "source-"


@dataclass(frozen=True, slots=True)
class Chapter:
    """Pages under a heading. A chapter of one page has that page's heading.

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
    language; ``sources`` is the one that lists all sources, if it is one of them: then pages do not
    list their own. ``labels`` are ``contents`` and ``page``.
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
    depth: int = 2


@dataclass(frozen=True, slots=True)
class Assembled:
    """A document as HTML, whose list of contents awaits the numbers of pages.

    ``anchors`` are the ids that it leads to, in order.
    """

    tree: Any
    anchors: tuple[str, ...]
    _numbers: Mapping[str, Any] = field(repr=False)

    def text(self, numbers: Mapping[str, int]) -> bytes:
        """The HTML with these numbers of pages in its contents; those that lack one stay empty."""
        for anchor, place in self._numbers.items():
            place.text = str(numbers.get(anchor, ""))
        return bytes(html.tostring(self.tree, encoding="utf-8", doctype="<!doctype html>"))


def assembled(document: Document, styles: Sequence[str], read: Callable[[str], bytes]) -> Assembled:
    """Put a document together from the finished pages, which ``read`` gives by their address.

    ``styles`` are addresses of style sheets.
    """
    single = document.sources is None
    pages = _Pages(document, read)
    body, entries = [], []
    for chapter in document.chapters:
        part, listed = _chapter(pages, chapter, single)
        body += part
        entries += listed
    contents, numbers = _contents(document, entries)
    head = E.HEAD(
        E.META(charset="utf-8"),
        E.TITLE(document.title if not single else f"{document.title} – {document.site}"),
        *(E.LINK(rel="stylesheet", href=address) for address in styles),
        E.STYLE(_running(document)),
    )
    main = E.E.article(
        {"class": "md-typeset booklet" + (" single" if single else " atlas")},
        _title_page(document, contents if single else None),
        *([] if single else [contents]),
        *body,
    )
    tree = E.HTML(
        {"lang": document.lang},
        head,
        E.BODY({"dir": "ltr", "data-md-color-scheme": "default"}, E.E.main(main)),
    )
    return Assembled(tree, tuple(anchor for _, anchor, _ in entries), numbers)


# An entry of the contents: its level from 1, its anchor and its text.
_Entry = tuple[int, str, str]


class _Pages:
    """The pages of a document, by their addresses, and where links between them lead."""

    def __init__(self, document: Document, read: Callable[[str], bytes]) -> None:
        self._document = document
        self._base = f"{document.address}{document.lang}/"
        urls = [url for chapter in document.chapters for url in chapter.pages]
        self._pages = {url: _article(read(url)) for url in urls}
        self._ids = {
            url: frozenset(page.xpath(".//@id")) for url, page in self._pages.items()
        }

    def __getitem__(self, url: str) -> Any:
        return self._pages[url]

    def settle(self, url: str, down: int) -> None:
        """Give a page ids of its own, let its links lead on, and its headings go down levels."""
        page = self._pages[url]
        for element in page.iter(etree.Element):
            for name in _UNUSED:
                element.attrib.pop(name, None)
            for name in _NAMES:
                if value := element.get(name):
                    element.set(name, " ".join(f"{slug(url)}--{one}" for one in value.split()))
            if (link := element.get("href")) is not None:
                element.set("href", self._target(url, link))
            if down and element.tag in ("h1", "h2", "h3", "h4", "h5"):
                element.tag = f"h{min(int(element.tag[1]) + down, _LAST_HEADING)}"
        for details in page.iter("details"):
            details.set("open", "")

    def _target(self, url: str, link: str) -> str:
        """Where a link of a page leads in the document, or else on the web."""
        address = urljoin(self._base + url, link)
        plain, _, fragment = address.partition("#")
        if not plain.startswith(self._base):
            return address
        page = plain.removeprefix(self._base)
        sources = self._document.sources
        if sources is not None:
            if page.startswith(sources) and page != sources and page not in self._ids:
                fragment = _SOURCE + page.removeprefix(sources).rstrip("/")
                page = sources
            elif fragment.startswith(_SOURCE):
                page = sources
            if page == sources and fragment not in self._ids[sources]:
                fragment = fragment.removeprefix(_SOURCE)
        if page not in self._ids:
            return address
        if not fragment or fragment not in self._ids[page]:
            return f"#{slug(page)}"
        return f"#{slug(page)}--{fragment}"


def slug(url: str) -> str:
    """The id of a page in a document."""
    return url.strip("/").replace("/", "-") or "home"


def _article(page: bytes) -> Any:
    """What a page has to print."""
    tree = html.document_fromstring(page.decode())
    (article,) = tree.xpath("//article")
    for element in list(article.iter(etree.Element)):
        if element.tag in ("script", "button") or _UNPRINTED.intersection(
            element.get("class", "").split()
        ):
            element.drop_tree()
    return article


def _chapter(pages: _Pages, chapter: Chapter, single: bool) -> tuple[list[Any], list[_Entry]]:
    """The parts of a chapter, and its entries in the contents."""
    body, entries = [], []
    is_one = len(chapter.pages) == 1
    if not is_one:
        anchor = f"chapter-{slug(chapter.pages[0].partition('/')[0])}"
        body.append(E.H1(chapter.heading, id=anchor))
        entries.append((1, anchor, chapter.heading))
    for url in chapter.pages:
        page = pages[url]
        if not single:
            _without_own_sources(page, url)
        heading = page.find(".//h1")
        title = " ".join(heading.text_content().split())
        pages.settle(url, 0 if is_one else 1)
        if single:
            heading.drop_tree()
        else:
            entries.append((1 if is_one else 2, slug(url), title))
        if single or (is_one and not _is_list(page)):
            entries += [
                (1 if single else 2, one.get("id"), " ".join(one.text_content().split()))
                for one in page.iter("h2")
                if one.get("id")
            ]
        style = "page" + (" run-on" if chapter.is_run_on else "")
        section = E.E.section({"class": style, "id": slug(url)})
        section.extend(list(page))
        body.append(section)
    return body, entries


def _is_list(page: Any) -> bool:
    return len(page.findall(".//h2")) > 40


def _without_own_sources(page: Any, url: str) -> None:
    """Drop the list of sources that a page has for itself."""
    for heading in page.xpath(".//h2[@id='sources']"):
        following = heading.getnext()
        if following is not None and "sources" in following.get("class", "").split():
            following.drop_tree()
        heading.drop_tree()


def _title_page(document: Document, contents: Any | None) -> Any:
    facts = E.DL({"class": "imprint"})
    for term, said in document.facts:
        facts.append(E.DIV(E.DT(term), html.fragment_fromstring(said, create_parent="dd")))
    head = [E.P({"class": "of-site"}, document.site)] if document.site else []
    page = E.E.section(
        {"class": "title-page"},
        *head,
        E.H1(document.title, id=TITLE),
        E.P({"class": "lead"}, document.kind),
    )
    if contents is not None:
        page.append(contents)
    page.append(facts)
    return page


def _contents(document: Document, entries: Sequence[_Entry]) -> tuple[Any, dict[str, Any]]:
    numbers = {}
    list_ = E.UL()
    for level, anchor, title in entries:
        number = numbers[anchor] = E.SPAN({"class": "number"})
        link = E.A({"href": f"#{anchor}"}, E.SPAN(title), number)
        list_.append(E.LI({"class": f"level-{level}"}, link))
    heading = E.H2(document.contents, id=CONTENTS)
    nav = E.E.nav({"class": "contents-list", "aria-labelledby": CONTENTS}, heading, list_)
    return nav, numbers


def _running(document: Document) -> str:
    """The style of what stands in the margin of every page."""
    return (
        f"@page {{ @top-left {{ content: {_quoted(document.title)}; }}"
        f" @top-right {{ content: {_quoted(document.site)}; }} }}"
        " @page :first { @top-left { content: none; } @top-right { content: none; } }"
    )


def _quoted(text: str) -> str:
    r"""A text as a string of CSS, which ends at nothing in it; ``<`` could end the style.

    >>> print(_quoted('a "b" <c'))
    "a \22 b\22  \3c c"
    """
    return '"' + "".join(c if c not in '"\\<\n\r\f' else f"\\{ord(c):x} " for c in text) + '"'


def anchors_of(assembled: Assembled) -> Iterator[str]:
    """The ids that the contents lead to."""
    return iter(assembled.anchors)
