"""Derived values: the named rules, their exactness, and that they recompute."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.checks.figures import check
from generator.dataset import base_value
from generator.derive import CannotDerive, derive
from generator.model.amounts import Amount, Rule
from tests.helpers import Change, toy, toy_data, toy_store

FACTORS = {"one": 1, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}


def amount(value: str | None, scale: str = "one", unit: str = "usd", **more: Any) -> Amount:
    fields: dict[str, Any] = {"measure": "trade", "scale": scale, "unit": unit, **more}
    if value is not None:
        fields["value"] = value
    return Amount.model_validate(fields)


def base(one: Amount) -> Decimal | None:
    return None if one.value is None else one.value * FACTORS[one.scale or "one"]


def result(rule: Rule, *inputs: Amount) -> str:
    return str(derive(rule, inputs, base))


def up(percent: str) -> dict[str, Any]:
    return {"change": {"direction": "up", "percent": percent}}


def down(percent: str) -> dict[str, Any]:
    return {"change": {"direction": "down", "percent": percent}}


@pytest.mark.parametrize(
    ("inputs", "value"),
    [
        ([("121", "million"), ("1.5", "million")], "122000000"),
        ([("1.5", "million"), ("1.25", "million")], "2800000"),
        ([("5", "million"), ("250", "thousand")], "5000000"),
        ([("0.1", "one"), ("0.2", "one")], "0.3"),
        ([("1.10", "one"), ("2.20", "one")], "3.30"),
        ([("7", "one")], "7"),
        ([("5", "one"), ("-5", "one")], "0"),
        ([("0", "million"), ("3", "million")], "3000000"),
        ([("200", "million")] * 3, "600000000"),
    ],
)
def test_a_sum_ends_where_its_least_exact_input_does(
    inputs: list[tuple[str, str]], value: str
) -> None:
    assert result(Rule.SUM, *(amount(*one) for one in inputs)) == value


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [
        (("121", "million"), ("119", "million"), "2000000"),
        (("1.50", "million"), ("1.25", "million"), "250000"),
        (("1", "million"), ("2", "million"), "-1000000"),
        (("1.0", "one"), ("1.0", "one"), "0"),
    ],
)
def test_a_difference_too(first: tuple[str, str], second: tuple[str, str], value: str) -> None:
    assert result(Rule.DIFFERENCE, amount(*first), amount(*second)) == value


@pytest.mark.parametrize(
    ("written", "change", "value"),
    [
        (("121", "million"), up("12"), "108000000"),
        (("77", "million"), down("17.3"), "93000000"),
        (("77.0", "million"), down("17.3"), "93100000"),
        (("100", "one"), up("0"), "100"),
        (("2.1", "one"), {"change": {"direction": "up", "factor": "2.1"}}, "1.0"),
        (("50", "one"), {"change": {"direction": "down", "factor": "2.1"}}, "100"),
        (("5.0", "million"), {"change": {"direction": "up", "factor": "3"}}, "1700000"),
    ],
)
def test_the_value_before_a_growth(
    written: tuple[str, str], change: dict[str, Any], value: str
) -> None:
    assert result(Rule.BEFORE_GROWTH, amount(*written, **change)) == value


def test_a_quotient_keeps_the_digits_of_its_least_exact_input() -> None:
    assert result(Rule.QUOTIENT, amount("100"), amount("3.0")) == "33"
    assert result(Rule.QUOTIENT, amount("1.00", "million"), amount("300", "thousand")) == "3.33"


@pytest.mark.parametrize(
    ("rule", "inputs", "message"),
    [
        (Rule.SUM, [], "every input needs a value"),
        (Rule.SUM, [amount("1"), amount(None, vague="dozens")], "every input needs a value"),
        (Rule.SUM, [amount(None, range={"lower": "1", "upper": "2"})], "every input needs a value"),
        (Rule.SUM, [amount("1"), amount("1", unit="eur")], "the inputs have different units"),
        (Rule.DIFFERENCE, [amount("1"), amount("1", unit="eur")], "different units"),
        (Rule.DIFFERENCE, [amount("1")], "a difference has two inputs"),
        (Rule.DIFFERENCE, [amount("1")] * 3, "a difference has two inputs"),
        (Rule.QUOTIENT, [amount("1")], "a quotient has two inputs"),
        (Rule.QUOTIENT, [amount("1"), amount("0")], "the second not zero"),
        (Rule.BEFORE_GROWTH, [amount("1")], "one input with a change"),
        (Rule.BEFORE_GROWTH, [amount("1", **up("3"))] * 2, "one input with a change"),
        (Rule.BEFORE_GROWTH, [amount("1", **down("100"))], "leaves nothing to divide by"),
        (Rule.BEFORE_GROWTH, [amount("1", **down("120"))], "leaves nothing to divide by"),
        (
            Rule.BEFORE_GROWTH,
            [amount("1", change={"direction": "down", "factor": "0"})],
            "leaves nothing to divide by",
        ),
        (
            Rule.BEFORE_GROWTH,
            [amount("1", change={"direction": "up", "fraction": "half"})],
            "in percent or as a factor",
        ),
    ],
)
def test_what_does_not_fit_the_rule(rule: Rule, inputs: list[Amount], message: str) -> None:
    with pytest.raises(CannotDerive, match=message):
        derive(rule, inputs, base)


numbers = st.decimals(
    min_value=Decimal("-1e9"), max_value=Decimal("1e9"), places=3, allow_nan=False
).map(lambda number: f"{number.normalize():f}")
positive = st.integers(1, 10**9).map(lambda number: f"{Decimal(number).scaleb(-3).normalize():f}")
amounts = st.builds(amount, numbers, st.sampled_from(sorted(FACTORS)))
grown = st.builds(
    lambda value, scale, change: amount(value, scale, **change),
    positive,
    st.sampled_from(sorted(FACTORS)),
    st.one_of(positive.map(up), positive.map(down)),
)


@given(st.sampled_from(Rule), st.lists(st.one_of(amounts, grown), max_size=3))
def test_a_rule_gives_a_plain_number_or_says_why_not(rule: Rule, inputs: list[Amount]) -> None:
    try:
        found = derive(rule, inputs, base)
    except CannotDerive as error:
        assert str(error)
    else:
        assert found.is_finite()
        assert int(found.as_tuple().exponent) <= 0  # no digits are left out before the point


@given(st.lists(amounts, min_size=1, max_size=5))
def test_a_sum_does_not_depend_on_order_and_is_near_the_true_one(inputs: list[Amount]) -> None:
    found = derive(Rule.SUM, inputs, base)
    assert found == derive(Rule.SUM, inputs[::-1], base)
    true = sum((base(one) or Decimal(0) for one in inputs), Decimal(0))
    steps = [Decimal(1).scaleb(exponent_of(one)) * FACTORS[one.scale or "one"] for one in inputs]
    assert abs(found - true) <= max(steps) / 2
    assert found % max(steps) == 0


def exponent_of(one: Amount) -> int:
    assert one.value is not None
    return int(one.value.as_tuple().exponent)


@given(grown)
def test_growing_again_leads_back_within_the_exactness(one: Amount) -> None:
    try:
        before = derive(Rule.BEFORE_GROWTH, [one], base)
    except CannotDerive:
        assume(False)
    assert one.change is not None and one.change.percent is not None and one.value is not None
    sign = 1 if one.change.direction == "up" else -1
    again = before * (1 + sign * one.change.percent / 100)
    digits = len(one.value.as_tuple().digits)
    value = base(one)
    assert value is not None
    assert abs(again - value) <= abs(value) * 5 * Decimal(10) ** -digits
    assert len(before.normalize().as_tuple().digits) <= digits + 1


@given(numbers.filter(lambda text: Decimal(text) != 0), positive)
def test_a_quotient_times_its_divisor_is_the_dividend(first: str, second: str) -> None:
    found = derive(Rule.QUOTIENT, [amount(first), amount(second)], base)
    digits = min(len(Decimal(text).as_tuple().digits) for text in (first, second))
    wrong = abs(found * Decimal(second) - Decimal(first))
    assert wrong <= abs(Decimal(first)) * 5 * Decimal(10) ** -digits


def test_what_the_dataset_shows_passes_the_check_when_it_is_written_out(tmp_path: Any) -> None:
    statement = toy_data().statements["alder-trade-2018"]
    assert statement.base == Decimal(108_000_000)
    written = Change(
        "facts/figures/figures.yaml",
        "  derived: {rule: before-growth, inputs: [alder-trade-2019]}\n",
        "  derived: {rule: before-growth, inputs: [alder-trade-2019]}\n"
        f"  value: {statement.amount.value}\n  scale: million\n  unit: usd\n",
    )
    assert list(check(toy_store(tmp_path, written))) == []


def test_base_values_follow_the_scale() -> None:
    figure = toy().entries["alder-trade-2017"].record
    assert base_value(figure, figure.value, toy().vocabulary) == Decimal(1_500_000)
    assert base_value(figure, None, toy().vocabulary) is None
