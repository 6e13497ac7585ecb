"""The search data of a language: a script file with an entry for every page and named record.

Read by ``assets/js/search.js`` on the first search, which makes its index from it. An entry has
the address ``u``, the title ``t``, further names ``n`` (one a line), the kind ``k`` as an index of
``kinds``, the entries that it is about ``r`` (their names find it too), terms ``w`` as indexes of
``terms``, and the text ``b``, which defines what it is about, or tells of it. So a name, a kind or
a term stands in the file once, however many entries it finds.

Names are those of all languages; a text that fell back to the source language stays out. Where a
title or kind is in another language than the rest, the language stands beside it (``tl``, ``l``),
or its parts, each with its language, if it is in several.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from generator.dataset import Dataset, Item, date_of
from generator.foreign import pieces, plain
from generator.locale import Locale, OrdinalStyle
from generator.model.kinds import KINDS, WordType
from generator.noted import lens_of
from generator.prose import Link, Literal, parse_prose
from generator.queries import figures_of, hosted, terms_of
from generator.routes import Routes
from generator.views.page import Page
from generator.views.titles import Titles
from generator.words import NAME_KEYS, Words

# Which of two equally good hits comes first: kinds of records, then pages about none.
_RANKS = (
    ("region", "country"),
    ("forum", "organisation", "person"),
    ("district", "programme"),
    ("agreement", "page"),
    ("source",),
    ("place",),  # who asks for a town mostly wants its region, which has the page
)
_RANK = {kind: number for number, kinds in enumerate(_RANKS) for kind in kinds}
# What a page about no record is called, and where it stands among them.
_PAGE = "page"
TEXTS = (f"kind.{_PAGE}",)
# So many characters of text are searched, at most 150 kB when packed: a first search loads little.
# Names are always there; of texts the longest are cut first. The book has three quarters of it.
MOST_TEXT = 300_000
# Words by which a record is looked for: a person by an office too.
_NAMES = (*NAME_KEYS, "role")
# Kinds of events that are called by a title of their own where they are told.
_TITLED = ("meeting", "partnership", "project")


class Titled(Protocol):
    """A rendered page, as far as the search reads it."""

    @property
    def title(self) -> str:
        """Its title, with marks of other languages."""


def search_js(
    dataset: Dataset,
    words: Words,
    routes: Routes,
    locales: Mapping[str, Locale],
    lang: str,
    pages: Iterable[tuple[Page, Titled]],
) -> bytes:
    """The script that hands the search data over: ``searchData({...})``.

    ``locales`` has all languages, whose names find a page of any; ``pages`` are those of the plan,
    each as it is in the language ``lang``.
    """
    entries = _Entries(dataset, words, routes, locales, lang)
    for page, made in pages:
        entries.add_page(page, made.title)
    for kind in (kind for kind in KINDS if _is_entry(kind)):
        for item in dataset.by_kind[kind]:
            entries.add_record(item)
    text = json.dumps(entries.data(), ensure_ascii=False, separators=(",", ":"))
    text = text.replace("</", "<\\/")  # a script must not end early, wherever it is put
    return f"searchData({text});\n".encode()


def _is_entry(kind: str) -> bool:
    """Whether records without a page are found by themselves: those that have a name."""
    name = KINDS[kind].word("name")
    return not KINDS[kind].has_page and name is not None and name.required


# The id and kind of a record that is told of on a page.
Told = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is to be found: further names, the records it is about, and those told of there.

    ``text`` is a text of its own, such as the definition of a measure.
    """

    url: str
    title: str
    kind: str
    names: Iterable[str]
    about: tuple[str, ...]
    told: Sequence[Told]
    text: str = ""


class _Entries:
    """Collects the entries of a language."""

    def __init__(
        self,
        dataset: Dataset,
        words: Words,
        routes: Routes,
        locales: Mapping[str, Locale],
        lang: str,
    ) -> None:
        self._dataset = dataset
        self._words = words
        self._locales = locales
        self._lang = lang
        self._routes = routes
        self._titles = Titles(lens_of(dataset, words, lang, "search"), locales[lang])
        self._terms_of: Mapping[str, Sequence[str]] = dataset.answer("terms_of", terms_of)
        self._figures_of: Mapping[str, Sequence[str]] = dataset.answer("figures_of", figures_of)
        self._all_hosted: Mapping[str, Sequence[Told]] = dataset.answer("hosted", hosted)
        self._kinds: dict[str, int] = {}
        self._terms: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self._docs: list[dict[str, Any]] = []
        self._about: list[tuple[str, ...]] = []

    def add_page(self, page: Page, title: str) -> None:
        """The entry of a page; in it is found what stands on it and has no entry."""
        if page.subject is not None:
            item = self._dataset.items[page.subject]
            self._put(self._entry(page.url, title, item, self._hosted(page.url)))
            return
        texts = [page.heading_text or page.heading] if not page.heading_record else []
        names = [
            word
            for text in texts
            for key in (text, f"{text}.typed")
            for word in self._in_all_languages(key)
        ]
        about = (page.heading_record,) if page.heading_record else ()
        text = plain(self._label(f"{page.heading_text}.definition"))
        self._put(_Entry(page.url, title, _PAGE, names, about, self._hosted(page.url), text))

    def _hosted(self, page: str) -> list[Told]:
        """What stands on a page and has no entry of its own."""
        return [one for one in self._all_hosted.get(page, ()) if not _is_entry(one[1])]

    def add_record(self, item: Item) -> None:
        """The entry of a record that stands on a page about something else."""
        self._put(self._entry(self._routes[item.id], self._titles(item.id), item, []))

    def data(self) -> dict[str, Any]:
        """All entries; what one is about is named by number, now that all have one."""
        for doc, about in zip(self._docs, self._about, strict=True):
            doc["r"] = [self._numbers[one] for one in about if one in self._numbers]
        _cut(self._docs)
        code = self._lang
        term = self._locales[code].text
        return {
            "lang": code,
            "kinds": [
                {
                    **_said("t", term(f"kind.{kind}"), code),
                    "n": "\n".join(self._in_all_languages(f"kind.{kind}")),
                    "p": _RANK.get(kind, len(_RANKS)),
                }
                for kind in self._kinds
            ],
            "terms": [
                " ".join(filter(None, (self._label(name), self._label(f"{name}.typed"))))
                for name in self._terms
            ],
            "docs": [{k: v for k, v in doc.items() if v or k == "k"} for doc in self._docs],
        }

    def _entry(self, url: str, title: str, item: Item, hosted: Sequence[Told]) -> _Entry:
        """The entry of a record; what is ``hosted`` is told on its page."""
        self._numbers[item.id] = len(self._docs)
        about = tuple(one for one in self._dataset.subjects[item.id] if one != item.id)
        return _Entry(
            url, title, item.kind, self._names(item), about, [(item.id, item.kind), *hosted]
        )

    def _put(self, entry: _Entry) -> None:
        terms = dict.fromkeys(t for one, _ in entry.told for t in self._terms_of.get(one, ()))
        doc: dict[str, Any] = {"u": entry.url, **_said("t", entry.title, self._lang)}
        doc["k"] = self._kinds.setdefault(entry.kind, len(self._kinds))
        doc["n"] = "\n".join(name for name in dict.fromkeys(entry.names) if name != doc["t"])
        doc["w"] = [
            self._terms.setdefault(term, len(self._terms)) for term in terms if self._label(term)
        ]
        texts = (part for one, kind in entry.told for part in self._texts(one, kind))
        doc["b"] = " ".join(filter(None, (entry.text, *texts)))
        self._docs.append(doc)
        self._about.append(entry.about)

    def _names(self, item: Item) -> Iterator[str]:
        """Every name of a record: in all languages, other names, offices, numbers, codes, id."""
        for language in self._dataset.site.codes:
            for key in _NAMES:
                word = self._words.place(language, f"{item.id}.{key}")
                if word is not None and word.text:
                    yield word.text
        yield from getattr(item.record, "other_names", ())
        if item.kind == "forum":
            for code in self._dataset.site.codes:
                yield from _counted(self._locales[code], item)
        if item.kind != "agreement":
            yield item.id.replace("-", " ")
        iso: str = getattr(item.record, "code", None) or ""
        if iso:
            yield iso

    def _in_all_languages(self, key: str) -> list[str]:
        """A text of the interface in each language that has it."""
        found = (self._locales[code].texts.get(key) for code in self._dataset.site.codes)
        return list(dict.fromkeys(text for text in found if text))

    def _label(self, term: str) -> str:
        """A term in the language; nothing if it is in another, or nowhere."""
        return self._locales[self._lang].texts.get(term, "")

    def _texts(self, identifier: str, kind: str) -> Iterator[str]:
        """What is told of a record, in the language itself."""
        if kind in _TITLED:
            yield plain(self._titles(identifier))
        for key in KINDS[kind].words:
            if key.name not in (*_NAMES, "title"):
                yield from self._text(f"{identifier}.{key.name}", key.type)
        for figure in self._figures_of.get(identifier, ()):
            yield from self._text(f"{figure}.label", WordType.NAME)

    def _text(self, key: str, kind: WordType) -> Iterator[str]:
        for paragraph in self._words.paragraphs(self._lang, key):
            if paragraph.lang != self._lang:
                continue
            if kind is not WordType.PROSE:
                yield paragraph.text
                continue
            parts = (p.text for p in parse_prose(paragraph.text) if isinstance(p, Literal | Link))
            yield " ".join("".join(parts).split())


def _cut(docs: Sequence[dict[str, Any]]) -> None:
    """Cut the longest texts, at a word, so that all together are not too long."""
    lengths = sorted(len(doc["b"]) for doc in docs)
    left, number, most = MOST_TEXT, len(lengths), None
    for length in lengths:
        if length * number > left:
            most = left // number
            break
        left, number = left - length, number - 1
    if most is not None:
        for doc in docs:
            if len(doc["b"]) > most:
                doc["b"] = doc["b"][: most + 1].rpartition(" ")[0]


def _counted(locale: Locale, item: Item) -> Iterator[str]:
    """How a forum is asked for in a language: which one, in figures and words, and when."""
    kind = plain(locale.text(f"kind.{item.kind}"))
    number, date = item.record.number, date_of(item.record)
    forms = [plain(locale.ordinal(number, style)) for style in OrdinalStyle]
    forms.append(locale.texts.get(f"ordinal.typed.{number}", ""))
    for form in dict.fromkeys(filter(None, forms)):
        yield f"{form} {kind}"
    if date is not None:
        yield f"{kind} {date.first.year}"


def _said(name: str, text: str, lang: str) -> dict[str, Any]:
    """A text without marks, with its language or those of its parts where it is not ``lang``."""
    parts = list(pieces(text, lang))
    spoken = {language for part, language in parts if any(map(str.isalpha, part))}
    if spoken <= {lang}:
        return {name: plain(text)}
    return {name: plain(text), f"{name}l": spoken.pop() if len(spoken) == 1 else parts}
