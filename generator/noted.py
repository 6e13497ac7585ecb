"""A dataset and words that note what is read of them, for files that are no pages.

They are handed to code that knows nothing of it: looking something up in one of their mappings
notes the same reads as a page's lens does, going through a mapping notes all of it. What is asked
for once and used in several files goes through ``shared``, which notes it for each.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import fields
from functools import wraps
from typing import Any, TypeVar, cast

from generator.dataset import Dataset
from generator.lens import Lens
from generator.model.dates import Date
from generator.queries import QUERIES
from generator.reads import Memory, Reads
from generator.routes import Routes
from generator.store import Word
from generator.words import Standing, Text, Words

_F = TypeVar("_F", bound=Callable[..., Any])
_T = TypeVar("_T")
_V = TypeVar("_V")


class _Noting(Mapping[str, _V]):
    """A mapping that notes the keys that are looked up, and that it was gone through."""

    def __init__(
        self, inner: Mapping[str, _V], reads: Reads, one: Callable[[str], Iterable[str]], every: str
    ) -> None:
        self._inner = inner
        self._reads = reads
        self._one = one
        self._every = every

    def __getitem__(self, key: str) -> _V:
        self._reads.now.update(self._one(key))
        return self._inner[key]

    def __contains__(self, key: object) -> bool:
        self._reads.now.update(self._one(str(key)))
        return key in self._inner

    def __iter__(self) -> Iterator[str]:
        self._reads.now.add(self._every)
        return iter(self._inner)

    def __len__(self) -> int:
        self._reads.now.add(self._every)
        return len(self._inner)

    def get(self, key: str, default: Any = None) -> Any:
        self._reads.now.update(self._one(key))
        return self._inner.get(key, default)

    def items(self) -> Any:
        self._reads.now.add(self._every)
        return self._inner.items()

    def values(self) -> Any:
        self._reads.now.add(self._every)
        return self._inner.values()


#: What was made once, by language and purpose, and under "" for all. Values know no dataset.
Memories = dict[str, Memory]

# How a look-up in each mapping of a dataset is noted; going through one notes "facts:all".
_NOTES: Mapping[str, Callable[[str], Iterable[str]]] = {
    "items": lambda key: (f"item:{key}",),
    "by_kind": lambda key: (f"all:{key}",),
    "subjects": lambda key: (f"item:{key}", f"subjects:{key}"),
    "links": lambda key: (f"links:{key}",),
    "statements_of": lambda key: (f"item:{key}",),
    "statements": lambda key: (f"item:{key.partition('.')[0]}",),
    "cited_by": lambda key: (f"cited:{key}",),
    "by_term": lambda key: (f"term:{key}",),
    "first_ids": lambda key: (f"item:{key}",),
    "logs": lambda key: (f"log:{key}",),
}
_WHOLE = ("redirects", "gone", "removed", "releases")
EVERYTHING = "facts:all"


class _Dataset(Dataset):
    """A dataset whose mappings note, and whose sums are those of the one behind it."""

    _behind: Dataset
    keeper: Noted

    @property
    def last_change(self) -> Date:
        """The day of the last change of any record."""
        self.keeper.reads.now.add("history:last")
        return self._behind.last_change

    @property
    def tiles(self) -> Mapping[str, Mapping[str, tuple[int, int]]]:
        """The tile map."""
        self.keeper.reads.now.add("tiles:all")
        return self._behind.tiles

    def answer(self, name: Hashable, ask: Callable[[Dataset], Any]) -> Any:
        """The answer to one of the ``queries``, or to what is asked of the dataset behind."""
        if name not in QUERIES:
            raise ValueError(f"nobody would notice another answer to {name!r}")
        self.keeper.reads.now.add(f"query:{name}")
        return self._behind.answer(name, ask)

    @property
    def is_released(self) -> bool:
        """Whether the records say what they said at the last release."""
        self.keeper.reads.now.add("history:releases")
        return self._behind.is_released

    def linked(self, identifier: str, kind: str) -> tuple[Any, ...]:
        """The records of a kind that refer to a record."""
        now = self.keeper.reads.now
        now.add(f"linked:{identifier}:{kind}")
        found = self._behind.linked(identifier, kind)
        now.update(f"item:{item.id}" for item in found)
        return found


class _Routes(Routes):
    """Addresses that note whose they are."""

    def __init__(self, inner: Routes, reads: Reads) -> None:
        self._inner = inner
        self._reads = reads

    def __getitem__(self, identifier: str) -> str:
        self._reads.now.add(f"route:{identifier.partition('.')[0]}")
        return self._inner[identifier]


class _Words(Words):
    """Words that note which were read."""

    def __init__(self, inner: Words, reads: Reads) -> None:
        self.source_language = inner.source_language
        self._inner = inner
        self._reads = reads

    def standing(self, lang: str) -> Standing:
        """How a language stands."""
        self._reads.now.add(f"standing:{lang}")
        return self._inner.standing(lang)

    def find(self, lang: str, key: str) -> Text | None:
        """The word in ``lang``, else in the source language, else None."""
        self._reads.now.add(f"word:{key}")
        return self._inner.find(lang, key)

    def paragraphs(self, lang: str, key: str) -> Iterator[Text]:
        """The word and its further paragraphs."""
        self._reads.now.add(f"words:{key}")
        return self._inner.paragraphs(lang, key)

    def texts(self, lang: str) -> dict[str, str]:
        """The texts of the interface, all of them."""
        self._reads.now.add("texts:all")
        return self._inner.texts(lang)

    def names(self, codes: Iterable[str], lang: str, identifier: str) -> dict[str, str]:
        """The names of a record in each language."""
        self._reads.now.add(f"names:{identifier}")
        return self._inner.names(codes, lang, identifier)

    def place(self, lang: str, key: str) -> Word | None:
        """The word with its place, only if the language itself has it."""
        self._reads.now.add(f"word:{key}")
        return self._inner.place(lang, key)


class Noted:
    """Content that notes what is read of it, and a memory of what was made of it.

    ``lens`` gives one that notes likewise, for a language.
    """

    def __init__(
        self, dataset: Dataset, words: Words, routes: Routes, memories: Memories | None = None
    ) -> None:
        self.reads = Reads()
        self._strings: dict[str, str] = {}
        self._plain = (dataset, words)
        self.memories: Memories = memories or {}
        values = {field.name: getattr(dataset, field.name) for field in fields(dataset)}
        for name, one in _NOTES.items():
            values[name] = _Noting(values[name], self.reads, one, EVERYTHING)
        for name in _WHOLE:
            values[name] = _Noting(values[name], self.reads, lambda key: (EVERYTHING,), EVERYTHING)
        noting = _Dataset(**values)
        object.__setattr__(noting, "_behind", dataset)
        object.__setattr__(noting, "keeper", self)
        self.dataset: Dataset = noting
        self.words: Words = _Words(words, self.reads)
        self.routes: Routes = _Routes(routes, self.reads)

    def lens(self, lang: str, purpose: str) -> Lens:
        """A lens on the content, with a memory for a purpose that lasts as long as this one."""
        memory = self.memories.setdefault(f"{lang} {purpose}", {})
        return Lens(*self._plain, lang, memory, self.reads)

    def read_by(self, make: Callable[[], _T]) -> tuple[_T, frozenset[str]]:
        """What ``make`` returns, and what it read."""
        self.reads.begin()
        found = make()
        # One string each for thousands of files, which is also less to be kept.
        return found, frozenset(self._strings.setdefault(one, one) for one in self.reads.now)

    def kept(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """What ``make`` returns, made once; what it read is noted for everyone who asks."""
        return self.reads.kept(self.memories.setdefault("", {}), key, make)


def shared(function: _F) -> _F:
    """A function of a dataset (and of its words, routes, and plain values) that is asked often.

    It answers once for a dataset, words and routes; for a dataset that notes, once for its memory.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def answer(dataset: Dataset, *args: Any) -> Any:
        if not isinstance(dataset, _Dataset):
            return dataset.answer((name, *args), lambda _: function(dataset, *args))
        rest = tuple(one for one in args if isinstance(one, str))
        return dataset.keeper.kept((name, *rest), lambda: function(dataset, *args))

    return cast(_F, answer)


def lens_of(dataset: Dataset, words: Words, lang: str, purpose: str) -> Lens:
    """A lens for a language on content that may be noting; then it notes for the same reader.

    What is kept for one purpose, such as titles with or without marks, is not for another.
    """
    if isinstance(dataset, _Dataset):
        return dataset.keeper.lens(lang, purpose)
    return Lens(dataset, words, lang)
