"""Publishing in one step, whatever happens in between, and one build at a time."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import exchange as module
from generator.errors import BuildError
from generator.exchange import exchange, lock, repair
from generator.output import write_tree
from tests.kills import killed
from tests.small_site import ROOT, tree

OLD, NEW = {"a.html": b"old", "d/b.html": b"old"}, {"a.html": b"new", "d/c.html": b"new"}


@pytest.fixture(params=["one step", "two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of publishing: the system call, and what stands in for it elsewhere."""
    if request.param == "two renames":
        monkeypatch.setattr(module, "_swapped", lambda stage, site: False)
    return str(request.param)


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    stage, site = tmp_path / "build/stage", tmp_path / "site"
    write_tree(stage, NEW)
    write_tree(site, OLD)
    return stage, site


def test_the_stage_becomes_the_site_and_the_site_the_stage(
    folders: tuple[Path, Path], way: str
) -> None:
    stage, site = folders
    exchange(stage, site)
    assert (tree(site), tree(stage)) == (NEW, OLD)
    assert list(stage.parent.iterdir()) == [stage]
    assert sorted(path.name for path in site.parent.iterdir()) == ["build", "site"]


def test_the_first_publication_needs_no_site(folders: tuple[Path, Path], way: str) -> None:
    stage, site = folders
    exchange(stage, site.parent / "public/site")
    assert tree(site.parent / "public/site") == NEW
    assert not stage.exists()


def test_this_system_exchanges_in_one_step(folders: tuple[Path, Path]) -> None:
    stage, site = folders
    assert module._swapped(stage, site)
    assert (tree(site), tree(stage)) == (NEW, OLD)


@pytest.mark.parametrize("kind", ["link", "file"])
def test_a_site_that_is_no_plain_folder_is_left_alone(
    folders: tuple[Path, Path], tmp_path: Path, kind: str
) -> None:
    stage, site = folders
    other = tmp_path / "other"
    if kind == "link":
        other.symlink_to(site)
    else:
        other.write_bytes(b"x")
    with pytest.raises(BuildError, match="plain folders"):
        exchange(stage, other)
    assert (tree(site), tree(stage)) == (OLD, NEW)
    assert other.is_symlink() or other.read_bytes() == b"x"


def test_a_system_that_refuses_leaves_the_site(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, site = folders

    def refuse(stage: Path, site: Path) -> bool:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    monkeypatch.setattr(module, "_swapped", refuse)
    with pytest.raises(BuildError, match="one file system"):
        exchange(stage, site)
    assert tree(site) == OLD


class Killed(BaseException):
    """Stands for the end of the process at a certain step."""


def kill_after(monkeypatch: pytest.MonkeyPatch, steps: int) -> None:
    """Let so many renames and removals happen, then none, as if the process were gone."""
    left = [steps]

    def counted(original: object) -> object:
        def call(*arguments: object, **options: object) -> object:
            if left[0] == 0:
                raise Killed
            left[0] -= 1
            return original(*arguments, **options)  # type: ignore[operator]

        return call

    monkeypatch.setattr(Path, "rename", counted(Path.rename))
    monkeypatch.setattr(module, "remove_tree", counted(module.remove_tree))
    monkeypatch.setattr(module, "_swapped", counted(module._swapped))


@pytest.mark.parametrize("steps", range(6))
def test_a_kill_at_any_step_is_repaired(
    folders: tuple[Path, Path], way: str, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    stage, site = folders
    with monkeypatch.context() as context:
        kill_after(context, steps)
        try:
            exchange(stage, site)
        except Killed:
            if way == "one step":
                assert tree(site) in (OLD, NEW)
    repair(site, stage)
    assert tree(site) in (OLD, NEW)
    assert {path.name for path in stage.parent.iterdir()} <= {stage.name}


def test_there_is_nothing_to_repair_in_a_new_project(tmp_path: Path) -> None:
    repair(tmp_path / "site", tmp_path / "build/stage")
    assert list(tmp_path.iterdir()) == []


def test_readers_never_miss_a_page(tmp_path: Path) -> None:
    stage, site = tmp_path / "stage", tmp_path / "site"
    write_tree(site, {"page.html": b"0" * 100})
    missed: list[str] = []
    reads = 0
    stop = threading.Event()

    def read() -> None:
        nonlocal reads
        while not stop.is_set():
            try:
                content = (site / "page.html").read_bytes()
            except OSError as error:
                missed.append(str(error))
            else:
                reads += 1
                if len(content) != 100 or len(set(content)) != 1:
                    missed.append("mixed")

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(300):
        write_tree(stage, {"page.html": str(number % 10).encode() * 100})
        exchange(stage, site)
    stop.set()
    for reader in readers:
        reader.join()
    assert missed == []
    assert reads > 0


# One build at a time.

HOLDER = """
import sys, time
from pathlib import Path
from generator.exchange import lock
with lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_the_second_build_says_who_holds_the_folder(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    with pytest.raises(BuildError, match="in use by") as caught, lock(tmp_path):
        pytest.fail("two builds at once")
    assert f"process {holder.pid} ({sys.executable} -c" in str(caught.value)


def test_a_holder_that_the_system_does_not_name_is_another_process() -> None:
    assert module._holder(-1) == "another process"


def test_a_lock_ends_with_its_process(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    with lock(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_lock_is_given_up_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError), lock(tmp_path / "build"):
        raise KeyError
    with lock(tmp_path / "build"):
        pass


# A real build, killed.


def test_a_killed_build_leaves_the_old_site_or_the_new_one(tmp_path: Path) -> None:
    """Killed or asked to end at a few moments of its time; then builds go on as ever."""
    killed(tmp_path, 8, 7)


@pytest.mark.nightly
def test_a_build_killed_two_hundred_times_leaves_the_old_site_or_the_new_one(
    tmp_path: Path,
) -> None:
    seed = int(time.time())
    print(f"seed {seed}")  # shown if it fails
    killed(tmp_path, 200, seed)


FORKED = """
import os, sys, time
from pathlib import Path
from generator.exchange import lock
from generator.parallel import each
with lock(Path(sys.argv[1])):
    def work(key):
        print(key, flush=True)
        time.sleep(600)
    each(["a", "b"], work, 2)
"""


def test_a_lock_ends_with_its_process_although_others_were_forked(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", FORKED, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert {process.stdout.readline(), process.stdout.readline()} == {"a\n", "b\n"}
    process.kill()
    process.wait()
    with lock(tmp_path):
        pass
    process.stdout.close()
