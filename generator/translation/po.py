"""A language as a gettext catalogue, for Poedit and platforms: what they are given.

Format: GNU gettext manual, "PO Files". The context of an entry is the key of its string, its
references are the line of the words file, pages, and passages of the source. A stale string is
fuzzy. Plural forms are entries of their own: their keys have the category. The last comment of an
entry says what the translation was when it was exported, by which the import recognises what has
changed on either side.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import polib

from generator.model.ledger import HASH_LENGTH
from generator.store import Store
from generator.translation.hints import Hints, counts_of, locale_of
from generator.translation.units import State, Unit, is_printed, units
from generator.translation.where import EVERYWHERE
from generator.translation.wordsfile import one_line

_PAGES = 3
_PASSAGES = 5
_EXPORTED = re.compile(rf"^exported: ([a-z-]+) ([0-9a-f]{{{HASH_LENGTH}}})$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Exported:
    """What an entry was when it was exported: the state of its string, a hash of its text."""

    state: str
    hash: str


def exact_hash(text: str) -> str:
    """A hash of a translation in which every character counts."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:HASH_LENGTH]


def exported_of(entry: polib.POEntry) -> Exported | None:
    """What the comment of an entry says of its export; None if it was lost on the way."""
    match = _EXPORTED.search(entry.comment)
    return Exported(match[1], match[2]) if match else None


def po_code(lang: str) -> str:
    """A language code as gettext writes it: ``pt-br`` is ``pt_BR``."""
    first, *others = lang.split("-")
    return "_".join([first, *(o.title() if len(o) == 4 else o.upper() for o in others)])


def export(
    store: Store,
    lang: str,
    hints: Hints,
    where: Callable[[Unit], tuple[str, ...]],
    previous: Mapping[str, str],
) -> str:
    """Return the catalogue of a language.

    ``previous`` are the source texts that stale translations were made from, by key, as far as
    they are known. Orphans and titles as printed are left out. No clock is asked: the same content
    makes the same catalogue.
    """
    catalogue = polib.POFile()
    catalogue.metadata = {
        "Project-Id-Version": store.site.address if store.site else "",
        "Language": po_code(lang),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": po_code(store.site.source_language) if store.site else "",
    }
    wanted = [unit for unit in units(store, lang) if is_exchanged(unit)]
    locale = locale_of(store, lang)
    keys = frozenset(unit.key for unit in wanted)
    for unit in wanted:
        text = unit.translation.text if unit.translation else ""
        entry = polib.POEntry(
            msgctxt=unit.key,
            msgid=unit.source.text if unit.source else "",
            msgstr=text if text.strip() else "",
            occurrences=list(_references(unit, lang, hints, where)),
        )
        comments = [f"{name} = {one_line(v)}" for name, v in hints.values(unit).items()]
        counts = counts_of(unit.key, keys, locale) if locale else ()
        if counts:
            comments.append("n = " + "; ".join(counts))
        comments.append(f"exported: {unit.state} {exact_hash(text)}")
        entry.comment = "\n".join(comments)
        if unit.state is State.STALE:
            entry.flags = ["fuzzy"]
            entry.previous_msgid = previous.get(unit.key)
        catalogue.append(entry)
    return str(catalogue)


def is_exchanged(unit: Unit) -> bool:
    """Whether a string is one that a catalogue has."""
    if unit.source is None or not unit.source.text.strip():
        return False
    return unit.translation is None or not is_printed(unit.translation)


def _references(
    unit: Unit, lang: str, hints: Hints, where: Callable[[Unit], tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    word = unit.translation or unit.source
    if word is not None:
        yield word.place.file, str(word.place.line)
    pages = sorted(set(where(unit)) - {EVERYWHERE})
    yield from ((f"{lang}/{page}", "") for page in pages[:_PAGES])
    yield from ((passage, "") for passage in hints.passages(unit)[:_PASSAGES])
