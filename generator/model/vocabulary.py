"""The vocabulary: closed lists of terms, read from content.

Most entries are bare. Some carry what the generator must know of them, without knowing them by
name: the factor of a scale, the currency of a unit, whether an agreement of a kind is a plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated, Any

from generator.model.codes import Currency
from generator.model.fields import Boolean, Integer, Model, Slug, Term, Text


class Entry(Model):
    """A vocabulary entry without attributes."""


class AgreementKind(Entry):
    """``plan`` marks documents that say what shall be done within a term."""

    plan: Boolean = False


class MeetingKind(Entry):
    """``municipal`` marks meetings of municipalities."""

    municipal: Boolean = False


class LearningKind(Entry):
    """``learning`` marks bodies, and things done together, that teach or do research."""

    learning: Boolean = False


class Phase(StrEnum):
    """Whether what has reached a stage lies ahead, goes on or is over."""

    AHEAD = "ahead"
    BEGUN = "begun"
    OVER = "over"


class Stage(Entry):
    """``order`` ranks stages in the order in which things come about; ``phase`` groups them."""

    order: Integer
    phase: Phase = Phase.AHEAD


class UnitSort(StrEnum):
    """What a measure is measured in: money, or things that are counted."""

    CURRENCY = "currency"
    COUNT = "count"


class Role(StrEnum):
    """What a measure is to the page of a territory: shown first, or beside what is shown first."""

    HEADLINE = "headline"
    COMPANION = "companion"


class Measure(Entry):
    """``series`` figures are drawn over time; ``partner`` makes a partner required.

    ``unit`` says of which sort the unit of a value must be. The ``role`` puts a measure at the top
    of a territory's page. ``beside`` names measures that it is easily taken for, or is read with;
    ``municipal`` marks what is measured of municipalities.
    """

    series: Boolean = False
    partner: Boolean = False
    unit: UnitSort | None = None
    role: Role | None = None
    beside: tuple[Annotated[Slug, Term("measures")], ...] = ()
    municipal: Boolean = False


class Unit(Entry):
    """``currency`` is the ISO 4217 code of money; other units are counted things."""

    currency: Currency | None = None


class Scale(Entry):
    """``factor`` is what a printed value is multiplied by."""

    factor: Integer


class Qualifier(Entry):
    """``sign`` is what stands before a number where there is no room for the words."""

    sign: Text | None = None


class CslType(StrEnum):
    """What a source is to those who cite it, by the names of the Citation Style Language."""

    WEBPAGE = "webpage"
    BOOK = "book"
    CHAPTER = "chapter"
    ARTICLE = "article-journal"
    PERIODICAL = "periodical"
    PAPER = "paper-conference"
    REPORT = "report"
    DOCUMENT = "document"


class SourceKind(Entry):
    """``csl`` is the type under which sources of the kind are cited."""

    csl: CslType = CslType.DOCUMENT


LISTS: Mapping[str, type[Entry]] = {
    "region-kinds": Entry,
    "district-kinds": Entry,
    "place-kinds": Entry,
    "organisation-kinds": LearningKind,
    "legal-forms": Entry,
    "bodies": Entry,
    "agreement-kinds": AgreementKind,
    "meeting-kinds": MeetingKind,
    "project-kinds": LearningKind,
    "programme-kinds": Entry,
    "stages": Stage,
    "stances": Entry,
    "outcomes": Entry,
    "fields": Entry,
    "goods": Entry,
    "measures": Measure,
    "units": Unit,
    "scales": Scale,
    "qualifiers": Qualifier,
    "fractions": Entry,
    "vague": Entry,
    "wholes": Entry,
    "scopes": Entry,
    "date-parts": Entry,
    "list-kinds": Entry,
    "evidence": Entry,
    "verdicts": Entry,
    "repairs": Entry,
    "source-kinds": SourceKind,
    "publisher-types": Entry,
}


class Vocabulary:
    """All lists of terms, in the order of the file.

    ``broken`` names entries, as ``list.entry``, whose attributes could not be read.
    """

    def __init__(self, lists: Mapping[str, Mapping[str, Any]], broken: Iterable[str] = ()) -> None:
        self.lists = {name: dict(entries) for name, entries in lists.items()}
        self.broken = frozenset(broken)

    def has(self, name: str, entry: str) -> bool:
        """Whether the list ``name`` has the entry."""
        return entry in self.lists.get(name, {})

    def names(self, name: str) -> tuple[str, ...]:
        """The entries of a list, in the order of the file."""
        return tuple(self.lists.get(name, {}))

    def measure(self, entry: str) -> Measure:
        """The attributes of a measure."""
        found: Measure = self.lists["measures"][entry]
        return found

    def unit(self, entry: str) -> Unit:
        """The attributes of a unit."""
        found: Unit = self.lists["units"][entry]
        return found

    def sign(self, qualifier: str) -> str | None:
        """The sign of a qualifier, if it has one."""
        found: Qualifier = self.lists["qualifiers"][qualifier]
        return found.sign

    def is_learning(self, name: str, entry: str) -> bool:
        """Whether an entry of the kinds of organisations or projects is about learning."""
        found: LearningKind = self.lists[name][entry]
        return found.learning

    def is_municipal(self, name: str, entry: str) -> bool:
        """Whether an entry of the kinds of meetings or the measures is about municipalities."""
        found: MeetingKind | Measure | None = self.lists[name].get(entry)
        return found is not None and found.municipal

    def stage(self, entry: str) -> Stage:
        """The attributes of a stage."""
        found: Stage = self.lists["stages"][entry]
        return found

    def csl_type(self, source_kind: str) -> CslType:
        """The type under which sources of a kind are cited."""
        found: SourceKind = self.lists["source-kinds"][source_kind]
        return found.csl

    def scale(self, entry: str) -> Scale:
        """The attributes of a scale."""
        found: Scale = self.lists["scales"][entry]
        return found

    def is_plan(self, agreement_kind: str) -> bool:
        """Whether agreements of this kind are plans for a term."""
        found: AgreementKind = self.lists["agreement-kinds"][agreement_kind]
        return found.plan
