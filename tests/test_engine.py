"""MkDocs run for real on a small tree: strict, incremental without a difference, never hanging."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from generator import engine, engine_child
from generator.engine import build_all, messages
from generator.engine_config import (
    LanguageSettings,
    NavEntry,
    configuration,
    engine_fingerprint,
    theme_speaks,
)
from generator.errors import BuildError
from tests.small_site import EPOCH, ROOT, Project, docs, page, tree


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, ("xa",))


def run(project: Project, files: dict[str, bytes]) -> list[str]:
    return project.run_engine({"xa": files})


def fails(project: Project, files: dict[str, bytes]) -> str:
    with pytest.raises(BuildError) as caught:
        run(project, files)
    return str(caught.value)


def modes(project: Project, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record with which option each engine process is started."""
    started: list[str] = []
    original = subprocess.Popen

    def popen(command: list[str], **options: object) -> object:
        started.extend(part for part in command if part in ("--strict", "--dirty"))
        return original(command, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(engine.subprocess, "Popen", popen)
    return started


# Strictness.


def test_every_dead_markdown_link_fails_a_full_build(project: Project) -> None:
    dead = {
        "[x](things/t0.md#none)": "does not contain an anchor '#none'",
        "[x](#none)": "no such anchor",
        "[x](things/none.md)": "not found",
        "[x](/things/)": "absolute link",
        "[x](things/)": "unrecognized relative link",
    }
    message = fails(project, docs("xa") | {"index.md": page("Start", " ".join(dead))})
    lines = message.splitlines()[1:]
    assert len(lines) == len(dead)
    assert all(line.startswith("build/xa/docs/index.md: contains ") for line in lines)
    assert all(any(said in line for line in lines) for said in dead.values())


def test_an_incremental_build_fails_too_and_the_next_is_a_full_one(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(project, docs("xa"))
    started = modes(project, monkeypatch)
    broken = docs("xa") | {"index.md": page("Start", "[x](none.md)")}
    assert "build/xa/docs/index.md: contains a link 'none.md'" in fails(project, broken)
    assert fails(project, broken).count("docs/index.md") == 1
    assert started == ["--dirty", "--strict"]


def test_every_language_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    project = Project(tmp_path, ("xa", "xb", "xc"))
    broken = docs("xa") | {"index.md": page("Start", "[x](none.md)")}
    with pytest.raises(BuildError) as caught:
        project.run_engine({"xa": broken, "xb": docs("xb"), "xc": broken})
    lines = str(caught.value).splitlines()[1:]
    assert [line.partition("/docs")[0] for line in lines] == ["build/xa", "build/xc"]
    assert project.run_engine({"xa": docs("xa"), "xb": docs("xb"), "xc": docs("xc")})[0] == "xb"


def test_a_page_in_the_navigation_that_does_not_exist_fails(project: Project) -> None:
    files = docs("xa") | {"index.md": page("Start")}
    del files["things/index.md"]
    assert "build/xa/mkdocs.yml: A reference to 'things/index.md'" in fails(project, files)


def test_a_broken_partial_says_where(project: Project) -> None:
    (project.theme / "main.html").write_text("{% nonsense %}")
    message = fails(project, docs("xa"))
    assert "nonsense" in message
    assert "main.html" in message
    assert len(message.splitlines()) == 2


def test_log_lines_become_places() -> None:
    log = (
        "INFO    -  Cleaning\n"
        "WARNING -  A 'dirty' build is being performed, this will\n"
        "WARNING -  Doc file 'a/b.md' contains a link 'c', but no.\n"
        "WARNING -  Doc file 'a/b.md' contains a link 'c', but no.\n"
        'WARNING -  Not included in the "nav" configuration:\n  - a.md\n  - b.md\n'
        "ERROR   -  Error reading page 'a.md': odd\nTraceback (most recent call last):\n"
        "  File x\nValueError: why\n\nAborted with 3 warnings in strict mode!\n"
    )
    assert messages(log, "build/xa") == [
        "build/xa/docs/a/b.md: contains a link 'c', but no.",
        'build/xa/mkdocs.yml: Not included in the "nav" configuration: - a.md - b.md',
        "build/xa/docs/a.md: odd ValueError: why",
    ]


# Incremental builds.


def edited(files: dict[str, bytes]) -> dict[str, bytes]:
    return files | {
        "things/t1.md": page("Thing 1 changed", "Other text [to](t2.md#facts)"),
        "things/new.md": page("New", "[back](index.md)"),
        "things/mark.svg": b"<svg></svg>",
    }


@pytest.mark.parametrize("age", ["new", "old"])
def test_incremental_equals_full_byte_for_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, age: str
) -> None:
    project, other = Project(tmp_path / "a", ("xa",)), Project(tmp_path / "b", ("xa",))
    run(project, docs("xa"))
    started = modes(project, monkeypatch)
    build = project.write("xa", edited(docs("xa")))
    if age == "old":  # as after a restored copy or a clock that was set back
        for path in (build.folder / "docs").rglob("*"):
            os.utime(path, (1, 1))
    build_all([build], 1, EPOCH, lambda code: None)
    run(other, edited(docs("xa")))
    assert started == ["--dirty", "--strict"]
    assert tree(project.raw("xa")) == tree(other.raw("xa"))
    assert b"Other text" in (project.raw("xa") / "things/t1/index.html").read_bytes()


def test_nothing_changed_starts_nothing_and_still_reports(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(project, docs("xa"))
    started = modes(project, monkeypatch)
    before = {path: path.stat().st_mtime_ns for path in project.build.rglob("*")}
    assert run(project, docs("xa")) == ["xa"]
    assert started == []
    assert before == {path: path.stat().st_mtime_ns for path in project.build.rglob("*")}


def test_the_output_of_deleted_pages_and_assets_vanishes(project: Project) -> None:
    run(project, docs("xa"))
    files = docs("xa", pages=3)
    del files["things/mark.svg"]
    files = {path: text.replace(b"![mark](mark.svg)", b"") for path, text in files.items()}
    run(project, files)
    assert not (project.raw("xa") / "things/t3").exists()
    assert not (project.raw("xa") / "things/mark.svg").exists()


PAGE = "xa/raw/things/t1/index.html"
TAMPERED = {
    "a partial": ("../templates/theme/partials/logo.html", b"<i>logo</i>"),
    "the configuration": ("../mkdocs.yml", (ROOT / "mkdocs.yml").read_bytes() + b"#\n"),
    "deleted output": (PAGE, None),
    "truncated output": (PAGE, b""),
    "foreign output": ("xa/raw/foreign.html", b""),
    "no record": ("xa/clean.json", None),
    "half a record": ("xa/clean.json", b"{"),
    "an odd record": ("xa/clean.json", b"[1]"),
}


@pytest.mark.parametrize("reason", list(TAMPERED))
def test_what_an_incremental_build_would_miss_means_a_full_one(
    project: Project, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    run(project, docs("xa"))
    before = tree(project.raw("xa"))
    path, content = TAMPERED[reason]
    if content is None:
        (project.build / path).unlink()
    else:
        (project.build / path).write_bytes(content)
    started = modes(project, monkeypatch)
    run(project, docs("xa"))
    assert started == ["--strict"]
    if reason != "a partial":
        assert tree(project.raw("xa")) == before


def test_the_only_date_is_the_one_given(project: Project) -> None:
    run(project, docs("xa"))
    assert b"<lastmod>2022-01-01</lastmod>" in (project.raw("xa") / "sitemap.xml").read_bytes()
    assert not (project.build / "xa/clean.json").read_text().count(str(project.root))


# Processes.


def fake_engine(monkeypatch: pytest.MonkeyPatch, folder: Path, program: str) -> None:
    """Let the engine's process run this in place of MkDocs."""
    (folder / "fake/mkdocs").mkdir(parents=True)
    (folder / "fake/mkdocs/__init__.py").touch()
    (folder / "fake/mkdocs/__main__.py").write_text(program)
    monkeypatch.setenv("PYTHONPATH", str(folder / "fake"))


def hang(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    """Put an engine in place that never ends; return the file where it writes its number."""
    pid = folder / "pid"
    program = f"import os, pathlib, time\npathlib.Path({str(pid)!r}).write_text(str(os.getpid()))\n"
    fake_engine(monkeypatch, folder, program + "time.sleep(600)\n")
    return pid


def wait_for(pid: Path) -> int:
    while not (pid.exists() and pid.read_text()):
        time.sleep(0.01)
    return int(pid.read_text())


def gone(pid: int) -> bool:
    """Whether a process ends by itself, now or soon."""
    state = Path(f"/proc/{pid}/stat")
    for _ in range(6000):
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.01)
    return False


def test_a_killed_engine_is_an_error_and_no_hang(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pid = hang(monkeypatch, tmp_path)
    killer = threading.Thread(target=lambda: os.kill(wait_for(pid), signal.SIGKILL))
    killer.start()
    assert "stopped by signal 9" in fails(project, docs("xa"))
    killer.join()
    monkeypatch.undo()
    assert run(project, docs("xa")) == ["xa"]


def test_an_interrupt_stops_the_engine(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pid = hang(monkeypatch, tmp_path)

    def interrupt() -> None:
        wait_for(pid)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        run(project, docs("xa"))
    thread.join()
    assert gone(int(pid.read_text()))


def test_the_engine_ends_with_a_parent_that_is_killed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pid = hang(monkeypatch, tmp_path)
    program = (
        "import subprocess, sys\nsubprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE).wait()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, sys.executable, engine_child.__file__]
    )
    child = wait_for(pid)
    parent.kill()
    parent.wait()
    assert gone(child)


def test_the_engine_cannot_use_the_network(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = "import socket\nsocket.create_connection(('127.0.0.1', 9))\n"
    fake_engine(monkeypatch, tmp_path, program)
    assert "a build does not use the network" in fails(project, docs("xa"))


def test_the_environment_has_no_influence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, other = Project(tmp_path / "a", ("xa",)), Project(tmp_path / "b", ("xa",))
    run(project, docs("xa"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.chdir(tmp_path)
    run(other, docs("xa"))
    assert tree(project.raw("xa")) == tree(other.raw("xa"))
    assert fails(other, {"index.md": page("S", "[x](n.md)"), "things/index.md": page("A")})


# Configuration.

SETTINGS = LanguageSettings(
    code="xa",
    site_url="https://example.org/sub/path/",
    site_name="Name: of <the> site & more #1",
    description='"Quoted", [listed] {braced}',
    nav=(NavEntry("- Start", "index.md"), NavEntry("Group", (NavEntry("In: it", "a/b.md"),))),
    languages=(("xa", "Один"), ("no", "Norsk")),
    texts={"b": "yes", "a": "{{ not jinja }}"},
    toggles=('to "dark"', "to light"),
    permalink_title="Link here",
    copyright="<b>us</b>",
)


def loaded(settings: LanguageSettings, root: Path = ROOT) -> dict[str, object]:
    text = configuration(settings, root, root / "build" / settings.code)
    value = yaml.load(text, yaml.CSafeLoader)
    assert isinstance(value, dict)
    return value


def test_the_configuration_says_what_was_given() -> None:
    found = loaded(SETTINGS)
    base = yaml.safe_load((ROOT / "mkdocs.yml").read_text())
    assert found.keys() == base.keys() | {"site_url", "site_description", "copyright"}
    assert found["validation"] == base["validation"]
    assert found["markdown_extensions"] == {
        "attr_list": {},
        "toc": {"permalink": True, "permalink_title": SETTINGS.permalink_title},
    }
    assert found["site_name"] == SETTINGS.site_name
    assert found["site_url"] == "https://example.org/sub/path/xa/"
    assert found["nav"] == [{"- Start": "index.md"}, {"Group": [{"In: it": "a/b.md"}]}]
    assert found["extra"] == {
        "generator": False,
        "alternate": True,
        "scope": "/sub/path/",
        "locale": "xa",
        "languages": [{"code": "xa", "name": "Один"}, {"code": "no", "name": "Norsk"}],
        "texts": {"a": "{{ not jinja }}", "b": "yes"},
        "title": {"before": "", "after": ""},
    }
    theme = found["theme"]
    assert isinstance(theme, dict)
    assert theme["custom_dir"] == "../../templates/theme"
    names = [option["toggle"]["name"] for option in theme["palette"]]
    assert names == ["to &quot;dark&quot;", "to light"]
    assert (found["docs_dir"], found["site_dir"], found["not_in_nav"]) == ("docs", "raw", "*")


@pytest.mark.parametrize("address", ["https://example.org", "https://example.org/"])
def test_a_site_at_the_root_has_the_scope_of_the_root(address: str) -> None:
    found = loaded(replace(SETTINGS, site_url=address))
    assert found["site_url"] == "https://example.org/xa/"
    extra = found["extra"]
    assert isinstance(extra, dict)
    assert extra["scope"] == "/"


def test_the_configuration_is_the_same_on_every_machine(tmp_path: Path) -> None:
    for name in ("a", "b"):
        Project(tmp_path / name, ("xa",))
    texts = {
        configuration(SETTINGS, tmp_path / name, tmp_path / name / "build/xa") for name in "ab"
    }
    assert len(texts) == 1
    assert str(tmp_path).encode() not in texts.pop()


def test_a_language_that_the_theme_lacks_keeps_the_theme_s_words(tmp_path: Path) -> None:
    project = Project(tmp_path, ("xa",))
    theme = loaded(SETTINGS, project.root)["theme"]
    assert isinstance(theme, dict)
    assert theme["language"] == "en"  # as mkdocs.yml has it
    assert theme_speaks("en", project.theme)
    assert not theme_speaks("xa", project.theme)
    assert not theme_speaks("../en", project.theme)
    (project.theme / "partials/language.html").write_text("{% macro t(key) %}{% endmacro %}")
    assert theme_speaks("xa", project.theme)


def test_a_mkdocs_yml_that_is_none_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"mkdocs\.yml"):
        configuration(SETTINGS, tmp_path, tmp_path / "build/xa")
    for text in ("[1]", "a: [", "- !ENV X"):
        (tmp_path / "mkdocs.yml").write_text(text)
        with pytest.raises(BuildError, match=r"mkdocs\.yml"):
            configuration(SETTINGS, tmp_path, tmp_path / "build/xa")


def test_the_fingerprint_follows_theme_and_configuration(tmp_path: Path) -> None:
    project = Project(tmp_path, ("xa",))
    seen = {engine_fingerprint(tmp_path, [project.theme])}
    (project.theme / "new.css").write_text("a{}")
    seen.add(engine_fingerprint(tmp_path, [project.theme]))
    (project.theme / "new.css").rename(project.theme / "newer.css")
    seen.add(engine_fingerprint(tmp_path, [project.theme]))
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    seen.add(engine_fingerprint(tmp_path, [project.theme]))
    assert len(seen) == 4


# The project's own mkdocs.yml.


def test_the_root_configuration_never_empties_the_published_site() -> None:
    text = (ROOT / "mkdocs.yml").read_text()
    found = yaml.load(text, yaml.CSafeLoader)
    assert found["site_dir"] == "build/preview"
    assert found["plugins"] == []
    assert found["theme"]["font"] is False
    (line,) = (line for line in text.splitlines() if line.startswith("docs_dir:"))
    assert "python -m generator build" in line
    assert {**found["validation"]["nav"], **found["validation"]["links"]}.keys() == {
        *("omitted_files", "not_found", "anchors", "absolute_links", "unrecognized_links")
    }


def test_the_root_configuration_builds_after_a_build(project: Project) -> None:
    run(project, docs("xa"))
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", "mkdocs.yml"],
        cwd=project.root,
        check=True,
        capture_output=True,
    )
    assert (project.build / "preview/things/t1/index.html").is_file()
    assert not project.site.exists()
