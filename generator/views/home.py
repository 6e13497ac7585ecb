"""The start page."""

from __future__ import annotations

from typing import Any

from generator.dataset import date_of
from generator.views.context import PageContext
from generator.views.page import Page
from generator.views.tiles import map_of

# Agreements that the start page shows.
LATEST = 8
# What the start page leads on to, below regions and agreements.
FURTHER = (
    "comparison",
    "forums",
    "organisations",
    "partnerships",
    "fields",
    "measures",
    "coverage",
    "persons",
    "programmes",
    "notes",
    "sources",
    "downloads",
    "changes",
    "naming",
    "translation",
    "about",
)
# The files that a reader of the start page may want first.
DATA = ("facts.csv", "facts.json", "regions.json", "agreements.csv")


def home(p: PageContext, _page: Page) -> dict[str, Any]:
    """The start page: numbers, the map, the newest agreements, data, and what else there is."""
    counted = ("region", "agreement", "figure", "project", "source")
    agreements = [i for i in p.lens.all("agreement") if date_of(i.record)]
    return {
        "numbers": [(kind, len(p.lens.ids(kind))) for kind in counted],
        "map": map_of(p),
        "countries": [
            (country, len(regions))
            for country in p.lens.all("country")
            if (regions := p.lens.linked(country.id, "region"))
        ],
        "data": DATA,
        "latest": agreements[: -LATEST - 1 : -1],
        "more": [(f"{name}/", f"nav.{name}") for name in FURTHER],
    }
