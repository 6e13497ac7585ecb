"""Tables in Markdown of what was measured, put between marks in docs and README."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.goals import OURS, goals
from benchmarks.peers import PEERS
from benchmarks.results import Results, Row

BEGIN = "<!-- measured: python -m benchmarks --write -->"
END = "<!-- end of what is measured -->"
WHOSE = {OURS: "this generator", **{peer.name: peer.title for peer in PEERS}}
WHAT = {
    "cold": "build from nothing",
    "edited": "build after one fact was edited",
    "again": "build after one page was changed",
    "dirty": "the same with `--dirty`",
    "unchanged": "build with nothing changed",
    "served": "in `serve`, after one fact was edited",
    "check": "`check`",
}
# Cores that other work may keep busy without a word about it.
QUIET = 0.2
STAGED = ("cold", "edited", "unchanged")


def between(text: str, new: str) -> str:
    """Put something between the marks of a page. ValueError if it has none."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"no place for what is measured: {BEGIN} ... {END}")
    return f"{before}{BEGIN}\n\n{new.strip()}\n\n{END}{after}"


def write(results: Results, root: Path) -> list[str]:
    """Write the tables into the pages; return the names of those that changed."""
    changed = []
    for name, new in (("docs/benchmarks.md", page(results)), ("README.md", short(results))):
        text = (root / name).read_text("utf-8")
        if between(text, new) != text:
            (root / name).write_text(between(text, new), "utf-8")
            changed.append(name)
    return changed


def page(results: Results) -> str:
    """All that was measured."""
    machine = results.machine
    parts = [
        "## Goals",
        table(
            ("goal", "measured", "reached"),
            [
                (goal.text, goal.measured or "not measured", _yes(goal.reached))
                for goal in goals(results)
            ],
        ),
    ]
    for size in results.sizes():
        rows = [row for row in results.rows if row.size == size]
        parts += [
            f"## {heading(size)}",
            table(_COLUMNS, map(_cells, ordered(rows)), "l" + "r" * 6),
        ]
        for who, title in WHOSE.items():
            parts += [
                f"{title}, {WHAT[row.what]}: {row.note}"
                for row in ordered(rows)
                if row.who == who and row.note
            ]
    parts += ["## Where our time goes", *_stages(results)]
    parts += ["## A page more", _growth(results)]
    versions = "; ".join(f"{name} {version}" for name, version in results.versions.items())
    parts += [
        "## Measured with",
        f"{machine.get('processor')}, {machine.get('cores')} cores, {machine.get('memory')};"
        f" Python {machine.get('python')}; {versions}. Last run: `{results.command}`.",
    ]
    parts += [
        f"{WHOSE.get(name, name)} could not be installed: {why}"
        for name, why in results.missing.items()
    ]
    return "\n\n".join(parts)


def short(results: Results) -> str:
    """What README.md shows: seconds on the wall of each, by size."""
    sizes = [size for size in results.sizes() if size in ("book", "100", "1000")]
    if not sizes:
        return "Nothing has been measured yet."
    wanted = [(OURS, "served"), (OURS, "edited"), (OURS, "cold")]
    wanted += [(peer.name, what) for peer in PEERS for what in ("again", "cold")]
    lines = []
    for who, what in wanted:
        found = [results.find(size, who, what) for size in sizes]
        if any(found):
            cells = [_wall(row) if row else "" for row in found]
            lines.append((f"{WHOSE[who]}, {WHAT[what]}", *cells))
    found = table(("seconds", *map(heading, sizes)), lines, "l" + "r" * len(sizes))
    busy = max(row.others for row in results.rows)
    if busy > QUIET:
        found += (
            f"\n\nMeasured while other work kept up to {busy:.1f} of {results.machine.get('cores')}"
            " cores busy: on a quiet machine these seconds are fewer, for all of them."
        )
    return found


def heading(size: str) -> str:
    """What a size is called."""
    return "the book" if size == "book" else f"{int(size):,} regions"


def ordered(rows: Sequence[Row]) -> list[Row]:
    """Rows as tables have them: ours first, and as WHAT has them."""
    whose, what = list(WHOSE), list(WHAT)
    return sorted(rows, key=lambda row: (whose.index(row.who), what.index(row.what)))


def table(head: Sequence[str], rows: object, align: str = "") -> str:
    """A table in Markdown; ``align`` has ``r`` for columns of numbers."""
    lines = [list(head), *(list(row) for row in rows)]  # type: ignore[attr-defined]
    marks = ["---:" if align[at : at + 1] == "r" else "---" for at in range(len(head))]
    lines.insert(1, marks)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


_COLUMNS = ("", "wall s", "CPU s", "largest process MB", "pages", "runs", "other work, date")


def _cells(row: Row) -> tuple[str, ...]:
    name = f"{WHOSE[row.who]}, {WHAT[row.what]}"
    when = f"{row.others:.1f} cores, {row.date}"
    if row.failed and not row.wall:
        return (name, row.failed, "", "", "", "", when)
    more = "> " if row.failed else ""
    return (
        name,
        row.failed or f"{row.wall:.2f}",
        f"{more}{row.cpu:.2f}",
        f"{row.peak:.0f}",
        f"{row.pages:,}" if row.pages else "",
        str(row.runs),
        when,
    )


def _wall(row: Row) -> str:
    return row.failed or f"{row.wall:.2f}"


def _yes(reached: bool | None) -> str:
    return {True: "yes", False: "no", None: "not known"}[reached]


def _stages(results: Results) -> Iterator[str]:
    """Wall and CPU seconds of each stage, for every size."""
    for size in results.sizes():
        rows = [results.find(size, OURS, what) for what in STAGED]
        staged = [row for row in rows if row is not None and row.stages]
        if not staged:
            continue
        names = dict.fromkeys(name for row in staged for name in row.stages)
        lines = [
            (
                name,
                *(
                    f"{row.stages[name][0]:.2f} / {row.stages[name][1]:.2f}"
                    if name in row.stages
                    else ""
                    for row in staged
                ),
            )
            for name in names
        ]
        head = (f"{heading(size)}: wall / CPU s", *(WHAT[row.what] for row in staged))
        yield table(head, lines, "l" + "r" * len(staged))


def _growth(results: Results) -> str:
    """Pages and the CPU that each takes, by size."""
    lines = []
    for size in results.sizes():
        row = results.find(size, OURS, "cold")
        if row is not None and row.pages and not row.failed:
            per = f"{1000 * row.cpu / row.pages:.2f}"
            lines.append((heading(size), f"{row.pages:,}", f"{row.cpu:.1f}", per))
    head = ("this generator, build from nothing", "pages", "CPU s", "CPU ms a page")
    return table(head, lines, "lrrr")
