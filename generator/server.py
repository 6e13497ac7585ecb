"""The local server's answers: published files as they are, and pages that reload themselves.

Only in the response of a page the content security policy is taken out and scripts are put in: one
that reloads after a rebuild and shows the problems of the last one, and in a preview for
translators one that shows which string is which (``preview``). Files on disk are never touched.

It is for this machine: it answers to its own names only, so that no page from elsewhere can read
what is not published yet by giving this machine a name (DNS rebinding), and sends nothing that lies
outside the site, whatever the path or a link says.
"""

from __future__ import annotations

import contextlib
import http.server
import ipaddress
import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from generator.errors import UsageError
from generator.preview import Marks, unmarked

# How long a waiting page is kept before it asks again; below the time-outs of proxies.
WAIT_SECONDS = 25
OWN = "/-/"
EVENTS = f"{OWN}changes"
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
_TEXTS = (".js", ".json", ".xml", ".csv", ".txt")


class Changes:
    """What waiting pages are told: how many sites were built, and what is wrong with the content.

    A state is written ``BUILT.TOLD``, two counts.
    """

    def __init__(self) -> None:
        self._built = 0
        self._told = 0
        self._problems: tuple[str, ...] = ()
        self._condition = threading.Condition()

    def publish(self, problems: Sequence[str] = ()) -> None:
        """Tell every waiting page that there is a new site, with problems that it leaves."""
        with self._condition:
            self._built += 1
            self._tell(problems)

    def refuse(self, problems: Sequence[str]) -> None:
        """Tell every waiting page why there is no new site."""
        with self._condition:
            self._tell(problems)

    def _tell(self, problems: Sequence[str]) -> None:
        self._told += 1
        self._problems = tuple(problems)
        self._condition.notify_all()

    def wait(self, seen: str) -> bytes:
        """Return the current state as JSON, waiting a while if the page has seen it."""
        with self._condition:
            if seen == f"{self._built}.{self._told}":
                self._condition.wait(WAIT_SECONDS)
            state = {"built": self._built, "told": self._told, "problems": self._problems}
            return json.dumps(state, ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class Served:
    """What is served: the site, the path that it is published below, and its scripts.

    ``behind`` is another site, for what this one lacks; ``marks`` those of a preview.
    """

    site: Path
    base: str
    scripts: Path
    changes: Changes
    behind: Path | None = None
    marks: Marks | None = None
    host: str = "127.0.0.1"


@contextlib.contextmanager
def listening(served: Served, host: str, port: int) -> Iterator[str]:
    """Serve in the background; the address of the site's root. UsageError if that fails."""
    served = replace(served, host=host)
    try:
        server = _Server((host, port), _handler(served))
    except OSError as error:
        raise UsageError(f"cannot listen on {host}:{port}: {error.strerror}") from error
    except UnicodeError as error:
        raise UsageError(f"{host} cannot be the name of a host") from error
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{host}:{server.server_port}{served.base}"
    finally:
        server.shutdown()
        server.server_close()


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser that leaves before its answer is no fault."""


def is_own_name(named: str | None, host: str) -> bool:
    """Whether a request names this server: by an address, as this machine, or by its host."""
    if named is None:  # only programs leave it out
        return True
    try:
        name = urlsplit(f"//{named}").hostname or ""
    except ValueError:
        return False
    if name in (host.lower(), "localhost") or name.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _handler(served: Served) -> type[http.server.SimpleHTTPRequestHandler]:
    class Handler(_Handler):
        def __init__(self, *args: object) -> None:
            self.served = served
            super().__init__(*args)

    return Handler


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Answers one request."""

    served: Served

    def __init__(self, *args: object) -> None:
        super().__init__(*args, directory=str(self.served.site))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self._answer(super().do_GET)

    def do_HEAD(self) -> None:
        self._answer(super().do_HEAD)

    def end_headers(self) -> None:
        # Types are as they are said, and no page of another site may load a file of this one.
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        super().end_headers()

    def _answer(self, send_file: Callable[[], None]) -> None:
        served = self.served
        if not is_own_name(self.headers.get("Host"), served.host):
            self._send(421, b"this server answers to its own names only\n", "text/plain")
            return
        path, _, query = self.path.partition("?")
        if path.startswith(OWN):
            self._send_own(path.removeprefix(OWN), query.partition("=")[2])
            return
        if not path.startswith(served.base):
            if served.base.startswith(f"{path.rstrip('/')}/"):
                self._redirect(served.base)
            else:
                self._send_page(404, served.site / "404.html")
            return
        self.path = "/" + path[len(served.base) :]
        try:
            file = self._file()
            if file.is_dir():
                if not path.endswith("/"):
                    self._redirect(f"{path}/")
                    return
                file = file / "index.html"
            is_there = file.is_file() and self._is_inside(file)
        except (
            OSError,
            ValueError,
            RuntimeError,
        ):  # a name that no file can have, links in a circle
            is_there = False
        if not is_there:
            self._send_page(404, served.site / "404.html")
        elif file.suffix == ".html":
            self._send_page(200, file)
        elif served.marks is not None and file.suffix in _TEXTS:
            text = unmarked(file.read_text("utf-8", "replace"))
            self._send(200, text.encode(), self.guess_type(str(file)))
        else:
            send_file()

    def _file(self) -> Path:
        """The file that the path asks for; of the site behind, if only that has it."""
        file = Path(self.translate_path(self.path))
        if self.served.behind is not None and not file.exists():
            self.directory = str(self.served.behind)
            file = Path(self.translate_path(self.path))
        return file

    def _is_inside(self, file: Path) -> bool:
        """Whether no link leads out of the folder."""
        return file.resolve().is_relative_to(Path(self.directory).resolve())

    def _send_own(self, name: str, value: str) -> None:
        served = self.served
        if name == "changes":
            self._send(200, served.changes.wait(value), "application/json")
        elif name == "marks" and served.marks is not None:
            self._send(200, json.dumps(served.marks.described()).encode(), "application/json")
        elif name in ("reload.js", "mark.js") and (served.scripts / name).is_file():
            script = (served.scripts / name).read_bytes()
            self._send(200, script, "text/javascript; charset=utf-8")
        else:
            self._send_page(404, served.site / "404.html")

    def _redirect(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send_page(self, status: int, file: Path) -> None:
        try:
            page = file.read_bytes()
        except OSError:
            page = b"<!doctype html><title>404</title></body>"
        names = ["reload.js"] if self.served.marks is None else ["reload.js", "mark.js"]
        scripts = "".join(f'<script src="{OWN}{name}"></script>' for name in names)
        page = _POLICY.sub(b"", page).replace(b"</body>", f"{scripts}</body>".encode(), 1)
        self._send(status, page, "text/html; charset=utf-8")

    def _send(self, status: int, body: bytes, media_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing of single requests."""
