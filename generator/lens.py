"""What a page reads of the dataset and the words, noted as it reads.

A page sees content only through its lens. The notes say what the page depends on: records,
back-link queries, lists, addresses and words. Its key follows from them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

from generator.dataset import Dataset, Item, Statement, parties_of
from generator.model.dates import Date
from generator.model.history import Log
from generator.model.release import Release
from generator.model.vocabulary import Phase, Vocabulary
from generator.queries import QUERIES
from generator.reads import Memory, Reads
from generator.site import Site
from generator.words import Standing, Text, Words

_T = TypeVar("_T")


class Lens:
    """Reads for one page in one language, and remembers what was read in ``reads``."""

    def __init__(
        self,
        dataset: Dataset,
        words: Words,
        lang: str,
        memory: Memory | None = None,
        reads: Reads | None = None,
        *,
        editions: tuple[str, ...] = (),
    ) -> None:
        self._dataset = dataset
        self._words = words
        self._memory: Memory = {} if memory is None else memory
        self._reads = Reads() if reads is None else reads
        self._editions = editions
        self.lang = lang

    @property
    def reads(self) -> set[str]:
        """What was read so far."""
        return self._reads.now

    def kept(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """Return what ``make`` returns, made once for the language; what it read is noted again."""
        return self._reads.kept(self._memory, key, make)

    @property
    def site(self) -> Site:
        """The settings of the site."""
        return self._dataset.site

    def editions(self) -> tuple[str, ...]:
        """The names of the editions that are published together with the pages."""
        self.reads.add("editions:all")
        return self._editions

    def item(self, identifier: str) -> Item:
        """A record."""
        self.reads.add(f"item:{identifier}")
        return self._dataset.items[identifier]

    def first_id(self, identifier: str) -> str:
        """The id that a record was first published under."""
        self.reads.add(f"item:{identifier}")
        return self._dataset.first_ids[identifier]

    def log(self, identifier: str) -> Log | None:
        """When a record was added and changed, if there is a history."""
        self.reads.add(f"log:{identifier}")
        return self._dataset.logs.get(identifier)

    def last_change(self) -> Date:
        """The day of the last change of any record."""
        self.reads.add("history:last")
        return self._dataset.last_change

    def releases(self) -> Mapping[str, Release]:
        """The releases of the data by version, newest first."""
        self.reads.add("history:releases")
        return self._dataset.releases

    def version(self) -> str | None:
        """The version of the data."""
        self.reads.add("history:releases")
        return self._dataset.version

    def is_released(self) -> bool:
        """Whether the data are those of the last release."""
        self.reads.add("history:releases")
        return self._dataset.is_released

    def now_of(self, identifier: str) -> str | None:
        """The id that the record of an id has now, which it may have had formerly; None if gone."""
        dataset = self._dataset
        now = identifier if identifier in dataset.items else dataset.redirects.get(identifier)
        self.reads.update((f"route:{identifier}", f"route:{now}"))
        return now

    def subjects_of(self, identifier: str) -> tuple[str, ...]:
        """The ids of what a record is about, and of the regions where that is."""
        self.reads.update((f"item:{identifier}", f"subjects:{identifier}"))
        return self._dataset.subjects[identifier]

    def all(self, kind: str) -> tuple[Item, ...]:
        """All records of a kind, in their order."""
        self.reads.add(f"all:{kind}")
        return self._dataset.by_kind[kind]

    def ids(self, kind: str) -> tuple[str, ...]:
        """The ids of a kind in the order of their records, which are not read."""
        self.reads.add(f"ids:{kind}")
        return tuple(item.id for item in self._dataset.by_kind[kind])

    def query(self, name: str) -> Any:
        """The answer to one of the ``queries``."""
        self.reads.add(f"query:{name}")
        return self._dataset.answer(name, QUERIES[name])

    def linked(self, identifier: str, kind: str) -> tuple[Item, ...]:
        """The records of a kind that refer to a record."""
        self.reads.add(f"linked:{identifier}:{kind}")
        found = self._dataset.linked(identifier, kind)
        self.reads.update(f"item:{item.id}" for item in found)
        return found

    def cited_by(self, source: str) -> tuple[Item, ...]:
        """The records that rest on a source."""
        self.reads.add(f"cited:{source}")
        return tuple(self.item(i) for i in self._dataset.cited_by.get(source, ()))

    def of_term(self, name: str, entry: str) -> tuple[Item, ...]:
        """The records that name an entry of a vocabulary list, by kind, each in its order."""
        self.reads.add(f"term:{name}.{entry}")
        return tuple(self.item(i) for i in self._dataset.by_term.get(f"{name}.{entry}", ()))

    def entries(self, name: str) -> tuple[str, ...]:
        """The entries of a vocabulary list that a record names, in the order of the list."""
        self.reads.add("vocabulary")
        self.reads.add(f"terms:{name}")
        used = self._dataset.by_term
        return tuple(e for e in self._dataset.vocabulary.names(name) if f"{name}.{e}" in used)

    def parties_of(self, item: Item) -> tuple[str, ...]:
        """The ids of the parties of a document, and of the regions where they are."""
        self.reads.update((f"item:{item.id}", f"subjects:{item.id}"))
        return parties_of(self._dataset.items, item)

    def statement(self, identifier: str) -> Statement:
        """A figure, standalone or inline."""
        return self._noted(self._dataset.statements[identifier])

    def statements_of(self, identifier: str) -> tuple[Statement, ...]:
        """The figures of a record."""
        self.reads.add(f"item:{identifier}")
        found = self._dataset.statements_of.get(identifier, ())
        return tuple(self._noted(statement) for statement in found)

    def _noted(self, statement: Statement) -> Statement:
        """The figure, its record noted, and the figures that it is derived from."""
        self.reads.add(f"item:{statement.owner}")
        if statement.amount.derived is not None:
            for identifier in statement.amount.derived.inputs:
                self.statement(identifier)
        return statement

    def word(self, key: str) -> Text | None:
        """A word of a record, in the page's language or else the source language."""
        self.reads.add(f"word:{key}")
        return self._words.find(self.lang, key)

    def names(self, identifier: str) -> dict[str, str]:
        """What a record is called in all languages: each name with the first that has it.

        The page's own language comes first.
        """
        self.reads.add(f"names:{identifier}")
        return self._words.names(self._dataset.site.codes, self.lang, identifier)

    def name_in(self, lang: str, identifier: str) -> str | None:
        """What a record is called in a language, if that has a name for it itself."""
        self.reads.add(f"names:{identifier}")
        word = self._words.place(lang, f"{identifier}.name")
        return word.text if word is not None and word.text else None

    def standing(self, lang: str) -> Standing:
        """How a translation stands, with what is open in it."""
        self.reads.add(f"standing:{lang}")
        return self._words.standing(lang)

    def languages(self) -> list[str]:
        """The languages that have every string that was read so far."""
        codes = self._dataset.site.codes
        return [c for c in codes if self.reads.isdisjoint(self._words.standing(c).missing)]

    def paragraphs(self, key: str) -> tuple[Text, ...]:
        """A word and its further paragraphs."""
        self.reads.add(f"words:{key}")
        return tuple(self._words.paragraphs(self.lang, key))

    @property
    def vocabulary(self) -> Vocabulary:
        """The closed lists of terms."""
        self.reads.add("vocabulary")
        return self._dataset.vocabulary

    def tiles(self) -> Mapping[str, Mapping[str, tuple[int, int]]]:
        """The tile map: for each country with tiles its regions, each with row and column."""
        self.reads.add("tiles:all")
        return self._dataset.tiles

    def is_plan(self, agreement_kind: str) -> bool:
        """Whether an agreement of this kind is a plan."""
        self.reads.add("vocabulary")
        return self._dataset.vocabulary.is_plan(agreement_kind)

    def phase(self, stage: str) -> Phase:
        """Whether what has reached a stage lies ahead, goes on or is over."""
        self.reads.add("vocabulary")
        return self._dataset.vocabulary.stage(stage).phase

    def measure_order(self, measure: str) -> int:
        """Where a measure stands in the vocabulary."""
        self.reads.add("vocabulary")
        return self._dataset.vocabulary.names("measures").index(measure)
