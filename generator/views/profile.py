"""The profile of a region: the same sections in the same order on every page, empty ones left out.

Nothing stands twice: what the first sections show is not shown by those after them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.dataset import Item, order_key
from generator.views.context import PageContext
from generator.views.headline import headlines_of
from generator.views.page import Page, subject
from generator.views.partners import partners_of
from generator.views.status import Status, status_of
from generator.views.tiles import place_of


@dataclass(frozen=True, slots=True)
class Section:
    """A section that has something to show: its name, for the text ``section.NAME``, and what."""

    name: str
    count: int | None
    data: Any


@dataclass(frozen=True, slots=True)
class Dated:
    """A document with its status."""

    item: Item
    status: Status


@dataclass(frozen=True, slots=True)
class Forum:
    """A forum, whether the region was its host, and what the region signed there."""

    item: Item
    is_host: bool
    signed: tuple[Item, ...]


def region(p: PageContext, page: Page) -> dict[str, Any]:
    """A region with everything that concerns it, as sections in their order."""
    item = subject(p, page)
    return {
        **_profile(p, item),
        "place": place_of(p, [item.id]),
        "sections": sections_of(p, item),
    }


def group(p: PageContext, page: Page) -> dict[str, Any]:
    """A country or district with its regions, and what concerns it as a whole."""
    item = subject(p, page)
    regions = p.lens.linked(item.id, "region")
    return {
        **_profile(p, item),
        "place": place_of(p, [region.id for region in regions]),
        "regions": regions,
        "agreements": _number_of_agreements(p, item),
        "sections": sections_of(p, item, is_wide=True),
    }


def _profile(p: PageContext, item: Item) -> dict[str, Any]:
    p.gathers_notes = True
    names = names_of(p, item)
    shown = {p.lens.name_in(p.lang, item.id), *(name.text for name in names)}
    return {"item": item, "names": names, "shown_names": shown}


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a language."""

    language: str
    text: str


def names_of(p: PageContext, item: Item) -> list[Name]:
    """What a record is called in the other languages of the site, equal names once."""
    found = {p.lens.name_in(p.lang, item.id): p.lang}
    for code in p.lens.site.codes:
        found.setdefault(p.lens.name_in(code, item.id), code)
    return [Name(code, text) for text, code in found.items() if text and code != p.lang]


def _number_of_agreements(p: PageContext, item: Item) -> int:
    """How many documents a territory is a party to, which have a list of their own."""
    return sum(item.id in p.lens.parties_of(i) for i in p.lens.linked(item.id, "agreement"))


def sections_of(
    p: PageContext, item: Item, is_wide: bool = False, names: Container[str] | None = None
) -> list[Section]:
    """The sections of a territory that are not empty: all of them, or those with these names."""
    about = Subject(p, item, is_wide)
    found = []
    for name, make in _SECTIONS.items():
        if names is None or name in names:
            count, data = make(about)
            if data:
                found.append(Section(name, count, data))
    return found


# --- sections: each gives how many things it has, if that is worth saying, and what it shows

Made = tuple[int | None, Any]


@dataclass(frozen=True)
class Subject:
    """What a profile is about, with what belongs on its page.

    A country or district as a whole has what stands on no page about anything nearer. ``shown``
    are the records that sections have shown so far, in that order.
    """

    p: PageContext
    item: Item
    is_wide: bool
    shown: dict[str, Item] = field(default_factory=dict)

    def linked(self, kind: str) -> list[Item]:
        """The records of a kind that refer to the subject and belong on its page."""
        found = self.p.lens.linked(self.item.id, kind)
        return [i for i in found if not self.is_wide or self.p.is_hosted(i.id)]

    def is_learning(self, item: Item) -> bool:
        """Whether a body or project is there to teach or to do research."""
        return self.p.lens.vocabulary.is_learning(f"{item.kind}-kinds", item.record.kind)

    def show(self, items: Iterable[Item]) -> list[Item]:
        """The records, noted as shown."""
        listed = list(items)
        self.shown.update((item.id, item) for item in listed)
        return listed


Make = Callable[[Subject], Made]


def _unless_empty(groups: Mapping[str, Any]) -> Mapping[str, Any]:
    """Groups of which at least one has something, or nothing."""
    return groups if any(groups.values()) else {}


def _headline(about: Subject) -> Made:
    """Figures with each partner of the headline measure, and of those that stand beside it."""
    found = headlines_of(about.p, about.item, about.linked("figure"))
    about.show(figure for one in found for figure in one.figures)
    return None, found


def _goods(about: Subject) -> Made:
    """Lists of goods, what the region sells first, by partner and period."""
    found: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for goods in about.linked("trade-goods"):
        found[goods.record.exporter, goods.record.importer].append(goods)
    groups = sorted(found.items(), key=lambda pair: (pair[0][0] != about.item.id, pair[0]))
    about.show(goods for _, group in groups for goods in group)
    return None, groups


def _figures(about: Subject) -> Made:
    """All other figures, by measure in the order of the vocabulary, then by date."""
    found = [f for f in about.linked("figure") if f.id not in about.shown]
    found.sort(key=lambda f: (about.p.lens.measure_order(f.record.measure), order_key(f)))
    return len(found), about.show(found)


def _partners(about: Subject) -> Made:
    """Partners, bodies of the region or joint ones, and partnerships of municipalities."""
    bodies = [body for body in about.linked("organisation") if not about.is_learning(body)]
    groups = {
        "partners": [] if about.is_wide else partners_of(about.p, about.item),
        "bodies": about.p.sorted_by_name(bodies),
        "municipalities": about.show(about.linked("partnership")),
    }
    return None, _unless_empty(groups)


def _agreements(about: Subject) -> Made:
    """Documents by date, each plan below what it implements."""
    found = about.linked("agreement")
    return len(found), [Dated(one, status_of(about.p, one)) for one in found]


def _meetings(about: Subject) -> Made:
    found = about.show(about.linked("meeting"))
    return len(found), found


def _projects(about: Subject) -> Made:
    """Projects by their first field, fields by name, those without one last."""
    found: dict[str | None, list[Item]] = defaultdict(list)
    for project in about.linked("project"):
        if not about.is_learning(project):
            found[next(iter(project.record.fields), None)].append(project)
    groups = sorted(
        found.items(),
        key=lambda pair: (
            pair[0] is None,
            about.p.locale.sort_key(about.p.locale.term("fields", pair[0])) if pair[0] else (),
        ),
    )
    return len(about.show(i for _, items in groups for i in items)), groups


def _programmes(about: Subject) -> Made:
    found = about.linked("programme")
    return len(found), found


def _positions(about: Subject) -> Made:
    found = about.show(about.linked("position"))
    return len(found), found


def _learning(about: Subject) -> Made:
    """Projects of teaching and research, and the bodies of the region that do either."""
    projects = about.show(i for i in about.linked("project") if about.is_learning(i))
    bodies = [body for body in about.linked("organisation") if about.is_learning(body)]
    groups = {"projects": projects, "bodies": about.p.sorted_by_name(bodies)}
    return len(projects) + len(bodies), _unless_empty(groups)


def _forums(about: Subject) -> Made:
    """Forums that the region hosted or at which something of its was signed."""
    hosted = {forum.id for forum in about.linked("forum")}
    signed: dict[str, list[Item]] = defaultdict(list)
    for document in about.linked("agreement"):
        occasion = document.record.occasion
        if occasion is not None and about.p.lens.item(occasion).kind == "forum":
            signed[occasion].append(document)
    forums = sorted((about.p.lens.item(i) for i in hosted | signed.keys()), key=order_key)
    found = [Forum(i, i.id in hosted, tuple(signed.get(i.id, ()))) for i in forums]
    return len(found), found


def _people(about: Subject) -> Made:
    """People who speak for the region and its places; its capital stands among the facts."""
    capital = getattr(about.item.record, "capital", None)
    places = [i for i in about.linked("place") if i.id != capital]
    groups = {
        "persons": about.show(about.p.sorted_by_name(about.linked("person"))),
        "places": about.show(about.p.sorted_by_name(places)),
    }
    return None, _unless_empty(groups)


def _notes(about: Subject) -> Made:
    """Everything shown that has a note, a correction or several readings, in the same order.

    What is only linked has its notes where it stands.
    """
    capital = getattr(about.item.record, "capital", None)
    among_facts = [about.item, *([about.p.lens.item(capital)] if capital else [])]
    found = [i for i in (*among_facts, *about.shown.values()) if about.p.is_annotated(i)]
    return len(found), found


_SECTIONS: Mapping[str, Make] = {
    "headline": _headline,
    "trade-goods": _goods,
    "figure": _figures,
    "partners": _partners,
    "agreement": _agreements,
    "meeting": _meetings,
    "project": _projects,
    "programme": _programmes,
    "position": _positions,
    "learning": _learning,
    "forum": _forums,
    "people": _people,
    "notes": _notes,
}

TEXTS = tuple(f"section.{name}" for name in _SECTIONS)
