"""Stamps: declaring that translations match the source text as it is now.

``content/stamps/LANG.yaml`` is machine-written, one line a string, sorted, so that two branches
that stamp different strings merge. The source language has such a file too. There a line holds
the source texts, newest first, that translations were stamped from and still carry, so that a slip
mended in one can be declared minor: ``NEW=OLD`` at the beginning says that it has been.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.errors import ContentError, UsageError, meant, shown
from generator.model.ledger import text_hash
from generator.output import write_tree
from generator.project import Project
from generator.store import Store
from generator.translation.units import State, Unit, units
from generator.translation.wordsfile import plain_key

_HEAD = (
    "# Written by the command stamp: the hash of the source text that each translation matches.\n"
)


def stamp(project: Project, store: Store, lang: str, keys: Iterable[str] = ()) -> list[str]:
    """Stamp translations in ``lang``; return the keys whose stamp changed.

    Without keys, only translations that have no stamp yet: a stale one is for a person to review
    first. Stamps of strings that no longer exist go. UsageError for an unknown language or key.
    """
    known = {unit.key: unit for unit in _units(store, lang)}
    wanted = list(keys)
    for key in wanted:
        if key not in known:
            raise UsageError(_unknown(key, known))
        if known[key].state is State.MISSING:
            raise UsageError(f"{lang} has no translation of {key} that could be stamped")
    chosen = set(wanted) or {
        unit.key for unit in known.values() if unit.state in (State.UNSTAMPED, State.SAME)
    }
    old = {key: word.text for key, word in store.stamps.get(lang, {}).items()}
    # What a damaged file holds seems to be gone, and is not.
    new = {key: value for key, value in old.items() if key in known or store.problems}
    new.update({key: known[key].hash for key in chosen if known[key].source is not None})
    write_stamps(project, store, {lang: new})
    return sorted(key for key in {*old, *new} if old.get(key) != new.get(key))


def stamp_minor(project: Project, store: Store, keys: Iterable[str]) -> list[str]:
    """Declare changes of source texts minor: translations that matched before match now.

    Works for translations that carry the stamp of the text before the change, as the stamps of
    the source language tell it, whether or not another has caught up in the meantime. Returns
    ``lang: key`` for each renewed stamp. UsageError for an unknown key.
    """
    if store.site is None:
        raise UsageError("the settings of the site cannot be read")
    code = store.site.source_language
    keys = frozenset(keys)
    known = {key for lang in store.site.codes for key in (unit.key for unit in units(store, lang))}
    for key in sorted(keys - known):
        raise UsageError(_unknown(key, known))
    current, own = _hashes(store, code), store.stamps.get(code, {})
    before = {
        key: _History.parse(own[key].text).before(current.get(key, "")) for key in keys & own.keys()
    }
    declared: dict[str, str] = {}
    changed: dict[str, dict[str, str]] = {}
    renewed = []
    for lang in store.site.codes:
        if lang == code:
            continue
        stamps = {key: word.text for key, word in store.stamps.get(lang, {}).items()}
        for unit in units(store, lang):
            if unit.key not in keys or unit.state is not State.STALE:
                continue
            former = before.get(unit.key)
            if former and stamps.get(unit.key) == former:
                stamps[unit.key] = unit.hash
                declared[unit.key] = former
                renewed.append(f"{lang}: {unit.key}")
        changed[lang] = stamps
    write_stamps(project, store, changed, declared)
    return renewed


def _hashes(store: Store, lang: str) -> dict[str, str]:
    """The hash of every text of a language, by key."""
    groups = (store.words.get(lang, {}), store.texts.get(lang, {}))
    return {key: text_hash(word.text) for words in groups for key, word in words.items()}


@dataclass(frozen=True, slots=True)
class _History:
    """A stamp of the source language: texts, newest first, and what the newest counts as."""

    texts: tuple[str, ...] = ()
    equal: str = ""

    @classmethod
    def parse(cls, text: str) -> _History:
        first, *others = text.split(" ") if text else [""]
        newest, _, equal = first.partition("=")
        return cls((newest, *others) if newest else (), equal)

    def __str__(self) -> str:
        first, *others = self.texts
        return " ".join([f"{first}={self.equal}" if self.equal else first, *others])

    def before(self, current: str) -> str:
        """The text before the current one; none if that has been declared its equal already."""
        if not self.texts:
            return ""
        if self.texts[0] != current:
            return self.texts[0]
        return self.texts[1] if len(self.texts) > 1 and not self.equal else ""

    def followed(self, current: str, carried: frozenset[str], equal: str) -> _History:
        """The history once a translation carries the current text; what none carries is dropped."""
        older = (text for text in self.texts if text != current and text in carried)
        kept = self.equal if self.texts[:1] == (current,) else ""
        return _History((current, *older), equal or kept)


def write_stamps(
    project: Project,
    store: Store,
    changed: Mapping[str, Mapping[str, str]],
    minor: Mapping[str, str] | None = None,
) -> None:
    """Write the stamps of some languages, and the source texts that they were stamped from.

    ``minor`` has the former texts that the current ones are declared to equal. ContentError if a
    file of stamps is damaged.
    """
    if store.site is None:
        raise UsageError("the settings of the site cannot be read")
    refuse_damage(project, store)
    code = store.site.source_language
    stamps = {
        lang: {key: word.text for key, word in words.items()}
        for lang, words in store.stamps.items()
    }
    stamps.update({lang: dict(found) for lang, found in changed.items()})
    current = _hashes(store, code)
    own = stamps.get(code, {})
    reached = {k for found in changed.values() for k, v in found.items() if current.get(k) == v}
    for key in reached:
        carried = frozenset(found[key] for found in stamps.values() if key in found)
        before = _History.parse(own.get(key, ""))
        own[key] = str(before.followed(current[key], carried, (minor or {}).get(key, "")))
    stamps[code] = {key: value for key, value in own.items() if key in current or store.problems}
    write_tree(
        project.content / "stamps",
        {f"{lang}.yaml": _text(found).encode() for lang, found in stamps.items() if found},
    )


def refuse_damage(project: Project, store: Store) -> None:
    """Raise ContentError if a file of stamps is damaged: to write it would lose what it holds."""
    folder = f"{project.content.name}/stamps/"
    damage = [problem for problem in store.problems if problem.place.file.startswith(folder)]
    if damage:
        raise ContentError(damage)


def _text(stamps: Mapping[str, str]) -> str:
    return _HEAD + "".join(f'{plain_key(key)}: "{stamps[key]}"\n' for key in sorted(stamps))


def _units(store: Store, lang: str) -> list[Unit]:
    if store.site is None or lang not in store.site.languages:
        codes = store.site.codes if store.site else ()
        suffix = meant(lang, codes)
        raise UsageError(f"the site has no language {shown(lang)}{suffix}")
    if lang == store.site.source_language:
        raise UsageError(f"{lang} is the source language; its texts are what stamps compare with")
    return units(store, lang)


def _unknown(key: str, known: Iterable[str]) -> str:
    suffix = meant(key, known)
    return f"there is no string {shown(key)}{suffix}"
