"""``docs/architecture.svg``: the stages of the pipeline, with arrows drawn from the imports.

A stage is a group of modules. An arrow from one stage to another says that the second is made with
the first; what follows from other arrows is left out. Rows and arrows come from the code, so the
drawing cannot say what is not so.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

PACKAGE = "generator"
# Each stage: its column, what it does, and its modules with all that is below or named after them.
STAGES: dict[str, tuple[int, str, str]] = {
    "errors": (1, "problems, exit codes", "errors"),
    "source": (1, "YAML with places", "source"),
    "model": (
        1,
        "typed records, texts, marks",
        "model site typed patterns prose escape reads foreign hidden file_schemas",
    ),
    "store": (
        1,
        "all files, read once",
        "store entries declared history spelling answers released",
    ),
    "dataset": (
        1,
        "records, words, addresses",
        "dataset derive routes words changes lens queries noted",
    ),
    "locale": (2, "numbers, dates, phrases", "locale date phrases text"),
    "checks": (0, "one topic a file", "checks"),
    "views": (2, "which pages, what is on them", "views"),
    "render": (1, "Jinja: pages as Markdown", "render"),
    "exports": (2, "data, feeds, search", "exports"),
    "translation": (0, "state, PO, stamps", "translation"),
    "output": (
        3,
        "files, exchange of folders",
        "output parallel project exchange manifest ending timing",
    ),
    "engine": (4, "MkDocs, a run a language", "engine"),
    "editions": (4, "archives, PDF, cards", "editions"),
    "finish": (3, "HTML to site: CSP, links", "finish standalone hosting"),
    "pipeline": (
        1,
        "a build from end to end",
        "pipeline loading rendered memory preview extras assembling configuring site_plan",
    ),
    "commands": (
        1,
        "what is called by hand",
        "cli __main__ dating inspect rules serve server editing doctor completing "
        "links links_asked publishing releasing editions.command translation.command",
    ),
}
BOX = (200, 46)
GAP = (22, 38)
MARGIN = 20


def drawing(root: Path) -> str:
    """The picture as SVG; ``root`` is the project's folder."""
    needs = stages_needed(root)
    rows = _rows(needs)
    columns = max(column for column, _, _ in STAGES.values()) + 1
    width = columns * (BOX[0] + GAP[0]) - GAP[0] + 2 * MARGIN
    height = (max(rows.values()) + 1) * (BOX[1] + GAP[1]) - GAP[1] + 2 * MARGIN
    corners = {
        stage: (
            MARGIN + STAGES[stage][0] * (BOX[0] + GAP[0]),
            MARGIN + row * (BOX[1] + GAP[1]),
        )
        for stage, row in rows.items()
    }
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="title">',
        '<title id="title">The stages of the generator and what each is made with</title>',
        "<style>svg{background:#fff;font:13px system-ui,sans-serif}rect{fill:#eef3f8;stroke:#345}"
        "text{text-anchor:middle;fill:#123}.name{font-weight:600}"
        ".line{fill:none;stroke:#567;stroke-width:1.3}</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#567"/></marker></defs>',
    ]
    parts += [_arrow(corners, needed, stage) for stage in STAGES for needed in needs[stage]]
    parts += [_box(corners[stage], stage) for stage in STAGES]
    return "\n".join([*parts, "</svg>"]) + "\n"


def stages_needed(root: Path) -> dict[str, list[str]]:
    """What each stage needs directly, without what it gets through another stage.

    Raises ValueError for a module that belongs to no stage, and for stages that need each other.
    """
    needs: dict[str, set[str]] = {stage: set() for stage in STAGES}
    for module, imported in _imports(root):
        one, other = stage_of(module), stage_of(imported)
        if one != other:
            needs[one].add(other)
    below = {stage: _all_below(needs, stage, ()) for stage in STAGES}
    return {
        stage: [
            one
            for one in STAGES
            if one in direct and not any(one in below[other] for other in direct)
        ]
        for stage, direct in needs.items()
    }


def stage_of(module: str) -> str:
    """The stage of a module: that of the longest name that is its own or stands above it."""
    found = [
        (len(name), stage)
        for stage, (_, _, names) in STAGES.items()
        for name in names.split()
        if module == name or module.startswith((f"{name}.", f"{name}_"))
    ]
    if not found:
        raise ValueError(f"{module} belongs to no stage: give it one in tools/drawing.py")
    return max(found)[1]


def modules(root: Path) -> dict[str, Path]:
    """The modules of the package by their names below it."""
    found = {}
    for path in sorted((root / PACKAGE).rglob("*.py")):
        parts = path.relative_to(root / PACKAGE).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        if name:
            found[name] = path
    return found


def _imports(root: Path) -> Iterator[tuple[str, str]]:
    known = modules(root)
    for name, path in known.items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not node.module:
                continue
            for alias in node.names:
                full = f"{node.module}.{alias.name}".split(".")
                if full[0] == PACKAGE:
                    below = (".".join(full[1:end]) for end in (len(full), len(full) - 1))
                    yield from ((name, one) for one in list(below)[:1] if one in known)
                    module = ".".join(node.module.split(".")[1:])
                    if ".".join(full[1:]) not in known and module:
                        yield name, module


def _all_below(needs: Mapping[str, set[str]], stage: str, above: tuple[str, ...]) -> set[str]:
    if stage in above:
        raise ValueError(f"stages need each other: {' > '.join((*above, stage))}")
    direct = needs[stage]
    return direct.union(*(_all_below(needs, one, (*above, stage)) for one in direct))


def _rows(needs: Mapping[str, list[str]]) -> dict[str, int]:
    """The row of each stage: just above those that need it, so that few arrows are long."""
    depth: dict[str, int] = {}
    height: dict[str, int] = {}

    def depth_of(stage: str) -> int:
        if stage not in depth:
            depth[stage] = max((depth_of(one) + 1 for one in needs[stage]), default=0)
        return depth[stage]

    def row_of(stage: str) -> int:
        if stage not in height:
            users = [one for one in STAGES if stage in needs[one]]
            height[stage] = min((row_of(one) - 1 for one in users), default=last)
        return height[stage]

    last = max(map(depth_of, STAGES))
    return {stage: row_of(stage) for stage in STAGES}


def _box(corner: tuple[float, float], stage: str) -> str:
    left, top = corner
    middle = left + BOX[0] / 2
    return (
        f'<rect x="{left:g}" y="{top:g}" width="{BOX[0]}" height="{BOX[1]}" rx="5"/>'
        f'<text class="name" x="{middle:g}" y="{top + 19:g}">{escape(stage)}</text>'
        f'<text x="{middle:g}" y="{top + 36:g}">{escape(STAGES[stage][1])}</text>'
    )


def _arrow(corners: Mapping[str, tuple[float, float]], needed: str, stage: str) -> str:
    """A curve from the bottom of what is needed to the top of what needs it."""
    from_left, from_top = corners[needed]
    to_left, to_top = corners[stage]
    # Ends lie apart, by where the other end is, so that arrows to one box can be told from
    # each other.
    lean = max(-70.0, min(70.0, (to_left - from_left) / 4))
    start = (from_left + BOX[0] / 2 + lean, from_top + BOX[1])
    end = (to_left + BOX[0] / 2 - lean, to_top - 1)
    # Down into the gap below, across it, and straight down in its own column.
    across = start[1] + GAP[1] - 8
    return (
        f'<path class="line" marker-end="url(#tip)" d="M{start[0]:g} {start[1]:g}C{start[0]:g} '
        f'{across:g} {end[0]:g} {start[1] + 4:g} {end[0]:g} {end[1]:g}"/>'
    )
