"""The files of ``docs/`` that are written and never edited, and what belongs in each.

A test compares them with the code, so that they stay true; ``python -m tools`` writes them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tools.drawing import drawing
from tools.engine_use import engine_use
from tools.licences import licences
from tools.reference import reference

ROOT = Path(__file__).parent.parent

WRITTEN: dict[str, Callable[[Path], str]] = {
    "docs/architecture.svg": drawing,
    "docs/engine-use.md": engine_use,
    "docs/licences.md": licences,
    "docs/reference.md": reference,
}


def write_all(root: Path) -> list[str]:
    """Write what has changed below ``root``; return the names of those files."""
    changed = []
    for name, write in WRITTEN.items():
        text = write(root)
        path = root / name
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            changed.append(name)
    return changed
