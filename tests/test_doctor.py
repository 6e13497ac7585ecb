"""What ``doctor`` finds on this machine, and on machines that lack something."""

from __future__ import annotations

import errno
import json
import os
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import doctor, exchange
from generator.cli import main
from generator.doctor import CHECKERS, PDF, SITE, TESTS, Finding, can_build, examine
from generator.project import Project
from tests.helpers import toy_project
from tests.small_site import tree


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "project").mkdir()
    return toy_project(tmp_path / "project")


def lacks(project: Project) -> dict[tuple[str, str], Finding]:
    return {(one.purpose, one.name): one for one in examine(project) if not one.ok}


def test_here_a_site_can_be_built_and_nothing_is_left_behind(project: Project) -> None:
    before = tree(project.root)
    findings = examine(project)
    assert can_build(findings)
    assert {one.purpose for one in findings} == {SITE, TESTS, PDF, CHECKERS}
    assert [one for one in findings if "\n" in str(one)] == []
    assert tree(project.root) == before


def test_the_command_says_it_a_line_each_or_as_json(project: Project) -> None:
    told = CliRunner().invoke(main, ["--project", str(project.root), "doctor"])
    assert told.exit_code == 0
    assert len(told.stdout.splitlines()) == len(examine(project))
    assert told.stdout.startswith("site      ok       Python: 3.")
    told = CliRunner().invoke(main, ["--project", str(project.root), "doctor", "--json"])
    data = json.loads(told.stdout)
    assert data["site"] is True
    assert data["findings"][0].keys() == {"purpose", "name", "ok", "text", "needed"}


def test_another_version_of_a_locked_package_is_named(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def version(name: str) -> str:
        if name == "polib":
            raise PackageNotFoundError(name)
        return "0.0.1" if name == "markdown" else found(name)

    found = doctor.version
    monkeypatch.setattr(doctor, "version", version)
    finding = lacks(project)[SITE, "Python packages"]
    assert finding.text.startswith("markdown is 0.0.1, not ")
    assert finding.text.endswith("polib is not there; run: make site")
    told = CliRunner().invoke(main, ["--project", str(project.root), "doctor"])
    assert told.exit_code == 1
    assert "site      missing  Python packages: markdown is 0.0.1" in told.stdout


def test_markers_of_locks_are_heeded() -> None:
    lock = 'none==1 ; sys_platform == "win32" \\\n    --hash=sha256:0\nmarkdown[x]==0 \\\n'
    assert [line.partition(" is ")[0] for line in doctor._unlike(lock)] == ["markdown"]


def test_an_old_python_is_named(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.sys, "version_info", (3, 9, 2))
    assert lacks(project)[SITE, "Python"].text.startswith("3.9.2 is older than 3.11")


def test_a_slow_loader_is_a_note(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.yaml, "__with_libyaml__", False)
    finding = lacks(project)[SITE, "libyaml"]
    assert str(finding).startswith("site      note     libyaml: ")
    assert can_build(examine(project))


def test_a_machine_without_any_program_is_told_what_to_install(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    monkeypatch.setattr(doctor, "CODE", project.root)
    found = lacks(project)
    assert {(PDF, "Chromium"), (TESTS, "Chromium"), (CHECKERS, "Java"), (PDF, "fonts")} <= set(
        found
    )
    assert "apt-get install chromium" in found[TESTS, "Chromium"].text
    assert not found[SITE, "git"].needed
    assert can_build(examine(project))


def test_packages_of_npm_are_compared_with_their_lock(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = {"": {}, "node_modules/a": {"version": "1"}, "node_modules/b": {"version": "2"}}
    (project.root / "package-lock.json").write_text(json.dumps({"packages": packages}))
    monkeypatch.setattr(doctor, "CODE", project.root)
    assert lacks(project)[CHECKERS, "npm packages"].text.startswith("a, b not as in package-lock")
    (project.root / "node_modules").mkdir()
    packages["node_modules/b"] = {"version": "1"}
    (project.root / "node_modules/.package-lock.json").write_text(
        json.dumps({"packages": packages})
    )
    assert lacks(project)[CHECKERS, "npm packages"].text.startswith("b not as in")


def test_fonts_are_asked_for_the_letters_of_each_language(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def said(*command: str) -> str:
        asked.append(command[1])
        return "" if "e4" in command[1].split() else "Some Font"

    monkeypatch.setattr(doctor, "_said", said)
    monkeypatch.setattr(doctor.shutil, "which", lambda name: name)
    assert [name for purpose, name in lacks(project) if purpose == PDF] == ["fonts for de"]
    assert all(text.startswith(":charset=") for text in asked)


def test_a_folder_that_cannot_be_written_is_named(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.site.mkdir()
    monkeypatch.setattr(doctor.os, "access", lambda path, mode: path != project.site)
    assert "site cannot be written" in lacks(project)[SITE, "folder site/"].text
    assert not can_build(examine(project))


def test_a_poor_file_system_is_a_note(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(exchange, "_swapped", refuse)
    monkeypatch.setattr(doctor.os, "link", refuse)
    found = lacks(project)
    assert {name for _, name in found} >= {"exchange of folders", "hard links"}
    assert can_build(examine(project))
    monkeypatch.setattr(doctor.tempfile, "TemporaryDirectory", refuse)
    assert not can_build(examine(project))


def test_a_full_disk_is_named(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_NEEDED_SPACE", 1 << 60)
    assert "make room" in lacks(project)[SITE, "space"].text


def test_a_build_that_is_running_is_named(project: Project) -> None:
    with exchange.lock(project.build):
        assert "is in use by process" in lacks(project)[SITE, "lock"].text
    assert (SITE, "lock") not in lacks(project)
