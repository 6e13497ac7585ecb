"""Editing words files as text: changing one string is a change of one line.

A words file is a mapping with one string a line, as the commands write it; what people or other
tools make of it (several lines, other quotes, comments, CRLF, a byte order mark) stays as it is. A
changed string keeps the quotation marks that it had.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

_BOM = "\ufeff"
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_SOURCE_COMMENT = re.compile(r"[ ]*# [a-z-]+: ")
# Control characters, and what YAML or its readers take for the end of a line or file.
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(slots=True)
class _Part:
    """A line between strings, or the lines of one: what stands before its value, it, the rest."""

    head: str
    key: str | None = None
    value: str = ""
    tail: str = ""
    text: str | None = None

    @property
    def whole(self) -> str:
        """Everything, as it stands in the file."""
        return self.head + self.value + self.tail


@dataclass(slots=True)
class WordsFile:
    """The parts of a words file; new lines get the line end and the indentation of the others."""

    parts: list[_Part] = field(default_factory=list)
    mark: str = ""
    end: str = "\n"
    indent: str = ""

    @classmethod
    def parse(cls, text: str) -> WordsFile:
        """Read the text of a file. ValueError if it is no YAML, or no mapping of one key a line."""
        found = cls(mark=_BOM if text.startswith(_BOM) else "")
        text = text.removeprefix(_BOM)
        if "\r\n" in text:
            found.end = "\r\n"
        done = 0
        try:
            for key, at, start, end, value in _strings(text):
                line = text.rfind("\n", 0, at) + 1
                if line < done:
                    raise ValueError("two keys stand in one line")
                stop = start + len(text[start:end].rstrip())
                after = text.find("\n", stop) + 1 or len(text)
                found.parts += [_Part(piece) for piece in _LINE.findall(text[done:line])]
                if not text[line:at].strip():
                    found.indent = text[line:at]
                found.parts.append(
                    _Part(text[line:start], key, text[start:stop], text[stop:after], value)
                )
                done = after
        except yaml.YAMLError as error:
            raise ValueError("the file cannot be read as YAML") from error
        found.parts += [_Part(piece) for piece in _LINE.findall(text[done:])]
        return found

    def text(self) -> str:
        """The file as text again."""
        return self.mark + "".join(part.whole for part in self.parts)

    def keys(self) -> frozenset[str]:
        """The keys of the file."""
        return frozenset(part.key for part in self.parts if part.key is not None)

    def put(self, key: str, text: str) -> None:
        """Set a string: in its place, or in a new line where the order of keys wants it."""
        part = next((part for part in self.parts if part.key == key), None)
        if part is None:
            self._insert(key, text)
        elif part.text != text:
            is_below = part.text is None and "#" not in part.head  # a list that belongs in no file
            if is_below or part.head.endswith(":"):
                part.head = f"{part.head.rstrip()} "
            part.value = _as_before(part.value, text)
            part.text = text

    def _insert(self, key: str, text: str) -> None:
        keys = [(index, part.key) for index, part in enumerate(self.parts) if part.key is not None]
        before = [index for index, other in keys if other < key]
        if before:
            at = before[-1] + 1
        elif keys:
            # Before the first key with the source text above it, behind the head of the file.
            at = keys[0][0]
            while at and _SOURCE_COMMENT.match(self.parts[at - 1].head):
                at -= 1
        else:
            at = len(self.parts)
        if at and not self.parts[at - 1].whole.endswith("\n"):
            self.parts[at - 1].tail += self.end
        head = f"{self.indent}{plain_key(key)}: "
        self.parts.insert(at, _Part(head, key, quoted(text), self.end, text))

    def comment(self, prefix: str, texts: Mapping[str, str]) -> None:
        """Let every key have its text as a comment above, in place of comments of that prefix."""
        found: list[_Part] = []
        for part in self.parts:
            if part.key is None and part.head.lstrip().startswith(prefix):
                continue
            if part.key is not None and (text := one_line(texts.get(part.key, ""))):
                found.append(_Part(f"{self.indent}{prefix}{text}{self.end}"))
            found.append(part)
        self.parts = found

    def comments(self, prefix: str) -> dict[str, str]:
        """The comments of that prefix by the key that they stand above, without the prefix."""
        found = {}
        last: str | None = None
        for part in self.parts:
            line = part.head.strip()
            if part.key is not None:
                if last is not None:
                    found[part.key] = last
                last = None
            elif line.startswith(prefix):
                last = line.removeprefix(prefix)
            elif not line.startswith("#"):
                last = None
        return found


def _strings(text: str) -> Iterator[tuple[str | None, int, int, int, str | None]]:
    """Each key of the mapping, where it and its value begin, where that ends, and what it says.

    A key that is no text is None, and so is a value that is none.
    """
    depth = documents = 0
    key: tuple[str | None, int] | None = None
    start = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        begin = event.start_mark.index if event.start_mark else 0
        end = event.end_mark.index if event.end_mark else 0
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            raise ValueError("the file has several documents")
        if isinstance(event, yaml.CollectionStartEvent):
            if depth == 0 and (event.flow_style or isinstance(event, yaml.SequenceStartEvent)):
                raise ValueError("the file is no mapping of one key a line")
            depth += 1
            if depth == 2:
                start = begin
            continue
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        is_value = isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent)
        if depth == 0 and isinstance(event, yaml.NodeEvent):
            raise ValueError("the file is no mapping")
        if depth != 1 or not is_value:
            continue
        scalar = event.value if isinstance(event, yaml.ScalarEvent) else None
        if isinstance(event, yaml.NodeEvent):
            start = begin
        if key is None:
            key = (scalar, start)
        else:
            yield key[0], key[1], start, end, scalar
            key = None


def _as_before(value: str, text: str) -> str:
    """A text with the quotation marks of the value that it replaces, if they will do."""
    if value.startswith("'") and not _HIDDEN.search(text):
        return "'" + text.replace("'", "''") + "'"
    if value and value[0] not in "\"'|>{[-&*!" and "\n" not in value and _is_plain(text):
        return text
    return quoted(text)


def _is_plain(text: str) -> bool:
    """Whether a text means itself without quotation marks, to every reader of YAML."""
    if not text[:1].isalpha() or text != text.strip() or "#" in text or _HIDDEN.search(text):
        return False
    try:
        return bool(yaml.safe_load(f"key: {text}") == {"key": text})
    except (yaml.YAMLError, ValueError):
        return False


def plain_key(key: str) -> str:
    """A key as it stands in a file; one that YAML might misread gets quotation marks."""
    return key if re.fullmatch(r"[A-Za-z][A-Za-z0-9_.-]*\.[A-Za-z0-9_.-]+", key) else quoted(key)


def quoted(text: str) -> str:
    """A text as a double-quoted YAML string in one line; JSON strings are such."""
    plain = json.dumps(text, ensure_ascii=False)
    return _HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", plain)


def one_line(text: str) -> str:
    """A text as it may stand in a comment: without anything that ends a line or is not seen."""
    return _HIDDEN.sub(" ", text.replace("\r\n", "\n")).strip()
