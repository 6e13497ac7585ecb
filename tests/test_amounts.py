"""What a figure can say: one size at most, and something at least."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from generator.model.amounts import (
    Ambiguity,
    Amount,
    Change,
    Direction,
    Rank,
    Rule,
    Share,
)
from generator.model.amounts import Range as Span

VALUE = {"measure": "trade", "value": "121", "unit": "usd"}


def amount(**fields: Any) -> Amount:
    return Amount.model_validate({"measure": "trade", **fields})


def message(model: Any, fields: dict[str, Any]) -> str:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(fields)
    (error,) = caught.value.errors()
    return str(error["ctx"]["message"])


@pytest.mark.parametrize(
    "fields",
    [
        {"value": "121"},
        {"range": {"lower": "1", "upper": "2"}},
        {"vague": "dozens"},
        {"change": {"direction": "up", "percent": "12"}},
        {"share": {"percent": "4", "whole": "trade"}},
        {"rank": {"place": "3", "scope": "record"}},
        {"ratio": {"factor": "2", "to": "cheese"}},
        {"derived": {"rule": "sum", "inputs": ["a", "b"]}},
        {"readings": [{"value": "3", "sources": ["a"]}, {"value": "8", "sources": ["b"]}]},
        {"value": "121", "change": {"direction": "down", "factor": "2.1"}},
        {"value": "122", "derived": {"rule": "sum", "inputs": ["a"]}},
    ],
)
def test_a_figure_says_something(fields: dict[str, Any]) -> None:
    assert amount(**fields).measure == "trade"


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, "the figure says nothing"),
        ({"unit": "usd"}, "the figure says nothing"),
        ({"qualifier": "about", "period": "2017"}, "the figure says nothing"),
        ({"value": "1", "vague": "dozens"}, "a figure has one size"),
        ({"value": "1", "range": {"lower": "1", "upper": "2"}}, "a figure has one size"),
        ({"vague": "dozens", "range": {"lower": "1", "upper": "2"}}, "a figure has one size"),
    ],
)
def test_a_figure_that_says_nothing_or_too_much(fields: dict[str, Any], text: str) -> None:
    assert message(Amount, {"measure": "trade", **fields}) == text


@pytest.mark.parametrize(
    ("fields", "digits"),
    [
        ({"value": "2.40"}, "2.40"),
        ({"value": "121"}, "121"),
        ({"range": {"lower": "1.0", "upper": "2"}}, "1.0/2"),
        ({"vague": "dozens"}, None),
    ],
)
def test_the_printed_digits_stay(fields: dict[str, Any], digits: str | None) -> None:
    assert amount(**fields).digits == digits


@pytest.mark.parametrize(
    "said",
    [
        {"percent": "12"},
        {"range": {"lower": "10", "upper": "12"}},
        {"fraction": "half"},
        {"factor": "2.1"},
        {"vague": "slightly"},
    ],
)
def test_a_change_says_one_thing(said: dict[str, Any]) -> None:
    change = Change.model_validate({"direction": "down", **said})
    assert change.direction is Direction.DOWN
    assert message(Change, {"direction": "up"}) == "a change says one thing"
    other = {"factor": "3"} if "factor" not in said else {"percent": "3"}
    assert message(Change, {"direction": "up", **said, **other}) == "a change says one thing"


def test_a_factor_down_is_never_a_percentage() -> None:
    change = Change.model_validate({"direction": "down", "factor": "2.1"})
    assert (change.factor, change.percent) == (Decimal("2.1"), None)


def test_what_a_percentage_leaves_open_can_be_said() -> None:
    fields = {"direction": "up", "percent": "142", "ambiguous": "index-or-increase"}
    assert Change.model_validate(fields).ambiguous is Ambiguity.INDEX_OR_INCREASE


@pytest.mark.parametrize(("lower", "upper"), [("2", "2"), ("3", "2"), ("-1", "-2"), ("1.0", "1")])
def test_a_range_runs_upwards(lower: str, upper: str) -> None:
    text = message(Span, {"lower": lower, "upper": upper})
    assert text == "the lower bound is not below the upper one"


@pytest.mark.parametrize("fields", [{}, {"percent": "4", "vague": "small"}])
def test_a_share_says_one_thing(fields: dict[str, Any]) -> None:
    assert message(Share, {"whole": "trade", **fields}) == "a share says one thing"


@pytest.mark.parametrize(("place", "total"), [("0", None), ("-1", None), ("9", "8"), ("1", "0")])
def test_a_rank_lies_within_its_total(place: str, total: str | None) -> None:
    fields = {"place": place, "scope": "record"} | ({"total": total} if total else {})
    assert message(Rank, fields) == "there is no such place in an order"


def test_a_rank_may_be_the_last() -> None:
    rank = Rank.model_validate({"place": "8", "scope": "record", "total": "8"})
    assert (rank.place, rank.total) == (8, 8)


@pytest.mark.parametrize("rule", Rule)
def test_the_rules_of_derivation_are_named(rule: Rule) -> None:
    derived = amount(derived={"rule": rule.value, "inputs": ["a"]}).derived
    assert derived is not None
    assert derived.rule is rule


def test_nothing_of_a_figure_can_be_changed() -> None:
    with pytest.raises(ValidationError):
        Amount.model_validate(VALUE).value = Decimal(1)  # type: ignore[misc]
