"""What was measured, kept in ``results.json``: tables are written from it and nothing else.

A run of some parts replaces these parts and leaves the others, so each says when it was made.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.measuring import Taken

FILE = Path(__file__).parent / "results.json"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: of which size (``book``, ``100``), whose, of what.

    ``failed`` says why there is none; with it the seconds are those until it was stopped.
    ``others`` is how many cores other work kept busy meanwhile, ``note`` what a reader must know.
    ``stages`` are wall and CPU seconds of each.
    """

    size: str
    who: str
    what: str
    wall: float = 0.0
    cpu: float = 0.0
    peak: float = 0.0
    runs: int = 0
    pages: int = 0
    date: str = ""
    others: float = 0.0
    failed: str = ""
    note: str = ""
    stages: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str]:
        return self.size, self.who, self.what


@dataclass(slots=True)
class Results:
    """All rows, the machine they come from, versions, and the command of the last run."""

    machine: dict[str, str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    command: str = ""
    rows: list[Row] = field(default_factory=list)

    def put(self, row: Row) -> None:
        """Take a row in place of the older one of the same."""
        self.rows = [one for one in self.rows if one.key != row.key] + [row]

    def find(self, size: str, who: str, what: str) -> Row | None:
        """A row that was measured, whether it ended or not."""
        return next((row for row in self.rows if row.key == (size, who, what)), None)

    def sizes(self) -> list[str]:
        """The book, and then by number of regions."""
        return sorted({row.size for row in self.rows}, key=order)


def order(size: str) -> int:
    """Where a size stands in tables."""
    return 0 if size == "book" else int(size)


def row_of(size: str, who: str, what: str, middle: Taken, runs: int, limit: float) -> Row:
    """A row of medians; of what did not end, what it had used until then."""
    failed = "" if middle.ended else f"did not end within {limit:.0f} s"
    return Row(
        size,
        who,
        what,
        round(middle.wall, 3),
        round(middle.cpu, 3),
        round(middle.peak, 1),
        runs,
        failed=failed,
    )


def load(path: Path = FILE) -> Results:
    """What was measured before, or nothing."""
    if not path.is_file():
        return Results()
    found = json.loads(path.read_text("utf-8"))
    rows = [
        Row(**{**row, "stages": {k: tuple(v) for k, v in row["stages"].items()}})
        for row in found.pop("rows")
    ]
    return Results(**found, rows=rows)


def save(results: Results, path: Path = FILE) -> None:
    """Keep it, in the order of sizes."""
    results.rows.sort(key=lambda row: order(row.size))
    path.write_text(json.dumps(asdict(results), ensure_ascii=False, indent=1) + "\n", "utf-8")


def medians(samples: Iterable[Mapping[str, tuple[float, float]]]) -> dict[str, tuple[float, float]]:
    """Of each stage the medians of its seconds."""
    from statistics import median

    all_of = list(samples)
    names = dict.fromkeys(name for sample in all_of for name in sample)
    return {
        name: (
            round(median(sample.get(name, (0, 0))[0] for sample in all_of), 4),
            round(median(sample.get(name, (0, 0))[1] for sample in all_of), 4),
        )
        for name in names
    }
