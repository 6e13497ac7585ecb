"""Prints documents through Chromium, and only those that were not printed before."""

from __future__ import annotations

from pathlib import Path

from generator.editions.assets import asset
from generator.editions.chapters import ENGINE_STYLES, STYLES
from generator.editions.chromium import Chromium
from generator.editions.document import Document, assembled
from generator.editions.edition import Edited
from generator.editions.fonts import require_letters
from generator.editions.tagged import TOOLS, About, page_numbers, settled
from generator.errors import BuildError
from generator.finish import page_file

# What is not in the pages and decides about the bytes all the same: this program.
_PROGRAM = "1"


class Press:
    """Documents of one language after another, as files of the cache of editions.

    ``folder`` is an empty folder for what is in the making.
    """

    def __init__(self, edited: Edited, browser: Chromium, folder: Path) -> None:
        self._edited = edited
        self._browser = browser
        self._folder = folder
        self._lang = ""
        self._styles: dict[str, bytes] = {}
        self._letters: set[str] = set()

    def begin(self, lang: str) -> None:
        """Turn to a language, with the style sheets that it has for documents."""
        root = self._edited.site / lang
        found = [*sorted(root.glob(ENGINE_STYLES)), *(asset(root, path) for path in STYLES)]
        self._lang = lang
        self._styles = {f"{n}.css": path.read_bytes() for n, path in enumerate(found)}
        for name, style in self._styles.items():
            (self._folder / name).write_bytes(style)

    def read(self, url: str) -> bytes:
        """The finished page at an address of this language."""
        return (self._edited.site / self._lang / page_file(url)).read_bytes()

    def printed(self, document: Document) -> Path:
        """The file of a document."""
        made = assembled(document, tuple(self._styles), self.read)
        page = self._folder / "document.html"
        site = self._edited.dataset.site
        about = About(
            title=document.title,
            lang=document.lang,
            author=document.site or document.title,
            subject=document.kind,
            day=site.as_of.first,
            address=f"{site.address}{document.lang}/",
            licence=site.licence.address if site.licence is not None else None,
            headings=made.headings,
        )

        def make(target: Path) -> None:
            require_letters(self._browser, self._folder, document.lang, made.letters, self._letters)
            page.write_bytes(made.text())
            numbers = page_numbers(self._browser.pdf(page))
            page.write_bytes(made.text(numbers))
            data = self._browser.pdf(page)
            if page_numbers(data) != numbers:
                raise BuildError(f"the numbers of pages moved the pages of {document.title}")
            target.write_bytes(settled(data, about))

        went_in = (_PROGRAM, TOOLS, self._browser.version, repr(about), made.text())
        return self._edited.cache.kept("pdf", (*went_in, *self._styles.values()), make)
