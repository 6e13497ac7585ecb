"""Errors of syntax, in words for people who write content."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

import yaml

from generator.errors import Place
from generator.source.text import Report

_QUOTED = "quotation marks around the whole text"
_ONE_FIELD = "a key, a colon, a space and a value"


@dataclass(frozen=True, slots=True)
class Part:
    """What was being read when the parser gave up.

    ``first_line`` is added to the parser's lines, ``bracket`` is where the innermost open bracket
    or brace stands, ``text`` the last quoted text that spans lines (its place and last line), and
    ``ended`` says that a line of dots closed the document.
    """

    first_line: int
    bracket: Place | None
    text: tuple[Place, int] | None
    ended: bool


class _Cause(NamedTuple):
    """What the parser's words mean; ``opening``: the fault is where the construct begins."""

    words: str
    rule: str
    message: str
    expected: str
    opening: bool = False


# fmt: off
# The first one whose words the parser uses counts (libyaml 0.2: scanner.c and parser.c).
_CAUSES = (
    _Cause("nesting depth", "too-deep", "the nesting is too deep",
           "fewer brackets, dashes or question marks in a line"),
    _Cause("tab character", "tab-indentation", "a tab stands in the indentation", "spaces"),
    _Cause("parsing a quoted scalar", "syntax",
           "this backslash sequence has no meaning in double quotation marks",
           "a doubled backslash, or single quotation marks"),
    _Cause("scanning a quoted scalar", "syntax",
           "the quotation mark that opens here is never closed",
           "the same quotation mark at the end of the text", opening=True),
    _Cause("mapping values", "syntax",
           "a colon stands inside an unquoted text, or the indentation is wrong here",
           f"one key and value in a line, and {_QUOTED}"),
    _Cause("block sequence entries", "syntax", "a list item cannot begin here",
           f"each dash on a line of its own below the key, or {_QUOTED}"),
    _Cause("mapping keys", "syntax", "a question mark cannot begin an unquoted text", _QUOTED),
    _Cause("simple key", "syntax",
           "this line has no colon after its key, or its text is not indented",
           _ONE_FIELD, opening=True),
    _Cause("parsing a flow", "syntax", "a comma or a closing bracket is missing",
           "items divided by commas, and as many closing as opening brackets", opening=True),
    _Cause("'-' indicator", "syntax", "this line does not fit the list above it",
           "the same indentation, and a dash before each item"),
    _Cause("expected key", "syntax",
           "the indentation differs from the lines above, or this is no key",
           "a key with the same indentation as its neighbours"),
    _Cause("document start", "syntax", "this line is indented less than the first",
           "all ids at the beginning of their lines"),
    _Cause("scanning an anchor", "anchor", "an ampersand cannot begin an unquoted text", _QUOTED,
           opening=True),
    _Cause("scanning an alias", "alias", "an asterisk cannot begin an unquoted text", _QUOTED,
           opening=True),
    _Cause("directive", "directive", "a directive changes how the file is read", "no directive",
           opening=True),
    _Cause("YAML document", "directive", "a directive changes how the file is read",
           "no directive"),
    _Cause(" tag", "tag", "an exclamation mark cannot begin an unquoted text", _QUOTED,
           opening=True),
    _Cause("block scalar", "syntax",
           "this cannot follow the sign that opens a text of several lines",
           f"the text on one line, with {_QUOTED}"),
    _Cause("start any token", "syntax", "this character cannot begin an unquoted text", _QUOTED),
    _Cause("node content", "syntax", "this character cannot begin a value", _QUOTED),
    _Cause("", "syntax", "the line cannot be read", _ONE_FIELD),
)
# fmt: on
# A field whose value has no quotation marks and is no list, mapping, long text or comment.
_FIELD = re.compile(r"\s*+(?:-\s++)*+([\w.-]++):\s++([^\s\"'\[{|>#].*+)")
# A longer line would not be read, let alone compared.
_MAX_HINT = 200


def explain(error: yaml.YAMLError, part: Part, lines: list[str], report: Report) -> None:
    """Report what the parser found; ``lines`` are those of the whole file."""
    words = f"{getattr(error, 'context', None)} {getattr(error, 'problem', error)}"
    cause = next(cause for cause in _CAUSES if cause.words in words)
    here = place_of(getattr(error, "problem_mark", None), part.first_line, report)
    if cause.rule == "syntax" and report.shaky_from and report.shaky_from <= here.line:
        return
    context_mark = getattr(error, "context_mark", None)
    opening = place_of(context_mark, part.first_line, report) if context_mark else here
    flow = cause.words == "parsing a flow"
    if flow and part.bracket:
        opening = part.bracket
    place = opening if cause.opening and not (flow and opening.line == here.line) else here
    line = _line(lines, place)
    before = line[: place.column - 1].strip()
    rule, message, expected = cause.rule, cause.message, cause.expected
    if flow and place != here and _line(lines, here):
        message += f", at the latest before line {here.line}"
    elif part.text and part.text[1] == here.line:
        # It swallowed lines up to the next quotation mark, after which nothing fits.
        place, expected = part.text[0], "the same quotation mark at the end of the text"
        message = f"the quotation mark that opens here is closed only in line {here.line}"
        line = _line(lines, place)
    elif line[place.column - 1 : place.column] == "\t":
        rule, message, expected = "tab-indentation", "a tab stands where only spaces may", "spaces"
    elif cause.words == "document start" and part.ended:
        rule, expected = "several-documents", "one document in a file"
        message = "text follows the end of the document"
    elif cause.words == "expected key" and before:
        message, expected = "text follows a value that has ended", "nothing, or " + _QUOTED
    elif cause.words == "expected key" and line.startswith(":", place.column - 1):
        rule, message, expected = "key-not-text", "the key is empty", _ONE_FIELD
    elif cause.words == "mapping values" and ":" not in before:
        message = "this key cannot stand here; its indentation or the line above is wrong"
        expected = "the indentation of its neighbours, and no value beside the key above"
    report.add(rule, place, message, line.strip() or None, expected, hint=_hint(line, expected))


def _line(lines: list[str], place: Place) -> str:
    return lines[place.line - 1] if place.line <= len(lines) else ""


def _hint(line: str, expected: str) -> str | None:
    if len(line) > _MAX_HINT or _QUOTED not in expected:
        return None
    field = _FIELD.fullmatch(line.rstrip())
    if field is None:
        return None
    escaped = field[2].replace("\\", "\\\\").replace('"', '\\"')
    return f'{field[1]}: "{escaped}"'


def place_of(mark: yaml.Mark | None, first_line: int, report: Report) -> Place:
    """Return the place of a mark of the parser that began to read at ``first_line``."""
    return report.place(mark.line + first_line, mark.column + 1) if mark else report.place(1, 1)
