"""How records are called: their own name, or a title made from a pattern of the language.

Sixty near-equal titles are never sixty strings to translate: an agreement is called by its kind,
its term and its parties, a session by its ordinal and its series.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from generator.dataset import Item, date_of
from generator.foreign import cut, marked, plain
from generator.locale import Locale, OrdinalStyle
from generator.patterns import capitalized, fill
from generator.words import Text

if TYPE_CHECKING:
    from generator.lens import Lens


class Titles:
    """Titles in one language, read through a lens; not yet escaped.

    What of them is in another language is marked (``foreign``).
    """

    def __init__(self, lens: Lens, locale: Locale) -> None:
        self._lens = lens
        self._locale = locale

    def __call__(self, identifier: str) -> str:
        """The name or title of a record."""
        return self._lens.kept(("title", identifier), lambda: self.marked(self._found(identifier)))

    def marked(self, text: Text) -> str:
        """A text, marked with its language if that is not the page's."""
        return text.text if text.lang == self._lens.lang else marked(text.text, text.lang)

    def _found(self, identifier: str) -> Text:
        item = self._lens.item(identifier)
        if item.kind == "source" and item.record.language == self._lens.lang and item.record.title:
            return Text(item.record.title, self._lens.lang)
        for key in ("name", "title"):
            word = self._lens.word(f"{identifier}.{key}")
            if word is not None:
                return word
        if item.kind == "source" and item.record.title:
            return Text(item.record.title, item.record.language or self._lens.lang)
        pattern = _PATTERNS.get(item.kind)
        text = pattern(self, item) if pattern else identifier
        return Text(text, self._lens.lang)

    def short(self, identifier: str) -> str:
        """The short name of a record, or else its name."""
        word = self._lens.word(f"{identifier}.short")
        return self.marked(word) if word is not None else self(identifier)

    def party(self, party: Any) -> str:
        """A party: its name, or what it is and how many."""
        if party.of is not None:
            return self(party.of)
        kind = self._unnamed(party.kind, party.count)
        if party.home is None:
            return kind
        return self.explained("party.home", kind, home=self(party.home))

    def _unnamed(self, kind: str, count: int | None) -> str:
        """Bodies that the source counts and does not name, in the plural form for the count."""
        key = f"organisation-kinds.{kind}"
        if count is not None and self._locale.has(f"{key}.other"):
            return self._locale.plural(key, count)
        label = self._term("organisation-kinds", kind)
        if count is None:
            return self._fill("party.unnamed", kind=label)
        return self._fill("party.counted", kind=label, number=self._locale.number(count))

    def explained(self, key: str, party: str, **beside: str) -> str:
        """A party with what the pattern ``key`` puts beside it, which is one thing.

        Where both the name and the pattern have brackets, all of it stands in the same ones.
        """
        name, value = next(iter(beside.items()))
        is_within = f"({{{name}}})" in self._locale.text(key)
        if is_within and ends_in_brackets(party) and plain(party).count(" (") == 1:
            party, inside = cut(party, " (")
            first = "".join(inside.rsplit(")", 1))
            value = self._fill("party.further", first=first, second=value)
        return self._fill(key, **{"party": party, name: value})

    def parties(self, parties: Sequence[Any]) -> str:
        """All parties as a list in the language."""
        return self._locale.list([self.party(party) for party in parties])

    def _fill(self, key: str, **values: str) -> str:
        return fill(self._locale.text(key), values)

    def _term(self, name: str, entry: str) -> str:
        return self._locale.term(name, entry)

    def _ordinals(self, number: int) -> dict[str, str]:
        return {
            "ordinal": self._locale.ordinal(number, OrdinalStyle.WORD),
            "figure": self._locale.ordinal(number, OrdinalStyle.FIGURE),
            "roman": self._locale.ordinal(number, OrdinalStyle.ROMAN),
        }

    def agreement(self, item: Item) -> str:
        """Kind, term or date, and parties: what tells it from others of the same parties."""
        record = item.record
        values = {
            "kind": capitalized(self._term("agreement-kinds", record.kind)),
            "parties": self.parties(record.parties),
        }
        if record.term is not None and self._lens.is_plan(record.kind):
            return self._fill("title.agreement-term", term=self._locale.date(record.term), **values)
        date = date_of(record)
        if date is None:
            return self._fill("title.agreement-undated", **values)
        return self._fill("title.agreement", date=self._locale.date(date), **values)

    def forum(self, item: Item) -> str:
        """The ordinal forum."""
        return self.forum_number(item.record.number)

    def forum_number(self, number: int) -> str:
        """How the forum of that number is called."""
        return capitalized(self._fill("title.forum", **self._ordinals(number)))

    def meeting(self, item: Item) -> str:
        """The ordinal session of a series, or the kind of meeting and who met."""
        record = item.record
        kind = capitalized(self._term("meeting-kinds", record.kind))
        if record.series is not None:
            return self._session(record, kind)
        return self._fill("title.meeting", kind=kind, parties=self.parties(record.parties))

    def _session(self, record: Any, kind: str) -> str:
        """A meeting of a series; a language may have its own patterns for a kind of meeting.

        Nobody would say "session" of a meeting of towns, and "Session of the group: Group" of a
        session without a number says the same twice.
        """
        own = f"meeting-kinds.{record.kind}"
        series = self(record.series)
        if record.ordinal is None:
            if self._locale.has(f"{own}.unnumbered"):
                return capitalized(self._fill(f"{own}.unnumbered", series=series))
            return self._fill("title.meeting", kind=kind, parties=series)
        key = f"{own}.numbered" if self._locale.has(f"{own}.numbered") else "title.session"
        return capitalized(self._fill(key, series=series, **self._ordinals(record.ordinal)))

    def partnership(self, item: Item) -> str:
        """The sides of a partnership."""
        return self._locale.list([self(side) for side in item.record.parties])

    def figure(self, item: Item) -> str:
        """What is measured, of whom and with whom."""
        record = item.record
        values = {
            "measure": capitalized(self._term("measures", record.measure)),
            "of": self(record.of),
            "period": self._locale.date(record.period),
        }
        if record.partner is not None:
            return self._fill("title.figure-partner", partner=self(record.partner), **values)
        return self._fill("title.figure", **values)

    def goods(self, item: Item) -> str:
        """From where to where, and when."""
        record = item.record
        return self._fill(
            "title.goods",
            exporter=self(record.exporter),
            importer=self(record.importer),
            period=self._locale.date(record.period),
        )

    def project(self, item: Item) -> str:
        """The kind of project and those who carry it."""
        record = item.record
        names = [self(i) for i in record.of] + [self.party(party) for party in record.partners]
        kind = capitalized(self._term("project-kinds", record.kind))
        return self._fill("title.meeting", kind=kind, parties=self._locale.list(names))

    def position(self, item: Item) -> str:
        """Who spoke, and how."""
        record = item.record
        speakers = [self(i) for i in record.by] or [self._locale.text("value.unnamed-speaker")]
        return self._fill(
            "title.position",
            by=self._locale.list(speakers),
            stance=self._term("stances", record.stance),
        )

    def source(self, item: Item) -> str:
        """The title of the work that a source without one of its own is part of."""
        record = item.record
        if record.part_of is not None:
            return self(record.part_of)
        return self._fill("source.missing-title")


def ends_in_brackets(name: str) -> bool:
    """Whether a name ends with something in brackets."""
    return plain(name).endswith(")")


_PATTERNS: Mapping[str, Callable[[Titles, Item], str]] = {
    "agreement": Titles.agreement,
    "forum": Titles.forum,
    "meeting": Titles.meeting,
    "partnership": Titles.partnership,
    "figure": Titles.figure,
    "trade-goods": Titles.goods,
    "project": Titles.project,
    "position": Titles.position,
    "source": Titles.source,
}
