"""Which cards there are. The programs that draw are loaded when they are asked to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.dataset import Dataset
from generator.editions.chromium import find_chromium
from generator.editions.edition import Edited, Edition, Made
from generator.routes import CARDED, Routes, card_of


def card_paths(dataset: Dataset, languages: Sequence[str]) -> Iterator[str]:
    """The paths of all cards, below the folder of editions."""
    routes = Routes(dataset)
    for lang in languages:
        yield card_of(lang)
        for kind in CARDED:
            yield from (card_of(lang, routes[item.id]) for item in dataset.by_kind[kind])


def make_cards(edited: Edited) -> Iterator[Made]:
    """Draw what has changed. Raises BuildError if there is no Chromium."""
    from generator.editions.card import cards

    return cards(edited)


CARDS = Edition(
    "cards",
    "PNG",
    "image/png",
    (),
    make_cards,
    card_paths,
    texts=("foot.state", "site.description", "site.name", *(f"kind.{kind}" for kind in CARDED)),
    ready=find_chromium,
)
