"""Pages of a finished site, as far as tests look into them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

# Attributes that are read out, and those from which styles and scripts take texts.
SPOKEN = frozenset(
    {
        *("alt", "aria-label", "placeholder", "title"),
        *("data-label", "data-none", "data-loading", "data-failed"),
    }
)
VOID = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "path",
    }
)


@dataclass
class HtmlPage:
    """What is on a page. ``texts`` are what a reader sees or hears, with the language of each."""

    lang: str = ""
    ids: list[str] = field(default_factory=list)
    links: list[dict[str, str]] = field(default_factory=list)
    headings: list[tuple[str, str]] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)

    def text(self, lang: str | None = None) -> str:
        """All texts, or those in one language, joined by spaces; without keys (``zxx``)."""
        found = (text for text, at in self.texts if at == lang or (lang is None and at != "zxx"))
        return " ".join(" ".join(found).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = HtmlPage()
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        outer = self._open[-1][1] if self._open else ""
        lang = values.get("lang", outer)
        if tag == "html":
            self.page.lang = lang
        if tag not in VOID:
            self._open.append((tag, lang))
        if "id" in values:
            self.page.ids.append(values["id"])
        if tag == "a" and "href" in values:
            self.page.links.append(values)
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.page.headings.append((tag, values.get("id", "")))
        for name, value in values.items():
            is_meta = name == "content" and values.get("name") == "description"
            if is_meta or name in SPOKEN or name.startswith("data-count-"):
                self.page.texts.append((value, lang))

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        tag, lang = self._open[-1] if self._open else ("", "")
        if tag not in ("script", "style") and data.strip():
            self.page.texts.append((data, lang))


def read_page(path: Path) -> HtmlPage:
    """Read one HTML file."""
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    return reader.page


def html_files(folder: Path) -> Iterator[str]:
    """The HTML files below a folder, in a stable order."""
    for path in sorted(folder.rglob("*.html")):
        yield path.relative_to(folder).as_posix()
