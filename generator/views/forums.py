"""Pages about forums, and their index."""

from __future__ import annotations

from typing import Any

from generator.views.context import PageContext
from generator.views.page import Page, sections, subject


def forum(p: PageContext, page: Page) -> dict[str, Any]:
    """A forum with what was signed there, and its neighbours."""
    item = subject(p, page)
    forums = p.lens.all("forum")
    index = [forum.id for forum in forums].index(item.id)
    return {
        "item": item,
        "signed": p.lens.linked(item.id, "agreement"),
        "before": forums[index - 1] if index else None,
        "after": forums[index + 1] if index + 1 < len(forums) else None,
        "groups": sections(p, item.id, ("meeting", "project", "position")),
    }


def forums(p: PageContext, _page: Page) -> dict[str, Any]:
    """The forums, and the ordinals below the highest that the source does not describe."""
    known = {item.record.number for item in p.lens.all("forum")}
    gaps = [number for number in range(1, max(known, default=0)) if number not in known]
    return {"missing": p.locale.list([p.title.forum_number(n) for n in gaps])}
