"""Editing words files as text: changing one string is a change of one line.

A words file is one line a string. Comments, order, quotes and line ends stay; a changed line keeps
the quotation marks that it had.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_LINE = re.compile(r"([A-Za-z0-9][A-Za-z0-9_.-]*):(?:[ \t]|$)")


@dataclass(slots=True)
class WordsFile:
    """The lines of a words file; ``end`` is its line end, ``lines`` are without it."""

    lines: list[str] = field(default_factory=list)
    end: str = "\n"

    @classmethod
    def parse(cls, text: str) -> WordsFile:
        """Read the text of a file, whatever its line ends."""
        end = "\r\n" if "\r\n" in text else "\n"
        lines = text.replace("\r\n", "\n").split("\n")
        if lines and not lines[-1]:
            lines.pop()
        return cls(lines, end)

    def text(self) -> str:
        """The file as text again."""
        return "".join(line + self.end for line in self.lines)

    def keys(self) -> dict[str, int]:
        """The keys, each with the index of its line."""
        found = {}
        for index, line in enumerate(self.lines):
            match = _LINE.match(line)
            if match:
                found[match[1]] = index
        return found

    def put(self, key: str, text: str) -> None:
        """Set a string: in its line, or in a new line where the order of keys wants it."""
        keys = self.keys()
        if key in keys:
            self.lines[keys[key]] = f"{key}: {quoted(text)}"
            return
        after = [index for known, index in keys.items() if known < key]
        at = max(after) + 1 if after else self._first(keys)
        self.lines.insert(at, f"{key}: {quoted(text)}")

    def _first(self, keys: Mapping[str, int]) -> int:
        """Before the first key and the comment that belongs to it, behind the head of the file."""
        return min(keys.values(), default=len(self.lines))

    def comment(self, prefix: str, texts: Mapping[str, str]) -> None:
        """Let every key have its text as a comment above, in place of comments of that prefix."""
        found: list[str] = []
        for line in self.lines:
            if line.startswith(prefix):
                continue
            match = _LINE.match(line)
            if match and match[1] in texts:
                found.append(prefix + texts[match[1]])
            found.append(line)
        self.lines = found


def quoted(text: str) -> str:
    """A text as a double-quoted YAML string; JSON strings are such."""
    return json.dumps(text, ensure_ascii=False)
