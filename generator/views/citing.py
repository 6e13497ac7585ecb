"""Citations of one page: superscripts, who said so, and the list of what was cited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from generator.dataset import Item
from generator.escape import escape, unescape
from generator.lens import Lens
from generator.locale import Locale
from generator.reads import Memory
from generator.views.quoted import Quoted
from generator.views.titles import Titles

# Fields that pages draw and do not print, so that none cites their sources.
UNPRINTED = frozenset({"tile"})


class Citing(Quoted):
    """Texts of a page with their sources.

    ``cited`` collects the sources that the page has cited, in the order of their numbers.
    """

    def __init__(self, lens: Lens, locale: Locale, memory: Memory) -> None:
        super().__init__(lens, locale, memory)
        self.title = Titles(lens, locale)
        self._cited: dict[str, None] = {}
        self._cited_fields: set[tuple[str, str]] = set()

    def cite(self, sources: Iterable[str]) -> Markup:
        """Superscript citations that lead to the page's list of sources."""
        asked = tuple(sources)
        self._cited.update(dict.fromkeys(asked))
        return self.lens.kept(("cite", asked), lambda: self._cite(asked))

    def _cite(self, sources: Sequence[str]) -> Markup:
        links = []
        for source in sorted(sources, key=self._source_order):
            number = escape(self.source_number(source))
            label = self.t("source.label", number=number)
            links.append(f'<a href="#source-{source}" aria-label="{label}">{number}</a>')
        return Markup(f'<sup class="cite">{", ".join(links)}</sup>')

    def cite_field(self, item: Item, field: str) -> Markup:
        """The citations of one field, where they differ from those of the record."""
        self._cited_fields.add((item.id, field))
        sources = item.record.field_sources.get(field)
        return self.cite(sources) if sources else Markup("")

    def uncited_fields(self, item: Item) -> list[str]:
        """The fields with sources of their own that the page has not cited so far."""
        return [
            field
            for field in item.record.field_sources
            if field not in UNPRINTED and (item.id, field) not in self._cited_fields
        ]

    def cite_item(self, item: Item) -> Markup:
        """The citations of a record."""
        return self.cite(item.record.sources)

    def by_publisher(self, sources: Iterable[str]) -> list[tuple[Markup, list[str]]]:
        """Sources by the type of who published them, in the order of the book.

        A chapter has no publisher of its own; its author, or that of the whole, stands instead.
        """
        found: dict[Markup, list[str]] = {}
        for source in sorted(sources, key=self._source_order):
            found.setdefault(self._publisher(source), []).append(source)
        return list(found.items())

    def _publisher(self, source: str) -> Markup:
        item = self.lens.item(source)
        if item.record.publisher_type is not None:
            return self.label("publisher-types", item.record.publisher_type)
        if not item.record.authors and item.record.part_of is not None:
            item = self.lens.item(item.record.part_of)
        return self.of_print(item, ", ".join(item.record.authors))

    @property
    def cited(self) -> tuple[Item, ...]:
        """The sources cited so far, in the order of the book: chapters, then notes, then others."""
        return tuple(
            self.lens.item(source) for source in sorted(self._cited, key=self._source_order)
        )

    def source_number(self, identifier: str) -> str:
        """How a source is called in a citation: the number of a note, or a short name."""
        record = self.lens.item(identifier).record
        if record.number is not None:
            if record.part_of is None or record.cited_in is not None:
                return str(record.number)
            return unescape(self.t("source.chapter", number=record.number))
        return self.title.short(identifier)

    def _source_order(self, identifier: str) -> tuple[bool, bool, int, str]:
        record = self.lens.item(identifier).record
        return (
            record.number is None,
            record.cited_in is not None,
            record.number or 0,
            identifier,
        )
