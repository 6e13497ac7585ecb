"""What a shell is offered, through the protocol of click and in bash itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import main
from generator.completing import SHELLS, VARIABLE, ids, script
from generator.model.kinds import KINDS
from generator.project import Project
from generator.rules import RULES
from generator.store import read_store
from tests.built import ROOT, languages_of
from tests.samples import other_project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return other_project(tmp_path_factory.mktemp("completing"))


def offered(project: Project, *words: str) -> set[str]:
    """What could stand in place of the last word."""
    from click.shell_completion import ShellComplete

    complete = ShellComplete(main, {}, "generator", VARIABLE)
    before = ["--project", str(project.root), *words[:-1]]
    return {item.value for item in complete.get_completions(before, words[-1])}


def test_ids_are_those_that_the_checks_read(project: Project) -> None:
    assert set(ids(project)) >= set(read_store(project.content).entries)


@pytest.mark.parametrize("command", ["show", "rename"])
def test_ids_are_offered_by_their_beginning(project: Project, command: str) -> None:
    assert offered(project, command, "norm") == {"normandy", "normandy-conventions-2020"}


@pytest.mark.parametrize(
    "words",
    [
        ("status", ""),
        ("stamp", ""),
        ("sync", ""),
        ("po", "export", ""),
        ("po", "import", ""),
        ("build", "--lang", ""),
        ("serve", "--lang", ""),
    ],
)
def test_languages_are_offered(project: Project, words: tuple[str, ...]) -> None:
    assert offered(project, *words) == set(languages_of(project))


def test_rules_kinds_and_commands_are_offered(project: Project) -> None:
    assert offered(project, "explain", "") == set(RULES)
    assert offered(project, "new", "") == {*KINDS, "language"}
    assert offered(project, "") == set(main.commands)
    assert offered(project, "completion", "") == set(SHELLS)


def test_outside_of_a_project_nothing_is_offered(tmp_path: Path) -> None:
    assert offered(Project(tmp_path), "show", "") == set()


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_is_complete_and_its_shell_takes_it(shell: str, tmp_path: Path) -> None:
    text = script(shell)
    assert not {"{code}", "{python}", "{variable}"} & set(text.split())
    assert f"{VARIABLE}={shell}_complete" in text
    assert sys.executable in text
    if shutil.which(shell):
        (tmp_path / "script").write_text(text)
        subprocess.run([shell, "-n", str(tmp_path / "script")], check=True)


def test_bash_completes_and_runs_the_command_below_the_project(
    project: Project, tmp_path: Path
) -> None:
    (tmp_path / "script").write_text(script("bash"))
    asked = (
        f"source {tmp_path}/script; COMP_WORDS=(generator show norman); COMP_CWORD=2; _generator;"
        ' echo "${COMPREPLY[@]}"; generator --version'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", asked],
        cwd=project.content,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("normandy normandy-conventions-2020\ngenerator, version ")


def test_a_python_without_the_packages_is_told_what_to_do() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", "import runpy, sys; sys.path.insert(0, '.');"
         "runpy.run_module('generator', run_name='__main__')"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("error: this Python (")
    assert "run `make site` once" in done.stderr


def test_a_python_that_lacks_what_one_command_needs_is_told_too() -> None:
    hidden = "import runpy, sys; sys.modules['icalendar'] = None; sys.argv[1:] = ['check'];"
    done = subprocess.run(
        [sys.executable, "-c", hidden + "runpy.run_module('generator', run_name='__main__')"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("error: this Python (")
    assert "lacks icalendar; run `make site`" in done.stderr
