"""Check the finished site: every link leads somewhere, every id is there once, nothing is blocked.

MkDocs looks at links in Markdown only. Here all pages of all languages are looked at as they will
be published: links in raw HTML, between languages, to data files, and what is in style sheets.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urlsplit

from generator.errors import Place, Problem

#: From a page (path in the site) and a link on it to the place of the words or facts behind it.
Locate = Callable[[str, str], Place | None]

#: What the rules mean, for whoever asks for an explanation.
RULES: Mapping[str, str] = {
    "dead-link": "A link on a finished page leads to nothing that is published. The page is named, "
    "and the link as it stands there; look for it in the facts or words that the page shows.",
    "dead-anchor": "A link on a finished page leads to a page that has no such part.",
    "repeated-anchor": "An id stands more than once on a finished page, so a link to it is "
    "ambiguous. Two records are shown in full on one page, or a template names two parts alike.",
    "relative-link": "A host shows 404.html under whatever address was asked for, so its links "
    "must begin with the path of the site.",
    "inline-code": "The pages forbid styles, handlers and scripts inside tags, so a browser would "
    "ignore this one. Move it to a style sheet or script of the theme.",
}

# How tags are written: all that follows the name, and one attribute with its value.
ATTRIBUTES = r"""((?:[^>"']++|"[^"]*+"|'[^']*+')*+)"""
# A comment; or a script or style with its content; or any other start tag.
TAG = re.compile(
    rf"<!--.*?-->|<(script|style)\b{ATTRIBUTES}>.*?</\1\s*>|<([a-z][^\s/>]*+)\s{ATTRIBUTES}>",
    re.DOTALL | re.IGNORECASE,
)
ATTRIBUTE = re.compile(
    r"""([^\s"'<>/=]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""", re.DOTALL
)
ADDRESSES = frozenset({"href", "src", "xlink:href", "poster", "action", "data"})
REFRESH = re.compile(r"^\s*\d+\s*;\s*url\s*=\s*(.*?)\s*$", re.IGNORECASE | re.DOTALL)
_CSS_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)""")
_TWICE = "this id stands more than once on the page"
_BLOCKED = "the security policy blocks inline styles, handlers and scripts in links"
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Found:
    """What matters on a page: its ids, its links, and what is wrong with it by itself.

    Kept for all pages of a site at once, so without positions; a problem looks for its own again.
    ``faults`` are (rule, value).
    """

    ids: frozenset[str]
    links: tuple[str, ...]
    faults: tuple[tuple[str, str], ...]


def scan(html: str) -> Found:
    """Return the ids and links of a page, its repeated ids, and inline styles and handlers."""
    ids: set[str] = set()
    links: dict[str, None] = {}
    faults: dict[tuple[str, str], None] = {}
    for kind, value, _ in _marks(html):
        if kind == "link":
            links[sys.intern(value)] = None
        elif kind == "inline":
            faults["inline-code", value] = None
        elif kind == "id" and value in ids:
            faults["repeated-anchor", value] = None
        else:
            ids.add(sys.intern(value))
    return Found(frozenset(ids), tuple(links), tuple(faults))


def _marks(html: str) -> Iterator[tuple[str, str, int]]:
    """Yield (kind, value, offset) in the order of a page; kind: id, name, link or inline."""
    for tag in TAG.finditer(html):
        attributes = tag[2] or tag[4]
        if not attributes or not _matters(attributes.lower()):
            continue
        name, offset = (tag[1] or tag[3]).lower(), tag.start()
        for attribute in ATTRIBUTE.finditer(attributes):
            key = attribute[1].lower()
            value = attribute[2] or attribute[3] or attribute[4] or ""
            if "&" in value:
                value = unescape(value)
            if key == "id":
                yield "id", value, offset
            elif key == "name" and name == "a":
                yield "name", value, offset
            elif key in ADDRESSES:
                yield "link", value, offset
            elif key == "srcset":
                for part in value.split(","):
                    if part.strip():
                        yield "link", part.split()[0], offset
            elif key == "content" and name == "meta":
                refresh = REFRESH.match(value)
                if refresh:
                    yield "link", refresh[1], offset
            elif key == "style" or key.startswith("on"):
                yield "inline", f"{key}={value}", offset


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
    pages: Mapping[str, Found],
    styles: Mapping[str, str],
    files: Collection[str],
    site_url: str,
    text_of: Callable[[str], str],
    *,
    prefix: str = "",
    only: Collection[str] | None = None,
    unjudged: Collection[str] = (),
    locate: Locate | None = None,
) -> list[Problem]:
    """Return what is wrong with the links, ids and inline styles of a whole site.

    With ``only``, of these pages alone. Links to what the folders ``unjudged`` lack are let be:
    they are made another time.

    ``pages`` (scanned) and ``styles`` (CSS) are by path in the site, ``files`` are all its paths,
    and ``text_of`` gives the HTML of a page again where a place is needed. Links to the site's own
    address count as internal. What stands several times on a page is told once. A problem is
    placed where ``locate`` says, else in the page, whose path gets ``prefix``.
    """
    site = _Site(files, pages, site_url, unjudged)
    problems: list[Problem] = []
    for path in sorted(pages if only is None else only):
        faults = list(site.faults(path))
        text = text_of(path) if faults else ""
        for rule, value, message in faults:
            place = locate(path, value) if locate is not None else None
            if place is None:
                place = _place(prefix + path, text, _offset(text, rule, value))
                problems.append(Problem(place, rule, message, value))
            else:
                problems.append(Problem(place, rule, f"on {path}: {message}", value))
    for path, text in styles.items():
        for match in _CSS_URL.finditer(text):
            link = match[1] or match[2] or match[3] or ""
            fault = site.fault(path, link)
            if fault:
                place = _place(prefix + path, text, match.start())
                problems.append(Problem(place, *fault, link))
    return problems


class _Site:
    """The published paths and what is on the pages, for resolving links."""

    def __init__(
        self,
        files: Collection[str],
        pages: Mapping[str, Found],
        site_url: str,
        unjudged: Collection[str] = (),
    ) -> None:
        self._unjudged = tuple(f"{folder}/" for folder in unjudged)
        self._files = frozenset(files)
        self._pages = pages
        self._origin = "{0.scheme}://{0.netloc}".format(urlsplit(site_url))
        self._base = urlsplit(site_url).path.rstrip("/") + "/"
        self._url = self._origin + self._base
        self._known: dict[tuple[str, str], tuple[str, str] | None] = {}

    def faults(self, path: str) -> Iterator[tuple[str, str, str]]:
        """Yield (rule, value, message) for each fault of a page."""
        found = self._pages[path]
        for rule, value in found.faults:
            yield rule, value, _BLOCKED if rule == "inline-code" else _TWICE
        for link in found.links:
            fault = self.fault(path, link)
            if fault:
                yield fault[0], link, fault[1]

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
        elif address.startswith("//") or SCHEME.match(address):
            return None
        elif path.rpartition("/")[2] == "404.html" and not address.startswith("/"):
            return ("relative-link", "a page for missing addresses has no place of its own")
        target = self._resolved(path, unquote(address) if "%" in address else address)
        if target is None:
            return ("dead-link", f"this link leaves the site, which is at {self._base}")
        if target in self._files:
            return self._anchor(target, fragment)
        if target.startswith(self._unjudged):
            return None
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
        page = self._pages.get(path)
        if fragment in ("", "top") or page is None or fragment in page.ids:
            return None
        return ("dead-anchor", f"{path} has no id {fragment!r}")


def _offset(text: str, rule: str, value: str) -> int:
    """Return where a fault stands in the text of its page: for an id, where it returns."""
    kind = {"repeated-anchor": "id", "inline-code": "inline"}.get(rule, "link")
    offsets = [offset for found, other, offset in _marks(text) if (found, other) == (kind, value)]
    if not offsets:  # a link that is a script
        offsets = [offset for _, other, offset in _marks(text) if other == value]
    return offsets[1 if kind == "id" else 0]


def _place(path: str, text: str, offset: int) -> Place:
    line_start = text.rfind("\n", 0, offset) + 1
    return Place(path, text.count("\n", 0, offset) + 1, offset - line_start + 1)
