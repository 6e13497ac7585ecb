"""A local server that rebuilds on change.

The published files are served as they are; only in the response the content security policy is
taken out and a script put in that reloads the page after a rebuild. When a build fails the problems
are printed and the last good site stays.
"""

from __future__ import annotations

import contextlib
import http.server
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from watchfiles import DefaultFilter, watch

from generator.errors import ContentError, GeneratorError, ReportFormat, UsageError, report
from generator.pipeline import Result, build
from generator.project import Project
from generator.store import read_store

Say = Callable[[str], None]

# Saves that come together, as from a branch switch, are one rebuild.
DEBOUNCE_MS = 600
STEP_MS = 100
# How often the watcher looks whether it was interrupted.
TICK_MS = 300
# How long a waiting page is kept before it asks again; below the time-outs of proxies.
WAIT_SECONDS = 25
EVENTS = "/-/changes"
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
_SCRIPT = b"""<script>(async()=>{let seen;for(;;){try{
const r=await fetch("/-/changes?seen="+(seen??""));const now=await r.text();
if(seen!==undefined&&now!==seen)location.reload();seen=now}
catch{await new Promise(r=>setTimeout(r,1000))}}})()</script></body>"""


class Changes:
    """Counts published builds, and lets requests wait for the next."""

    def __init__(self) -> None:
        self._count = 0
        self._condition = threading.Condition()

    def publish(self) -> None:
        """Tell every waiting page that there is a new site."""
        with self._condition:
            self._count += 1
            self._condition.notify_all()

    def wait(self, seen: str) -> str:
        """Return the number of the current build, waiting a while if the page has seen it."""
        with self._condition:
            if seen == str(self._count):
                self._condition.wait(WAIT_SECONDS)
            return str(self._count)


def serve(project: Project, host: str, port: int, say: Say) -> None:
    """Build, serve on ``host:port`` and rebuild on change until interrupted."""
    changes = Changes()
    with contextlib.suppress(KeyboardInterrupt), contextlib.ExitStack() as stack:
        for number, result in enumerate(rebuilds(project, say)):
            if result is not None:
                changes.publish()
            if number == 0:
                address = stack.enter_context(listening(project, host, port, changes))
                say(f"serving {address} until Ctrl-C")


def rebuilds(project: Project, say: Say) -> Iterator[Result | None]:
    """Build now and after every change; yield what came of it, until interrupted."""
    config = project.root / "mkdocs.yml"
    again = True
    while again:
        again = False
        events = watch(
            *(project.content, project.templates, config),
            watch_filter=DefaultFilter(),
            debounce=DEBOUNCE_MS,
            step=STEP_MS,
            rust_timeout=TICK_MS,
            yield_on_timeout=True,
        )
        try:
            next(events)  # from here on it is watched; what changes during a build is told after it
            yield rebuild(project, say)
            for event in events:
                # An editor that replaces a file leaves the watch on the old one.
                again = any(Path(path).name == config.name for _, path in event)
                if again:
                    break
                if event:
                    yield rebuild(project, say)
        except FileNotFoundError as error:
            raise UsageError(f"nothing left to watch: {error}") from error


@contextlib.contextmanager
def listening(project: Project, host: str, port: int, changes: Changes) -> Iterator[str]:
    """Serve the site in the background; the address of its root. UsageError if that fails."""
    site = read_store(project.content).site
    base = urlsplit(site.address).path if site else "/"
    try:
        server = http.server.ThreadingHTTPServer((host, port), handler(project.site, base, changes))
    except OSError as error:
        raise UsageError(f"cannot listen on {host}:{port}: {error.strerror}") from error
    except UnicodeError as error:
        raise UsageError(f"{host} cannot be the name of a host") from error
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{host}:{server.server_port}{base}"
    finally:
        server.shutdown()
        server.server_close()


def rebuild(project: Project, say: Say) -> Result | None:
    """Build once; say what was done or what is wrong. None if nothing was published."""
    try:
        result = build(project)
    except ContentError as error:
        say(report(error.problems, ReportFormat.TEXT) + "the last good site is kept")
        return None
    except GeneratorError as error:
        say(f"{error}\nthe last good site is kept")
        return None
    changed = sum(len(written.changed) for written in result.written.values())
    say(f"{result.pages} pages, {changed} of them rewritten")
    return result


def handler(site: Path, base: str, changes: Changes) -> type[http.server.SimpleHTTPRequestHandler]:
    """The request handler for a site that is published below the path ``base``."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, directory=str(site), **kwargs)  # type: ignore[arg-type]

        def do_GET(self) -> None:
            self._answer(super().do_GET)

        def do_HEAD(self) -> None:
            self._answer(super().do_HEAD)

        def _answer(self, send_file: Callable[[], None]) -> None:
            path, _, query = self.path.partition("?")
            if path == EVENTS:
                self._send(200, changes.wait(query.partition("=")[2]).encode(), "text/plain")
                return
            if not path.startswith(base):
                if base.startswith(f"{path.rstrip('/')}/"):
                    self._redirect(base)
                else:
                    self._send_page(404, site / "404.html")
                return
            self.path = "/" + path[len(base) :]
            file = Path(self.translate_path(self.path))
            if file.is_dir():
                if not path.endswith("/"):
                    self._redirect(f"{path}/")
                    return
                file = file / "index.html"
            if not file.is_file():
                self._send_page(404, site / "404.html")
            elif file.suffix == ".html":
                self._send_page(200, file)
            else:
                send_file()

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
            page = _POLICY.sub(b"", page).replace(b"</body>", _SCRIPT, 1)
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

    return Handler
