"""A finished page whose links lead elsewhere; all else on it stays as it is, byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape, unescape

from generator.finish_links import ADDRESSES, ATTRIBUTE, REFRESH, TAG

# The address of the folder from which the search loads its scripts and to which its hits are
# relative; the other addresses on a page are those that the link check knows.
FOLDER_OF_SEARCH = "data-root"
_MARKED = "<a"
_FOLLOWED = (_MARKED, "<link")  # what a browser loads only when it is told to
_END = "</a>"


def relinked(
    html: str,
    change: Callable[[str], str | None],
    folder: Callable[[str], str],
    outside: Callable[[str], str],
    mark: str,
) -> str:
    """Return a page with other addresses.

    ``change`` gives the new one of a link, or None for one to what is not there: that becomes what
    ``outside`` says, and if a reader can follow it, ``mark`` stands at its end. ``folder`` gives
    the new address of the folder of the search. Raises ValueError if the page itself needs what is
    not there (a mistake in the program).
    """
    edits: list[tuple[int, int, str]] = []
    for tag, start, end, address, is_folder in _links(html):
        new = folder(address) if is_folder else change(address)
        if new is None:
            if tag not in _FOLLOWED:
                raise ValueError(f"{tag} needs {address!r}, which is not there")
            new = outside(address)
            place = html.find(_END, end) if tag == _MARKED and not _is_drawn(html, start) else -1
            if place >= 0:
                edits.append((place, place, mark))
        if new != address:
            edits.append((start, end, escape(new)))
    return _edited(html, edits)


def _links(html: str) -> Iterator[tuple[str, int, int, str, bool]]:
    """Yield each address on a page: tag, start, end, value, and whether it is that of a folder."""
    for tag in TAG.finditer(html):
        group = 2 if tag[2] else 4
        attributes = tag[group]
        if not attributes or not _matters(attributes):
            continue
        name = (tag[1] or tag[3]).lower()
        offset = tag.start(group)
        for attribute in ATTRIBUTE.finditer(attributes):
            key = attribute[1].lower()
            number = next(n for n in (2, 3, 4) if attribute[n] is not None)
            value, start = attribute[number], offset + attribute.start(number)
            if key in ADDRESSES or key == FOLDER_OF_SEARCH:
                yield f"<{name}", start, start + len(value), unescape(value), key not in ADDRESSES
            elif key == "content" and name == "meta":
                refresh = REFRESH.match(value)
                if refresh:
                    start += refresh.start(1)
                    yield f"<{name}", start, start + len(refresh[1]), unescape(refresh[1]), False


def _is_drawn(html: str, offset: int) -> bool:
    """Whether a place is inside of SVG, where no text of HTML can stand."""
    return html.rfind("<svg", 0, offset) > html.rfind("</svg", 0, offset)


def _matters(attributes: str) -> bool:
    return (
        "href" in attributes
        or "src" in attributes
        or "content" in attributes
        or FOLDER_OF_SEARCH in attributes
        or "action" in attributes
        or "poster" in attributes
        or "data=" in attributes
    )


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    parts: list[str] = []
    at = 0
    for start, end, new in sorted(edits):
        parts += (text[at:start], new)
        at = end
    return "".join((*parts, text[at:]))
