"""The search data of a language: a script file with one entry for each page.

Read by ``assets/js/search.js`` on the first search. A page that fell back to the source language
is found by its names only, which are shared; its text stays out of the index. Where its title or
kind is in another language than the rest, the language stands beside it (``tl``, ``kl``), or its
parts, each with its language, if it is in several.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from generator.dataset import Dataset
from generator.foreign import pieces, plain
from generator.locale import Locale
from generator.model.kinds import KINDS
from generator.prose import Link, Literal, parse_prose
from generator.render import Rendered
from generator.routes import Routes
from generator.words import NAME_KEYS, Words


def search_js(
    dataset: Dataset, words: Words, locale: Locale, pages: Sequence[Rendered], stemmer: str | None
) -> bytes:
    """The script that hands the search data over: ``searchData({...})``."""
    routes = Routes(dataset)
    by_url = {routes[item.id]: item for item in dataset.items.values() if KINDS[item.kind].has_page}
    docs = []
    for page in pages:
        item = by_url.get(page.url)
        doc: dict[str, Any] = {"u": page.url, **_said("t", page.title, locale.code)}
        if item is not None:
            doc.update(_said("k", locale.text(f"kind.{item.kind}"), locale.code))
            doc["n"] = " ".join(_names(dataset, words, item.id))
            doc["b"] = " ".join(_body(words, locale.code, item.id))
        docs.append({key: value for key, value in doc.items() if value})
    data = {"lang": locale.code, "stemmer": stemmer, "docs": docs}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    # A script must not end early, wherever it is put.
    return f"searchData({text});\n".encode()


def _said(name: str, text: str, lang: str) -> dict[str, Any]:
    """A text without marks, with its language or those of its parts where it is not ``lang``."""
    parts = list(pieces(text, lang))
    spoken = {language for part, language in parts if any(map(str.isalpha, part))}
    if spoken <= {lang}:
        return {name: plain(text)}
    return {name: plain(text), f"{name}l": spoken.pop() if len(spoken) == 1 else parts}


def _names(dataset: Dataset, words: Words, identifier: str) -> list[str]:
    """Every name of a record: in all languages, other names, and its id."""
    names: dict[str, None] = {}
    for language in dataset.site.codes:
        for key in NAME_KEYS:
            word = words.place(language, f"{identifier}.{key}")
            if word is not None:
                names[word.text] = None
    names.update(dict.fromkeys(getattr(dataset.items[identifier].record, "other_names", ())))
    names[identifier.replace("-", " ")] = None
    return list(names)


def _body(words: Words, lang: str, identifier: str) -> list[str]:
    parts: list[str] = []
    for key in ("summary", "text", "note"):
        for paragraph in words.paragraphs(lang, f"{identifier}.{key}"):
            if paragraph.lang == lang:
                parts += [
                    p.text for p in parse_prose(paragraph.text) if isinstance(p, Literal | Link)
                ]
    return [part.strip() for part in parts if part.strip()]
