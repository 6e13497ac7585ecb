"""Patterns: texts with names in braces, such as ``{number} of {total}``.

They come from words files, so they are data and never code: a name is replaced by its value and
nothing else happens. There are no format specifications, attributes or indexes.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import lru_cache

NO_BREAK = "\u00a0"

_NAME = re.compile(r"\{([a-z][a-z0-9-]*)\}", re.ASCII)
# What ends a marked string in a preview for translators.
_UNSEEN = "\ue002"
_NAME_AND_STOP = re.compile(_NAME.pattern + r"(\.?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class TextRule:
    """What the text of a key may and must hold: its placeholders, and whether it must exist."""

    allowed: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()
    required: bool = True


def rule(needed: str = "", further: str = "", required: bool = True) -> TextRule:
    """A rule from names separated by spaces: placeholders that must stand there, and may."""
    must = frozenset(needed.split())
    return TextRule(must | frozenset(further.split()), must, required)


def fill(pattern: str, values: Mapping[str, str]) -> str:
    """Return the pattern with its names in braces replaced, in one pass.

    A name without a value and every other brace appear as written; values are never read again as
    patterns. A value that ends with a full stop, such as an abbreviated year, brings the one of
    the pattern along.
    """

    def value(match: re.Match[str]) -> str:
        text = values.get(match[1])
        if text is None:
            return match[0]
        return text if text.rstrip(_UNSEEN).endswith(".") else text + match[2]

    return _NAME_AND_STOP.sub(value, pattern)


def placeholders(pattern: str) -> tuple[str, ...]:
    """The names in braces of a pattern, in order of appearance."""
    return tuple(_NAME.findall(pattern))


@lru_cache(maxsize=4096)
def bound(pattern: str, before: str = "", after: str = "") -> str:
    """Return the pattern with unbreakable spaces around some of its placeholders.

    ``before`` and ``after`` are names separated by spaces. After a placeholder the space counts
    even if a dot or ending is attached to it, as in ``{day}. {month}``.
    """
    for name in before.split():
        pattern = pattern.replace(f" {{{name}}}", f"{NO_BREAK}{{{name}}}")
    for name in after.split():
        pattern = re.sub(rf"(\{{{name}\}}[^\s{{}}]*) ", rf"\1{NO_BREAK}", pattern)
    return pattern


def split(pattern: str, names: Container[str]) -> list[str]:
    """Return the pattern as text, name, text … text: names stand at the odd places.

    A name in braces that is not in ``names`` stays part of its text.
    """
    parts = [""]
    for index, piece in enumerate(_NAME.split(pattern)):
        if index % 2 and piece in names:
            parts += [piece, ""]
        else:
            parts[-1] += f"{{{piece}}}" if index % 2 else piece
    return parts


def literals(pattern: str) -> list[str]:
    """Return the pattern as text, name in braces, text … text: names stand at the odd places."""
    return [f"{{{p}}}" if i % 2 else p for i, p in enumerate(_NAME.split(pattern))]


# What previews for translators (``preview``) and other languages (``foreign``) put before a text.
_MARKS = re.compile("(?:\ue000\\d+\ue001|\ue003[^\ue003-\ue005]*\ue004)*")


def capitalized(text: str) -> str:
    """Return a text with a capital letter at its beginning; marks before it do not count."""
    mark = _MARKS.match(text)
    start = mark.end() if mark else 0
    return text[:start] + text[start : start + 1].upper() + text[start + 1 :]
