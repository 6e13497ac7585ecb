"""Dates come in order, and what has happened lies within the state of the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.dates import check
from tests.checking import new, said
from tests.helpers import Change

PACT = "kind: agreement, parties: [{of: alder}], sources: [note-1]"


def agreement(*fields: str) -> Change:
    return new("agreements", f"elm: {{{', '.join((PACT, *fields))}}}\n")


def rules(folder: Path, *changes: Change) -> list[str]:
    return [line.partition(" ")[2] for line in said(check, folder, *changes)]


def test_the_toy_is_in_order(tmp_path: Path) -> None:
    assert said(check, tmp_path) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (["signed: 2019", "in_force: 2018"], ["dates-out-of-order 2018"]),
        (["signed: 2019-05", "in_force: 2019"], []),  # within the year
        (["signed: 2019", "in_force: 2019-01-01"], []),  # may be the same day
        (["signed: 2019-05-02", "in_force: 2019-05-01"], ["dates-out-of-order 2019-05-01"]),
        (["adopted: 2019", "in_force: 2018-12"], ["dates-out-of-order 2018-12"]),
        (["signed: 2019", "adopted: 2018"], []),  # adopted before, signed after
        (["signed: 2019", "term: 2016/2018"], ["dates-out-of-order 2016/2018"]),
        (["signed: 2019", "term: 2016/2019"], []),
        (["signed: 2019", "term: 2016/.."], []),
        (["adopted: 2019", "term: 2016/2018"], ["dates-out-of-order 2016/2018"]),
        (["reported: 2019", "term: 2016/2018"], []),
        (["signed: 2022"], ["date-after-data 2022"]),
        (["signed: 2021"], []),  # the year of the data
        (["signed: 2021-06"], []),
        (["signed: 2021-07"], ["date-after-data 2021-07"]),
        (["in_force: 2021-07"], ["date-after-data 2021-07"]),
        (["adopted: 2021-07"], ["date-after-data 2021-07"]),
        (["reported: 2021-07"], ["date-after-data 2021-07"]),
        (["signed: 2020", "term: 2025/2030"], []),  # plans lie ahead
        (["signed: 2020", "stage: {at: planned, as_of: 2022}"], ["date-after-data 2022"]),
    ],
)
def test_the_dates_of_an_agreement(fields: list[str], expected: list[str], tmp_path: Path) -> None:
    assert rules(tmp_path, agreement(*fields)) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (["signed: 2016"], []),
        (["signed: 2015"], []),
        (["signed: 2014"], ["dates-out-of-order alder-cedar-2015"]),
        (["adopted: 2014-12"], ["dates-out-of-order alder-cedar-2015"]),
        (["term: 2013/2014"], ["dates-out-of-order alder-cedar-2015"]),
        (["term: 2013/2016"], []),
        (["signed: 2016", "term: 2021/2023"], ["dates-out-of-order 2021/2023"]),
        (["signed: 2016", "term: 2020/2023"], []),  # goes on after it
        (["reported: 2013"], []),
    ],
)
def test_a_plan_fits_the_agreement_that_it_implements(
    fields: list[str], expected: list[str], tmp_path: Path
) -> None:
    change = agreement(*fields, "implements: alder-cedar-2015")
    assert rules(tmp_path, change) == expected


def test_a_plan_of_something_else_is_no_matter_of_dates(tmp_path: Path) -> None:
    assert rules(tmp_path, agreement("signed: 2010", "implements: alder")) == []
    assert rules(tmp_path / "b", agreement("signed: 2010", "implements: nowhere")) == []


@pytest.mark.parametrize(
    ("kinds", "text"),
    [
        ("meetings", "elm: {kind: visit, date: 2022, sources: [note-1]}\n"),
        ("forums", "elm: {number: 9, date: 2022-01, sources: [note-1]}\n"),
        ("positions", "elm: {stance: offers, about: [alder], date: 2022, sources: [note-1]}\n"),
        (
            "projects",
            "elm: {kind: research, of: [alder], stage: {at: done, as_of: 2022}}\n",
        ),
        (
            "meetings",
            "elm: {kind: visit, figures: {a: {measure: quantity, value: 2, unit: bus,"
            " stage: {at: done, as_of: 2022}}}}\n",
        ),
        (
            "figures",
            "elm: {of: alder, measure: quantity, period: 2019, value: 2, unit: bus,"
            " stage: {at: done, as_of: 2022}}\n",
        ),
    ],
)
def test_what_has_happened_is_not_ahead(kinds: str, text: str, tmp_path: Path) -> None:
    (found,) = rules(tmp_path, new(kinds, text))
    assert found.startswith("date-after-data 2022")
    assert rules(tmp_path / "b", new(kinds, text.replace("2022", "2021"))) == []


@pytest.mark.parametrize(
    ("kinds", "text"),
    [
        ("figures", "elm: {of: alder, measure: trade, period: 2030, value: 2, unit: usd}\n"),
        ("programmes", "elm: {kind: union-state-programme, term: 2025/2030}\n"),
    ],
)
def test_targets_and_terms_may_lie_ahead(kinds: str, text: str, tmp_path: Path) -> None:
    assert rules(tmp_path, new(kinds, text)) == []


def test_without_settings_nothing_lies_after_the_data(tmp_path: Path) -> None:
    changes = [Change("site.yaml", "as_of: 2021-06", "as_of: now"), agreement("signed: 2050")]
    assert rules(tmp_path, *changes) == []
