"""Figures have units, partners and periods; derived ones recompute; none is told twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.figures import check
from tests.checking import new, said
from tests.helpers import Change, toy_store

EXPORTS = "of: birch, partner: cedar, measure: exports, period: 2011, sources: [note-1]"
MONEY = "value: 3, unit: usd"


def figure(fields: str, base: str = EXPORTS) -> Change:
    return new("figures", f"elm: {{{base}, {fields}}}\n")


def rules(folder: Path, *changes: Change) -> list[str]:
    return [line.partition(" ")[2] for line in said(check, folder, *changes)]


def test_the_toy_has_right_figures(tmp_path: Path) -> None:
    assert said(check, tmp_path) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (MONEY, []),
        ("value: 3", ["missing-unit 3"]),
        ("range: {lower: 3, upper: 4.0}", ["missing-unit 3/4.0"]),
        ("vague: dozens", []),
        ("change: {direction: up, percent: 3}", []),
        ("value: 3, unit: bus", ["wrong-unit bus"]),
        ("value: 3, unit: nothing", []),  # an unknown term, told elsewhere
        ("share: {percent: 100, whole: foreign-trade}", []),
        ("share: {percent: 100.1, whole: foreign-trade}", ["invalid-percentage 100.1"]),
        ("share: {percent: -1, whole: foreign-trade}", ["invalid-percentage -1"]),
        ("change: {direction: up, percent: 300}", []),
        ("change: {direction: up, percent: -3}", ["invalid-percentage -3"]),
        ("change: {direction: down, percent: 100}", []),
        ("change: {direction: down, percent: 101}", ["invalid-percentage 101"]),
        ("readings: [{value: a, sources: [note-1]}]", ["missing-verdict None"]),
        (f"{MONEY}, verdict: corrected", ["missing-verdict None"]),
    ],
)
def test_what_makes_a_figure_comparable(fields: str, expected: list[str], tmp_path: Path) -> None:
    assert rules(tmp_path, figure(fields)) == expected


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("of: birch, measure: exports, period: 2011", ["missing-partner None"]),
        ("of: birch, measure: quantity, period: 2011", ["wrong-unit usd"]),
        ("of: birch, measure: nothing, period: 2011", []),
    ],
)
def test_a_measure_asks_for_partner_and_unit(
    base: str, expected: list[str], tmp_path: Path
) -> None:
    assert rules(tmp_path, figure(MONEY, base)) == expected


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("kind: visit, date: 2019", []),
        ("kind: visit", ["missing-period None"]),
    ],
)
def test_an_inline_figure_takes_its_time_from_its_record(
    record: str, expected: list[str], tmp_path: Path
) -> None:
    inline = "figures: {a: {measure: quantity, value: 2, unit: bus}}"
    assert rules(tmp_path, new("meetings", f"elm: {{{record}, {inline}}}\n")) == expected


def test_an_inline_figure_is_named_by_its_place(tmp_path: Path) -> None:
    head = "elm:\n  kind: visit\n  date: 2019\n  figures:\n    a:\n"
    text = f"{head}      measure: quantity\n      value: 2\n"
    assert said(check, tmp_path, new("meetings", text)) == [
        "facts/meetings/new.yaml:5:5 missing-unit 2"
    ]


def test_a_partner_is_not_asked_of_inline_figures(tmp_path: Path) -> None:
    text = f"elm: {{kind: visit, date: 2019, figures: {{a: {{measure: exports, {MONEY}}}}}}}\n"
    assert rules(tmp_path, new("meetings", text)) == []


@pytest.mark.parametrize(
    ("fields", "is_told"),
    [
        ("period: 2019, value: 5, scale: million, unit: usd", True),
        ("period: 2018, value: 5, scale: million, unit: usd", False),
        ("period: 2019, value: 5, scale: million, unit: eur", False),
        ("period: 2019, value: 5, unit: usd, stage: {at: planned}", False),
        ("period: 2019, value: 5, unit: usd, goods: [cheese]", False),
        ("period: 2019, value: 5, unit: usd, by: orlen", False),
        ("period: 2019-01/2019-09, value: 5, unit: usd", False),
    ],
)
def test_a_figure_is_told_once(fields: str, is_told: bool, tmp_path: Path) -> None:
    text = f"elm: {{of: alder, partner: cedar, measure: trade, {fields}, sources: [note-1]}}\n"
    expected = ["facts/figures/new.yaml:1:1 duplicate-figure elm"] if is_told else []
    found = said(check, tmp_path, new("figures", text))
    # alder-trade-2018 has no unit of its own: it is derived.
    assert found == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("derived: {rule: sum, inputs: [alder-trade-2017, alder-trade-2019]}", []),
        ("derived: {rule: sum, inputs: [alder-trade-2017, nothing]}", []),  # told elsewhere
        ("derived: {rule: sum, inputs: []}", ["cannot-derive sum"]),
        ("derived: {rule: difference, inputs: [alder-trade-2017]}", ["cannot-derive difference"]),
        ("derived: {rule: sum, inputs: [alder-trade-2018]}", ["cannot-derive sum"]),
        ("derived: {rule: sum, inputs: [birch-exports-2020]}", ["cannot-derive sum"]),
        ("derived: {rule: before-growth, inputs: [alder-trade-2017]}",
         ["cannot-derive before-growth"]),
        ("value: 119, scale: million, unit: usd,"
         " derived: {rule: difference, inputs: [alder-trade-2019, alder-trade-2017]}",
         ["wrong-derivation 119000000"]),
        ("value: 120, scale: million, unit: usd,"
         " derived: {rule: difference, inputs: [alder-trade-2019, alder-trade-2017]}", []),
        ("value: 120000, scale: thousand, unit: usd,"
         " derived: {rule: difference, inputs: [alder-trade-2019, alder-trade-2017]}", []),
        ("value: 120, scale: nothing, unit: usd,"
         " derived: {rule: difference, inputs: [alder-trade-2019, alder-trade-2017]}", []),
    ],
)  # fmt: skip
def test_derived_figures_recompute(fields: str, expected: list[str], tmp_path: Path) -> None:
    assert rules(tmp_path, figure(fields)) == expected


def test_a_message_says_what_the_rule_gives(tmp_path: Path) -> None:
    change = Change("facts/figures/figures.yaml", "value: 122", "value: 122.5")
    (problem,) = check(toy_store(tmp_path, change))
    assert problem.message == "the rule sum gives 122000000 in base units"
    assert problem.value == "122500000.0"
    assert str(problem.place) == "content/facts/figures/figures.yaml:24:10"
