"""What templates may call: names, links, dates, figures, prose and citations of one page.

Everything returned is markup that is safe where templates put it. Plain content goes through
``escape``; nothing of it is ever obeyed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from generator import phrases
from generator.dataset import Item, Statement, date_of
from generator.escape import escape, escape_inside, joined
from generator.lens import Lens
from generator.locale import Locale
from generator.model.amounts import StageAt
from generator.model.dates import Date
from generator.prose import Link, Literal, Placeholder, parse_prose
from generator.queries import Annotatable, annotation
from generator.reads import Memory
from generator.routes import (
    CARDED,
    CITATION_FORMATS,
    DATA_FORMATS,
    FOLLOWED,
    PRINT_FORMAT,
    PRINTED,
    Routes,
    card_of,
    data_of,
    feed_of,
    pdf_of,
    relative,
    relative_file,
)
from generator.views.citing import Citing
from generator.views.titles import ends_in_brackets
from generator.words import Text


class PageContext(Citing):
    """The face of the generator to templates, for one page in one language."""

    def __init__(
        self,
        lens: Lens,
        locale: Locale,
        routes: Routes,
        url: str,
        *,
        subject: str | None = None,
        downloads: Sequence[Any] = (),
        memory: Memory | None = None,
    ) -> None:
        super().__init__(lens, locale, {} if memory is None else memory)
        self.url = url
        self._up = "../" * url.count("/")
        self.subject = subject
        # The published files, for the page that lists them.
        self.downloads = downloads
        self._routes = routes
        # Set by views whose page has a section of notes, so that none stands beside its record.
        self.gathers_notes = False
        # Whether the figures and sources of the page are published as files of its own.
        self.has_files = subject is not None

    @property
    def as_of(self) -> Date:
        """The state of the data."""
        return self.lens.site.as_of

    @property
    def is_reviewed(self) -> bool:
        """Whether a native speaker has read the words of the page's language."""
        return self.lens.site.languages[self.lang].reviewed

    def data(self, name: str) -> Markup:
        """The address of a published data file from this page."""
        up = "../" * (self.url.count("/") + 1)
        return escape_address(f"{up}data/{name}")

    @property
    def editions(self) -> tuple[str, ...]:
        """The names of the editions that are published with this page."""
        return self.lens.editions()

    def edition(self, name: str) -> Markup:
        """The address of a file of an edition; only of those that are published."""
        up = "../" * (self.url.count("/") + 1)
        return escape_address(f"{up}editions/{name}")

    @property
    def print_file(self) -> Markup | None:
        """The page as a file to print, if it is published with it."""
        if self.subject is None or self.lens.item(self.subject).kind not in PRINTED:
            return None
        return self.edition(pdf_of(self.lang, self.url)) if "pdf" in self.editions else None

    @property
    def print_format(self) -> str:
        """The name of the format of files to print."""
        return PRINT_FORMAT

    @property
    def card(self) -> str | None:
        """The picture for links to the page from other places: its address on the web."""
        if "cards" not in self.editions:
            return None
        has_own = self.subject is not None and self.lens.item(self.subject).kind in CARDED
        path = card_of(self.lang, self.url) if has_own else card_of(self.lang)
        return f"{self.lens.site.address}editions/{path}"

    def beside(self, name: str) -> Markup:
        """The address of a file below the root of the language."""
        return escape_address(f"{self._up}{name}")

    def outward(self, address: str, text: str) -> Markup:
        """A link out of the site, with a text that is in no language."""
        return Markup('<a href="{}" lang="zxx">{}</a>').format(
            escape_address(address), escape(text)
        )

    @property
    def page_data(self) -> list[tuple[str, Markup]]:
        """The files with the figures and records of the page, by format, with their addresses."""
        return self._files(DATA_FORMATS)

    @property
    def source_data(self) -> list[tuple[str, Markup]]:
        """The files with the sources of the page for citation managers, likewise."""
        return self._files(CITATION_FORMATS)

    def _files(self, formats: Mapping[str, str]) -> list[tuple[str, Markup]]:
        if not self.has_files:
            return []
        return [(name, self.data(data_of(self.url, form))) for form, name in formats.items()]

    @property
    def feed(self) -> Markup | None:
        """The feed of changes of what the page shows, if it has one."""
        if self.subject is None or self.lens.item(self.subject).kind not in FOLLOWED:
            return None
        return self.data(f"{self.lang}/{feed_of(self.url)}")

    def edit_words(self, lang: str, file: str) -> Markup:
        """Where a words file of a language can be edited."""
        return self.edit_file(f"content/words/{lang}/{file}.yaml")

    def edit_file(self, file: str, line: int | None = None) -> Markup:
        """Where a file of the repository can be edited."""
        return escape_address(self.lens.site.edit_address(file, line))

    # --- records

    def name(self, identifier: str) -> Markup:
        """The name of a record; marked with its language if that is not the page's."""
        return self.lens.kept(("name", identifier), lambda: escape(self.title(identifier)))

    def _route(self, identifier: str) -> str:
        self.lens.reads.add(f"route:{identifier}")
        return self._routes[identifier]

    def href(self, identifier: str) -> Markup:
        """The address of a record from this page."""
        return escape_address(relative(self.url, self._route(identifier)))

    def address_of(self, identifier: str) -> str:
        """The address of a record from the root of the language."""
        return self._route(identifier)

    def permanent_id(self, identifier: str) -> str:
        """The identifier of a record that stays when it is renamed or the site moves."""
        return f"{self.lens.site.tag}{self.lens.first_id(identifier)}"

    def to(self, address: str) -> Markup:
        """The address of a page, given from the root of the language."""
        return escape_address(relative(self.url, address))

    def link(self, identifier: str) -> Markup:
        """A link to a record, with its name; only the name on the record's own page."""
        if self._route(identifier) == self.url:
            return self.name(identifier)
        return self.lens.kept(
            ("link", self._up, identifier),
            lambda: self._link(identifier, self.name(identifier)),
        )

    def link_text(self, identifier: str, text: object) -> Markup:
        """A link to a record with a text of its own."""
        if self._route(identifier) == self.url:
            return escape(text)
        return self._link(identifier, escape(text))

    def _link(self, identifier: str, text: Markup) -> Markup:
        """A link by way of the root of the language, the same from all pages at one depth."""
        address = escape_address(self._up + self._route(identifier))
        return Markup(f'<a href="{address}">{text}</a>')

    def names(self, identifiers: Iterable[str]) -> Markup:
        """Names of records as a list in the language, not linked."""
        return self.list([self.name(identifier) for identifier in identifiers])

    def regions_of(self, item: Item) -> list[str]:
        """The regions in which the parties of a partnership lie, each once."""
        found: dict[str, None] = {}
        for party in item.record.parties:
            target = self.lens.item(party)
            found[getattr(target.record, "region", target.id)] = None
        return list(found)

    def is_hosted(self, identifier: str) -> bool:
        """Whether this page is the one that shows the record."""
        return self._route(identifier).partition("#")[0] == self.url

    def links(self, identifiers: Iterable[str]) -> Markup:
        """Links to records as a list in the language."""
        return self.list([self.link(identifier) for identifier in identifiers])

    def parties(self, parties: Sequence[Any]) -> Markup:
        """The parties of an agreement or meeting, with the bodies that sign for them."""
        return self.list([self.party(party) for party in parties])

    def party(self, party: Any) -> Markup:
        """One party, linked where it is named."""
        if party.of is None:
            return escape(self.title.party(party))
        if party.body is None:
            return self.link(party.of)
        name, body = self.title(party.of), self.locale.term("bodies", party.body)
        if ends_in_brackets(name):
            return self.link_text(party.of, self.title.explained("party.body", name, body=body))
        return self.t("party.body", party=self.link(party.of), body=escape(body))

    # --- dates and figures

    def when(self, item: Item) -> Markup:
        """The date by which a record is ordered."""
        return self.date(date_of(item.record))

    def stage(self, stage: StageAt) -> Markup:
        """How far something had come, and when the source said so."""
        label = self.label("stages", stage.at)
        return self.plain_list([label, self.date(stage.as_of)]) if stage.as_of else label

    def edtf(self, item: Item) -> str:
        """The same date as EDTF, or nothing."""
        date = date_of(item.record)
        return date.edtf if date else ""

    def value(self, statement: Statement) -> Markup:
        """A figure as a whole phrase."""
        return self._kept(
            ("value", statement.id),
            lambda: escape(phrases.phrase(statement.amount, self.locale, statement.date)),
        )

    def part(self, statement: Statement, name: str) -> Markup:
        """One thing that a figure says: its ``value``, ``change`` or ``rank``."""
        amount = statement.amount
        found = {
            "value": lambda: phrases.value(amount, self.locale),
            "change": lambda: (
                phrases.change(amount.change, self.locale, statement.date) if amount.change else ""
            ),
            "rank": lambda: phrases.rank(amount.rank, self.locale) if amount.rank else "",
        }
        return self._kept(("part", name, statement.id), lambda: escape(found[name]()))

    def told(self, statement: Statement) -> Markup:
        """A figure as a whole phrase with its period, as prose needs it."""
        value = self.value(statement)
        if statement.date is None:
            return value
        return self.t("figure.told", value=value, period=self.date(statement.date))

    # --- prose

    def prose(self, key: str) -> Markup:
        """The paragraphs of a word as Markdown; in another language they are HTML and say so."""
        return self._paragraphs(key, markdown=True)

    def prose_html(self, key: str) -> Markup:
        """The paragraphs of a word as HTML."""
        return self._paragraphs(key, markdown=False)

    def has(self, key: str) -> bool:
        """Whether there is such a word, in any language."""
        return self.lens.word(key) is not None

    def annotated(self, kind: str) -> list[str]:
        """The ids of a kind whose record, or a figure in it, has a remark of any sort.

        That is a note, a correction or several readings.
        """
        known: Annotatable = self.lens.query("annotatable")
        return [one for one in self.lens.ids(kind) if self._is_annotated(one, *known[one])]

    def is_annotated(self, item: Item) -> bool:
        """Whether a record, or a figure in it, has a note, a correction or several readings."""
        return self._is_annotated(item.id, *annotation(item))

    def _is_annotated(
        self, identifier: str, is_repaired: bool, figures: Iterable[tuple[str, bool]]
    ) -> bool:
        if is_repaired or self.has(f"{identifier}.note"):
            return True
        return any(is_read or self.has(f"{identifier}.{key}.note") for key, is_read in figures)

    def _paragraphs(self, key: str, markdown: bool) -> Markup:
        paragraphs = self.lens.paragraphs(key)
        parts: list[Markup] = []
        for text in paragraphs:
            foreign = text.lang != self.lang
            body = self._parts(text, markdown and not foreign)
            if foreign:
                if text is paragraphs[0]:
                    parts.append(
                        Markup('<p class="notice">{}</p>').format(self.t("notice.untranslated"))
                    )
                body = Markup('<p lang="{}">{}</p>').format(escape(text.lang), body)
            elif not markdown:
                body = Markup("<p>{}</p>").format(body)
            parts.append(body)
        if any(text.stale for text in paragraphs):
            parts.append(Markup('<p class="notice stale">{}</p>').format(self.t("notice.stale")))
        return Markup("\n\n" if markdown else "").join(parts)

    def _parts(self, text: Text, markdown: bool) -> Markup:
        parts = []
        for part in parse_prose(text.text):
            said = self._part(part, markdown)
            if text.lang != self.lang and isinstance(part, Placeholder):
                # Figures and dates are the page's, whatever language stands around them.
                said = Markup('<span lang="{}">{}</span>').format(escape(self.lang), said)
            parts.append(said)
        return joined(parts)

    def _part(self, part: Any, markdown: bool) -> Markup:
        match part:
            case Literal(text, column):
                return escape(text) if markdown and not column else escape_inside(text)
            case Link(text, target):
                if self._route(target) == self.url:
                    return escape(text)
                if markdown:
                    path = relative_file(self.url, self._route(target))
                    return Markup("[{}]({})").format(escape(text), escape_address(path))
                return self.link_text(target, text)
        if part.kind == "fact":
            statement = self.lens.statement(part.target)
            return self.told(statement) + self.cite(statement.sources)
        identifier, _, field = part.target.rpartition(".")
        return self.date(getattr(self.lens.item(identifier).record, field))

    def sorted_by_name(self, items: Iterable[Item]) -> list[Item]:
        """Records in the alphabetical order of the language."""
        return sorted(items, key=lambda item: (self.locale.sort_key(self.title(item.id)), item.id))


@lru_cache(maxsize=65536)
def escape_address(address: str) -> Markup:
    """An address made by the generator, safe in an attribute and in a Markdown link."""
    return Markup(address.replace("&", "&amp;").replace('"', "%22"))
