"""Prose is text with links and placeholders; everything else appears as written."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.prose import Link, Literal, Part, Placeholder, find_html, parse_prose

pieces = st.lists(
    st.one_of(
        st.sampled_from(["[", "]", "(", ")", "{", "}", ":", "fact", "date", "](", "<b>", "](x)"]),
        st.text(max_size=4),
        st.builds("[{}]({})".format, st.text(max_size=5), st.text(max_size=5)),
        st.builds("{{{}:{}}}".format, st.sampled_from(["fact", "date", "x"]), st.text(max_size=5)),
    ),
    max_size=8,
).map("".join)


def written(part: Part) -> str:
    if isinstance(part, Literal):
        return part.text
    if isinstance(part, Link):
        return f"[{part.text}]({part.target})"
    return f"{{{part.kind}:{part.target}}}"


@given(pieces)
def test_the_parts_together_are_the_text(text: str) -> None:
    parts = parse_prose(text)
    assert "".join(map(written, parts)) == text
    column = 0
    for part in parts:
        assert part.column == column
        column += len(written(part))


@given(pieces)
def test_no_two_literals_follow_each_other_and_none_is_empty(text: str) -> None:
    parts = parse_prose(text)
    literals = [isinstance(part, Literal) for part in parts]
    assert not any(one and other for one, other in pairwise(literals))
    assert all(part.text for part in parts if isinstance(part, Literal))


@given(st.text(alphabet=st.characters(exclude_characters="[{")))
def test_text_without_opening_brackets_is_text(text: str) -> None:
    assert parse_prose(text) == ((Literal(text, 0),) if text else ())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("plain", (Literal("plain", 0),)),
        ("[North](north)", (Link("North", "north", 0),)),
        (
            "In [North](north), too",
            (Literal("In ", 0), Link("North", "north", 3), Literal(", too", 17)),
        ),
        ("{fact:a.b}", (Placeholder("fact", "a.b", 0),)),
        ("x {date:a.signed}", (Literal("x ", 0), Placeholder("date", "a.signed", 2))),
        ("[a](b)[c](d)", (Link("a", "b", 0), Link("c", "d", 6))),
        ("[a]", (Literal("[a]", 0),)),
        ("(a)", (Literal("(a)", 0),)),
        ("[](a)", (Literal("[](a)", 0),)),
        ("[a] (b)", (Literal("[a] (b)", 0),)),
        ("[a [b](c)", (Literal("[a ", 0), Link("b", "c", 3))),
        ("[a](b (c))", (Literal("[a](b (c))", 0),)),
        ("[a]()", (Link("a", "", 0),)),
        ("{fact}", (Literal("{fact}", 0),)),
        ("{}", (Literal("{}", 0),)),
        ("{{fact:a}}", (Literal("{", 0), Placeholder("fact", "a", 1), Literal("}", 9))),
        ("{fact:a", (Literal("{fact:a", 0),)),
        ("{% x %}", (Literal("{% x %}", 0),)),
        ("{{ x }}", (Literal("{{ x }}", 0),)),
        ("![a](b)", (Literal("!", 0), Link("a", "b", 1))),
        ("[x](#none)", (Link("x", "#none", 0),)),
        ("[x](/abs/)", (Link("x", "/abs/", 0),)),
    ],
)
def test_parts(text: str, parts: tuple[Part, ...]) -> None:
    assert parse_prose(text) == parts


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("a <b>c</b>", "<b>"),
        ('<a href="x">', '<a href="x">'),
        ("</p>", "</p>"),
        ("<!-- x", "<!--"),
        ("<br/>", "<br/>"),
        ("a < b > c", None),
        ("1<2", None),
        ("a <3", None),
        ("<", None),
        ("", None),
    ],
)
def test_html_is_found(text: str, tag: str | None) -> None:
    assert find_html(text) == tag
