"""What browser tests share: one Chromium per test process, and folders served on this machine."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from generator import store
from generator.pipeline import build
from generator.project import Project
from tests.built import build_copy, build_new_language, once
from tests.offline import unpack
from tests.samples import other_project

# A busy machine may take its time over any example.
settings.register_profile("suite", deadline=None, max_examples=50)
settings.load_profile("suite")

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")  # as in .ci/tools
CHROMIUM_FLAGS = (
    "--no-sandbox",  # which root, and so CI, may not use
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

ServeFolder = Callable[..., str]


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-golden``: rewrite the expected pages of ``golden/``, to be read in the diff."""
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what the templates give now into tests/golden/",
    )


@pytest.fixture(scope="session", autouse=True)
def _interruptible() -> None:
    """Interrupts arrive, also where a shell started the tests in the background, deaf to them."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _files_are_read_once() -> Iterator[None]:
    """What a file brings depends on its name and bytes alone (``store.Pieces``).

    Most tests change one file of a few dozen, and would spend their time on reading the others.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "_read_piece", lru_cache(maxsize=4096)(store._read_piece))
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; without one the tests that ask for it fail."""
    executable = find_chromium()
    if executable is None:
        pytest.fail("no Chromium: install one, or set CHROMIUM to its path", pytrace=False)
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=executable, args=[*CHROMIUM_FLAGS])
        yield instance
        instance.close()


@pytest.fixture(scope="session")
def serve_folder() -> Iterator[ServeFolder]:
    """A function ``(folder, prefix="/") -> address`` that serves a folder until the tests end.

    The address ends with the prefix, so ``serve_folder(site, "/sub/") + "en/"`` is a page.
    """
    with ExitStack() as servers:
        yield lambda folder, prefix="/": servers.enter_context(served(folder, prefix))


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """This project, copied elsewhere and built; tests only look at it."""
    return Project(once(tmp_path_factory, "real", build_copy))


@pytest.fixture(scope="session")
def other_site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The second dataset with this project's code and templates, built; tests only look at it."""
    return Project(once(tmp_path_factory, "other", lambda root: build(other_project(root))))


@pytest.fixture(scope="session")
def new_language(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The toy with a language that has no words at all, built; tests only look at it."""
    return Project(once(tmp_path_factory, "new-language", build_new_language))


@pytest.fixture(scope="session")
def offline_other(other_site: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the offline edition of the second dataset, all archives unpacked."""
    return once(tmp_path_factory, "offline-other", partial(unpack, other_site))


@pytest.fixture(scope="session")
def offline_real(real_site: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of this project's site."""
    return once(tmp_path_factory, "offline-real", partial(unpack, real_site))


def find_chromium() -> str | None:
    """The path of a Chromium: from the environment, else from the PATH, else None."""
    named = os.environ.get("CHROMIUM")
    names = (named,) if named else CHROMIUM_NAMES
    return next((path for name in names if (path := shutil.which(name))), None)


@contextmanager
def served(folder: Path, prefix: str = "/") -> Iterator[str]:
    """Serve a folder under a prefix such as ``/sub/`` as a plain static host does; its address."""
    handler = partial(StaticHost, prefix=prefix, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{prefix}"
        finally:
            server.shutdown()
            thread.join()


class StaticHost(SimpleHTTPRequestHandler):
    """Files, ``index.html`` for folders, the root's ``404.html`` for the rest; nothing listed."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, prefix: str, **kwargs: Any) -> None:
        self.prefix = prefix
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.prefix):
            return str(Path(self.directory, "outside-the-prefix"))
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: what a test wants to know, it asks the browser."""
