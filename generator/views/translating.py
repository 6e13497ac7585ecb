"""The page about the state of translations, with the guide for translators."""

from __future__ import annotations

from typing import Any

from generator.views.context import PageContext
from generator.views.page import Page

# The steps of the guide, in the order of a translator's day; the style sheet follows.
GUIDE = ("find", "edit", "check", "see", "send")


def translation(p: PageContext, _page: Page) -> dict[str, Any]:
    """The progress of each language, and the guide for those who help."""
    site = p.lens.site
    languages = []
    for code, language in site.languages.items():
        files = sorted(p.lens.progress(code).items(), key=lambda row: (row[0] == "", row[0]))
        if files and files[-1][1][0]:
            languages.append((code, language.name, files))
    return {"progress": languages, "guide": GUIDE}
