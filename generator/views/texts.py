"""Interface texts, labels, numbers and dates of one language, as markup for templates.

Nothing here depends on the page, so every answer is kept for the whole language.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from markupsafe import Markup

from generator.escape import escape, joined
from generator.foreign import cut
from generator.locale import Locale
from generator.model.dates import Date, Point
from generator.patterns import fill, split
from generator.reads import Memory

_NOTHING = Markup("")
_T = TypeVar("_T")


class Texts:
    """What templates may print of a language; ``memory`` is shared by all pages of the language."""

    def __init__(self, locale: Locale, memory: Memory) -> None:
        self.locale = locale
        self._texts: Memory = memory

    def _kept(self, key: Hashable, make: Callable[[], _T]) -> _T:
        return self.locale.reads.kept(self._texts, key, make)

    def t(self, key: str, **values: object) -> Markup:
        """An interface text, its values escaped and filled in."""
        if not values:
            return self._kept(("t", key), lambda: escape(self.locale.text(key)))
        safe = {name.replace("_", "-"): escape(value) for name, value in values.items()}
        pattern = self._kept(("pattern", key), lambda: self._pattern(key, safe))
        return joined(safe[p] if i % 2 else p for i, p in enumerate(pattern))

    def _pattern(self, key: str, names: Mapping[str, object]) -> list[Markup]:
        """The parts of a text: as written, and in turn with them the names of its values."""
        parts = split(self.locale.text(key), names)
        return [Markup(p) if i % 2 else escape(p) for i, p in enumerate(parts)]

    def n(self, key: str, count: int) -> Markup:
        """An interface text in the plural form for ``count``, with the number in it."""
        return self._kept(("n", key, count), lambda: escape(self.locale.plural(key, count)))

    def label(self, name: str, entry: str) -> Markup:
        """The label of a vocabulary entry."""
        return self._kept((name, entry), lambda: escape(self.locale.term(name, entry)))

    def qualifier(self, entry: str) -> Markup:
        """What a qualifier says of a value, the value left out."""
        pattern = self.locale.text(f"qualifiers.{entry}.value", f"qualifiers.{entry}")
        return escape(fill(pattern, {"value": "…"}))

    def labels(self, name: str, entries: Sequence[str]) -> Markup:
        """The labels of vocabulary entries as a list."""
        return self._kept(
            ("labels", name, tuple(entries)),
            lambda: escape(self.locale.list([self.locale.term(name, entry) for entry in entries])),
        )

    def number(self, value: int) -> Markup:
        """A whole number."""
        return escape(self.locale.number(Decimal(value)))

    def paragraphs(self, key: str) -> list[Markup]:
        """The paragraphs of an interface text: ``key``, ``key-2`` …"""
        keys = [key] + [f"{key}-{n}" for n in range(2, 10) if self.locale.has(f"{key}-{n}")]
        return [self.t(one) for one in keys]

    def text_prose(self, key: str) -> Markup:
        """An interface text of one or more paragraphs."""
        return Markup("\n\n").join(self.paragraphs(key))

    def topics(self, key: str) -> list[tuple[Markup, Markup]]:
        """Paragraphs of an interface text as what each is about and, after a colon, the rest."""
        pairs = (cut(text, ": ") for text in self.paragraphs(key))
        return [(Markup(topic), Markup(told)) for topic, told in pairs]

    def language(self, code: str) -> Markup:
        """The name of a language in the page's language."""
        return escape(self.locale.language(code))

    def plain_list(self, texts: Sequence[str]) -> Markup:
        """Plain texts separated by commas, as written."""
        return Markup(", ").join(escape(text) for text in texts)

    def date(self, date: Date | None) -> Markup:
        """A date in words, as ``time`` where HTML can say it."""
        if date is None:
            return _NOTHING
        return self._kept(date, lambda: self._date(date))

    def _date(self, date: Date) -> Markup:
        text = escape(self.locale.date(date))
        if date.is_interval:
            return text
        return Markup(f'<time datetime="{date.start}">{text}</time>')

    def years(self, first: int, last: int) -> Markup:
        """The years from one to another, or the only one."""
        return escape(self.locale.date(Date(Point(first), Point(last) if last > first else None)))

    def list(self, parts: Sequence[Markup]) -> Markup:
        """Markup as a list in the language."""
        if len(parts) == 1:
            return parts[0]
        return Markup(self.locale.list([str(part) for part in parts]))
