"""The gettext catalogue that a language is exported to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.loading import read
from generator.project import Project
from generator.store import Store, read_store
from generator.translation.command import po_export, synced
from generator.translation.hints import Hints, counts_of, locale_of
from generator.translation.po import exact_hash, export, exported_of, po_code
from generator.translation.po_import import import_catalogue, read_catalogue
from generator.translation.units import State, Unit
from tests.helpers import Change, toy_data, toy_project
from tests.translating import edit, found_units, stamped_toy, states

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


def nowhere(_unit: Unit) -> tuple[str, ...]:
    return ()


def exported(project: Project, lang: str = "de") -> dict[str, polib.POEntry]:
    file = project.root / f"{lang}.po"
    po_export(project, lang, file)
    catalogue = read_catalogue(file, lang)
    found = {entry.msgctxt: entry for entry in catalogue}
    assert len(found) == len(catalogue)
    return found


def test_every_string_with_a_source_text_is_an_entry(tmp_path: Path) -> None:
    project = stamped_toy(tmp_path)
    found = exported(project)
    units = found_units(project)
    assert list(found) == list(units)
    for key, unit in units.items():
        assert unit.source is not None
        assert found[key].msgid == unit.source.text
        assert found[key].msgstr == (unit.translation.text if unit.translation else "")
        assert not found[key].fuzzy
        assert not found[key].msgid_plural


def test_the_same_content_makes_the_same_catalogue_whatever_the_day(tmp_path: Path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    for folder in (first, second):
        folder.mkdir()
        po_export(toy_project(folder), "de", folder / "de.po")
    data = (first / "de.po").read_bytes()
    assert data == (second / "de.po").read_bytes()
    head = data.decode().partition("\n\n")[0]
    assert "Date" not in head
    assert "Generator" not in head
    assert '"Language: de\\n"' in head
    assert data.endswith(b"\n")
    assert not data.endswith(b"\n\n")


def test_a_stale_string_is_fuzzy_with_its_previous_source_where_that_is_known(
    tmp_path: Path,
) -> None:
    project = stamped_toy(tmp_path)
    edit(project, "words/en/countries.yaml", '"Morvia"', '"The Morvia"')
    synced(project, "de", comments=True)
    edit(project, "words/en/regions.yaml", '"Republic of Alder"', '"Alder"')
    found = exported(project)
    assert [key for key, entry in found.items() if entry.fuzzy] == ["morvia.name", "alder.name"]
    assert found["alder.name"].previous_msgid == "Republic of Alder"
    assert found["morvia.name"].previous_msgid is None  # the sync came too late
    assert exported_of(found["alder.name"]) is not None
    assert found["alder.name"].msgstr == "Republik Alder"


def test_references_are_lines_pages_and_passages(tmp_path: Path) -> None:
    found = exported(toy_project(tmp_path))
    references = found["cedar-buses.text"].occurrences
    assert references == [
        ("content/words/de/projects.yaml", "1"),
        ("de/agreements/alder-cedar-plan-2016/", ""),
        ("de/agreements/plans/2019/", ""),
        ("de/organisations/alder-works/", ""),
    ]
    assert found["cedar-buses.large.label"].occurrences[0][0] == "content/words/en/projects.yaml"
    assert found["cedar-buses.large.label"].occurrences[-1] == ("chapter-1:2-7", "")
    assert found["nav.home"].occurrences[1:] == []


def test_passages_of_a_record_come_first_and_name_the_smallest_part(tmp_path: Path) -> None:
    change = Change(
        "facts/projects/projects.yaml", "cedar-buses:\n", 'cedar-buses:\n  passage: ["3-4", "99"]\n'
    )
    store = read_store(toy_project(tmp_path, change).content)
    hints = Hints(store, None)
    unit = Unit("cedar-buses.text", "projects", None, None, State.MISSING)
    assert hints.passages(unit) == ("chapter-1:3-4", "99")
    assert hints.passages(replace(unit, key="cedar-buses.large.label")) == ("chapter-1:3-4", "99")
    assert hints.passages(replace(unit, key="alder-cedar-2015.text")) == ("chapter-1:2-7",)
    assert hints.passages(replace(unit, key="nav.home")) == ()
    assert hints.passages(replace(unit, key="alder.name")) == ()


def test_placeholders_have_the_values_that_the_language_prints(tmp_path: Path) -> None:
    found = exported(toy_project(tmp_path))
    comment = found["alder.summary"].comment.replace("\u00a0", " ").replace("\n", " ")
    assert "{fact:alder-trade-2019} = 121 Mio. US-Dollar, 12 % mehr als 2018 (2019)" in comment
    assert "{fact:cedar-buses.large} = 12 Busse (2019)" in comment
    assert "{date:alder-cedar-2015.in_force} = 1. Juni 2015" in found[
        "alder.summary-2"
    ].comment.replace("\u00a0", " ")
    assert "=" not in found["alder.name"].comment


def test_without_a_sound_dataset_there_are_no_values_and_no_pages(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    edit(project, "words/en/regions.yaml", "{fact:alder-trade-2019}", "{fact:alder-trade}")
    found = exported(project)
    assert "=" not in found["alder.summary"].comment
    assert not [o for entry in found.values() for o in entry.occurrences if "regions/" in o[0][:12]]


def test_hints_know_nothing_of_what_is_not_there() -> None:
    hints = Hints(Store(), None)
    unit = Unit("a.b", "regions", None, None, State.ORPHAN)
    assert (hints.values(unit), hints.passages(unit)) == ({}, ())


def test_what_a_placeholder_names_may_be_missing(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    text = (
        '"{fact:none} {date:none.x} {date:alder-cedar-2015.x} {what:ever} {fact:alder-trade-2019}"'
    )
    edit(
        project,
        "words/en/agreements.yaml",
        '"Both sides open offices in [Port Cedar](cedar-port)."',
        text,
    )
    store = read_store(project.content)
    unit = found_units(project)["alder-cedar-2015.text"]
    assert list(Hints(store, toy_data()).values(unit)) == ["{fact:alder-trade-2019}"]


def test_plural_forms_are_entries_of_their_own_with_examples(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    edit(project, "site.yaml", "  de: {name", "  ru: {name: Русский}\n  de: {name")
    found = exported(project, "ru")
    notes = {
        key.rpartition(".")[2]: entry.comment.splitlines()[0]
        for key, entry in found.items()
        if key.startswith("count.regions.")
    }
    assert notes == {
        "one": "n = 1; 21; 101",
        "few": "n = 2; 3; 4; 22; 23; 24",
        "many": "n = 0; 5; 6; 7; 8; 9",
        "other": "n = 1,5",
    }


def test_a_term_that_is_called_other_is_no_plural_form() -> None:
    locale = locale_of(Store(), "de")
    assert locale is not None
    assert counts_of("kinds.other", {"kinds.other", "kinds.else"}, locale) == ()
    assert counts_of("kinds.name", {"kinds.name", "kinds.other"}, locale) == ()
    assert counts_of("a.other", {"a.other", "a.one"}, locale)[:3] == ("0", "2", "3")
    assert locale_of(Store(), "xx") is None


def test_orphans_and_titles_as_printed_stay_out(tmp_path: Path) -> None:
    project = stamped_toy(tmp_path)
    edit(project, "words/en/places.yaml", 'cedar-port.name: "Port Cedar"\n', "")
    edit(project, "facts/sources/sources.yaml", "for the port\n  language: en", "x\n  language: de")
    path = project.content / "words/en/sources.yaml"
    path.write_text(path.read_text() + 'note-1.title: "Buses"\n')
    found = exported(project)
    assert states(project)["cedar-port.name"] is State.ORPHAN
    assert "cedar-port.name" not in found
    assert "note-1.title" not in found


@pytest.mark.parametrize(
    ("lang", "code"),
    [("de", "de"), ("pt-br", "pt_BR"), ("sr-latn", "sr_Latn"), ("es-419", "es_419")],
)
def test_language_codes_are_written_as_gettext_does(lang: str, code: str) -> None:
    assert po_code(lang) == code


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Store]:
    project = stamped_toy(tmp_path_factory.mktemp("toy"))
    return project, read(project)


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=30))
def test_any_text_comes_through_unchanged(
    toy: tuple[Project, Store], texts: list[tuple[str, str]]
) -> None:
    """Words files to catalogue to words files: an import of what was exported does nothing."""
    project, store = toy
    keys = sorted(store.words["en"])
    place = store.words["en"][keys[0]]
    sources, translations = dict(store.words["en"]), dict(store.words["de"])
    for key, (source, translation) in zip(keys, texts, strict=False):
        sources[key] = replace(place, text=source)
        translations[key] = replace(place, text=translation)
    changed = replace(store, words={**store.words, "en": sources, "de": translations})
    file = project.root / "any.po"
    file.write_text(
        export(changed, "de", Hints(changed, None), nowhere, {}), encoding="utf-8", newline=""
    )
    catalogue = read_catalogue(file, "de")
    found = {entry.msgctxt: (entry.msgid, entry.msgstr) for entry in catalogue}
    for key in keys:
        if sources[key].text.strip() and key in translations:
            text = translations[key].text
            assert found[key] == (sources[key].text, text if text.strip() else "")
    done = import_catalogue(project, changed, "de", "any.po", catalogue)
    assert (done.files, done.taken, done.stamped, done.conflicts, done.notes) == (
        {},
        {},
        [],
        [],
        [],
    )


def test_a_hash_knows_every_character() -> None:
    texts = ["a b", "a  b", "a\u00a0b", "a b ", "ä", "a\u0308", ""]
    assert len({exact_hash(text) for text in texts}) == len(texts)
    assert all(len(exact_hash(text)) == 12 for text in texts)
