"""On which pages a string appears, from what the pages read when they are rendered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from generator.checks.texts import stem
from generator.model.kinds import BY_PLURAL
from generator.render import Rendered
from generator.translation.units import INTERFACE, Unit

EVERYWHERE = "*"
_LISTED = (*BY_PLURAL, INTERFACE, "terms")


def where(
    rendered: Iterable[Rendered], always: Iterable[str] = ()
) -> Callable[[Unit], tuple[str, ...]]:
    """Return a function that gives the addresses of the pages on which a string appears.

    Patterns of values and dates may appear anywhere: they are on ``*``, once for each page; so are
    the texts that were ``always`` read (``text:KEY``), as those of the theme. A form of a text is
    where the text is: which forms there are is a matter of each language.
    """
    pages: dict[str, set[str]] = defaultdict(set)
    texts: dict[str, set[str]] = defaultdict(set)
    everywhere = 0
    for page in rendered:
        everywhere += 1
        for read in page.reads:
            sort, _, key = read.partition(":")
            if sort in ("word", "words"):
                pages[key].add(page.url)
            elif sort == "text":
                texts[stem(key)].add(page.url)
    common = {stem(key.partition(":")[2]) for key in always}

    def find(unit: Unit) -> tuple[str, ...]:
        if unit.file not in _LISTED or stem(unit.key) in common:
            return (EVERYWHERE,) * everywhere
        if unit.file not in BY_PLURAL:
            return tuple(sorted(texts.get(stem(unit.key), ())))
        base, _, number = unit.key.rpartition("-")
        found = pages.get(unit.key, set())
        if number.isdigit():
            found = found | pages.get(base, set())
        return tuple(sorted(found))

    return find
