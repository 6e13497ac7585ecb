"""What a record is, and every place that uses it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.errors import UsageError
from generator.inspect import find_entry, show_record, used_by
from generator.model.marks import references
from tests.helpers import Change, toy, toy_project


def test_a_record_is_found_by_its_id_and_by_former_ones() -> None:
    assert find_entry(toy(), "birch").id == "birch"
    assert find_entry(toy(), "old-birch").id == "birch"
    with pytest.raises(UsageError, match=re.escape("no record has the id 'brich'")):
        find_entry(toy(), "brich")
    with pytest.raises(UsageError, match=re.escape("did you mean 'birch'?")):
        find_entry(toy(), "brich")
    with pytest.raises(UsageError, match=r"no record has the id '!'$"):
        find_entry(toy(), "!")


def test_a_record_is_shown_with_its_words_and_uses(tmp_path: Path) -> None:

    assert show_record(toy_project(tmp_path), "cedar-port") == (
        "cedar-port (place)\n"
        "  content/facts/places/places.yaml:3:1\n"
        "  sources.0 → note-2\n"
        "  kind: town\n"
        "  region → cedar\n"
        "words:\n"
        "  de name: Hafen Cedar\n"
        "  en name: Port Cedar\n"
        "used by (6):\n"
        "  content/facts/agreements/agreements.yaml:17:10: alder-cedar-plan-2016 place\n"
        "  content/facts/forums/forums.yaml:4:9: forum-1 host\n"
        "  content/facts/meetings/meetings.yaml:6:10: commission-3 place\n"
        "  content/facts/partnerships/partnerships.yaml:3:25: alder-city-cedar-port parties.1\n"
        "  content/facts/projects/projects.yaml:5:10: cedar-buses place\n"
        "  content/words/en/agreements.yaml:1:24: alder-cedar-2015.text\n"
    )


def test_uses_are_references_links_figures_and_dates() -> None:
    uses = used_by(toy(), "cedar-buses")
    assert [re.sub(r"^\S+ ", "", use) for use in uses] == [
        "cedar-buses.text",
        "alder.summary",
        "cedar-buses.text",
        "alder.summary",
    ]
    assert "content/words/en/regions.yaml:4:18: alder.summary-2" in used_by(
        toy(), "alder-cedar-2015"
    )


def test_names_are_no_prose_and_use_nothing() -> None:
    assert "[C](d)" in toy().words["en"]["cedar-labs.name"].text
    assert used_by(toy(), "d") == []


def test_every_reference_is_a_use() -> None:
    for entry in toy().entries.values():
        for reference in references(entry.record):
            path = ".".join(map(str, reference.path))
            use = f"{entry.at(reference.path)}: {entry.id} {path}"
            assert use in used_by(toy(), reference.value)


def test_a_record_is_shown_while_others_are_broken(tmp_path: Path) -> None:

    change = Change("facts/forums/forums.yaml", "number: 1", "number: one")
    assert show_record(toy_project(tmp_path, change), "forum-2").startswith("forum-2 (forum)\n")
