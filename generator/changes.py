"""What of two states of the content reads differently, in the terms in which pages note reads.

A page whose reads are all the same is the same page. Where it is not worth finding out (settings,
vocabulary, patterns of values and dates) everything counts as changed, and so does any sort of
read that is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.dataset import Dataset, Item
from generator.routes import Routes
from generator.store import Word
from generator.words import NAME_KEYS, Words, notes_of

# Words files whose texts pages note one by one; what stands in others may show anywhere.
_NOTED = ("interface.yaml", "terms.yaml")
_SORTS = (
    *("all", "cited", "editions", "history", "item", "linked", "log", "names", "route"),
    *("standing", "subjects"),
    *("term", "terms", "text", "tiles", "vocabulary", "word", "words"),
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


def is_touched(reads: Iterable[str], changed: frozenset[str]) -> bool:
    """Whether a page with these reads has to be made again."""
    return not changed.isdisjoint(reads) or any(r.partition(":")[0] not in _SORTS for r in reads)


def _in_facts(old: Dataset, new: Dataset) -> Iterable[str]:
    routes = Routes(old), Routes(new)
    items = {i for i in _keys(old.items, new.items) if _differ(old.items.get(i), new.items.get(i))}
    # The history can name another id as the first.
    items |= {i for i in new.first_ids if old.first_ids.get(i) != new.first_ids[i]}
    for identifier in items:
        yield f"item:{identifier}"
    for identifier in items & old.items.keys() & new.items.keys():
        if routes[0][identifier] != routes[1][identifier]:
            yield f"route:{identifier}"
    for identifier in old.items.keys() ^ new.items.keys():
        yield f"route:{identifier}"
    kinds = {(old if i in old.items else new).items[i].kind for i in items}
    for kind in _keys(old.by_kind, new.by_kind):
        # Whoever lists a kind reads its records; their order is part of the answer.
        if kind in kinds or _ids(old.by_kind.get(kind, ())) != _ids(new.by_kind.get(kind, ())):
            yield f"all:{kind}"
    for identifier in _keys(old.links, new.links):
        a, b = old.links.get(identifier, {}), new.links.get(identifier, {})
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
            found.add(f"text:{key}")
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
