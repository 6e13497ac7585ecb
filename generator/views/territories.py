"""Pages about regions, districts and countries, and their indexes."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from generator.dataset import Item
from generator.views.context import PageContext
from generator.views.page import Page, sections, subject


def region(p: PageContext, page: Page) -> dict[str, Any]:
    """A region or body with everything that concerns it, by kind."""
    item = subject(p, page)
    return {"item": item, "groups": sections(p, item.id)}


def country(p: PageContext, page: Page) -> dict[str, Any]:
    """What concerns a country or district as a whole: what has no page about anything nearer."""
    item = subject(p, page)
    groups = []
    for kind, items in sections(p, item.id):
        own = [i for i in items if p.is_hosted(i.id)]
        if own:
            groups.append((kind, own))
    return {"item": item, "groups": groups, "regions": p.lens.linked(item.id, "region")}


def regions(p: PageContext, _page: Page) -> dict[str, Any]:
    """Every country with its regions by district."""
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
    return {"countries": countries}
