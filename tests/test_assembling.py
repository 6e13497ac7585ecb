"""One site of the sites of single languages: byte for byte that of one build, or nothing at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.assembling import assemble
from generator.errors import BuildError, ContentError
from generator.manifest import compare
from generator.pipeline import build
from generator.project import Project
from tests.built import once
from tests.samples import other_project
from tests.small_site import tree

LANGUAGES = ("fr", "pl")


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of each language, built where nothing else was."""

    def make(folder: Path) -> None:
        for code in LANGUAGES:
            (folder / code).mkdir()
            build(other_project(folder / code), only=(code,))

    return once(tmp_path_factory, "parts", make)


@pytest.fixture
def folders(parts: Path, tmp_path: Path) -> list[Path]:
    """Copies of the parts, as from other machines."""
    found = [tmp_path / f"part-{code}" for code in LANGUAGES]
    for code, folder in zip(LANGUAGES, found, strict=True):
        shutil.copytree(Project(parts / code).site, folder)
    return found


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "project").mkdir()
    return other_project(tmp_path / "project")


def test_the_result_is_that_of_one_build(
    project: Project, folders: list[Path], other_site: Project
) -> None:
    for number in range(2):  # upon nothing, and upon a site that is there
        count = assemble(project, folders[:: 1 - 2 * number])
        assert tree(project.site) == tree(other_site.site)
        assert count == len(tree(project.site))
    assert list(compare(project.site).lines()) == []


def lost(folders: list[Path]) -> list[Path]:
    return folders[:1]


def twice(folders: list[Path]) -> list[Path]:
    return [*folders, folders[0]]


def whole(folders: list[Path]) -> list[Path]:
    shutil.copytree(folders[1] / "pl", folders[0] / "pl")
    return folders


def nothing(folders: list[Path]) -> list[Path]:
    return [*folders, folders[0].parent]


def other_content(folders: list[Path]) -> list[Path]:
    (folders[1] / "data" / "facts.json").write_text("[]\n", "utf-8")
    return folders


def link(folders: list[Path]) -> list[Path]:
    (folders[0] / "fr" / "more").symlink_to("/etc")
    return folders


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lost, "no folder has the language pl"),
        (twice, "both have the language fr"),
        (whole, "has fr and pl; expected the site/ of a build --lang LANG"),
        (nothing, "has no language of this site"),
        (other_content, "'data/facts.json' is not the same in"),
        (link, "is not a plain file"),
    ],
)
def test_parts_that_do_not_fit_are_refused_and_nothing_is_published(
    project: Project,
    folders: list[Path],
    harm: Callable[[list[Path]], list[Path]],
    said: str,
) -> None:
    with pytest.raises(BuildError, match=said):
        assemble(project, harm(folders))
    assert not project.site.exists()


def test_a_dead_link_between_parts_is_found(project: Project, folders: list[Path]) -> None:
    page = folders[0] / "fr" / "about" / "index.html"
    page.write_text(page.read_text("utf-8").replace('href="../../pl/', 'href="../../pl/x'), "utf-8")
    with pytest.raises(ContentError) as caught:
        assemble(project, folders)
    assert {problem.rule for problem in caught.value.problems} == {"dead-link"}
    assert not project.site.exists()
