"""Whether the fonts of this machine have the letters of a language. None is ever fetched."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from PIL import Image

from generator.editions.chromium import Chromium
from generator.errors import BuildError

_CELL, _COLUMNS = 40, 24
# A character that no font can have, and that is drawn as all missing ones are (Unicode, 23.7).
_NONE = "\U0010fffd"


def require_letters(
    browser: Chromium, folder: Path, lang: str, letters: Iterable[str], known: set[str]
) -> None:
    """Raise BuildError if there is no font for some letters; those that are ``known`` are there.

    Letters that were found become known. ``folder`` is for what is in the making.
    """
    asked = sorted(set(letters) - known)
    if not asked:
        return
    cells = "".join(f"<b>&#{ord(letter)};</b>" for letter in (_NONE, *asked))
    page = folder / "letters.html"
    page.write_text(
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{lang}</title><style>'
        f"body {{ width: {_CELL * _COLUMNS}px; margin: 0; font: 20px sans-serif; }}"
        f" b {{ float: left; width: {_CELL}px; height: {_CELL}px; overflow: hidden;"
        f" font-weight: 400; line-height: {_CELL}px; }}</style>{cells}",
        encoding="utf-8",
    )
    rows = len(asked) // _COLUMNS + 1
    data = browser.picture(page, _CELL * _COLUMNS, _CELL * rows)
    with Image.open(io.BytesIO(data)) as picture:
        shown = [_cell(picture.convert("L"), number) for number in range(len(asked) + 1)]
    missing = [letter for letter, cell in zip(asked, shown[1:], strict=True) if cell == shown[0]]
    if missing:
        raise BuildError(
            f"no font on this machine has the letters {' '.join(missing)} (language {lang}); on"
            " Debian: apt-get install fonts-dejavu-core"
        )
    known.update(asked)


def _cell(picture: Image.Image, number: int) -> bytes:
    row, column = divmod(number, _COLUMNS)
    left, top = column * _CELL, row * _CELL
    return picture.crop((left, top, left + _CELL, top + _CELL)).tobytes()
