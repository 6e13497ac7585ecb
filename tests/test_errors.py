"""Problems: their one line, their order, and the reports for people, editors and CI."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import (
    MAX_SHOWN,
    BuildError,
    ContentError,
    GeneratorError,
    Place,
    Problem,
    ReportFormat,
    UsageError,
    closest,
    ordered,
    report,
    shown,
)

PLACE = Place("facts/regions/north.yaml", 7, 3)
PROBLEM = Problem(PLACE, "unknown-reference", "there is no such record", "sout", "an id", "south")
NASTY = Problem(
    Place("a: b,c%\n.yaml", 2, 1), "tag", "one\ntwo: 100%", "\x1b[31m'", "x, y", None, "warning"
)

TEXTS = st.text(st.characters() | st.sampled_from("\n: %,\x1b\xa0"), max_size=20)
PROBLEMS = st.builds(
    Problem,
    st.builds(Place, TEXTS, st.integers(1, 99), st.integers(1, 99)),
    st.sampled_from(["tag", "syntax"]),
    TEXTS,
    st.none() | TEXTS,
    st.none() | TEXTS,
    st.none() | TEXTS,
)


def test_a_problem_is_one_line_with_place_value_expectation_and_hint() -> None:
    assert str(PROBLEM) == (
        "facts/regions/north.yaml:7:3: error: there is no such record (found 'sout'); "
        "expected an id; did you mean 'south'? [unknown-reference]"
    )
    assert str(Problem(PLACE, "empty-file", "the file is empty")) == (
        "facts/regions/north.yaml:7:3: error: the file is empty [empty-file]"
    )
    assert str(Problem(PLACE, "x", "y", "")).endswith("y (found '') [x]")


@given(PROBLEMS)
def test_a_problem_is_always_one_printable_line(problem: Problem) -> None:
    assert str(problem).isprintable()
    assert len(report([problem], ReportFormat.TEXT).splitlines()) == 1
    assert len(report([problem], ReportFormat.GITHUB).split("\n")) == 2


def test_values_are_escaped_and_cut() -> None:
    assert shown("a\tb\u202e\ud800é") == "'a\\tb\\u202e\\ud800é'"
    assert shown("x" * MAX_SHOWN) == "'" + "x" * MAX_SHOWN + "'"
    assert shown("x" * (MAX_SHOWN + 1)) == "'" + "x" * (MAX_SHOWN - 1) + "…'"


def test_problems_come_once_in_order_of_files_lines_and_columns() -> None:
    places = [Place("a", 1, 9), Place("a", 2, 1), Place("a", 10, 1), Place("b", 1, 1)]
    expected = tuple(Problem(place, "tag", "m") for place in places)
    assert ordered([*reversed(expected), *expected]) == expected
    assert ContentError(reversed(expected)).problems == expected
    assert str(ContentError(expected)) == "4 problems in content"


@given(st.lists(PROBLEMS, max_size=6), st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_order_of_finding(
    problems: list[Problem], chance: random.Random
) -> None:
    same_place = [Problem(PLACE, "tag", "m", value) for value in ("b", "a", None, "", "c")]
    found = [*problems, *same_place]
    mixed = chance.sample([*found, *found], 2 * len(found))
    assert ordered(mixed) == ordered(found)
    assert len({problem.sort_key() for problem in same_place}) == len(same_place)


@pytest.mark.parametrize(
    ("value", "nearest"),
    [
        ("nordja", "nordia"),
        ("NORDIA", "nordia"),
        ("nordia", "nordia"),
        ("nroth-city", "north-city"),
        ("zebra", None),
        ("", None),
    ],
)
def test_the_nearest_name(value: str, nearest: str | None) -> None:
    assert closest(value, ["nordia", "north-city", "south"]) == nearest
    assert closest(value, []) is None


def test_of_equally_near_names_always_the_same() -> None:
    assert closest("NORTH", ["north", "North"]) == closest("NORTH", ["North", "north"]) == "North"
    assert closest("norh", {"norah", "north"}) == closest("norh", ["north", "norah"])


def test_exit_codes() -> None:
    assert [kind.exit_code for kind in (GeneratorError, BuildError, ContentError, UsageError)] == [
        1, 1, 1, 2,
    ]  # fmt: skip
    for kind in (BuildError, ContentError, UsageError):
        assert issubclass(kind, GeneratorError)


# ---- reports -------------------------------------------------------------------------------------


def test_text_report() -> None:
    assert report([PROBLEM, PROBLEM], ReportFormat.TEXT) == f"{PROBLEM}\n{PROBLEM}\n"


@pytest.mark.parametrize("style", ReportFormat)
def test_no_problems(style: ReportFormat) -> None:
    expected = "[]\n" if style in (ReportFormat.JSON, ReportFormat.GITLAB) else ""
    assert report([], style) == expected


def test_json_report() -> None:
    assert json.loads(report([PROBLEM], ReportFormat.JSON)) == [
        {
            "file": PLACE.file,
            "line": 7,
            "column": 3,
            "rule": "unknown-reference",
            "message": "there is no such record",
            "value": "sout",
            "expected": "an id",
            "hint": "south",
            "severity": "error",
        }
    ]


def test_github_report() -> None:
    assert report([PROBLEM], ReportFormat.GITHUB) == (
        "::error file=facts/regions/north.yaml,line=7,col=3,title=unknown-reference::"
        "there is no such record (found 'sout'); expected an id; did you mean 'south'? "
        "[unknown-reference]\n"
    )
    assert report([NASTY], ReportFormat.GITHUB) == (
        "::warning file=a%3A b%2Cc%25%0A.yaml,line=2,col=1,title=tag::"
        "one\\ntwo: 100%25 (found '\\x1b[31m''); expected x, y [tag]\n"
    )


def test_gitlab_report() -> None:
    first, second = json.loads(report([PROBLEM, NASTY], ReportFormat.GITLAB))
    assert first["check_name"] == "unknown-reference"
    assert first["description"] == PROBLEM.sentence()
    assert first["location"] == {"path": PLACE.file, "lines": {"begin": 7}}
    assert (first["severity"], second["severity"]) == ("major", "minor")
    assert second["description"].startswith("one\\ntwo: 100%")
    assert first["fingerprint"] != second["fingerprint"]


@pytest.mark.parametrize("style", ReportFormat)
def test_names_that_are_not_utf_8_can_be_written(style: ReportFormat) -> None:
    text = report([Problem(Place("\udcff.yaml"), "file-name", "\udcff", "\udcff")], style)
    assert "\\udcff" in text
    text.encode()


@pytest.mark.parametrize("style", ReportFormat)
@given(problem=PROBLEMS)
def test_every_report_can_be_written(style: ReportFormat, problem: Problem) -> None:
    text = report([problem], style)
    text.encode()
    if style in (ReportFormat.JSON, ReportFormat.GITLAB):
        assert len(json.loads(text)) == 1
