"""The pictures that social networks and messengers show beside a link to a page."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

from lxml import html
from lxml.html import builder as E
from PIL import Image, __version__

from generator.editions.assets import asset
from generator.editions.chromium import Chromium, chromium
from generator.editions.edition import Edited, Made
from generator.editions.finished import Finished
from generator.editions.fonts import require_letters
from generator.finish import page_file
from generator.foreign import bare
from generator.locale import Locale
from generator.patterns import capitalized
from generator.routes import CARDED, HOME, Routes, card_of

# What is not in the pages and decides about the bytes all the same: this program.
_PROGRAM = "1"
#: Of a card, in pixels, as pages say it: what all networks take for a large one.
WIDTH, HEIGHT = 1200, 630
_STYLE, _MARK = "assets/css/card.css", "assets/images/mark.svg"
# Sizes of a title, the largest first, and what it may take up; all in pixels, as in card.css.
SIZES = (88, 76, 66, 58, 50, 44, 38)
_LINE, _ACROSS, _DOWN = 1.15, 1040, 330
# How wide letters are at most on the average, in widths of an em.
_SMALL, _CAPITAL = 0.6, 0.78
_COLOURS = 64


def cards(edited: Edited) -> Iterator[Made]:
    """Draw all cards, or take from the cache what was drawn with the same words.

    Raises BuildError if there is no Chromium.
    """
    with chromium() as browser, tempfile.TemporaryDirectory(prefix="cards-") as folder:
        for lang in edited.languages:
            edited.progress(f"drawing cards in {lang}")
            desk = _Desk(edited, lang, browser, Path(folder))
            said = dict(_said(edited, lang))
            desk.letters = frozenset(filter(str.isalpha, "".join(map("".join, said.values()))))
            for url, texts in said.items():
                yield card_of(lang, url), desk.drawn(*texts)


def _said(edited: Edited, lang: str) -> Iterator[tuple[str, tuple[str, str, str, str]]]:
    """What the cards of a language say, by the address of the page; first that of the site."""
    source = edited.words.source_language
    locale = Locale(lang, edited.words.texts(lang), edited.words.texts(source), source)
    site, about, state, day = (
        bare(text)
        for text in (
            *map(locale.text, ("site.name", "site.description", "foot.state")),
            locale.date(edited.dataset.site.as_of),
        )
    )
    yield HOME, (site, "", about, f"{state}: {day}")
    routes = Routes(edited.dataset)
    for kind in CARDED:
        above = capitalized(bare(locale.text(f"kind.{kind}")))
        for item in edited.dataset.by_kind[kind]:
            url = routes[item.id]
            page = (edited.site / lang / page_file(url)).read_bytes()
            yield url, (Finished(page).title, above, site, f"{state}: {day}")


class _Desk:
    """Draws the cards of one language, in a folder for what is in the making.

    ``letters`` are all that stand on them.
    """

    def __init__(self, edited: Edited, lang: str, browser: Chromium, folder: Path) -> None:
        self._edited, self._lang, self._browser, self._folder = edited, lang, browser, folder
        root = edited.site / lang
        files = {_STYLE: asset(root, _STYLE), _MARK: root / _MARK}
        self._files = {Path(name).name: file.read_bytes() for name, file in files.items()}
        for name, content in self._files.items():
            (folder / name).write_bytes(content)
        self.letters: frozenset[str] = frozenset()
        self._known: set[str] = set()

    def drawn(self, title: str, above: str, below: str, state: str) -> Path:
        """The card with these texts."""
        text = card(self._lang, title, above, below, state)

        def make(target: Path) -> None:
            require_letters(self._browser, self._folder, self._lang, self.letters, self._known)
            (self._folder / "card.html").write_bytes(text)
            data = self._browser.picture(self._folder / "card.html", WIDTH, HEIGHT)
            target.write_bytes(_smaller(data))

        tools = (_PROGRAM, f"pillow {__version__}", self._browser.version)
        return self._edited.cache.kept("cards", (*tools, text, *self._files.values()), make)


def card(lang: str, title: str, above: str, below: str, state: str) -> bytes:
    """A card as HTML that needs ``card.css`` and ``mark.svg`` beside it."""
    body = E.BODY(
        E.P(E.CLASS("below"), E.IMG(src="mark.svg", alt=""), E.SPAN(below)),
        E.DIV(
            E.CLASS("title"),
            E.P(E.CLASS("above"), above),
            E.H1(E.CLASS(f"size-{size_of(title)}"), title),
        ),
        E.P(E.CLASS("state"), state),
    )
    head = E.HEAD(
        E.META(charset="utf-8"), E.TITLE(title), E.LINK(rel="stylesheet", href="card.css")
    )
    tree = E.HTML({"lang": lang}, head, body)
    return bytes(html.tostring(tree, encoding="utf-8", doctype="<!doctype html>"))


def size_of(title: str) -> int:
    """The largest size at which a title stays within its place; the style cuts what is longer."""
    return next((size for size in SIZES if _fits(title, size)), SIZES[-1])


def _fits(title: str, size: int) -> bool:
    lines, room = 1, 0.0
    for word in title.split():
        width = sum(_SMALL if c.islower() else _CAPITAL for c in word) * size
        if width > _ACROSS:
            return False
        if room and room + width > _ACROSS:
            lines, room = lines + 1, 0.0
        room += width + _SMALL * size / 2
    return lines * size * _LINE <= _DOWN


def _smaller(data: bytes) -> bytes:
    """A picture of few colours with only these: a third of the size."""
    with Image.open(io.BytesIO(data)) as picture:
        few = picture.convert("RGB").quantize(
            _COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
        target = io.BytesIO()
        few.save(target, "PNG", optimize=True)
        return target.getvalue()
