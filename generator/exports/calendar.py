"""``LANG/forums.ics``: forums and dated meetings as an iCalendar file (RFC 5545) to subscribe to.

Calendars know days only, so an event lasts as long as its date is vague: a month is an event of
that month, and its description says what the source gives. Ids of events are the same in all
languages and never change, so that a calendar corrects what it already has.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from icalendar import Calendar, Component, Event

from generator.dataset import Dataset, Item, date_of
from generator.exports.titles import locale_of, titles_of
from generator.foreign import language_of, plain
from generator.locale import Locale
from generator.model.dates import Date
from generator.model.vocabulary import Phase
from generator.patterns import fill
from generator.routes import Routes
from generator.views.titles import Titles
from generator.words import Words

# The texts that it asks for.
TEXTS = ("calendar.date", "calendar.name", "kind.forum", "kind.meeting", "meta.as-of")
_KINDS = ("forum", "meeting")


def calendar_ics(dataset: Dataset, words: Words, routes: Routes, lang: str) -> bytes:
    """The calendar in one language, forums first, then meetings by date."""
    locale, titles = locale_of(dataset, words, lang), titles_of(dataset, words, lang)
    host = dataset.site.host
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{host}//{_KINDS[0]}//{lang.upper()}")
    calendar.add("calscale", "GREGORIAN")
    name = locale.text("calendar.name")
    _say(calendar, "name", name, lang)
    calendar.add("x-wr-calname", plain(name))
    for item, date in _dated(dataset):
        event = _event(dataset, titles, locale, item, date)
        event.add("uid", f"{dataset.first_ids[item.id]}@{host}")
        event.add("url", f"{dataset.site.address}{lang}/{routes[item.id]}")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _dated(dataset: Dataset) -> Iterator[tuple[Item, Date]]:
    for kind in _KINDS:
        for item in dataset.by_kind[kind]:
            date = date_of(item.record)
            if date is not None:
                yield item, date


def _event(dataset: Dataset, titles: Titles, locale: Locale, item: Item, date: Date) -> Event:
    record, as_of = item.record, dataset.site.as_of
    last = date.start.last if date.open or date.until else date.last
    stage = record.stage
    is_ahead = stage is not None and dataset.vocabulary.stage(stage.at).phase is Phase.AHEAD
    place = record.host if item.kind == "forum" else record.place
    told = [
        fill(locale.text("calendar.date"), {"date": locale.date(date)}),
        fill(locale.text("meta.as-of"), {"date": locale.date(as_of)}),
    ]
    if stage is not None:
        told.insert(1, locale.term("stages", stage.at))
    event = Event()
    _say(event, "summary", titles(item.id), locale.code)
    event.add("dtstart", date.start.first)
    event.add("dtend", last + datetime.timedelta(days=1))
    event.add("dtstamp", datetime.datetime.combine(as_of.first, datetime.time(), datetime.UTC))
    event.add("transp", "TRANSPARENT")
    event.add("status", "TENTATIVE" if is_ahead else "CONFIRMED")
    event.add("categories", [plain(locale.text(f"kind.{item.kind}"))])
    _say(event, "description", "\n".join(told), locale.code)
    if place is not None:
        _say(event, "location", titles(place), locale.code)
    return event


def _say(component: Component, name: str, text: str, lang: str) -> None:
    """Add a text with the language that most of it is in."""
    component.add(name, plain(text), parameters={"LANGUAGE": language_of(text, lang)})
