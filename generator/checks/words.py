"""Words belong to a record and to a key that its kind declares; the source language is complete."""

from __future__ import annotations

from collections.abc import Iterator

from generator.declared import word_key
from generator.errors import Place, Problem, closest
from generator.model.kinds import FIGURE_WORDS
from generator.store import Store, Word

_EXPECTED_KEY = "<id>.<key>"


def check(store: Store) -> Iterator[Problem]:
    """Yield words that no page would show, and words that the source language lacks."""
    if store.site is None:
        return
    for language in sorted({*store.words, *store.texts, *store.spelling}):
        if language not in store.site.languages:
            yield Problem(
                Place(f"content/words/{language}"),
                "unknown-language",
                "the site has no such language",
                language,
                "one of " + ", ".join(store.site.codes),
                closest(language, store.site.codes),
            )
            continue
        for key, word in store.words.get(language, {}).items():
            yield from _declared(store, key, word)
    yield from _complete(store)


def _declared(store: Store, key: str, word: Word) -> Iterator[Problem]:
    identifier, dot, name = key.rpartition(".")
    owner = identifier.partition(".")[0]
    file = word.place.file.rpartition("/")[2].removesuffix(".yaml")
    if owner in store.broken:
        return
    found = word_key(store, key)
    if found is not None:
        kind = found[0]
        if file != kind.plural:
            yield Problem(
                word.key,
                "wrong-words-file",
                f"words of this record belong in {kind.plural}.yaml",
                key,
            )
        return
    entry = store.entries.get(owner)
    if not dot or entry is None:
        yield Problem(
            word.key,
            "unknown-word",
            "no record has this id",
            key,
            _EXPECTED_KEY,
            closest(owner, store.entries),
        )
        return
    names = [k.name for k in (FIGURE_WORDS if "." in identifier else entry.kind.words)]
    yield Problem(
        word.key,
        "unknown-word",
        f"records of kind {entry.kind.name} have no such word",
        key,
        "one of " + ", ".join(names),
        closest(name, names),
    )


def _complete(store: Store) -> Iterator[Problem]:
    if store.site is None:
        return
    language = store.site.source_language
    source = store.words.get(language, {})
    for entry in store.entries.values():
        if f"words/{language}/{entry.kind.plural}.yaml" in store.unread:
            continue
        for declared in entry.kind.words:
            word = source.get(f"{entry.id}.{declared.name}")
            if declared.required and (word is None or not word.text.strip()):
                yield Problem(
                    entry.place,
                    "missing-word",
                    f"the source language {language} has no word for it",
                    f"{entry.id}.{declared.name}",
                    f"a line in words/{language}/{entry.kind.plural}.yaml",
                )
