"""Languages that are built alone: faults in the words of one hold up no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import ContentError, UsageError
from generator.pipeline import build
from generator.project import Project
from tests.built import copied
from tests.samples import other_project
from tests.small_site import tree
from tests.test_pipeline import changed, edit

BROKEN = ("content/words/pl/regions.yaml", "](pomerania)", "](pomorze)")


@pytest.fixture
def project(tmp_path: Path, other_site: Project) -> Project:
    return copied(other_site, tmp_path / "project")


def refused(project: Project, *only: str) -> list[str | None]:
    with pytest.raises(ContentError) as caught:
        build(project, only=only)
    return [problem.value for problem in caught.value.problems]


def below(files: dict[str, bytes], folder: str) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if path.startswith(f"{folder}/")}


def test_the_other_language_goes_through_and_this_one_stays_as_it_was(project: Project) -> None:
    before = tree(project.site)
    edit(project, *BROKEN)
    edit(project, "content/words/fr/regions.yaml", "attend son tour", "a eu son tour")
    assert refused(project) == ["pomorze"]
    assert tree(project.site) == before
    build(project, only=("fr",))
    after = tree(project.site)
    assert b"a eu son tour" in after["fr/regions/normandy/index.html"]
    assert {path.partition("/")[0] for path in changed(before, after)} == {"fr", "SHA256SUMS"}
    assert refused(project, "pl") == ["pomorze"]
    assert tree(project.site) == after


def test_a_language_at_fault_is_left_out_where_that_is_asked_for(project: Project) -> None:
    before = tree(project.site)
    edit(project, *BROKEN)
    edit(project, "content/words/fr/regions.yaml", "attend son tour", "a eu son tour")
    result = build(project, keep=True)
    assert [problem.value for problem in result.problems] == ["pomorze"]
    assert set(result.written) == {"fr"}
    after = tree(project.site)
    assert below(after, "pl") == below(before, "pl")
    assert below(after, "data") == below(before, "data")
    assert below(after, "fr") != below(before, "fr")
    edit(project, BROKEN[0], BROKEN[2], BROKEN[1])
    build(project)
    whole = tree(project.site)
    edit(project, "content/words/fr/regions.yaml", "a eu son tour", "attend son tour")
    build(project, keep=True)
    assert tree(project.site) == before
    assert whole != before


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("content/facts/regions/regions.yaml", "country: poland", "country: polan"),
        ("content/words/fr/regions.yaml", "](pomerania)", "](pomorze)"),
        ("content/site.yaml", "as_of:", "as_off:"),
    ],
)
def test_faults_in_facts_and_source_words_stop_every_language(
    project: Project, name: str, old: str, new: str
) -> None:
    before = tree(project.site)
    edit(project, name, old, new)
    for options in ({"only": ("pl",)}, {"keep": True}):
        with pytest.raises(ContentError):
            build(project, **options)  # type: ignore[arg-type]
    assert tree(project.site) == before


def test_one_language_can_be_the_first_to_be_published(tmp_path: Path, project: Project) -> None:
    (tmp_path / "new").mkdir()
    fresh = other_project(tmp_path / "new")
    build(fresh, only=("pl",))
    alone, whole = tree(fresh.site), tree(project.site)
    assert below(alone, "pl") == below(whole, "pl")
    assert below(alone, "fr") == {}
    assert {"index.html", "404.html", "data/facts.json"} <= alone.keys()
    build(fresh, only=("fr",))
    build(fresh)
    assert tree(fresh.site) == whole


def test_a_language_that_the_site_does_not_have_is_named(project: Project) -> None:
    with pytest.raises(UsageError, match=r"no language 'pll'.*did you mean 'pl'"):
        build(project, only=("pll",))


def test_what_is_new_or_gone_in_the_facts_holds_up_no_language(project: Project) -> None:
    """The pages that stay lead to what is gone, and what is new leads to pages not yet there."""
    before = tree(project.site)
    edit(project, *BROKEN)
    path = project.content / "facts" / "agreements" / "agreements.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("schools-2019:", "schools-2020:"), "utf-8")
    for options in ({"only": ("fr",)}, {"keep": True}):
        build(project, **options)  # type: ignore[arg-type]
        after = tree(project.site)
        assert "fr/agreements/schools-2020/index.html" in after
        assert "fr/agreements/schools-2019/index.html" not in after
        assert below(after, "pl") == below(before, "pl")
    edit(project, BROKEN[0], BROKEN[2], BROKEN[1])
    build(project)
    assert "pl/agreements/schools-2020/index.html" in tree(project.site)


def test_a_dead_link_in_the_language_that_is_built_is_told_all_the_same(project: Project) -> None:
    edit(project, "templates/pages/about.md.j2", "{% block body %}", DEAD_LINK)
    assert refused(project, "fr") == ["../nowhere/"]


DEAD_LINK = '{% block body %}\n<p><a href="../nowhere/">x</a></p>\n'
