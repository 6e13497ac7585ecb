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


def test_patterns_and_texts_of_the_theme_are_everywhere() -> None:
    assert where(PAGES)(unit("date.month", "values")) == (EVERYWHERE,) * 2
    assert where([])(unit("date.month", "values")) == ()
    assert where(PAGES, ["text:nav.home"])(unit("nav.home", "interface")) == (EVERYWHERE,) * 2


def test_a_text_of_the_interface_is_where_a_page_has_read_it_or_another_form_of_it() -> None:
    pages = [page("regions/", "text:count.things.one", "text:field.kind"), page("about/")]
    find = where(pages)
    assert find(unit("field.kind", "interface")) == ("regions/",)
    assert find(unit("count.things.few", "interface")) == ("regions/",)
    assert find(unit("field.code", "interface")) == ()
    assert find(unit("goods.tea", "terms")) == ()


def test_real_pages_are_found(tmp_path: Path) -> None:
    queue = json.loads(status(toy_project(tmp_path), ["de"], True, None))["de"]["queue"]
    pages = {entry["key"]: entry["pages"] for entry in queue}
    assert "regions/birch/" in pages["birch.note"]
    assert pages["column.forum"] == ["forums/"]
    assert "agreements/alder-cedar-2015/" in pages["field.status"]
