"""Reading YAML content files safely, with the place of every key and value.

A small, strict part of YAML 1.1 is accepted: one document, a mapping at the top, mappings, lists
and texts below it. Every scalar stays the text that its author wrote; nothing becomes a number, a
date or a truth value here. What could hide, repeat or expand content is refused (``RULES``), and
a file that is refused is still read as far as possible, so that one run names all its problems.
"""

from __future__ import annotations

from pathlib import Path

from generator.errors import Problem
from generator.source.files import find_files, load, unreadable
from generator.source.node import Node, Plain, Scalar
from generator.source.recover import compose
from generator.source.rules import RULES
from generator.source.text import MAX_BYTES, Report, checked_text

__all__ = ["MAX_BYTES", "RULES", "Node", "Plain", "Scalar", "find_files", "read_file", "read_yaml"]


def read_yaml(
    data: bytes, file: str, *, limit: int = MAX_BYTES
) -> tuple[Node | None, list[Problem]]:
    """Return the mapping that a file of at most ``limit`` bytes holds, and all its problems.

    ``file`` is the name for messages. With problems the node holds what could be read, or is None
    where nothing could, so that the records of other files can still be checked against it;
    ``Node.key_places`` then also names the records that could not be read. Never raises.
    """
    report = Report(file)
    text = checked_text(data, report, limit)
    root = None if text is None else compose(text, report)
    return root, report.finished()


def read_file(
    path: Path, file: str, *, limit: int = MAX_BYTES
) -> tuple[Node | None, list[Problem]]:
    """Return ``read_yaml`` of a file on disk, of which no more than ``limit`` bytes are loaded.

    A file that cannot be read is a problem too. Never waits for a pipe, never raises.
    """
    try:
        data = load(path, limit + 1)
    except OSError as error:
        return None, [unreadable(file, error)]
    return read_yaml(data, file, limit=limit)
