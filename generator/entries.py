"""What stands in content files, each with its place, and the files that hold no records.

Vocabulary, stamps of translations and the reading ledger are read here, records and words in
``store``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.errors import Place, Problem, closest
from generator.model.fields import Term, is_slug
from generator.model.history import Log
from generator.model.kinds import Kind
from generator.model.ledger import LedgerEntry, is_history
from generator.model.links import Excused
from generator.model.marks import marked
from generator.model.release import Release, is_version
from generator.model.removed import Removed
from generator.model.vocabulary import LISTS, Vocabulary
from generator.source import Node
from generator.typed import Keys, typed


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with its id, its kind, and where it stands."""

    id: str
    kind: Kind
    record: Any
    node: Node
    place: Place

    def at(self, path: Keys) -> Place:
        """The place of the value that the path of keys leads to, or of the nearest above it."""
        return self.node.at(path).place if path else self.place

    def key_at(self, path: Keys) -> Place:
        """The place of the key at the end of the path of keys, or of the record's own."""
        return self.node.key_place(path) if path else self.place


@dataclass(frozen=True, slots=True)
class Word:
    """One string of one language, where it stands, and where its key does."""

    text: str
    place: Place
    key: Place
    quoted: bool = True

    def inside(self, offset: int) -> Place:
        """The place of a character of the text; a backslash before it shifts the column."""
        return replace(self.place, column=self.place.column + self.quoted + offset)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A range of lines of a source in the reading ledger, and where it stands."""

    lines: str
    entry: LedgerEntry
    node: Node
    place: Place


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A line of the history, and where its key stands."""

    log: Log
    place: Place


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A release, and where it stands."""

    release: Release
    node: Node
    place: Place


@dataclass(frozen=True, slots=True)
class RemovedLine:
    """A removed record under its last id, and where it stands."""

    id: str
    record: Removed
    node: Node
    place: Place


def items(node: Node) -> Iterator[tuple[str, Node]]:
    """Keys and values of a mapping; none of anything else."""
    if isinstance(node.value, Mapping):
        yield from node.value.items()


def read_stamps(node: Node, problems: list[Problem]) -> dict[str, Word]:
    """The stamps of a language: key of a word to hash."""
    found = {}
    for key, value in items(node):
        place = node.key_places[key]
        if isinstance(value.value, str) and is_history(value.value):
            found[key] = Word(value.value, value.place, place, not value.plain)
        else:
            problems.append(
                Problem(place, "invalid-stamp", "this is not a hash", key, "twelve digits 0 to f")
            )
    return found


def read_exceptions(node: Node, problems: list[Problem]) -> dict[tuple[str, str, str], Word]:
    """Exceptions to the checks of words: language, rule and key, each with its reason."""
    found: dict[tuple[str, str, str], Word] = {}
    for language, rules in items(node):
        for rule, keys in items(rules):
            for key, reason in items(keys):
                place = keys.key_places[key]
                if isinstance(reason.value, str):
                    word = Word(reason.value, reason.place, place, not reason.plain)
                    found[language, rule, key] = word
                else:
                    problems.append(
                        Problem(place, "wrong-shape", "an exception has a reason", key, "a text")
                    )
    return found


def read_history(node: Node, problems: list[Problem]) -> dict[str, HistoryLine]:
    """The history of the records: the id that each was first published under to its line."""
    found = {}
    for key, value in items(node):
        place = node.key_places[key]
        log = typed(Log, value, problems, place)
        if log is not None:
            found[key] = HistoryLine(log, place)
    return found


def read_links(node: Node, problems: list[Problem]) -> dict[str, tuple[Excused, Place]]:
    """Addresses that need not answer for a while, and where that stands."""
    found = {}
    for url, value in items(node):
        place = node.key_places[url]
        excused = typed(Excused, value, problems, place)
        if excused is not None:
            found[url] = (excused, place)
    return found


def read_ledger(node: Node, problems: list[Problem]) -> list[LedgerLine]:
    """The lines of the reading ledger of a source, in order."""
    found = []
    for lines, value in items(node):
        place = node.key_places[lines]
        entry = typed(LedgerEntry, value, problems, place)
        if entry is not None:
            found.append(LedgerLine(lines, entry, value, place))
    return found


def read_releases(node: Node, problems: list[Problem]) -> dict[str, ReleaseLine]:
    """The releases of the data by their versions, in the order of the file."""
    found = {}
    for version, value in items(node):
        place = node.key_places[version]
        if not is_version(version):
            message, expected = "this is not a version", "three numbers, such as 1.0.0"
            problems.append(Problem(place, "invalid-value", message, version, expected))
            continue
        release = typed(Release, value, problems, place)
        if release is not None:
            found[version] = ReleaseLine(release, value, place)
    return found


def read_removed(node: Node, problems: list[Problem]) -> dict[str, RemovedLine]:
    """The removed records by their ids."""
    found = {}
    for identifier, value in items(node):
        place = node.key_places[identifier]
        if not is_slug(identifier):
            message, expected = "this cannot be an id", "lower-case ASCII words joined by hyphens"
            problems.append(Problem(place, "invalid-id", message, identifier, expected))
            continue
        record = typed(Removed, value, problems, place)
        if record is not None:
            found[identifier] = RemovedLine(identifier, record, value, place)
    return found


def read_vocabulary(node: Node, problems: list[Problem]) -> Vocabulary:
    """The vocabulary; entries and lists that are wrong are missing from it."""
    lists: dict[str, dict[str, Any]] = {}
    broken: list[str] = []
    for name, entries in items(node):
        place = node.key_places[name]
        if name not in LISTS:
            problems.append(
                Problem(
                    place,
                    "unknown-list",
                    "the vocabulary has no such list",
                    name,
                    "one of " + ", ".join(sorted(LISTS)),
                    closest(name, LISTS),
                )
            )
            continue
        lists[name] = {}
        for entry, attributes in items(entries):
            if not is_slug(entry):
                problems.append(
                    Problem(
                        entries.key_places[entry],
                        "invalid-id",
                        "this cannot be a term",
                        entry,
                        "lower-case ASCII words joined by hyphens",
                    )
                )
                continue
            term = typed(LISTS[name], attributes, problems, entries.key_places[entry])
            if term is None:
                broken.append(f"{name}.{entry}")
            else:
                lists[name][entry] = term
        if not lists[name]:
            problems.append(Problem(place, "empty-list", "the vocabulary list is empty", name))
            del lists[name]
    for name in LISTS:
        if name not in node.key_places:
            problems.append(
                Problem(node.place, "missing-list", "the vocabulary lacks a list", name)
            )
    found = Vocabulary(lists, broken)
    problems.extend(_unknown_terms(node, found))
    return found


def _unknown_terms(node: Node, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Entries that entries name and no list has."""
    for name, entries in vocabulary.lists.items():
        for entry, term in entries.items():
            for one in marked(term):
                known = one.mark.list if isinstance(one.mark, Term) else name
                is_broken = f"{known}.{one.value}" in vocabulary.broken
                if not vocabulary.has(known, one.value) and not is_broken:
                    yield Problem(
                        node.at((name, entry, *one.path)).place,
                        "unknown-term",
                        f"the vocabulary list {known} has no such entry",
                        one.value,
                        hint=closest(one.value, vocabulary.names(known)),
                    )
