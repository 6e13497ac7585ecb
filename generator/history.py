"""What the history of the records has to say, and whether it does.

A record's line stands under the id that it was first published under, so that renaming changes
nothing: neither the line, nor what is told of the record elsewhere under that id (entries of
feeds, events of calendars). What a record says is its facts and its words in the source language;
a translation that is mended is no change of the data.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from generator.entries import Entry
from generator.model.dates import Date, parse_date
from generator.model.fields import Model
from generator.model.history import Checked, Log
from generator.model.ledger import text_hash
from generator.model.release import WORDS
from generator.prose import retargeted
from generator.store import Store

Leaf = tuple[str, str]


def first_id(entry: Entry, logs: Mapping[str, Any]) -> str:
    """The id that a record was first published under.

    It is the one that has a line in the history; without one, the oldest. A record may have taken
    back an id that it once had, so their order alone does not tell.
    """
    known: tuple[str, ...] = (entry.id, *entry.record.formerly)
    return next((one for one in known if one in logs), known[-1])


def states(store: Store) -> dict[str, str]:
    """The hash of what each record says now, by its id."""
    return {identifier: _hash(leaves) for identifier, leaves in said(store).items()}


def said(store: Store) -> dict[str, list[Leaf]]:
    """What each record says now, by its id: paths of its facts, and words, with their values."""
    firsts = {
        entry.id: first
        for entry in store.entries.values()
        if (first := first_id(entry, store.history)) != entry.id
    }
    words: dict[str, list[Leaf]] = defaultdict(list)
    source = store.words.get(store.site.source_language, {}) if store.site else {}
    for key, word in source.items():
        owner, _, rest = key.partition(".")
        words[owner].append((f"{WORDS}.{rest}", retargeted(word.text, firsts)))
    return {
        entry.id: [*_facts(entry, firsts), *words[entry.id]] for entry in store.entries.values()
    }


def _hash(leaves: list[Leaf]) -> str:
    return text_hash("\n".join(f"{path}: {value}" for path, value in sorted(leaves)))


def _facts(entry: Entry, firsts: Mapping[str, str]) -> Iterator[Leaf]:
    """Every value of a record with its path; references by the first ids."""
    renamed = {
        ".".join(map(str, one.path)): _first(one.value, firsts)
        for one in entry.record.references
        if firsts
    }
    for path, value in _leaves("", entry.record):
        if not path.startswith("formerly."):
            yield path, renamed.get(path, value)


def _first(identifier: str, firsts: Mapping[str, str]) -> str:
    owner, dot, rest = identifier.partition(".")
    return f"{firsts.get(owner, owner)}{dot}{rest}"


def _leaves(path: str, value: Any) -> Iterator[Leaf]:
    """The single values inside a value; what is empty has none, so new fields change nothing."""
    inner: Mapping[Any, Any]
    match value:
        case None | False:
            return
        case Date():
            yield path, f"{value.edtf} {value.part}" if value.part else value.edtf
            return
        case Model():
            inner = {name: getattr(value, name) for name in type(value).model_fields}
        case Mapping():
            inner = value
        case tuple() | list():
            inner = dict(enumerate(value))
        case Enum():
            yield path, str(value.value)
            return
        case bool() | int() | str() | Decimal():
            yield path, str(value)
            return
        case _:
            raise TypeError(f"{path}: what a record says cannot be {type(value).__name__}")
    for name, part in inner.items():
        yield from _leaves(f"{path}.{name}" if path else str(name), part)


def updated(store: Store, day: datetime.date) -> dict[str, Log]:
    """The history as it should be: what is new or says something else is dated ``day``.

    A day before that of a line is no news: clocks differ, and days only go on.
    """
    logs = {key: line.log for key, line in store.history.items()}
    found: dict[str, Log] = {}
    now = states(store)
    for entry in store.entries.values():
        first, state = first_id(entry, logs), now[entry.id]
        log = logs.get(first)
        if log is None:
            found[first] = _log(day, day, state)
        elif log.hash != state or log.removed is not None:
            again = _log(log.added.first, max(day, _last(log)), state)
            found[first] = again.model_copy(update={"checked": log.checked})
        else:
            found[first] = log
    for first, log in logs.items():
        if first not in found:
            gone = parse_date(max(day, _last(log)).isoformat())
            found[first] = log if log.removed else log.model_copy(update={"removed": gone})
    return dict(sorted(found.items()))


def with_checked(
    store: Store, identifiers: Iterable[str], day: datetime.date
) -> dict[str, Log] | None:
    """The history with the note that a person compared these records with their sources.

    None if it is behind in what it says of any of them.
    """
    found, now = {key: line.log for key, line in store.history.items()}, states(store)
    for identifier in identifiers:
        first = first_id(store.entries[identifier], found)
        log = found.get(first)
        if log is None or log.removed is not None or log.hash != now[identifier]:
            return None
        checked = Checked.model_validate({"on": day.isoformat(), "hash": log.hash})
        found[first] = log.model_copy(update={"checked": checked})
    return dict(sorted(found.items()))


def state_of(logs: Mapping[str, Log]) -> str:
    """A hash of what all records that there are say, by the history."""
    return text_hash("\n".join(f"{k}: {v.hash}" for k, v in sorted(logs.items()) if not v.removed))


def _last(log: Log) -> datetime.date:
    return (log.removed or log.changed).first


def _log(added: datetime.date, changed: datetime.date, state: str) -> Log:
    return Log.model_validate(
        {"added": added.isoformat(), "changed": changed.isoformat(), "hash": state}
    )
