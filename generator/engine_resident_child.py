"""What runs in a resident engine process: MkDocs with everything loaded, for single pages.

Started as a script with ``python -P`` and the path of a language's ``mkdocs.yml``. It says
``ready`` when it has loaded, then takes one JSON list of changed documents a line, builds their
pages as ``mkdocs build --dirty`` would, and says ``written`` or ``failed``. What MkDocs logs goes
to the standard error, before the answer. It ends with its parent.

The set of documents, the configuration and the theme must be those that were loaded; the parent
sees to it. It imports nothing of this package, so that the engine sees no module of ours.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from typing import Any, NoReturn

ANSWER = "\x1e"


class _Loaded(Exception):
    """Stops a build when everything is loaded and nothing has been written."""


class _Engine:
    """MkDocs after loading: its configuration, files, navigation and templates."""

    def __init__(self, config_file: str) -> None:
        from mkdocs.commands.build import build
        from mkdocs.config import load_config

        self.config: Any = load_config(config_file=config_file)
        self.nav: Any = None
        self.files: Any = None
        self.env: Any = None
        self.config.plugins._register_event("nav", self._on_nav)
        self.config.plugins._register_event("env", self._on_env)
        self.config.plugins.on_startup(command="build", dirty=True)
        try:
            build(self.config, dirty=True)
        except _Loaded:
            self.config.plugins.events["env"].remove(self._on_env)

    def _on_nav(self, nav: Any, *, config: Any, files: Any) -> Any:
        self.nav, self.files = nav, files
        return nav

    def _on_env(self, env: Any, *, config: Any, files: Any) -> NoReturn:
        self.env = env
        raise _Loaded

    def build(self, paths: list[str]) -> None:
        """Build the pages of some documents, all read before the first is written."""
        from mkdocs.commands.build import _build_page, _populate_page

        pages = [self.files.get_file_from_path(path).page for path in paths]
        for page in pages:
            _populate_page(page, self.config, self.files)
        documents = self.files.documentation_pages()
        for page in pages:
            _build_page(page, self.config, documents, self.nav, self.env)


def main() -> None:
    """Load, then serve lists of documents until the parent closes the pipe."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)-8s-  %(message)s"))
    logging.getLogger("mkdocs").addHandler(handler)
    logging.getLogger("mkdocs").propagate = False
    sys.addaudithook(_refuse_network)
    try:
        engine = _Engine(sys.argv[1])
    except BaseException:
        traceback.print_exc()
        _answer("failed")
        return
    _answer("ready")
    for line in sys.stdin:
        try:
            engine.build(json.loads(line))
        except BaseException:
            traceback.print_exc()
            _answer("failed")
            return
        _answer("written")


def _answer(word: str) -> None:
    sys.stderr.write(f"\n{ANSWER}{word}\n")
    sys.stderr.flush()


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        raise RuntimeError("a build does not use the network")


if __name__ == "__main__":
    main()
