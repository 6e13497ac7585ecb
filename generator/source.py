"""Reading YAML content files safely, with the place of every key and value.

A small, strict part of YAML 1.1 is accepted: one document, a mapping at the top, mappings, lists
and texts below it. Every scalar stays the text that its author wrote; nothing becomes a number, a
date or a truth value here. What could hide, repeat or expand content is refused (``RULES``), and
a file that is refused is still read as far as possible, so that one run names all its problems.
"""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeAlias

import yaml

from generator.errors import MAX_SHOWN, Place, Problem, ordered, shown

__all__ = ["MAX_BYTES", "RULES", "Node", "Plain", "Scalar", "find_files", "read_file", "read_yaml"]

# ---- what is refused -----------------------------------------------------------------------------

# fmt: off
RULES: dict[str, str] = {
    "too-large":
        "A file may have at most 2 MiB. Content is text that people edit and compare; a file of "
        "this size holds something else, or should be split by region or year.",
    "binary-file":
        "The file holds bytes that no text has: a picture, an archive or a damaged file. Move it "
        "out of the content folder, or save it again as plain text in UTF-8.",
    "utf-16":
        "The file is encoded as UTF-16 or UTF-32, which some Windows programs write. Save it "
        "again with the encoding UTF-8.",
    "not-utf-8":
        "Text must be UTF-8. The place is that of the first byte that is not; the file was "
        "probably saved in an older encoding such as Windows-1252. Save it again as UTF-8.",
    "byte-order-mark":
        "The file begins with an invisible mark (U+FEFF) that UTF-8 does not need and that ends "
        "up inside the first key. Save it as UTF-8 without BOM.",
    "line-ends":
        "Lines end with a lone carriage return, as on very old Macs, so that other tools see a "
        "single line. Use LF; CRLF is accepted too.",
    "tab-indentation":
        "YAML forbids tabs at the beginning of a line, because editors disagree on their width. "
        "Indent with spaces, two for each level.",
    "unicode-space":
        "A space that is no plain space, such as a no-break space, stands where the structure of "
        "the file depends on it. It looks like a space but is part of the text. Replace it by a "
        "plain space; inside quoted texts such spaces are welcome.",
    "control-character":
        "The text holds a character that nobody sees, raw or as a backslash sequence. It breaks "
        "feeds, JSON and search. Delete it.",
    "bidi-control":
        "The text holds a character that changes the direction of writing, so that a reader sees "
        "another order than a program. Delete it; right-to-left scripts do not need it here.",
    "empty-file":
        "The file has no record. Write one, or delete the file, so that nobody takes it for "
        "content that got lost.",
    "not-a-mapping":
        "A content file is a mapping: each line that is not indented is an id and a colon, and "
        "what belongs to it is indented below. A list or a single text at the top has no ids.",
    "duplicate-key":
        "One key stands twice in the same mapping, and YAML would silently keep the last. Merge "
        "the two, or rename one.",
    "same-id":
        "Two ids of one file differ only in upper and lower case or in how an accent is stored. "
        "People and file systems take them for the same. Rename one.",
    "merge-key":
        "The key << would copy fields from another record, which hides where a fact stands. "
        "Write the fields out.",
    "tag":
        "Tags such as !!int or !name change what a value is, or run code. Every value is a text "
        "here, so delete the tag; if the text begins with an exclamation mark, quote it.",
    "anchor":
        "An anchor (&name) exists to repeat a value elsewhere, and repeated anchors can expand "
        "without end. Write values out; if the text begins with &, quote it.",
    "alias":
        "An alias (*name) repeats the value of an anchor, which hides where a fact stands. Write "
        "the value out; if the text begins with an asterisk, quote it.",
    "several-documents":
        "A line of three dashes or dots begins another document in the same file, which most "
        "tools would not read. Put everything into one, or into several files.",
    "directive":
        "Directives such as %YAML change how a file is read. Delete the line; a text that begins "
        "with a percent sign needs quotation marks.",
    "key-not-text":
        "A key is empty, or a list or mapping. Most often a text in braces or brackets lacks its "
        "quotation marks, or a colon stands at the beginning of a line.",
    "too-deep":
        "Mappings and lists are nested more than 12 levels deep. No record needs that; a bracket "
        "or brace is probably not closed.",
    "too-many-nodes":
        "The file has more than 200,000 values. It was probably written by a program that went "
        "wrong, or should be split.",
    "syntax":
        "The line cannot be read as YAML. Usual causes are a text with a colon and a space, or "
        "with a special first character, that lacks quotation marks; a quotation mark or bracket "
        "that is not closed; or an indentation that differs from the lines around it.",
    "not-nfc":
        "An accented letter is stored as a letter followed by an accent (as macOS and PDF do), "
        "so that equal words compare as different. Type the letter again, or convert the file to "
        "the Unicode normal form NFC.",
    "symlink":
        "Symbolic links are not followed: they can lead out of the content folder, run in "
        "circles, and break in archives and on Windows. Put the file itself here.",
    "file-name":
        "Names of content files are lower-case ASCII words joined by hyphens, and end with .yaml. "
        "Other names break addresses or checkouts on some systems. Rename the file.",
    "same-file-name":
        "Two names in one folder differ only in upper and lower case or in how an accent is "
        "stored; on Windows and macOS one of the files would vanish. Rename one.",
    "stray-file":
        "Only content in YAML belongs in this folder. Move the file elsewhere, or give it the "
        "ending .yaml if it is content.",
    "special-file":
        "The entry is a pipe, socket or device, which can block for ever when read. Delete it.",
    "unreadable":
        "The file or folder does not exist or may not be read. Check that it is there, and its "
        "permissions.",
}
# fmt: on


# ---- nodes ---------------------------------------------------------------------------------------


class Scalar(str):
    """A text of a content file; ``plain`` is True if it stood there without quotation marks."""

    __slots__ = ("plain",)
    plain: bool

    def __new__(cls, text: str, plain: bool = False) -> Scalar:
        """Return ``text`` with its mark."""
        scalar = super().__new__(cls, text)
        scalar.plain = plain
        return scalar


Plain: TypeAlias = "dict[str, Plain] | list[Plain] | Scalar | None"


class Node:
    """A value of a content file and its place.

    ``value`` is a text, None (nothing, ``~`` or ``null`` without quotation marks), a mapping or a
    list. ``place`` is where it begins, in a block mapping at its first key. ``key_places`` tells
    where each key of a mapping stands; it also holds keys whose value could not be read, which
    are missing from ``value``.
    """

    __slots__ = ("key_places", "place", "plain", "value")

    def __init__(
        self, value: str | dict[str, Node] | list[Node] | None, place: Place, plain: bool = False
    ) -> None:
        self.value = value
        self.place = place
        self.plain = plain
        self.key_places: dict[str, Place] = {}

    def __repr__(self) -> str:
        return f"Node({self.value!r}, {str(self.place)!r})"

    def at(self, path: Sequence[str | int]) -> Node:
        """Return the node at the end of ``path``, or the deepest on the way that exists."""
        node = self
        for step in path:
            child = node._child(step)
            if child is None:
                break
            node = child
        return node

    def key_place(self, path: Sequence[str | int]) -> Place:
        """Return the place of the last key or list item of ``path``, or the deepest that exists."""
        node, place = self, self.place
        for step in path:
            child = node._child(step)
            key = node.key_places.get(step) if isinstance(step, str) else None
            if child is None:
                return key or place
            node, place = child, key or child.place
        return place

    def to_plain(self) -> Plain:
        """Return the value as nested dictionaries, lists, ``Scalar`` texts and None."""
        if isinstance(self.value, dict):
            return {key: node.to_plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.to_plain() for node in self.value]
        return None if self.value is None else Scalar(self.value, self.plain)

    def _child(self, step: str | int) -> Node | None:
        value = self.value
        if isinstance(value, dict) and isinstance(step, str):
            return value.get(step)
        if isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
            return value[step]
        return None


# ---- bytes and characters ------------------------------------------------------------------------

# A hand-written file of 1,000 records has about 300 kB; the same limit stops a scalar of 50 MB.
MAX_BYTES = 2 * 1024 * 1024
# One wrong setting of an editor repeats on every line; more lines of one rule hide all others.
MAX_REPEATS = 100
# A report in JSON need not repeat a text of 2 MB that stands where a mapping belongs.
MAX_VALUE = 200

_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_BIDI = "\u202a-\u202e\u2066-\u2069"
# C0 and C1 controls, separators that YAML counts as line ends, marks and non-characters.
_INVISIBLE = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\ufffb\ufffe\uffff"
# Spaces of Unicode and, because they hide as well, zero-width space and word joiner.
_SPACES = "\xa0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000"

SPACE = re.compile(f"[{_SPACES}]")
# Where a space changes the meaning of an unquoted value: at its ends, or before a comment.
SPACE_AT_END = re.compile(f"^[{_SPACES}]|[{_SPACES}]$|[{_SPACES}](?=#)")
FORBIDDEN = re.compile(f"[{_INVISIBLE}{_BIDI}]")

_BIDI_CONTROL = re.compile(f"[{_BIDI}]")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LINE_END = re.compile(r"\r\n?|\n")
_LONE_RETURN = re.compile(r"\r(?!\n)")
_SUSPICIOUS = re.compile(f"[{_INVISIBLE}{_BIDI}{_SPACES}]")
_TAB_OR_SPACE = re.compile(f"[\t{_SPACES}]")
# The indentation with the dashes of a list, and the gap between the first key and its value.
_LAYOUT = re.compile(
    rf"(?P<indentation>(?:[ \t{_SPACES}]|-(?=[ \t{_SPACES}]))*)"
    rf"(?:(?:[\w.-]+|\"[^\"]*\"|'[^']*')[ ]*:(?P<gap>[ \t{_SPACES}]*))?"
)


class Report:
    """Collects the problems of one file, and counts those beyond ``MAX_REPEATS`` of one rule.

    ``shaky_from`` is the first line whose structure had to be guessed: errors of syntax that
    follow are probably no faults of their own.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.counts: Counter[str] = Counter()
        self.shaky_from: int | None = None

    def place(self, line: int, column: int) -> Place:
        """Return a place in this file."""
        return Place(self.file, line, column)

    def add(
        self,
        rule: str,
        place: Place,
        message: str,
        value: str | None = None,
        expected: str | None = None,
        *,
        hint: str | None = None,
    ) -> None:
        """Note one problem."""
        self.counts[rule] += 1
        if self.counts[rule] <= MAX_REPEATS:
            value = value[:MAX_VALUE] if value else value
            self.problems.append(Problem(place, rule, message, value, expected, hint))

    def forbidden(self, character: str, place: Place, where: str) -> None:
        """Note a character that ``FORBIDDEN`` found."""
        rule, kind = "control-character", "an invisible character"
        if _BIDI_CONTROL.match(character):
            rule, kind = "bidi-control", "a character that changes the direction of writing"
        message = f"{kind} (U+{ord(character):04X}) stands {where}"
        self.add(rule, place, message, character, "the text without it")

    def space(self, character: str, place: Place, where: str) -> None:
        """Note a space other than U+0020 where the structure depends on it."""
        name = unicodedata.name(character, "space").lower()
        message = f"a {name} (U+{ord(character):04X}) stands {where}"
        self.add("unicode-space", place, message, character, "a plain space")

    def guess(self, line: int) -> None:
        """Note that the structure had to be guessed from this line on."""
        self.shaky_from = min(line, self.shaky_from or line)

    def finished(self) -> list[Problem]:
        """Return the problems in file order; after a repeated rule one says how many more."""
        problems = list(self.problems)
        for rule, count in self.counts.items():
            if count > MAX_REPEATS:
                last = max((p for p in self.problems if p.rule == rule), key=Problem.sort_key)
                # The sign sorts it after the last one, which stands in the same place.
                message = f"… and {count - MAX_REPEATS:,} more problems of this kind"
                problems.append(Problem(last.place, rule, message))
        return list(ordered(problems))


def checked_text(data: bytes, report: Report, limit: int) -> str | None:
    """Return the text of a file, repaired so that reading can go on, or None if it is no text.

    Repairs keep lines and columns: spaces for tabs and other spaces in the layout, U+FFFD for
    characters that are refused, LF for a lone CR.
    """
    if len(data) > limit:
        message, expected = "the file is too large", f"at most {limit:,} bytes"
        report.add("too-large", report.place(1, 1), message, expected=expected)
        return None
    if data.startswith(_WIDE_MARKS) or _has_wide_letters(data):
        message = "the file is encoded as UTF-16 or UTF-32"
        report.add("utf-16", report.place(1, 1), message, expected="a file saved as UTF-8")
        return None
    if data.startswith(codecs.BOM_UTF8):
        message = "the file begins with an invisible byte order mark"
        report.add("byte-order-mark", report.place(1, 1), message, "\ufeff", "UTF-8 without BOM")
        data = data[len(codecs.BOM_UTF8) :]
    text, wrong = _decoded(data)
    if b"\0" in data or (wrong is not None and _BINARY.search(data)):
        control = _BINARY.search(data)
        first = min(offset for offset in (wrong, control and control.start()) if offset is not None)
        message, value = "the file is not text", f"0x{data[first]:02x}"
        report.add("binary-file", _place_of_byte(data, first, report), message, value, "UTF-8")
        return None
    if wrong is not None:
        place = _place_of_byte(data, wrong, report)
        message, value = "a byte is not UTF-8", f"0x{data[wrong]:02x}"
        report.add("not-utf-8", place, message, value, "a file saved as UTF-8")
        report.guess(place.line)
    if "\r" in text and (lone := _LONE_RETURN.search(text)):
        place = _place_after(text[: lone.start()], report)
        message = "a line ends with a carriage return alone"
        report.add("line-ends", place, message, "\r", "line ends LF, or CRLF")
        report.guess(place.line)
        text = _LONE_RETURN.sub("\n", text)
    return _checked_lines(text, report) if "\t" in text or _SUSPICIOUS.search(text) else text


def _has_wide_letters(data: bytes) -> bool:
    """Whether ASCII letters seem to be written with two bytes, one of which is zero."""
    even, odd = data[:64:2], data[1:64:2]
    return len(odd) > 1 and any(
        zeros.count(0) > len(zeros) / 2 and letters.count(0) == 0
        for zeros, letters in ((even, odd), (odd, even))
    )


def _decoded(data: bytes) -> tuple[str, int | None]:
    """Return the text, with U+FFFD for what is not UTF-8, and where the first such byte stands."""
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        return data.decode("utf-8", "replace"), error.start


def _place_of_byte(data: bytes, offset: int, report: Report) -> Place:
    return _place_after(data[:offset].decode("utf-8", "replace"), report)


def _place_after(text: str, report: Report) -> Place:
    lines = _LINE_END.split(text)
    return report.place(len(lines), len(lines[-1]) + 1)


def _checked_lines(text: str, report: Report) -> str:
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if "\t" not in line and not _SUSPICIOUS.search(line):
            continue
        for found in islice(FORBIDDEN.finditer(line), MAX_REPEATS):
            report.forbidden(found[0], report.place(number, found.start() + 1), "in the text")
            if not line[: found.start()].strip():
                report.guess(number)
        lines[number - 1] = _checked_layout(FORBIDDEN.sub("\ufffd", line), number, report)
    return "\n".join(lines)


def _checked_layout(line: str, number: int, report: Report) -> str:
    layout = _LAYOUT.match(line)
    if layout is None:  # pragma: no cover - every part of the pattern may be empty
        return line
    start = layout.end("indentation")
    rest = line[start:].strip(" \t\r")
    tab = line.find("\t", 0, start)
    if tab >= 0 and rest and not rest.startswith("#"):
        place, message = report.place(number, tab + 1), "a tab stands in the indentation"
        report.add("tab-indentation", place, message, "\t", "spaces")
        report.guess(number)
    for group, where in (("indentation", "in the indentation"), ("gap", "between key and value")):
        if found := SPACE.search(layout[group] or ""):
            place = report.place(number, layout.start(group) + found.start() + 1)
            report.space(found[0], place, where)
    end = max(start, layout.end("gap"))
    return _TAB_OR_SPACE.sub(" ", line[:end]) + line[end:]


# ---- errors of syntax ----------------------------------------------------------------------------

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
_FIELD = re.compile(r"\s*(?:-\s+)*([\w.-]+):\s+([^\s\"'\[{|>#].*?)\s*")


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
    field = _FIELD.fullmatch(line)
    if field is None or _QUOTED not in expected:
        return None
    escaped = field[2].replace("\\", "\\\\").replace('"', '\\"')
    return f'{field[1]}: "{escaped}"'


def place_of(mark: yaml.Mark | None, first_line: int, report: Report) -> Place:
    """Return the place of a mark of the parser that began to read at ``first_line``."""
    return report.place(mark.line + first_line, mark.column + 1) if mark else report.place(1, 1)


# ---- structure -----------------------------------------------------------------------------------

# Twice what the deepest record needs (file, record, figures, figure, part, readings).
MAX_DEPTH = 12
# Some 10,000 records; bounds memory (about 0.5 kB a node) and time (about 1 s).
MAX_NODES = 200_000

_WRITTEN_OUT = "the value written out"
_NOTHING = ("", "~", "null")
_NO_GAP = re.compile(r":\S")


class _Open:
    """A mapping or list that is being read.

    In a mapping ``waiting`` is True between a key and its value, and ``key`` is None if that value
    is to be dropped.
    """

    __slots__ = ("flow", "key", "node", "waiting")

    def __init__(self, node: Node, flow: bool) -> None:
        self.node = node
        self.flow = flow
        self.key: str | None = None
        self.waiting = False


class Composer:
    """Builds nodes from the events of the parser, without recursion, whatever the nesting."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.root: Node | None = None
        self.open: list[_Open] = []
        self.ids: dict[str, str] = {}  # folded id -> id
        self.nodes = 0
        self.first_line = 1
        self.documents = 0
        self.ended = False
        self.last_scalar: yaml.ScalarEvent | None = None

    def read(self, text: str, first_line: int) -> None:
        """Read a file, or the rest of one from ``first_line``; raises YAMLError."""
        self.open.clear()
        self.first_line = first_line
        self.documents = 0
        self.ended = False
        self.last_scalar = None
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.open.pop()
            elif isinstance(event, yaml.CollectionStartEvent):
                if len(self.open) == MAX_DEPTH:
                    message, expected = "the nesting is too deep", f"at most {MAX_DEPTH} levels"
                    return self._stop("too-deep", event, message, expected)
                self._collection(event)
            elif isinstance(event, yaml.AliasEvent):
                self.nodes += 1
                place, message = self.place(event), "an alias repeats a value"
                self.report.add("alias", place, message, f"*{event.anchor}", _WRITTEN_OUT)
                self._attach(Node(None, place))
            elif isinstance(event, yaml.DocumentStartEvent):
                self._document(event)
            elif isinstance(event, yaml.DocumentEndEvent):
                self.ended = bool(event.explicit)
            if self.nodes > MAX_NODES:
                message, expected = "the file has too many values", f"at most {MAX_NODES:,}"
                return self._stop("too-many-nodes", event, message, expected)
        return None

    def place(self, event: yaml.Event) -> Place:
        """Return where an event begins, in lines and columns of the whole file."""
        mark = event.start_mark
        if mark is None:  # never with a parser, but its type allows for it
            return self.report.place(self.first_line, 1)
        return self.report.place(mark.line + self.first_line, mark.column + 1)

    def part(self) -> Part:
        """Return what an error of syntax is explained from."""
        innermost = self.open[-1] if self.open else None
        bracket = innermost.node.place if innermost and innermost.flow else None
        text, scalar = None, self.last_scalar
        if scalar and scalar.style and self.place(scalar).line < self._last_line(scalar):
            text = (self.place(scalar), self._last_line(scalar))
        return Part(self.first_line, bracket, text, self.ended)

    def abandon(self, place: Place) -> None:
        """Drop the record that could not be read beyond ``place``; its key stays known."""
        if not self.open or self.open[0].node is not self.root:
            return
        value, key, scalar = self.root.value, self.open[0].key, self.last_scalar
        indented = len(self.open) > 1 or place.column > 1
        torn = indented or (scalar is not None and self._last_line(scalar) >= place.line)
        if torn and isinstance(value, dict) and key is not None:
            value.pop(key, None)

    def _last_line(self, event: yaml.Event) -> int:
        return event.end_mark.line + self.first_line if event.end_mark else self.first_line

    def _stop(self, rule: str, event: yaml.Event, message: str, expected: str) -> None:
        place = self.place(event)
        self.report.add(rule, place, message, expected=expected)
        self.abandon(place)

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if event.version or event.tags:
            message = "a directive changes how the file is read"
            value = "%YAML " + ".".join(map(str, event.version)) if event.version else "%TAG"
            self.report.add("directive", self.place(event), message, value, "no directive")
        if self.documents > 1:
            message, expected = "another document begins here", "one document in a file"
            self.report.add("several-documents", self.place(event), message, "---", expected)

    def _collection(self, event: yaml.CollectionStartEvent) -> None:
        if not self.open and self.documents == 1 and self.root is not None:
            # Reading goes on after an error of syntax: these are more records of the same file.
            self.open.append(_Open(self.root, flow=False))
            return
        self.nodes += 1
        if event.tag is not None or event.anchor is not None:
            self._refuse_marks(event)
        node = Node({} if isinstance(event, yaml.MappingStartEvent) else [], self.place(event))
        self._attach(node)
        self.open.append(_Open(node, bool(event.flow_style)))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self.nodes += 1
        text, plain, place = event.value, not event.style, self.place(event)
        self.last_scalar = event
        if event.tag is not None or event.anchor is not None:
            self._refuse_marks(event)
        if event.style == '"' or not text.isascii():
            self._check_letters(event, place)
        parent = self.open[-1] if self.open else None
        if parent and not parent.waiting and isinstance(parent.node.value, dict):
            self._key(parent, event, plain, place)
            return
        if plain and not text.isascii() and (space := SPACE_AT_END.search(text)):
            end = self._within(event, space.start())
            self.report.space(space[0], end, "at an end of an unquoted text")
        if plain and not text and parent and parent.flow and _NO_GAP.search(parent.key or ""):
            message, expected = "no space follows the colon", "a key, a colon, a space and a value"
            where = parent.node.key_places.get(parent.key or "", place)
            self.report.add("syntax", where, message, parent.key, expected)
        self._attach(Node(None if plain and text in _NOTHING else text, place, plain))

    def _within(self, event: yaml.ScalarEvent, index: int) -> Place:
        """Return the place of a character of a text, or of the text if that cannot be told."""
        place = self.place(event)
        start, end = event.start_mark, event.end_mark
        mark = 1 if event.style else 0
        if (
            start
            and end
            and (start.line, start.column + len(event.value) + 2 * mark)
            == (
                end.line,
                end.column,
            )
        ):
            return self.report.place(place.line, place.column + mark + index)
        return place

    def _attach(self, node: Node) -> None:
        if not self.open:
            if self.root is None and self.documents == 1:
                self.root = node
            return
        parent = self.open[-1]
        value = parent.node.value
        if isinstance(value, list):
            value.append(node)
        elif parent.waiting:
            parent.waiting = False
            if parent.key is not None and isinstance(value, dict):
                value[parent.key] = node
        else:
            message, expected = "a list or mapping stands where a key belongs", "a text; quote it"
            self.report.add("key-not-text", node.place, message, expected=expected)
            parent.key, parent.waiting = None, True

    def _key(self, parent: _Open, event: yaml.ScalarEvent, plain: bool, place: Place) -> None:
        text = event.value
        parent.key, parent.waiting = None, True
        places = parent.node.key_places
        if plain and text in _NOTHING:
            self.report.add("key-not-text", place, "the key is empty", text, "a text; quote it")
        elif plain and text == "<<":
            message, expected = "a merge key copies fields", "the fields written out"
            self.report.add("merge-key", place, message, text, expected)
        elif text in places:
            message = f"the key {shown(text)} stands here again, first at {places[text]}"
            self.report.add("duplicate-key", place, message, text, "each key once")
        else:
            places[text] = place
            parent.key = text
            if parent.node is self.root:
                self._check_id(text, place, places)
            if plain and not text.isascii() and (space := SPACE.search(text)):
                self.report.space(space[0], self._within(event, space.start()), "in a key")

    def _check_id(self, text: str, place: Place, places: dict[str, Place]) -> None:
        folded = text.lower() if text.isascii() else _folded(text)
        first = self.ids.setdefault(folded, text)
        if first != text:
            message = f"{shown(text)} is the same id as {shown(first)} at {places[first]}"
            expected = "ids that differ in more than capitals and accents"
            self.report.add("same-id", place, message, text, expected)

    def _check_letters(self, event: yaml.ScalarEvent, place: Place) -> None:
        text = event.value
        if not unicodedata.is_normalized("NFC", text):
            index = _index_of_decomposed(text)
            where, message = self._within(event, index), "accented letters are stored in pieces"
            value = text[index : index + MAX_SHOWN]
            self.report.add("not-nfc", where, message, value, "the Unicode normal form NFC")
        # Raw ones were replaced and line ends of texts are LF: these come from backslashes.
        for found in sorted({*FORBIDDEN.findall(text), *("\r" if "\r" in text else "")}):
            self.report.forbidden(found, place, "in the text as a backslash sequence")

    def _refuse_marks(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        place, expected = self.place(event), "the value alone"
        if event.tag is not None:
            self.report.add("tag", place, "the value carries a tag", event.tag, expected)
        if event.anchor is not None:
            message, value = "the value carries an anchor", f"&{event.anchor}"
            self.report.add("anchor", place, message, value, expected)


def _folded(text: str) -> str:
    if len(text) > MAX_SHOWN:  # no id; and normalising may take the square of the length
        return text
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _index_of_decomposed(text: str) -> int:
    """Return where the first letter stands that NFC would change; 0 if that cannot be told."""
    # In windows, because normalising marks without end takes the square of their number.
    for start in range(0, len(text), 16):
        window = text[start : start + 32]
        if not unicodedata.is_normalized("NFC", window):
            pairs = enumerate(zip(window, unicodedata.normalize("NFC", window), strict=False))
            return start + next((index for index, (one, other) in pairs if one != other), 0)
    return 0


# ---- reading on after errors ---------------------------------------------------------------------

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


# ---- files ---------------------------------------------------------------------------------------

_WORDS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
# Folders of languages are named by their tags, such as ``sr-Latn``.
_FOLDER = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*", re.ASCII)
# Windows cannot store files of these names, and a checkout there would fail.
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d", re.IGNORECASE | re.ASCII)


def find_files(
    root: Path, suffix: str = ".yaml", *, base: Path | None = None
) -> tuple[list[Path], list[Problem]]:
    """Return the content files below ``root``, sorted, and what else is wrong there.

    Problems name files as ``root`` does, or relative to ``base``. Links are never followed, pipes
    and devices never opened; hidden files and those that editors leave are passed over. A file
    with a wrong name is returned too if the name is printable ASCII and the ending that of YAML,
    so that its content is checked in the same run.
    """
    finder = _Finder(root, suffix, base)
    folders = [root]
    while folders:
        folders += finder.look_into(folders.pop())
    return sorted(finder.files, key=lambda path: path.as_posix()), list(ordered(finder.problems))


def load(path: Path, limit: int) -> bytes:
    """Return at most ``limit`` bytes of a file, without waiting for a pipe; raises OSError."""
    flags = (getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_BINARY"))
    with os.fdopen(os.open(path, os.O_RDONLY | sum(flags)), "rb") as stream:
        return stream.read(limit) or b""


def unreadable(file: str, error: OSError) -> Problem:
    """Return the problem that a file or folder could not be read."""
    reason = (error.strerror or "unknown reason").lower()
    return Problem(Place(file), "unreadable", f"the system refuses to read this: {reason}")


def _name_of(path: Path, base: Path | None) -> str:
    """Return a path as messages name it: relative to ``base``, with slashes, printable."""
    name = (path.relative_to(base) if base else path).as_posix()
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)


class _Finder:
    """Looks into one folder after the other, and collects files and problems."""

    def __init__(self, root: Path, suffix: str, base: Path | None) -> None:
        self.root = root
        self.suffix = suffix
        self.base = base
        self.files: list[Path] = []
        self.problems: list[Problem] = []

    def look_into(self, folder: Path) -> list[Path]:
        """Take the files of a folder; return the folders in it."""
        folders = []
        names: dict[str, str] = {}
        try:
            entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
        except OSError as error:
            self.problems.append(unreadable(_name_of(folder, self.base), error))
            return []
        for entry in entries:
            if _is_passed_over(entry.name):
                continue
            self._check_double(entry, names)
            try:
                mode = entry.lstat().st_mode
                if stat.S_ISLNK(mode):
                    self._refuse_link(entry)
                elif stat.S_ISDIR(mode):
                    self._check_folder(entry)
                    folders.append(entry)
                elif stat.S_ISREG(mode):
                    self._take_file(entry)
                else:
                    message, expected = "this is a pipe, socket or device", "a file"
                    self._refuse("special-file", entry, message, expected)
            except OSError as error:
                self.problems.append(unreadable(_name_of(entry, self.base), error))
        return folders

    def _take_file(self, path: Path) -> None:
        name = path.name
        ending = path.suffix
        if ending.lower() not in (self.suffix, ".yaml", ".yml"):
            message = "this is no content file"
            self._refuse("stray-file", path, message, f"files that end with {self.suffix}")
            return
        if not _is_name(path.stem, _WORDS) or ending != self.suffix:
            message = "the name of this file is not allowed"
            expected = f"lower-case ASCII words joined by hyphens, and {self.suffix}"
            hint = _slug(path.stem)
            self._refuse("file-name", path, message, expected, hint and hint + self.suffix)
        if not os.access(path, os.R_OK):
            denied = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            self.problems.append(unreadable(_name_of(path, self.base), denied))
        elif name.isascii() and name.isprintable():
            self.files.append(path)

    def _check_folder(self, path: Path) -> None:
        if not _is_name(path.name, _FOLDER):
            message = "the name of this folder is not allowed"
            expected = "ASCII words joined by hyphens"
            self._refuse("file-name", path, message, expected, _slug(path.name))

    def _check_double(self, path: Path, names: dict[str, str]) -> None:
        folded = unicodedata.normalize("NFC", path.name).casefold()
        first = names.setdefault(folded, path.name)
        if first != path.name:
            message = f"on some systems this name is the same as {shown(first)}"
            self._refuse("same-file-name", path, message, "names that differ in their letters")

    def _refuse_link(self, path: Path) -> None:
        try:
            inside = path.resolve().is_relative_to(self.root.resolve())
        except (OSError, RuntimeError):  # links in a circle
            inside = True
        message = "this is a symbolic link" + ("" if inside else " that leads out of the folder")
        self._refuse("symlink", path, message, "the file itself")

    def _refuse(
        self, rule: str, path: Path, message: str, expected: str, hint: str | None = None
    ) -> None:
        name = path.name.encode("utf-8", "backslashreplace").decode()
        place = Place(_name_of(path, self.base))
        self.problems.append(Problem(place, rule, message, name, expected, hint))


def _is_passed_over(name: str) -> bool:
    """Whether a name is hidden, or one of those that Emacs, Vim, macOS and others leave."""
    return name.startswith(".") or name.endswith("~") or (name[0] == "#" and name[-1] == "#")


def _is_name(stem: str, pattern: re.Pattern[str]) -> bool:
    return pattern.fullmatch(stem) is not None and _RESERVED.fullmatch(stem) is None


def _slug(stem: str) -> str | None:
    letters = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall("[a-z0-9]+", letters))
    return slug if slug and _RESERVED.fullmatch(slug) is None else None


# ---- reading -------------------------------------------------------------------------------------


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
