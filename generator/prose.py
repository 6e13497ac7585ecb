"""Prose of words files: plain text with links and placeholders, and nothing else.

A link is ``[any inflected text](id)``. A placeholder is ``{fact:ID}`` (a figure as a whole phrase
with its citation) or ``{date:ID.field}`` (a date of a record). Every other brace or bracket
appears as written. Content is data: no HTML, no Markdown, no template syntax is ever obeyed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Literal:
    """Text that appears as written; ``column`` counts from the start of the prose."""

    text: str
    column: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link to the page of a record."""

    text: str
    target: str
    column: int


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A value that the generator formats; ``kind`` is its prefix."""

    kind: str
    target: str
    column: int


Part = Literal | Link | Placeholder

PLACEHOLDERS = ("fact", "date")

_PART = re.compile(
    r"\[(?P<text>[^\[\]]+)\]\((?P<link>[^()]*)\)|\{(?P<kind>[A-Za-z]+):(?P<target>[^{}]*)\}"
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--")


@lru_cache(maxsize=65536)
def parse_prose(text: str) -> tuple[Part, ...]:
    """Return the parts of a prose text; never fails."""
    return tuple(_parts(text))


def _parts(text: str) -> Iterator[Part]:
    end = 0
    for match in _PART.finditer(text):
        if match.start() > end:
            yield Literal(text[end : match.start()], end)
        if match["text"] is not None:
            yield Link(match["text"], match["link"], match.start())
        else:
            yield Placeholder(match["kind"], match["target"], match.start())
        end = match.end()
    if end < len(text):
        yield Literal(text[end:], end)


def retargeted(text: str, ids: Mapping[str, str]) -> str:
    """Return a prose text whose links and placeholders lead to other ids, old to new."""
    if not ids:
        return text
    return "".join(
        part.text if isinstance(part, Literal) else _written(part, ids)
        for part in parse_prose(text)
    )


def _written(part: Link | Placeholder, ids: Mapping[str, str]) -> str:
    owner, dot, rest = part.target.partition(".")
    target = f"{ids.get(owner, owner)}{dot}{rest}"
    if isinstance(part, Link):
        return f"[{part.text}]({target})"
    return f"{{{part.kind}:{target}}}"


def find_html(text: str) -> str | None:
    """Return the first HTML tag or comment in a prose text, which is not allowed there."""
    match = _TAG.search(text)
    return match[0] if match else None
