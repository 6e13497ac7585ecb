"""Escaping: content is printed as written, wherever it lands.

One escape is safe in HTML text, in quoted HTML attributes, in table cells and in Markdown (as
Python-Markdown reads it): what any of them would obey becomes a character reference.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup

# HTML: & < > " ' — Markdown: ` * _ [ ] { } \ | # ~ — attribute lists begin with {:, tables with |.
_SPECIAL = {ord(c): f"&#{ord(c)};" for c in "`*_[]{}\\|#~"}
_SPECIAL.update({ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"})
_SPECIAL.update({ord('"'): "&quot;", ord("'"): "&#39;"})
# Line ends and other control characters could end a block or an attribute.
_SPECIAL.update(dict.fromkeys((*range(32), 127, 133, 8232, 8233), " "))
# At the start of a paragraph these begin a list, a rule or a heading.
_STOP = f"&#{ord('.')};"
# What ends a marked string in a preview for translators, and one in another language.
_UNSEEN = "\ue002\ue005"
_TAGS = re.compile(r"<[^<>]*>")
_LEADING = re.compile(r"^(\s*)(?:([-+=:])|(\d+)([.)]))")


def escape(value: object) -> Markup:
    """Return ``value`` as text that is printed as written; markup stays as it is."""
    if isinstance(value, Markup):
        return value
    return _escaped(str(value))


def escape_inside(text: str) -> Markup:
    """The same for text that stands behind other text of its line, where nothing can begin."""
    safe = text.translate(_SPECIAL)
    if safe.endswith("!"):  # before a link it would make an image of it
        safe = f"{safe[:-1]}&#33;"
    return Markup(safe)


@lru_cache(maxsize=65536)
def _escaped(plain: str) -> Markup:
    text = str(escape_inside(plain))
    if text.startswith("    "):  # a block of code
        text = f" {text.lstrip(' ')}"
    match = _LEADING.match(text)
    if match:
        space, sign, number, stop = match.groups()
        begun = f"&#{ord(sign)};" if sign else f"{number}&#{ord(stop)};"
        text = space + begun + text[match.end() :]
    return Markup(text)


def joined(parts: Iterable[Markup]) -> Markup:
    """Return parts of a text one after the other; of two full stops that meet, one stays.

    They meet where a sentence ends with a value that ends with one, such as an abbreviated year.
    """
    found: list[Markup] = []
    for part in parts:
        meets = part.startswith(".") and bool(found) and ends_with_stop(found[-1])
        found.append(part[1:] if meets else part)
    return Markup("").join(found)


def ends_with_stop(text: Markup) -> bool:
    """Whether a reader sees a full stop at the end of a text, before its citations."""
    end = text.rstrip(_UNSEEN)
    while end.endswith(">"):
        end = end[: end.rfind("<sup" if end.endswith("</sup>") else "<")].rstrip(_UNSEEN)
    return end.endswith((".", _STOP))


def ended(text: Markup) -> Markup:
    """Return a text with a full stop at its end, if it has none and asks or calls nothing."""
    plain = _TAGS.sub("", text).rstrip(f"{_UNSEEN} ")
    return text if plain.endswith((".", _STOP, "?", "!", "…", "&#33;")) else text + Markup(".")


def unescape(value: str) -> str:
    """The text that a reader sees for an escaped one."""
    return html.unescape(value)
