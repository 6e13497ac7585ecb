"""A Chromium without a window, which prints pages to PDF and draws pictures of them.

It is told what to do through two pipes, as ``--remote-debugging-pipe`` has it: JSON messages that
end with a zero byte, in the terms of https://chromedevtools.github.io/devtools-protocol/. One
browser prints all documents of a build, because starting one takes longer than a profile does.
Scripts are off, and no host name leads anywhere.
"""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
import select
import shutil
import signal
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.errors import BuildError

#: The programs that will do, where ``$CHROMIUM`` names none; also in .ci/tools.
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome-headless-shell")
_FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
    "--font-render-hinting=none",  # letters are as wide as the font says, on every screen
    "--disable-lcd-text",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "about:blank",
)
# A4, in inches as the protocol wants it; margins are the style sheet's.
_PAPER = {"paperWidth": 210 / 25.4, "paperHeight": 297 / 25.4}
_SILENCE = 300  # seconds without a word, after which it is given up
_CHUNK = 1 << 20
# The ends of the pipes in the browser, and numbers that none of ours has.
_READS, _WRITES, _FREE = 3, 4, 10


def find_chromium() -> str:
    """The path of a Chromium: that of ``$CHROMIUM``, else the first on the PATH.

    Raises BuildError, which says what to install, if there is none.
    """
    named = os.environ.get("CHROMIUM")
    for name in (named,) if named else NAMES:
        if path := shutil.which(name):
            return path
    if named:
        raise BuildError(f"CHROMIUM is set to {named!r}, which is not a program")
    raise BuildError(
        "no Chromium, which makes PDF files and cards: install one (on Debian: apt-get install"
        " chromium fonts-dejavu-core), or set CHROMIUM to the path of one"
    )


@contextlib.contextmanager
def chromium() -> Iterator[Chromium]:
    """A running browser, ended with all that it left behind. Raises BuildError if none starts."""
    path = find_chromium()
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        browser = Chromium(path, Path(profile))
        try:
            browser.open()
            yield browser
        finally:
            browser.close()


class Chromium:
    """A browser with one page. Every method raises BuildError if the browser fails.

    ``version`` is the name of the program and its version.
    """

    def __init__(self, path: str, profile: Path) -> None:
        self._buffer = b""
        self._last = 0
        self._session = ""
        self.version = ""
        flags = [*_FLAGS, f"--user-data-dir={profile}"]
        if os.geteuid() == 0:
            flags.insert(0, "--no-sandbox")  # it refuses to start for root with one
        self._process, self._to, self._from = _started(path, flags)

    def open(self) -> None:
        """Make a page that runs no scripts."""
        self.version = self._ask("Browser.getVersion")["product"]
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self._ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self._ask("Page.enable")
        self._ask("Emulation.setScriptExecutionDisabled", value=True)

    def pdf(self, page: Path) -> bytes:
        """A file as a tagged PDF with an outline, on A4 if it does not ask for other paper."""
        self._show(page)
        found = self._ask(
            "Page.printToPDF",
            printBackground=True,
            preferCSSPageSize=True,
            generateTaggedPDF=True,
            generateDocumentOutline=True,
            transferMode="ReturnAsStream",
            **_PAPER,
        )
        return self._read(found["stream"])

    def picture(self, page: Path, width: int, height: int) -> bytes:
        """What a window of so many pixels shows of a file, as PNG."""
        self._ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        self._show(page)
        found = self._ask("Page.captureScreenshot", format="png")
        return base64.b64decode(found["data"])

    def close(self) -> None:
        """End the browser and wait for it; harmless if it has ended already."""
        for end in (self._to, self._from):
            with contextlib.suppress(OSError):
                os.close(end)
        with contextlib.suppress(OSError):
            os.kill(self._process, signal.SIGKILL)
        with contextlib.suppress(OSError):
            os.waitpid(self._process, 0)

    def _show(self, page: Path) -> None:
        found = self._ask("Page.navigate", url=page.as_uri())
        if "errorText" in found:
            raise BuildError(f"Chromium cannot open {page}: {found['errorText']}")
        while self._next().get("method") != "Page.loadEventFired":
            pass

    def _read(self, stream: str) -> bytes:
        parts = []
        while True:
            found = self._ask("IO.read", handle=stream, size=_CHUNK)
            data = found["data"]
            parts.append(base64.b64decode(data) if found["base64Encoded"] else data.encode())
            if found["eof"]:
                self._ask("IO.close", handle=stream)
                return b"".join(parts)

    def _ask(self, method: str, **values: object) -> Mapping[str, Any]:
        """Send a command and return its answer; what the browser says unasked is let go."""
        self._last += 1
        message: dict[str, object] = {"id": self._last, "method": method, "params": values}
        if self._session:
            message["sessionId"] = self._session
        rest = memoryview(json.dumps(message).encode() + b"\0")
        try:
            while rest:
                rest = rest[os.write(self._to, rest) :]
        except OSError as error:
            raise BuildError(_ended()) from error
        while True:
            answer = self._next()
            if answer.get("id") == self._last:
                break
        if "error" in answer:
            raise BuildError(f"Chromium refuses {method}: {answer['error'].get('message')}")
        result: Mapping[str, Any] = answer["result"]
        return result

    def _next(self) -> dict[str, Any]:
        """The next message of the browser."""
        while b"\0" not in self._buffer[-_CHUNK:] and b"\0" not in self._buffer:
            ready, _, _ = select.select([self._from], [], [], _SILENCE)
            if not ready:
                raise BuildError(f"Chromium has said nothing for {_SILENCE} seconds")
            data = os.read(self._from, _CHUNK)
            if not data:
                raise BuildError(_ended())
            self._buffer += data
        text, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        if message.get("method") == "Inspector.targetCrashed":
            raise BuildError("a page crashed in Chromium; there may be too little memory")
        return message


def _ended() -> str:
    return (
        "Chromium has ended; start it by hand to see why. Where its sandbox is not to be had, set"
        " CHROMIUM to a script that starts it with --no-sandbox"
    )


def _started(path: str, flags: list[str]) -> tuple[int, int, int]:
    """Start the browser; its process and our ends of the pipes to and from it."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    copies = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, _FREE) for end in (theirs_in, theirs_out)]
    try:
        process = os.posix_spawn(
            path,
            [path, *flags],
            os.environ,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
                (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
                (os.POSIX_SPAWN_DUP2, copies[0], _READS),
                (os.POSIX_SPAWN_DUP2, copies[1], _WRITES),
            ],
        )
    except OSError as error:
        for end in (ours_out, ours_in):
            os.close(end)
        raise BuildError(f"cannot start {path}: {error.strerror}") from error
    finally:
        for end in (theirs_in, theirs_out, *copies):
            os.close(end)
    return process, ours_out, ours_in
