"""Texts that belong to no record: the interface, labels of terms, patterns of values and dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from generator.errors import Place, Problem, closest
from generator.locale import Locale, is_known
from generator.model.vocabulary import LISTS
from generator.patterns import TextRule, placeholders
from generator.prose import find_html
from generator.store import Store, Word
from generator.text_rules import TITLE_TEXTS, text_rules

# CLDR plural categories: Unicode Technical Standard 35, part 3.
PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})

Texts = Mapping[str, Word]


def check(store: Store) -> Iterator[Problem]:
    """Yield texts that are missing in the source language, unknown ones, and wrong patterns."""
    if store.site is None:
        return
    source = store.site.source_language
    source_texts = store.texts.get(source, {})
    for language in store.site.codes:
        if not is_known(language):
            yield Problem(
                _place_of(store, language),
                "unknown-language",
                "CLDR has no formats for this language",
                language,
                "a code such as en or pt-br",
            )
            continue
        texts = store.texts.get(language, {})
        locale = Locale(language, _plain(texts), _plain(source_texts))
        rules = {**text_rules(store.vocabulary, locale), **TITLE_TEXTS}
        if language == source:
            yield from _missing(store, rules, texts, source)
        yield from _each(store, rules, source_texts, texts, language == source)


def _place_of(store: Store, language: str) -> Place:
    node = store.site_node
    return node.key_place(("languages", language)) if node else Place("content/site.yaml")


def _plain(texts: Texts) -> dict[str, str]:
    return {key: word.text for key, word in texts.items() if word.text}


def stem(key: str) -> str:
    """A key without its plural category, which each language has its own of."""
    head, _, last = key.rpartition(".")
    return head if last in PLURALS else key


def _missing(
    store: Store, rules: Mapping[str, TextRule], texts: Texts, source: str
) -> Iterator[Problem]:
    stems = {stem(key) for key in texts}
    needed = {key: "values" for key, rule in rules.items() if rule.required}
    needed.update((key, "interface") for key in TITLE_TEXTS)
    needed.update((key, "interface") for key in store.needed_texts)
    for entry in store.entries.values():
        # Corrections and single sources are shown with the label of their field.
        record = entry.record
        named = {*record.as_printed, *record.field_sources, *(r.field for r in record.readings)}
        for field in named.intersection(entry.kind.names):
            needed.setdefault(f"field.{field}", "interface")
    for key, file in sorted(needed.items()):
        if key in texts or (key not in rules and key in stems):
            continue
        is_label = key.partition(".")[0] in store.vocabulary.lists
        name = f"{source}/{'terms' if is_label else file}"
        if f"words/{name}.yaml" in store.unread:
            continue
        yield Problem(
            Place(f"content/words/{name}.yaml"),
            "missing-word",
            f"the source language {source} has no such text",
            key,
            "one line with this key",
        )


def _is_of_lost_term(store: Store, key: str) -> bool:
    """Whether a text labels a term or list that the vocabulary lost, which has been reported."""
    name, _, entry = key.partition(".")
    if name in LISTS and name not in store.vocabulary.lists:
        return True
    return f"{name}.{entry.partition('.')[0]}" in store.vocabulary.broken


def _each(
    store: Store,
    rules: Mapping[str, TextRule],
    source_texts: Texts,
    texts: Texts,
    is_source: bool,
) -> Iterator[Problem]:
    by_stem: dict[str, list[Word]] = defaultdict(list)
    for key, word in source_texts.items():
        by_stem[stem(key)].append(word)
    for key, word in texts.items():
        tag = find_html(word.text)
        if tag:
            yield Problem(word.place, "html-in-words", f"{key}: HTML is not allowed here", tag)
        file = word.place.file.rpartition("/")[2]
        known = key in rules or (file == "interface.yaml" and stem(key) in by_stem)
        if file == "names.yaml":
            yield from _name_form(store, key, word)
            continue
        if _is_of_lost_term(store, key):
            continue
        if not known:
            yield Problem(
                word.key,
                "unknown-word",
                "nothing asks for this text",
                key,
                None,
                closest(key, {*rules, *source_texts} - {key}),
            )
        elif word.text:
            # Patterns of the source language without a rule are what others are held to.
            siblings = [] if is_source else by_stem[stem(key)]
            yield from _values(rules.get(key) or _rule_of(key, siblings), key, word)


def _rule_of(key: str, siblings: Sequence[Word]) -> TextRule | None:
    """The rule that the source texts of a key or of its plural forms make.

    A plural form may leave its number out ("one agreement").
    """
    if not siblings:
        return None
    allowed = frozenset(name for word in siblings for name in placeholders(word.text))
    return TextRule(allowed, frozenset() if key != stem(key) else allowed)


def _name_form(store: Store, key: str, word: Word) -> Iterator[Problem]:
    """Case forms are of regions and places, and of the cases that the language declares."""
    identifier, _, form = key.rpartition(".")
    language = word.place.file.split("/")[-2]
    forms = store.site.languages[language].case_forms if store.site else ()
    entry = store.entries.get(identifier)
    if entry is None and identifier not in store.broken:
        hint = closest(identifier, store.entries)
        yield Problem(word.key, "unknown-word", "no record has this id", key, "<id>.<case>", hint)
    elif form not in forms:
        expected = "one of " + ", ".join(forms) if forms else "case_forms in site.yaml first"
        yield Problem(word.key, "unknown-word", "no such case form", key, expected)


def _values(rule: TextRule | None, key: str, word: Word) -> Iterator[Problem]:
    """A pattern holds the values that its rule asks for."""
    if rule is None:
        return
    allowed = rule.allowed
    found = set(placeholders(word.text))
    for name in (*sorted(found - allowed), *sorted(rule.needed - found)):
        yield Problem(
            word.place,
            "different-placeholders",
            f"{key}: a value {'is unknown' if name in found else 'is missing'}",
            "{" + name + "}",
            ", ".join("{" + one + "}" for one in sorted(allowed)) or "no value",
        )
