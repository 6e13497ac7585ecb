"""``LANG/changes.atom`` and ``LANG/regions/ID.atom``: what is new and what has changed, to follow.

Atom (RFC 4287). Every record that the history knows has one entry, under an identifier that stays
when the record is renamed or the site moves; a record that changes comes again with a new date.
The feed of all records also has the releases of the data, and names the records that were removed
(RFC 6721). A feed that does not fit into one document goes on in archives, in a folder of its name
(RFC 5005, ``feed_pages``); one that does says that it is complete.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from generator.dataset import Dataset, Item
from generator.exports.feed_pages import Document, Part, documents
from generator.exports.pages import records_of
from generator.exports.titles import locale_of, titles_of
from generator.foreign import language_of, plain
from generator.locale import Locale
from generator.model.kinds import KINDS
from generator.model.release import SORTS, Release
from generator.patterns import capitalized, fill
from generator.routes import FEED, FOLLOWED, HOME, RELEASES, Routes, archive_of, feed_of
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


def further_feeds(dataset: Dataset, words: Words, routes: Routes) -> dict[str, bytes]:
    """The archives of the feeds of all records, and the feeds of single ones, in every language.

    Path below ``data/`` to bytes.
    """
    found: dict[str, bytes] = {}
    for lang in dataset.site.codes:
        _, *archives = _of_all(dataset, words, routes, lang)
        found.update(archives)
    found.update(_of_records(dataset, words, routes))
    return found


def _of_all(
    dataset: Dataset, words: Words, routes: Routes, lang: str
) -> Iterator[tuple[str, bytes]]:
    """The documents of the feed of all records, the one to subscribe to first."""
    locale = locale_of(words, lang)
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
    entries = _entries(dataset, words, routes)[lang].values()
    return _written(dataset, locale, feed, [*releases, *gone, *entries])


def _of_records(dataset: Dataset, words: Words, routes: Routes) -> Iterator[tuple[str, bytes]]:
    """The feeds of single records in every language: path below ``data/`` and bytes."""
    shown = {
        item.id: [one.id for one in records_of(dataset, routes, item)]
        for kind in FOLLOWED
        for item in dataset.by_kind[kind]
    }
    for lang in dataset.site.codes:
        locale = locale_of(words, lang)
        titles, known = titles_of(dataset, words)[lang], _entries(dataset, words, routes)[lang]
        for identifier, ids in shown.items():
            feed = _Feed(
                key=f"changes/{dataset.first_ids[identifier]}",
                title=fill(locale.text("feed.of"), {"value": titles[identifier]}),
                page=routes[identifier],
                name=feed_of(routes[identifier]),
            )
            entries = [known[one] for one in sorted(set(ids)) if one in known]
            yield from _written(dataset, locale, feed, entries)


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


@lru_cache(maxsize=1)  # a record is in the feed of all and in those of its regions
def _entries(dataset: Dataset, words: Words, routes: Routes) -> Mapping[str, Mapping[str, Part]]:
    """The entry of every record that the history knows, by language and id."""
    found = {}
    for lang in dataset.site.codes:
        locale, titles = locale_of(words, lang), titles_of(dataset, words)[lang]
        found[lang] = {
            identifier: _entry(dataset, locale, item, titles[identifier], routes[identifier])
            for identifier in sorted(dataset.logs)
            for item in [dataset.items[identifier]]
        }
    return found


def _entry(dataset: Dataset, locale: Locale, item: Item, title: str, page: str) -> Part:
    lang, log = locale.code, dataset.logs[item.id]
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
