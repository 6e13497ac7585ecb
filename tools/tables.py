"""Markdown as the written pages need it: tables, and texts whose marks are no Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

NOTE = "<!-- Written by `make docs` from the code. Never edit it; a test compares it. -->\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def code(text: str) -> str:
    """A text as code, which also stands in a cell."""
    return f"`{text}`".replace("|", "\\|")


def plain(text: str) -> str:
    """A docstring or help text as Markdown on one line: ``code`` becomes `code`."""
    text = " ".join(text.split()).replace("``", "`")
    return re.sub(r"(?<!`)([<>|*])(?!`)(?=[^`]*(?:`[^`]*`[^`]*)*$)", r"\\\1", text)
