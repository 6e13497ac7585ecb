"""From content to a published site, and that nothing is published unless everything is right."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.checks.texts import stem
from generator.configuring import epoch
from generator.errors import BuildError, ContentError
from generator.exchange import lock
from generator.loading import check, load, read
from generator.locale import Locale
from generator.pipeline import build
from generator.project import Project
from generator.render import Renderer, environment
from generator.routes import Routes
from generator.text_rules import TITLE_TEXTS, text_rules
from generator.views.pages import plan
from tests.built import copied
from tests.samples import other_project
from tests.small_site import tree


@pytest.fixture
def project(tmp_path: Path, other_site: Project) -> Project:
    """A built project of its own for each test."""
    return copied(other_site, tmp_path / "project")


def edit(project: Project, name: str, old: str, new: str) -> None:
    path = project.root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def state(folder: Path) -> dict[str, tuple[int, int]]:
    """Inode and time of change of every file: what a write would alter."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def test_a_second_build_rewrites_nothing_and_publishes_the_same(project: Project) -> None:
    docs = {code: state(project.build / code / "docs") for code in ("fr", "pl")}
    raw = {code: state(project.build / code / "raw") for code in ("fr", "pl")}
    configs = state(project.build / "fr").get("mkdocs.yml"), state(project.build / "pl")
    site, files = tree(project.site), state(project.site)
    result = build(project)
    assert {code: written.changed for code, written in result.written.items()} == {
        "fr": frozenset(),
        "pl": frozenset(),
    }
    assert {code: state(project.build / code / "docs") for code in docs} == docs
    assert {code: state(project.build / code / "raw") for code in raw} == raw
    assert (state(project.build / "fr").get("mkdocs.yml"), state(project.build / "pl")) == configs
    assert tree(project.site) == site
    assert state(project.site) == files  # hard links to what stood there
    assert tree(project.build / "stage") == tree(project.site)


def test_a_translated_name_changes_the_pages_that_show_it_and_no_other(project: Project) -> None:
    before = tree(project.site)
    edit(project, "content/words/pl/regions.yaml", '"Normandia"', '"Normandia Górna"')
    result = build(project)
    # Its names in all languages.
    assert result.written["fr"].changed == {"naming/index.md", "regions/normandy/index.md"}
    assert result.written["pl"].changed == {
        *("index.md", "regions/index.md", "regions/normandy/index.md"),
        *("countries/france/index.md", "sources/part-1/index.md"),
        *("measures/conventions/index.md", "naming/index.md"),
        *("comparison/index.md", "coverage/index.md", "partnerships/index.md"),
    }
    after = tree(project.site)
    pages = {name for name in changed(before, after) if name.endswith(".html")}
    changed_pl = {f"pl/{name.replace('index.md', '.md')}" for name in result.written["pl"].changed}
    changed_pl = {name.removesuffix(".md") for name in changed_pl}
    assert {name.removesuffix("index.html").rstrip("/") for name in pages} == {
        *("fr/naming", "fr/regions/normandy"),
        *(name.rstrip("/") for name in changed_pl),
    }
    assert "Normandia Górna" in after["fr/assets/search/index.js"].decode()  # names lead anywhere


def test_what_is_built_upon_equals_what_is_built_from_nothing(
    project: Project, tmp_path: Path
) -> None:
    edit(project, "content/words/fr/regions.yaml", "attend son tour", "n'attend plus")
    edit(project, "content/facts/figures/figures.yaml", "value: 3\n", "value: 4\n")
    (project.content / "facts" / "partnerships" / "partnerships.yaml").unlink()
    edit(project, "templates/pages/about.md.j2", "{% block body %}", "{% block body %}\n<hr>\n")
    build(project)
    fresh = Project(tmp_path / "fresh")
    fresh.root.mkdir()
    for name in ("content", "templates"):
        shutil.copytree(project.root / name, fresh.root / name)
    shutil.copy(project.root / "mkdocs.yml", fresh.root)
    build(fresh)
    assert changed(tree(project.site), tree(fresh.site)) == set()


def test_a_record_that_is_gone_leaves_no_page(project: Project) -> None:
    path = project.content / "facts" / "agreements" / "agreements.yaml"
    kept, gone, _ = path.read_text(encoding="utf-8").partition("schools-2019:")
    assert gone
    path.write_text(kept, encoding="utf-8")
    build(project)
    assert not (project.site / "pl" / "agreements" / "schools-2019").exists()
    assert not (project.site / "pl" / "agreements" / "by-year" / "2019").exists()
    for name in ("data/facts.json", "pl/sitemap.xml", "fr/assets/search/index.js"):
        assert "schools-2019" not in (project.site / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "rule"),
    [
        ("content/facts/regions/regions.yaml", "country: poland", "country: polan", "unknown-ref"),
        ("content/words/pl/regions.yaml", "](pomerania)", "](pomorze)", "unknown-link"),
        ("content/facts/vocabulary.yaml", "region-kinds:", "\tregion-kinds:", ""),
        ("content/site.yaml", "source_language: fr", "source_language: it", ""),
    ],
)
def test_a_mistake_keeps_the_published_site(
    project: Project, name: str, old: str, new: str, rule: str
) -> None:
    site, docs = state(project.site), state(project.build / "fr" / "docs")
    edit(project, name, old, new)
    with pytest.raises(ContentError) as error:
        build(project)
    first = error.value.problems[0]
    assert first.place.file == name
    assert first.rule.startswith(rule)
    assert state(project.site) == site
    assert state(project.build / "fr" / "docs") == docs


def test_a_project_with_a_mistake_from_the_start_publishes_nothing(tmp_path: Path) -> None:
    project = other_project(tmp_path)
    edit(project, "content/facts/regions/regions.yaml", "country: poland", "country: polan")
    assert [problem.hint for problem in check(project)] == ["poland"]
    with pytest.raises(ContentError):
        build(project)
    assert not project.site.exists()


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("templates/pages/region.md.j2", "{% set record", "{% sett record", "region.md.j2"),
        ("templates/pages/region.md.j2", "{{ p.prose(", "{{ p.prosa(", "region.md.j2"),
        ("templates/macros.md.j2", "{% macro", "{% makro", "macros.md.j2"),
        ("templates/standalone/404.html.j2", "language.name", "language.nome", "404.html.j2"),
        ("templates/theme/main.html", '{% extends "base.html" %}', "{% extends 5 %}", "MkDocs"),
        ("mkdocs.yml", "plugins: []", "plugins: [nothing-of-this-name]", "nothing-of-this-name"),
        ("mkdocs.yml", "site_name:", "- site_name:", "mkdocs.yml"),
    ],
)
def test_a_broken_template_or_setting_keeps_the_published_site(
    project: Project, name: str, old: str, new: str, message: str
) -> None:
    site = state(project.site)
    edit(project, name, old, new)
    with pytest.raises(BuildError, match=message):
        build(project)
    assert state(project.site) == site


def test_a_file_of_the_theme_that_is_missing_is_named(project: Project) -> None:
    site = state(project.site)
    (project.theme / "assets" / "css" / "chooser.css").unlink()
    with pytest.raises(BuildError, match=r"chooser\.css"):
        build(project)
    assert state(project.site) == site


def test_a_dead_link_in_a_template_keeps_the_published_site(project: Project) -> None:
    site = state(project.site)
    edit(
        project,
        "templates/pages/about.md.j2",
        "{% block body %}",
        '{% block body %}\n<p><a href="../nowhere/">x</a></p>\n',
    )
    with pytest.raises(ContentError) as error:
        build(project)
    assert {problem.rule for problem in error.value.problems} == {"dead-link"}
    assert {problem.value for problem in error.value.problems} == {"../nowhere/"}
    assert state(project.site) == site


def test_after_a_failed_build_the_next_one_is_whole(project: Project, other_site: Project) -> None:
    edit(project, "templates/pages/region.md.j2", "{{ p.prose(", "{{ p.prosa(")
    with pytest.raises(BuildError):
        build(project)
    edit(project, "templates/pages/region.md.j2", "{{ p.prosa(", "{{ p.prose(")
    build(project)
    assert changed(tree(project.site), tree(other_site.site)) == set()


def test_what_a_killed_build_left_is_repaired(project: Project, other_site: Project) -> None:
    (project.build / "stage" / "half").mkdir(parents=True)
    project.site.rename(project.build / "stage.old")
    build(project)
    assert changed(tree(project.site), tree(other_site.site)) == set()
    assert [path.name for path in project.build.glob("stage*")] == ["stage"]
    assert not (project.build / "stage" / "half").exists()


def test_two_builds_at_a_time_are_refused(project: Project) -> None:
    with lock(project.build), pytest.raises(BuildError, match=r"in use by process \d+"):
        build(project)


def test_progress_is_told_stage_by_stage(project: Project) -> None:
    told: list[str] = []
    build(project, told.append)
    assert told[0].startswith("reading")
    assert told[-2:] == ["finishing", "keeping what is known"]
    assert {"built fr", "built pl"} <= set(told)


def test_pages_are_counted_over_all_languages(project: Project) -> None:
    result = build(project)
    pages = [*(project.site / "fr").rglob("*.html"), *(project.site / "pl").rglob("*.html")]
    redirects = [path for path in pages if "old-" in path.as_posix()]
    assert result.pages == len(pages) - len(redirects) - 2  # each language has a 404


class Asked(dict[str, str]):
    """Texts that note which of them were asked for."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__(texts)
        self.keys_asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.keys_asked.add(key)
        return super().get(key, default)


def test_every_text_that_a_page_shows_is_one_that_the_check_asks_for(project: Project) -> None:
    env = environment(project.templates)
    store = read(project, env)
    content = load(project, env).content
    dataset, words = content.dataset, content.words
    texts = Asked(words.texts("fr"))
    locale = Locale("fr", texts)
    renderer = Renderer(dataset, words, locale, env)
    for page in plan(dataset, Routes(dataset)):
        renderer.render(page)
    rules = {**text_rules(dataset.vocabulary, locale), **TITLE_TEXTS}
    known = {stem(key) for key in (*store.needed_texts, *rules)}
    unknown = {key for key in texts.keys_asked if stem(key) not in known}
    unknown = {key for key in unknown if stem(re.sub(r"-\d+$", "", key)) not in known}  # paragraphs
    # Values that a language may word in its own way, and the names of printed fields.
    unknown = {key for key in unknown if key.partition(".")[0] not in dataset.vocabulary.lists}
    assert {key for key in unknown if not key.startswith(("field.", "about.", "phrase."))} == set()


def test_a_text_that_a_page_or_the_theme_shows_is_missed(project: Project) -> None:
    path = project.content / "words" / "fr" / "interface.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    gone = ("nav.regions", "section.project", "theme.page.skip", "status.ended", "column.date")
    gone = (*gone, "theme.palette.dark", "kind.source", "not-found.title", "theme.search.count")
    kept = [line for line in lines if not line.startswith(gone)]
    path.write_text("".join(kept), encoding="utf-8")
    missed = {p.value for p in check(project) if p.rule == "missing-word"}
    assert set(gone) - {"theme.search.count"} <= missed


def test_the_build_works_by_the_state_of_the_data(project: Project) -> None:
    loaded = load(project, environment(project.templates))
    assert epoch(loaded.content.dataset) == 1_625_011_200  # 30 June 2021, midnight UTC
