"""From bytes to text: encodings, line ends, spaces and characters that nobody sees."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from itertools import islice

from generator.errors import Place, Problem, ordered

# A hand-written file of 1,000 records has about 300 kB; the same limit stops a scalar of 50 MB.
MAX_BYTES = 2 * 1024 * 1024
# One wrong setting of an editor repeats on every line; more lines of one rule hide all others.
MAX_REPEATS = 100
# A report in JSON need not repeat a text of 2 MB that stands where a mapping belongs.
MAX_VALUE = 200

_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_BIDI = "\u202a-\u202e\u2066-\u2069"
# C0 and C1 controls, separators that YAML counts as line ends, marks and non-characters.
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\ufffb\ufffe\uffff"
# Characters without a meaning, which the generator and the theme use as marks of their own; tags
# and operators that nothing shows; the last two of every plane, which are no characters.
_UNMEANT = "\ue000-\uf8ff\ufdd0-\ufdef\u2061-\u2064\u206a-\u206f\U000e0000-\U0010ffff"
_PLANES = "".join(
    f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0x10000, 0xE0000, 0x10000)
)
_INVISIBLE = f"{_CONTROLS}{_UNMEANT}{_PLANES}"
# Marks that stand on, in or under a letter; a pile of them covers the lines around it.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0e31\u0e34-\u0e3a"
    "\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
)
MAX_MARKS = 3
STACKED = re.compile(f"[{_MARKS}]{{{MAX_MARKS + 1},}}")
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
