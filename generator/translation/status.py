"""How far each language is, and what a translator should do next."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.store import Store
from generator.translation.hints import Hints
from generator.translation.units import NAMES, State, Unit, file_of, units
from generator.translation.wordsfile import one_line
from generator.words import OpenString, Standing, notes_of

# What a translator has to look at, most urgent first.
OPEN = (State.MISSING, State.STALE, State.ORPHAN, State.SAME)


@dataclass(frozen=True, slots=True)
class Task:
    """A string that wants work, and where it shows: its weight is the number of those pages."""

    unit: Unit
    pages: tuple[str, ...]

    @property
    def weight(self) -> int:
        """How important the string is."""
        return len(self.pages)


Where = Callable[[Unit], tuple[str, ...]]
# Hints as a language prints them.
HintsOf = Callable[[str], Hints]


def tasks(found: Iterable[Unit], where: Where) -> list[Task]:
    """What wants work of some strings: missing before stale, on many pages before on few."""
    wanted = [Task(unit, where(unit)) for unit in found if unit.state in OPEN]
    return sorted(wanted, key=lambda t: (OPEN.index(t.unit.state), -t.weight, t.unit.key))


def counts(found: Iterable[Unit]) -> dict[str, Counter[State]]:
    """Numbers of strings by words file and state; the file ``""`` is all of them."""
    table: dict[str, Counter[State]] = {"": Counter()}
    for unit in found:
        table.setdefault(unit.file, Counter())[unit.state] += 1
        table[""][unit.state] += 1
    return table


def forms_of(store: Store, lang: str) -> tuple[int, int]:
    """The case forms of names that a language has, and how many it should have.

    Those are the forms that ``site.yaml`` declares for it, of every record that has a form in any
    language.
    """
    if store.site is None or lang not in store.site.languages:
        return 0, 0
    declared = store.site.languages[lang].case_forms
    named = {
        key.rpartition(".")[0]
        for texts in store.texts.values()
        for key, word in texts.items()
        if file_of(word) == NAMES and word.text
    }
    own = store.texts.get(lang, {})
    has = sum(bool(own.get(f"{one}.{form}")) for one in named for form in declared)
    return has, len(named) * len(declared)


def standing_of(store: Store, lang: str) -> Standing:
    """What pages must know of a translation."""
    found = units(store, lang)
    return Standing(
        stale=frozenset(unit.key for unit in found if unit.state is State.STALE),
        missing=frozenset(n for u in found if u.state is State.MISSING for n in _notes(store, u)),
        progress={
            file: (total(c), translated(c), c.get(State.MISSING, 0), c.get(State.STALE, 0))
            for file, c in counts(found).items()
        },
        forms=forms_of(store, lang),
        open=tuple(_open(store, lang, task.unit) for task in tasks(found, lambda unit: ())),
    )


def _notes(store: Store, unit: Unit) -> Iterable[str]:
    """How pages note that they read a string."""
    is_word = unit.key.partition(".")[0] in store.entries
    return notes_of(unit.key) if is_word else (f"text:{unit.key}",)


def _open(store: Store, lang: str, unit: Unit) -> OpenString:
    if unit.translation is not None:
        place = unit.translation.place
        return OpenString(unit.key, unit.state.value, place.file, place.line)
    return OpenString(unit.key, unit.state.value, f"content/words/{lang}/{unit.file}.yaml", None)


def translated(counter: Mapping[State, int]) -> int:
    """How many strings have a translation, stale ones included."""
    return sum(counter.get(s, 0) for s in (State.CURRENT, State.STALE, State.UNSTAMPED, State.SAME))


def total(counter: Mapping[State, int]) -> int:
    """How many strings the source language has."""
    return sum(number for state, number in counter.items() if state is not State.ORPHAN)


def status_text(
    store: Store, langs: Iterable[str], where: Where, hints: HintsOf, limit: int | None
) -> str:
    """A table for each language and the beginning of its queue."""
    lines: list[str] = []
    states = [state for state in State if state is not State.CURRENT]
    for lang in langs:
        found = units(store, lang)
        table = counts(found)
        lines.append(
            f"{lang:14} {'total':>7} {'translated':>11}"
            + "".join(f" {state.value:>15}" for state in states)
        )
        for file, counter in sorted(table.items(), key=lambda item: (item[0] == "", item[0])):
            lines.append(
                f"  {file or 'all':12} {total(counter):7} {translated(counter):11}"
                + "".join(f" {counter.get(state, 0):15}" for state in states)
            )
        has, of = forms_of(store, lang)
        if of:
            lines.append(f"  case forms of names: {has} of {of}")
        queue = tasks(found, where)
        shown_hints = hints(lang)
        for task in queue[:limit]:
            lines.append(f"  {_line(task)}")
            lines.extend(
                f"    {name} = {one_line(value)}"
                for name, value in shown_hints.values(task.unit).items()
            )
        if limit is not None and len(queue) > limit:
            lines.append(f"  and {len(queue) - limit} more; --all shows them")
    return "\n".join(lines) + "\n"


def _line(task: Task) -> str:
    unit = task.unit
    word = unit.translation or unit.source
    place = word.place if word else ""
    text = " ".join(unit.source.text.split()) if unit.source else ""
    shown = text if len(text) <= 60 else text[:59] + "…"
    return f"{unit.state.value:14} {task.weight:4} pages  {place}  {unit.key}  {shown}"


def status_json(
    store: Store, langs: Iterable[str], where: Where, hints: HintsOf, everything: bool = False
) -> str:
    """The same for machines: counts by file, and every open string with all that is known.

    With ``everything``, the strings that want no work too, under ``strings``.
    """
    found: dict[str, Any] = {}
    for lang in langs:
        all_units = units(store, lang)
        has, of = forms_of(store, lang)
        shown_hints = hints(lang)
        found[lang] = {
            "files": {
                file or "all": {
                    "total": total(counter),
                    "translated": translated(counter),
                    **{state.value: counter.get(state, 0) for state in State},
                }
                for file, counter in sorted(counts(all_units).items())
            },
            "case_forms": {"translated": has, "total": of},
            "queue": [_json(task, shown_hints) for task in tasks(all_units, where)],
        }
        if everything:
            found[lang]["strings"] = [
                _json(Task(unit, where(unit)), shown_hints) for unit in all_units
            ]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _json(task: Task, hints: Hints) -> dict[str, Any]:
    unit = task.unit
    word = unit.translation or unit.source
    return {
        "key": unit.key,
        "file": unit.file,
        "state": unit.state.value,
        "place": str(word.place) if word else None,
        "source": unit.source.text if unit.source else None,
        "translation": unit.translation.text if unit.translation else None,
        "weight": task.weight,
        "pages": sorted(set(task.pages)),
        "values": hints.values(unit),
        "passages": list(hints.passages(unit)),
    }
