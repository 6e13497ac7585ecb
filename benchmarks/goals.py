"""The goals for speed, each with what was measured and whether it is reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.ours import before_engine
from benchmarks.results import Results, Row

OURS = "ours"
PEERS_AGAIN = ("material", "pruned", "zensical", "hugo")


@dataclass(frozen=True, slots=True)
class Goal:
    """What shall be, what was measured, and whether that is reached (None: nothing measured)."""

    text: str
    measured: str
    reached: bool | None


def goals(results: Results) -> list[Goal]:
    """All goals, in their order."""
    return [
        _seconds(results, "serve: one fact edited, the book", 1.0, "book", "served", _wall),
        _seconds(
            results, "`build` after one fact was edited, the book", 2.0, "book", "edited", _wall
        ),
        _seconds(results, "the same with 1,000 regions", 3.0, "1000", "edited", _wall),
        *_than_peers(results),
        _to_material(results),
        _seconds(
            results,
            "read, check, render, 1,000 regions, from nothing",
            5.0,
            "1000",
            "cold",
            _before,
        ),
        _seconds(
            results,
            "read, check, render, 1,000 regions, nothing changed",
            1.0,
            "1000",
            "unchanged",
            _before,
        ),
        _growth(results),
        *(_memory(results, size) for size in ("book", "1000")),
        _largest(results),
    ]


def _wall(row: Row) -> float:
    return row.wall


def _before(row: Row) -> float:
    return before_engine(dict(row.stages))[0]


def _seconds(
    results: Results, text: str, most: float, size: str, what: str, of: Callable[[Row], float]
) -> Goal:
    text = f"{text}: at most {most:.1f} s"
    row = results.find(size, OURS, what)
    if row is None:
        return Goal(text, "", None)
    if row.failed:
        return Goal(text, row.failed, False)
    return Goal(text, f"{of(row):.2f} s", of(row) <= most)


def _than_peers(results: Results) -> Iterator[Goal]:
    """Rebuild after an edit, 1,000 regions, against the rebuild of each peer."""
    ours = results.find("1000", OURS, "edited")
    for who in PEERS_AGAIN:
        text = f"that is faster than the rebuild of {who}"
        theirs = results.find("1000", who, "again")
        if ours is None or theirs is None or ours.failed:
            yield Goal(text, "", None if not (ours and ours.failed) else False)
            continue
        more = "more than " if theirs.failed else ""
        yield Goal(
            text,
            f"{ours.wall:.2f} s against {more}{theirs.wall:.2f} s",
            ours.wall < theirs.wall,
        )


def _to_material(results: Results) -> Goal:
    """What did not end has used at least what it had used when it was stopped."""
    text = "`build` from nothing, 1,000 regions: at most 0.30 of the CPU of stock Material"
    ours, theirs = results.find("1000", OURS, "cold"), results.find("1000", "material", "cold")
    if ours is None or theirs is None:
        return Goal(text, "", None)
    if ours.failed:
        return Goal(text, ours.failed, False)
    share = ours.cpu / theirs.cpu
    if not theirs.failed:
        return Goal(text, f"{share:.2f} ({ours.cpu:.1f} s of {theirs.cpu:.1f} s)", share <= 0.3)
    measured = f"below {share:.2f} ({ours.cpu:.1f} s of more than {theirs.cpu:.1f} s)"
    return Goal(text, measured, True if share <= 0.3 else None)


def _growth(results: Results) -> Goal:
    text = "`build` from nothing, CPU a page with 1,000 regions: at most 1.15 of that with 100"
    small, large = results.find("100", OURS, "cold"), results.find("1000", OURS, "cold")
    if small is None or large is None or small.failed or large.failed:
        return Goal(text, "", None)
    per = [row.cpu / row.pages for row in (small, large)]
    growth = per[1] / per[0]
    measured = f"{growth:.2f} ({per[0] * 1000:.2f} ms, {per[1] * 1000:.2f} ms)"
    return Goal(text, measured, growth <= 1.15)


def _memory(results: Results, size: str) -> Goal:
    name = "the book" if size == "book" else f"{int(size):,} regions"
    text = f"the largest process, {name}: at most 150 MB"
    rows = [row for row in results.rows if (row.size, row.who) == (size, OURS) and row.peak]
    if not rows:
        return Goal(text, "", None)
    largest = max(rows, key=lambda row: row.peak)
    return Goal(text, f"{largest.peak:.0f} MB ({largest.what})", largest.peak <= 150)


def _largest(results: Results) -> Goal:
    text = "10,000 regions go through"
    row = results.find("10000", OURS, "cold")
    if row is None:
        return Goal(text, "", None)
    if row.failed:
        return Goal(text, row.failed, False)
    return Goal(text, f"{row.wall:.0f} s, {row.cpu:.0f} s of CPU, {row.peak:.0f} MB", True)
