"""From text to nodes: what YAML may do here, and where each value stands."""

from __future__ import annotations

import re
import unicodedata

import yaml

from generator.errors import MAX_SHOWN, Place, shown
from generator.source.node import Node
from generator.source.syntax import Part
from generator.source.text import FORBIDDEN, MAX_MARKS, SPACE, SPACE_AT_END, STACKED, Report

# Twice what the deepest record needs (file, record, figures, figure, part, readings).
MAX_DEPTH = 12
# Some 10,000 records; bounds memory (about 0.5 kB a node) and time (about 1 s).
MAX_NODES = 200_000
# The longest paragraph has 700 characters, the longest list of words 2,000. A text is printed on
# every page that names its record, and Python converts no number of more than 4,300 digits.
MAX_TEXT = 4_000
# An id of 80 characters, that of a figure in it, and the name of a word.
MAX_KEY = 200

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
        if len(text) > MAX_TEXT:
            self._too_long("a text", text, MAX_TEXT, place)
            text = text[:MAX_TEXT]
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
        elif len(text) > MAX_KEY:
            self._too_long("a key", text, MAX_KEY, place)
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

    def _too_long(self, what: str, text: str, limit: int, place: Place) -> None:
        message, expected = f"{what} is too long", f"at most {limit:,} characters"
        self.report.add("too-long", place, message, text, expected)

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
        if stack := STACKED.search(text):
            where, message = self._within(event, stack.start()), "too many marks on one letter"
            self.report.add("stacked-marks", where, message, stack[0], f"at most {MAX_MARKS}")
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
