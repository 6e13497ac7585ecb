"""Pages about sources and editorial notes, and about the site itself."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from generator.dataset import Item
from generator.model.kinds import KINDS
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


def notes(p: PageContext, _page: Page) -> dict[str, Any]:
    """Every record that carries an editorial note, a correction or several readings, by kind."""
    groups = []
    for kind in KINDS:
        items = [item for item in p.lens.all(kind) if p.is_annotated(item)]
        if items:
            groups.append((kind, items))
    return {"groups": groups}


def about(p: PageContext, _page: Page) -> dict[str, Any]:
    """What the site is, and its data files."""
    return {"downloads": p.downloads}
