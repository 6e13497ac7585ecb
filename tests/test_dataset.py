"""The dataset: order, back-links, citations and every figure with what it inherits."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from decimal import Decimal
from pathlib import Path

import pytest

from generator.dataset import build_dataset, date_of
from generator.model.kinds import KINDS
from generator.model.marks import references
from generator.store import Store
from tests.helpers import Change, toy, toy_data, toy_store


def linked(identifier: str, kind: str) -> list[str]:
    return [item.id for item in toy_data().linked(identifier, kind)]


def test_every_record_is_there_once() -> None:
    data = toy_data()
    assert data.items.keys() == toy().entries.keys()
    assert data.by_kind.keys() == KINDS.keys()
    assert sorted(i.id for group in data.by_kind.values() for i in group) == sorted(data.items)
    for item in data.items.values():
        entry = toy().entries[item.id]
        assert data[item.id] is item
        assert (item.record, item.file, item.line) == (
            entry.record,
            entry.place.file,
            entry.place.line,
        )


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        ("agreement", ["alder-cedar-2015", "alder-cedar-plan-2016", "birch-cedar-2019"]),
        ("forum", ["forum-1", "forum-2"]),
        ("meeting", ["commission-3", "birch-visit"]),
        # By number, chapters and notes alike, then by date, then by id; dated ones first.
        ("source", ["note-1", "chapter-1", "note-2", "note-3", "the-book", "list-of-codes"]),
        (
            "figure",
            [
                "alder-trade-2017",
                "alder-trade-total",
                "alder-trade-2018",
                "alder-trade-2019",
                "birch-exports-2020",
                "birch-share-2020",
            ],
        ),
    ],
)
def test_records_of_a_kind_stand_in_order(kind: str, ids: list[str]) -> None:
    assert [item.id for item in toy_data().by_kind[kind]] == ids


def test_the_order_does_not_depend_on_the_order_of_files(tmp_path: Path) -> None:
    store = toy_store(tmp_path)
    store.entries = dict(reversed(store.entries.items()))
    data = build_dataset(store)
    assert data.by_kind == toy_data().by_kind
    assert data.links == toy_data().links
    assert data.statements == toy_data().statements
    assert data.cited_by == toy_data().cited_by


@pytest.mark.parametrize(
    ("identifier", "kind", "ids"),
    [
        ("forum-2", "agreement", ["alder-cedar-2015"]),
        ("forum-1", "agreement", []),
        ("alder-cedar-2015", "agreement", ["alder-cedar-plan-2016", "birch-cedar-2019"]),
        ("alder-cedar-plan-2016", "project", ["cedar-buses"]),
        ("shared-forests", "project", ["birch-study"]),
        ("kestria", "region", ["alder", "birch"]),
        ("joint-commission", "meeting", ["commission-3"]),
        ("commission-3", "position", ["orlen-2020"]),
        ("alder-works", "project", ["cedar-buses"]),
        ("alder-works", "trade-goods", ["alder-goods-2019"]),
        ("alder-works", "person", ["tamsin"]),
        # Through a place, a body and a person.
        ("cedar", "partnership", ["alder-city-cedar-port"]),
        ("alder", "partnership", ["alder-city-cedar-port"]),
        ("cedar", "forum", ["forum-1"]),
        ("alder", "organisation", ["alder-works"]),
        ("alder", "person", ["orlen", "tamsin"]),
        ("alder", "position", ["orlen-2020"]),
        ("alder", "project", ["cedar-buses"]),
        ("cedar", "meeting", ["commission-3", "birch-visit"]),
        # Not for what a plan or a derivation rests on.
        ("alder-trade-2019", "figure", []),
    ],
)
def test_back_links_are_computed(identifier: str, kind: str, ids: list[str]) -> None:
    assert linked(identifier, kind) == ids


def test_every_reference_has_its_back_link() -> None:
    data = toy_data()
    for item in data.items.values():
        for reference in references(item.record):
            target = data[reference.value]
            if target.kind == "source":
                assert item.id in data.cited_by[target.id]
            elif reference.path[0] != "derived":
                assert item.id in linked(target.id, item.kind)


def test_nothing_links_to_itself() -> None:
    for target, kinds in toy_data().links.items():
        assert all(target not in ids for ids in kinds.values())


def test_subjects_are_what_a_record_is_about_and_the_regions_of_that() -> None:
    subjects = toy_data().subjects
    assert subjects["orlen-2020"] == (
        "orlen", "alder", "tamsin", "cedar", "commission-3"
    )  # fmt: skip
    assert subjects["alder-city-cedar-port"] == (
        "alder-city", "alder", "cedar-port", "cedar"
    )  # fmt: skip
    assert subjects["note-1"] == ()


def test_a_source_knows_all_that_rests_on_it() -> None:
    cited = toy_data().cited_by
    assert "alder-cedar-2015" in cited["note-2"]  # one field only
    assert "birch-exports-2020" in cited["note-2"]  # one reading only
    assert "note-1" in cited["chapter-1"]
    assert "note-3" not in cited


def test_former_ids_redirect() -> None:
    assert toy_data().redirects == {"old-birch": "birch", "tamsyn": "tamsin"}


@pytest.mark.parametrize(
    ("identifier", "date"),
    [
        ("alder-cedar-2015", "2015-03"),
        ("alder-cedar-plan-2016", "2016-01"),
        ("forum-1", "2014-05-20/2014-05-22"),
        ("alder-city-cedar-port", "2010"),
        ("shared-forests", "2019/2023"),
        ("birch-study", "2020"),
        ("alder-goods-2019", "2019"),
        ("note-1", "2019"),
        ("alder", None),
    ],
)
def test_the_date_that_orders_a_record(identifier: str, date: str | None) -> None:
    found = date_of(toy_data()[identifier].record)
    assert (found and found.edtf) == date


def test_a_figure_has_a_base_value() -> None:
    statement = toy_data().statements["alder-trade-2017"]
    assert statement.base == Decimal(1_500_000)
    assert str(statement.amount.value) == "1.5"
    assert (statement.owner, statement.upper, statement.derived) == (
        "alder-trade-2017",
        None,
        False,
    )
    assert statement.subjects == ("alder", "cedar")
    assert statement.sources == ("note-1",)


def test_an_inline_figure_inherits_subjects_date_and_sources() -> None:
    statement = toy_data().statements["cedar-buses.large"]
    assert statement.owner == "cedar-buses"
    assert statement.subjects[:3] == ("cedar-buses", "cedar", "alder-works")
    assert statement.date is not None and statement.date.edtf == "2019"
    assert statement.sources == ("note-1", "note-2")
    assert statement.base == 12
    assert [s.id for s in toy_data().statements_of["cedar-buses"]] == [
        "cedar-buses.large",
        "cedar-buses.small",
    ]


def test_a_derived_figure_is_filled_in_with_the_sources_of_its_inputs() -> None:
    statement = toy_data().statements["alder-trade-2018"]
    assert statement.derived
    assert statement.base == Decimal(108_000_000)
    assert (statement.amount.value, statement.amount.scale) == (Decimal(108), "million")
    assert statement.amount.unit == "usd"
    assert toy_data().statements["alder-trade-total"].sources == ("note-2", "note-1")


def test_a_derived_figure_of_nothing_keeps_its_scale(tmp_path: Path) -> None:
    changes = [
        Change("facts/figures/figures.yaml", "value: 1.5", "value: 0"),
        Change("facts/figures/figures.yaml", "  value: 122\n  scale: million\n  unit: usd\n", ""),
    ]
    statement = build_dataset(toy_store(tmp_path, *changes)).statements["alder-trade-total"]
    assert statement.base == Decimal(121_000_000)
    assert (statement.amount.value, statement.amount.scale) == (Decimal(121), "million")


def test_readings_bring_their_sources() -> None:
    statement = toy_data().statements["birch-exports-2020"]
    assert statement.base is None
    assert statement.sources == ("note-1", "note-2")


def test_a_range_has_two_base_values(tmp_path: Path) -> None:
    fields = "of: birch, measure: exports, period: 2011, scale: million, unit: usd"
    change = Change(
        "facts/figures/more.yaml", "", f"f: {{{fields}, range: {{lower: 1, upper: 2.5}}}}"
    )
    statement = build_dataset(toy_store(tmp_path, change)).statements["f"]
    assert (statement.base, statement.upper) == (Decimal(1_000_000), Decimal(2_500_000))


def test_the_tiles_of_regions_stand_by_country() -> None:
    assert toy_data().tiles == {"kestria": {"alder": (1, 2)}}


def test_a_dataset_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        toy_data().items = {}  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        toy_data()["alder"].line = 3  # type: ignore[misc]


def test_without_settings_there_is_no_dataset() -> None:
    with pytest.raises(ValueError, match="needs a site"):
        build_dataset(Store())
