"""The command line: help, exit codes, what is said to a terminal and to a pipe, no tracebacks."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner, Result

from generator import __version__
from generator.cli import main
from generator.file_schemas import FILES
from generator.model.kinds import KINDS
from generator.project import Project
from generator.rules import RULES
from tests.built import copied
from tests.samples import ROOT, other_project
from tests.small_site import tree

COMMANDS = (
    "build",
    "editions",
    "check",
    "serve",
    "assemble",
    "verify",
    "publish",
    "new",
    "rename",
    "show",
    "explain",
    "schema",
    "status",
    "stamp",
    "history",
    "links",
    "checked",
    "release",
    "sync",
    "doctor",
    "completion",
    "po",
)
NEEDS_PROJECT = (
    ("build",),
    ("editions",),
    ("check",),
    ("serve", "--port", "0"),
    ("assemble", "."),
    ("verify",),
    ("publish", "rsync", "/tmp"),
    ("new", "region", "somewhere"),
    ("rename", "normandy", "neustria"),
    ("show", "normandy"),
    ("schema",),
    ("status",),
    ("stamp", "pl"),
    ("history",),
    ("links",),
    ("checked", "normandy"),
    ("release", "9.0.0"),
    ("sync", "pl"),
    ("doctor",),
    ("po", "export", "pl", "pl.po"),
    ("po", "import", "pl", "pl.po"),
)


def run(*arguments: str, project: Path | None = None) -> Result:
    options = ("--project", str(project)) if project else ()
    return CliRunner().invoke(main, [*options, *arguments], prog_name="generator")


def assert_told(result: Result, code: int, *texts: str) -> None:
    """The exit code, and everything on standard error in a few lines without a traceback."""
    unexpected = result.exception and not isinstance(result.exception, SystemExit)
    assert not unexpected, repr(result.exception)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    for text in texts:
        assert text in result.stderr


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The second dataset, not built."""
    root = tmp_path / "project"
    root.mkdir()
    return other_project(root)


# --- help and wrong usage


def test_the_commands_are_those_of_the_readme_in_the_order_of_their_use() -> None:
    assert tuple(main.commands) == COMMANDS
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [
        name for name in COMMANDS if f"`{name}" not in readme and f" {name}" not in readme
    ] == []


@pytest.mark.parametrize("option", ["--help", "-h"])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, option: str) -> None:
    result = run(name, option)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: generator {name}")
    help_text = main.commands[name].help or ""
    assert help_text.endswith(".")
    assert " ".join(help_text.split())[:40] in " ".join(result.stdout.split())
    assert result.stderr == ""


def test_every_option_is_explained() -> None:
    for command in (main, *main.commands.values()):
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{command.name} {parameter.name}"


def test_the_whole_is_explained_without_a_command_and_with_help() -> None:
    assert run("--help").exit_code == 0
    bare = run()
    assert bare.exit_code == 2
    for name in COMMANDS:
        assert f"  {name} " in bare.stderr + bare.stdout
    assert run("--version").stdout == f"generator, version {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("biuld",), "Did you mean 'build'?"),
        (("rebuild-everything",), "No such command"),
        (("check", "--fromat", "json"), "--format"),
        (("check", "--format", "yaml"), "'text', 'json', 'github', 'gitlab'"),
        (("check", "extra"), "unexpected extra argument"),
        (("serve", "--port", "99999"), "0<=x<=65535"),
        (("serve", "--port", "http"), "not a valid int"),
        (("publish", "ftp", "host"), "'rsync', 'storage'"),
        (("new", "region"), "Missing argument 'ID'"),
        (("rename", "one"), "Missing argument 'NEW'"),
        (("explain", "unknown-referense"), "did you mean 'unknown-reference'?"),
        (("--project", "/nowhere/at/all", "check"), "does not exist"),
        (("--project",), "requires an argument"),
    ],
)
def test_wrong_usage_is_exit_2_with_a_hint(arguments: tuple[str, ...], hint: str) -> None:
    result = run(*arguments)
    assert_told(result, 2, hint)
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("new", "regoin", "x"), "did you mean 'region'?"),
        (("new", "region", "Not An Id"), "cannot be an id"),
        (("new", "region", "../../etc"), "cannot be an id"),
        (("new", "region", "normandy"), "is or was the id of the record at content/facts/"),
        (("new", "region", "old-pomerania"), "is or was the id"),
        (("rename", "normandi", "x"), "did you mean 'normandy'?"),
        (("rename", "normandy", "brittany"), "is or was the id"),
        (("rename", "normandy", "N"), "cannot be an id"),
        (("rename", "old-pomerania", "x"), "is already the former id of pomerania"),
        (("show", "normandi"), "did you mean 'normandy'?"),
    ],
)
def test_what_the_content_does_not_allow_is_exit_2_with_a_hint(
    project: Project, arguments: tuple[str, ...], hint: str
) -> None:
    before = tree(project.content)
    assert_told(run(*arguments, project=project.root), 2, hint)
    assert tree(project.content) == before


@pytest.mark.parametrize("arguments", NEEDS_PROJECT, ids=lambda arguments: arguments[0])
def test_outside_of_a_project_every_command_says_so(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    assert_told(run(*arguments, project=tmp_path), 2, "no project here", "mkdocs.yml")


def test_a_folder_below_the_project_will_do(project: Project) -> None:
    assert run("check", project=project.content / "facts").stdout == "no problems\n"


# --- check and build


def test_check_says_that_there_is_nothing_to_say(project: Project) -> None:
    result = run("check", project=project.root)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "no problems\n", "")
    assert json.loads(run("check", "--format", "json", project=project.root).stdout) == []
    assert run("check", "--format", "github", project=project.root).stdout == ""
    assert not project.build.exists()


@pytest.fixture
def faulty(project: Project) -> Project:
    path = project.content / "facts" / "regions" / "regions.yaml"
    text = path.read_text(encoding="utf-8").replace("country: poland", "country: polan")
    path.write_text(text.replace("code: FR-NOR", "cod: FR-NOR"), encoding="utf-8")
    return project


def test_check_names_every_problem_in_file_order(faulty: Project) -> None:
    result = run("check", project=faulty.root)
    assert_told(result, 1, "problems; nothing was published")
    lines = result.stdout.splitlines()
    places = [(line.split(":")[0], int(line.split(":")[1])) for line in lines]
    assert places == sorted(places)
    assert all(line.startswith("content/") and line.endswith("]") for line in lines)
    assert any("did you mean 'poland'?" in line for line in lines)
    assert any("did you mean 'code'?" in line for line in lines)


def test_check_writes_what_machines_read(faulty: Project) -> None:
    found = json.loads(run("check", "--format", "json", project=faulty.root).stdout)
    text = run("check", project=faulty.root).stdout.splitlines()
    assert len(found) == len(text)
    assert {"file", "line", "column", "rule", "message", "value", "expected", "hint"} <= set(
        found[0]
    )
    github = run("check", "--format", "github", project=faulty.root)
    assert github.exit_code == 1
    assert all(line.startswith("::error file=content/") for line in github.stdout.splitlines())
    gitlab = json.loads(run("check", "--format", "gitlab", project=faulty.root).stdout)
    assert len({entry["fingerprint"] for entry in gitlab}) == len(found)


def test_a_build_with_a_mistake_is_exit_1_and_publishes_nothing(faulty: Project) -> None:
    (faulty.site / "en").mkdir(parents=True)
    (faulty.site / "en" / "index.html").write_text("the last one")
    before = tree(faulty.site)
    result = run("build", project=faulty.root)
    assert_told(result, 1, "[unknown-reference]", "nothing was published")
    assert result.stdout == ""
    assert tree(faulty.site) == before


def test_a_build_into_a_pipe_is_one_line(project: Project) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "generator", "--project", str(project.root), "build"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1
    assert done.stdout.isprintable() or done.stdout.rstrip("\n").isprintable()
    assert (project.site / "index.html").is_file()


def test_a_build_on_a_terminal_shows_its_progress(other_site: Project, tmp_path: Path) -> None:
    root = tmp_path / "project"
    copied(other_site, root)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", "--project", str(root), "build"],
        cwd=ROOT,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # how Linux says that the other end is closed
            break
        if not chunk:
            break
        said += chunk
    os.close(ours)
    assert process.wait() == 0
    # What is over before the terminal is drawn again is never seen.
    assert any(stage in said for stage in (b"reading and checking", b"rendering", b"finishing"))
    assert b"pages in site/" in said


# --- never a traceback


def _binary(name: str) -> Callable[[Project], None]:
    return lambda project: (project.root / name).write_bytes(bytes(range(256))) and None


def _text(name: str, text: str) -> Callable[[Project], None]:
    return lambda project: (project.root / name).write_text(text) and None


def _gone(name: str) -> Callable[[Project], None]:
    def remove(project: Project) -> None:
        path = project.root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return remove


def _file_instead(name: str) -> Callable[[Project], None]:
    def replace(project: Project) -> None:
        shutil.rmtree(project.root / name, ignore_errors=True)
        (project.root / name).write_text("x")

    return replace


def _loop(name: str) -> Callable[[Project], None]:
    return lambda project: (project.root / name).symlink_to(project.root / name)


FAULTS: dict[str, Callable[[Project], None]] = {
    "site-binary": _binary("content/site.yaml"),
    "site-empty": _text("content/site.yaml", ""),
    "site-list": _text("content/site.yaml", "- a\n- b\n"),
    "site-gone": _gone("content/site.yaml"),
    "vocabulary-gone": _gone("content/facts/vocabulary.yaml"),
    "vocabulary-empty": _text("content/facts/vocabulary.yaml", "# nothing\n"),
    "facts-gone": _gone("content/facts"),
    "facts-binary": _binary("content/facts/regions/regions.yaml"),
    "facts-broken": _text("content/facts/regions/regions.yaml", "a: [b: {c"),
    "facts-list": _text("content/facts/regions/regions.yaml", "- north\n"),
    "facts-scalar": _text("content/facts/regions/regions.yaml", "north\n"),
    "facts-tabs": _text("content/facts/regions/regions.yaml", "north:\n\tcode: X\n"),
    "facts-folder": _file_instead("content/facts/regions"),
    "facts-elsewhere": _text("content/facts/regions.yaml", "north: {}\n"),
    "facts-loop": _loop("content/facts/regions/loop.yaml"),
    "words-binary": _binary("content/words/fr/regions.yaml"),
    "words-gone": _gone("content/words"),
    "words-nested": _text("content/words/fr/regions.yaml", "a.name: {b: c}\n"),
    "interface-gone": _gone("content/words/fr/interface.yaml"),
    "interface-empty": _text("content/words/fr/interface.yaml", ""),
    "templates-gone": _gone("templates"),
    "template-binary": _binary("templates/pages/region.md.j2"),
    "template-broken": _text("templates/pages/region.md.j2", "{% if %}"),
    "template-gone": _gone("templates/pages/region.md.j2"),
    "macros-gone": _gone("templates/macros.md.j2"),
    "theme-gone": _gone("templates/theme"),
    "theme-broken": _text("templates/theme/main.html", "{% if %}"),
    "mkdocs-binary": _binary("mkdocs.yml"),
    "mkdocs-empty": _text("mkdocs.yml", ""),
    "mkdocs-broken": _text("mkdocs.yml", "theme: [x: {y"),
    "build-file": _file_instead("build"),
    "site-file": _file_instead("site"),
}


@pytest.fixture
def broken(fault: str, request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    """The second dataset with a fault; built before where all is rendered before it is met."""
    if fault == "site-file" or fault.startswith(("theme-", "mkdocs-")):
        return copied(request.getfixturevalue("other_site"), tmp_path / "project")
    found: Project = request.getfixturevalue("project")
    return found


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_is_broken_is_told_in_words(broken: Project, fault: str) -> None:
    project = broken
    FAULTS[fault](project)
    for command in ("check", "build"):
        result = run(command, project=project.root)
        assert_told(result, result.exit_code)
        if command == "build":
            assert result.exit_code in (1, 2), result.output
            assert result.stderr.strip()
    if fault.partition("-")[0] in ("templates", "template", "macros", "theme", "build", "mkdocs"):
        return
    for arguments in (("show", "normandy"), ("new", "region", "x"), ("rename", "gdansk", "danzig")):
        result = run(*arguments, project=project.root)
        assert_told(result, result.exit_code)


def test_a_reader_that_leaves_early_is_no_fault(project: Project) -> None:
    for arguments in (("explain",), ("check", "--format", "json")):
        process = subprocess.Popen(
            [sys.executable, "-m", "generator", "--project", str(project.root), *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert "Traceback" not in process.stderr.read()
        process.stderr.close()
        process.wait()


# --- commands that write and look


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_record_is_written_with_what_its_kind_requires(project: Project, kind: str) -> None:
    result = run("new", kind, "brand-new", project=project.root)
    assert_told(result, 0)
    paths = result.stdout.splitlines()
    facts = f"content/facts/{KINDS[kind].plural}/brand-new.yaml"
    assert facts in paths
    assert all((project.root / path).is_file() for path in paths)
    assert_told(run("check", project=project.root), 1)  # what is to be filled in is named
    assert "brand-new" in (project.root / facts).read_text()
    for word in (word for word in KINDS[kind].words if word.required):
        words = project.content / "words" / "fr" / f"{KINDS[kind].plural}.yaml"
        lines = [line for line in words.read_text("utf-8").splitlines() if line[:1] != "#"]
        assert f'brand-new.{word.name}: ""' in lines
        keys = [line.partition(":")[0] for line in lines]
        assert keys == sorted(keys)


def test_a_renamed_record_keeps_all_that_leads_to_it(project: Project) -> None:
    result = run("rename", "brittany", "armorica", project=project.root)
    assert_told(result, 0)
    assert_told(run("check", project=project.root), 0)
    shown = run("show", "armorica", project=project.root).stdout
    assert shown.startswith("armorica (region)")
    assert run("show", "brittany", project=project.root).stdout == shown  # its former id
    regions = yaml.load(
        (project.content / "facts/regions/regions.yaml").read_text("utf-8"), yaml.CSafeLoader
    )
    assert regions["armorica"]["formerly"] == ["brittany"]
    left = [
        path.relative_to(project.root).as_posix()
        for path in sorted(project.content.rglob("*.yaml"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if "formerly" not in line and re.search(r"(?<![\w-])brittany(?![\w-])", line)
    ]
    assert left == []


def test_a_record_is_shown_with_its_words_and_its_uses(project: Project) -> None:
    result = run("show", "gdansk", project=project.root)
    assert_told(result, 0)
    for text in ("gdansk (place)", "pl name: Gdańsk", "region → pomerania", "used by ("):
        assert text in result.stdout
    assert "content/facts/forums/forums.yaml:" in result.stdout


def test_every_rule_is_explained() -> None:
    assert run("explain").stdout.splitlines() == sorted(RULES)
    for rule in RULES:
        result = run("explain", rule)
        assert result.exit_code == 0
        assert result.stdout.startswith(f"{rule}\n\n")
        assert len(result.stdout) > len(rule) + 40


def test_every_rule_that_a_check_can_name_is_explained(faulty: Project) -> None:
    found = json.loads(run("check", "--format", "json", project=faulty.root).stdout)
    assert {problem["rule"] for problem in found} <= set(RULES)


def test_schemas_are_written_for_every_kind_and_stale_ones_named(project: Project) -> None:
    stale = run("schema", "--check", project=project.root)
    assert_told(stale, 1, "region.schema.json", "python -m generator schema")
    written = run("schema", project=project.root)
    names = [f"{name}.schema.json" for name in (*KINDS, *FILES)]
    assert written.stdout.splitlines() == sorted(names)
    assert_told(run("schema", "--check", project=project.root), 0)
    assert run("schema", project=project.root).stdout == ""
    for name in names:
        json.loads((project.schemas / name).read_text(encoding="utf-8"))


def test_the_schemas_of_this_project_are_up_to_date() -> None:
    assert_told(run("schema", "--check", project=ROOT), 0)
