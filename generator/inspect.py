"""Looking at content: what a record is and where it is used; the schemas that editors read."""

from __future__ import annotations

from pathlib import Path

from generator.declared import prose_targets
from generator.errors import BuildError, ContentError, UsageError, meant, shown
from generator.file_schemas import other_schemas
from generator.model.dates import Date
from generator.model.fields import Ref
from generator.model.schema import schema_files
from generator.output import write_tree
from generator.project import Project
from generator.store import Entry, Store, read_store


def find_entry(store: Store, identifier: str) -> Entry:
    """The record of that id, or of that former id; UsageError if there is none."""
    entry = store.entries.get(identifier)
    if entry is not None:
        return entry
    for candidate in store.entries.values():
        if identifier in candidate.record.formerly:
            return candidate
    suffix = meant(identifier, store.entries)
    raise UsageError(f"no record has the id {shown(identifier)}{suffix}")


def show_record(project: Project, identifier: str) -> str:
    """What a record is, its words, what it refers to, and every place that refers to it."""
    store = read_store(project.content)
    entry = find_entry(store, identifier)
    lines = [f"{entry.id} ({entry.kind.name})", f"  {entry.place}"]
    for item in entry.record.marked:
        path = ".".join(str(part) for part in item.path)
        if isinstance(item.mark, Ref):
            lines.append(f"  {path} → {item.value}")
        else:
            value = item.value.edtf if isinstance(item.value, Date) else item.value
            lines.append(f"  {path}: {value}")
    prefix = f"{entry.id}."
    lines.append("words:")
    for language, words in sorted(store.words.items()):
        lines += [
            f"  {language} {key.removeprefix(prefix)}: {word.text}"
            for key, word in words.items()
            if key.startswith(prefix)
        ]
    uses = used_by(store, entry.id)
    lines.append(f"used by ({len(uses)}):")
    lines += [f"  {use}" for use in uses]
    return "\n".join(lines) + "\n"


def used_by(store: Store, identifier: str) -> list[str]:
    """The places in facts and words that refer to a record, each as ``place: what``."""
    found: list[str] = []
    for entry in store.entries.values():
        for item in entry.record.marked:
            if isinstance(item.mark, Ref) and item.value == identifier:
                path = ".".join(str(part) for part in item.path)
                found.append(f"{entry.at(item.path)}: {entry.id} {path}")
    found += [f"{t.word.place}: {t.key}" for t in prose_targets(store) if t.owner == identifier]
    return found


def write_schemas(project: Project, only_check: bool) -> list[str]:
    """Write the JSON Schemas of content files; return the names of those that changed.

    With ``only_check`` nothing is written, and BuildError names the stale ones. ContentError if
    the vocabulary has problems, because its terms are part of the schemas.
    """
    store = read_store(project.content)
    problems = [p for p in store.problems if p.place.file.endswith("/facts/vocabulary.yaml")]
    if problems:
        raise ContentError(problems)
    files = {**schema_files(store.vocabulary), **other_schemas()}
    if not only_check:
        written = write_tree(project.schemas, files)
        return sorted(written.changed | written.removed)
    stale = [name for name, data in files.items() if not _same(project.schemas / name, data)]
    if stale:
        raise BuildError("stale: " + ", ".join(stale) + "; run: python -m generator schema")
    return []


def _same(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data
