"""Nothing lies unused, nothing has vanished, nothing is out of the span of the sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.completeness import check
from tests.checking import new, said
from tests.helpers import Change

PORT = "alder-port: {kind: town, region: alder, sources: [note-1]}\n"
SOURCES = "facts/sources/sources.yaml"


def test_everything_in_the_toy_is_used(tmp_path: Path) -> None:
    assert said(check, tmp_path) == []


@pytest.mark.parametrize(
    ("kinds", "text"),
    [
        ("places", PORT),
        ("persons", "doe: {of: alder, sources: [note-1]}\n"),
        ("districts", "west: {kind: federal-district, country: kestria, sources: [note-1]}\n"),
    ],
)
def test_what_nothing_shows_is_an_orphan(kinds: str, text: str, tmp_path: Path) -> None:
    identifier = text.partition(":")[0]
    found = said(check, tmp_path, new(kinds, text))
    assert found == [f"facts/{kinds}/new.yaml:1:1 orphan-record {identifier}"]


@pytest.mark.parametrize(
    "change",
    [
        Change("facts/meetings/meetings.yaml", "place: birch-town", "place: alder-port"),
        Change("words/de/countries.yaml", "", 'kestria.summary: "Am [Hafen](alder-port)."\n'),
    ],
)
def test_a_reference_or_a_link_in_any_language_is_a_use(change: Change, tmp_path: Path) -> None:
    found = said(check, tmp_path, new("places", PORT), change)
    assert not [line for line in found if "alder-port" in line]


def test_a_link_in_a_name_is_no_use(tmp_path: Path) -> None:
    changes = [new("places", PORT), Change("words/en/persons.yaml", "Tamsin", "[x](alder-port)")]
    assert len(said(check, tmp_path, *changes)) == 1


def test_a_record_with_figures_is_shown_by_them(tmp_path: Path) -> None:
    figures = "figures: {a: {measure: quantity, value: 2, unit: piece}}"
    assert said(check, tmp_path, new("places", PORT.replace("}", f", {figures}}}"))) == []


def test_a_source_is_cited_or_says_that_it_is_not(tmp_path: Path) -> None:
    text = "spare: {kind: web, title: T}\n"
    assert said(check, tmp_path, new("sources", text)) == [
        "facts/sources/new.yaml:1:1 unused-source spare"
    ]
    unused = Change("facts/sources/new.yaml", "title: T", "title: T, unused: true")
    assert said(check, tmp_path / "b", new("sources", text), unused) == []


def test_a_source_that_is_used_does_not_say_that_it_is_not(tmp_path: Path) -> None:
    change = Change(SOURCES, "page: 12-14", "unused: true")
    assert said(check, tmp_path, change) == [f"{SOURCES}:31:11 unused-source note-2"]


def test_what_cannot_be_read_may_use_everything(tmp_path: Path) -> None:
    changes = [
        new("places", PORT),
        new("sources", "spare: {kind: web, title: T}\n"),
        Change("facts/forums/forums.yaml", "number: 1", "number: one"),
    ]
    assert said(check, tmp_path, *changes) == []


def test_lost_records_are_noticed(tmp_path: Path) -> None:
    change = Change("site.yaml", "agreement: 3", "agreement: 4")
    assert said(check, tmp_path, change) == ["site.yaml:10:14 vanished-records 4"]


def test_a_file_that_cannot_be_read_has_not_vanished(tmp_path: Path) -> None:
    change = Change("facts/agreements/agreements.yaml", "alder-cedar-2015:\n", b"\0")
    assert said(check, tmp_path, change) == []


def test_dates_lie_within_the_span_of_the_sources(tmp_path: Path) -> None:
    change = Change("facts/partnerships/partnerships.yaml", "[2010, 2011-05]", "[1999, 2000-01]")
    assert said(check, tmp_path, change) == [
        "facts/partnerships/partnerships.yaml:4:11 date-before-data 1999"
    ]


def test_without_a_span_every_date_is_right(tmp_path: Path) -> None:
    changes = [
        Change("site.yaml", "earliest: 2000\n", ""),
        Change("facts/partnerships/partnerships.yaml", "[2010, 2011-05]", "[1066]"),
    ]
    assert said(check, tmp_path, *changes) == []
