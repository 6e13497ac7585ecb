"""How records are called in each language, for files that hold all languages or all records."""

from __future__ import annotations

from generator.dataset import Dataset
from generator.foreign import plain
from generator.locale import Locale
from generator.noted import lens_of, shared
from generator.views.titles import Titles
from generator.words import Words


@shared
def title_of(dataset: Dataset, words: Words, lang: str, identifier: str) -> str:
    """The title of a record as pages in a language have it; other languages are marked."""
    return titles_of(dataset, words, lang)(identifier)


def titles_of(dataset: Dataset, words: Words, lang: str) -> Titles:
    """The titles of a language."""
    return Titles(lens_of(dataset, words, lang, "data"), locale_of(dataset, words, lang))


def plain_title(dataset: Dataset, words: Words, lang: str, identifier: str) -> str:
    """The title of a record without marks."""
    return plain(title_of(dataset, words, lang, identifier))


@shared
def locale_of(dataset: Dataset, words: Words, lang: str) -> Locale:
    """The formats and texts of a language."""
    source = words.source_language
    return Locale(lang, words.texts(lang), words.texts(source), source)
