"""The site as an archive that is unpacked and read without a network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.dataset import Dataset
from generator.editions.edition import Edited, Made

NAME = "offline"


def offline_paths(dataset: Dataset, languages: Sequence[str]) -> Iterator[str]:
    """The archives: one for each language, and one of all if all are asked for."""
    for code in languages:
        yield f"{NAME}-{code}.zip"
    if len(languages) == len(dataset.site.codes):
        yield f"{NAME}.zip"


def make_offline(edited: Edited) -> Iterator[Made]:
    """Yield the archives."""
    for path in offline_paths(edited.dataset, edited.languages):
        yield path, b"PK"
