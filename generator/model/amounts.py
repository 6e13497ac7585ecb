"""What a figure can say: a value, a change, a share, a rank, or only that there were many.

Values keep the digits of the source (``2.40`` stays two decimals). ``scale`` and ``unit`` are
vocabulary entries, so the base value is ``value`` times the factor of ``scale``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import model_validator

from generator.model.fields import (
    DateField,
    FieldName,
    Integer,
    Model,
    Number,
    Ref,
    Slug,
    Term,
    Text,
    refused,
)

SourceId = Annotated[Slug, Ref(("source",))]


class Direction(StrEnum):
    """Which way a change goes."""

    UP = "up"
    DOWN = "down"


class Ambiguity(StrEnum):
    """What a printed percentage leaves open."""

    INDEX_OR_INCREASE = "index-or-increase"


class Rule(StrEnum):
    """How a derived figure follows from its inputs; see ``generator.derive``."""

    SUM = "sum"
    DIFFERENCE = "difference"
    BEFORE_GROWTH = "before-growth"
    QUOTIENT = "quotient"


class Range(Model):
    """A value between two bounds, both included."""

    lower: Number
    upper: Number

    @model_validator(mode="after")
    def _order(self) -> Range:
        if self.lower >= self.upper:
            raise refused("the lower bound is not below the upper one", "lower < upper")
        return self


class Change(Model):
    """How much more or less than in ``since``: exactly one of percent, range, fraction or factor.

    ``range`` is in percent.

    ``vague`` is a vocabulary entry such as a slight change. A factor of 2.1 down means divided by
    2.1; it is never turned into a percentage.
    """

    direction: Direction
    percent: Number | None = None
    range: Range | None = None
    fraction: Annotated[Slug, Term("fractions")] | None = None
    factor: Number | None = None
    vague: Annotated[Slug, Term("vague")] | None = None
    qualifier: Annotated[Slug, Term("qualifiers")] | None = None
    since: DateField | None = None
    ambiguous: Ambiguity | None = None

    @model_validator(mode="after")
    def _one(self) -> Change:
        given = [self.percent, self.range, self.fraction, self.factor, self.vague]
        if sum(value is not None for value in given) != 1:
            raise refused(
                "a change says one thing",
                "exactly one of percent, range, fraction, factor or vague",
            )
        return self


class Share(Model):
    """A share of a whole (a vocabulary entry): exactly one of percent, fraction or vague."""

    percent: Number | None = None
    fraction: Annotated[Slug, Term("fractions")] | None = None
    vague: Annotated[Slug, Term("vague")] | None = None
    whole: Annotated[Slug, Term("wholes")]
    qualifier: Annotated[Slug, Term("qualifiers")] | None = None

    @model_validator(mode="after")
    def _one(self) -> Share:
        given = [self.percent, self.fraction, self.vague]
        if sum(value is not None for value in given) != 1:
            raise refused("a share says one thing", "exactly one of percent, fraction or vague")
        return self


class Rank(Model):
    """A place in an order; ``scope`` says among what, ``total`` of how many where that is known."""

    place: Integer
    scope: Annotated[Slug, Term("scopes")]
    total: Integer | None = None

    @model_validator(mode="after")
    def _order(self) -> Rank:
        if self.place < 1 or (self.total is not None and self.total < self.place):
            raise refused("there is no such place in an order", "1 up to the total")
        return self


class Ratio(Model):
    """How many times as much as something else: ``factor`` times the vocabulary entry ``to``."""

    factor: Number
    to: Annotated[Slug, Term("goods")]


class Derived(Model):
    """A figure that the sources do not print but imply: a named rule and its inputs, in order."""

    rule: Rule
    inputs: tuple[Annotated[Slug, Ref(("figure",))], ...]


class StageAt(Model):
    """How far something had come, and when the source said so."""

    at: Annotated[Slug, Term("stages")]
    as_of: DateField | None = None


class Reading(Model):
    """One of several values that the source gives for a field."""

    field: FieldName = "value"
    value: Text
    sources: tuple[SourceId, ...]


class Printed(Model):
    """What stands in the print where the record corrects it, and which kind of repair that is."""

    text: Text
    repair: Annotated[Slug, Term("repairs")]


class Amount(Model):
    """The measured part of a figure, standing alone or inside another record.

    ``benchmark`` is the older figure that a target is to reach. ``sources`` are those of a figure
    inside a record where they are not the record's.
    """

    measure: Annotated[Slug, Term("measures")]
    period: DateField | None = None
    qualifier: Annotated[Slug, Term("qualifiers")] | None = None
    value: Number | None = None
    range: Range | None = None
    scale: Annotated[Slug, Term("scales")] | None = None
    unit: Annotated[Slug, Term("units")] | None = None
    vague: Annotated[Slug, Term("vague")] | None = None
    change: Change | None = None
    share: Share | None = None
    rank: Rank | None = None
    ratio: Ratio | None = None
    goods: tuple[Annotated[Slug, Term("goods")], ...] = ()
    stage: StageAt | None = None
    benchmark: Annotated[Slug, Ref(("figure",))] | None = None
    derived: Derived | None = None
    readings: tuple[Reading, ...] = ()
    verdict: Annotated[Slug, Term("verdicts")] | None = None
    sources: tuple[SourceId, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Amount:
        sizes = [self.value, self.range, self.vague]
        if sum(size is not None for size in sizes) > 1:
            raise refused("a figure has one size", "at most one of value, range or vague")
        others = [self.change, self.share, self.rank, self.ratio, self.derived]
        if not any(part is not None for part in [*sizes, *others]) and not self.readings:
            raise refused(
                "the figure says nothing", "a value, range, vague, change, share, rank or ratio"
            )
        return self

    @property
    def digits(self) -> str | None:
        """The printed digits of the value, or of the range as ``lower/upper``."""
        if self.value is not None:
            return f"{self.value}"
        return f"{self.range.lower}/{self.range.upper}" if self.range else None
