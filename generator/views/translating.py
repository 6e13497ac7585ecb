"""The page about the state of translations, with the guide for translators."""

from __future__ import annotations

from typing import Any

from generator.views.context import PageContext
from generator.views.page import Page

# The steps of the guide, in the order of a translator's day; the style sheet follows.
GUIDE = ("find", "edit", "check", "see", "send")
# Open strings of a language that the page lists; the command lists all.
SHOWN = 40


def translation(p: PageContext, _page: Page) -> dict[str, Any]:
    """How each language stands, what is open in it, and the guide for those who help."""
    languages = []
    for code, language in p.lens.site.languages.items():
        standing = p.lens.standing(code)
        files = sorted(standing.progress.items(), key=lambda row: (row[0] == "", row[0]))
        if files and files[-1][1][0]:
            opened = standing.open
            languages.append(
                {
                    "code": code,
                    "name": language.name,
                    "files": files,
                    "forms": standing.forms,
                    "open": opened[:SHOWN],
                    "more": max(0, len(opened) - SHOWN),
                }
            )
    return {"progress": languages, "guide": GUIDE}
