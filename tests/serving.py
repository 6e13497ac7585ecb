"""A local server in a process of its own, and what it says and answers."""

from __future__ import annotations

import contextlib
import http.client
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from generator.project import Project
from tests.built import ROOT, copied

BASE = "/atlas/duo/"
PATIENCE = 60  # seconds that a busy machine may take; nothing is measured


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: str


def ask(
    address: str, path: str, method: str = "GET", headers: Mapping[str, str] | None = None
) -> Answer:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    with contextlib.closing(connection):
        connection.request(method, path, headers=dict(headers or {}))
        response = connection.getresponse()
        body = response.read().decode("utf-8", "replace")
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, body)


@dataclass
class Server:
    """A server in a process of its own, and what it says line by line."""

    project: Project
    process: subprocess.Popen[str]
    lines: queue.Queue[str] = field(default_factory=queue.Queue)
    address: str = ""

    def listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))
        self.lines.put("the end")

    def wait_for(self, text: str) -> list[str]:
        """The lines up to the first that has the text."""
        said: list[str] = []
        while not said or text not in said[-1]:
            said.append(self.lines.get(timeout=PATIENCE))
            assert said[-1] != "the end", said
        return said

    def is_quiet(self) -> bool:
        """Whether nothing more is said for a while, longer than saves are collected."""
        try:
            return not self.lines.get(timeout=2)
        except queue.Empty:
            return True

    def page(self, path: str) -> str:
        return ask(self.address, BASE + path).body

    def write(self, name: str, old: str, new: str) -> None:
        """Save a file as editors do: write another and put it in its place."""
        path = self.project.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        other = path.with_name(f".{path.name}.swp")
        other.write_text(text.replace(old, new), encoding="utf-8")
        other.replace(path)


@contextmanager
def serving(root: Path, site: Project, *options: str) -> Iterator[Server]:
    """Serve a copy of a built project in ``root`` with further options of the command."""
    copied(site, root)
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "generator", "--project", str(root)),
            *("serve", "--port", "0", *options),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    found = Server(Project(root), process)
    reader = threading.Thread(target=found.listen, daemon=True)
    reader.start()
    try:
        found.address = found.wait_for("serving")[-1].split()[1]
        yield found
    finally:
        process.kill()
        process.wait()
        reader.join()
