"""A local server that rebuilds on change.

The published files are served as they are; only in the response the content security policy is
taken out and a script put in that reloads the page after a rebuild. When a build fails the problems
are printed and the last good site stays.
"""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from watchfiles import DefaultFilter, watch

from generator.errors import ContentError, GeneratorError, ReportFormat, UsageError, report
from generator.pipeline import Result, build
from generator.project import Project
from generator.store import read_store

Say = Callable[[str], None]

# Saves that come together, as from a branch switch, are one rebuild.
DEBOUNCE_MS = 300
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
    rebuild(project, say)
    site = read_store(project.content).site
    base = urlsplit(site.address).path if site else "/"
    try:
        server = http.server.ThreadingHTTPServer((host, port), handler(project.site, base, changes))
    except OSError as error:
        raise UsageError(f"cannot listen on {host}:{port}: {error.strerror}") from error
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(f"serving http://{host}:{server.server_port}{base} until Ctrl-C")
    try:
        watched = [project.content, project.templates, project.root / "mkdocs.yml"]
        for _ in watch(
            *watched, watch_filter=DefaultFilter(), debounce=DEBOUNCE_MS, raise_interrupt=False
        ):
            if rebuild(project, say) is not None:
                changes.publish()
    except FileNotFoundError as error:
        raise UsageError(f"nothing left to watch: {error}") from error
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
            path, _, query = self.path.partition("?")
            if path == EVENTS:
                self._send(200, changes.wait(query.partition("=")[2]).encode(), "text/plain")
                return
            if not path.startswith(base):
                self._send_page(404, site / "404.html")
                return
            self.path = "/" + path[len(base) :]
            file = Path(self.translate_path(self.path))
            if file.is_dir() and self.path.endswith("/"):
                file = file / "index.html"
            if file.suffix == ".html" and file.is_file():
                self._send_page(200, file)
            elif not file.exists():
                self._send_page(404, site / "404.html")
            else:
                super().do_GET()

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
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Say nothing of single requests."""

    return Handler
