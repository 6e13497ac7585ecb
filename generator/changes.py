"""What of two states of the content reads differently, in the terms in which pages note reads.

A page whose reads are all the same is the same page. Where it is not worth finding out (settings,
vocabulary, patterns of values and dates) everything counts as changed; a sort of read that is not
known here is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.dataset import Dataset, Item
from generator.queries import QUERIES
from generator.routes import Routes
from generator.store import Word
from generator.words import NAME_KEYS, Words, notes_of

# Words files whose texts pages note one by one; what stands in others may show anywhere.
_NOTED = ("interface.yaml", "terms.yaml")
#: The sorts of reads that are compared here.
SORTS = frozenset(
    (
        *("all", "cited", "editions", "facts", "history", "ids", "item", "linked", "links", "log"),
        *("names", "query", "route", "standing", "subjects", "term", "terms", "text", "texts"),
        *("tiles", "vocabulary", "word", "words"),
    )
)


@dataclass(frozen=True)
class Content:
    """All that pages are made of: the dataset and the words of all languages.

    ``editions`` are the names of those that are published together with the pages.
    """

    dataset: Dataset
    words: Words
    editions: tuple[str, ...] = ()


class Changes:
    """What differs between two states of the content; ask for it language by language."""

    def __init__(self, old: Content, new: Content) -> None:
        self._old = old
        self._new = new
        a, b = old.dataset, new.dataset
        self._everything = a.site != b.site or a.vocabulary.lists != b.vocabulary.lists
        shared = () if self._everything else (*_in_facts(a, b), *_in_names(old, new))
        editions = () if old.editions == new.editions else ("editions:all",)
        self._shared = frozenset((*shared, *editions))

    def of(self, lang: str) -> frozenset[str] | None:
        """The reads that give something else in a language; None if that may be all of them."""
        words = _in_words(self._old.words, self._new.words, lang)
        if self._everything or words is None:
            return None
        standings = _in_standings(self._old, self._new, lang)
        return self._shared.union(words, standings)

    def of_all(self) -> frozenset[str] | None:
        """The reads that give something else in any language; None if that may be all of them."""
        found = [self.of(code) for code in self._new.dataset.site.codes]
        return None if None in found else frozenset().union(*(one for one in found if one))


def refuse_unknown(reads: Iterable[str]) -> None:
    """Raise ValueError for a read of a sort that is not compared here: a mistake in the program."""
    for read in reads:
        if read.partition(":")[0] not in SORTS:
            raise ValueError(f"nobody would notice a change of what was read as {read!r}")


def _in_facts(old: Dataset, new: Dataset) -> Iterable[str]:
    routes = Routes(old), Routes(new)
    items = {i for i in _keys(old.items, new.items) if _differ(old.items.get(i), new.items.get(i))}
    # The history can name another id as the first.
    items |= {i for i in new.first_ids if old.first_ids.get(i) != new.first_ids[i]}
    items |= _derived_from(old, items) | _derived_from(new, items)
    for identifier in items:
        yield f"item:{identifier}"
    whole = ("first_ids", "gone", "logs", "redirects", "releases", "removed")
    if items or any(getattr(old, name) != getattr(new, name) for name in whole):
        yield "facts:all"
    # A record that stands on the page of another moves with that, though it says the same itself.
    for identifier in old.items.keys() & new.items.keys():
        if routes[0][identifier] != routes[1][identifier]:
            yield f"route:{identifier}"
    for identifier in old.items.keys() ^ new.items.keys():
        yield f"route:{identifier}"
    kinds = {(old if i in old.items else new).items[i].kind for i in items}
    for kind in _keys(old.by_kind, new.by_kind):
        # Whoever lists a kind reads its records; their order is part of the answer.
        before, after = _ids(old.by_kind.get(kind, ())), _ids(new.by_kind.get(kind, ()))
        if before != after:
            yield f"ids:{kind}"
        if kind in kinds or before != after:
            yield f"all:{kind}"
    for name, ask in QUERIES.items():
        if old.answer(name, ask) != new.answer(name, ask):
            yield f"query:{name}"
    for identifier in _keys(old.links, new.links):
        a, b = old.links.get(identifier, {}), new.links.get(identifier, {})
        if a != b:
            yield f"links:{identifier}"
        for kind in _keys(a, b):
            if a.get(kind) != b.get(kind):
                yield f"linked:{identifier}:{kind}"
    for identifier in _keys(old.subjects, new.subjects):
        if old.subjects.get(identifier) != new.subjects.get(identifier):
            yield f"subjects:{identifier}"
    for term in _keys(old.by_term, new.by_term):
        if old.by_term.get(term) != new.by_term.get(term):
            yield f"term:{term}"
        if (term in old.by_term) != (term in new.by_term):
            yield f"terms:{term.partition('.')[0]}"
    if (old.releases, old.is_released) != (new.releases, new.is_released):
        yield "history:releases"
    if old.last_change != new.last_change:
        yield "history:last"
    for identifier in _keys(old.logs, new.logs):
        if old.logs.get(identifier) != new.logs.get(identifier):
            yield f"log:{identifier}"
    if old.tiles != new.tiles:
        yield "tiles:all"
    for source in _keys(old.cited_by, new.cited_by):
        if old.cited_by.get(source) != new.cited_by.get(source):
            yield f"cited:{source}"


def _derived_from(dataset: Dataset, items: set[str]) -> set[str]:
    """The records with figures that are derived from those of others, at any remove."""
    derived = [one for one in dataset.statements.values() if one.amount.derived is not None]
    found, before = set(items), -1
    while len(found) != before:
        before = len(found)
        for one in derived:
            inputs = one.amount.derived.inputs if one.amount.derived is not None else ()
            if any(other.partition(".")[0] in found for other in inputs):
                found.add(one.owner)
    return found


def _keys(*mappings: Mapping[str, object]) -> set[str]:
    return set().union(*mappings)


def _ids(items: Iterable[Item]) -> list[str]:
    return [item.id for item in items]


def _differ(old: Item | None, new: Item | None) -> bool:
    if old is None or new is None:
        return True
    if (old.file, old.kind) != (new.file, new.kind):
        return True
    return old.record is not new.record and old.record != new.record


def _in_names(old: Content, new: Content) -> Iterable[str]:
    """Records that are called otherwise in any language."""
    for code in new.dataset.site.codes:
        for key in _changed(old.words.words_of(code), new.words.words_of(code)):
            identifier, _, name = key.rpartition(".")
            if name in NAME_KEYS:
                yield f"names:{identifier}"


def _in_words(old: Words, new: Words, lang: str) -> set[str] | None:
    """Words and texts that read differently, in this language or in that which it falls back to."""
    if old.files != new.files:
        return None
    found: set[str] = set()
    for code in {lang, new.source_language}:
        before, after = old.texts_of(code), new.texts_of(code)
        for key in _changed(before, after):
            word = after.get(key) or before[key]
            if not word.place.file.endswith(_NOTED):
                return None
            found |= {f"text:{key}", "texts:all"}
        for key in _changed(old.words_of(code), new.words_of(code)):
            found |= notes_of(key)
    for key in old.standing(lang).stale ^ new.standing(lang).stale:
        found |= notes_of(key)
    return found


def _changed(old: Mapping[str, Word], new: Mapping[str, Word]) -> Iterable[str]:
    for key in _keys(old, new):
        before, after = old.get(key), new.get(key)
        if before is not after and (before is None or after is None or before.text != after.text):
            yield key


def _in_standings(old: Content, new: Content, lang: str) -> set[str]:
    found: set[str] = set()
    for code in new.dataset.site.codes:
        before, after = old.words.standing(code), new.words.standing(code)
        found |= before.missing ^ after.missing  # pages say which languages have all of them
        if before != after:
            found.add(f"standing:{code}")
    return found
