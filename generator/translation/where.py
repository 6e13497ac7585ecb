"""On which pages a string appears, from what the pages read when they are rendered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from generator.model.kinds import BY_PLURAL
from generator.render import Rendered
from generator.translation.units import Unit

EVERYWHERE = "*"


def where(rendered: Iterable[Rendered]) -> Callable[[Unit], tuple[str, ...]]:
    """Return a function that gives the addresses of the pages on which a string appears.

    Texts of the interface, labels and patterns may appear anywhere: they are on ``*``, once for
    each page.
    """
    pages: dict[str, set[str]] = defaultdict(set)
    everywhere = 0
    for page in rendered:
        everywhere += 1
        for read in page.reads:
            sort, _, key = read.partition(":")
            if sort in ("word", "words"):
                pages[key].add(page.url)

    def find(unit: Unit) -> tuple[str, ...]:
        if unit.file not in BY_PLURAL:
            return (EVERYWHERE,) * everywhere
        base, _, number = unit.key.rpartition("-")
        found = pages.get(unit.key, set())
        if number.isdigit():
            found = found | pages.get(base, set())
        return tuple(sorted(found))

    return find
