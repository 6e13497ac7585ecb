"""Invented names and texts, the same each time: what the synthetic dataset is written with.

Names are the same sounds in every language, spelt as that language spells them. Texts are words of
the alphabet of the language, as many different ones and as unevenly used as in the real content
(Zipf's law); their number grows with the square root of the text (Heaps' law).
"""

from __future__ import annotations

import bisect
import itertools
import random
from dataclasses import dataclass
from functools import cache

LANGUAGES = ("en", "de", "ru", "be")
# A sound in each of the languages.
_CONSONANTS = (
    *(("b", "b", "б", "б"), ("v", "w", "в", "в"), ("g", "g", "г", "г"), ("d", "d", "д", "д")),
    *(("z", "s", "з", "з"), ("k", "k", "к", "к"), ("l", "l", "л", "л"), ("m", "m", "м", "м")),
    *(("n", "n", "н", "н"), ("p", "p", "п", "п"), ("r", "r", "р", "р"), ("s", "s", "с", "с")),
    *(("t", "t", "т", "т"), ("f", "f", "ф", "ф"), ("sh", "sch", "ш", "ш")),
    *(("kh", "ch", "х", "х"), ("ch", "tsch", "ч", "ч")),
)
_VOWELS = (
    *(("a", "a", "а", "а"), ("o", "o", "о", "о"), ("u", "u", "у", "у"), ("i", "i", "и", "і")),
    ("e", "e", "е", "е"),
)
# How a region, a body and an agreement with both are called and asked for.
_REGION = ("{} Oblast", "Oblast {}", "{}ская область", "{}ская вобласць")
_WORKS = ("{} Works", "Werk {}", "Завод «{}»", "Завод «{}»")
_INFLECTED = ("{}’s region", "{}er Gebiet", "в {}ской области", "у {}скай вобласці")
_AGREEMENT = ("agreement {}", "Abkommen {}", "соглашение {}ская", "пагадненне {}ская")
# Different words in the real content of 63 regions, by language, and their mean length.
_REAL_REGIONS = 63
_DIFFERENT = {"en": 2600, "de": 3900, "ru": 5600, "be": 5300}
_LENGTH = {"en": 7, "de": 9, "ru": 8, "be": 8}


def _sounds(seed: str, syllables: int) -> list[tuple[str, ...]]:
    chance = random.Random(seed)
    found = []
    for _ in range(syllables):
        found += [chance.choice(_CONSONANTS), chance.choice(_VOWELS)]
    return [*found, chance.choice(_CONSONANTS)]


@cache
def name(seed: str, language: str) -> str:
    """An invented name, as the language spells it."""
    at = LANGUAGES.index(language)
    syllables = 3 + random.Random(f"{seed}:length").randrange(2)
    return "".join(sound[at] for sound in _sounds(seed, syllables)).capitalize()


def region_name(region: str, language: str) -> str:
    """What a region is called."""
    return _REGION[LANGUAGES.index(language)].format(name(region, language))


def works_name(region: str, language: str) -> str:
    """What the body of a region is called: two names, so that no two are almost alike."""
    both = f"{name(f'{region}-works', language)} {name(f'{region}-place', language)}"
    return _WORKS[LANGUAGES.index(language)].format(both)


class Prose:
    """Texts in one language for a dataset of so many regions."""

    def __init__(self, language: str, regions: int) -> None:
        self._language = language
        number = round(_DIFFERENT[language] * max(1, regions / _REAL_REGIONS) ** 0.5)
        chance = random.Random(language)
        at, length = LANGUAGES.index(language), _LENGTH[language]
        words: dict[str, None] = {}
        while len(words) < number:
            syllables = max(1, round(chance.gauss(length / 2.2, 1)))
            sounds = (
                chance.choice(_CONSONANTS)[at] + chance.choice(_VOWELS)[at]
                for _ in range(syllables)
            )
            words["".join(sounds) + chance.choice(_CONSONANTS)[at] * chance.randrange(2)] = None
        self._words = list(words)
        self._steps = list(itertools.accumulate(1 / (rank + 3) for rank in range(number)))

    def sentence(self, seed: str, words: int) -> str:
        """A sentence of so many words, the same for the same seed."""
        chance = random.Random(f"{self._language}:{seed}")
        found = []
        for _ in range(words):
            at = bisect.bisect_left(self._steps, chance.random() * self._steps[-1])
            found.append(self._words[min(at, len(self._words) - 1)])
        return " ".join(found).capitalize() + "."


@dataclass(frozen=True, slots=True)
class Query:
    """What a reader types, of which sort it is, and the record that is looked for."""

    sort: str
    text: str
    wanted: str


def queries(language: str, regions: int, each: int) -> list[Query]:
    """Queries of every sort in a language, for regions all over the dataset."""
    at, found = LANGUAGES.index(language), []
    other = "ru" if at < 2 else "en"
    for number in range(each):
        region = f"region-{number * regions // each}"
        own = name(region, language)
        middle = len(own) // 2
        found += [
            Query("name", region_name(region, language), region),
            Query("inflected", _INFLECTED[at].format(own), region),
            Query("misspelt", own[:middle] + own[middle + 1 :], region),
            Query(
                "swapped",
                own[: middle - 1] + own[middle] + own[middle - 1] + own[middle + 1 :],
                region,
            ),
            Query("other script", name(region, other), region),
            Query("other language", name(region, LANGUAGES[(at + 1) % 2 + at // 2 * 2]), region),
            Query("body", works_name(region, language), f"{region}-works"),
            Query("agreement", f"{_AGREEMENT[at].format(own)} 2015", f"{region}-agreement"),
        ]
    return found
