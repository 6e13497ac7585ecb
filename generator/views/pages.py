"""The plan of pages: which pages a site has, which template draws each, and what it is given.

A view takes the page context and returns what its template needs beyond it. Views read content
only through the lens of the context.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from generator.dataset import Dataset, Item, date_of, order_key
from generator.model.dates import Date
from generator.model.kinds import KINDS
from generator.routes import HOME, Routes
from generator.views.context import PageContext

View = Callable[[PageContext, "Page"], dict[str, Any]]

# The order of sections on every page about a territory, body or document.
SECTIONS = (
    "figure",
    "trade-goods",
    "agreement",
    "meeting",
    "partnership",
    "project",
    "programme",
    "position",
    "organisation",
    "person",
    "place",
)
LATEST = 8
# The index page of kinds that have none of their own.
_ABOVE = {"district": "regions/"}
# The parts of the guide for translators, in the order of their day.
_GUIDE = ("find", "edit", "check", "see", "send", "style")
# What the start page leads on to, below regions and agreements.
_FURTHER = (
    "forums",
    "organisations",
    "persons",
    "programmes",
    "notes",
    "sources",
    "translation",
    "about",
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the plan, the same in every language.

    ``url`` is relative to the root of a language; ``subject`` the record that the page is about;
    ``heading`` the key of the interface text that is its title where it has no subject;
    ``section`` the address of the index page that it belongs under.
    """

    url: str
    template: str
    view: View
    subject: str | None = None
    heading: str = ""
    section: str = HOME
    heading_value: str = ""


def plan(dataset: Dataset, routes: Routes) -> tuple[Page, ...]:
    """Return every page of the site, indexes first, in a stable order."""
    pages = [
        Page(HOME, "index", _home, heading="home.title"),
        Page("regions/", "regions", _regions, heading="nav.regions"),
        Page("countries/", "countries", _nothing, heading="nav.countries"),
        Page("agreements/", "agreements", _agreements, heading="nav.agreements"),
        Page("forums/", "forums", _forums, heading="nav.forums"),
        Page("persons/", "persons", _nothing, heading="nav.persons"),
        Page("programmes/", "programmes", _programmes, heading="nav.programmes"),
        Page("organisations/", "organisations", _organisations, heading="nav.organisations"),
        Page("notes/", "notes", _notes, heading="nav.notes"),
        Page("sources/", "sources", _sources, heading="nav.sources"),
        Page("translation/", "translation", _translation, heading="nav.translation"),
        Page("about/", "about", _about, heading="nav.about"),
    ]
    for year in sorted(_by_year(dataset.by_kind["agreement"])):
        pages.append(
            Page(
                f"agreements/by-year/{year}/",
                "agreements",
                _agreements_of(year),
                heading="title.agreements-of",
                heading_value=year,
                section="agreements/",
            )
        )
    for kind, view in _SUBJECTS.items():
        for item in dataset.by_kind[kind]:
            url = routes[item.id]
            pages.append(
                Page(
                    url, kind, view, item.id, section=_ABOVE.get(kind, url.partition("/")[0] + "/")
                )
            )
    return tuple(pages)


def _nothing(_p: PageContext, _page: Page) -> dict[str, Any]:
    return {}


def _subject(p: PageContext, page: Page) -> Item:
    return p.lens.item(page.subject or "")


def _sections(
    p: PageContext, identifier: str, kinds: Iterable[str] = SECTIONS
) -> list[tuple[str, list[Item]]]:
    groups = [(kind, list(p.lens.linked(identifier, kind))) for kind in kinds]
    for kind, items in groups:
        if kind == "figure":
            # By measure in the order of the vocabulary, then by date.
            items.sort(key=lambda i: (p.lens.measure_order(i.record.measure), order_key(i)))
        elif kind == "meeting" and all(i.record.series == identifier for i in items):
            # Of some sessions only their place in the series is known.
            items.sort(key=lambda i: (i.record.ordinal or 0, order_key(i)))
    return [(kind, items) for kind, items in groups if items]


def _region(p: PageContext, page: Page) -> dict[str, Any]:
    item = _subject(p, page)
    return {"item": item, "groups": _sections(p, item.id)}


def _country(p: PageContext, page: Page) -> dict[str, Any]:
    """What concerns a country or district as a whole: what has no page about anything nearer."""
    item = _subject(p, page)
    groups = []
    for kind, items in _sections(p, item.id):
        own = [i for i in items if p.is_hosted(i.id)]
        if own:
            groups.append((kind, own))
    return {"item": item, "groups": groups, "regions": p.lens.linked(item.id, "region")}


def _agreement(p: PageContext, page: Page) -> dict[str, Any]:
    item = _subject(p, page)
    linked = p.lens.linked(item.id, "agreement")
    return {
        "item": item,
        "status": _status(p.as_of, item, linked),
        "implemented_by": [i for i in linked if i.record.implements == item.id],
        "groups": _sections(p, item.id, ("trade-goods", "project", "position")),
    }


def _status(as_of: Date, item: Item, linked: Sequence[Item]) -> str:
    """What holds of an agreement at the state of the data, as far as the dates say."""
    if any(other.record.supersedes == item.id for other in linked):
        return "superseded"
    term: Date | None = item.record.term
    if term is None:
        return "unknown"
    if term.last < as_of.first:
        return "ended"
    return "running" if term.first <= as_of.last else "ahead"


def _forum(p: PageContext, page: Page) -> dict[str, Any]:
    item = _subject(p, page)
    forums = p.lens.all("forum")
    index = [forum.id for forum in forums].index(item.id)
    return {
        "item": item,
        "signed": p.lens.linked(item.id, "agreement"),
        "before": forums[index - 1] if index else None,
        "after": forums[index + 1] if index + 1 < len(forums) else None,
        "groups": _sections(p, item.id, ("meeting", "project", "position")),
    }


def _source(p: PageContext, page: Page) -> dict[str, Any]:
    item = _subject(p, page)
    return {"item": item, "users": p.lens.cited_by(item.id)}


def _home(p: PageContext, _page: Page) -> dict[str, Any]:
    counted = ("region", "agreement", "figure", "project", "source")
    agreements = [i for i in p.lens.all("agreement") if date_of(i.record)]
    return {
        "numbers": [(kind, len(p.lens.all(kind))) for kind in counted],
        "countries": [
            (country, regions)
            for country in p.lens.all("country")
            if (regions := p.lens.linked(country.id, "region"))
        ],
        "latest": agreements[: -LATEST - 1 : -1],
        "more": [(f"{name}/", f"nav.{name}") for name in _FURTHER],
    }


def _regions(p: PageContext, _page: Page) -> dict[str, Any]:
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


def _organisations(p: PageContext, _page: Page) -> dict[str, Any]:
    items = sorted(p.lens.all("organisation"), key=lambda i: i.record.kind)
    groups = [(kind, list(group)) for kind, group in groupby(items, key=lambda i: i.record.kind)]
    groups.sort(key=lambda pair: p.locale.sort_key(p.locale.term("organisation-kinds", pair[0])))
    return {"groups": groups}


def _programmes(p: PageContext, _page: Page) -> dict[str, Any]:
    return {"groups": [("programme", p.sorted_by_name(p.lens.all("programme")))]}


def _by_year(items: Iterable[Item]) -> Mapping[str, list[Item]]:
    years: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        date = date_of(item.record)
        if date is not None:
            years[f"{date.start.year:04}"].append(item)
    return years


def _agreements(p: PageContext, _page: Page) -> dict[str, Any]:
    items = p.lens.all("agreement")
    years = [(year, len(group)) for year, group in sorted(_by_year(items).items())]
    return {"items": items, "years": years}


def _agreements_of(year: str) -> View:
    def view(p: PageContext, _page: Page) -> dict[str, Any]:
        return {"items": _by_year(p.lens.all("agreement"))[year], "years": []}

    return view


def _forums(p: PageContext, _page: Page) -> dict[str, Any]:
    """The forums, and the ordinals below the highest that the source does not describe."""
    known = {item.record.number for item in p.lens.all("forum")}
    gaps = [number for number in range(1, max(known, default=0)) if number not in known]
    return {"missing": p.locale.list([p.title.forum_number(n) for n in gaps])}


def _sources(p: PageContext, _page: Page) -> dict[str, Any]:
    """Notes under the chapter that cites them, works and reference data last."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in p.lens.all("source"):
        groups[item.record.cited_in or ""].append(item)
    chapters = [(p.lens.item(key), items) for key, items in sorted(groups.items()) if key]
    return {"works": [*chapters, *([(None, groups[""])] if groups[""] else [])]}


def _notes(p: PageContext, _page: Page) -> dict[str, Any]:
    """Every record that carries an editorial note, a correction or several readings, by kind."""
    groups = []
    for kind in KINDS:
        items = [item for item in p.lens.all(kind) if p.is_annotated(item)]
        if items:
            groups.append((kind, items))
    return {"groups": groups}


def _translation(p: PageContext, _page: Page) -> dict[str, Any]:
    """The progress of each language, and the guide for those who help."""
    site = p.lens.site
    languages = []
    for code, language in site.languages.items():
        files = sorted(p.lens.progress(code).items(), key=lambda row: (row[0] == "", row[0]))
        if files and files[-1][1][0]:
            languages.append((code, language.name, files))
    return {"progress": languages, "guide": _GUIDE}


def _about(p: PageContext, _page: Page) -> dict[str, Any]:
    return {"downloads": p.downloads}


_SUBJECTS: Mapping[str, View] = {
    "country": _country,
    "district": _country,
    "region": _region,
    "organisation": _region,
    "agreement": _agreement,
    "forum": _forum,
    "source": _source,
}

_NAMED = (*_FURTHER, "agreements", "countries", "home", "regions")
# The texts of the interface that views and templates name by a kind, a status or a page.
VIEW_TEXTS: frozenset[str] = frozenset(
    [
        *("home.title", "site.description", "site.name", "title.agreements-of"),
        *("figure.told", "notice.stale", "notice.untranslated", "party.body"),
        "value.unnamed-speaker",
        *(f"nav.{name}" for name in _NAMED),
        *(f"nav.{name}-sub" for name in _FURTHER),
        *(f"kind.{name}" for name in KINDS),
        *(f"section.{name}" for name in KINDS),
        *(f"guide.{part}{end}" for part in _GUIDE for end in ("", "-title")),
        *(f"status.{name}" for name in ("ahead", "ended", "running", "superseded", "unknown")),
    ]
)
