"""Builds that are ended at random moments: ``python -m tests.kills COUNT [SEED]``."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.small_site import ROOT, Project, tree

SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
VERSIONS = ("one", "two")
KEPT = ["stage", "xa", "xb"]


def start(project: Project, version: str) -> subprocess.Popen[bytes]:
    """A build of the small site in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.small_site", str(project.root), version],
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    )


def killed(folder: Path, count: int, seed: int) -> Counter[str]:
    """End builds at so many moments, spread over a build's time; count what was published then.

    Raises AssertionError unless the site was the old or the new one each time, and all builds
    that were let be afterwards were whole and left nothing behind.
    """
    expected = {}
    for version in VERSIONS:
        Project(folder / version).publish(version)
        expected[version] = tree(folder / version / "site")
    project = Project(folder / "killed")
    begun = time.monotonic()
    assert start(project, "one").wait() == 0
    span = time.monotonic() - begun
    current, found = "one", Counter[str]()
    chance = random.Random(seed)
    for number in range(count):
        wanted = "two" if current == "one" else "one"
        process = start(project, wanted)
        time.sleep(span * (number + chance.random()) / count * 1.2)
        process.send_signal(chance.choice(SIGNALS))
        process.wait()
        now = tree(project.site)
        assert now in (expected[current], expected[wanted]), (number, seed)
        found["old" if now == expected[current] else "new"] += 1
        current = "one" if now == expected["one"] else "two"
    for version in VERSIONS:
        assert start(project, version).wait() == 0
        assert tree(project.site) == expected[version]
        assert not [path for path in project.site.rglob("*") if path.name.startswith(".")]
    assert sorted(path.name for path in project.build.iterdir()) == KEPT
    assert sorted(path.name for path in project.root.iterdir()) == [
        *("build", "mkdocs.yml", "site", "templates")
    ]
    return found


if __name__ == "__main__":
    chosen = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())
    print(f"seed {chosen}", flush=True)
    with tempfile.TemporaryDirectory() as place:
        print(dict(killed(Path(place), int(sys.argv[1]), chosen)))
