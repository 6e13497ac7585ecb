"""What CI runs on GitHub and GitLab: pinned, no rights for strangers, commands that exist."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from generator.cli import main
from tests.built import ROOT

FOLDER = ROOT / ".github" / "workflows"
NAMES = tuple(sorted(path.name for path in FOLDER.glob("*.yml")))
GITLAB = ROOT / ".gitlab-ci.yml"
# Starts that strangers can cause.
OF_STRANGERS = {"pull_request"}
# Starts whose runs have rights although strangers cause them; nothing here needs one.
DANGEROUS = {
    *("pull_request_target", "workflow_run", "issue_comment", "issues", "discussion"),
    *("pull_request_review", "fork", "repository_dispatch"),
}
# Programs that stand on every runner, or that a step installs.
PROGRAMS = {
    *("apt-get", "cd", "echo", "gh", "git", "make", "mkdir", "sha256sum", "tar"),
    *("for", "do", "done", "codes=$(make --silent languages)"),
}
PINNED = re.compile(r"uses: ([\w.-]+/[\w./-]+)@([0-9a-f]{40}) # v\d+\.\d+\.\d+$")
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def load(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.SafeLoader)
    if True in found:  # YAML 1.1 takes `on` for a truth
        found["on"] = found.pop(True)
    return found


WORKFLOWS = {name: load(FOLDER / name) for name in NAMES}


def starts(workflow: dict[str, Any]) -> set[str]:
    on = workflow["on"]
    return {on} if isinstance(on, str) else set(on)


def jobs_of(names: tuple[str, ...] = NAMES) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in names:
        for key, job in WORKFLOWS[name]["jobs"].items():
            yield f"{name}: {key}", job


def steps_of(names: tuple[str, ...] = NAMES) -> Iterator[tuple[str, dict[str, Any]]]:
    for where, job in jobs_of(names):
        for step in job.get("steps", ()):
            yield where, step


def called(name: str) -> tuple[str, ...]:
    """A workflow, and those of the repository that it calls."""
    found = [name]
    for job in WORKFLOWS[name]["jobs"].values():
        if str(job.get("uses", "")).startswith("./"):
            found.append(job["uses"].rpartition("/")[2])
    return tuple(found)


def commands() -> Iterator[tuple[str, str]]:
    """Every line that CI runs, on both hosts."""
    for where, step in steps_of():
        for line in str(step.get("run", "")).splitlines():
            yield where, line
    for name, job in gitlab_jobs():
        for key in ("before_script", "script", "after_script"):
            for line in job.get(key, ()):
                yield f".gitlab-ci.yml: {name}", line


def gitlab_jobs() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, job in load(GITLAB).items():
        is_job = isinstance(job, dict) and (name == "default" or "script" in job)
        if is_job and not name.startswith("."):
            yield name, job


# What is pinned


def test_every_action_is_pinned_by_its_commit_with_its_version_beside_it() -> None:
    found = 0
    for path in sorted(FOLDER.glob("*.yml")):
        for line in path.read_text("utf-8").splitlines():
            if "uses:" in line and "./.github/" not in line:
                assert PINNED.search(line), f"{path.name}: {line.strip()}"
                found += 1
    assert found > 20


def test_one_action_has_one_version_everywhere() -> None:
    versions: dict[str, set[str]] = {}
    for _, step in steps_of():
        if "uses" in step:
            name, _, commit = step["uses"].partition("@")
            versions.setdefault(name, set()).add(commit)
    assert {name for name, commits in versions.items() if len(commits) > 1} == set()


def test_the_image_is_pinned_by_its_digest() -> None:
    image = load(GITLAB)["default"]["image"]
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+@sha256:[0-9a-f]{64}", image)
    assert all("image" not in job for name, job in gitlab_jobs() if name != "default")


# Who may do what


def test_nobody_can_start_a_run_that_has_rights() -> None:
    for name, workflow in WORKFLOWS.items():
        assert not starts(workflow) & DANGEROUS, name


def test_rights_are_given_job_by_job_and_strangers_may_only_read() -> None:
    untrusted = [name for name, one in WORKFLOWS.items() if starts(one) & OF_STRANGERS]
    assert untrusted
    for name, workflow in WORKFLOWS.items():
        assert workflow["permissions"] == {}, name
    for where, job in jobs_of():
        assert "permissions" in job, where
    for name in untrusted:
        for where, job in jobs_of(called(name)):
            assert set(job["permissions"].values()) <= {"read"}, where
            assert "secrets" not in job, where


def test_only_jobs_that_run_nothing_of_the_repository_may_write() -> None:
    writing = []
    for where, job in jobs_of():
        if "write" in job["permissions"].values():
            writing.append(where)
            for step in job["steps"]:
                assert not step.get("uses", "").startswith("actions/checkout@"), where
                assert "make" not in step.get("run", "") and ".venv" not in step.get("run", "")
    assert writing == ["publish.yml: deploy", "release.yml: release"]


def test_no_step_keeps_the_token_or_prints_what_others_wrote_into_a_script() -> None:
    checkouts = 0
    for where, step in steps_of():
        if step.get("uses", "").startswith("actions/checkout@"):
            checkouts += 1
            assert step["with"] == {"persist-credentials": False}, where
        assert "${{" not in step.get("run", ""), where
        assert "secrets." not in str(step), where
    assert checkouts > 5


def test_every_job_ends_in_time() -> None:
    for where, job in jobs_of():
        assert "uses" in job or 0 < job["timeout-minutes"] <= 90, where
    assert re.fullmatch(r"\d+ minutes", load(GITLAB)["default"]["timeout"])


def test_two_publications_never_race_and_none_is_cut_off() -> None:
    for name in ("publish.yml", "release.yml"):
        group = WORKFLOWS[name]["concurrency"]
        assert group["cancel-in-progress"] is False
        assert ("${{" in group["group"]) == (name == "release.yml")
    deploy = WORKFLOWS["publish.yml"]["jobs"]["deploy"]
    assert deploy["if"] == "github.ref == 'refs/heads/main'"
    pages = load(GITLAB)["pages"]
    assert (pages["interruptible"], pages["resource_group"]) == (False, "pages")


def test_a_kept_build_comes_from_the_main_branch_alone() -> None:
    saving = [(w, s) for w, s in steps_of() if s.get("uses", "").startswith("actions/cache")]
    saves = [(w, s) for w, s in saving if "/restore@" not in s["uses"]]
    assert [(where, step["if"]) for where, step in saves] == [("site.yml: build", "inputs.keep")]
    keeping = [where for where, job in jobs_of() if job.get("with", {}).get("keep")]
    assert keeping == ["publish.yml: site"]
    assert starts(WORKFLOWS["publish.yml"]) == {"push", "workflow_dispatch"}
    assert WORKFLOWS["publish.yml"]["on"]["push"] == {"branches": ["main"]}
    assert "cache" not in str(WORKFLOWS["release.yml"])
    kept = [name for name, job in gitlab_jobs() if "'build'" in str(job.get("cache"))]
    assert kept == ["pages"]
    assert [rule["if"].split(" && ")[0] for rule in load(GITLAB)["pages"]["rules"]] == [
        "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"
    ]


def test_needs_name_jobs_that_there_are_and_artefacts_are_made_before_they_are_used() -> None:
    for name, workflow in WORKFLOWS.items():
        for job in workflow["jobs"].values():
            needs = job.get("needs", [])
            for need in [needs] if isinstance(needs, str) else needs:
                assert need in workflow["jobs"], name
    made, used = set(), set()
    for _, step in steps_of():
        if "upload-artifact@" in step.get("uses", ""):
            made.add(step["with"]["name"].partition("${{")[0])
        if "download-artifact@" in step.get("uses", ""):
            wanted = step["with"].get("name") or step["with"]["pattern"].rstrip("*")
            used.add(wanted)
    assert used <= made
    assert "github-pages" in made  # what actions/deploy-pages looks for


# What runs


@pytest.mark.parametrize(("where", "line"), list(commands()))
def test_a_step_runs_what_exists(where: str, line: str) -> None:
    lexer = shlex.shlex(line, posix=True, punctuation_chars=";&|()<>")
    lexer.whitespace_split = True
    words: list[list[str]] = [[]]
    for token in lexer:
        if set(token) <= set(";&|()"):
            words.append([])
        else:
            words[-1].append(token)
    for command in filter(None, words):
        program, *arguments = command
        if program == "do":
            program, *arguments = arguments
        if program == "make":
            targets = [one for one in arguments if "=" not in one and not one.startswith("-")]
            assert targets, where
            for target in targets:
                assert target in TARGETS or target == ".venv/.site", f"{where}: make {target}"
            for one in arguments:
                if one.startswith("ARGS="):
                    assert_options(targets[0], one.removeprefix("ARGS="))
        elif program == ".venv/bin/python":
            if arguments[:2] == ["-m", "generator"]:
                assert_options(arguments[2], shlex.join(arguments[3:]))
            else:
                assert (ROOT / arguments[0]).is_file(), where
        else:
            assert program in PROGRAMS or program in ("true", "codes="), f"{where}: {program}"


def assert_options(target: str, arguments: str) -> None:
    """The options are those of the command that the target runs."""
    command = main.commands[{"site": "build"}.get(target, target)]
    known = {name for p in command.params if isinstance(p, click.Option) for name in p.opts}
    for one in shlex.split(arguments):
        if one.startswith("--"):
            assert one in known, f"{target} {one}"


def test_all_that_the_project_checks_is_run_on_both_hosts() -> None:
    lines = list(commands())
    for host in (".gitlab-ci.yml", ".yml: "):
        run = " ".join(line for where, line in lines if host in where)
        for one in ("make test", "make nightly", "make links", "make audit", "make verify"):
            assert one in run, (host, one)
    assert "--format github" in str(lines) and "--format gitlab" in str(lines)


# What others say of them


def test_the_linter_of_workflows_finds_nothing() -> None:
    zizmor = Path(sys.executable).with_name("zizmor")
    command = [str(zizmor), "--offline", "--no-progress", "--min-severity", "medium", "--quiet"]
    done = subprocess.run(
        [*command, str(ROOT / ".github")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", [FOLDER / name for name in NAMES]),
        ("vendor.dependabot", [ROOT / ".github" / "dependabot.yml"]),
        ("vendor.gitlab-ci", [GITLAB]),
    ],
)
def test_the_hosts_own_schemas_find_nothing(schema: str, files: list[Path]) -> None:
    checker = Path(sys.executable).with_name("check-jsonschema")
    command = [str(checker), "--builtin-schema", schema, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_release_has_the_data_of_its_version_in_the_same_bytes_each_time(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.yaml").write_text(
        "version: 1.2.0\nas_of: 2022-01\naddress: https://example.org/\n", encoding="utf-8"
    )
    for name in ("data/x/facts.csv", "editions/offline.zip", "SHA256SUMS"):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(name, encoding="utf-8")
    command = [sys.executable, str(ROOT / ".ci" / "release")]
    packs = []
    for folder in ("one", "two"):
        subprocess.run([*command, "v1.2.0", folder], cwd=tmp_path, check=True)
        files = tmp_path / folder / "files"
        assert sorted(path.name for path in files.iterdir()) == [
            *("SHA256SUMS", "data-1.2.0.zip", "offline.zip")
        ]
        packs.append((files / "data-1.2.0.zip").read_bytes())
        (tmp_path / "site" / "data" / "x" / "facts.csv").touch()
    assert packs[0] == packs[1]
    assert zipfile.ZipFile(files / "data-1.2.0.zip").namelist() == ["data-1.2.0/x/facts.csv"]
    wrong = subprocess.run(
        [*command, "v1.2.1", "three"], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert (wrong.returncode, "is not v1.2.0" in wrong.stderr) == (1, True)
    assert not (tmp_path / "three").exists()
