"""``LANG/changes.atom`` and ``LANG/regions/ID.atom``: what is new and what has changed, to follow.

Atom (RFC 4287). Every record that the history knows has one entry, under an identifier that stays
when the record is renamed or the site moves; a record that changes comes again with a new date.
The feed of all records also has the releases of the data, and names the records that were removed
(RFC 6721). A feed that does not fit into one document goes on in archives, in a folder of its name
(RFC 5005, ``feed_pages``); one that does says that it is complete.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from generator.dataset import Dataset
from generator.exports.feed_pages import Document, Part, documents
from generator.exports.pages import records_of
from generator.exports.titles import locale_of, title_of
from generator.foreign import language_of, plain
from generator.locale import Locale
from generator.model.kinds import KINDS
from generator.model.release import SORTS, Release
from generator.noted import shared
from generator.patterns import capitalized, fill
from generator.routes import FEED, HOME, RELEASES, Routes, archive_of, feed_of
from generator.words import Words

# The texts that it asks for.
TEXTS = (
    *("feed.added", "feed.changed", "feed.of", "feed.title", "site.name", "title.release"),
    *(f"changes.{sort}" for sort in SORTS),
    *(f"kind.{name}" for name in KINDS),
)
_ATOM = "http://www.w3.org/2005/Atom"
_HISTORY = "http://purl.org/syndication/history/1.0"
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


@dataclass(frozen=True, slots=True)
class _Feed:
    """A feed: what its identifier ends with, its title, the page it belongs to, and its file."""

    key: str
    title: str
    page: str
    name: str


def changes_atom(dataset: Dataset, words: Words, routes: Routes, lang: str) -> bytes:
    """The feed of all records in one language: the document to subscribe to."""
    _, data = next(_of_all(dataset, words, routes, lang))
    return data


def archives_of_all(dataset: Dataset, words: Words, routes: Routes, lang: str) -> dict[str, bytes]:
    """The archives of the feed of all records in one language: path below ``data/`` to bytes."""
    _, *archives = _of_all(dataset, words, routes, lang)
    return dict(archives)


def _of_all(
    dataset: Dataset, words: Words, routes: Routes, lang: str
) -> Iterator[tuple[str, bytes]]:
    """The documents of the feed of all records, the one to subscribe to first."""
    locale = locale_of(dataset, words, lang)
    feed = _Feed("changes", locale.text("feed.title"), HOME, FEED)
    gone = [
        Part(
            log.removed.first,
            f"<at:deleted-entry ref={quoteattr(_id(dataset, lang, first))}"
            f" when={quoteattr(_instant(log.removed.first))}/>",
            is_entry=False,
        )
        for first, log in dataset.gone.items()
        if log.removed is not None
    ]
    releases = [
        _release(dataset, locale, version, release) for version, release in dataset.releases.items()
    ]
    entries = [_entry(dataset, words, routes, lang, one) for one in sorted(dataset.logs)]
    return _written(dataset, locale, feed, [*releases, *gone, *entries])


def feed_of_record(
    dataset: Dataset, words: Words, routes: Routes, lang: str, identifier: str
) -> dict[str, bytes]:
    """The feed in one language of what the page about a record shows, with its archives.

    Path below ``data/`` to bytes.
    """
    locale = locale_of(dataset, words, lang)
    feed = _Feed(
        key=f"changes/{dataset.first_ids[identifier]}",
        title=fill(locale.text("feed.of"), {"value": title_of(dataset, words, lang, identifier)}),
        page=routes[identifier],
        name=feed_of(routes[identifier]),
    )
    ids = {one.id for one in records_of(dataset, routes, dataset.items[identifier])}
    known = sorted(one for one in ids if one in dataset.logs)
    entries = [_entry(dataset, words, routes, lang, one) for one in known]
    return dict(_written(dataset, locale, feed, entries))


def _written(
    dataset: Dataset, locale: Locale, feed: _Feed, parts: Iterable[Part]
) -> Iterator[tuple[str, bytes]]:
    """The documents of a feed: path below ``data/`` and bytes."""
    ordered = sorted(parts, key=lambda part: part.day, reverse=True)
    for document in documents(ordered):
        name = archive_of(feed.name, document.name) if document.name else feed.name
        yield f"{locale.code}/{name}", _document(dataset, locale, feed, name, document)


def _document(
    dataset: Dataset, locale: Locale, feed: _Feed, name: str, document: Document
) -> bytes:
    lang, site = locale.code, dataset.site
    days = [part.day for part in document.parts if part.is_entry]
    here = f"{site.address}data/{lang}/"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="{_ATOM}" xmlns:fh="{_HISTORY}" xmlns:at="{_TOMBSTONES}" xml:lang="{lang}">',
        f"<id>{escape(_id(dataset, lang, feed.key))}</id>",
        _text("title", feed.title, lang),
        f"<updated>{_instant(max(days, default=dataset.last_change.first))}</updated>",
        f"<author>{_text('name', locale.text('site.name'), lang)}</author>",
        _atom_link("self", f"{here}{name}"),
        _link(f"{site.address}{lang}/{feed.page}", lang),
    ]
    if site.licence is not None:
        lines.append(f'<link rel="license" href={quoteattr(site.licence.address)}/>')
    if document.name:
        lines += ["<fh:archive/>", _atom_link("current", f"{here}{feed.name}")]
    elif document.before is None:
        lines.append("<fh:complete/>")
    for relation, other in (("prev", document.before), ("next", document.after)):
        if other is not None:
            address = f"{here}{archive_of(feed.name, other)}"
            lines.append(_atom_link(f"{relation}-archive", address))
    lines += [part.xml for part in document.parts]
    return ("\n".join((*lines, "</feed>")) + "\n").encode()


@shared  # a record is in the feed of all and in those of its regions
def _entry(dataset: Dataset, words: Words, routes: Routes, lang: str, identifier: str) -> Part:
    """The entry of a record that the history knows."""
    item, log = dataset.items[identifier], dataset.logs[identifier]
    locale = locale_of(dataset, words, lang)
    title, page = title_of(dataset, words, lang, identifier), routes[identifier]
    kind = locale.text(f"kind.{item.kind}")
    pattern = locale.text("feed.added" if log.added == log.changed else "feed.changed")
    told = capitalized(fill(pattern, {"kind": kind, "date": locale.date(log.changed)}))
    lines = (
        "<entry>",
        f"<id>{escape(_id(dataset, lang, dataset.first_ids[item.id]))}</id>",
        _text("title", title, lang),
        f"<updated>{_instant(log.changed.first)}</updated>",
        f"<published>{_instant(log.added.first)}</published>",
        _link(f"{dataset.site.address}{lang}/{page}", lang),
        f"<category term={quoteattr(item.kind)} label={quoteattr(plain(kind))}/>",
        _text("summary", told, lang),
        "</entry>",
    )
    return Part(log.changed.first, "\n".join(lines))


def _release(dataset: Dataset, locale: Locale, version: str, release: Release) -> Part:
    """The entry of a release of the data."""
    lang, day = locale.code, release.published.first
    told = [
        f"{locale.text(f'changes.{sort}')}: {locale.number(Decimal(count))}"
        for sort, count in release.counts()
        if count
    ]
    lines = (
        "<entry>",
        f"<id>{escape(_id(dataset, lang, f'releases/{version}'))}</id>",
        _text("title", fill(locale.text("title.release"), {"value": version}), lang),
        f"<updated>{_instant(day)}</updated>",
        f"<published>{_instant(day)}</published>",
        _link(f"{dataset.site.address}{lang}/{RELEASES}{version}/", lang),
        _text("summary", "; ".join(told), lang),
        "</entry>",
    )
    return Part(day, "\n".join(lines))


def _id(dataset: Dataset, lang: str, key: str) -> str:
    """The identifier of a feed or entry: the same record in two languages is two entries."""
    return f"{dataset.site.tag}{lang}/{key}"


def _text(name: str, text: str, lang: str) -> str:
    """An element with a text, and its language where that is not the feed's."""
    own = language_of(text, lang)
    attribute = f" xml:lang={quoteattr(own)}" if own != lang else ""
    return f"<{name}{attribute}>{escape(plain(text))}</{name}>"


def _atom_link(relation: str, address: str) -> str:
    return f'<link rel="{relation}" type="application/atom+xml" href={quoteattr(address)}/>'


def _link(address: str, lang: str) -> str:
    return f'<link rel="alternate" type="text/html" hreflang="{lang}" href={quoteattr(address)}/>'


def _instant(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
