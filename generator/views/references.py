"""Pages about sources."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from generator.dataset import Item
from generator.views.context import PageContext
from generator.views.page import Page, subject


def source(p: PageContext, page: Page) -> dict[str, Any]:
    """A source with the records that rest on it."""
    item = subject(p, page)
    return {"item": item, "users": p.lens.cited_by(item.id)}


def sources(p: PageContext, _page: Page) -> dict[str, Any]:
    """Notes under the chapter that cites them, works and reference data last."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in p.lens.all("source"):
        groups[item.record.cited_in or ""].append(item)
    chapters = [(p.lens.item(key), items) for key, items in sorted(groups.items()) if key]
    return {"works": [*chapters, *([(None, groups[""])] if groups[""] else [])]}
