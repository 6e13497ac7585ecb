"""PDF files: the profile of every region, and the whole site of a language as one book."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from generator.dataset import order_key
from generator.editions.chapters import CHAPTERS
from generator.editions.chromium import chromium
from generator.editions.document import Chapter, Document
from generator.editions.edition import Edited, Made
from generator.editions.finished import Finished
from generator.editions.press import Press
from generator.foreign import bare
from generator.locale import Locale
from generator.patterns import capitalized
from generator.routes import PRINTED, Routes, book_of, pdf_of

_BY_DATE = ("agreement", "forum")
_ALL_SOURCES = "sources/"
_ABOUT = "about/"


def documents(edited: Edited) -> Iterator[Made]:
    """Print all documents, or take from the cache what was printed from the same pages.

    Raises BuildError if there is no Chromium, or none that can.
    """
    with chromium() as browser, tempfile.TemporaryDirectory(prefix="press-") as folder:
        press = Press(edited, browser, Path(folder))
        routes = Routes(edited.dataset)
        for lang in edited.languages:
            texts = Texts(edited, lang)
            press.begin(lang)
            edited.progress(f"printing the book in {lang}")
            yield book_of(lang), press.printed(texts.book(press.read))
            for kind in PRINTED:
                for item in edited.dataset.by_kind[kind]:
                    url = routes[item.id]
                    edited.progress(f"printing {lang}/{url}")
                    yield pdf_of(lang, url), press.printed(texts.profile(press.read, url, kind))


class Texts:
    """What documents of a language say on their title pages."""

    def __init__(self, edited: Edited, lang: str) -> None:
        source = edited.words.source_language
        texts = edited.words.texts
        self._locale = Locale(lang, texts(lang), texts(source), source)
        self._dataset = edited.dataset

    def _text(self, key: str) -> str:
        return bare(self._locale.text(key))

    def profile(self, read: Callable[[str], bytes], url: str, kind: str) -> Document:
        """The document of one page about a record."""
        page = Finished(read(url))
        return Document(
            lang=self._locale.code,
            title=page.title,
            site=self._text("site.name"),
            kind=capitalized(self._text(f"kind.{kind}")),
            facts=self._facts(page.citation),
            chapters=(Chapter("", (url,)),),
            contents=self._text("booklet.contents"),
            address=self._dataset.site.address,
        )

    def book(self, read: Callable[[str], bytes]) -> Document:
        """The document of all pages."""
        return Document(
            lang=self._locale.code,
            title=self._text("site.name"),
            site="",
            kind=self._text("site.description"),
            facts=self._facts(Finished(read(_ABOUT)).citation),
            chapters=tuple(self._chapters(read)),
            contents=self._text("booklet.contents"),
            address=self._dataset.site.address,
            sources=_ALL_SOURCES,
        )

    def _facts(self, citation: str) -> tuple[tuple[str, str], ...]:
        """The imprint: terms, and what is said about them in HTML."""
        site = self._dataset.site
        facts = [(self._text("foot.state"), escape(self._locale.date(site.as_of)))]
        if site.version is not None:
            facts.append((self._text("booklet.version"), escape(site.version)))
        if site.licence is not None:
            link = f'<a href="{escape(site.licence.address)}">{escape(site.licence.id)}</a>'
            facts.append((self._text("about.licence-title"), link))
        facts.append((self._text("about.cite-title"), citation))
        return tuple(facts)

    def _chapters(self, read: Callable[[str], bytes]) -> Iterator[Chapter]:
        routes = Routes(self._dataset)
        for chapter in CHAPTERS:
            if isinstance(chapter, str):
                yield Chapter("", (chapter,))
                continue
            key, kind, is_run_on = chapter
            items = self._dataset.by_kind[kind]
            urls = [routes[item.id] for item in sorted(items, key=order_key)]
            if kind not in _BY_DATE:
                names = {url: self._locale.sort_key(Finished(read(url)).title) for url in urls}
                urls.sort(key=names.__getitem__)
            if urls:
                yield Chapter(self._text(key), tuple(urls), is_run_on)
