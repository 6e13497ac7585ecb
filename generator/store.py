"""Reads a content folder into typed records, vocabulary, settings and words.

Nothing here judges more than one record: what spans records is checked in ``checks``. Every value
keeps its place in its file, so that a later problem can name it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from generator.errors import Place, Problem, closest
from generator.model.fields import is_slug
from generator.model.kinds import BY_PLURAL, KINDS, Kind
from generator.model.ledger import LedgerEntry, is_hash
from generator.model.records import Record
from generator.model.vocabulary import LISTS, Vocabulary
from generator.site import Site
from generator.source import MAX_BYTES, Node, find_files, read_file
from generator.typed import Keys, typed

FACTS = "facts"
WORDS = "words"
# Words files that belong to no kind: interface texts, labels of terms, patterns of values and
# dates, case forms of names.
TEXT_FILES = ("interface", "terms", "values", "names")

_ID = re.compile(rb"^(?:\xff\xfe|\xfe\xff)?([a-z][a-z0-9-]*)[ ]*:", re.MULTILINE)


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


@dataclass(slots=True)
class Store:
    """Everything that was read.

    ``words`` maps language to key to word, ``texts`` likewise for the words that belong to no
    record. ``repeated`` are records whose id was taken already, ``broken`` the ids of records
    that could not be typed, ``unread`` the files that could not be read at all
    (``words/en/regions.yaml``): nobody misses what seems to stand there. ``needed_texts`` are the
    texts that templates ask for.
    """

    site: Site | None = None
    site_node: Node | None = None
    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary({}))
    entries: dict[str, Entry] = field(default_factory=dict)
    repeated: list[Entry] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    needed_texts: frozenset[str] = frozenset()
    words: dict[str, dict[str, Word]] = field(default_factory=dict)
    texts: dict[str, dict[str, Word]] = field(default_factory=dict)
    stamps: dict[str, dict[str, Word]] = field(default_factory=dict)
    ledger: dict[str, list[LedgerLine]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def of_kind(self, name: str) -> Iterator[Entry]:
        """All records of a kind, in order of files and lines."""
        return (entry for entry in self.entries.values() if entry.kind.name == name)


def read_store(content: Path) -> Store:
    """Read the content folder; places of problems are relative to the folder above it.

    Returns a store in any case: what could not be read is missing from it and named in its
    problems.
    """
    store = Store()
    label = content.name
    if not content.is_dir():
        store.problems.append(Problem(Place(label), "missing-file", "there is no content folder"))
        return store
    files, problems = find_files(content, base=content.parent)
    store.problems += problems
    documents: dict[tuple[str, ...], Node] = {}
    seen: set[tuple[str, ...]] = set()
    for path in files:
        parts = path.relative_to(content).parts
        name = "/".join((label, *parts))
        seen.add(parts)
        node, problems = read_file(path, name)
        store.problems += problems
        if node is not None:
            documents[parts] = node
        else:
            store.unread.add("/".join(parts))
            store.broken |= _ids_in(path) if parts[0] == FACTS else set()
    for needed in (("site.yaml",), (FACTS, "vocabulary.yaml")):
        if needed not in seen:
            place = Place("/".join((label, *needed)))
            store.problems.append(Problem(place, "missing-file", "this file is missing"))
    for parts, node in documents.items():
        _sort_in(store, parts, node)
    return store


def _ids_in(path: Path) -> set[str]:
    """What seem to be ids in a file that is no text or no YAML, so that nobody misses them."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES)
    except OSError:
        return set()
    # Without zeros, ASCII in wide encodings is ASCII.
    return {found[1].decode() for found in _ID.finditer(data.replace(b"\0", b""))}


def _sort_in(store: Store, parts: tuple[str, ...], node: Node) -> None:
    match parts:
        case ("site.yaml",):
            store.site = typed(Site, node, store.problems)
            store.site_node = node
        case ("facts", "vocabulary.yaml"):
            store.vocabulary = _vocabulary(node, store.problems)
        case ("facts", folder, _) if folder in BY_PLURAL:
            _records(store, BY_PLURAL[folder], node)
        case ("facts", folder, _):
            store.problems.append(
                Problem(
                    node.place,
                    "unknown-kind",
                    "the folder is not the name of a kind",
                    folder,
                    "one of " + ", ".join(sorted(BY_PLURAL)),
                    closest(folder, BY_PLURAL),
                )
            )
        case ("words", language, file):
            _words(store, language, file.removesuffix(".yaml"), node)
        case ("stamps", file):
            store.stamps[file.removesuffix(".yaml")] = _stamps(node, store.problems)
        case ("ledger", file):
            store.ledger[file.removesuffix(".yaml")] = _ledger(node, store.problems)
        case ("history.yaml",):
            pass
        case _:
            store.problems.append(
                Problem(
                    node.place,
                    "wrong-folder",
                    "nothing is read from here",
                    "/".join(parts),
                    "facts/KIND/, words/LANGUAGE/, stamps/LANGUAGE.yaml or ledger/SOURCE.yaml",
                )
            )


def _records(store: Store, kind: Kind, node: Node) -> None:
    # Records that a syntax error tore are not "unknown" to those that refer to them.
    torn = node.key_places.keys() - (node.value.keys() if isinstance(node.value, dict) else set())
    store.broken |= torn
    for identifier, value in _items(node):
        place = node.key_places[identifier]
        if not is_slug(identifier):
            store.problems.append(
                Problem(
                    place,
                    "invalid-id",
                    "this cannot be an id",
                    identifier,
                    "lower-case ASCII words joined by hyphens, starting with a letter",
                    _slug(identifier),
                )
            )
            continue
        record = typed(kind.model, value, store.problems, place)
        if record is None:
            store.broken.add(identifier)
            continue
        entry = Entry(identifier, kind, record, value, place)
        if identifier in store.entries:
            store.repeated.append(entry)
        else:
            store.entries[identifier] = entry


def _slug(text: str) -> str | None:
    """The id that a text was perhaps meant to be."""
    slug = "-".join(re.findall("[a-z0-9]+", text.lower()))
    return slug if is_slug(slug) else None


def _words(store: Store, language: str, file: str, node: Node) -> None:
    is_text = file in TEXT_FILES
    if not is_text and file not in BY_PLURAL:
        known = [*TEXT_FILES, *BY_PLURAL]
        store.problems.append(
            Problem(
                node.place,
                "unknown-kind",
                "the words file is not named after a kind",
                file,
                "one of " + ", ".join(sorted(known)),
                closest(file, known),
            )
        )
        return
    target = (store.texts if is_text else store.words).setdefault(language, {})
    for key, value in _items(node):
        place = node.key_places[key]
        if isinstance(value.value, str):
            if key in target:
                store.problems.append(
                    Problem(
                        place,
                        "duplicate-word",
                        f"this word stands already at {target[key].place}",
                        key,
                    )
                )
                continue
            target[key] = Word(value.value, value.place, place, not value.plain)
        else:
            rule = "empty-value" if value.value is None else "wrong-shape"
            problem = Problem(place, rule, "a word is one text", key, "a line in quotes")
            store.problems.append(problem)


def _stamps(node: Node, problems: list[Problem]) -> dict[str, Word]:
    found = {}
    for key, value in _items(node):
        place = node.key_places[key]
        if isinstance(value.value, str) and is_hash(value.value):
            found[key] = Word(value.value, value.place, place, not value.plain)
        else:
            problems.append(
                Problem(place, "invalid-stamp", "this is not a hash", key, "twelve digits 0 to f")
            )
    return found


def _ledger(node: Node, problems: list[Problem]) -> list[LedgerLine]:
    found = []
    for lines, value in _items(node):
        place = node.key_places[lines]
        entry = typed(LedgerEntry, value, problems, place)
        if entry is not None:
            found.append(LedgerLine(lines, entry, value, place))
    return found


def _vocabulary(node: Node, problems: list[Problem]) -> Vocabulary:
    lists: dict[str, dict[str, Any]] = {}
    broken: list[str] = []
    for name, entries in _items(node):
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
        for entry, attributes in _items(entries):
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
    return Vocabulary(lists, broken)


def _items(node: Node) -> Iterator[tuple[str, Node]]:
    if isinstance(node.value, Mapping):
        yield from node.value.items()


def record_of(entry: Entry) -> Record:
    """The record of an entry, typed as what all kinds share."""
    record: Record = entry.record
    return record


__all__ = ["KINDS", "Entry", "Store", "Word", "read_store", "record_of"]
