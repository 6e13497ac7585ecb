"""What tests of languages share: the site's own texts, and Russian and Belarusian patterns.

The Russian and Belarusian texts stand here because the two languages ask most of the patterns:
four plural forms, a second set of forms after qualifiers, two forms of month names.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.locale import Locale
from generator.model.vocabulary import LISTS, Vocabulary

CONTENT = Path(__file__).parent.parent / "content"
FILES = ("terms", "values")


def shown(text: str) -> str:
    """A phrase with its no-break spaces made visible."""
    return text.replace("\u00a0", "~")


@cache
def texts_of(lang: str) -> dict[str, str]:
    """The labels and patterns of a language of the site."""
    texts: dict[str, str] = {}
    for name in FILES:
        path = CONTENT / "words" / lang / f"{name}.yaml"
        texts.update(yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader))
    return texts


@cache
def locale_of(lang: str) -> Locale:
    return Locale(lang, {"ru": RUSSIAN, "be": BELARUSIAN}.get(lang) or texts_of(lang))


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the site."""
    path = CONTENT / "facts" / "vocabulary.yaml"
    lists = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
    typed: dict[str, dict[str, Any]] = {
        name: {entry: LISTS[name].model_validate(fields or {}) for entry, fields in entries.items()}
        for name, entries in lists.items()
    }
    return Vocabulary(typed)


RUSSIAN = {
    "change.factor.down.since": "в {size} раза меньше, {than}",
    "change.fraction.down": "{size} меньше",
    "change.fraction.down.since": "{size} меньше, {than}",
    "change.percent.up.since": "{size} больше, {than}",
    "change.size.percent.up": "на {number}",
    "change.than": "чем в {date}",
    "change.than.earlier": "чем годом ранее",
    "change.than.month": "чем за {date}",
    "change.than.range": "чем за {date}",
    "change.with": "по сравнению с {date}",
    "change.with.earlier": "по сравнению с тем же периодом прошлого года",
    "date-parts.early.date": "начало {date}",
    "date-parts.early.month": "начало {of-month} {year} г.",
    "date-parts.summer.date": "лето {date}",
    "date.day": "{day} {of-month} {year} г.",
    "date.day-month": "{day} {of-month}",
    "date.half": "{number}-е полугодие {year} г.",
    "date.month": "{month} {year} г.",
    "date.open": "с {start}",
    "date.open.month": "с {of-month} {year} г.",
    "date.quarter": "{roman} квартал {year} г.",
    "date.range": "{start} – {end}",
    "date.range.days": "{start}–{end} {of-month} {year} г.",
    "date.range.months": "{start}–{end} {year} г.",
    "date.range.year": "{start} – {end} {year} г.",
    "date.year": "{year} г.",
    "date.years": "{start}–{end} гг.",
    "fractions.third.by": "на треть",
    "number.negative": "−{number}",
    "ordinal.other": "{number}-е",
    "ordinal.roman": "{number}",
    "phrase.next": "{before}, {next}",
    "qualifiers.about": "около {value}",
    "qualifiers.about.case": "gen",
    "qualifiers.almost": "почти {value}",
    "qualifiers.over": "более {value}",
    "qualifiers.over.case": "gen",
    "qualifiers.over.fraction": "более чем {value}",
    "qualifiers.over.percent": "более чем {value}",
    "qualifiers.over.vague": "более {value}",
    "scales.million": "{number} млн",
    "units.agreement": "соглашения",
    "units.agreement.few": "{number} соглашения",
    "units.agreement.gen.few": "{number} соглашений",
    "units.agreement.gen.many": "{number} соглашений",
    "units.agreement.gen.one": "{number} соглашения",
    "units.agreement.gen.other": "{number} соглашения",
    "units.agreement.many": "{number} соглашений",
    "units.agreement.one": "{number} соглашение",
    "units.agreement.other": "{number} соглашения",
    "units.agreement.uncounted": "соглашений",
    "units.usd.other": "{number} долл. США",
    "vague.dozen": "десяток",
    "vague.dozen.gen": "десятка",
    "vague.dozen.gen.unit": "десятка {unit}",
    "vague.dozen.unit": "десяток {unit}",
    "value.range": "{lower}–{upper}",
}

BELARUSIAN = {
    "date-parts.early.date": "пачатак {date}",
    "date-parts.early.month": "пачатак {of-month} {year} г.",
    "date.day": "{day} {of-month} {year} г.",
    "date.month": "{month} {year} г.",
    "date.open": "з {start}",
    "date.quarter": "{roman} квартал {year} г.",
    "date.range.months": "{start}–{end} {year} г.",
    "date.year": "{year} г.",
    "locale.letters": "ё ў",
    "number.negative": "−{number}",
    "ordinal.few": "{number}-і",
    "ordinal.other": "{number}-ы",
    "qualifiers.about": "каля {value}",
    "qualifiers.about.case": "gen",
    "qualifiers.almost": "амаль {value}",
    "qualifiers.over": "больш за {value}",
    "units.agreement.few": "{number} пагадненні",
    "units.agreement.gen.few": "{number} пагадненняў",
    "units.agreement.gen.many": "{number} пагадненняў",
    "units.agreement.gen.one": "{number} пагаднення",
    "units.agreement.gen.other": "{number} пагаднення",
    "units.agreement.many": "{number} пагадненняў",
    "units.agreement.one": "{number} пагадненне",
    "units.agreement.other": "{number} пагаднення",
}
