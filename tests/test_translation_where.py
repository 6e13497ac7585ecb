"""On which pages a string appears."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.render import Rendered
from generator.translation.command import status
from generator.translation.units import State, Unit
from generator.translation.where import EVERYWHERE, where
from tests.helpers import toy_project


def unit(key: str, file: str = "regions") -> Unit:
    return Unit(key, file, None, None, State.MISSING)


def page(url: str, *reads: str) -> Rendered:
    return Rendered(url, "", "", "", frozenset(reads))


PAGES = [
    page("regions/", "word:alder.name", "word:birch.name", "item:alder"),
    page("regions/alder/", "word:alder.name", "words:alder.summary", "all:region"),
]


@pytest.mark.parametrize(
    ("key", "pages"),
    [
        ("alder.name", ("regions/", "regions/alder/")),
        ("birch.name", ("regions/",)),
        ("alder.summary", ("regions/alder/",)),
        ("alder.summary-2", ("regions/alder/",)),
        ("alder.summary-x", ()),
        ("alder.note", ()),
        ("alder", ()),
    ],
)
def test_a_word_is_where_a_page_has_read_it(key: str, pages: tuple[str, ...]) -> None:
    assert where(PAGES)(unit(key)) == pages


def test_texts_of_the_interface_are_everywhere() -> None:
    assert where(PAGES)(unit("nav.home", "interface")) == (EVERYWHERE,) * 2
    assert where([])(unit("nav.home", "interface")) == ()


def test_real_pages_are_found(tmp_path: Path) -> None:
    queue = json.loads(status(toy_project(tmp_path), ["de"], True, None))["de"]["queue"]
    pages = {entry["key"]: entry["pages"] for entry in queue}
    assert "regions/birch/" in pages["birch.note"]
    assert pages["nav.home"] == [EVERYWHERE]
