"""Of what the book of a language consists."""

from __future__ import annotations

from collections.abc import Sequence

#: Chapters of a book: records with pages of their own, by the heading and the kind, and whether
# their pages are short enough to follow each other; or single pages. Sources come last.
CHAPTERS: Sequence[tuple[str, str, bool] | str] = (
    "about/",
    ("nav.countries", "country", True),
    ("nav.regions", "region", False),
    ("nav.districts", "district", True),
    ("nav.agreements", "agreement", True),
    ("nav.forums", "forum", True),
    ("nav.organisations", "organisation", True),
    "partnerships/",
    "programmes/",
    "persons/",
    "sources/",
)
#: The style sheets of a document, of those that a language of the site has: the engine's, and ours
# by their names without a hash.
ENGINE_STYLES = "assets/stylesheets/*.css"
STYLES = ("assets/css/theme.css", "assets/css/booklet.css")
