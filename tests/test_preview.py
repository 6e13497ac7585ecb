"""Marked strings: nothing but the marks differs from the page that is published."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from generator.loading import load, renderer_of
from generator.preview import BEGIN, CLOSE, OPEN, Marks, unmarked
from generator.project import Project
from generator.render import environment
from generator.routes import Routes
from generator.translation.command import stamp
from generator.views.pages import plan
from tests.samples import other_project
from tests.test_pipeline import edit


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return other_project(tmp_path)


def rendered(project: Project, lang: str, marks: Marks | None) -> dict[str, str]:
    env = environment(project.templates)
    content = load(project, env, marks=marks).content
    renderer = renderer_of(content.dataset, content.words, env, lang, marks=marks)
    pages = plan(content.dataset, Routes(content.dataset))
    return {page.url: renderer.render(page).text for page in pages}


@pytest.mark.parametrize("lang", ["fr", "pl"])
def test_without_its_marks_a_preview_is_the_page(project: Project, lang: str) -> None:
    plain, marked = rendered(project, lang, None), rendered(project, lang, Marks())
    assert plain.keys() == marked.keys()
    for url, text in plain.items():
        # What would begin a list at the start of a line needs no escape behind a mark.
        assert html.unescape(unmarked(marked[url])) == html.unescape(text), url
        assert OPEN in marked[url]
        assert marked[url].count(OPEN) == marked[url].count(CLOSE)
        depth = 0
        for sign in re.findall(f"[{OPEN}{CLOSE}]", marked[url]):
            depth += 1 if sign == OPEN else -1
            assert depth >= 0, url


def test_a_mark_says_how_a_string_stands_and_where(project: Project) -> None:
    marks = Marks()
    stamp(project, "pl", [], [])
    edit(project, "content/words/fr/regions.yaml", "La Bretagne échange", "La Bretagne commerce")
    path = project.content / "words" / "pl" / "interface.yaml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(one for one in lines if "field.country:" not in one), "utf-8")
    rendered(project, "pl", marks)
    table = {key: (state, place) for key, state, place in marks.table}
    assert table["normandy.name"][0] == "current"
    assert table["normandy.name"][1].startswith("content/words/pl/regions.yaml:")
    assert table["brittany.summary"][0] == "stale"
    assert table["normandy.summary"][0] == "missing"
    assert table["field.country"][0] == "missing"
    assert table["field.country"][1].startswith("content/words/fr/interface.yaml:")


def test_a_key_keeps_its_number_and_nested_marks_are_removed() -> None:
    marks = Marks()
    first = marks.wrap("a", "text", "current", "f:1:1")
    outer = marks.wrap("b", f"({first})", "stale", "f:2:1")
    assert marks.wrap("a", "new", "missing", "f:3:1").startswith(f"{OPEN}0{BEGIN}")
    assert unmarked(outer) == "(text)"
    assert marks.described()[0] == {"key": "a", "state": "missing", "place": "f:3:1"}
