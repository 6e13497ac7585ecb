"""A clean clone gives the same site, byte for byte, wherever and by whomever it is built.

Every night of this project's own data; with every push of the second dataset, which goes through
the same code.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from generator.project import Project
from tests.built import clone_repository, languages_of, repository_files, run_generator
from tests.small_site import tree

# Far from what the other copy was built under: folder, zone, language, hash seed, mask, cores.
ELSEWHERE = {
    "COLUMNS": "20",
    "LANG": "tr_TR.UTF-8",
    "LANGUAGE": "de",
    "LC_ALL": "C",
    "NO_COLOR": "1",
    "PYTHONHASHSEED": "4711",
    "SOURCE_DATE_EPOCH": "1",
    "TZ": "Pacific/Kiritimati",
    "HOME": "/nonexistent",
}


@pytest.fixture(
    scope="module", params=["other_site", pytest.param("real_site", marks=pytest.mark.nightly)]
)
def first(request: pytest.FixtureRequest) -> Project:
    """What was built here."""
    found: Project = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def clone(first: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A clone without anything that was made, in a folder of another depth and with odd letters."""
    folder = tmp_path_factory.mktemp("clone") / "a b" / "ünter"
    folder.mkdir(parents=True)
    clone_repository(folder)
    shutil.rmtree(folder / "content")
    shutil.copytree(first.content, folder / "content")
    done = run_generator(folder, "build", env=ELSEWHERE, umask=0o077)
    assert done.returncode == 0, done.stderr
    return Project(folder)


def state(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_clones_give_the_same_site(clone: Project, first: Project) -> None:
    ours, theirs = tree(first.site), tree(clone.site)
    assert sorted(ours) == sorted(theirs)
    assert [name for name, data in ours.items() if theirs[name] != data] == []


def test_two_clones_give_the_same_markdown_and_configuration(
    clone: Project, first: Project
) -> None:
    for lang in languages_of(clone):
        ours, theirs = (project.build / lang for project in (first, clone))
        assert tree(ours / "docs") == tree(theirs / "docs")
        assert (ours / "mkdocs.yml").read_bytes() == (theirs / "mkdocs.yml").read_bytes()


def test_the_site_does_not_say_where_or_when_it_was_built(clone: Project) -> None:
    place, user = str(clone.root).encode(), b"/nonexistent"
    for name, data in tree(clone.site).items():
        assert place not in data, name
        assert user not in data, name


def test_building_again_rewrites_nothing(clone: Project) -> None:
    site = tree(clone.site)
    before = {lang: state(clone.build / lang) for lang in languages_of(clone)}
    done = run_generator(clone.root, "build")
    assert done.returncode == 0, done.stderr
    assert {lang: state(clone.build / lang) for lang in languages_of(clone)} == before
    assert tree(clone.site) == site


def test_a_build_touches_nothing_but_build_and_site(clone: Project) -> None:
    allowed = {"build", "site", ".git"}
    made = {path.name for path in clone.root.iterdir()} - allowed
    names = repository_files()
    if names is not None:
        assert made == {name.partition("/")[0] for name in names} - allowed
    if (clone.root / ".git").exists():
        command = ["git", "status", "--porcelain", "--", ".", ":!content"]
        status = subprocess.run(command, cwd=clone.root, capture_output=True, text=True, check=True)
        assert status.stdout == ""


def test_the_project_needs_nothing_from_outside_its_folder(clone: Project) -> None:
    for path in sorted((clone.root / "generator").rglob("*.py")):
        assert "../shared" not in path.read_text(encoding="utf-8"), path
    assert not (clone.root.parent / "shared").exists()
    done = run_generator(clone.root, "check", env={"PATH": "/nonexistent"})
    assert (done.returncode, done.stdout) == (0, "no problems\n")
