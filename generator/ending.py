"""How a command ends: what it says of errors and signals, and its exit code. Never a traceback."""

from __future__ import annotations

import errno
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Of the system's exit codes (sysexits.h): a fault inside a program.
SOFTWARE = 70
# What shells add to the number of the signal that ended a program.
SIGNALLED = 128
_MOST = 300


@contextmanager
def stoppable() -> Iterator[None]:
    """Let a request to end do what an interrupt does, unless somebody minds it already."""
    numbers = []
    if threading.current_thread() is threading.main_thread():
        wanted = (signal.SIGTERM, signal.SIGHUP)
        numbers = [number for number in wanted if signal.getsignal(number) is signal.SIG_DFL]

    def stop(number: int, _frame: object) -> None:
        raise KeyboardInterrupt(number)

    for number in numbers:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in numbers:
            signal.signal(number, signal.SIG_DFL)


def of_signal(error: KeyboardInterrupt) -> tuple[str, int]:
    """What to say of an interrupt or a request to end, and the exit code."""
    number = signal.Signals(error.args[0] if error.args else signal.SIGINT)
    return f"stopped by {number.name}; what is published is whole", SIGNALLED + number


def of_system(error: OSError) -> tuple[str, int] | None:
    """What to say of what the system refused; None if whoever reads has had enough."""
    if error.errno == errno.EPIPE:
        return None
    name = f" {error.filename}" if error.filename else ""
    return f"error: the system refuses{name}: {error.strerror or error}", 1


def of_fault(error: Exception) -> tuple[str, int]:
    """What to say of a fault of the generator itself, in a line: where and what."""
    frames = traceback.extract_tb(error.__traceback__)
    here = Path(__file__).parent
    own = [frame for frame in frames if here in Path(frame.filename).parents]
    at = f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else "an unknown place"
    said = " ".join(f"{type(error).__name__}: {error}".split())[:_MOST]
    return f"error: a fault of the generator at {at}, please report it: {said}", SOFTWARE


def of_lacking(error: ModuleNotFoundError) -> tuple[str, int] | None:
    """What to say of a package that this Python lacks; None if the module is one of ours."""
    if (error.name or "").partition(".")[0] == "generator":
        return None
    said = (
        f"error: this Python ({sys.executable}) lacks {error.name}; run `make site` once, then"
        " `. .venv/bin/activate` in each new terminal"
    )
    return said, 1
