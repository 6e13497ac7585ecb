"""Pages across regions: each says all that there is of its field, measure or kind of note."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.kinds import KINDS
from tests.samples import ROOT, Sample, make_sample

EVERYTHING = ROOT / "tests" / "everything.md"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder: Path = tmp_path_factory.mktemp("topics") / "content"
    return make_sample(folder, EVERYTHING.read_text(encoding="utf-8"))


def entries(sample: Sample, name: str) -> set[str]:
    """The entries of a vocabulary list that a record names."""
    return {
        one.value
        for item in sample.dataset.items.values()
        for one in item.record.marked
        if getattr(one.mark, "list", None) == name
    }


@pytest.mark.parametrize("name", ["fields", "measures"])
def test_what_a_record_names_has_a_page_and_nothing_else_has(sample: Sample, name: str) -> None:
    prefix = f"{name}/"
    pages = {url.removeprefix(prefix).strip("/") for url in sample.pages if url.startswith(prefix)}
    assert pages - {""} == entries(sample, name)
    index = sample.renderer().render(sample.pages[prefix]).text
    assert all(f'href="{entry}/"' in index for entry in entries(sample, name))


def test_a_field_lists_every_record_that_names_it(sample: Sample) -> None:
    for entry in entries(sample, "fields"):
        text = sample.renderer().render(sample.pages[f"fields/{entry}/"]).text
        named = [
            item.id
            for item in sample.dataset.items.values()
            if entry in getattr(item.record, "fields", ())
        ]
        assert named
        for identifier in named:
            route = sample.routes[identifier]
            assert f'href="../../{route}"' in text, (entry, identifier)


def test_notes_of_a_kind_are_all_on_its_page_and_counted_above(sample: Sample) -> None:
    index = sample.renderer().render(sample.pages["notes/"]).text
    counted = 0
    for kind in KINDS.values():
        if not sample.dataset.by_kind[kind.name]:
            assert f"notes/{kind.plural}/" not in sample.pages
            continue
        page = sample.pages[f"notes/{kind.plural}/"]
        p = sample.context(page.url)
        annotated = [i.id for i in sample.dataset.by_kind[kind.name] if p.is_annotated(i)]
        text = sample.renderer().render(page).text
        assert text.count('<li id="note-') == len(annotated)
        assert all(f'<li id="note-{identifier}">' in text for identifier in annotated)
        link = f'<a href="{kind.plural}/">'
        assert (link in index) == bool(annotated)
        counted += len(annotated)
    assert counted
