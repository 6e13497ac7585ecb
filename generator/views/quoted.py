"""What a page shows in the language that it is in: words that fell back, other names, prints.

Each is marked (``foreign``) unless it is in the page's own language.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import groupby

from markupsafe import Markup

from generator import foreign
from generator.dataset import Item
from generator.escape import escape
from generator.lens import Lens
from generator.locale import Locale
from generator.model.amounts import Amount, Reading
from generator.model.dates import Date, parse_date
from generator.model.fields import Model, Term
from generator.model.marks import marked
from generator.phrases import reading, value
from generator.reads import Memory
from generator.views.texts import Texts
from generator.words import Text

# Fields of an amount that pages show as part of its value.
_OF_VALUE = frozenset({"qualifier", "scale", "unit"})


class Quoted(Texts):
    """Texts of a page that may be in any language."""

    def __init__(self, lens: Lens, locale: Locale, memory: Memory) -> None:
        super().__init__(locale, memory)
        self.lens = lens
        self.lang = lens.lang

    def said_in(self, lang: str, text: str) -> Markup:
        """A text in a language, which is empty if it is not known."""
        safe = escape(text)
        return safe if lang == self.lang else Markup(foreign.marked(safe, lang))

    def marked(self, text: Text) -> Markup:
        """A word, marked with its language if that is not the page's."""
        return self.said_in(text.lang, text.text)

    def other_names(self, item: Item, but: Container[str] = ()) -> Markup:
        """The further names of a record; those that are its name in a language are marked so.

        Its name in this language stands before them, ``but`` are names that stand elsewhere.
        """
        known = self.lens.names(item.id)
        own = self.lens.name_in(self.lang, item.id)
        names = [name for name in item.record.other_names if name != own and name not in but]
        groups = groupby(names, lambda name: known.get(name, ""))
        return Markup(", ").join(self.said_in(lang, ", ".join(names)) for lang, names in groups)

    def of_print(self, item: Item, text: str) -> Markup:
        """What a source has about itself, such as its authors, in the language of its title."""
        return self.said_in(self._language([item.id]), text)

    def printed(self, item: Item, text: str) -> Markup:
        """What a record corrects, in the language of the print in which it stands."""
        sources = [item.id] if item.kind == "source" else item.record.sources
        return self.said_in(self._language(sources, of_whole=True), text)

    def reading(self, owner: Model, one: Reading) -> Markup:
        """One of several readings of a field, as pages show the field; other text as printed."""
        if isinstance(owner, Amount):
            if one.field in _OF_VALUE:
                return escape(value(owner.model_copy(update={one.field: one.value}), self.locale))
            shown = reading(owner, one.value, self.locale)
            if one.field == "value" and shown != one.value:
                return escape(shown)
        mark = next((m.mark for m in marked(owner) if m.path == (one.field,)), None)
        if isinstance(mark, Term):
            return self.label(mark.list, one.value)
        if mark is Date:
            try:
                return self.date(parse_date(one.value))
            except ValueError:
                pass
        return self.said_in(self._language(one.sources, of_whole=True), one.value)

    def _language(self, sources: Sequence[str], of_whole: bool = False) -> str:
        """The language of the first source, or of the whole that it stands in; empty if unknown."""
        found, source = "", sources[0] if sources else None
        passed: set[str] = set()
        while source is not None and source not in passed:
            passed.add(source)
            record = self.lens.item(source).record
            if record.language and (of_whole or not found):
                found = record.language
            source = record.cited_in or record.part_of
        return found
