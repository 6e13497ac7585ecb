"""Patterns are data: names are replaced, nothing is ever executed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.patterns import bound, fill, placeholders, rule, split
from tests.languages import shown

names = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)


@pytest.mark.parametrize(
    ("pattern", "result"),
    [
        ("{number} of {total}", "7 of 9"),
        ("{number}{number}", "77"),
        ("US${number}", "US$7"),
        ("{{number}}", "{7}"),
        ("{unknown} {number}", "{unknown} 7"),
        ("{number!r}", "{number!r}"),
        ("{number:>10}", "{number:>10}"),
        ("{number.__class__}", "{number.__class__}"),
        ("{number[0]}", "{number[0]}"),
        ("{0} {} %(number)s $number", "{0} {} %(number)s $number"),
        ("{ number } {Number} {{% x %}}", "{ number } {Number} {{% x %}}"),
        ("{number", "{number"),
        ("\\g<0> \\1", "\\g<0> \\1"),
        ("", ""),
    ],
)
def test_names_in_braces_are_replaced_and_nothing_else(pattern: str, result: str) -> None:
    assert fill(pattern, {"number": "7", "total": "9"}) == result


@pytest.mark.parametrize(
    ("pattern", "result"),
    [
        ("In {x}.", "In 2017 y."),
        ("In {x}. Then", "In 2017 y. Then"),
        ("In {x}, then", "In 2017 y., then"),
        ("In {x} .", "In 2017 y. ."),
        ("{x}{x}.", "2017 y.2017 y."),
        ("{plain}.", "2017."),
        ("{unknown}.", "{unknown}."),
    ],
)
def test_a_value_that_ends_with_a_full_stop_brings_that_of_the_pattern(
    pattern: str, result: str
) -> None:
    assert fill(pattern, {"x": "2017 y.", "plain": "2017"}) == result


@settings(deadline=None)
@given(st.text(), st.text())
def test_values_are_not_read_as_patterns(before: str, value: str) -> None:
    pattern = before.replace("{", "") + "{x}"
    assert fill(pattern, {"x": "{y}" + value, "y": "!"}) == before.replace("{", "") + "{y}" + value


@settings(deadline=None)
@given(st.text())
def test_without_values_a_pattern_stays_as_written(pattern: str) -> None:
    assert fill(pattern, {}) == pattern


@settings(deadline=None)
@given(st.lists(names))
def test_placeholders_are_named_in_order(found: list[str]) -> None:
    assert placeholders(" ".join(f"{{{name}}}" for name in found)) == tuple(found)


@settings(deadline=None)
@given(st.text(), st.lists(names, max_size=3))
def test_splitting_loses_nothing(pattern: str, known: list[str]) -> None:
    text = pattern + "".join(f"{{{name}}}" for name in known)
    parts = split(text, known)
    joined = "".join(f"{{{part}}}" if index % 2 else part for index, part in enumerate(parts))
    assert joined == text
    assert set(parts[1::2]) <= set(known)


@pytest.mark.parametrize(
    ("pattern", "result"),
    [
        ("{day} {month} {year}", "{day}~{month} {year}"),
        ("{day}. {month} {year}", "{day}.~{month} {year}"),
        ("{day} de {month}", "{day}~de {month}"),
        ("{month} {day}, {year}", "{month} {day},~{year}"),
        ("on {day}", "on {day}"),
    ],
)
def test_spaces_after_a_name_become_unbreakable(pattern: str, result: str) -> None:
    assert shown(bound(pattern, after="day")) == result


def test_spaces_before_a_name_become_unbreakable() -> None:
    assert (
        shown(bound("in all {number} of {total}", before="number")) == "in all~{number} of {total}"
    )


def test_a_rule_allows_what_it_needs() -> None:
    found = rule("lower upper", "unit")
    assert found.needed == {"lower", "upper"}
    assert found.allowed == {"lower", "upper", "unit"}
    assert found.required
    assert not rule(required=False).required
