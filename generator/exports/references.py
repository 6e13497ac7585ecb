"""What of the site can be cited: each page in each language, and each source, as references.

A page is dated by the state of the data, since no clock is asked; a source is cited as it is
printed, the same in all languages.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.dataset import Dataset, Item
from generator.exports.citations import FORMATS, Reference
from generator.exports.titles import title_of
from generator.foreign import language_of, plain
from generator.locale import Locale
from generator.model.vocabulary import CslType
from generator.noted import shared
from generator.patterns import fill
from generator.render import Rendered
from generator.routes import HOME, cite_of
from generator.words import Words

# The texts that it asks for.
TEXTS = ("meta.as-of", "site.name", "source.missing-title")


def citations_of(dataset: Dataset, locale: Locale, page: Rendered) -> dict[str, bytes]:
    """The files beside a page that cite it: path in the site to bytes."""
    reference = page_reference(dataset, locale, page)
    return {
        f"{locale.code}/{cite_of(page.url, form)}": write([reference])
        for form, (_, write) in FORMATS.items()
    }


def page_reference(dataset: Dataset, locale: Locale, page: Rendered) -> Reference:
    """A page of the site in one language; the start page stands for the whole."""
    site, name = dataset.site, plain(locale.text("site.name"))
    date = locale.date(site.as_of)
    return Reference(
        id="-".join([*page.url.strip("/").split("/"), locale.code]).strip("-"),
        type=CslType.WEBPAGE,
        title=name if page.url == HOME else plain(page.title),
        language=locale.code,
        date=site.as_of,
        container="" if page.url == HOME else name,
        url=f"{site.address}{locale.code}/{page.url}",
        note=plain(fill(locale.text("meta.as-of"), {"date": date})),
    )


def source_references(dataset: Dataset, words: Words, sources: Iterable[Item]) -> list[Reference]:
    """Sources as references, in the order given."""
    return [source_reference(dataset, words, item.id) for item in sources]


@shared
def source_reference(dataset: Dataset, words: Words, identifier: str) -> Reference:
    """A source as a reference.

    Without a title of its own it is called as the pages in the source language call it.
    """
    lang, item = words.source_language, dataset.items[identifier]
    record = item.record
    whole = dataset[record.part_of].record if record.part_of is not None else None
    title = record.title or title_of(dataset, words, lang, identifier)
    kind = dataset.vocabulary.csl_type(record.kind)
    container = (whole.title or "") if whole is not None and kind is not CslType.BOOK else ""
    if kind is CslType.PAPER and whole is None:
        kind = CslType.BOOK  # the proceedings themselves
    if kind is CslType.WEBPAGE:
        container = container or record.publisher or ""

    def inherited(field: str) -> str:
        return str(getattr(record, field) or getattr(whole, field, None) or "")

    return Reference(
        id=item.id,
        type=kind,
        title=plain(title),
        language=(record.language or "") if record.title else language_of(title, lang),
        authors=record.authors or (whole.authors if whole is not None else ()),
        date=record.year or (whole.year if whole is not None else None),
        container=container if container != title else "",
        publisher=inherited("publisher") if kind is not CslType.WEBPAGE else "",
        place=inherited("published_in"),
        number=str(record.number) if record.number and record.cited_in is None else "",
        pages=record.page or "",
        url=record.url or "",
    )
