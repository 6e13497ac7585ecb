"""Commands that write content: a new record, and a new id for an old one.

Files are edited as text at the places that the reader gives, so comments, order and quotes stay.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.declared import prose_targets
from generator.errors import BuildError, ContentError, Place, UsageError, meant, shown
from generator.inspect import find_entry
from generator.model.fields import Ref, is_slug
from generator.model.kinds import KINDS
from generator.model.ledger import text_hash
from generator.output import write_texts
from generator.project import Project
from generator.prose import Link, Placeholder, retargeted
from generator.store import Entry, Store, read_store
from generator.translation.wordsfile import WordsFile


class Edit(NamedTuple):
    """``before`` becomes ``after`` at a place; an empty ``before`` puts text in."""

    place: Place
    before: str
    after: str


Edits = dict[str, set[Edit]]


def new_record(project: Project, kind_name: str, identifier: str) -> list[str]:
    """Write a facts file and the words of a new record, to be filled in; return their paths.

    The check then names everything that is still empty. UsageError for an unknown kind or an id
    that cannot be used.
    """
    kind = KINDS.get(kind_name)
    if kind is None:
        suffix = meant(kind_name, KINDS)
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
        lines_of = WordsFile.parse(_text(words) if words.exists() else "")
        for key in required:
            lines_of.put(f"{identifier}.{key.name}", "")
        files[words] = lines_of.text()
    return _write(project, files)


def _free(store: Store, identifier: str) -> None:
    if not is_slug(identifier):
        raise UsageError(
            f"{shown(identifier)} cannot be an id: lower-case ASCII words joined by hyphens"
        )
    for entry in store.entries.values():
        if identifier == entry.id or identifier in entry.record.formerly:
            raise UsageError(f"{shown(identifier)} is or was the id of the record at {entry.place}")
    if identifier in store.broken:
        raise UsageError(f"{shown(identifier)} is the id of a record that cannot be read")


def rename_record(project: Project, old: str, new: str) -> list[str]:
    """Give a record a new id everywhere; return the paths of the files that changed.

    References, words, links in prose and the reading ledger follow; the old id stays under
    ``formerly``, so that its address redirects. The record may take back an id that it once had.
    UsageError if there is no such record or the new id is taken, ContentError if a file cannot be
    read, because what stands in it could not follow.
    """
    store = read_store(project.content)
    if store.problems:
        raise ContentError(store.problems)
    entry = find_entry(store, old)
    if entry.id != old:
        raise UsageError(f"{shown(old)} is already the former id of {entry.id}")
    if new not in entry.record.formerly:
        _free(store, new)
    edits: Edits = defaultdict(set)
    for find in (_in_facts, _in_words, _in_stamps):
        for edit in find(store, old, new):
            edits[edit.place.file].add(edit)
    texts = {name: _text(project.root / name) for name in {*edits, entry.place.file}}
    edits[entry.place.file].add(_former(texts[entry.place.file], entry, old, new))
    files = {project.root / name: _edited(texts[name], found) for name, found in edits.items()}
    moved = {}
    ledger = project.content / "ledger" / f"{old}.yaml"
    for path in (project.root / entry.place.file, ledger):
        target = path.with_stem(new)
        if path.stem == old and path.is_file() and not target.exists():
            files[target] = files.pop(path) if path in files else _text(path)
            moved[path] = target
    paths = _write(project, files)
    for path in moved:
        path.unlink()
    return paths


def _in_facts(store: Store, old: str, new: str) -> Iterator[Edit]:
    """The id itself, and every reference to it."""
    for entry in (*store.entries.values(), *store.repeated):
        if entry.id == old:
            yield Edit(entry.place, old, new)
        for item in entry.record.marked:
            if isinstance(item.mark, Ref) and item.value == old:
                yield Edit(entry.at(item.path), old, new)
    for lines in store.ledger.values():
        for line in lines:
            for index, identifier in enumerate(line.entry.records):
                if identifier.partition(".")[0] == old:
                    yield Edit(line.node.at(("records", index)).place, old, new)


def _in_words(store: Store, old: str, new: str) -> Iterator[Edit]:
    """The keys of the record's words, in exceptions too, and what leads to it in prose."""
    for words in store.words.values():
        for key, word in words.items():
            if key.partition(".")[0] == old:
                yield Edit(word.key, old, new)
    # Case forms of names are the only texts of no record whose keys begin with an id.
    for texts in store.texts.values():
        for key, word in texts.items():
            if key.partition(".")[0] == old and word.key.file.endswith("/names.yaml"):
                yield Edit(word.key, old, new)
    for (_, _, key), reason in store.exceptions.items():
        if key.partition(".")[0] == old:
            yield Edit(reason.key, old, new)
    for target in prose_targets(store):
        if target.owner == old:
            before, after = _ends(target.part, old, new)
            yield Edit(target.word.inside(target.part.column), before, after)


def _ends(part: Link | Placeholder, old: str, new: str) -> tuple[str, str]:
    """How a link or placeholder ends, before and after."""
    sign, end = (":", "}") if isinstance(part, Placeholder) else ("](", ")")
    owner, dot, rest = part.target.partition(".")
    target = f"{new if owner == old else owner}{dot}{rest}"
    return f"{sign}{part.target}{end}", f"{sign}{target}{end}"


def _in_stamps(store: Store, old: str, new: str) -> Iterator[Edit]:
    """The keys of stamps, and the hashes of source texts that lead to the record.

    A translation that matched its source text matches it still.
    """
    sources = store.words.get(store.site.source_language, {}) if store.site else {}
    hashes = {
        target.key: (text_hash(source.text), text_hash(retargeted(source.text, {old: new})))
        for target in prose_targets(store)
        if target.owner == old and (source := sources.get(target.key)) is not None
    }
    for stamps in store.stamps.values():
        for key, stamp in stamps.items():
            if key.partition(".")[0] == old:
                yield Edit(stamp.key, old, new)
            before, after = hashes.get(key, ("", ""))
            if before and before in stamp.text:
                yield Edit(stamp.inside(stamp.text.index(before)), before, after)


def _former(text: str, entry: Entry, old: str, new: str) -> Edit:
    """What makes the old id a former one of its record; ``text`` is that of its file."""
    former = entry.record.formerly
    if new in former:
        return Edit(entry.at(("formerly", former.index(new))), new, old)
    node = entry.node.at(("formerly",))
    place = node.place if "formerly" in entry.node.key_places else entry.node.place
    line = text.split("\n")[place.line - 1].rstrip("\r")
    sign, margin = line[place.column - 1 : place.column], line[: place.column - 1]
    end = "\r\n" if "\r\n" in text else "\n"
    if "formerly" not in entry.node.key_places:
        if sign != "{":
            return Edit(place, "", f"formerly: [{old}]{end}{margin}")
        return Edit(place, "{", f"{{formerly: [{old}]" + (", " if entry.node.value else ""))
    if sign == "[":
        return Edit(place, "[", f"[{old}" + (", " if former else ""))
    return Edit(place, "", f"- {old}{end}{margin}")


def _edited(text: str, edits: Iterable[Edit]) -> str:
    """The text after all edits, each at the nearest fit at or behind its place."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    # From the end to the beginning, so that earlier places stay right. At one place, what is put
    # in comes before what is replaced there.
    ordered = sorted(edits, key=lambda edit: (edit.place, edit.before == ""), reverse=True)
    for edit in ordered:
        at = text.find(edit.before, starts[edit.place.line - 1] + edit.place.column - 1)
        if at < 0:
            raise BuildError(f"{edit.place}: the file changed while it was edited; try again")
        text = text[:at] + edit.after + text[at + len(edit.before) :]
    return text


def _text(path: Path) -> str:
    try:
        # newline="" keeps the line ends of the file.
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise BuildError(f"cannot read {path}: {error}; the command check says more") from error


def _write(project: Project, files: Mapping[Path, str]) -> list[str]:
    named = {path.relative_to(project.root).as_posix(): text for path, text in files.items()}
    return write_texts(project.root, named)
