"""The state of every string: missing, stale, current and so on, each string for itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.ledger import text_hash
from generator.store import Store, read_store
from generator.translation.status import standing_of
from generator.translation.units import (
    State,
    has_words,
    is_printed,
    units,
    wanted_texts,
)
from tests.helpers import Change, toy_project
from tests.translating import differing, edit, found_units, stamped_toy, states

NAME = "alder.name"
GERMAN = Change("words/de/regions.yaml", 'alder.name: "Republik Alder"', "")


def only(folder: Path, new: str) -> State:
    """The state of the name of Alder once its German line is another."""
    edit(project := stamped_toy(folder), GERMAN.file, GERMAN.old, new)
    return states(project)[NAME]


def test_a_stamped_translation_is_current(tmp_path: Path) -> None:
    found = states(stamped_toy(tmp_path))
    assert found[NAME] is State.CURRENT
    assert set(found.values()) == {State.CURRENT, State.MISSING}


def test_a_translation_without_stamp_is_unstamped(tmp_path: Path) -> None:
    assert states(toy_project(tmp_path))[NAME] is State.UNSTAMPED


@pytest.mark.parametrize("new", ["", 'alder.name: ""', "alder.name: ''", 'alder.name: "  "'])
def test_no_text_is_missing(tmp_path: Path, new: str) -> None:
    assert only(tmp_path, new) is State.MISSING


def test_a_change_of_the_source_makes_its_translation_stale_and_no_other(tmp_path: Path) -> None:
    project = stamped_toy(tmp_path)
    before = states(project)
    edit(project, "words/en/regions.yaml", '"Republic of Alder"', '"The Republic of Alder"')
    assert differing(before, states(project)) == {NAME: State.STALE}
    assert standing_of(read_store(project.content), "de").stale == {NAME}


def test_a_translation_is_judged_by_its_source_alone(tmp_path: Path) -> None:
    assert only(tmp_path, 'alder.name: "Die Republik Alder"') is State.CURRENT


def test_a_string_that_the_source_lost_is_an_orphan(tmp_path: Path) -> None:
    project = stamped_toy(tmp_path)
    edit(project, "words/en/places.yaml", 'cedar-port.name: "Port Cedar"\n', "")
    assert states(project)["cedar-port.name"] is State.ORPHAN


def test_the_same_text_in_both_languages_is_told_unless_a_person_has_stamped_it(
    tmp_path: Path,
) -> None:
    project = toy_project(tmp_path)
    key = "orlen-2020.text"
    text = found_units(project)[key].source
    assert text is not None
    (project.content / "words/de/positions.yaml").write_text(f'{key}: "{text.text}"\n')
    assert states(project)[key] is State.SAME
    assert states(stamped_toy(tmp_path / "2"))["nav.home"] is State.CURRENT


def test_names_may_well_be_the_same(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    (project.content / "words/de/organisations.yaml").write_text('alder-works.short: "AWorks"\n')
    assert states(project)["alder-works.short"] is State.UNSTAMPED


@pytest.mark.parametrize(("text", "has"), [("{a} – {b}", False), ("{a} km", True), ("2–3", False)])
def test_what_has_no_words_cannot_be_translated(text: str, has: bool) -> None:
    assert has_words(text) is has


@pytest.mark.parametrize(
    "new",
    [
        "alder.name: 'Republic of Alder'",
        "alder.name: Republic of Alder",
        'alder.name:   "Republic of Alder"  # checked',
        'alder.name: "Republic   of Alder "',
        "alder.name: >-\n  Republic of\n  Alder",
        '# moved\n\n"alder.name": "Republic of Alder"',
    ],
)
def test_another_form_of_the_same_source_text_is_no_change(tmp_path: Path, new: str) -> None:
    project = stamped_toy(tmp_path)
    before = states(project)
    edit(project, "words/en/regions.yaml", 'alder.name: "Republic of Alder"', new)
    assert differing(before, states(project)) == {}


def test_stamps_survive_another_order_line_ends_and_other_names_of_facts_files(
    tmp_path: Path,
) -> None:
    project = stamped_toy(tmp_path)
    before = states(project)
    for lang in ("en", "de"):
        for path in sorted((project.content / "words" / lang).glob("*.yaml")):
            lines = path.read_bytes().decode().splitlines()
            path.write_bytes("".join(line + "\r\n" for line in reversed(lines)).encode())
    facts = project.content / "facts" / "regions"
    (facts / "kestria.yaml").rename(facts / "west.yaml")
    stamps = project.content / "stamps" / "de.yaml"
    lines = stamps.read_bytes().decode().splitlines()
    stamps.write_bytes("".join(line + "\r\n" for line in reversed(lines)).encode())
    assert differing(before, states(project)) == {}


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, dict[str, State]]:
    store = read_store(stamped_toy(tmp_path_factory.mktemp("toy")).content)
    return store, {unit.key: unit.state for unit in units(store, "de")}


@settings(max_examples=60)
@given(st.data())
def test_to_touch_one_string_neither_clears_nor_raises_the_mark_of_another(
    toy: tuple[Store, dict[str, State]], data: st.DataObject
) -> None:
    """Any source text and any translation may change: only its own string's state does."""
    store, before = toy
    lang = data.draw(st.sampled_from(["en", "de"]))
    words = dict(store.words[lang])
    key = data.draw(st.sampled_from(sorted(words)))
    text = data.draw(st.text(max_size=20))
    old = words[key].text
    words[key] = replace(words[key], text=text)
    store = replace(store, words={**store.words, lang: words})
    after = {unit.key: unit.state for unit in units(store, "de")}
    assert differing(before, after).keys() <= {key}
    if lang == "en" and before[key] is State.CURRENT and text_hash(text) != text_hash(old):
        assert after[key] is State.STALE


def test_titles_as_printed_need_no_translation_into_their_language(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    assert states(project)["note-1.title"] is State.MISSING
    edit(project, "facts/sources/sources.yaml", "for the port\n  language: en", "x\n  language: de")
    assert "note-1.title" not in states(project)
    path = project.content / "words/en/sources.yaml"
    path.write_text(path.read_text() + 'note-1.title: "Buses"\n')
    unit = found_units(project)["note-1.title"]
    assert (unit.file, unit.state) == ("sources", State.UNSTAMPED)
    assert unit.translation is not None
    assert is_printed(unit.translation)
    path = project.content / "words/de/sources.yaml"
    path.write_text('note-1.title: "Busse"\n')
    assert found_units(project)["note-1.title"].translation != unit.translation


def test_plural_forms_are_those_of_the_language(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    edit(project, "site.yaml", "  de: {name", "  ru: {name: Русский}\n  de: {name")
    german, russian = found_units(project), found_units(project, "ru")
    assert {key for key in german if key.startswith("count.regions.")} == {
        "count.regions.one",
        "count.regions.other",
    }
    forms = {key: unit for key, unit in russian.items() if key.startswith("count.regions.")}
    assert {key.rpartition(".")[2] for key in forms} == {"one", "few", "many", "other"}
    sources = {unit.source.text for unit in forms.values() if unit.source}
    assert len(sources) == 2  # few and many are shown the most general form


def test_the_source_language_and_a_broken_site_have_no_strings(tmp_path: Path) -> None:
    store = read_store(toy_project(tmp_path).content)
    assert units(store, "en") == []
    assert units(Store(), "de") == []
    assert wanted_texts(Store(), "de") == (set(), set())
