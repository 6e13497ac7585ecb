"""What a release changes: what all records said at the last one, and how that differs from now.

What was said is kept from one release to the next in ``releases/last.jsonl`` beside the content, a
line for each record under the id that it was first published under. Only the command ``release``
reads and writes it; what it finds goes into ``content/releases.yaml``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.history import Leaf, first_id, said
from generator.model.ledger import text_hash
from generator.model.release import SORTS, WORDS
from generator.store import Store

Said = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A record at a release: its id and kind then, and what its fields said; of words a hash."""

    id: str
    kind: str
    said: Said


def snapshot(store: Store) -> dict[str, Kept]:
    """What every record says now, by the id that it was first published under."""
    found = {}
    for identifier, leaves in said(store).items():
        entry = store.entries[identifier]
        kept = Kept(identifier, entry.kind.name, _fields(leaves))
        found[first_id(entry, store.history)] = kept
    return dict(sorted(found.items()))


def _fields(leaves: Iterable[Leaf]) -> Said:
    """One value for each field; the items of a list joined by spaces, their parts by colons."""
    found: dict[str, list[str]] = {}
    last = ("", "")
    for path, value in leaves:
        if path.partition(".")[0] == WORDS:
            found[path] = [text_hash(value)]
            continue
        parts = path.split(".")
        at = next((number for number, part in enumerate(parts) if part.isdigit()), len(parts))
        field, item = ".".join(parts[:at]), ".".join(parts[: at + 1])
        if item != field and (field, item) == last:
            found[field][-1] += f":{value}"
        else:
            found.setdefault(field, []).append(value)
        last = (field, item)
    return {field: " ".join(values) for field, values in sorted(found.items())}


def changes(before: Mapping[str, Kept], after: Mapping[str, Kept]) -> dict[str, Any]:
    """What lies between two snapshots: ids by kind, as a release has them (``Release``)."""
    found: dict[str, dict[str, Any]] = {name: {} for name in SORTS}
    for first, now in after.items():
        old = before.get(first)
        if old is None:
            found["added"].setdefault(now.kind, []).append(now.id)
            continue
        if old.id != now.id:
            found["renamed"].setdefault(now.kind, {})[old.id] = now.id
        fields = {
            field: _change(field, old.said.get(field), now.said.get(field))
            for field in sorted(old.said.keys() | now.said.keys())
            if old.said.get(field) != now.said.get(field)
        }
        if fields:
            found["changed"].setdefault(now.kind, {})[now.id] = fields
    for first, old in before.items():
        if first not in after:
            found["removed"].setdefault(old.kind, []).append(old.id)
    return {name: dict(sorted(kinds.items())) for name, kinds in found.items() if kinds}


def _change(field: str, before: str | None, after: str | None) -> dict[str, str]:
    if field.partition(".")[0] == WORDS:
        return {}
    sides = {"before": before, "after": after}
    return {name: value for name, value in sides.items() if value is not None}


def kept_text(kept: Mapping[str, Kept]) -> str:
    """A snapshot as the lines of its file."""
    lines = (
        json.dumps([first, one.id, one.kind, one.said], ensure_ascii=False)
        for first, one in kept.items()
    )
    return "".join(f"{line}\n" for line in lines)


def read_kept(text: str) -> dict[str, Kept]:
    """The snapshot that a file holds; ValueError if it is none."""
    found = {}
    for number, line in enumerate(text.split("\n")[:-1], 1):
        match _value(line):
            case [str(first), str(identifier), str(kind), dict(fields)] if all(
                isinstance(value, str) for value in fields.values()
            ):
                found[first] = Kept(identifier, kind, fields)
            case _:
                raise ValueError(f"line {number} is not of a record")
    return found


def _value(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
