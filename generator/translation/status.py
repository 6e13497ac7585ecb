"""How far each language is, and what a translator should do next."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.store import Store
from generator.translation.units import State, Unit, units
from generator.words import Standing

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


def tasks(store: Store, lang: str, where: Where) -> list[Task]:
    """What wants work in a language: missing before stale, on many pages before on few."""
    found = [Task(unit, where(unit)) for unit in units(store, lang) if unit.state in OPEN]
    return sorted(found, key=lambda t: (OPEN.index(t.unit.state), -t.weight, t.unit.key))


def counts(found: Iterable[Unit]) -> dict[str, Counter[State]]:
    """Numbers of strings by words file and state; the file ``""`` is all of them."""
    table: dict[str, Counter[State]] = {"": Counter()}
    for unit in found:
        table.setdefault(unit.file, Counter())[unit.state] += 1
        table[""][unit.state] += 1
    return table


def standing_of(found: Sequence[Unit]) -> Standing:
    """What pages must know of a translation."""
    return Standing(
        stale=frozenset(unit.key for unit in found if unit.state is State.STALE),
        lacking=frozenset(u.key.partition(".")[0] for u in found if u.state is State.MISSING),
        progress={
            file: (total(c), translated(c), c.get(State.MISSING, 0), c.get(State.STALE, 0))
            for file, c in counts(found).items()
        },
    )


def translated(counter: Mapping[State, int]) -> int:
    """How many strings have a translation, stale ones included."""
    return sum(counter.get(s, 0) for s in (State.CURRENT, State.STALE, State.UNSTAMPED, State.SAME))


def total(counter: Mapping[State, int]) -> int:
    """How many strings the source language has."""
    return sum(number for state, number in counter.items() if state is not State.ORPHAN)


def status_text(store: Store, langs: Iterable[str], where: Where, limit: int | None) -> str:
    """A table for each language and the beginning of its queue."""
    lines: list[str] = []
    for lang in langs:
        table = counts(units(store, lang))
        lines.append(
            f"{lang:14} {'total':>7} {'translated':>11}"
            + "".join(f" {state.value:>15}" for state in State if state is not State.CURRENT)
        )
        for file, counter in sorted(table.items(), key=lambda item: (item[0] == "", item[0])):
            name = file or "all"
            lines.append(
                f"  {name:12} {total(counter):7} {translated(counter):11}"
                + "".join(
                    f" {counter.get(state, 0):15}" for state in State if state is not State.CURRENT
                )
            )
        queue = tasks(store, lang, where)
        for task in queue[:limit]:
            lines.append(f"  {_line(task)}")
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


def status_json(store: Store, langs: Iterable[str], where: Where) -> str:
    """The same for machines: counts by file, and every open string with all that is known."""
    found: dict[str, Any] = {}
    for lang in langs:
        table = counts(units(store, lang))
        found[lang] = {
            "files": {
                file or "all": {
                    "total": total(counter),
                    "translated": translated(counter),
                    **{state.value: counter.get(state, 0) for state in State},
                }
                for file, counter in sorted(table.items())
            },
            "queue": [_json(task) for task in tasks(store, lang, where)],
        }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _json(task: Task) -> dict[str, Any]:
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
    }
