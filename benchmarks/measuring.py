"""What a command takes: seconds on the wall, seconds of computing, and the largest process.

Each command is a process of its own, led to its end with wait4(2), which tells what it and all that
it waited for have used. One that takes longer than allowed is stopped with what it started.
"""

from __future__ import annotations

import contextlib
import os
import platform
import resource
import signal
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

MEGABYTE = 1024  # of ru_maxrss and VmHWM, which are in kB
_TICKS = os.sysconf("SC_CLK_TCK")
# What runs now, each with all that it started: nothing outlives an interrupted benchmark.
_running: set[int] = set()


class FailedError(Exception):
    """A command that ended otherwise than well; the text is its last words."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What something took; what did not end in time has used at least so much.

    ``peak`` is that of the largest process, in MB.
    """

    wall: float
    cpu: float
    peak: float
    ended: bool = True


def take(
    command: Sequence[str | Path],
    folder: Path,
    limit: float,
    environment: Mapping[str, str] | None = None,
) -> Taken:
    """Run a command in a folder, for ``limit`` seconds at most. FailedError if it fails."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            env=None if environment is None else {**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        _running.add(process.pid)
        too_late = threading.Event()
        timer = threading.Timer(limit, _stop, (process.pid, too_late))
        timer.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            _stop(process.pid, too_late)
            raise
        finally:
            timer.cancel()
            _running.discard(process.pid)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        taken = Taken(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / MEGABYTE)
        if too_late.is_set():
            return replace(taken, ended=False)
        if process.returncode:
            output.seek(0)
            said = output.read().decode("utf-8", "replace")
            raise FailedError(f"{' '.join(map(str, command))}: {said[-2000:].strip()}")
        return taken


def _stop(group: int, too_late: threading.Event) -> None:
    too_late.set()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def take_all(
    commands: Sequence[tuple[Sequence[str | Path], Path]],
    limit: float,
    environment: Mapping[str, str] | None = None,
) -> Taken:
    """Run commands, as many at a time as there are cores, for ``limit`` seconds in all."""
    start = time.perf_counter()

    def one(command: tuple[Sequence[str | Path], Path]) -> Taken:
        left = limit - (time.perf_counter() - start)
        if left <= 0:
            return Taken(0, 0, 0, ended=False)
        return take(*command, left, environment)

    with ThreadPoolExecutor(cores()) as pool:
        try:
            taken = list(pool.map(one, commands))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for group in list(_running):
                _stop(group, threading.Event())
            raise
    return Taken(
        time.perf_counter() - start,
        sum(each.cpu for each in taken),
        max(each.peak for each in taken),
        all(each.ended for each in taken),
    )


def repeated(run: Callable[[], Taken], runs: int) -> list[Taken]:
    """Run again and again; after one that did not end in time there is no other."""
    found: list[Taken] = []
    while len(found) < runs and all(taken.ended for taken in found):
        found.append(run())
    return found


def middle(taken: Sequence[Taken]) -> Taken:
    """The median of each figure, and the largest peak."""
    late = [each for each in taken if not each.ended]
    if late:
        return late[0]
    return Taken(
        statistics.median(each.wall for each in taken),
        statistics.median(each.cpu for each in taken),
        max(each.peak for each in taken),
    )


def cores() -> int:
    """How many processes run at the same time."""
    return len(os.sched_getaffinity(0))


def tree(root: int) -> list[int]:
    """A process and all that descend from it and live (proc(5))."""
    found = [root]
    for pid in found:
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                found += map(int, children.read_text().split())
    return found


def used(pids: Sequence[int]) -> float:
    """CPU seconds that processes have used, and those of theirs that have ended."""
    ticks = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            # utime, stime, cutime and cstime; the name before them may hold anything
            parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, parts[11:15]))
    return ticks / _TICKS


def peak(pids: Sequence[int]) -> float:
    """MB of the process that was the largest at its largest."""
    largest = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith("VmHWM:"):
                    largest = max(largest, int(line.split()[1]))
    return largest / MEGABYTE


class Others:
    """How many cores other work on the machine keeps busy, from now on."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._busy = _busy() - _own()

    def cores(self) -> float:
        """The mean since the beginning."""
        seconds = time.perf_counter() - self._start
        return max(0.0, (_busy() - _own() - self._busy) / seconds)


def _busy() -> float:
    """Seconds that all cores together have worked since the machine was started (proc(5))."""
    try:
        line = Path("/proc/stat").read_text().partition("\n")[0]
    except OSError:
        return 0.0
    user, nice, system, _idle, _waiting, irq, soft = map(int, line.split()[1:8])
    return (user + nice + system + irq + soft) / _TICKS


def _own() -> float:
    """CPU seconds of this process and of its children that have ended."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def machine() -> dict[str, str]:
    """Processor, cores and memory of this machine, and its Python."""
    model = platform.processor() or platform.machine()
    memory = ""
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
        kilobytes = int(Path("/proc/meminfo").read_text().split()[1])
        memory = f"{kilobytes / 1024**2:.0f} GB"
    return {
        "processor": model,
        "cores": str(cores()),
        "memory": memory,
        "python": platform.python_version(),
    }
