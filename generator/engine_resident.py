"""Engines that stay: for a server, one MkDocs process a language with everything loaded.

Starting MkDocs costs more than building a page. A resident engine builds single pages of a tree
whose set of documents, configuration and theme have not changed since it was loaded; anything
else, and any doubt, is left to ``engine.build_all``.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import IO

from generator import engine_record, engine_resident_child
from generator.engine import LanguageBuild, environment_of, messages
from generator.engine_record import Known
from generator.errors import BuildError

#: More documents than this at a time are built sooner by several processes with ``--dirty``.
MOST = 200


class Residents:
    """The resident engines of a project, by language; close them when done."""

    def __init__(self) -> None:
        self._running: dict[str, _Resident] = {}

    def start(self, builds: Sequence[LanguageBuild], epoch: int) -> None:
        """Let an engine load for every language whose last build ended well and has none yet."""
        for build in builds:
            running = self._running.get(build.code)
            known = engine_record.known(build.folder, build.fingerprint, epoch)
            if running is not None and running.is_alive() and running.known == known:
                continue
            self.stop(build.code)
            if known is not None:
                with contextlib.suppress(OSError):
                    self._running[build.code] = _Resident(build, known, epoch)

    def build(
        self, builds: Sequence[LanguageBuild], changed: Mapping[str, Sequence[str]], epoch: int
    ) -> set[str]:
        """Build the pages of changed documents (language -> paths); return the languages done.

        A language is left out that ``changed`` does not name, that has no engine or one that has
        loaded something else, or that has too many documents. BuildError has what MkDocs said of a
        page.
        """
        asked = []
        for build in builds:
            running = self._running.get(build.code)
            paths = changed.get(build.code)
            if running is None or paths is None or len(paths) > MOST:
                continue
            engine = engine_record.engine_of(build.folder, build.fingerprint, epoch)
            if running.known.engine == engine and running.ask(paths):
                asked.append(running)
        done, failures = set(), []
        for running in asked:
            failure = running.answered()
            if failure is None:
                done.add(running.build.code)
            else:
                self.stop(running.build.code)
                if failure:
                    failures.append(failure)
        if failures:
            raise BuildError("MkDocs failed, nothing is published:\n" + "\n".join(failures))
        return done

    def stop(self, code: str) -> None:
        """End the engine of a language, if there is one."""
        running = self._running.pop(code, None)
        if running is not None:
            running.close()

    def close(self) -> None:
        """End all engines."""
        for code in list(self._running):
            self.stop(code)


class _Resident:
    """One process, and what is known of the folder that it builds."""

    def __init__(self, build: LanguageBuild, known: Known, epoch: int) -> None:
        self.build = build
        self.known = known
        self._asked: Sequence[str] = ()
        self._is_ready = False
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-P", engine_resident_child.__file__),
                str(build.folder / "mkdocs.yml"),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment_of(epoch),
            start_new_session=True,
        )

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, paths: Sequence[str]) -> bool:
        """Hand over changed documents; False if this engine cannot build them."""
        if not self.known.docs.keys() >= set(paths) or not self.is_alive():
            return False
        self._asked = paths
        if not paths:
            return True
        if not self._is_ready:
            word, _ = self._said()
            if word != "ready":
                return False
            self._is_ready = True
        engine_record.forget(self.build.folder)
        try:
            stdin = _pipe(self._process.stdin)
            stdin.write(json.dumps(list(paths)).encode() + b"\n")
            stdin.flush()
        except OSError:
            return False
        return True

    def answered(self) -> str | None:
        """Wait; None if the pages are built, else what MkDocs said, which may be nothing."""
        if not self._asked:
            return None
        word, log = self._said()
        folder = self.build.folder
        lines = messages(log, f"{folder.parent.name}/{folder.name}")
        if word == "written" and not lines:
            try:
                self.known = engine_record.advance(folder, self.known, self._asked)
            except OSError:
                return ""
            return None
        return "\n".join(lines)

    def _said(self) -> tuple[str, str]:
        """Read to the next answer; return it with what was logged before. Empty at the end."""
        stream = _pipe(self._process.stderr)
        text = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(stream, selectors.EVENT_READ)
            while True:
                selector.select()
                chunk = os.read(stream.fileno(), 65536)
                text += chunk
                log, mark, word = text.decode("utf-8", "replace").rpartition(
                    engine_resident_child.ANSWER
                )
                if mark and word.endswith("\n"):
                    return word.strip(), log
                if not chunk:
                    return "", text.decode("utf-8", "replace")

    def close(self) -> None:
        if self.is_alive():
            self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stderr):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise ValueError("the engine was started without pipes")
    return stream
