"""Reading a content folder: everything that can be read is there, and keeps its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import Place
from generator.model.vocabulary import Role
from generator.store import TEXT_FILES, Store, read_store
from tests.helpers import Change, told, toy, toy_project, toy_store

VISIT = "kind: visit, date: 2019, sources: [note-2]"


def changed(folder: Path, file: str, old: str, new: str | bytes) -> Store:
    return toy_store(folder, Change(file, old, new))


def test_the_toy_is_read_without_problems() -> None:
    store = toy()
    assert store.problems == []
    assert store.repeated == [] and store.broken == set() and store.unread == set()
    assert store.site is not None
    assert store.site.codes == ("en", "de")
    assert store.vocabulary.names("scales") == ("thousand", "million")
    assert sorted(store.words) == ["de", "en"]
    assert sorted(store.ledger) == ["chapter-1"]


def test_a_record_knows_where_it_and_its_values_stand() -> None:
    entry = toy().entries["alder-cedar-2015"]
    file = "content/facts/agreements/agreements.yaml"
    assert entry.place == Place(file, 1, 1)
    assert entry.at(("signed",)) == Place(file, 4, 11)
    assert entry.key_at(("signed",)) == Place(file, 4, 3)
    assert entry.at(("parties", 1, "of")) == Place(file, 3, 49)
    assert entry.at(("nowhere",)) == Place(file, 2, 3)
    assert entry.at(()) == entry.key_at(()) == entry.place


def test_records_come_in_the_order_of_files_and_lines() -> None:
    places = [(e.place.file, e.place.line) for e in toy().entries.values()]
    assert places == sorted(places)
    assert [e.id for e in toy().of_kind("region")] == ["cedar", "alder", "birch"]


def test_a_word_knows_where_it_and_its_characters_stand() -> None:
    word = toy().words["en"]["kestria.summary"]
    file = "content/words/en/countries.yaml"
    assert (word.place, word.key) == (Place(file, 2, 18), Place(file, 2, 1))
    assert word.inside(word.text.index("[")) == Place(file, 2, 40)


def test_a_word_without_quotes_has_no_mark_before_it(tmp_path: Path) -> None:
    store = changed(tmp_path, "words/en/countries.yaml", '"Morvia"', "Morvia")
    assert store.words["en"]["morvia.name"].inside(0) == Place(
        "content/words/en/countries.yaml", 3, 14
    )


def test_texts_of_no_record_stand_apart_from_words() -> None:
    assert "nav.home" in toy().texts["en"]
    assert "nav.home" not in toy().words["en"]
    assert "alder.name" in toy().words["en"]
    files = {word.place.file.rpartition("/")[2] for word in toy().texts["de"].values()}
    assert files <= {f"{name}.yaml" for name in TEXT_FILES}


@pytest.mark.parametrize("text", ["NO", "ON", "010", "1e3", "12:30", "true", "2019-01-01", "0x1F"])
def test_what_yaml_would_turn_into_something_else_stays_text(text: str, tmp_path: Path) -> None:
    file = "facts/sources/sources.yaml"
    store = changed(tmp_path, file, "title: List of codes", f"title: {text}")
    assert store.problems == []
    assert store.entries["list-of-codes"].record.title == text


def test_an_id_of_two_records_is_kept_for_the_first(tmp_path: Path) -> None:
    store = changed(tmp_path, "facts/sources/double.yaml", "", "forum-1: {kind: web, title: T}\n")
    assert store.entries["forum-1"].kind.name == "forum"
    assert [entry.kind.name for entry in store.repeated] == ["source"]


def test_a_broken_record_is_known_by_its_id(tmp_path: Path) -> None:
    store = changed(tmp_path, "facts/forums/forums.yaml", "number: 1", "number: one")
    assert store.broken == {"forum-1"}
    assert "forum-2" in store.entries


def test_a_torn_record_is_known_by_its_id(tmp_path: Path) -> None:
    store = changed(tmp_path, "facts/forums/forums.yaml", "number: 2", "number: 2: 3")
    assert store.broken == {"forum-2"}
    assert "forum-1" in store.entries


@pytest.mark.parametrize(
    "data",
    [
        b"oak-visit: {kind: visit}\n\0elm-visit: {kind: visit}\n",
        "oak-visit: {kind: visit}\nelm-visit: {kind: visit}\n".encode("utf-16"),
        b"oak-visit: {kind: visit}\nelm-visit: {}\n" + b"#" * 3_000_000,
    ],
)
def test_ids_in_a_file_that_cannot_be_read_are_not_missed(data: bytes, tmp_path: Path) -> None:
    store = changed(tmp_path, "facts/meetings/damaged.yaml", "", data)
    assert {"oak-visit", "elm-visit"} <= store.broken
    assert store.unread == {"facts/meetings/damaged.yaml"}
    assert len(store.problems) == 1


def test_every_fault_of_a_record_is_told_in_one_run(tmp_path: Path) -> None:
    text = (
        "oak-pact:\n"
        "  kind: Pact\n"
        "  partys: [{of: alder}]\n"
        "  parties: [{of: alder, boddy: government}, {}, alder]\n"
        "  signed: soon\n"
        "  adopted:\n"
        "  fields: trade\n"
        "  sources: [note-1, ~, {a: b}]\n"
        "  figures: {Large: {measure: quantity, value: 2}, small: 3}\n"
        "  as_printed: {text: what}\n"
    )
    store = changed(tmp_path, "facts/agreements/oak.yaml", "", text)
    file = "content/facts/agreements/oak.yaml"
    assert sorted(told(store.problems)) == sorted(
        [
            f"{file}:2:9 invalid-id Pact",
            f"{file}:3:3 unknown-field partys",
            f"{file}:4:25 unknown-field boddy",
            f"{file}:4:45 invalid-value None",
            f"{file}:4:49 wrong-shape alder",
            f"{file}:5:11 invalid-date soon",
            f"{file}:6:11 empty-value None",
            f"{file}:7:11 wrong-shape trade",
            f"{file}:8:21 empty-value None",
            f"{file}:8:24 wrong-shape None",
            f"{file}:9:13 invalid-id Large",
            f"{file}:9:58 wrong-shape 3",
            f"{file}:10:22 wrong-shape what",
        ]
    )


def test_hints_know_the_fields_of_inner_parts(tmp_path: Path) -> None:
    text = (
        "oak: {kind: visit, sources: [note-1], parties: [{off: alder, kind: university}],\n"
        "  figures: {a: {measure: quantity, valu: 2, change: {direktion: up, percent: 3}}},\n"
        "  as_printed: {date: {txt: x, repair: ocr}}, readings: [{value: a, source: [note-1]}]}\n"
    )
    store = changed(tmp_path, "facts/meetings/oak.yaml", "", text)
    hints = {p.value: p.hint for p in store.problems if p.rule == "unknown-field"}
    assert hints == {
        "off": "of",
        "valu": "value",
        "direktion": "direction",
        "txt": "text",
        "source": "sources",
    }
    missing = {p.message for p in store.problems if p.rule == "missing-field"}
    assert missing == {f"the field {n} is missing" for n in ("direction", "text", "sources")}


def test_a_record_with_an_empty_field_is_broken(tmp_path: Path) -> None:
    store = changed(tmp_path, "facts/forums/forums.yaml", "host: alder", "host:")
    assert told(store.problems) == ["content/facts/forums/forums.yaml:9:8 empty-value None"]
    assert store.broken == {"forum-2"}


def test_settings_that_are_wrong_are_none(tmp_path: Path) -> None:
    store = changed(tmp_path, "site.yaml", "as_of: 2021-06", "as_of: now")
    assert store.site is None
    assert told(store.problems) == ["content/site.yaml:7:8 invalid-date now"]


def test_no_folder_is_one_problem(tmp_path: Path) -> None:
    store = read_store(tmp_path / "content")
    assert told(store.problems) == ["content:1:1 missing-file None"]


def test_a_content_that_is_a_file_is_one_problem(tmp_path: Path) -> None:
    (tmp_path / "content").write_text("x")
    assert [p.rule for p in read_store(tmp_path / "content").problems] == ["missing-file"]


def test_hidden_files_and_those_of_editors_are_passed_over(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    for name in (".hidden.yaml", "regions.yaml~", "#regions.yaml#", ".DS_Store"):
        (project.content / "facts" / "regions" / name).write_text("- x")
    assert read_store(project.content).problems == []


def test_broken_terms_are_remembered(tmp_path: Path) -> None:
    store = changed(tmp_path, "facts/vocabulary.yaml", "{factor: 1000}", "{factor: many}")
    assert store.vocabulary.broken == {"scales.thousand"}
    assert not store.vocabulary.has("scales", "thousand")
    assert store.vocabulary.has("scales", "million")


def test_the_vocabulary_knows_what_its_entries_are() -> None:
    vocabulary = toy().vocabulary
    assert vocabulary.is_plan("action-plan") and not vocabulary.is_plan("agreement")
    assert vocabulary.unit("usd").currency == "USD"
    assert vocabulary.scale("million").factor == 1_000_000
    assert vocabulary.measure("trade").partner
    assert vocabulary.measure("trade").role is Role.HEADLINE
    assert vocabulary.measure("quantity").role is None
    assert vocabulary.sign("over") == ">" and vocabulary.sign("about") is None
    assert vocabulary.is_learning("organisation-kinds", "university")
    assert not vocabulary.is_learning("organisation-kinds", "manufacturer")
    assert vocabulary.names("nowhere") == () and not vocabulary.has("nowhere", "x")
