"""``python -m benchmarks``: how long this generator takes, and others on the same pages.

The real content, and synthetic ones of many regions; each figure is the median of several runs in
processes of their own. Other generators are installed where they can be, and get the Markdown that
ours has written. CPU seconds stand beside the wall clock, which other work on the machine disturbs.
"""

from __future__ import annotations

import argparse
import datetime
import shlex
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks import peers, results, tables
from benchmarks.goals import OURS, goals
from benchmarks.measuring import FailedError, Others, Taken, machine, middle, repeated
from benchmarks.ours import ROOT, Ours, clone
from benchmarks.results import Results, Row, row_of

NAMES = (OURS, *(peer.name for peer in peers.PEERS))
LARGEST = "10000"


class Bench:
    """A run: what is wanted of it, and what was measured."""

    def __init__(self, runs: int, limit: float, found: Results) -> None:
        self.runs = runs
        self.limit = limit
        self.found = found

    def measure(
        self, size: str, who: str, what: str, run: Callable[[], list[Taken]], pages: int = 0
    ) -> Row | None:
        """Take the median of runs; print and keep it. None if it did not come to an end."""
        others = Others()
        try:
            taken = run()
        except FailedError as error:
            row = Row(size, who, what, failed=f"failed: {str(error).splitlines()[-1][:200]}")
            say(f"{error}")
        else:
            row = row_of(size, who, what, middle(taken), len(taken), self.limit)
        row = replace(
            row,
            pages=pages,
            others=round(others.cores(), 2),
            date=datetime.date.today().isoformat(),
        )
        self.found.put(row)
        say(line(row))
        return None if row.failed else row

    def note(self, row: Row | None, **more: object) -> None:
        """Add to a row that was kept."""
        if row is not None:
            self.found.put(replace(row, **more))  # type: ignore[arg-type]

    def ours(self, size: str, folder: Path, runs: int, *, alone: bool = True) -> None:
        """Ours on one size; without ``alone`` only what the others need: the pages."""
        mine = Ours(folder, self.limit)
        if not alone:
            mine.cold()
            return
        kept: dict[str, Row | None] = {}
        kept["cold"] = self.measure(size, OURS, "cold", lambda: repeated(mine.cold, runs))
        if kept["cold"] is None:
            return
        pages = mine.pages()
        # Before an edit, of which it would say that the history does not know it.
        self.measure(size, OURS, "check", lambda: repeated(mine.check, runs))
        for what, run in (("unchanged", mine.unchanged), ("edited", mine.edited)):
            kept[what] = self.measure(size, OURS, what, partial(repeated, run, runs), pages)
        for what, row in kept.items():
            if row is not None:
                stages = results.medians(mine.stages[what])
                self.found.put(replace(row, pages=pages, stages=stages))
        self.measure(size, OURS, "served", lambda: mine.served(runs), pages)

    def peer(self, peer: peers.Peer, size: str, given: peers.Pages, folder: Path) -> None:
        """Another generator on the same pages."""
        peer.prepare(given, folder)
        number = iter(range(1, 10**6))

        def cold() -> Taken:
            peer.forget(folder)
            return peer.run(given, folder, self.limit, False)

        def again(dirty: bool) -> Taken:
            peers.change(given, folder, next(number))
            return peer.run(given, folder, self.limit, dirty)

        built = self.measure(size, peer.name, "cold", lambda: repeated(cold, self.runs))
        made = peers.html_pages(folder)
        if built is None:
            self._not_tried(size, peer)
            return
        self.note(built, pages=made)
        self.measure(
            size, peer.name, "again", lambda: repeated(lambda: again(False), self.runs), made
        )
        if peer.dirty:
            before = peers.searched(folder)
            row = self.measure(
                size, peer.name, "dirty", lambda: repeated(lambda: again(True), self.runs), made
            )
            left = peers.searched(folder)
            if left < before:
                lost = f"not right: the search index went from {before:,} to {left:,} bytes"
                self.note(row, note=lost)

    def _not_tried(self, size: str, peer: peers.Peer) -> None:
        """Its rebuild is the same full build, or needs what did not end."""
        cold = self.found.find(size, peer.name, "cold")
        if cold is not None and peer.dirty and cold.failed.startswith("did not end"):
            self.found.put(replace(cold, what="again", note="a full build, as from nothing"))


def say(text: str) -> None:
    """Print at once."""
    print(text, flush=True)


def line(row: Row) -> str:
    """A figure as it is printed while others are measured."""
    name = f"{tables.heading(row.size)}: {tables.WHOSE[row.who]}, {tables.WHAT[row.what]}"
    if row.failed:
        return f"{name:80} {row.failed}"
    return f"{name:80} {row.wall:8.2f} s {row.cpu:8.2f} s CPU {row.peak:6.0f} MB"


def main() -> None:
    """Measure, print, and write what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs of which the median is taken")
    parser.add_argument("--limit", type=float, default=900, help="seconds that a build may take")
    parser.add_argument("--only", default=",".join(NAMES), help="which of " + ", ".join(NAMES))
    parser.add_argument(
        "--regions", default="100,1000", help="sizes of synthetic datasets; 0 for none"
    )
    parser.add_argument("--no-book", action="store_true", help="leave out the real content")
    parser.add_argument("--largest", action="store_true", help="10,000 regions too: ours, once")
    parser.add_argument(
        "--write", action="store_true", help="keep the figures and write the tables of the docs"
    )
    parser.add_argument(
        "--tables", action="store_true", help="measure nothing, write the tables of the docs"
    )
    options = parser.parse_args()
    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # ends what it started, as Ctrl-C does
    kept = results.load()
    if options.tables:
        tables.write(kept, ROOT)
        return
    only = options.only.split(",")
    if set(only) - set(NAMES):
        parser.error(f"--only takes {', '.join(NAMES)}")
    found = kept if options.write else Results()
    found.machine = machine()
    found.command = shlex.join(["python", "-m", "benchmarks", *sys.argv[1:]])
    chosen = ready(only, found)
    bench = Bench(options.runs, options.limit, found)
    sizes = [] if options.no_book else ["book"]
    sizes += [size for size in options.regions.split(",") if int(size)]

    def done() -> None:
        if options.write:
            results.save(found)
            tables.write(found, ROOT)

    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
            folder = Path(name)
            clone(folder, size)
            bench.ours(size, folder, options.runs, alone=OURS in only)
            done()
            build = folder / "build"
            codes = tuple(sorted(path.parent.name for path in build.glob("*/docs")))
            given = peers.Pages(build, codes)
            if not codes:
                say(f"{tables.heading(size)}: no pages were made, so the others are not measured")
            for peer in chosen if size != "book" and codes else ():
                with tempfile.TemporaryDirectory(prefix="benchmark-") as other:
                    bench.peer(peer, size, given, Path(other))
                    done()
    if options.largest:
        with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
            clone(Path(name), LARGEST)
            bench.ours(LARGEST, Path(name), 1)
            done()
    say("")
    for goal in goals(found):
        state = {True: "reached", False: "NOT REACHED", None: "not known"}[goal.reached]
        say(f"{state:12} {goal.text}: {goal.measured or 'not measured'}")


def ready(only: list[str], found: Results) -> list[peers.Peer]:
    """The others that are wanted and can be run; say which cannot."""
    chosen = []
    for peer in peers.PEERS:
        if peer.name not in only:
            continue
        why = peer.missing()
        if why is None:
            chosen.append(peer)
            found.versions[peer.title] = peer.version()
            found.missing.pop(peer.name, None)
        else:
            found.missing[peer.name] = why
            say(f"{peer.title} could not be installed: {why}")
    return chosen


if __name__ == "__main__":
    main()
