"""What may stand in one value: texts stay as written, and everything else says what is wrong."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from generator.hidden import hidden_in
from generator.model.dates import Date, parse_date
from generator.model.fields import (
    MAX_SLUG,
    Boolean,
    DateField,
    FieldName,
    Integer,
    Number,
    Passage,
    Slug,
    Text,
    Url,
    is_slug,
)
from generator.source import Scalar

ADAPTERS: dict[str, TypeAdapter[Any]] = {
    "text": TypeAdapter(Text),
    "slug": TypeAdapter(Slug),
    "field": TypeAdapter(FieldName),
    "integer": TypeAdapter(Integer),
    "number": TypeAdapter(Number),
    "boolean": TypeAdapter(Boolean),
    "date": TypeAdapter(DateField),
    "passage": TypeAdapter(Passage),
    "url": TypeAdapter(Url),
}


def rule_of(kind: str, value: object) -> str:
    with pytest.raises(ValidationError) as caught:
        ADAPTERS[kind].validate_python(value)
    (error,) = caught.value.errors()
    assert error["type"] == "content"
    assert error["ctx"].keys() == {"message", "expected", "rule"}
    assert error["ctx"]["message"] and error["ctx"]["expected"]
    return str(error["ctx"]["rule"])


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "NO", "NO"),
        ("text", "ON", "ON"),
        ("text", "010", "010"),
        ("text", "1e3", "1e3"),
        ("text", "12:30", "12:30"),
        ("text", "true", "true"),
        ("text", "# no comment", "# no comment"),
        ("text", "a  b", "a  b"),
        ("slug", "north", "north"),
        ("slug", "a", "a"),
        ("slug", "fn-25", "fn-25"),
        ("slug", "b2-c3", "b2-c3"),
        ("slug", "a" * MAX_SLUG, "a" * MAX_SLUG),
        ("slug", "console", "console"),
        ("field", "in_force", "in_force"),
        ("integer", "0", 0),
        ("integer", "-7", -7),
        ("integer", "1500", 1500),
        ("number", "121", Decimal("121")),
        ("number", "1.65", Decimal("1.65")),
        ("number", "2.40", Decimal("2.40")),
        ("number", "-0.5", Decimal("-0.5")),
        ("number", "0", Decimal(0)),
        ("boolean", "true", True),
        ("boolean", "false", False),
        ("date", "1999", parse_date("1999")),
        ("date", "1999-12", parse_date("1999-12")),
        ("date", "1999-12-08", parse_date("1999-12-08")),
        ("date", "2019-01/2019-09", parse_date("2019-01/2019-09")),
        ("passage", "352", "352"),
        ("passage", "352-355", "352-355"),
        ("passage", "7-7", "7-7"),
        ("url", "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("url", "http://example.org", "http://example.org"),
        ("url", "https://exämple.org/ў", "https://exämple.org/ў"),
    ],
)
def test_a_value_is_read(kind: str, text: str, value: object) -> None:
    for written in (text, Scalar(text, plain=True), Scalar(text)):
        found = ADAPTERS[kind].validate_python(written)
        assert found == value
        assert type(found) is type(value)


def test_a_number_keeps_its_digits() -> None:
    assert str(ADAPTERS["number"].validate_python("2.40")) == "2.40"


def test_a_date_may_be_a_part_of_one() -> None:
    found = ADAPTERS["date"].validate_python({"on": "2020-12", "part": "early"})
    assert (found.edtf, found.part) == ("2020-12", "early")
    assert isinstance(found, Date)


@pytest.mark.parametrize(
    ("kind", "value", "rule"),
    [
        ("text", None, "empty-value"),
        ("text", "", "empty-value"),
        ("text", "  ", "empty-value"),
        ("text", " a", "invalid-value"),
        ("text", "a ", "invalid-value"),
        ("text", "a\nb", "invalid-value"),
        ("text", ["a"], "wrong-shape"),
        ("text", {"a": "b"}, "wrong-shape"),
        ("text", 7, "wrong-shape"),
        ("slug", "North", "invalid-id"),
        ("slug", "north_east", "invalid-id"),
        ("slug", "north--east", "invalid-id"),
        ("slug", "-north", "invalid-id"),
        ("slug", "north-", "invalid-id"),
        ("slug", "7-north", "invalid-id"),
        ("slug", "nörd", "invalid-id"),
        ("slug", "../north", "invalid-id"),
        ("slug", "north/east", "invalid-id"),
        ("slug", "north.east", "invalid-id"),
        ("slug", "con", "invalid-id"),
        ("slug", "lpt1", "invalid-id"),
        ("slug", "a" * (MAX_SLUG + 1), "invalid-id"),
        ("slug", "north east", "invalid-id"),
        ("field", "in-force", "unknown-field"),
        ("field", "__class__", "unknown-field"),
        ("integer", "1.0", "invalid-number"),
        ("integer", "1,000", "invalid-number"),
        ("integer", "1 000", "invalid-number"),
        ("integer", "010", "invalid-number"),
        ("integer", "+1", "invalid-number"),
        ("integer", "1_000", "invalid-number"),
        ("integer", "0x10", "invalid-number"),
        ("integer", "١", "invalid-number"),
        ("integer", "1" * 19, "invalid-number"),
        ("number", "1,5", "invalid-number"),
        ("number", "1e3", "invalid-number"),
        ("number", "010", "invalid-number"),
        ("number", ".5", "invalid-number"),
        ("number", "5.", "invalid-number"),
        ("number", "nan", "invalid-number"),
        ("number", "Infinity", "invalid-number"),
        ("number", "12:30", "invalid-number"),
        ("number", "half", "invalid-number"),
        ("boolean", "yes", "invalid-value"),
        ("boolean", "NO", "invalid-value"),
        ("boolean", "True", "invalid-value"),
        ("date", "1999-13", "invalid-date"),
        ("date", "yesterday", "invalid-date"),
        ("date", "31.12.1999", "invalid-date"),
        ("date", {"on": "2020"}, "invalid-date"),
        ("date", {"on": "2020", "part": "early", "of": "x"}, "invalid-date"),
        ("date", {"on": "2020", "part": "Early"}, "invalid-id"),
        ("date", ["2020"], "wrong-shape"),
        ("passage", "0-3", "invalid-value"),
        ("passage", "9-3", "invalid-value"),
        ("passage", "1-2-3", "invalid-value"),
        ("passage", "p. 3", "invalid-value"),
        ("url", "example.org", "invalid-address"),
        ("url", "javascript:alert(1)", "invalid-address"),
        ("url", "ftp://example.org", "invalid-address"),
        ("url", "http://http://example.org", "invalid-address"),
        ("url", "https://example.org/a b", "invalid-address"),
        ("url", 'https://example.org/"onclick=', "invalid-address"),
        ("url", "https://example.org/a\xa0b", "invalid-address"),
    ],
)
def test_anything_else_is_refused_with_its_rule(kind: str, value: object, rule: str) -> None:
    assert rule_of(kind, value) == rule


@given(st.from_regex(r"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\Z"))
def test_ids_are_words_joined_by_hyphens(text: str) -> None:
    reserved = re.fullmatch(r"con|prn|aux|nul|(com|lpt)\d", text)
    assert is_slug(text) == (len(text) <= MAX_SLUG and not reserved)


@given(st.text())
def test_an_id_is_safe_in_addresses_and_file_names(text: str) -> None:
    if is_slug(text):
        assert text.isascii() and text == text.lower() and text.strip("-") == text
        assert not set(text) & set("/\\.:_ %?#")


@given(st.text())
def test_a_text_is_kept_or_refused_but_never_changed(text: str) -> None:
    try:
        assert ADAPTERS["text"].validate_python(text) == text
    except ValidationError:
        assert text != text.strip() or "\n" in text or not text or hidden_in(text) is not None


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**8), max_value=10**8))
def test_numbers_written_plainly_are_read_exactly(number: Decimal) -> None:
    text = f"{number:f}"
    if len(text) <= 18 and not re.match(r"-0+(\.0*)?$", text):
        assert ADAPTERS["number"].validate_python(text) == number
