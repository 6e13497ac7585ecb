"""What a page notes that it reads is everything that it depends on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.dataset import build_dataset
from generator.lens import Lens
from generator.queries import QUERIES
from generator.store import Store, read_store
from generator.words import NAME_KEYS, Words
from tests.samples import ROOT, Sample, files_in, make_sample, write_content
from tests.test_views import changed, fields_of, other_value, with_record

EVERYTHING = (ROOT / "tests" / "everything.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return make_sample(tmp_path_factory.mktemp("lens") / "content", EVERYTHING)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("store") / "content"
    return read_store(write_content(folder, files_in(EVERYTHING)))


@pytest.fixture
def lens(sample: Sample) -> Lens:
    return Lens(sample.dataset, sample.words, "en")


def test_records_and_lists_are_noted(lens: Lens) -> None:
    assert lens.item("north").record.code == "AA-N"
    assert [item.id for item in lens.all("region")] == ["north", "south"]
    assert lens.reads == {"item:north", "all:region"}


def test_what_refers_to_a_record_is_noted_with_the_records_found(lens: Lens) -> None:
    assert [item.id for item in lens.linked("south", "agreement")] == ["pact-2010", "plan-2016"]
    assert lens.linked("south", "forum") == ()
    assert lens.reads == {
        "linked:south:agreement",
        "linked:south:forum",
        "item:pact-2010",
        "item:plan-2016",
    }


def test_what_rests_on_a_source_is_noted(lens: Lens) -> None:
    assert {item.id for item in lens.cited_by("n-2")} > {"ferry", "hope"}
    assert {"cited:n-2", "item:ferry", "item:hope"} <= lens.reads


def test_parties_and_subjects_are_noted_as_such(lens: Lens) -> None:
    pact = lens.item("pact-2015")
    assert lens.parties_of(pact) == ("north",)
    assert {"north", "north-town", "forum-2"} <= set(lens.subjects_of("pact-2015"))
    assert lens.reads == {"item:pact-2015", "subjects:pact-2015"}


def test_words_are_noted_found_or_not(lens: Lens) -> None:
    assert lens.word("north.name") is not None
    assert lens.word("north.missing") is None
    assert lens.paragraphs("north.summary")[0].text == "A summary."
    assert lens.reads == {"word:north.name", "word:north.missing", "words:north.summary"}


def test_a_figure_is_noted_by_its_record_and_by_those_that_it_is_derived_from(lens: Lens) -> None:
    assert lens.statement("trade-2017").derived
    assert lens.reads == {"item:trade-2017", "item:trade-2018"}
    lens.reads.clear()
    assert "ferry.derived" in [statement.id for statement in lens.statements_of("ferry")]
    assert lens.reads == {"item:ferry", "item:trade-2019"}


def test_what_is_kept_is_noted_again_for_every_page(sample: Sample) -> None:
    memory: dict[object, object] = {}
    for _ in range(2):
        lens = Lens(sample.dataset, sample.words, "en", memory)  # type: ignore[arg-type]
        assert lens.kept("key", lambda lens=lens: lens.item("north").id) == "north"
        assert lens.reads == {"item:north"}


def test_what_is_kept_inside_of_something_kept_is_noted_for_both(lens: Lens) -> None:
    lens.kept("outer", lambda: lens.kept("inner", lambda: lens.item("north").id) + lens.lang)
    lens.reads.clear()
    lens.kept("outer", lambda: "not made again")
    assert lens.reads == {"item:north"}


def test_a_record_that_a_page_did_not_note_cannot_change_it(store: Store, sample: Sample) -> None:
    before = sample.render_all()
    for entry in store.entries.values():
        # All fields at once that may have another value without another shape of the record.
        other = entry.record
        for path, value in fields_of(entry.record):
            if path[0] != "formerly":
                other = changed(other, path, other_value(store, value))
        dataset = build_dataset(with_record(store, entry.id, other))
        after = Sample(dataset, sample.words, sample.env)
        for url, page in before.items():
            if url not in after.pages or _depends(page.reads, entry.id, sample, after):
                continue
            assert after.render(url).text == page.text, f"{url} depends on {entry.id}"


def _depends(reads: frozenset[str], identifier: str, before: Sample, after: Sample) -> bool:
    """Whether a page noted the record, or a list, query or address that now has another answer."""
    for note in reads:
        what, _, key = note.partition(":")
        if what == "item" and key == identifier:
            return True
        if what == "linked":
            target, _, kind = key.partition(":")
            old, new = (one.dataset.linked(target, kind) for one in (before, after))
        elif what == "cited":
            old, new = (one.dataset.cited_by.get(key, ()) for one in (before, after))
        elif what == "all":
            old, new = (one.dataset.by_kind[key] for one in (before, after))
        elif what == "ids":
            old, new = ([i.id for i in one.dataset.by_kind[key]] for one in (before, after))
        elif what == "query":
            old, new = (QUERIES[key](one.dataset) for one in (before, after))
        elif what == "route":
            old, new = (one.routes[key] for one in (before, after))
        elif what == "tiles":
            old, new = (one.dataset.tiles for one in (before, after))
        elif what == "term":
            old, new = (one.dataset.by_term.get(key, ()) for one in (before, after))
        elif what == "terms":
            old, new = (
                {term for term in one.dataset.by_term if term.startswith(f"{key}.")}
                for one in (before, after)
            )
        else:
            continue
        if old != new:
            return True
    return False


def test_a_word_that_a_page_did_not_note_cannot_change_it(store: Store, sample: Sample) -> None:
    before = sample.render_all()
    for key, word in store.words["en"].items():
        changed_words = {**store.words["en"], key: replace(word, text=f"Changed {word.text}")}
        words = Words("en", {**store.words, "en": changed_words}, store.texts)
        after = Sample(sample.dataset, words, sample.env)
        for url, page in before.items():
            owner, _, name = key.rpartition(".")
            names = f"names:{owner}" if name in NAME_KEYS else ""
            if not page.reads & {f"word:{key}", f"words:{key}", names}:
                assert after.render(url).text == page.text, f"{url} depends on {key}"


def test_a_new_word_is_noted_by_the_pages_that_would_show_it(store: Store, sample: Sample) -> None:
    before = sample.render_all()
    word = store.words["en"]["north.summary"]
    for key in ("south.summary", "pact-2010.title", "trade-2018.label", "session-3.text"):
        words = Words("en", {**store.words, "en": {**store.words["en"], key: word}}, store.texts)
        after = Sample(sample.dataset, words, sample.env)
        differ = {url for url, page in before.items() if after.render(url).text != page.text}
        noted = {url for url, p in before.items() if p.reads & {f"word:{key}", f"words:{key}"}}
        assert differ, key
        assert differ <= noted, key
