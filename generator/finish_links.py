"""Check the finished site: every link leads somewhere, every id is there once, nothing is blocked.

MkDocs looks at links in Markdown only. Here all pages of all languages are looked at as they will
be published: links in raw HTML, between languages, to data files, and what is in style sheets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urlsplit

from generator.errors import Place, Problem

#: From a page (path in the site) and a link on it to the place of the words or facts behind it.
Locate = Callable[[str, str], Place | None]

_ATTRIBUTES = r"""((?:[^>"']++|"[^"]*+"|'[^']*+')*+)"""
# A comment; or a script or style with its content; or any other start tag.
_TAG = re.compile(
    rf"<!--.*?-->|<(script|style)\b{_ATTRIBUTES}>.*?</\1\s*>|<([a-z][^\s/>]*+)\s{_ATTRIBUTES}>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"""([^\s"'<>/=]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""", re.DOTALL
)
_ADDRESSES = frozenset({"href", "src", "xlink:href", "poster", "action", "data"})
_REFRESH = re.compile(r"^\s*\d+\s*;\s*url\s*=\s*(.*?)\s*$", re.IGNORECASE | re.DOTALL)
_CSS_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)""")
_BLOCKED = "the security policy blocks inline styles, handlers and scripts in links"
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Found:
    """What matters on a page: ids and links, each with its offset, and what the policy blocks."""

    ids: tuple[tuple[str, int], ...]
    links: tuple[tuple[str, int], ...]
    blocked: tuple[tuple[str, int], ...]


def scan(html: str) -> Found:
    """Return the ids, links, and inline styles and handlers of a page."""
    ids: list[tuple[str, int]] = []
    links: list[tuple[str, int]] = []
    blocked: list[tuple[str, int]] = []
    for tag in _TAG.finditer(html):
        attributes = tag[2] or tag[4]
        if not attributes or not _matters(attributes.lower()):
            continue
        name, offset = (tag[1] or tag[3]).lower(), tag.start()
        for attribute in _ATTRIBUTE.finditer(attributes):
            key = attribute[1].lower()
            value = attribute[2] or attribute[3] or attribute[4] or ""
            if "&" in value:
                value = unescape(value)
            if key == "id" or (key == "name" and name == "a"):
                ids.append((value, offset))
            elif key in _ADDRESSES:
                links.append((value, offset))
            elif key == "srcset":
                links.extend((part.split()[0], offset) for part in value.split(",") if part.strip())
            elif key == "content" and name == "meta":
                refresh = _REFRESH.match(value)
                if refresh:
                    links.append((refresh[1], offset))
            elif key == "style" or key.startswith("on"):
                blocked.append((f"{key}={value}", offset))
    return Found(tuple(ids), tuple(links), tuple(blocked))


def _matters(attributes: str) -> bool:
    """Return whether to look closer: half of all tags carry nothing of interest.

    Written out because it runs for every tag of the site, and this is five times as fast as a
    regular expression.
    """
    return (
        "id=" in attributes
        or "href" in attributes
        or "src" in attributes
        or "name" in attributes
        or "style" in attributes
        or "content" in attributes
        or " on" in attributes
        or "action" in attributes
        or "poster" in attributes
        or "data=" in attributes
    )


def check_links(
    pages: Mapping[str, str],
    styles: Mapping[str, str],
    files: Collection[str],
    site_url: str,
    *,
    prefix: str = "",
    locate: Locate | None = None,
) -> list[Problem]:
    """Return what is wrong with the links, ids and inline styles of a whole site.

    ``pages`` (HTML) and ``styles`` (CSS) map paths in the site to text; ``files`` are all its
    paths. Links to the site's own address count as internal. A problem is placed where ``locate``
    says, else in the page, whose path gets ``prefix``.
    """
    site = _Site(files, {path: scan(text) for path, text in pages.items()}, site_url)
    problems: list[Problem] = []
    for path, text in pages.items():
        for rule, value, message, offset in site.faults(path):
            place = locate(path, value) if locate is not None else None
            problems.append(
                Problem(_place(prefix + path, text, offset), rule, message, value)
                if place is None
                else Problem(place, rule, f"on {path}: {message}", value)
            )
    for path, text in styles.items():
        for match in _CSS_URL.finditer(text):
            link = match[1] or match[2] or match[3] or ""
            fault = site.fault(path, link)
            if fault:
                problems.append(
                    Problem(_place(prefix + path, text, match.start()), fault[0], fault[1], link)
                )
    return problems


class _Site:
    """The published paths and what is on the pages, for resolving links."""

    def __init__(self, files: Collection[str], pages: Mapping[str, Found], site_url: str) -> None:
        self._files = frozenset(files)
        self._pages = pages
        self._ids = {path: {value for value, _ in found.ids} for path, found in pages.items()}
        self._origin = "{0.scheme}://{0.netloc}".format(urlsplit(site_url))
        self._base = urlsplit(site_url).path.rstrip("/") + "/"
        self._url = self._origin + self._base
        self._known: dict[tuple[str, str], tuple[str, str] | None] = {}

    def faults(self, path: str) -> Iterator[tuple[str, str, str, int]]:
        """Yield (rule, value, message, offset) for each fault of a page."""
        found = self._pages[path]
        seen: set[str] = set()
        for value, offset in found.ids:
            if value in seen:
                yield "duplicate-id", value, "this id stands twice on the page", offset
            seen.add(value)
        for value, offset in found.blocked:
            yield "inline-code", value, _BLOCKED, offset
        for value, offset in found.links:
            fault = self.fault(path, value)
            if fault:
                yield fault[0], value, fault[1], offset

    def fault(self, path: str, link: str) -> tuple[str, str] | None:
        """Return (rule, message) if a link on a page or in a style sheet is wrong."""
        link = link.strip()
        if not link or link[0] in "#?" or path.endswith("404.html"):
            return self._fault(path, link)
        # What any other link means depends on the folder of the page, not on the page.
        key = (path.rpartition("/")[0], link)
        if key not in self._known:
            self._known[key] = self._fault(path, link)
        return self._known[key]

    def _fault(self, path: str, link: str) -> tuple[str, str] | None:
        address, _, fragment = link.partition("#")
        address = address.partition("?")[0]
        if not address:
            return self._anchor(path, fragment)
        if address.startswith(self._url):
            address = address[len(self._origin) :]
        elif address[:11].lower() == "javascript:":
            return ("inline-code", _BLOCKED)
        elif address.startswith("//") or _SCHEME.match(address):
            return None
        elif path.rpartition("/")[2] == "404.html" and not address.startswith("/"):
            return ("relative-link", "a page for missing addresses has no place of its own")
        target = self._resolved(path, unquote(address) if "%" in address else address)
        if target is None:
            return ("dead-link", f"this link leaves the site, which is at {self._base}")
        if target in self._files:
            return self._anchor(target, fragment)
        if f"{target}/index.html" in self._files:
            return ("dead-link", "this link to a folder lacks its final slash")
        return ("dead-link", f"nothing is published at {target}")

    def _resolved(self, path: str, address: str) -> str | None:
        """Return the path in the site that an address without fragment and query leads to."""
        if address.startswith("/"):
            if not address.startswith(self._base):
                return None
            parts: list[str] = []
            address = address[len(self._base) :]
        else:
            parts = path.split("/")[:-1]
        *steps, last = address.split("/")
        if last in ("", ".", ".."):  # a folder; browsers take the last two for one, too
            steps.append(last)
            last = "index.html"
        for step in steps:
            if step == "..":
                if not parts:
                    return None
                parts.pop()
            elif step not in ("", "."):
                parts.append(step)
        return "/".join((*parts, last))

    def _anchor(self, path: str, fragment: str) -> tuple[str, str] | None:
        fragment = unquote(fragment.partition(":~:")[0])
        if fragment in ("", "top") or path not in self._ids or fragment in self._ids[path]:
            return None
        return ("dead-anchor", f"{path} has no id {fragment!r}")


def _place(path: str, text: str, offset: int) -> Place:
    line_start = text.rfind("\n", 0, offset) + 1
    return Place(path, text.count("\n", 0, offset) + 1, offset - line_start + 1)
