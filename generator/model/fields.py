"""Field types of records: what may stand in one YAML value.

The reader leaves every scalar a text, so that ``NO`` stays a name and ``010`` is not eight; the
types here turn texts into numbers, dates and references, and say in words what they expected.
``Ref`` and ``Term`` mark the fields that point elsewhere: checks, back-links, renaming and JSON
Schema are all derived from these marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.hidden import hidden_in
from generator.model.dates import EXPECTED as DATE_EXPECTED
from generator.model.dates import Date, Point, parse_date

MAX_SLUG = 80
# 18 significant digits are exact in SQLite, in pandas and, up to 15, in JavaScript.
MAX_DIGITS = 18
MAX_PORT = 65_535
# What is counted one by one on a page, and rows and columns of a map, whose gaps are drawn too.
MAX_COUNTED = 999
MAX_CELL = 99

_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)
# Windows cannot store files of these names, and a checkout there would fail.
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.ASCII)
_FIELD = re.compile(r"[a-z]+(_[a-z]+)*", re.ASCII)
_INTEGER = re.compile(r"-?(0|[1-9]\d*)", re.ASCII)
_DECIMAL = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?", re.ASCII)
_PASSAGE = re.compile(r"([1-9]\d{0,8})(?:-([1-9]\d{0,8}))?", re.ASCII)
_WIKIDATA = re.compile(r"Q[1-9]\d{0,9}", re.ASCII)
# No name of a user, no brackets: what seems to be the host is the host (RFC 3986, 3.2).
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST = re.compile(rf"(?={_LABEL}\b){_LABEL}(?:\.{_LABEL})*")
_URL = re.compile(
    rf"https?://(?P<host>{_HOST.pattern})(?::(?P<number>\d{{1,5}}))?(?:[/?#][^\s<>\"'`\\{{}}|^]*)?"
)


class Model(BaseModel):
    """Base of everything typed: unknown fields are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field that holds the id of a record of one of ``kinds``."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """Marks a field that holds an entry of one vocabulary list."""

    list: str


def refused(message: str, expected: str, rule: str = "invalid-value") -> PydanticCustomError:
    """Return the error that a field type raises: what is wrong, and what would be right."""
    context = {"message": message, "expected": expected, "rule": rule}
    return PydanticCustomError("content", "{message}", context)


def is_slug(text: str) -> bool:
    """Whether ``text`` may be an id: ASCII, lower case, words joined by single hyphens."""
    return (
        len(text) <= MAX_SLUG
        and _SLUG.fullmatch(text) is not None
        and _RESERVED.fullmatch(text) is None
    )


def one_text(value: Any) -> str:
    """Return a value that is one line of text, or raise what is wrong with it."""
    if value is None:
        raise refused("the value is empty", "a text; quote it, or leave the key out", "empty-value")
    if not isinstance(value, str):
        raise refused(
            f"{_shape(value)} stands where one value belongs", "a single text", "wrong-shape"
        )
    if not value.strip():
        raise refused("the value is empty", "a text", "empty-value")
    if value != value.strip() or "\n" in value:
        raise refused("the text has line breaks or spaces at its ends", "one line of text")
    at = hidden_in(value)
    if at is not None:
        name = unicodedata.name(value[at], "unnamed")
        raise refused(
            f"a character that cannot be seen: {name}", "the text without it", "hidden-character"
        )
    return str(value)


def _shape(value: object) -> str:
    if isinstance(value, Mapping):
        return "a mapping"
    return "a list" if isinstance(value, list | tuple) else "another value"


def _slug(value: Any) -> str:
    text = one_text(value)
    if not is_slug(text):
        raise refused(
            "this cannot be an id", "lower-case ASCII words joined by hyphens", "invalid-id"
        )
    return text


def _field(value: Any) -> str:
    text = one_text(value)
    if not _FIELD.fullmatch(text):
        raise refused("this is not a field", "the name of a field of the record", "unknown-field")
    return text


def _integer(value: Any) -> int:
    text = one_text(value)
    if not _INTEGER.fullmatch(text) or len(text) > MAX_DIGITS:
        raise refused(
            "this is not a whole number",
            "digits without leading zeros or separators",
            "invalid-number",
        )
    return int(text)


def _counted(value: Any) -> int:
    number = _integer(value)
    if not 1 <= number <= MAX_COUNTED:
        raise refused("there is no such place in a row", f"1 to {MAX_COUNTED}", "invalid-number")
    return number


def _cell(value: Any) -> int:
    number = _integer(value)
    if not 0 <= number <= MAX_CELL:
        raise refused("there is no such row or column", f"0 to {MAX_CELL}", "invalid-number")
    return number


def _decimal(value: Any) -> Decimal:
    text = one_text(value)
    if not _DECIMAL.fullmatch(text) or len(text) > MAX_DIGITS:
        raise refused(
            "this is not a number",
            "digits with a decimal point, such as 1.65 or 1500",
            "invalid-number",
        )
    return Decimal(text)


def _boolean(value: Any) -> bool:
    text = one_text(value)
    if text not in ("true", "false"):
        raise refused("this is not a yes or no", "true or false")
    return text == "true"


def _date(value: Any) -> Date:
    part = None
    if isinstance(value, Mapping):
        if set(value) != {"on", "part"}:
            raise refused("this is not a date", "{on: 2020-12, part: early}", "invalid-date")
        part = _slug(value["part"])
        value = value["on"]
    text = one_text(value)
    try:
        date = parse_date(text)
    except ValueError as error:
        raise refused(f"{error}", DATE_EXPECTED, "invalid-date") from None
    return replace(date, part=part) if part else date


def _passage(value: Any) -> str:
    text = one_text(value)
    match = _PASSAGE.fullmatch(text)
    if not match or (match[2] and int(match[2]) < int(match[1])):
        raise refused("these are not lines of the source", "a line or range, such as 352-355")
    return text


def _wikidata(value: Any) -> str:
    text = one_text(value)
    if not _WIKIDATA.fullmatch(text):
        raise refused("this is not an item of Wikidata", "Q and its number, such as Q184")
    return text


def _url(value: Any) -> str:
    return _address(value, most=1)


def _archived(value: Any) -> str:
    """An address that may have the one whose copy it is in its path, as those of archives do."""
    return _address(value, most=2)


def _address(value: Any, most: int) -> str:
    text = one_text(value)
    match = _URL.fullmatch(text)
    if (
        not match
        or text.count("://") > most
        or not _is_one_host(match["host"])
        or int(match["number"] or 0) > MAX_PORT
    ):
        raise refused(
            "this is not one web address", "one address with http:// or https://", "invalid-address"
        )
    return text


def is_host(text: str) -> bool:
    """Whether a text is the name of a host, in letters that look like no others."""
    return _HOST.fullmatch(text) is not None and _is_one_host(text)


def _is_one_host(host: str) -> bool:
    """Browsers fold wide letters to plain ones; letters of two alphabets are a disguise."""
    if host.isascii():
        return True
    if unicodedata.normalize("NFKC", host) != host:
        return False
    for label in host.split("."):
        scripts = {unicodedata.name(c, "?").partition(" ")[0] for c in label if c.isalpha()}
        if len(scripts) > 1:
            return False
    return True


def _url_pattern(value: Any) -> str:
    text = one_text(value)
    _url(text.replace("{title}", "").replace("{address}", ""))
    return text


_YAML_DATE: dict[str, Any] = {
    "anyOf": [
        {"type": "integer", "minimum": 1000, "maximum": 9999},
        {
            "type": "string",
            "pattern": r"^(\.\./)?\d{4}(-\d{2}(-\d{2})?)?(/(\.\.|\d{4}(-\d{2}(-\d{2})?)?))?$",
        },
        {
            "type": "object",
            "properties": {"on": {"type": ["string", "integer"]}, "part": {"type": "string"}},
            "required": ["on", "part"],
            "additionalProperties": False,
        },
    ]
}

Text = Annotated[str, BeforeValidator(one_text), WithJsonSchema({"type": "string", "minLength": 1})]
Slug = Annotated[
    str,
    BeforeValidator(_slug),
    WithJsonSchema({"type": "string", "pattern": f"^{_SLUG.pattern}$", "maxLength": MAX_SLUG}),
]
FieldName = Annotated[
    str,
    BeforeValidator(_field),
    WithJsonSchema({"type": "string", "pattern": f"^{_FIELD.pattern}$"}),
]
Integer = Annotated[int, BeforeValidator(_integer), WithJsonSchema({"type": "integer"})]
# The number of something in a row in which all numbers before it are told.
Counted = Annotated[
    int,
    BeforeValidator(_counted),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MAX_COUNTED}),
]
# A row or column of the tile map.
Cell = Annotated[
    int,
    BeforeValidator(_cell),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": MAX_CELL}),
]
Number = Annotated[Decimal, BeforeValidator(_decimal), WithJsonSchema({"type": "number"})]
Boolean = Annotated[bool, BeforeValidator(_boolean), WithJsonSchema({"type": "boolean"})]
DateField = Annotated[Date, BeforeValidator(_date), WithJsonSchema(_YAML_DATE)]
Passage = Annotated[
    str,
    BeforeValidator(_passage),
    WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{_PASSAGE.pattern}$"}),
]
WikidataId = Annotated[
    str,
    BeforeValidator(_wikidata),
    WithJsonSchema({"type": "string", "pattern": f"^{_WIKIDATA.pattern}$"}),
]
Url = Annotated[str, BeforeValidator(_url), WithJsonSchema({"type": "string", "format": "uri"})]
ArchivedUrl = Annotated[
    str, BeforeValidator(_archived), WithJsonSchema({"type": "string", "format": "uri"})
]
# With {title} and {address}, which the generator fills in.
UrlPattern = Annotated[str, BeforeValidator(_url_pattern), WithJsonSchema({"type": "string"})]

__all__ = [
    "ArchivedUrl",
    "Boolean",
    "Cell",
    "Counted",
    "Date",
    "DateField",
    "FieldName",
    "Integer",
    "Model",
    "Number",
    "Passage",
    "Point",
    "Ref",
    "Slug",
    "Term",
    "Text",
    "Url",
    "UrlPattern",
    "WikidataId",
    "is_slug",
    "refused",
]
