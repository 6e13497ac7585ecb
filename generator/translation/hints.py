"""What helps to translate a string: the passage that it tells, its values, the numbers of a form.

Values stand as one language prints them; everything else is in no language at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container
from decimal import Decimal

from generator.checks.texts import PLURALS, stem
from generator.dataset import Dataset
from generator.declared import word_key
from generator.locale import Locale, is_known
from generator.model.kinds import WordType
from generator.model.ledger import line_range
from generator.patterns import fill
from generator.phrases import phrase
from generator.prose import Placeholder, parse_prose
from generator.store import Store
from generator.translation.units import Unit

# Counts from which a translator sees what a plural form is for, and how many of them.
_COUNTS = (*(Decimal(count) for count in (*range(31), 100, 101, 1_000_000)), Decimal("1.5"))
_SHOWN = 6


class Hints:
    """Hints for the strings of a store; without a dataset, placeholders have no values.

    Values are printed as ``lang`` has them, by default the source language.
    """

    def __init__(self, store: Store, dataset: Dataset | None, lang: str | None = None) -> None:
        self._store = store
        self._dataset = dataset
        source = store.site.source_language if store.site else None
        code = lang or source
        self._locale = locale_of(store, code) if code else None
        self._ledger: dict[str, list[str]] = defaultdict(list)
        for source, lines in store.ledger.items():
            for line in lines:
                for identifier in line.entry.records:
                    self._ledger[identifier].append(f"{source}:{line.lines}")
        parts = []
        for entry in store.of_kind("source"):
            bounds = line_range(entry.record.lines) if entry.record.lines else None
            if bounds is not None:
                parts.append((bounds[1] - bounds[0], entry.id, bounds))
        self._parts = sorted(parts)

    def passages(self, unit: Unit) -> tuple[str, ...]:
        """Where the source tells of the string's record: id of the source, colon, lines."""
        identifier = unit.key.rpartition(".")[0]
        owner = identifier.partition(".")[0]
        entry = self._store.entries.get(owner)
        if entry is None or word_key(self._store, unit.key) is None:
            return ()
        if entry.record.passage:
            return tuple(self._passage(lines) for lines in entry.record.passage)
        return tuple(self._ledger.get(identifier) or self._ledger.get(owner) or ())

    def _passage(self, lines: str) -> str:
        """Lines with the smallest part of a source that holds them."""
        bounds = line_range(lines)
        if bounds is not None:
            for _, source, (first, last) in self._parts:
                if first <= bounds[0] and bounds[1] <= last:
                    return f"{source}:{lines}"
        return lines

    def values(self, unit: Unit) -> dict[str, str]:
        """The placeholders of prose, as they are printed."""
        declared = word_key(self._store, unit.key)
        if unit.source is None or declared is None or declared[1].type is not WordType.PROSE:
            return {}
        parts = parse_prose(unit.source.text)
        found = {
            f"{{{part.kind}:{part.target}}}": self._value(part)
            for part in parts
            if isinstance(part, Placeholder)
        }
        return {name: value for name, value in found.items() if value}

    def _value(self, part: Placeholder) -> str:
        if self._dataset is None or self._locale is None:
            return ""
        if part.kind == "fact":
            statement = self._dataset.statements.get(part.target)
            if statement is None:
                return ""
            value = phrase(statement.amount, self._locale, statement.date)
            if statement.date is None:
                return value
            names = {"value": value, "period": self._locale.date(statement.date)}
            return fill(self._locale.text("figure.told"), names)
        identifier, _, name = part.target.rpartition(".")
        item = self._dataset.items.get(identifier)
        date = getattr(item.record, name, None) if item else None
        return self._locale.date(date) if date else ""


def locale_of(store: Store, lang: str) -> Locale | None:
    """The locale of a language with its own texts; None if CLDR does not know it."""
    if not is_known(lang):
        return None
    source = store.site.source_language if store.site else lang
    texts, fallback = (
        {key: word.text for key, word in store.texts.get(code, {}).items() if word.text}
        for code in (lang, source)
    )
    return Locale(lang, texts, fallback)


def counts_of(key: str, keys: Container[str], locale: Locale) -> tuple[str, ...]:
    """Some counts that take a plural form; none if the key has no other forms among ``keys``."""
    head, category = stem(key), key.rpartition(".")[2]
    others = PLURALS - {category}
    if head == key or not any(f"{head}.{other}" in keys for other in others):
        return ()
    found = (locale.number(count) for count in _COUNTS if locale.category(count) == category)
    return tuple(found)[:_SHOWN]
