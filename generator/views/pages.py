"""The plan of pages: which pages a site has, which template draws each, and which view feeds it."""

from __future__ import annotations

from collections.abc import Mapping

from generator.dataset import Dataset
from generator.model.kinds import KINDS
from generator.routes import HOME, Routes
from generator.views import (
    about,
    bodies,
    chronology,
    comparison,
    coverage,
    documents,
    downloads,
    foot,
    forums,
    headline,
    home,
    linked,
    partners,
    partnerships,
    plans,
    profile,
    references,
    releases,
    series,
    status,
    territories,
    topics,
    translating,
)
from generator.views.home import FURTHER
from generator.views.page import Page, View, nothing
from generator.views.translating import GUIDE

# The index page of kinds that have none of their own.
_ABOVE = {"district": "regions/"}


def plan(dataset: Dataset, routes: Routes) -> tuple[Page, ...]:
    """Return every page of the site, indexes first, in a stable order."""
    pages = [
        Page(HOME, "index", home.home, heading="home.title", is_of_dataset=True),
        Page("regions/", "regions", territories.regions, heading="nav.regions"),
        Page("countries/", "countries", nothing, heading="nav.countries"),
        *chronology.pages(dataset),
        *plans.pages(dataset),
        Page("forums/", "forums", forums.forums, heading="nav.forums"),
        Page("persons/", "persons", nothing, heading="nav.persons"),
        Page("programmes/", "programmes", bodies.programmes, heading="nav.programmes"),
        Page(
            partnerships.ABOVE,
            "partnerships",
            partnerships.partnerships,
            heading="nav.partnerships",
        ),
        Page("organisations/", "organisations", bodies.organisations, heading="nav.organisations"),
        *topics.pages(dataset),
        Page("comparison/", "comparison", comparison.comparison, heading="nav.comparison"),
        Page("coverage/", "coverage", coverage.coverage, heading="nav.coverage"),
        Page("sources/", "sources", references.sources, heading="nav.sources"),
        Page("translation/", "translation", translating.translation, heading="nav.translation"),
        Page(
            "downloads/",
            "downloads",
            downloads.downloads,
            heading="nav.downloads",
            is_of_dataset=True,
        ),
        *releases.pages(dataset),
        Page("naming/", "naming", about.naming, heading="nav.naming"),
        Page("about/", "about", about.about, heading="nav.about"),
    ]
    for kind, view in _SUBJECTS.items():
        for item in dataset.by_kind[kind]:
            url = routes[item.id]
            pages.append(
                Page(
                    url, kind, view, item.id, section=_ABOVE.get(kind, url.partition("/")[0] + "/")
                )
            )
    return tuple(pages)


_SUBJECTS: Mapping[str, View] = {
    "country": profile.group,
    "district": profile.group,
    "region": profile.region,
    "organisation": territories.body,
    "agreement": documents.agreement,
    "forum": forums.forum,
    "source": references.source,
}

_NAMED = (*FURTHER, "agreements", "countries", "home", "regions")
# The texts of the interface that views and templates name by a kind, a status or a page.
VIEW_TEXTS: frozenset[str] = frozenset(
    [
        *("home.title", "site.description", "site.name", "title.agreements-of"),
        *about.TEXTS,
        *chronology.TEXTS,
        *comparison.TEXTS,
        *coverage.TEXTS,
        *foot.TEXTS,
        *headline.TEXTS,
        *linked.TEXTS,
        *partners.TEXTS,
        *plans.TEXTS,
        *profile.TEXTS,
        *releases.TEXTS,
        *series.TEXTS,
        *status.TEXTS,
        *topics.TEXTS,
        *("figure.told", "notice.stale", "notice.untranslated", "party.body"),
        "value.unnamed-speaker",
        *(f"nav.{name}" for name in _NAMED),
        *(f"nav.{name}-sub" for name in FURTHER),
        *(f"kind.{name}" for name in KINDS),
        *(f"section.{name}" for name in KINDS),
        *(f"string-state.{state}" for state in ("missing", "orphan", "same-as-source", "stale")),
        *(f"guide.{part}{end}" for part in (*GUIDE, "style") for end in ("", "-title")),
    ]
)
