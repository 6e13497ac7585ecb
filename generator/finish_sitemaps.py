"""Sitemaps with the languages of each page, the index of them, and robots.txt.

Formats: https://www.sitemaps.org/protocol.html; the language links as search engines read them,
https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap.
The pages themselves carry no ``rel=alternate``, because the theme's script would fetch a sitemap
for each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

#: The protocol allows 50,000 addresses and 50 MB; with the language links the size comes first.
_MOST = 20_000
#: The index of the sitemaps of all languages.
SITEMAP = "sitemap.xml"
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True, slots=True)
class SitePlan:
    """What the site consists of.

    ``site_url`` is the address of the whole site, with a final slash. ``pages`` has for each
    language the address of each page, relative to the language's root (``things/north/``, the
    start page is empty), and the date of its last change (``2020-12-31``) if one is known.
    """

    site_url: str
    languages: tuple[str, ...]
    default: str
    pages: Mapping[str, Mapping[str, str | None]]


def sitemaps(plan: SitePlan) -> dict[str, bytes]:
    """Return the files for search engines: path in the site -> content."""
    files: dict[str, bytes] = {}
    for language in plan.languages:
        urls = sorted(plan.pages[language])
        for start in range(0, max(1, len(urls)), _MOST):
            number = start // _MOST + 1
            name = "sitemap.xml" if number == 1 else f"sitemap-{number}.xml"
            files[f"{language}/{name}"] = _sitemap(plan, language, urls[start : start + _MOST])
    index = [f'<sitemapindex xmlns="{_NAMESPACE}">']
    index.extend(f"<sitemap><loc>{_address(plan, path)}</loc></sitemap>" for path in files)
    index.append("</sitemapindex>")
    files[SITEMAP] = _xml(index)
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {_address(plan, SITEMAP)}\n"
    files["robots.txt"] = robots.encode()
    return files


def _sitemap(plan: SitePlan, language: str, urls: Sequence[str]) -> bytes:
    lines = [f'<urlset xmlns="{_NAMESPACE}" xmlns:xhtml="{_XHTML}">']
    for url in urls:
        lines.append("<url>")
        lines.append(f"<loc>{_address(plan, f'{language}/{url}')}</loc>")
        changed = plan.pages[language][url]
        if changed:
            lines.append(f"<lastmod>{escape(changed)}</lastmod>")
        versions = [(other, other) for other in plan.languages if url in plan.pages[other]]
        if url in plan.pages[plan.default]:
            versions.append(("x-default", plan.default))
        for name, other in versions:
            href = quoteattr(_address(plan, f"{other}/{url}"))
            lines.append(f'<xhtml:link rel="alternate" hreflang="{name}" href={href}/>')
        lines.append("</url>")
    lines.append("</urlset>")
    return _xml(lines)


def _address(plan: SitePlan, path: str) -> str:
    return escape(plan.site_url.rstrip("/") + "/" + quote(path))


def _xml(lines: Sequence[str]) -> bytes:
    return ("\n".join(('<?xml version="1.0" encoding="UTF-8"?>', *lines)) + "\n").encode()
