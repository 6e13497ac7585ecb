"""Texts in another language than the page's, marked until a page is finished.

A mark is made of characters of the private use area, so it passes through patterns, lists,
templates, Markdown and MkDocs like any letter, into headings, tables of contents and titles too.
At the end ``finish_languages`` turns marks into ``lang`` attributes; no published file has them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from generator.patterns import literals

OPEN, BEGIN, CLOSE = "\ue003", "\ue004", "\ue005"
_BEFORE = " \u00a0.,;:)"
_MARK = re.compile(f"{OPEN}([A-Za-z0-9-]*){BEGIN}|[{OPEN}-{CLOSE}]")
# What previews for translators put around a text (``preview``).
_PREVIEWED = re.compile("\ue000\\d+\ue001|\ue002")


def marked(text: str, lang: str) -> str:
    """Return a text with its language; ``lang`` may be empty for one that is not known.

    A text without letters is in every language.
    """
    return f"{OPEN}{lang}{BEGIN}{text}{CLOSE}" if any(map(str.isalpha, text)) else text


@lru_cache(maxsize=4096)
def marked_pattern(pattern: str, lang: str) -> str:
    """Return a pattern with its own words marked, but not what its names will be filled with."""
    return "".join(
        part if index % 2 else _marked_inside(part, lang)
        for index, part in enumerate(literals(pattern))
    )


def _marked_inside(text: str, lang: str) -> str:
    """The text marked, without spaces around it and signs that belong to what stands before."""
    start = len(text) - len(text.lstrip(_BEFORE))
    end = max(start, len(text.rstrip()))
    return text[:start] + marked(text[start:end], lang) + text[end:]


def is_marked(text: str) -> bool:
    """Whether there is any mark in a text."""
    return OPEN in text or CLOSE in text


def plain(text: str) -> str:
    """Return a text without marks."""
    return _MARK.sub("", text) if is_marked(text) else text


def bare(text: str) -> str:
    """Return a text without marks of languages and without those of previews."""
    return plain(_PREVIEWED.sub("", text))


def pieces(text: str, lang: str) -> Iterator[tuple[str, str]]:
    """The parts of a text with their languages; ``lang`` is that of what is not marked."""
    open_ones, start = [lang], 0
    for match in _MARK.finditer(text):
        if match.start() > start:
            yield text[start : match.start()], open_ones[-1]
        start = match.end()
        if match[1] is not None:
            open_ones.append(match[1])
        elif len(open_ones) > 1:
            open_ones.pop()
    if start < len(text):
        yield text[start:], open_ones[-1]


def cut(text: str, at: str) -> tuple[str, str]:
    """Return what stands before and after the first ``at``; marks go on behind the cut."""
    before, found, after = text.partition(at)
    open_ones: list[str] = []
    for match in _MARK.finditer(before) if found else ():
        if match[1] is not None:
            open_ones.append(match[0])
        elif open_ones:
            open_ones.pop()
    return before + CLOSE * len(open_ones), "".join(open_ones) + after


def language_of(text: str, lang: str) -> str:
    """The language that most letters of a text are in; ``lang``, if as many are in that."""
    letters = Counter({lang: 0})
    for piece, language in pieces(text, lang):
        letters[language] += sum(map(str.isalpha, piece))
    return max(letters, key=lambda language: letters[language])
