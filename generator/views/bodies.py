"""Pages about organisations and programmes."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from generator.views.context import PageContext
from generator.views.page import Page


def organisations(p: PageContext, _page: Page) -> dict[str, Any]:
    """Organisations by kind, the kinds in alphabetical order."""
    items = sorted(p.lens.all("organisation"), key=lambda i: i.record.kind)
    groups = [(kind, list(group)) for kind, group in groupby(items, key=lambda i: i.record.kind)]
    groups.sort(key=lambda pair: p.locale.sort_key(p.locale.term("organisation-kinds", pair[0])))
    return {"groups": groups}


def programmes(p: PageContext, _page: Page) -> dict[str, Any]:
    """All programmes by name."""
    return {"groups": [("programme", p.sorted_by_name(p.lens.all("programme")))]}
