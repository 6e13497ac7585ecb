"""Reads a content folder into typed records, vocabulary, settings and words.

Nothing here judges more than one record: what spans records is checked in ``checks``. Every value
keeps its place in its file, so that a later problem can name it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.entries import (
    Entry,
    HistoryLine,
    LedgerLine,
    ReleaseLine,
    RemovedLine,
    Word,
    items,
    read_exceptions,
    read_history,
    read_ledger,
    read_links,
    read_releases,
    read_removed,
    read_stamps,
    read_vocabulary,
)
from generator.errors import Place, Problem, closest
from generator.model.fields import is_slug
from generator.model.kinds import BY_PLURAL, Kind
from generator.model.links import Excused
from generator.model.vocabulary import Vocabulary
from generator.site import Site
from generator.source import MAX_BYTES, Node, find_files, read_yaml
from generator.source.files import load, unreadable
from generator.typed import typed

FACTS = "facts"
# Words files that belong to no kind: interface texts, labels of terms, patterns of values and
# dates, case forms of names.
TEXT_FILES = ("interface", "terms", "values", "names")
# Files beside them that readers never see: what the checks of words look for in a language.
SPELLING_FILES = ("spelling", "glossary")

# More faults of the records of one file are not told.
MAX_FAULTS = 1_000
_ID = re.compile(rb"^(?:\xff\xfe|\xfe\xff)?([a-z][a-z0-9-]*)[ ]*:", re.MULTILINE)


@dataclass(slots=True)
class Store:
    """Everything that was read.

    ``words`` maps language to key to word, ``texts`` likewise for the words that belong to no
    record, ``spelling`` for the settings of the checks of words. ``repeated`` are records whose id
    was taken already, ``broken`` the ids of records
    that could not be typed, ``unread`` the files that could not be read at all
    (``words/en/regions.yaml``): nobody misses what seems to stand there. ``needed_texts`` are the
    texts that templates ask for, ``versions`` the files that were read with a hash of each.
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
    spelling: dict[str, dict[str, Word]] = field(default_factory=dict)
    exceptions: dict[tuple[str, str, str], Word] = field(default_factory=dict)
    stamps: dict[str, dict[str, Word]] = field(default_factory=dict)
    ledger: dict[str, list[LedgerLine]] = field(default_factory=dict)
    history: dict[str, HistoryLine] = field(default_factory=dict)
    links: dict[str, tuple[Excused, Place]] = field(default_factory=dict)
    releases: dict[str, ReleaseLine] = field(default_factory=dict)
    removed: dict[str, RemovedLine] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    versions: list[tuple[str, bytes]] = field(default_factory=list)

    def of_kind(self, name: str) -> Iterator[Entry]:
        """All records of a kind, in order of files and lines."""
        return (entry for entry in self.entries.values() if entry.kind.name == name)


# What each file brought when it was last read: its name and a hash of its bytes -> a store of it.
Pieces = MutableMapping[tuple[str, bytes], Store]


def read_store(content: Path, pieces: Pieces | None = None) -> Store:
    """Read the content folder; places of problems are relative to the folder above it.

    Returns a store in any case: what could not be read is missing from it and named in its
    problems. ``pieces`` keeps what was read for the next time: a file that has not changed since
    is not read again, and what no file needs any more is dropped.
    """
    store = Store()
    label = content.name
    if not content.is_dir():
        store.problems.append(Problem(Place(label), "missing-file", "there is no content folder"))
        return store
    files, problems = find_files(content, base=content.parent)
    store.problems += problems
    kept: Pieces = {}
    seen: set[tuple[str, ...]] = set()
    for path in files:
        parts = path.relative_to(content).parts
        seen.add(parts)
        name = "/".join((label, *parts))
        try:
            data = load(path, MAX_BYTES + 1)
        except OSError as error:
            store.problems.append(unreadable(name, error))
            store.unread.add("/".join(parts))
            continue
        key = (name, hashlib.blake2b(data, digest_size=16).digest())
        piece = pieces.get(key) if pieces is not None else None
        kept[key] = piece or _read_piece(parts, name, data)
        store.versions.append(key)
        _join(store, kept[key])
    if pieces is not None:
        pieces.clear()
        pieces.update(kept)
    for needed in (("site.yaml",), (FACTS, "vocabulary.yaml")):
        if needed not in seen:
            place = Place("/".join((label, *needed)))
            store.problems.append(Problem(place, "missing-file", "this file is missing"))
    return store


def _read_piece(parts: tuple[str, ...], name: str, data: bytes) -> Store:
    """What one file brings; a pure function of its name and bytes."""
    piece = Store()
    node, problems = read_yaml(data, name)
    piece.problems += problems
    if node is None:
        piece.unread.add("/".join(parts))
        piece.broken |= _ids_in(data) if parts[0] == FACTS else set()
    else:
        _sort_in(piece, parts, node)
    return piece


def _join(store: Store, piece: Store) -> None:
    """Add to a store what one file brought; what an earlier file has already stays as it is."""
    if piece.site_node is not None:
        store.site, store.site_node = piece.site, piece.site_node
    if piece.vocabulary.lists or piece.vocabulary.broken:
        store.vocabulary = piece.vocabulary
    for identifier, entry in piece.entries.items():
        if identifier in store.entries:
            store.repeated.append(entry)
        else:
            store.entries[identifier] = entry
    store.broken |= piece.broken
    store.unread |= piece.unread
    for target, groups in (
        (store.words, piece.words),
        (store.texts, piece.texts),
        (store.spelling, piece.spelling),
    ):
        for language, words in groups.items():
            _join_words(store, target.setdefault(language, {}), words)
    store.exceptions.update(piece.exceptions)
    store.stamps.update(piece.stamps)
    store.ledger.update(piece.ledger)
    store.history.update(piece.history)
    store.links.update(piece.links)
    store.releases.update(piece.releases)
    store.removed.update(piece.removed)
    store.problems += piece.problems


def _join_words(store: Store, target: dict[str, Word], words: dict[str, Word]) -> None:
    for key in words.keys() & target.keys():
        message = f"this word stands already at {target[key].place}"
        store.problems.append(Problem(words[key].key, "duplicate-word", message, key))
    target.update({**words, **target} if words.keys() & target.keys() else words)


def _ids_in(data: bytes) -> set[str]:
    """What seem to be ids in a file that is no text or no YAML, so that nobody misses them."""
    # Without zeros, ASCII in wide encodings is ASCII.
    return {found[1].decode() for found in _ID.finditer(data[:MAX_BYTES].replace(b"\0", b""))}


def _sort_in(store: Store, parts: tuple[str, ...], node: Node) -> None:
    match parts:
        case ("site.yaml",):
            store.site = typed(Site, node, store.problems)
            store.site_node = node
        case ("facts", "vocabulary.yaml"):
            store.vocabulary = read_vocabulary(node, store.problems)
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
        case ("exceptions.yaml",):
            store.exceptions = read_exceptions(node, store.problems)
        case ("stamps", file):
            store.stamps[file.removesuffix(".yaml")] = read_stamps(node, store.problems)
        case ("ledger", file):
            store.ledger[file.removesuffix(".yaml")] = read_ledger(node, store.problems)
        case ("removed.yaml",):
            store.removed = read_removed(node, store.problems)
        case ("releases.yaml",):
            store.releases = read_releases(node, store.problems)
        case ("history.yaml",):
            store.history = read_history(node, store.problems)
        case ("links.yaml",):
            store.links = read_links(node, store.problems)
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
    told = len(store.problems)
    for identifier, value in items(node):
        place = node.key_places[identifier]
        if len(store.problems) - told > MAX_FAULTS:
            if is_slug(identifier):
                store.broken.add(identifier)
            continue
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
        store.entries[identifier] = Entry(identifier, kind, record, value, place)
    if len(store.problems) - told > MAX_FAULTS:
        message = f"the file has more than {MAX_FAULTS:,} faults; what follows was not looked at"
        store.problems.append(Problem(node.place, "too-many-problems", message))


def _slug(text: str) -> str | None:
    """The id that a text was perhaps meant to be."""
    slug = "-".join(re.findall("[a-z0-9]+", text.lower()))
    return slug if is_slug(slug) else None


def _words(store: Store, language: str, file: str, node: Node) -> None:
    groups = {
        **dict.fromkeys(TEXT_FILES, store.texts),
        **dict.fromkeys(SPELLING_FILES, store.spelling),
    }
    if file not in groups and file not in BY_PLURAL:
        known = [*groups, *BY_PLURAL]
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
    target = groups.get(file, store.words).setdefault(language, {})
    for key, value in items(node):
        place = node.key_places[key]
        if isinstance(value.value, str):
            target[key] = Word(value.value, value.place, place, not value.plain)
        else:
            rule = "empty-value" if value.value is None else "wrong-shape"
            problem = Problem(place, rule, "a word is one text", key, "a line in quotes")
            store.problems.append(problem)


__all__ = ["Entry", "HistoryLine", "LedgerLine", "Store", "Word", "read_store"]
