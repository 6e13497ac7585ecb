"""Which texts a language needs for its values, dates and terms, and what they may hold.

``values.yaml`` and ``terms.yaml`` of each language are checked against these rules: a missing key,
an unknown one, a placeholder that nothing fills, one that would lose a figure. The keys of terms
follow from the vocabulary, the plural forms from CLDR's categories of the language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.locale import LOCALE_TEXTS, Locale
from generator.model.amounts import Direction
from generator.model.vocabulary import Vocabulary
from generator.patterns import TextRule, rule
from generator.phrases import CONTEXTS, PHRASE_TEXTS

Rules = Iterator[tuple[str, TextRule]]

# What the patterns of titles may hold; they stand among the texts of the interface. A forum and a
# session are counted in words, figures or Roman numerals, as each language does.
TITLE_TEXTS: Mapping[str, TextRule] = {
    "party.home": rule("party home"),
    "party.counted": rule("kind number"),
    "party.further": rule("first second"),
    "party.unnamed": rule("kind"),
    "source.chapter": rule("number"),
    "source.missing-title": rule(),
    "title.agreement": rule("kind parties date"),
    "title.agreement-undated": rule("kind parties"),
    "title.agreement-term": rule("kind parties term"),
    "title.figure": rule("measure of period"),
    "title.figure-partner": rule("measure of partner period"),
    "title.forum": rule("", "ordinal figure roman"),
    "title.goods": rule("exporter importer period"),
    "title.meeting": rule("kind parties"),
    "title.position": rule("by stance"),
    "title.session": rule("series", "ordinal figure roman"),
}


def text_rules(vocabulary: Vocabulary, locale: Locale) -> dict[str, TextRule]:
    """Every key that values and terms of a language must or may have, with its rule."""
    rules = {**LOCALE_TEXTS, **PHRASE_TEXTS}
    for category in locale.ordinal_categories:
        rules[f"ordinal.{category}"] = rule("number")
    cases = cases_of(locale)
    for name in vocabulary.lists:
        keys = _KEYS.get(name, _label)
        for entry in vocabulary.names(name):
            key = f"{name}.{entry}"
            forms = Forms(locale.plural_categories, cases, _is_abbreviated(vocabulary, name, entry))
            rules.update(keys(key, forms))
    return rules


def cases_of(locale: Locale) -> tuple[str, ...]:
    """The names of the further sets of forms that the language's qualifiers ask for."""
    found = {
        text
        for key, text in locale.texts.items()
        if key.startswith("qualifiers.") and key.endswith(".case") and text
    }
    return tuple(sorted(found))


class Forms:
    """The plural categories and cases of a language; money is written without case endings."""

    def __init__(
        self, categories: Iterable[str], cases: Iterable[str], is_abbreviated: bool
    ) -> None:
        self.categories = tuple(categories)
        self.cases = tuple(cases)
        self.is_abbreviated = is_abbreviated


def _is_abbreviated(vocabulary: Vocabulary, name: str, entry: str) -> bool:
    return name == "units" and vocabulary.unit(entry).currency is not None


def _label(key: str, _forms: Forms) -> Rules:
    yield key, rule()


def _searched(key: str, _forms: Forms) -> Rules:
    """A label, and other words by which readers look for it."""
    yield key, rule()
    yield f"{key}.typed", rule(required=False)


def _counted(key: str, forms: Forms) -> Rules:
    yield key, rule()
    for category in forms.categories:
        yield f"{key}.{category}", rule("number", required=False)


def _unit(key: str, forms: Forms) -> Rules:
    yield key, rule()
    yield f"{key}.uncounted", rule(required=False)
    for category in forms.categories:
        yield f"{key}.{category}", rule("number")
        for case in forms.cases:
            yield f"{key}.{case}.{category}", rule("number", required=not forms.is_abbreviated)


def _scale(key: str, forms: Forms) -> Rules:
    yield key, rule("number")
    for category in forms.categories:
        yield f"{key}.{category}", rule("number", required=False)


def _qualifier(key: str, _forms: Forms) -> Rules:
    yield key, rule("value")
    yield f"{key}.case", rule(required=False)
    for context in CONTEXTS:
        yield f"{key}.{context}", rule("value", required=False)


def _fraction(key: str, _forms: Forms) -> Rules:
    yield key, rule()
    yield f"{key}.by", rule()
    yield f"{key}.share", rule(required=False)


def _vague(key: str, forms: Forms) -> Rules:
    yield key, rule()
    yield f"{key}.unit", rule("unit", required=False)
    yield f"{key}.share", rule(required=False)
    for way in Direction:
        yield f"{key}.{way}", rule(required=False)
    for case in forms.cases:
        yield f"{key}.{case}", rule(required=False)
        yield f"{key}.{case}.unit", rule("unit", required=False)


def _whole(key: str, _forms: Forms) -> Rules:
    yield key, rule()
    yield f"{key}.share", rule("share")


def _scope(key: str, _forms: Forms) -> Rules:
    yield key, rule()
    yield f"{key}.rank", rule("", "ordinal place")
    yield f"{key}.first", rule("", "ordinal place", required=False)


def _date_part(key: str, _forms: Forms) -> Rules:
    yield key, rule()
    yield f"{key}.date", rule("date")
    for span in ("year", "month", "day"):
        yield f"{key}.{span}", rule("", "date year month of-month day", required=False)


def _measure(key: str, forms: Forms) -> Rules:
    yield from _searched(key, forms)
    yield f"{key}.definition", rule()


def _meeting(key: str, _forms: Forms) -> Rules:
    yield key, rule()
    yield f"{key}.numbered", rule("", "series ordinal figure roman", required=False)
    yield f"{key}.unnumbered", rule("series", required=False)


_KEYS: Mapping[str, Callable[[str, Forms], Rules]] = {
    "agreement-kinds": _searched,
    "fields": _searched,
    "organisation-kinds": _counted,
    "measures": _measure,
    "meeting-kinds": _meeting,
    "units": _unit,
    "scales": _scale,
    "qualifiers": _qualifier,
    "fractions": _fraction,
    "vague": _vague,
    "wholes": _whole,
    "scopes": _scope,
    "date-parts": _date_part,
}
