"""A clean clone gives the same site, byte for byte, wherever and by whomever it is built.

Every night of this project's own data; with every push of the second dataset, which goes through
the same code.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.manifest import compare
from generator.project import Project
from tests.built import ROOT, clone_repository, languages_of, repository_files, run_generator
from tests.samples import other_project
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


# Where Debian and others keep libfaketime, which tells programs another time (.ci/tools).
FAKETIME = ("/usr/lib/*/faketime/libfaketime.so.1", "/usr/lib*/faketime/libfaketime.so.1")


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


# The small dataset, under all that may differ between two machines at once.


def other_time() -> dict[str, str]:
    """An environment in which it is four years later; files keep their times."""
    found = [str(path) for pattern in FAKETIME for path in Path("/").glob(pattern[1:])]
    if not found:
        pytest.fail("no libfaketime: install the package faketime", pytrace=False)
    return {"LD_PRELOAD": found[0], "FAKETIME": "+1500d", "NO_FAKE_STAT": "1"}


def copied_backwards(source: Path, target: Path) -> None:
    """Copy files, the last one first, so that folders list them in another order where they can."""
    for path in sorted(source.rglob("*"), reverse=True):
        if path.is_file() and not {"build", "site"} & set(path.relative_to(source).parts):
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
            os.utime(copy, (86_400, 86_400))


@pytest.fixture
def far_away() -> Iterator[Path]:
    """A folder on another file system, if there is one, where the newest file is listed first."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def test_any_machine_on_any_day_makes_what_the_manifest_says(
    tmp_path: Path, far_away: Path, other_site: Project
) -> None:
    other_project(tmp_path / "plain")
    root = far_away / "ж ö" / "deep" / "er"
    copied_backwards(tmp_path / "plain", root)
    shutil.copytree(ROOT / "generator", root / "generator")
    # The engines get little of the environment; here they get the other time too.
    engine = root / "generator" / "engine.py"
    text = engine.read_text(encoding="utf-8")
    assert text.count("_PASSED_ON = (") == 1
    passed = "".join(f'"{name}", ' for name in other_time())
    engine.write_text(text.replace("_PASSED_ON = (", f"_PASSED_ON = ({passed}"), encoding="utf-8")
    git = ["git", "-c", "user.name=n", "-c", "user.email=e@example.org"]
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "x"]):
        subprocess.run([*git, *command], cwd=root, check=True)
    done = run_generator(root, "build", env=ELSEWHERE | other_time(), umask=0o077)
    assert done.returncode == 0, done.stderr
    found = compare(root / "site", other_site.site / "SHA256SUMS")
    assert list(found.lines()) == []
    assert found.compared == len(tree(other_site.site)) - 1
    made = {path.name for path in root.iterdir()} - {"generator", ".git"}
    assert made == {"build", "content", "mkdocs.yml", "site", "templates"}


def test_the_other_day_is_another_day() -> None:
    code = "import datetime; print(datetime.date.today() - datetime.date(2026, 1, 1))"
    days = [
        int(
            subprocess.run(
                [sys.executable, "-c", code],
                env={**os.environ, **env},
                capture_output=True,
                text=True,
                check=True,
            ).stdout.split()[0]
        )
        for env in ({}, other_time())
    ]
    assert days[1] - days[0] >= 1500
