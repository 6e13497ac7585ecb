"""Sites that tests look at, built once for all of them and all their processes.

How to have a built site cheaply, the cheapest first (CPU seconds):

* to look at pages of small data: the fixtures ``other_site`` (two languages, everything that the
  program can show; 5 s, shared) and ``new_language``; never change what is shared;
* to change it and build again: ``copied(other_site, tmp_path / "project")``, whose next build takes
  1 s, as ``build/memory.pickle`` comes along; only what must start from nothing calls
  ``tests.samples.other_project`` and builds that (5 s);
* to look at pages of the real data: the fixture ``real_site``. It goes on from what ``make site``
  left in ``build/`` and ``site/`` (10 s), if anything: so build once in your working copy. Without
  it is built from nothing (60 s). Nothing else in the ordinary run builds the real data;
* anything else that takes long and that several tests look at: a session fixture in ``conftest``
  around ``once``.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml

from generator.errors import BuildError
from generator.exchange import lock
from generator.pipeline import build
from generator.project import Project
from generator.translation.command import added_language
from tests.helpers import toy_project

ROOT = Path(__file__).parent.parent
NEW_LANGUAGE = "pl"
# What a copy without git leaves out.
MADE = (".git", ".venv", "build", "site", "__pycache__", "node_modules", ".*_cache", ".hypothesis")


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder that ``make`` fills, made by whichever test process comes first."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder, done = base / name, base / f"{name}.done"
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


def repository_files() -> list[str] | None:
    """What the next commit would hold; None outside of a repository."""
    if not (ROOT / ".git").exists():
        return None
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    output = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    return sorted(name for name in output.decode().split("\0") if (ROOT / name).is_file())


def copy_repository(folder: Path) -> None:
    """Copy the project as a commit would hold it, without git and without what is made."""
    names = repository_files()
    if names is None:
        shutil.copytree(
            ROOT, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*MADE), symlinks=True
        )
        return
    for name in names:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target)


def clone_repository(folder: Path) -> None:
    """Clone the last commit; copy the files where it is not what is being tested."""
    command = ["git", "status", "--porcelain"]
    is_clean = (ROOT / ".git").exists() and not subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True
    ).stdout
    if is_clean:
        clone = ["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder)]
        subprocess.run(clone, check=True)
    else:
        copy_repository(folder)


def languages_of(project: Project) -> tuple[str, ...]:
    """The codes of the languages of a project, in their order."""
    settings = yaml.load(
        (project.content / "site.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader
    )
    return tuple(settings["languages"])


def run_generator(
    folder: Path, *arguments: str, env: Mapping[str, str] | None = None, umask: int = 0o022
) -> subprocess.CompletedProcess[str]:
    """Run ``python -m generator`` with the code of the project in the folder."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **(env or {})},
        capture_output=True,
        text=True,
        check=False,
        umask=umask,
    )


def build_new_language(folder: Path) -> None:
    """Make the toy with one more language, which has no words, and build its site."""
    project = toy_project(folder)
    added_language(project, NEW_LANGUAGE)
    build(project)


def build_copy(folder: Path) -> None:
    """Copy the project and build its site, going on from what was built here, if anything.

    Incremental builds equal clean ones (``test_incremental``); CI has made the clean one just
    before, with ``make site``.
    """
    copy_repository(folder)
    here = Project(ROOT)
    if (here.build / "memory.pickle").is_file() and here.site.is_dir():
        with contextlib.suppress(BuildError), lock(here.build):
            _copy_built(here, folder)
    done = run_generator(folder, "build")
    assert done.returncode == 0, done.stderr


def copied(built: Project, root: Path) -> Project:
    """A copy of a built project, with which a test may do what it likes; ``root`` is made."""
    root.mkdir(parents=True)
    for name in ("content", "templates", "mkdocs.yml"):
        path = built.root / name
        if path.is_dir():
            shutil.copytree(path, root / name, symlinks=True)
        else:
            shutil.copy2(path, root)
    _copy_built(built, root)
    return Project(root)


def _copy_built(built: Project, root: Path) -> None:
    """Copy what was built, with its times. Published files, never written in place, are linked."""

    def is_left_out(folder: str, names: list[str]) -> list[str]:
        return ["preview", "stage"] if Path(folder) == built.build else []

    shutil.copytree(built.build, root / built.build.name, ignore=is_left_out)
    shutil.copytree(built.site, root / built.site.name, copy_function=_link)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copy2(source, target)
