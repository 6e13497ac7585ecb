"""Commands that write content: a new record, and a new id for an old one.

Files are edited as text at the places that the reader gives, so comments, order and quotes stay.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from generator.errors import BuildError, Place, UsageError, closest, shown
from generator.inspect import find_entry
from generator.model.fields import Ref, is_slug
from generator.model.kinds import KINDS
from generator.model.marks import marked
from generator.project import Project
from generator.prose import Literal, parse_prose
from generator.store import Entry, Store, read_store

Edits = dict[str, dict[int, list[tuple[int, str, str]]]]


def new_record(project: Project, kind_name: str, identifier: str) -> list[str]:
    """Write a facts file and the words of a new record, to be filled in; return their paths.

    The check then names everything that is still empty. UsageError for an unknown kind or an id
    that cannot be used.
    """
    kind = KINDS.get(kind_name)
    if kind is None:
        hint = closest(kind_name, KINDS)
        suffix = f"; did you mean {shown(hint)}?" if hint else ""
        raise UsageError(f"there is no kind {shown(kind_name)}{suffix}")
    store = read_store(project.content)
    _free(store, identifier)
    facts = project.content / "facts" / kind.plural / f"{identifier}.yaml"
    if facts.exists():
        raise UsageError(f"{facts.relative_to(project.root)} exists already")
    lines = [f"{identifier}:"]
    for name, field in kind.model.model_fields.items():
        if field.is_required():
            lines.append(f"  {name}:")
    if kind.needs_source:
        lines.append("  sources: []")
    if len(lines) == 1:
        lines[0] += " {}"
    files = {facts: "\n".join(lines) + "\n"}
    site = store.site
    required = [key for key in kind.words if key.required]
    if site is not None and required:
        words = project.content / "words" / site.source_language / f"{kind.plural}.yaml"
        text = _text(words) if words.exists() else ""
        for key in required:
            text = _with_line(text, f'{identifier}.{key.name}: ""')
        files[words] = text
    return _write(project, files)


def _free(store: Store, identifier: str) -> None:
    if not is_slug(identifier):
        raise UsageError(
            f"{shown(identifier)} cannot be an id: lower-case ASCII words joined by hyphens"
        )
    for entry in store.entries.values():
        if identifier == entry.id or identifier in entry.record.formerly:
            raise UsageError(f"{shown(identifier)} is or was the id of the record at {entry.place}")


def _with_line(text: str, line: str) -> str:
    """A sorted words file with one more line in its place."""
    lines = text.splitlines(keepends=True)
    key = line.partition(":")[0]
    at = len(lines)
    for index, old in enumerate(lines):
        if re.match(r"[a-z]", old) and old.partition(":")[0] > key:
            at = index
            break
    if at and not lines[at - 1].endswith("\n"):
        lines[at - 1] += "\n"
    lines.insert(at, line + "\n")
    return "".join(lines)


def rename_record(project: Project, old: str, new: str) -> list[str]:
    """Give a record a new id everywhere; return the paths of the files that changed.

    References, words, links in prose and the reading ledger follow; the old id stays under
    ``formerly``, so that its address redirects. UsageError if there is no such record or the new id is taken.
    """
    store = read_store(project.content)
    entry = find_entry(store, old)
    if entry.id != old:
        raise UsageError(f"{shown(old)} is already the former id of {entry.id}")
    _free(store, new)
    edits: Edits = defaultdict(lambda: defaultdict(list))
    _edit(edits, entry.place, old, new)
    for other in store.entries.values():
        for item in marked(other.record):
            if isinstance(item.mark, Ref) and item.value == old:
                _edit(edits, other.at(item.path), old, new)
    for language in store.words.values():
        for key, word in language.items():
            if key.startswith(f"{old}."):
                _edit(edits, Place(word.place.file, word.place.line, 1), f"{old}.", f"{new}.")
            for part in parse_prose(word.text):
                if not isinstance(part, Literal) and part.target.partition(".")[0] == old:
                    target = new + part.target[len(old) :]
                    before, after = (
                        (f":{part.target}}}", f":{target}}}")
                        if "kind" in part.__slots__
                        else (f"]({part.target})", f"]({target})")
                    )
                    _edit(edits, Place(word.place.file, word.place.line, 1), before, after)
    for lines in store.ledger.values():
        for line in lines:
            for index, identifier in enumerate(line.entry.records):
                if identifier.partition(".")[0] == old:
                    _edit(edits, line.node.at(("records", index)).place, old, new)
    files = {
        project.root / name: _apply(_text(project.root / name), lines)
        for name, lines in edits.items()
    }
    facts = project.root / entry.place.file
    files[facts] = _with_former(files[facts], entry, old)
    if facts.stem == old:
        files[facts.with_stem(new)] = files.pop(facts)
        paths = _write(project, files)
        facts.unlink()
        return paths
    return _write(project, files)


def _edit(edits: Edits, place: Place, before: str, after: str) -> None:
    edits[place.file][place.line].append((place.column, before, after))


def _apply(text: str, lines: dict[int, list[tuple[int, str, str]]]) -> str:
    found = text.split("\n")
    for number, changes in lines.items():
        line = found[number - 1]
        # From right to left, so that columns further left stay right.
        for column, before, after in sorted(set(changes), reverse=True):
            at = line.find(before, column - 1)
            if at < 0:
                raise BuildError(f"line {number} changed while it was being edited; try again")
            line = line[:at] + after + line[at + len(before) :]
            while column == 1 and (at := line.find(before, at + len(after))) >= 0:
                line = line[:at] + after + line[at + len(before) :]
        found[number - 1] = line
    return "\n".join(found)


def _with_former(text: str, entry: Entry, old: str) -> str:
    """The facts file with the old id under ``formerly`` of the record."""
    lines = text.split("\n")
    key = entry.node.key_places.get("formerly")
    if key is not None:
        value = entry.node.at(("formerly",)).place
        line = lines[value.line - 1]
        at = line.find("[", key.column - 1)
        if at >= 0:
            lines[value.line - 1] = f"{line[: at + 1]}{old}, {line[at + 1 :]}"
        else:
            lines.insert(value.line - 1, " " * (value.column - 3) + f"- {old}")
        return "\n".join(lines)
    number = entry.place.line - 1
    brace = lines[number].find("{", entry.place.column)
    if brace >= 0:
        separator = "" if lines[number][brace + 1 :].lstrip().startswith("}") else ", "
        lines[number] = (
            f"{lines[number][: brace + 1]}formerly: [{old}]{separator}{lines[number][brace + 1 :]}"
        )
    else:
        indent = " " * (entry.place.column + 1)
        lines.insert(number + 1, f"{indent}formerly: [{old}]")
    return "\n".join(lines)


def _text(path: Path) -> str:
    # newline="" keeps the line ends of the file.
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _write(project: Project, files: dict[Path, str]) -> list[str]:
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.new")
        temporary.write_bytes(text.encode())
        temporary.replace(path)
    return sorted(path.relative_to(project.root).as_posix() for path in files)
