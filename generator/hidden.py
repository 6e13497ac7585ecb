"""Characters that nobody sees, and that make a text another one than it seems to be."""

from __future__ import annotations

import re
import unicodedata

# Joiners that scripts with joined letters need between letters.
_JOINERS = "\u200c\u200d"
_UNJOINED = ("LATIN", "CYRILLIC", "GREEK")
# Soft hyphens, spaces without width, marks of direction, separators, tags: all that is never seen.
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


def hidden_in(text: str) -> int | None:
    """Return where the first hidden character of a text stands, if there is one."""
    if text.isascii():
        return None
    for match in _HIDDEN.finditer(text):
        at, char = match.start(), match[0]
        before = unicodedata.name(text[at - 1], "") if at else ""
        if char not in _JOINERS or not before or before.startswith(_UNJOINED):
            return at
    return None
