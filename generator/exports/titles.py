"""How records are called in each language, for files that hold all languages or all records."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from generator.dataset import Dataset
from generator.foreign import plain
from generator.lens import Lens
from generator.locale import Locale
from generator.views.titles import Titles
from generator.words import Words


@lru_cache(maxsize=1)  # several files ask for the same
def titles_of(dataset: Dataset, words: Words) -> Mapping[str, Mapping[str, str]]:
    """The title of every record by language, as pages have it; other languages are marked."""
    found = {}
    for lang in dataset.site.codes:
        titles = Titles(Lens(dataset, words, lang), locale_of(words, lang))
        found[lang] = {identifier: titles(identifier) for identifier in dataset.items}
    return found


def plain_title(dataset: Dataset, words: Words, lang: str, identifier: str) -> str:
    """The title of a record without marks."""
    return plain(titles_of(dataset, words)[lang][identifier])


def locale_of(words: Words, lang: str) -> Locale:
    """The formats and texts of a language."""
    source = words.source_language
    return Locale(lang, words.texts(lang), words.texts(source), source)
