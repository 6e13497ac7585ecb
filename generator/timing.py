"""Where the time of a build goes: wall and CPU seconds of each stage.

CPU time is that of this process and of its children that have ended (getrusage(2)); a child that
lives on, such as a resident engine, is in the wall clock only. A stage that runs again adds to what
it took before.
"""

from __future__ import annotations

import contextlib
import json
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Spent:
    """Seconds by the clock on the wall, and of computing in all processes."""

    wall: float = 0.0
    cpu: float = 0.0


@dataclass(slots=True)
class Timings:
    """What each stage took, in the order of their beginning."""

    stages: dict[str, Spent] = field(default_factory=dict)
    say: Callable[[str], None] = field(default=lambda name: None)

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what is done in the block as the stage ``name``, and say that it has begun."""
        self.say(name)
        spent = self.stages.setdefault(name, Spent())
        wall, cpu = time.perf_counter(), _cpu()
        try:
            yield
        finally:
            spent.wall += time.perf_counter() - wall
            spent.cpu += _cpu() - cpu

    def table(self) -> str:
        """The stages as lines of a table, with their sum."""
        whole = Spent(
            sum(spent.wall for spent in self.stages.values()),
            sum(spent.cpu for spent in self.stages.values()),
        )
        width = max(map(len, (*self.stages, "stage")))
        lines = [f"{'stage':{width}}  {'wall s':>8}  {'CPU s':>8}"]
        for name, spent in (*self.stages.items(), ("sum", whole)):
            lines.append(f"{name:{width}}  {spent.wall:8.2f}  {spent.cpu:8.2f}")
        return "\n".join(lines) + "\n"

    def to_json(self) -> str:
        """The stages as JSON: a list of objects with ``stage``, ``wall`` and ``cpu``."""
        rows = [
            {"stage": name, "wall": round(spent.wall, 4), "cpu": round(spent.cpu, 4)}
            for name, spent in self.stages.items()
        ]
        return json.dumps(rows, indent=1) + "\n"


def _cpu() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )
