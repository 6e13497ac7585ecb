"""References, terms and dates of a record are found by its types, with the path to each."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from typing import Annotated, Any

import pytest

from generator.model.dates import Date, parse_date
from generator.model.fields import DateField, Model, Ref, Slug, Term, Text
from generator.model.kinds import KINDS
from generator.model.marks import marked, references
from generator.model.vocabulary import LISTS
from tests.helpers import toy


class Inner(Model):
    """A part with marks of its own."""

    to: Annotated[Slug, Ref(("inner",))]
    when: DateField | None = None


class Outer(Model):
    """Every shape in which a mark can stand."""

    name: Text
    one: Annotated[Slug, Ref(("outer", "inner"))] | None = None
    many: tuple[Annotated[Slug, Term("colours")], ...] = ()
    by_key: dict[Text, Annotated[Slug, Term("colours")]] = {}
    lists: dict[Text, tuple[Annotated[Slug, Ref(("outer",))], ...]] = {}
    part: Inner | None = None
    parts: tuple[Inner, ...] = ()
    named: dict[Text, Inner] = {}
    since: tuple[DateField, ...] = ()
    plain: tuple[Text, ...] = ()


FULL: dict[str, Any] = {
    "name": "n",
    "one": "a",
    "many": ["red", "blue"],
    "by_key": {"x": "red"},
    "lists": {"y": ["b", "c"]},
    "part": {"to": "d", "when": "2017"},
    "parts": [{"to": "e"}, {"to": "f"}],
    "named": {"z": {"to": "g"}},
    "since": ["2001", {"on": "2002-05", "part": "early"}],
    "plain": ["h"],
}


def shown(model: Model) -> list[tuple[str, str]]:
    return [(".".join(map(str, item.path)), str(item.value)) for item in marked(model)]


def test_every_mark_is_found_with_its_path_in_the_order_of_fields() -> None:
    assert shown(Outer.model_validate(FULL)) == [
        ("one", "a"),
        ("many.0", "red"),
        ("many.1", "blue"),
        ("by_key.x", "red"),
        ("lists.y.0", "b"),
        ("lists.y.1", "c"),
        ("part.to", "d"),
        ("part.when", "2017"),
        ("parts.0.to", "e"),
        ("parts.1.to", "f"),
        ("named.z.to", "g"),
        ("since.0", "2001"),
        ("since.1", "2002-05"),
        ("since.1.part", "early"),
    ]


def test_what_is_not_given_is_not_found() -> None:
    assert shown(Outer.model_validate({"name": "n"})) == []


def test_a_mark_says_what_it_is() -> None:
    marks = {".".join(map(str, i.path)): i.mark for i in marked(Outer.model_validate(FULL))}
    assert marks["one"] == Ref(("outer", "inner"))
    assert marks["many.0"] == Term("colours")
    assert marks["part.when"] is Date
    assert marks["since.1.part"] == Term("date-parts")


def test_references_are_the_marks_that_lead_to_records() -> None:
    found = [item.value for item in references(Outer.model_validate(FULL))]
    assert found == ["a", "b", "c", "d", "e", "f", "g"]


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, Model):
        for name in type(value).model_fields:
            yield from leaves(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index))
    else:
        yield (*path, value)


def test_no_date_and_no_known_id_of_the_toy_is_overlooked() -> None:
    found = set()
    for entry in toy().entries.values():
        marks = {(*item.path, item.value) for item in marked(entry.record)}
        for *path, value in leaves(entry.record):
            if isinstance(value, Date) or value in toy().entries:
                assert (*path, value) in marks, (entry.id, path, value)
                found.add(path[0])
    assert found > {"country", "parties", "sources", "field_sources", "derived", "since", "term"}


def test_every_path_leads_to_the_value_in_its_file() -> None:
    for entry in toy().entries.values():
        for item in marked(entry.record):
            node = entry.node.at(item.path)
            written = node.value
            if isinstance(item.value, Date):
                assert written == item.value.edtf or isinstance(written, dict)
            elif item.path[-1] != "part":
                assert written == item.value, (entry.id, item.path)


@pytest.mark.parametrize("kind", KINDS)
def test_references_of_every_kind_lead_to_kinds_that_exist(kind: str) -> None:
    marks = list(marks_in(KINDS[kind].model))
    assert marks
    for mark in marks:
        known = KINDS if isinstance(mark, Ref) else LISTS
        names = mark.kinds if isinstance(mark, Ref) else (mark.list,)
        assert set(names) <= known.keys()


def marks_in(hint: Any) -> Iterator[Ref | Term]:
    """All marks in a type, in the models inside it too."""
    if isinstance(hint, Ref | Term):
        yield hint
    if isinstance(hint, type) and issubclass(hint, Model):
        for inner in typing.get_type_hints(hint, include_extras=True).values():
            yield from marks_in(inner)
    for part in (*typing.get_args(hint), *getattr(hint, "__metadata__", ())):
        yield from marks_in(part)


def test_a_date_without_part_has_no_term() -> None:
    class Dated(Model):
        """One date."""

        on: DateField

    assert [i.value for i in marked(Dated.model_validate({"on": "2017"}))] == [parse_date("2017")]
