"""Run MkDocs: one build per language, several at a time, each in a process of its own.

A language's folder holds ``docs`` (Markdown, input), ``mkdocs.yml`` (input), ``raw`` (HTML, owned
by MkDocs) and, after a clean end, the record of that build. With the record at hand the next build
does the least that gives the same bytes as a full one: nothing, ``--dirty``, or everything.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import selectors
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from generator import engine_child, engine_record
from generator.engine_record import Mode, Plan
from generator.errors import BuildError

#: A full build is strict, and not quiet, which would switch that off. An incremental build cannot
#: be strict, because it warns of itself; what else it warns of fails it here.
_OPTIONS = {Mode.FULL: "--strict", Mode.CHANGED: "--dirty"}
#: How a full disk ends a process of Python on every system (errno(3)).
_FULL = f"[Errno {errno.ENOSPC}]"
_PASSED_ON = ("HOME", "LD_LIBRARY_PATH", "PATH", "PYTHONPATH", "TMPDIR")


@dataclass(frozen=True, slots=True)
class LanguageBuild:
    """One language to build: its code, its folder, and a hash of what is not in the folder.

    The fingerprint covers theme and versions (``engine_config.engine_fingerprint``); ``mkdocs.yml``
    and ``docs`` in the folder are looked at here.
    """

    code: str
    folder: Path
    fingerprint: str


@dataclass(slots=True)
class _Run:
    """A build under way: its process and what that has said so far."""

    build: LanguageBuild
    plan: Plan
    process: subprocess.Popen[bytes]
    output: bytearray


def build_all(
    builds: Sequence[LanguageBuild], jobs: int, epoch: int, progress: Callable[[str], None]
) -> None:
    """Bring ``raw`` of every language up to date, ``jobs`` languages at a time.

    ``epoch`` (seconds, UTC) is the only time that the engine sees. ``progress`` gets the code of
    each language that is done. All languages are tried, then BuildError lists what MkDocs said
    about each, as ``build/LANG/docs/page.md: message``. No process outlives this call, not even
    when it is interrupted or this process is killed.
    """
    waiting = list(builds)
    failures: dict[str, str] = {}
    running = 0
    with contextlib.ExitStack() as stack, selectors.DefaultSelector() as selector:
        while waiting or running:
            while waiting and running < max(1, jobs):
                build = waiting.pop(0)
                run = _start(build, epoch, stack)
                if run is None:
                    progress(build.code)
                    continue
                selector.register(_stderr(run), selectors.EVENT_READ, run)
                running += 1
            for key, _ in selector.select() if running else ():
                run = key.data
                chunk = os.read(key.fd, 65536)
                run.output += chunk
                if chunk:
                    continue
                selector.unregister(key.fileobj)
                running -= 1
                failure = _end(run)
                if failure:
                    failures[run.build.code] = failure
                else:
                    progress(run.build.code)
    full = [build for build in builds if _FULL in failures.get(build.code, "")]
    if full:
        raise BuildError(
            f"no space is left for {full[0].folder}, nothing is published; free some, then build"
            " again"
        )
    if failures:
        lines = [failures[build.code] for build in builds if build.code in failures]
        raise BuildError("MkDocs failed, nothing is published:\n" + "\n".join(lines))


def messages(output: str, place: str) -> list[str]:
    """Return the warnings and errors in a log of MkDocs, each as ``place/docs/page.md: message``.

    ``place`` is the language's folder; what is said about no page is put down to its
    ``mkdocs.yml``. The warning that ``--dirty`` gives of itself is left out.
    """
    parts = _LOGGED.split(output)
    found = []
    for level, text in zip(parts[1::2], parts[2::2], strict=True):
        if level in ("DEBUG", "INFO") or text.startswith(_EXPECTED):
            continue
        message, _, trace = text.partition("\nAborted with ")[0].partition("\nTraceback (most")
        if trace:
            message += " " + trace.strip().splitlines()[-1]
        message = " ".join(message.split())
        page = _IN_PAGE.match(message)
        found.append(
            f"{place}/docs/{page[1]}: {page[2]}" if page else f"{place}/mkdocs.yml: {message}"
        )
    return list(dict.fromkeys(found))


_LOGGED = re.compile(r"^(DEBUG|INFO|WARNING|ERROR|CRITICAL) *-  ", re.MULTILINE)
_IN_PAGE = re.compile(r"(?:Doc file|Error reading page|Error building page) '(.+?)':? *(.*)")
_EXPECTED = "A 'dirty' build is being performed"


def _start(build: LanguageBuild, epoch: int, stack: contextlib.ExitStack) -> _Run | None:
    """Start the engine for a language; None if its output is up to date."""
    try:
        plan = engine_record.plan(build.folder, build.fingerprint, epoch)
        if plan.mode is Mode.NOTHING:
            return None
        engine_record.forget(build.folder)
        process = subprocess.Popen(
            [
                *(sys.executable, "-P", engine_child.__file__, "--no-color", "build"),
                *(_OPTIONS[plan.mode], "--config-file", str(build.folder / "mkdocs.yml")),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment_of(epoch),
            start_new_session=True,  # an interrupt reaches us alone, and we stop the engine
        )
    except OSError as error:
        raise BuildError(f"cannot start MkDocs for {build.folder}: {error}") from error
    stack.callback(_stop, process)
    return _Run(build, plan, process, bytearray())


def _end(run: _Run) -> str | None:
    """Wait for a process whose output has ended; return what is wrong, or record a clean end."""
    code = run.process.wait()
    place = f"{run.build.folder.parent.name}/{run.build.folder.name}"
    output = run.output.decode("utf-8", "replace")
    lines = messages(output, place)
    if code == 0 and not lines:
        try:
            engine_record.remember(run.build.folder, run.plan)
        except OSError as error:
            return f"{place}: cannot record the build: {error}"
        return None
    if code < 0:
        lines.append(f"{place}: MkDocs was stopped by signal {-code}; build again")
    elif not lines:
        # It fell over without a word to its log: the end of the traceback says where and why.
        said = [line.strip() for line in output.splitlines() if line.strip()]
        where = [line for line in said if line.startswith("File ")][-1:]
        why = said[-1:] or [f"MkDocs ended with code {code}"]
        lines.append(f"{place}: {' '.join(why + where)}")
    return "\n".join(lines)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()
    process.wait()
    for stream in (process.stdin, process.stderr):
        if stream is not None:
            stream.close()


def _stderr(run: _Run) -> IO[bytes]:
    if run.process.stderr is None:
        raise ValueError("the engine was started without a pipe")
    return run.process.stderr


def environment_of(epoch: int) -> dict[str, str]:
    """Return all of the environment that an engine gets."""
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return passed | {
        "LC_ALL": "C.UTF-8",
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": str(epoch),
        "TZ": "UTC",
    }
