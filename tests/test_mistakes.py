"""Every mistake in content gets exactly its message: place, rule, what is wrong, what was meant.

The mistakes themselves stand in ``mistakes.py``, one row each.
"""

from __future__ import annotations

import json
import os
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.errors import Place, Problem
from generator.finish_links import RULES as LINK_RULES
from generator.links import RULES as SOURCE_LINK_RULES
from generator.rules import RULES
from tests.helpers import problems_of, toy_project
from tests.mistakes import MISTAKES, Mistake
from tests.small_site import tree

TOGETHER = [mistake for mistake in MISTAKES if not mistake.alone]
GITHUB = re.compile(r"::error file=([^,:\n]+),line=(\d+),col=(\d+),title=([a-z0-9-]+)::(.+)")


def run(root: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["--project", str(root), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def place_of(mistake: Mistake, root: Path) -> Place:
    line = mistake.line
    if line < 0:
        line = len((root / "content" / mistake.file).read_bytes().splitlines())
    return Place(f"content/{mistake.at or mistake.file}", line, mistake.column)


def is_told(mistake: Mistake, place: Place, problem: Problem) -> bool:
    return (
        (problem.place, problem.rule, problem.hint) == (place, mistake.rule, mistake.hint)
        and mistake.part in problem.message
    )  # fmt: skip


def test_the_toy_has_no_mistakes(tmp_path: Path) -> None:
    result = run(toy_project(tmp_path).root, "check")
    assert (result.exit_code, result.stdout) == (0, "no problems\n")


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_a_mistake_gets_its_message_and_no_other(mistake: Mistake, tmp_path: Path) -> None:
    project = toy_project(tmp_path, mistake.change)
    place = place_of(mistake, project.root)
    problems = problems_of(project)
    expected = [problem for problem in problems if is_told(mistake, place, problem)]
    assert len(expected) == 1, "\n".join(map(str, problems))
    others = [problem for problem in problems if problem not in expected]
    assert sorted(problem.rule for problem in others) == sorted(mistake.also), problems
    assert {problem.rule for problem in problems} <= RULES.keys()


@pytest.fixture(scope="module")
def all_wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy with all mistakes at once, and with a site and a build of before."""
    root = tmp_path_factory.mktemp("mistakes")
    toy_project(root, *(mistake.change for mistake in TOGETHER))
    for name in ("site/en/index.html", "build/en/docs/index.md", "build/en/raw/index.html"):
        path = root / name
        path.parent.mkdir(parents=True)
        path.write_text(f"old {name}")
    return root


def test_all_mistakes_in_one_run_are_all_told_in_the_order_of_files(all_wrong: Path) -> None:
    result = run(all_wrong, "check")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    rows = [parsed(line) for line in result.stdout.splitlines()]
    assert rows == sorted(rows)
    missing = [m.what for m in TOGETHER if not told_in_text(m, place_of(m, all_wrong), result)]
    assert missing == []
    assert len(rows) == sum(1 + len(mistake.also) for mistake in TOGETHER)
    assert result.stderr == f"{len(rows)} problems; nothing was published\n"


def parsed(line: str) -> tuple[str, int, int]:
    match = re.fullmatch(r"([^:]+):(\d+):(\d+): error: .+ \[[a-z0-9-]+\]", line)
    assert match, line
    return match[1], int(match[2]), int(match[3])


def told_in_text(mistake: Mistake, place: Place, result: Result) -> bool:
    hint = f"; did you mean '{mistake.hint}'?" if mistake.hint else ""
    return any(
        line.startswith(f"{place}: error: ")
        and line.endswith(f"{hint} [{mistake.rule}]")
        and mistake.part in line
        and ("did you mean" in line) == bool(hint)
        for line in result.stdout.splitlines()
    )


def test_the_json_report_has_the_same_problems(all_wrong: Path) -> None:
    result = run(all_wrong, "check", "--format", "json")
    assert (result.exit_code, result.stderr) == (1, "")
    rows: list[dict[str, Any]] = json.loads(result.stdout)
    text = run(all_wrong, "check").stdout.splitlines()
    keys = {"file", "line", "column", "rule", "message", "value", "expected", "hint", "severity"}
    assert all(row.keys() == keys for row in rows)
    problems = [
        Problem(Place(row.pop("file"), row.pop("line"), row.pop("column")), **row) for row in rows
    ]
    assert [str(problem) for problem in problems] == text


def test_the_github_report_has_a_command_for_each_problem(all_wrong: Path) -> None:
    result = run(all_wrong, "check", "--format", "github")
    assert (result.exit_code, result.stderr) == (1, "")
    text = run(all_wrong, "check").stdout.splitlines()
    lines = result.stdout.splitlines()
    assert len(lines) == len(text)
    for line, plain in zip(lines, text, strict=True):
        match = GITHUB.fullmatch(line)
        assert match, line
        file, number, column, rule, message = match.groups()
        assert plain.startswith(f"{file}:{number}:{column}: error: ")
        assert plain.endswith(f" [{rule}]")
        assert message.replace("%25", "%") in plain


def test_the_gitlab_report_is_a_code_quality_report(all_wrong: Path) -> None:
    """As https://docs.gitlab.com/ci/testing/code_quality/ asks for."""
    result = run(all_wrong, "check", "--format", "gitlab")
    assert (result.exit_code, result.stderr) == (1, "")
    text = run(all_wrong, "check").stdout.splitlines()
    rows: list[dict[str, Any]] = json.loads(result.stdout)
    assert len({row["fingerprint"] for row in rows}) == len(rows) == len(text)
    for row, plain in zip(rows, text, strict=True):
        keys = {"description", "check_name", "fingerprint", "severity", "location"}
        assert row.keys() == keys
        assert row["severity"] == "major"
        place = f"{row['location']['path']}:{row['location']['lines']['begin']}:"
        assert plain.startswith(place)
        assert plain.endswith(f"[{row['check_name']}]")


def test_a_build_of_wrong_content_writes_nothing_and_leaves_the_site(all_wrong: Path) -> None:
    before = tree(all_wrong)
    result = run(all_wrong, "build")
    assert result.exit_code == 1
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert lines[:-1] == run(all_wrong, "check").stdout.splitlines()
    assert lines[-1].endswith("nothing was published")
    after = tree(all_wrong)
    assert after.pop("build/lock", b"") == b""
    assert after == before


def test_a_link_out_of_the_content_folder_is_not_followed(tmp_path: Path) -> None:
    project = toy_project(tmp_path / "toy")
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: {kind: visit}\n")
    (project.content / "facts" / "meetings" / "linked.yaml").symlink_to(secret)
    (project.content / "facts" / "circle").symlink_to(project.content)
    result = run(project.root, "check")
    assert result.exit_code == 1
    assert "password" not in result.output
    assert [line.rpartition(" ")[2] for line in result.stdout.splitlines()] == ["[symlink]"] * 2
    assert (
        "meetings/linked.yaml:1:1: error: this is a symbolic link that leads out" in result.stdout
    )


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    os.mkfifo(project.content / "facts" / "meetings" / "pipe.yaml")
    result = run(project.root, "check")
    assert result.exit_code == 1
    assert "[special-file]" in result.stdout


def test_anchors_do_not_expand(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    names = "abcdefghij"
    bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for before, name in pairwise(names):
        bomb.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
    path = project.content / "facts" / "meetings" / "bomb.yaml"
    path.write_text("\n".join(bomb) + "\n")
    rules = {problem.rule for problem in problems_of(project)}
    assert rules == {"alias", "anchor", "wrong-shape"}


def test_windows_line_ends_are_no_mistake(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    for path in project.content.rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert problems_of(project) == ()


def test_no_content_folder_is_a_wrong_call(tmp_path: Path) -> None:
    result = run(tmp_path, "check")
    assert result.exit_code == 2
    assert "no project here" in result.stderr


@pytest.mark.parametrize("name", ["site.yaml", "facts/vocabulary.yaml"])
def test_a_needed_file_is_missed_by_name(name: str, tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    (project.content / name).unlink()
    problems = problems_of(project)
    assert [(str(p.place), p.rule) for p in problems] == [(f"content/{name}:1:1", "missing-file")]


def test_every_rule_of_content_has_a_mistake() -> None:
    """What the table cannot hold, because it needs a special file or a finished site."""
    elsewhere = {
        "symlink", "special-file", "missing-file",  # above
        "unreadable",  # tests of the reader; root may read everything
        "too-many-nodes",  # tests of the reader
        "stale-history",  # test_history; the toy keeps none
        "unsaid-removal",  # test_removed
    }  # fmt: skip
    shown = {mistake.rule for mistake in MISTAKES}
    later = {*LINK_RULES, *SOURCE_LINK_RULES}
    assert set(RULES) - shown - elsewhere - later == set()
    assert len(MISTAKES) >= 40
