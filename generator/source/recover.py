"""Reading a whole text, and going on after errors of syntax."""

from __future__ import annotations

import re
from bisect import bisect_left

import yaml

from generator.source.compose import Composer
from generator.source.node import Node
from generator.source.syntax import explain, place_of
from generator.source.text import Report

# Each makes the parser start again at the next record.
MAX_SYNTAX_ERRORS = 20

_RECORD_START = re.compile(r"^(?:\w[\w.-]*|\"[^\"\n]*\"|'[^'\n]*')[ ]*:(?=\s|$)", re.MULTILINE)


def compose(text: str, report: Report) -> Node | None:
    """Return the mapping that a text holds; after an error reading goes on at the next record."""
    composer = Composer(report)
    error = _read(composer, text, 1)
    if error is None:
        return _checked_root(composer.root, report)
    lines = text.split("\n")
    starts = [0, *(end.end() for end in re.finditer("\n", text))]
    for _ in range(MAX_SYNTAX_ERRORS):
        if error is None:
            break
        explain(error, composer.part(), lines, report)
        offset = _next_record(composer, text, starts)
        if offset is None:
            break
        error = _read(composer, text[offset:], bisect_left(starts, offset) + 1)
    return None if composer.root is None else _checked_root(composer.root, report)


def _read(composer: Composer, text: str, first_line: int) -> yaml.YAMLError | None:
    try:
        composer.read(text, first_line)
    except yaml.YAMLError as error:
        composer.abandon(
            place_of(getattr(error, "problem_mark", None), first_line, composer.report)
        )
        return error
    return None


def _next_record(composer: Composer, text: str, starts: list[int]) -> int | None:
    """Return where the record after the one with the error begins; None: nowhere."""
    root = composer.root
    if root and (isinstance(root.value, list) or (composer.open and composer.open[0].flow)):
        return None
    if root and not isinstance(root.value, dict):
        composer.root = root = None  # lines without a colon before the first record
    places = root.key_places.values() if root else ()
    # The record with the error is the last whose id was read, or the first of this part.
    last = max((composer.first_line, *(place.line for place in places)))
    found = _RECORD_START.search(text, starts[last]) if last < len(starts) else None
    return found.start() if found else None


def _checked_root(root: Node | None, report: Report) -> Node | None:
    expected = "an id and a colon at the beginning of a line, its fields indented below"
    if root is None or root.value is None:
        report.add("empty-file", report.place(1, 1), "the file is empty", expected=expected)
        return None
    if isinstance(root.value, dict):
        return root
    shape, value = ("a list", None) if isinstance(root.value, list) else ("a text", root.value)
    message = f"{shape} stands where a mapping of ids belongs"
    report.add("not-a-mapping", root.place, message, value, expected)
    return None
