"""A finished page as editions read it: its title, how it is cited, and what it has to print."""

from __future__ import annotations

from typing import Any

from lxml import etree, html

# What pages have for the screen alone: paths, filters, files, and marks to link to.
_FOR_SCREENS = frozenset(
    [
        *("downloads", "filter", "headerlink", "jump", "narrow", "page-foot", "path", "permalink"),
        *("search-button", "sorted", "sorting"),
    ]
)
_NO_PRINT = ("script", "button", "dialog")


class Finished:
    """One page of the finished site, read from its HTML."""

    def __init__(self, page: bytes) -> None:
        (self._article,) = html.document_fromstring(page.decode()).xpath("//article")
        for mark in self._article.find_class("headerlink"):
            mark.drop_tree()

    @property
    def title(self) -> str:
        """The heading of the page, as plain text."""
        return plain(self._article.find(".//h1"))

    @property
    def citation(self) -> str:
        """How the page is cited, or on the page about the site that as a whole, in HTML."""
        found = self._article.find_class("citation")
        return inner(found[0]) if found else ""

    def printed(self) -> Any:
        """The element that holds what there is to print."""
        article = self._article
        for element in list(article.iter(etree.Element)):
            if element.tag in _NO_PRINT or _FOR_SCREENS.intersection(element.classes):
                element.drop_tree()
        return article


def plain(element: Any) -> str:
    """The text of an element on one line."""
    return " ".join(element.text_content().split())


def inner(element: Any) -> str:
    """The HTML inside an element."""
    parts = [html.tostring(child, encoding="unicode") for child in element]
    return html_text(element.text or "") + "".join(parts)


def html_text(text: str) -> str:
    """A text as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
