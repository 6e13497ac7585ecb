"""The kinds of records, as typed models.

Every record may carry ``sources`` for the whole and ``field_sources`` for single fields,
``passage`` (lines of the source text it was read from), corrections (``as_printed``,
``readings`` with a ``verdict``) and inline ``figures``. A back-link, such as the agreements signed
at a forum, is never a field: the dataset computes it.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Self

from pydantic import model_validator

from generator.model.amounts import Amount, Printed, Reading, SourceId, StageAt
from generator.model.codes import CountryCode, LanguageTag, RegionCode
from generator.model.fields import (
    ArchivedUrl,
    Boolean,
    Cell,
    Counted,
    DateField,
    FieldName,
    Integer,
    Model,
    Passage,
    Ref,
    Slug,
    Term,
    Text,
    Url,
    WikidataId,
    refused,
)
from generator.model.marks import Marked, marked

ACTORS = ("region", "country", "district", "place", "organisation", "person")
TERRITORIES = ("region", "country", "district", "place")

ActorId = Annotated[Slug, Ref(ACTORS)]
TerritoryId = Annotated[Slug, Ref(TERRITORIES)]
PlaceId = Annotated[Slug, Ref(("place",))]
PartnerId = Annotated[Slug, Ref(("region", "place", "organisation"))]


class Party(Model):
    """Who takes part: a territory or body, signing through ``body``, or a count of unnamed ones."""

    of: ActorId | None = None
    body: Annotated[Slug, Term("bodies")] | None = None
    kind: Annotated[Slug, Term("organisation-kinds")] | None = None
    count: Integer | None = None
    home: TerritoryId | None = None

    @model_validator(mode="after")
    def _named_or_counted(self) -> Party:
        if self.of is None and self.kind is None:
            raise refused("the party is not named", "of: an id, or kind: for unnamed ones")
        if self.of is not None and (self.kind or self.count or self.home):
            raise refused("a named party is not counted", "either of, or kind with count and home")
        return self


class Record(Model):
    """What all kinds share."""

    formerly: tuple[Slug, ...] = ()
    sources: tuple[SourceId, ...] = ()
    field_sources: dict[FieldName, tuple[SourceId, ...]] = {}
    evidence: Annotated[Slug, Term("evidence")] | None = None
    passage: tuple[Passage, ...] = ()
    as_printed: dict[FieldName, Printed] = {}
    readings: tuple[Reading, ...] = ()
    verdict: Annotated[Slug, Term("verdicts")] | None = None
    figures: dict[Slug, Amount] = {}

    @cached_property
    def marked(self) -> tuple[Marked, ...]:
        """The references, terms and dates in the record, found once: a record never changes."""
        return tuple(marked(self))

    @cached_property
    def references(self) -> tuple[Marked, ...]:
        """Those of them that are ids of other records."""
        return tuple(item for item in self.marked if isinstance(item.mark, Ref))

    def __copy__(self) -> Self:
        """A copy, as ``model_copy`` changes it: what was found in this record is not in that."""
        copied = super().__copy__()
        for name in ("marked", "references"):
            copied.__dict__.pop(name, None)
        return copied


class Country(Record):
    """A country. ``code`` is ISO 3166-1 alpha-2."""

    code: CountryCode
    wikidata: WikidataId | None = None
    other_names: tuple[Text, ...] = ()


class District(Record):
    """A group of regions within a country."""

    kind: Annotated[Slug, Term("district-kinds")]
    country: Annotated[Slug, Ref(("country",))]
    other_names: tuple[Text, ...] = ()


class Tile(Model):
    """A region's square on the tile map, counted from the top left."""

    row: Cell
    column: Cell


class Region(Record):
    """A first-level unit of a country. ``code`` is ISO 3166-2."""

    kind: Annotated[Slug, Term("region-kinds")]
    country: Annotated[Slug, Ref(("country",))]
    district: Annotated[Slug, Ref(("district",))] | None = None
    code: RegionCode
    wikidata: WikidataId | None = None
    capital: PlaceId | None = None
    tile: Tile | None = None
    other_names: tuple[Text, ...] = ()


class Place(Record):
    """A municipality, town, city or zone within a region."""

    kind: Annotated[Slug, Term("place-kinds")]
    region: Annotated[Slug, Ref(("region",))]
    other_names: tuple[Text, ...] = ()
    reconstructed: Boolean = False


class Organisation(Record):
    """A body of any kind.

    ``reconstructed`` marks a name that is known only from a translated print. ``of`` names the
    sides of a joint body, ``founders`` those who set it up.
    """

    kind: Annotated[Slug, Term("organisation-kinds")]
    home: TerritoryId | None = None
    part_of: Annotated[Slug, Ref(("organisation",))] | None = None
    of: tuple[TerritoryId, ...] = ()
    founded: DateField | None = None
    founders: tuple[ActorId, ...] = ()
    legal_form: Annotated[Slug, Term("legal-forms")] | None = None
    distinct_from: tuple[ActorId, ...] = ()
    other_names: tuple[Text, ...] = ()
    reconstructed: Boolean = False


class Person(Record):
    """Somebody who speaks or signs for a territory or body.

    ``distinct_from`` names those with a name so like that they could be taken for one.
    """

    of: Annotated[Slug, Ref(("region", "country", "place", "organisation"))] | None = None
    distinct_from: tuple[ActorId, ...] = ()
    other_names: tuple[Text, ...] = ()
    reconstructed: Boolean = False


class Agreement(Record):
    """A document that parties sign or adopt together.

    ``signed``, ``adopted`` and ``in_force`` are different dates, and ``term`` is what it is for.
    ``reported`` is when a source spoke of it where its own date is not given.
    """

    kind: Annotated[Slug, Term("agreement-kinds")]
    parties: tuple[Party, ...]
    signed: DateField | None = None
    adopted: DateField | None = None
    in_force: DateField | None = None
    reported: DateField | None = None
    term: DateField | None = None
    stage: StageAt | None = None
    fields: tuple[Annotated[Slug, Term("fields")], ...] = ()
    place: PlaceId | None = None
    occasion: Annotated[Slug, Ref(("forum", "meeting"))] | None = None
    implements: Annotated[Slug, Ref(("agreement",))] | None = None
    supersedes: Annotated[Slug, Ref(("agreement",))] | None = None

    @property
    def is_only_reported(self) -> bool:
        """Whether it has no date of its own, only that of a report."""
        dates = (self.signed, self.adopted, self.in_force)
        return self.reported is not None and all(date is None for date in dates)


class Forum(Record):
    """A numbered forum of regions. Agreements signed there are found by their ``occasion``.

    One that lies ahead of the data says so by its ``stage``.
    """

    number: Counted
    date: DateField
    stage: StageAt | None = None
    host: Annotated[Slug, Ref(("region", "place"))] | None = None
    participants: tuple[Party, ...] = ()


class Meeting(Record):
    """An occasion on which people meet. ``ordinal`` counts the sessions of ``series``.

    A meeting of which only its place in a series is known has no date.
    """

    kind: Annotated[Slug, Term("meeting-kinds")]
    date: DateField | None = None
    series: Annotated[Slug, Ref(("organisation",))] | None = None
    ordinal: Counted | None = None
    stage: StageAt | None = None
    place: Annotated[Slug, Ref(("place", "region"))] | None = None
    parties: tuple[Party, ...] = ()


class Partnership(Record):
    """A tie between municipalities or regions, with every year that the source gives for it.

    ``number`` is its place in the list that the source prints, ``by`` who drew that list up.
    """

    number: Integer | None = None
    parties: tuple[PartnerId, ...]
    by: ActorId | None = None
    since: tuple[DateField, ...] = ()
    fields: tuple[Annotated[Slug, Term("fields")], ...] = ()

    @model_validator(mode="after")
    def _two(self) -> Partnership:
        if len(set(self.parties)) != len(self.parties) or len(self.parties) < 2:
            raise refused("a partnership ties different sides", "two or more different ids")
        return self


class Project(Record):
    """Something done or intended together."""

    kind: Annotated[Slug, Term("project-kinds")]
    of: tuple[TerritoryId, ...]
    partners: tuple[Party, ...] = ()
    place: PlaceId | None = None
    date: DateField | None = None
    stage: StageAt
    fields: tuple[Annotated[Slug, Term("fields")], ...] = ()
    goods: tuple[Annotated[Slug, Term("goods")], ...] = ()
    rests_on: Annotated[Slug, Ref(("agreement",))] | None = None
    programme: Annotated[Slug, Ref(("programme",))] | None = None


class Programme(Record):
    """A programme of several years or projects, drafts among them."""

    kind: Annotated[Slug, Term("programme-kinds")]
    parties: tuple[Party, ...] = ()
    term: DateField | None = None
    stage: StageAt | None = None
    fields: tuple[Annotated[Slug, Term("fields")], ...] = ()
    other_names: tuple[Text, ...] = ()
    reconstructed: Boolean = False


class Position(Record):
    """What somebody said, offered or expected; a claim is never turned into a fact.

    ``by`` is empty where the source does not name the speaker.
    """

    by: tuple[ActorId, ...] = ()
    stance: Annotated[Slug, Term("stances")]
    about: tuple[ActorId, ...]
    to: tuple[ActorId, ...] = ()
    date: DateField
    fields: tuple[Annotated[Slug, Term("fields")], ...] = ()
    goods: tuple[Annotated[Slug, Term("goods")], ...] = ()
    occasion: Annotated[Slug, Ref(("forum", "meeting", "agreement"))] | None = None
    outcome: Annotated[Slug, Term("outcomes")] | None = None


class TradeGoods(Record):
    """Which goods one side sold, or plans to sell, to the other, as the source lists them."""

    exporter: Annotated[Slug, Ref(("region", "country"))]
    importer: Annotated[Slug, Ref(("region", "country"))]
    period: DateField
    goods: tuple[Annotated[Slug, Term("goods")], ...]
    makers: tuple[Annotated[Slug, Ref(("organisation",))], ...] = ()
    list: Annotated[Slug, Term("list-kinds")]
    stage: StageAt | None = None
    rests_on: Annotated[Slug, Ref(("agreement",))] | None = None


class Figure(Record, Amount):
    """A measured statement of its own: what, of whom, with which partner, in which period."""

    of: ActorId
    partner: ActorId | None = None
    by: ActorId | None = None
    period: DateField


class Source(Record):
    """A book, a chapter or a note. ``title`` stands as printed, in ``language``.

    ``part_of`` is the larger work that several notes cite; ``cited_in`` the chapter whose note it
    is; ``archive`` a copy of what stood at ``url``, in a web archive; ``missing`` says that its
    marker stands in the text and its body does not, ``unused`` that no fact rests on it.
    """

    kind: Annotated[Slug, Term("source-kinds")]
    number: Integer | None = None
    cited_in: SourceId | None = None
    part_of: SourceId | None = None
    authors: tuple[Text, ...] = ()
    title: Text | None = None
    language: LanguageTag | None = None
    year: DateField | None = None
    published_in: Text | None = None
    publisher: Text | None = None
    publisher_type: Annotated[Slug, Term("publisher-types")] | None = None
    page: Passage | None = None
    url: Url | None = None
    archive: ArchivedUrl | None = None
    missing: Boolean = False
    unused: Boolean = False
    lines: Passage | None = None
