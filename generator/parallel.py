"""Languages side by side: each rendered in a process of its own, where the system can fork.

Rendering is pure Python and languages share nothing that they change, so two cores halve the time.
A forked child has the dataset already; only the finished pages travel back.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from generator.errors import BuildError, GeneratorError

_T = TypeVar("_T")
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def each(keys: Sequence[str], work: Callable[[str], _T], jobs: int) -> dict[str, _T]:
    """Return ``work(key)`` for every key, at most ``jobs`` at a time.

    Errors of the generator come back as they are. Runs one after another where forking is not
    possible or not safe, as beside other threads.
    """
    can_fork = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    if jobs < 2 or len(keys) < 2 or not can_fork:
        return {key: work(key) for key in keys}
    context = multiprocessing.get_context("fork")
    waiting = list(keys)
    running: dict[Connection, tuple[str, BaseProcess]] = {}
    found: dict[str, _T] = {}
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                key = waiting.pop(0)
                ours, theirs = context.Pipe(duplex=False)
                process: BaseProcess = context.Process(
                    target=_run, args=(theirs, work, key), daemon=True
                )
                with _held():
                    process.start()
                    running[ours] = (key, process)
                theirs.close()
            for ready in multiprocessing.connection.wait(list(running)):
                connection = ready if isinstance(ready, Connection) else None
                if connection is None:
                    continue
                key, process = running.pop(connection)
                try:
                    found[key] = _result(connection, key)
                finally:
                    process.join()  # until it has ended it holds what we hold, such as a lock
    finally:
        for _, process in running.values():
            process.kill()
            process.join()
    return {key: found[key] for key in keys}


def cores() -> int:
    """How many processes can run at the same time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _held() -> Iterator[None]:
    """Let what asks us to end wait, so that a new process does not meet it in our stead."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _run(connection: Connection, work: Callable[[str], _T], key: str) -> None:
    # An interrupt from a terminal reaches both, and the parent ends us; if it was killed itself we
    # would go on, and hold its lock.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        result: object = work(key)
    except GeneratorError as error:
        result = error
    connection.send(result)
    connection.close()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _result(connection: Connection, key: str) -> Any:
    try:
        result = connection.recv()
    except EOFError:
        raise BuildError(f"the process for {key} ended early; build again") from None
    finally:
        connection.close()
    if isinstance(result, GeneratorError):
        raise result
    return result
