"""``LANG/changes.atom`` and ``LANG/regions/ID.atom``: what is new and what has changed, to follow.

Atom (RFC 4287). Every record that the history knows has one entry, under an identifier that stays
when the record is renamed or the site moves; a record that changes comes again with a new date. A
feed has all its entries and says so (RFC 5005), and the feed of all records names those that were
removed (RFC 6721).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from generator.dataset import Dataset
from generator.exports.pages import records_of
from generator.exports.titles import locale_of, title_of
from generator.foreign import language_of, plain
from generator.locale import Locale
from generator.model.kinds import KINDS
from generator.noted import shared
from generator.patterns import capitalized, fill
from generator.routes import FEED, HOME, Routes, feed_of
from generator.words import Words

# The texts that it asks for.
TEXTS = (
    *("feed.added", "feed.changed", "feed.of", "feed.title", "site.name"),
    *(f"kind.{name}" for name in KINDS),
)
_ATOM = "http://www.w3.org/2005/Atom"
_HISTORY = "http://purl.org/syndication/history/1.0"
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry as it stands in every feed of its language, and the day by which it is ordered."""

    day: datetime.date
    xml: str


@dataclass(frozen=True, slots=True)
class _Feed:
    """A feed: what its identifier ends with, its title, the page it belongs to, and its file."""

    key: str
    title: str
    page: str
    name: str


def changes_atom(dataset: Dataset, words: Words, routes: Routes, lang: str) -> bytes:
    """The feed of all records in one language."""
    locale = locale_of(dataset, words, lang)
    gone = [
        f"<at:deleted-entry ref={quoteattr(_id(dataset, lang, first))}"
        f" when={quoteattr(_instant(log.removed.first))}/>"
        for first, log in dataset.gone.items()
        if log.removed is not None
    ]
    feed = _Feed("changes", locale.text("feed.title"), HOME, FEED)
    entries = [_entry(dataset, words, routes, lang, one) for one in sorted(dataset.logs)]
    return _written(dataset, locale, feed, [*gone, *_newest_first(entries)])


def feed_of_record(
    dataset: Dataset, words: Words, routes: Routes, lang: str, identifier: str
) -> bytes:
    """The feed in one language of what the page about a record shows."""
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
    return _written(dataset, locale, feed, _newest_first(entries))


def _newest_first(entries: Iterable[_Entry]) -> list[_Entry]:
    return sorted(entries, key=lambda entry: entry.day, reverse=True)


def _written(dataset: Dataset, locale: Locale, feed: _Feed, parts: Sequence[_Entry | str]) -> bytes:
    lang, site = locale.code, dataset.site
    days = [part.day for part in parts if isinstance(part, _Entry)]
    own = f"{site.address}data/{lang}/{feed.name}"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="{_ATOM}" xmlns:fh="{_HISTORY}" xmlns:at="{_TOMBSTONES}" xml:lang="{lang}">',
        f"<id>{escape(_id(dataset, lang, feed.key))}</id>",
        _text("title", feed.title, lang),
        f"<updated>{_instant(max(days, default=dataset.last_change.first))}</updated>",
        f"<author>{_text('name', locale.text('site.name'), lang)}</author>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(own)}/>',
        _link(f"{site.address}{lang}/{feed.page}", lang),
    ]
    if site.licence is not None:
        lines.append(f'<link rel="license" href={quoteattr(site.licence.address)}/>')
    lines.append("<fh:complete/>")
    lines += [part.xml if isinstance(part, _Entry) else part for part in parts]
    return ("\n".join((*lines, "</feed>")) + "\n").encode()


@shared  # a record is in the feed of all and in those of its regions
def _entry(dataset: Dataset, words: Words, routes: Routes, lang: str, identifier: str) -> _Entry:
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
    return _Entry(log.changed.first, "\n".join(lines))


def _id(dataset: Dataset, lang: str, key: str) -> str:
    """The identifier of a feed or entry: the same record in two languages is two entries."""
    return f"{dataset.site.tag}{lang}/{key}"


def _text(name: str, text: str, lang: str) -> str:
    """An element with a text, and its language where that is not the feed's."""
    own = language_of(text, lang)
    attribute = f" xml:lang={quoteattr(own)}" if own != lang else ""
    return f"<{name}{attribute}>{escape(plain(text))}</{name}>"


def _link(address: str, lang: str) -> str:
    return f'<link rel="alternate" type="text/html" hreflang="{lang}" href={quoteattr(address)}/>'


def _instant(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
