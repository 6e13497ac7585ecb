"""What is printed: the profile of every region, and the whole site of a language as one book.

The programs that print are loaded when they are asked to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.dataset import Dataset
from generator.editions.chapters import CHAPTERS
from generator.editions.chromium import find_chromium
from generator.editions.edition import LANGUAGE, Edited, Edition, EditionFile, Made
from generator.routes import PRINT_FORMAT, PRINTED, Routes, book_of, pdf_of

#: The texts that title pages show, beyond those of pages.
TEXTS = (
    "about.cite-title",
    "about.licence-title",
    "booklet.contents",
    "booklet.version",
    "foot.state",
    "site.description",
    "site.name",
    *(f"kind.{kind}" for kind in PRINTED),
    *(chapter[0] for chapter in CHAPTERS if not isinstance(chapter, str)),
)


def pdf_paths(dataset: Dataset, languages: Sequence[str]) -> Iterator[str]:
    """The paths of all PDF files, below the folder of editions."""
    routes = Routes(dataset)
    for lang in languages:
        yield book_of(lang)
        for kind in PRINTED:
            yield from (pdf_of(lang, routes[item.id]) for item in dataset.by_kind[kind])


def make_pdf(edited: Edited) -> Iterator[Made]:
    """Print what has changed. Raises BuildError if there is no Chromium, or none that can."""
    from generator.editions.pdf import documents

    return documents(edited)


PDF = Edition(
    "pdf",
    PRINT_FORMAT,
    "application/pdf",
    (EditionFile(book_of(LANGUAGE), "editions.book"),),
    make_pdf,
    pdf_paths,
    "editions.book-use",
    TEXTS,
    find_chromium,
)
