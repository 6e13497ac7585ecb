"""What this generator takes, in a copy of the project: the real content, or a synthetic one."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.measuring import FailedError, Taken, peak, take, tree, used
from benchmarks.synthetic import write_synthetic

ROOT = Path(__file__).resolve().parent.parent
GENERATOR = (sys.executable, "-m", "generator")
#: A copied project needs what the generator reads, and the generator.
COPIED = ("content", "templates", "generator", "releases")
# Stages of a build that come before MkDocs.
BEFORE_ENGINE = ("recall", "read and check", "render")
_VALUE = re.compile(r"^  value: (\d+)$", re.MULTILINE)

Stages = dict[str, tuple[float, float]]


def clone(folder: Path, size: str) -> Path:
    """Copy what a build reads to ``folder``: the book, or so many regions."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
            )
    shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    if size != "book":
        shutil.rmtree(folder / "releases", ignore_errors=True)
        write_synthetic(ROOT / "content", folder / "content", int(size))
    return folder


class Ours:
    """A copied project, and what is timed in it."""

    def __init__(self, folder: Path, limit: float) -> None:
        self.folder = folder
        self.limit = limit
        self.stages: dict[str, list[Stages]] = {}
        self._edits = 0

    def pages(self) -> int:
        """How many pages were made, in all languages."""
        return sum(1 for _ in (self.folder / "build").glob("*/docs/**/*.md"))

    def check(self) -> Taken:
        """Name problems, of which there are none."""
        return take([*GENERATOR, "check"], self.folder, self.limit)

    def cold(self) -> Taken:
        """Build from nothing."""
        for name in ("build", "site"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        return self._build("cold")

    def unchanged(self) -> Taken:
        """Build again."""
        return self._build("unchanged")

    def edited(self) -> Taken:
        """Build again after a fact was edited."""
        self.edit()
        return self._build("edited")

    def edit(self) -> None:
        """Save another value of the first plain figure, as editors save: by putting it in place."""
        for path in sorted((self.folder / "content" / "facts" / "figures").rglob("*.yaml")):
            text = path.read_text("utf-8")
            if _VALUE.search(text):
                self._edits += 1
                new = _VALUE.sub(lambda found: f"  value: {int(found[1]) + 1}", text, count=1)
                other = path.with_name(f".{path.name}.swp")
                other.write_text(new, "utf-8")
                other.replace(path)
                return
        raise FailedError("no figure of the content has a plain value to edit")

    def _build(self, name: str) -> Taken:
        file = self.folder / "timings.json"
        file.unlink(missing_ok=True)
        taken = take([*GENERATOR, "build", "--timings-json", file.name], self.folder, self.limit)
        if taken.ended:
            rows = json.loads(file.read_text("utf-8"))
            stages = {row["stage"]: (row["wall"], row["cpu"]) for row in rows}
            self.stages.setdefault(name, []).append(stages)
        return taken

    def served(self, runs: int) -> list[Taken]:
        """Edit a fact again and again while ``serve`` runs, until the open page is told so.

        CPU is that of the server and of all engines that it keeps, peak that of the largest.
        """
        with _serving(self.folder, self.limit) as (pid, address):
            told = _told(address, "", self.limit)
            self._one_served(pid, address, told)  # the first one starts what stays
            return [
                self._one_served(pid, address, _told(address, "", self.limit)) for _ in range(runs)
            ]

    def _one_served(self, pid: int, address: str, told: Mapping[str, int]) -> Taken:
        before = used(tree(pid))
        start = time.perf_counter()
        self.edit()
        now = _told(address, f"{told['built']}.{told['told']}", self.limit)
        wall = time.perf_counter() - start
        time.sleep(0.5)  # engines go on for a moment after the page is told
        pids = tree(pid)
        if now["built"] == told["built"]:
            raise FailedError(f"serve did not build: {now}")
        return Taken(wall, used(pids) - before, peak(pids))


@contextlib.contextmanager
def _serving(folder: Path, limit: float) -> Iterator[tuple[int, str]]:
    """Serve the project; the server's process and address."""
    process = subprocess.Popen(
        [*GENERATOR, "serve", "--port", "0"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    timer = threading.Timer(limit, process.kill)
    timer.start()
    try:
        if process.stdout is None:
            raise FailedError("serve has no output")
        said = ""
        for line in process.stdout:
            said += line
            if line.startswith("serving "):
                break
        else:
            raise FailedError(f"serve ended: {said[-2000:]}")
        # What it says later must be read, or it would wait.
        threading.Thread(target=process.stdout.read, daemon=True).start()
        yield process.pid, line.split()[1]
    finally:
        timer.cancel()
        process.send_signal(signal.SIGINT)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _told(address: str, seen: str, limit: float) -> dict[str, int]:
    """What an open page is told when it asks for what is new (generator/server.py)."""
    end = time.perf_counter() + limit
    while time.perf_counter() < end:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=limit)
        with contextlib.closing(connection):
            connection.request("GET", f"/-/changes?seen={seen}")
            found: dict[str, int] = json.loads(connection.getresponse().read())
        if seen != f"{found['built']}.{found['told']}":
            return found
    raise FailedError(f"serve did not build within {limit:.0f} s")


def before_engine(stages: Stages) -> tuple[float, float]:
    """Wall and CPU seconds of reading, checking and rendering."""
    taken = [stages[name] for name in BEFORE_ENGINE if name in stages]
    return sum(wall for wall, _ in taken), sum(cpu for _, cpu in taken)
