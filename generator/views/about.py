"""The pages about the site itself: what it is, and which names it uses."""

from __future__ import annotations

from typing import Any

from generator.views.context import PageContext
from generator.views.foot import site_citation
from generator.views.page import Page

# The parts of each page in their order; ``about.NAME`` and ``about.NAME-title`` are their texts.
ABOUT = (
    "what", "state", "source", "method", "reading", "figures", "neutral", "status", "names",
    "data", "cite", "versions", "report", "licence",
)  # fmt: skip
NAMING = ("language", "country", "kinds", "people", "sources", "reconstructed")
TEXTS = (
    *(f"about.{part}{end}" for part in ABOUT for end in ("", "-title")),
    *(f"naming.{part}{end}" for part in NAMING for end in ("", "-title")),
)


def about(p: PageContext, _page: Page) -> dict[str, Any]:
    """What the site covers, how it was made, and how to use it."""
    return {"parts": ABOUT, "citation": site_citation(p)}


def naming(p: PageContext, _page: Page) -> dict[str, Any]:
    """The rules of names, with the countries and the regions of the smallest as examples."""
    countries = [
        (country, p.lens.linked(country.id, "region"))
        for country in p.lens.all("country")
        if p.lens.linked(country.id, "region")
    ]
    smallest = min((regions for _, regions in countries), key=len, default=())
    rows = [*(country for country, _ in countries), *p.sorted_by_name(smallest)]
    # The page's own language first.
    languages = sorted(p.lens.site.codes, key=lambda code: code != p.lang)
    return {
        "parts": NAMING,
        "languages": languages,
        "rows": [(item, [p.lens.name_in(code, item.id) for code in languages]) for item in rows],
    }
