"""Everything that can go wrong, and how it is told.

    GeneratorError            an error with an exit code; only ``cli`` turns it into an exit
    ├── ContentError          problems in content: exit 1, nothing published
    ├── BuildError            the engine or the disk failed: exit 1, nothing published
    └── UsageError            the command was called wrongly: exit 2

A ``Problem`` is one fault in one place of one file. Functions that read or check collect problems
and return them; they never stop at the first and never raise for bad content.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

MAX_SHOWN = 80
# Names of all that could stand there; some of it may come from content.
MAX_EXPECTED = 1_000
# No name is longer; comparing takes the square of the length.
MAX_MEANT = 200
CUTOFF = 0.65
# The ratio of two lengths at which their texts can still be as near as the cutoff.
_NEAR = CUTOFF / (2 - CUTOFF)


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """Where something stands: a file relative to the project, and a 1-based line and column."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: its place, the name of the broken rule, and what to do about it.

    ``value`` is the offending text, ``expected`` what would be right, ``hint`` what was perhaps
    meant. ``message`` is one sentence without the place.
    """

    place: Place
    rule: str
    message: str
    value: str | None = None
    expected: str | None = None
    hint: str | None = None
    severity: str = "error"

    def sort_key(self) -> tuple[Place, str, str, tuple[str, ...]]:
        """Order of files, lines and columns, then of all other parts, for a stable report."""
        # None and "" differ, and so do all problems that are not equal.
        rest = (repr(part) for part in (self.value, self.expected, self.hint, self.severity))
        return (self.place, self.rule, self.message, tuple(rest))

    def __str__(self) -> str:
        return f"{_one_line(str(self.place))}: {self.severity}: {self.sentence()}"

    def sentence(self) -> str:
        """Return everything but place and severity, on one line that terminals can show."""
        parts = [self.message]
        if self.value is not None:
            parts.append(f" (found {shown(self.value)})")
        if self.expected:
            parts.append(f"; expected {_cut(self.expected, MAX_EXPECTED)}")
        if self.hint:
            parts.append(f"; did you mean {shown(self.hint)}?")
        return _one_line("".join(parts)) + f" [{self.rule}]"


class GeneratorError(Exception):
    """Root of all errors that the command line reports without a traceback."""

    exit_code = 1


class ContentError(GeneratorError):
    """Content has problems; carries all of them, sorted."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = ordered(problems)
        super().__init__(f"{len(self.problems)} problems in content")


class BuildError(GeneratorError):
    """The engine, the disk or the network of processes failed; the message says what to do."""


class UsageError(GeneratorError):
    """The command was called wrongly."""

    exit_code = 2


class ReportFormat(StrEnum):
    """How problems are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems without repetitions, in file order."""
    return tuple(sorted(set(problems), key=Problem.sort_key))


def shown(value: str) -> str:
    """Return a value as it may appear in a one-line message: quoted, escaped and cut."""
    return f"'{_one_line(_cut(value, MAX_SHOWN))}'"


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def closest(value: str, known: Iterable[str]) -> str | None:
    """Return the known name that is nearest to ``value``, or None if none is near."""
    if len(value) > MAX_MEANT:
        return None
    # Among other lengths there is none that is near enough.
    shortest, longest = len(value) * _NEAR, len(value) / _NEAR
    names = sorted(name for name in known if shortest <= len(name) <= longest)
    lowered = {name.lower(): name for name in reversed(names)}
    if value.lower() in lowered:
        return lowered[value.lower()]
    matches = difflib.get_close_matches(value.lower(), list(lowered), n=1, cutoff=CUTOFF)
    return lowered[matches[0]] if matches else None


def meant(value: str, known: Iterable[str]) -> str:
    """The end of a sentence that refuses ``value``: what was perhaps meant, or nothing."""
    hint = closest(value, known)
    return f"; did you mean {shown(hint)}?" if hint else ""


def report(problems: Sequence[Problem], style: ReportFormat) -> str:
    """Return all problems in one of the formats that people, editors and CI read.

    ``github`` follows the workflow commands of GitHub Actions, ``gitlab`` the Code Quality
    report (a subset of the Code Climate format), ``json`` is a list of plain objects.
    """
    # A file name that is not UTF-8 has surrogates, which no stream accepts.
    return _REPORTS[style](problems).encode("utf-8", "backslashreplace").decode()


def _text(problems: Sequence[Problem]) -> str:
    return "".join(f"{problem}\n" for problem in problems)


def _json(problems: Sequence[Problem]) -> str:
    rows = []
    for problem in problems:
        row = asdict(problem)
        row.update(row.pop("place"))
        rows.append(row)
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _github(problems: Sequence[Problem]) -> str:
    lines = []
    for problem in problems:
        lines.append(
            f"::{problem.severity} file={_property(problem.place.file)},line={problem.place.line},"
            f"col={problem.place.column},title={_property(problem.rule)}::{_data(problem.sentence())}\n"
        )
    return "".join(lines)


def _gitlab(problems: Sequence[Problem]) -> str:
    import hashlib

    rows = [
        {
            "description": problem.sentence(),
            "check_name": problem.rule,
            "fingerprint": hashlib.sha256(str(problem).encode()).hexdigest()[:32],
            "severity": "major" if problem.severity == "error" else "minor",
            "location": {"path": problem.place.file, "lines": {"begin": problem.place.line}},
        }
        for problem in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


_REPORTS = {
    ReportFormat.TEXT: _text,
    ReportFormat.JSON: _json,
    ReportFormat.GITHUB: _github,
    ReportFormat.GITLAB: _gitlab,
}
