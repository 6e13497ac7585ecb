"""From marks of other languages (``foreign``) to ``lang`` attributes on a finished page.

A text gets a ``span`` around it. Where no element can stand, the element around the text or
attribute says the language of most of it:

- ``title``, ``option`` and what is drawn in SVG: the element itself,
- an attribute that is read out or shown: its element, and what that holds says its own again,
- a text that a script reads, ``data-none``: an attribute beside it, ``data-none-lang``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.finish_links import ATTRIBUTE, ATTRIBUTES
from generator.foreign import is_marked, language_of, pieces, plain

# A comment; a script or style with its content; or any other tag.
_TAG = re.compile(
    rf"<!--.*?-->|<(script|style)\b[^>]*>.*?</\1\s*>|<!{ATTRIBUTES}>"
    rf"|<(/?)([a-zA-Z][^\s/>]*+){ATTRIBUTES}>",
    re.DOTALL | re.IGNORECASE,
)
_LANG = re.compile(r"""\slang\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
# Read out or shown with what the element holds; ``data-label`` by the style sheet.
_SHOWN = frozenset(
    {"alt", "aria-label", "content", "data-label", "label", "placeholder", "summary", "title"}
)
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"}) | {
    *("source", "track", "wbr"),
}
# They hold text and no elements.
_TEXT_ONLY = frozenset({"option", "textarea", "title"})

# What a script fills in is in no language.
_FILLED = re.compile(r"\{[a-z]+\}")

# Before any element has said a language; "" is one that nobody knows.
_UNSAID = "-"


@dataclass(slots=True)
class _Open:
    """An open element: the language that it says, and that of what it holds."""

    name: str
    says: str
    holds: str
    is_drawn: bool = False


def settled(html: str) -> str:
    """Return a page in which languages are attributes, and no mark is left."""
    return "".join(_Page(html).parts()) if is_marked(html) else html


class _Page:
    def __init__(self, html: str) -> None:
        self._html = html
        self._open = [_Open("", _UNSAID, _UNSAID)]

    def parts(self) -> Iterator[str]:
        """The page, piece by piece."""
        start = 0
        tags = list(_TAG.finditer(self._html))
        for index, tag in enumerate(tags):
            yield self._text(self._html[start : tag.start()])
            start = tag.end()
            name = (tag[4] or "").lower()
            if not name:
                yield plain(tag[0])
            elif tag[3]:
                yield plain(tag[0])
                self._close(name)
            else:
                end = tags[index + 1].start() if index + 1 < len(tags) else len(self._html)
                yield self._begin(name, tag[0], self._html[start:end])
        yield self._text(self._html[start:])

    def _close(self, name: str) -> None:
        if any(element.name == name for element in self._open):
            while self._open.pop().name != name:
                pass

    def _begin(self, name: str, tag: str, text: str) -> str:
        """A start tag, before ``text``, with the attributes that say languages."""
        around = self._open[-1]
        values = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in ATTRIBUTE.finditer(tag)}
        holds = values.get("lang", around.holds)
        is_drawn = around.is_drawn or name == "svg"
        said = [value for key, value in values.items() if key in _SHOWN and is_marked(value)]
        says = language_of(" ".join(said), holds) if said else holds
        if (name in _TEXT_ONLY or is_drawn) and is_marked(text):
            says = holds = language_of(text, holds)
        beside = [
            f' {key}-lang="{language}"'
            for key, value in values.items()
            if key.startswith("data-") and key not in _SHOWN and is_marked(value)
            for language in [language_of(_FILLED.sub("", value), holds)]
            if language != holds
        ]
        is_void = name in _VOID or tag.endswith("/>")
        if not is_void:
            self._open.append(_Open(name, says, holds, is_drawn))
        tag = plain(tag)
        if says != values.get("lang", around.says) and (said or not is_void):
            tag = _LANG.sub("", tag)
            beside.append(f' lang="{says}"')
        end = len(tag) - (2 if tag.endswith("/>") else 1)
        return tag[:end].rstrip() + "".join(beside) + tag[end:] if beside else tag

    def _text(self, text: str) -> str:
        inside = self._open[-1]
        if inside.says == inside.holds and not is_marked(text):
            return text
        if inside.name in _TEXT_ONLY or inside.is_drawn:
            return plain(text)
        return "".join(
            f'<span lang="{lang}">{piece}</span>'
            if lang != inside.says and any(map(str.isalpha, piece))
            else piece
            for piece, lang in pieces(text, inside.holds)
        )
