"""The index of regions, and pages about bodies."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from generator.dataset import Item
from generator.views.context import PageContext
from generator.views.page import Page, sections, subject
from generator.views.tiles import map_of


def body(p: PageContext, page: Page) -> dict[str, Any]:
    """A body with everything that concerns it, by kind."""
    item = subject(p, page)
    return {"item": item, "groups": sections(p, item.id)}


def regions(p: PageContext, _page: Page) -> dict[str, Any]:
    """The map, and every country with its regions by district."""
    countries = []
    for country in p.lens.all("country"):
        regions = p.lens.linked(country.id, "region")
        if not regions:
            continue
        by_district: dict[str | None, list[Item]] = defaultdict(list)
        for district in p.lens.linked(country.id, "district"):
            by_district[district.id] = []
        for region in regions:
            by_district[region.record.district].append(region)
        groups = [
            (p.lens.item(d) if d else None, group)
            for d, group in sorted(by_district.items(), key=lambda pair: pair[0] or "")
        ]
        countries.append((country, groups))
    return {"countries": countries, "map": map_of(p)}
