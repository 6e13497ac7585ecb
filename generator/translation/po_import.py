"""A gettext catalogue back into the words files: only what was changed in it, and nothing lost.

An entry counts as changed if its translation is not the one that was exported. It is taken if its
source text is still the current one and nobody else has changed the translation meanwhile;
otherwise it is a conflict, which is told and not written. What would break a rule of the check is
refused as a whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import polib

from generator.checks import check_store
from generator.entries import items
from generator.errors import BuildError, Place, Problem, UsageError, shown
from generator.model.ledger import text_hash
from generator.project import Project
from generator.source import read_yaml
from generator.store import TEXT_FILES, Store, Word
from generator.translation.po import exact_hash, exported_of, is_exchanged, po_code
from generator.translation.sync import open_words
from generator.translation.units import State, Unit, is_printed, units
from generator.translation.wordsfile import one_line

_PLACE = re.compile(r":\d+:\d+\b")
_LINE_END = re.compile(r"\r\n|\r|\n")
_STATEMENT = re.compile(r'(?:msg\w+(?:\[\d+\])?)?\s*"(?:[^"\\]|\\.)*"')


@dataclass(slots=True)
class Imported:
    """What an import would do.

    ``files`` are the words files that change, ``taken`` the new texts by key, ``stamped`` the keys
    whose translations are declared to match. ``conflicts`` were not taken, ``notes`` say what else
    to know, each in one line. With ``problems`` nothing may be written.
    """

    files: dict[str, str] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    stamped: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_catalogue(path: Path, lang: str) -> polib.POFile:
    """Read a catalogue of a language; UsageError if it is none, or one of another language."""
    if not path.is_file():
        raise UsageError(f"there is no file {path}")
    try:
        text = path.read_bytes().decode(polib.detect_encoding(str(path)))
        for number, line in enumerate(_LINE_END.split(text.removeprefix("\ufeff")), start=1):
            # A line that was cut off would lose its last letter without a word.
            statement = line.strip()
            if statement and statement[0] != "#" and not _STATEMENT.fullmatch(statement):
                raise ValueError(f"line {number} is none of its statements")
        catalogue = polib.pofile(str(path))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read as a PO file: {error}") from error
    code = catalogue.metadata.get("Language", "")
    # A catalogue of a country will do for the language: editors add what they know.
    if code and not f"{code}_".lower().replace("-", "_").startswith(f"{po_code(lang)}_".lower()):
        raise UsageError(f"{path} is a catalogue of {shown(code)}, not of {shown(po_code(lang))}")
    return catalogue


def import_catalogue(
    project: Project, store: Store, lang: str, name: str, catalogue: Iterable[polib.POEntry]
) -> Imported:
    """Return what the import of a catalogue does; ``name`` is what messages call it."""
    found = Imported()
    known = {unit.key: unit for unit in units(store, lang)}
    lines: dict[str, int] = {}
    for entry in _entries(catalogue, name, found):
        key = entry.msgctxt
        unit = known.get(key)
        at = f"{name}:{entry.linenum or 1}: {one_line(key)}"
        lines[key] = entry.linenum or 1
        if unit is None or not is_exchanged(unit):
            if _is_changed(entry, entry.msgstr, None):
                found.conflicts.append(f"{at}: {_why_not(unit)}")
        else:
            _take(unit, entry, at, found)
    _write(project, store, lang, {key: known[key] for key in found.taken}, found)
    if found.files:
        _check(store, lang, name, lines, found)
    return found


def _entries(
    catalogue: Iterable[polib.POEntry], name: str, found: Imported
) -> Iterator[polib.POEntry]:
    """The entries that say something, one for each context."""
    by_key: dict[str, list[polib.POEntry]] = defaultdict(list)
    for entry in catalogue:
        if entry.obsolete or not (entry.msgstr.strip() or entry.msgid_plural):
            continue
        if not entry.msgctxt or entry.msgid_plural:
            found.conflicts.append(
                f"{name}:{entry.linenum or 1}: this is no entry of an export: its context"
                " (msgctxt) is the key of a string, and it has no plural"
            )
        else:
            by_key[entry.msgctxt].append(entry)
    for key, entries in by_key.items():
        if len({(entry.msgstr, entry.fuzzy) for entry in entries}) == 1:
            yield entries[0]
        else:
            found.conflicts.append(
                f"{name}:{entries[1].linenum or 1}: {one_line(key)}: stands there with several"
                " translations"
            )


def _why_not(unit: Unit | None) -> str:
    if unit is None:
        return "there is no such string"
    if unit.translation is not None and is_printed(unit.translation):
        return f"the title is as printed, and stands at {unit.translation.place}"
    return "the source language no longer has this string"


def _is_changed(entry: polib.POEntry, text: str, current: str | None) -> bool:
    """Whether a translation differs from the exported one, or else from the current one."""
    exported = exported_of(entry)
    if exported is None:
        return text != current
    return exported.hash not in (exact_hash(text), exact_hash(entry.msgstr))


def _take(unit: Unit, entry: polib.POEntry, at: str, found: Imported) -> None:
    """Decide on one entry: take it, stamp it, leave it alone, or tell a conflict."""
    current = unit.translation.text if unit.translation else ""
    text = unicodedata.normalize("NFC", entry.msgstr)
    if text == unicodedata.normalize("NFC", current):
        text = current
    exported = exported_of(entry)
    was_stale = exported.state == State.STALE if exported else unit.state is State.STALE
    changed = _is_changed(entry, text, current)
    confirmed = was_stale and not entry.fuzzy
    if not changed and not confirmed:
        return
    if text_hash(entry.msgid) != unit.hash:
        if text != current or confirmed:
            found.conflicts.append(f"{at}: the source text has changed since the export")
        return
    if text != current:
        if not _is_base(exported.hash if exported else None, current):
            found.conflicts.append(
                f"{at}: the translation has changed since the export, and differs"
                if exported
                else f"{at}: it differs, and the catalogue does not say from what it was made"
            )
            return
        if entry.fuzzy and unit.state is not State.STALE:
            found.notes.append(f"{at}: is marked as unfinished (fuzzy), and was not taken")
            return
        found.taken[unit.key] = text
    if not entry.fuzzy and unit.state is not State.CURRENT:
        found.stamped.append(unit.key)


def _is_base(exported: str | None, current: str) -> bool:
    """Whether the current translation is the one that was exported; nothing is lost of none."""
    return not current.strip() or exported == exact_hash(current)


def _write(
    project: Project, store: Store, lang: str, changed: Mapping[str, Unit], found: Imported
) -> None:
    by_file: dict[str, list[str]] = defaultdict(list)
    for key, unit in changed.items():
        new = f"content/words/{lang}/{unit.file}.yaml"
        by_file[unit.translation.place.file if unit.translation else new].append(key)
    for path, keys in sorted(by_file.items()):
        words = open_words(project, store, path)
        for key in keys:
            words.put(key, found.taken[key])
        found.files[path] = words.text()


def _check(store: Store, lang: str, name: str, lines: Mapping[str, int], found: Imported) -> None:
    """Find the problems that the import would bring, at their places in the catalogue."""
    after = with_files(store, lang, found.files)
    old = Counter(_identity(problem) for problem in check_store(store))
    written = {**after.words.get(lang, {}), **after.texts.get(lang, {})}
    entries = {
        (word.place.file, word.place.line): lines[key]
        for key, word in written.items()
        if key in found.taken
    }
    for problem in check_store(after):
        identity = _identity(problem)
        if old[identity]:
            old[identity] -= 1
        elif problem.place.file in found.files and problem.severity == "error":
            line = entries.get((problem.place.file, problem.place.line))
            place = problem.place if line is None else Place(name, line)
            found.problems.append(replace(problem, place=place))
        else:
            found.notes.append(str(problem))
    for key, text in found.taken.items():
        if not found.problems and (key not in written or written[key].text != text):
            raise BuildError(f"{key}: its words file cannot be edited; write one string a line")


def _identity(problem: Problem) -> tuple[str, str, str, str | None]:
    """What makes two problems the same although lines have moved."""
    return problem.place.file, problem.rule, _PLACE.sub("", problem.message), problem.value


def with_files(store: Store, lang: str, files: Mapping[str, str]) -> Store:
    """The store with other texts of some words files of a language."""
    problems = [problem for problem in store.problems if problem.place.file not in files]
    words = {k: w for k, w in store.words.get(lang, {}).items() if w.place.file not in files}
    texts = {k: w for k, w in store.texts.get(lang, {}).items() if w.place.file not in files}
    for path, text in files.items():
        node, found = read_yaml(text.encode("utf-8", "surrogatepass"), path)
        problems += found
        name = path.rpartition("/")[2].removesuffix(".yaml")
        target = texts if name in TEXT_FILES else words
        if node is None:
            continue
        for key, value in items(node):
            if isinstance(value.value, str):
                word = Word(value.value, value.place, node.key_places[key], not value.plain)
                target.setdefault(key, word)
    return replace(
        store,
        problems=problems,
        words={**store.words, lang: words},
        texts={**store.texts, lang: texts},
    )
