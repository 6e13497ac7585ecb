"""Whole or not at all: what the system refuses is told in a line, and the last site stays."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.exchange import lock
from generator.project import Project
from tests.built import run_generator
from tests.small_site import ROOT, tree

WORDS = Path("content", "words", "pl", "regions.yaml")


@pytest.fixture
def project(other_site: Project, tmp_path: Path) -> Project:
    """A built site, whose next build has something to do."""
    root = tmp_path / "project"
    shutil.copytree(other_site.root, root, symlinks=True)
    change(root, "Normandia G")
    return Project(root)


def change(root: Path, name: str) -> None:
    path = root / WORDS
    path.write_text(path.read_text("utf-8").replace("Normandia", name, 1), "utf-8")


def build(root: Path, *before: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*before, sys.executable, "-m", "generator", "--project", str(root), "build"],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """A build that says what is wrong in a line."""
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1, done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


def site_is_link(project: Project) -> None:
    project.site.rename(project.root / "elsewhere")
    project.site.symlink_to("elsewhere")


def site_is_file(project: Project) -> None:
    shutil.rmtree(project.site)
    project.site.write_text("mine", "utf-8")


def build_is_file(project: Project) -> None:
    shutil.rmtree(project.build)
    project.build.write_text("mine", "utf-8")


def docs_are_a_file(project: Project) -> None:
    shutil.rmtree(project.build / "pl")
    (project.build / "pl").write_text("mine", "utf-8")


@pytest.mark.parametrize("harm", [site_is_link, site_is_file, build_is_file, docs_are_a_file])
def test_what_stands_in_the_way_is_named_and_left(
    project: Project, harm: Callable[[Project], None]
) -> None:
    harm(project)
    before = tree(project.site) if project.site.is_dir() else project.site.read_text("utf-8")
    refused(build(project.root))
    after = tree(project.site) if project.site.is_dir() else project.site.read_text("utf-8")
    assert after == before


def test_a_stage_that_is_a_link_is_replaced_and_not_followed(
    project: Project, tmp_path: Path
) -> None:
    shutil.rmtree(project.build / "stage", ignore_errors=True)
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine").write_text("mine", "utf-8")
    (project.build / "stage").symlink_to(other)
    assert build(project.root).returncode == 0
    assert [path.name for path in other.iterdir()] == ["mine"]


# Root may do everything, unless it gives that up.
BOUND = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root needs setpriv")
@pytest.mark.parametrize("closed", ["build", "build/pl/docs", "build/stage"])
def test_without_permission_the_site_stays(project: Project, closed: str) -> None:
    before = tree(project.site)
    folder = project.root / closed
    folder.mkdir(exist_ok=True)
    folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    for path in folders:
        path.chmod(0o555)
    try:
        refused(build(project.root, *(BOUND if os.geteuid() == 0 else ())), "ermission denied")
    finally:
        for path in folders:
            path.chmod(0o755)
    assert tree(project.site) == before
    assert build(project.root).returncode == 0


FULL = """
set -e
mount -t tmpfs -o size=48m tmpfs "$1"
cp -a "$2" "$1/project"
before=$(cd "$1/project/site" && find . -type f | sort | xargs sha256sum)
rm -rf "$1/project/build/pl"
free=$(df -k --output=avail "$1" | tail -1)
dd if=/dev/zero of="$1/filler" bs=1k count=$((free - $3)) 2>/dev/null
code=0
"$4" -m generator --project "$1/project" build 2>"$1.err" || code=$?
cat "$1.err"
test "$before" = "$(cd "$1/project/site" && find . -type f | sort | xargs sha256sum)"
rm "$1/filler"
"$4" -m generator --project "$1/project" build
test -z "$(find "$1/project/site" -mindepth 1 -name '.*' ! -name .nojekyll)"
grep -q "Normandia G" "$1/project/site/pl/regions/normandy/index.html"
ls -A "$1/project/build"
echo "code $code"
"""


@pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("unshare"),
    reason="only root can mount a disk of its own",
)
@pytest.mark.parametrize(
    "left", [0, *(pytest.param(left, marks=pytest.mark.nightly) for left in (64, 512, 1500, 4000))]
)
def test_a_full_disk_is_told_and_the_site_stays(
    project: Project, tmp_path: Path, left: int
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", FULL, "sh", disk, project.root, str(left), sys.executable],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout.splitlines()
    if "permission" in done.stderr.lower():
        pytest.skip("this machine does not let tests mount a disk")
    assert done.returncode == 0, done.stderr + done.stdout
    assert said[0].startswith("error: ") and "o space" in said[0]
    assert said[-1] == "code 1"
    assert said[-5:-1] == ["fr", "memory.pickle", "pl", "stage"]


def test_a_file_that_may_not_grow_is_told_and_the_site_stays(project: Project) -> None:
    """What quotas do, on any machine."""
    before = tree(project.site)
    shutil.rmtree(project.build / "pl")
    command = 'ulimit -f 8; exec "$0" -m generator --project "$1" build'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable, str(project.root)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    refused(done, "File too large")
    assert tree(project.site) == before


# --- two at once, and those that are asked to end


@pytest.fixture
def held(project: Project) -> Iterator[None]:
    with lock(project.build):
        yield


@pytest.mark.usefixtures("held")
def test_the_second_build_says_who_builds(project: Project) -> None:
    before = tree(project.site)
    refused(build(project.root), "is in use by process", str(os.getpid()))
    assert tree(project.site) == before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_build_that_is_asked_to_end_says_so(project: Project, number: signal.Signals) -> None:
    before = tree(project.site)
    process = subprocess.Popen(
        [sys.executable, "-c", STARTED, "--project", str(project.root), "build"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    os.killpg(process.pid, number)  # as a terminal does
    _, error = process.communicate()
    assert error == f"stopped by {number.name}; what is published is whole\n"
    assert process.returncode == 128 + number
    assert tree(project.site) == before
    assert run_generator_in(project).returncode == 0


# Whoever runs the tests may ignore what ends a terminal, and what it starts would do the same.
STARTED = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
for number in (signal.SIGHUP, signal.SIGTERM):
    signal.signal(number, signal.SIG_DFL)
from generator import pipeline
original = pipeline.render
def render(*arguments):
    print("started", flush=True)
    return original(*arguments)
pipeline.render = render
from generator.cli import main
main()
"""


def run_generator_in(project: Project) -> subprocess.CompletedProcess[str]:
    return build(project.root)


def test_faults_and_refusals_are_one_line(tmp_path: Path) -> None:
    done = run_generator(ROOT, "--project", str(tmp_path), "check")
    assert done.returncode == 2 and "Traceback" not in done.stderr
    with Path("/dev/full").open("w") as full:
        said = subprocess.run(
            [sys.executable, "-m", "generator", "explain"],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert said.returncode == 1 and said.stderr.count("\n") == 1
    assert said.stderr.startswith("error: the system refuses")
