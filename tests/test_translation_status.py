"""Status: counts that add up, and a queue with the most important string first."""

from __future__ import annotations

import json
from pathlib import Path

from generator.store import Store, read_store
from generator.translation.command import status
from generator.translation.hints import Hints
from generator.translation.status import (
    OPEN,
    counts,
    forms_of,
    standing_of,
    status_json,
    status_text,
    tasks,
    total,
    translated,
)
from generator.translation.units import State, Unit, units
from generator.words import OpenString
from tests.translating import edit, stamped_toy, states

PAGES = {"alder.name": ("regions/alder/", "regions/", ""), "birch.name": ("regions/birch/",)}


def where(unit: Unit) -> tuple[str, ...]:
    return PAGES.get(unit.key, ())


def no_hints(lang: str) -> Hints:
    return Hints(Store(), None)


def test_counts_add_up(tmp_path: Path) -> None:
    project = stamped_toy(tmp_path)
    edit(project, "words/en/regions.yaml", '"Republic of Alder"', '"Alder"')
    edit(project, "words/en/places.yaml", 'cedar-port.name: "Port Cedar"\n', "")
    found = units(read_store(project.content), "de")
    table = counts(found)
    assert sum(table[""].values()) == len(found)
    for state in State:
        assert table[""][state] == sum(c[state] for file, c in table.items() if file)
    assert table["regions"] == {State.CURRENT: 3, State.STALE: 1, State.MISSING: 3}
    assert (total(table["regions"]), translated(table["regions"])) == (7, 4)
    assert (total(table["places"]), translated(table["places"])) == (2, 0)  # orphans are neither
    standing = standing_of(read_store(project.content), "de")
    assert standing.progress["regions"] == (7, 4, 3, 1)
    assert standing.progress[""] == (total(table[""]), translated(table[""]), 26, 1)


def test_the_queue_has_missing_strings_first_and_those_on_many_pages(tmp_path: Path) -> None:
    project = stamped_toy(tmp_path)
    edit(project, "words/en/regions.yaml", '"Republic of Birch"', '"Birch"')
    edit(project, "words/en/regions.yaml", '"Republic of Alder"', '"Alder"')
    queue = tasks(units(read_store(project.content), "de"), where)
    ranks = [OPEN.index(task.unit.state) for task in queue]
    assert ranks == sorted(ranks)
    assert [(t.unit.key, t.weight) for t in queue if t.unit.state is State.STALE] == [
        ("alder.name", 3),
        ("birch.name", 1),
    ]
    open_keys = {key for key, state in states(project).items() if state in OPEN}
    assert {task.unit.key for task in queue} == open_keys


def test_text_has_a_line_for_each_file_and_open_string(tmp_path: Path) -> None:
    project = stamped_toy(tmp_path)
    edit(project, "words/en/regions.yaml", '"Republic of Alder"', '"Alder\\nand more"')
    store = read_store(project.content)
    text = status_text(store, ["de"], where, no_hints, None)
    assert all(len(line) < 220 and line.isprintable() for line in text.splitlines())
    lines = text.splitlines()
    (line,) = [line for line in lines if " alder.name " in line]
    assert line.split()[:4] == ["stale", "3", "pages", "content/words/de/regions.yaml:1:13"]
    assert line.endswith("Alder and more")
    assert len([line for line in lines if "pages" in line]) == len(tasks(units(store, "de"), where))
    short = status_text(store, ["de"], where, no_hints, 2).splitlines()
    assert len([line for line in short if "pages" in line]) == 2
    assert short[-1].endswith("more; --all shows them")


def test_machines_get_everything(tmp_path: Path) -> None:
    project = stamped_toy(tmp_path)
    edit(project, "words/en/regions.yaml", '"Republic of Alder"', '"Alder"')
    found = json.loads(status_json(read_store(project.content), ["de"], where, no_hints))["de"]
    assert found["files"]["regions"]["stale"] == 1
    assert found["files"]["all"]["missing"] == 26
    (entry,) = [entry for entry in found["queue"] if entry["key"] == "alder.name"]
    assert entry["state"] == "stale"
    assert entry["file"] == "regions"
    assert entry["place"] == "content/words/de/regions.yaml:1:13"
    assert (entry["source"], entry["translation"]) == ("Alder", "Republik Alder")
    assert (entry["weight"], entry["pages"]) == (3, ["", "regions/", "regions/alder/"])
    (missing,) = [entry for entry in found["queue"] if entry["key"] == "alder.short"]
    assert (missing["translation"], missing["place"]) == (
        None,
        "content/words/en/regions.yaml:2:14",
    )


def test_case_forms_are_counted(tmp_path: Path) -> None:
    project = stamped_toy(tmp_path)
    assert forms_of(read_store(project.content), "de") == (0, 0)
    (project.content / "words/de/names.yaml").write_text('alder.gen: "des Erlenlands"\n', "utf-8")
    edit(project, "site.yaml", "case_forms: [gen]", "case_forms: [gen, with]")
    assert forms_of(read_store(project.content), "de") == (1, 2)
    assert forms_of(read_store(project.content), "en") == (0, 0)
    text = status_text(read_store(project.content), ["de"], where, no_hints, 0)
    assert "  case forms of names: 1 of 2\n" in text


def test_the_queue_has_values_as_the_language_prints_them(tmp_path: Path) -> None:
    project = stamped_toy(tmp_path)
    edit(project, "words/en/regions.yaml", 'alder.summary: "', 'alder.summary: "Well: ')
    found = json.loads(status(project, ["de"], True, None))["de"]
    (entry,) = [one for one in found["queue"] if one["key"] == "alder.summary"]
    assert entry["values"]
    assert all(name.startswith("{") and value for name, value in entry["values"].items())
    assert {one["key"] for one in found["strings"]} > {one["key"] for one in found["queue"]}
    (name,) = list(entry["values"])[:1]
    assert f"    {name} = {entry['values'][name]}" in status(project, ["de"], False, None)


def test_what_pages_show_of_open_strings_has_its_place(tmp_path: Path) -> None:
    project = stamped_toy(tmp_path)
    edit(project, "words/en/regions.yaml", '"Republic of Alder"', '"Alder"')
    opened = {one.key: one for one in standing_of(read_store(project.content), "de").open}
    assert opened["alder.name"] == OpenString(
        "alder.name", "stale", "content/words/de/regions.yaml", 1
    )
    assert opened["alder.short"].file == "content/words/de/regions.yaml"
    assert opened["alder.short"].line is None
