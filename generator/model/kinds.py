"""The table of kinds: folder, model, the words that each record has, and whether it has a page.

Everything that treats kinds alike (reading, checks, words, exports, JSON Schema, ``new``) goes
through this table, so a new kind is one model and one row.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.model import records


class WordType(StrEnum):
    """What may stand in a word: ``prose`` has links and placeholders, ``name`` may have digits."""

    NAME = "name"
    PLAIN = "plain"
    PROSE = "prose"


@dataclass(frozen=True, slots=True)
class WordKey:
    """A word that records of a kind have; a repeated key has further paragraphs ``text-2`` …"""

    name: str
    type: WordType
    required: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record; ``plural`` names its folder, words file, address and export.

    ``taken`` are addresses below that of the kind that belong to lists, and so to no record.
    """

    name: str
    plural: str
    model: type[records.Record]
    words: tuple[WordKey, ...] = ()
    has_page: bool = False
    needs_source: bool = True
    taken: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its fields and words: all that a source may print differently."""
        names = [*self.model.model_fields, *(key.name for key in self.words)]
        return tuple(dict.fromkeys(names))

    def word(self, name: str) -> WordKey | None:
        """Return the declared word of that name, further paragraphs included."""
        base, _, number = name.rpartition("-")
        for key in self.words:
            if key.name == name:
                return key
            if key.repeated and key.name == base and number.isdigit() and number.isascii():
                return key if 2 <= int(number) <= MAX_PARAGRAPHS and number[0] != "0" else None
        return None


MAX_PARAGRAPHS = 20

_NAME = WordKey("name", WordType.NAME, required=True)
_SHORT = WordKey("short", WordType.NAME)
_SUMMARY = WordKey("summary", WordType.PROSE, repeated=True)
_NOTE = WordKey("note", WordType.PROSE, repeated=True)
_TITLE = WordKey("title", WordType.NAME)
_TEXT = WordKey("text", WordType.PROSE, repeated=True)
_TOLD = WordKey("text", WordType.PROSE, required=True, repeated=True)
# The label of an inline figure stands under the figure's own id, ``<record>.<figure>.label``.
FIGURE_WORDS = (WordKey("label", WordType.NAME), _NOTE)

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("country", "countries", records.Country, (_NAME, _SUMMARY, _NOTE), has_page=True),
        Kind("district", "districts", records.District, (_NAME, _NOTE), has_page=True),
        Kind("region", "regions", records.Region, (_NAME, _SHORT, _SUMMARY, _NOTE), has_page=True),
        Kind("place", "places", records.Place, (_NAME, _NOTE)),
        Kind(
            "organisation",
            "organisations",
            records.Organisation,
            (_NAME, _SHORT, _SUMMARY, _NOTE),
            has_page=True,
        ),
        Kind(
            "person",
            "persons",
            records.Person,
            (_NAME, WordKey("role", WordType.NAME), _NOTE),
        ),
        Kind(
            "agreement",
            "agreements",
            records.Agreement,
            (_TITLE, _TEXT, _NOTE),
            has_page=True,
            taken=("by-kind", "by-party", "by-year", "plans"),
        ),
        Kind(
            "forum",
            "forums",
            records.Forum,
            (WordKey("theme", WordType.NAME), _TEXT, _NOTE),
            has_page=True,
        ),
        Kind("meeting", "meetings", records.Meeting, (_TITLE, _TEXT, _NOTE)),
        Kind("partnership", "partnerships", records.Partnership, (_TEXT, _NOTE)),
        Kind("project", "projects", records.Project, (_TOLD, _NOTE)),
        Kind("programme", "programmes", records.Programme, (_NAME, _TEXT, _NOTE)),
        Kind("position", "positions", records.Position, (_TOLD, _NOTE)),
        Kind("trade-goods", "trade-goods", records.TradeGoods, (_TEXT, _NOTE)),
        Kind("figure", "figures", records.Figure, FIGURE_WORDS),
        Kind(
            "source",
            "sources",
            records.Source,
            (_TITLE, _SHORT, _NOTE),
            has_page=True,
            needs_source=False,
        ),
    )
}

BY_PLURAL = {kind.plural: kind for kind in KINDS.values()}
