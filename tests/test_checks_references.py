"""References lead to records of the right kind, terms to entries of their list."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.references import check
from tests.checking import new, said
from tests.helpers import Change, toy_store

VISIT = "kind: visit, date: 2019, sources: [note-2]"


def test_the_toy_leads_everywhere(tmp_path: Path) -> None:
    assert said(check, tmp_path) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("parties: [{of: nobody}]", "unknown-reference nobody"),
        ("place: alder", None),
        ("place: orlen", "wrong-kind orlen"),
        ("series: alder-works", None),
        ("series: forum-1", "wrong-kind forum-1"),
        ("parties: [{of: alder, body: ministry}]", "unknown-term ministry"),
        ("parties: [{kind: bakery, count: 2}]", "unknown-term bakery"),
        ("evidence: rumour", "unknown-term rumour"),
        ("field_sources: {date: [note-9]}", "unknown-reference note-9"),
        ("as_printed: {date: {text: x, repair: none}}", "unknown-term none"),
        ("readings: [{value: x, sources: [alder]}]", "wrong-kind alder"),
        ("figures: {a: {measure: size, value: 2, unit: piece}}", "unknown-term size"),
        ("figures: {a: {measure: quantity, value: 2, unit: dogs}}", "unknown-term dogs"),
        ("figures: {a: {measure: quantity, derived: {rule: sum, inputs: [x]}}}",
         "unknown-reference x"),
        ("figures: {a: {measure: quantity, vague: dozens, stage: {at: maybe}}}",
         "unknown-term maybe"),
    ],
)  # fmt: skip
def test_every_mark_of_a_record_is_followed(
    fields: str, expected: str | None, tmp_path: Path
) -> None:
    found = said(check, tmp_path, new("meetings", f"elm: {{{VISIT}, {fields}}}\n"))
    assert [line.partition(" ")[2] for line in found] == ([expected] if expected else [])


def test_the_place_is_that_of_the_value(tmp_path: Path) -> None:
    change = Change("facts/projects/projects.yaml", "{of: kestria}", "{of: kestra}")
    (problem,) = check(toy_store(tmp_path, change))
    assert str(problem.place) == "content/facts/projects/projects.yaml:4:38"
    assert problem.hint == "kestria"
    assert problem.expected is not None
    assert problem.expected.startswith("the id of a record of kind region or country")


def test_a_hint_has_the_kind_that_fits(tmp_path: Path) -> None:
    # "cedar" is nearer than "cedar-port", but no place.
    change = Change("facts/agreements/agreements.yaml", "place: cedar-port", "place: cedarport")
    assert [p.hint for p in check(toy_store(tmp_path, change))] == ["cedar-port"]


def test_a_former_id_leads_to_the_new_one(tmp_path: Path) -> None:
    change = Change("facts/places/places.yaml", "region: birch", "region: old-birch")
    assert [p.hint for p in check(toy_store(tmp_path, change))] == ["birch"]


def test_broken_and_torn_records_are_not_unknown(tmp_path: Path) -> None:
    changes = [
        Change("facts/regions/cedar.yaml", "code: XB-CE", "code: [XB-CE]"),
        Change("facts/persons/persons.yaml", "of: alder\n", 'of: "alder\n'),
    ]
    assert said(check, tmp_path, *changes) == []


def test_terms_of_a_lost_list_are_not_unknown(tmp_path: Path) -> None:
    change = Change("facts/vocabulary.yaml", "outcomes:", "outcomess:")
    assert said(check, tmp_path, change) == []


def test_terms_whose_attributes_are_broken_are_not_unknown(tmp_path: Path) -> None:
    change = Change("facts/vocabulary.yaml", "{currency: USD}", "{curency: USD}")
    assert said(check, tmp_path, change) == []


def test_repeated_records_are_followed_too(tmp_path: Path) -> None:
    found = said(check, tmp_path, new("sources", "alder: {kind: wob}\n"))
    assert found == ["facts/sources/new.yaml:1:15 unknown-term wob"]


def test_circles_are_told_once(tmp_path: Path) -> None:
    pact = "kind: agreement, parties: [{of: alder}], sources: [note-1], signed: 2019"
    names = ("a1", "a2", "a3")
    lines = [
        f"{name}: {{{pact}, supersedes: {following}}}\n"
        for name, following in zip(names, (*names[1:], names[0]), strict=True)
    ]
    tail = f"a0: {{{pact}, supersedes: a1}}\n"
    found = list(check(toy_store(tmp_path, new("agreements", tail + "".join(lines)))))
    assert [p.message for p in found] == ["supersedes leads back to its start: a1 → a2 → a3 → a1"]


def test_a_record_that_refers_to_itself(tmp_path: Path) -> None:
    found = said(check, tmp_path, new("organisations", "elm: {kind: university, part_of: elm}\n"))
    assert found == ["facts/organisations/new.yaml:1:34 circular-reference elm"]
