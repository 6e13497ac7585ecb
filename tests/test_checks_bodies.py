"""One body has one id: no two records of a kind answer to one name."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.bodies import check, fold
from tests.checking import said
from tests.helpers import Change

ORGANISATIONS = "facts/organisations/organisations.yaml"
WORDS = "words/en/organisations.yaml"


def named(name: str, language: str = "en") -> Change:
    """The first organisation with another name."""
    if language == "en":
        return Change(WORDS, '"Alder Works"', f'"{name}"')
    return Change(f"words/{language}/organisations.yaml", "", f'alder-works.name: "{name}"\n')


def test_every_body_of_the_toy_has_names_of_its_own(tmp_path: Path) -> None:
    assert said(check, tmp_path) == []


@pytest.mark.parametrize(
    "name",
    [
        "Commission of Kestria and Cedar",
        "commission of kestria and cedar",
        "Commission of „Kestria“ and Cedar.",
        "Commission-of-Kestria-and-Cedar",
        "Commission of Kestria ánd Cedar",
    ],
)
def test_a_name_is_the_same_in_other_letters(name: str, tmp_path: Path) -> None:
    found = said(check, tmp_path, named(name))
    assert found == [f"{WORDS}:4:24 same-body Commission of Kestria and Cedar"]


def test_names_of_all_languages_are_compared(tmp_path: Path) -> None:
    found = said(check, tmp_path, named("Commission of Kestria and Cedar", "de"))
    assert found == [f"{WORDS}:4:24 same-body Commission of Kestria and Cedar"]


def test_other_names_are_names_too(tmp_path: Path) -> None:
    change = Change(ORGANISATIONS, "founders: [cedar]", "other_names: [X, aw]")
    assert said(check, tmp_path, change) == [f"{ORGANISATIONS}:10:20 same-body aw"]


def test_a_body_may_repeat_its_own_names(tmp_path: Path) -> None:
    change = Change(ORGANISATIONS, "[AW, Alder", "[AW, Alder Works, Alder")
    assert said(check, tmp_path, change, named("AW", "de")) == []


@pytest.mark.parametrize("name", ["A. Orlen", "Cedar", "Alder City"])
def test_records_of_another_kind_may_bear_the_name(name: str, tmp_path: Path) -> None:
    assert said(check, tmp_path, named(name)) == []


def test_places_may_share_a_name(tmp_path: Path) -> None:
    change = Change("words/en/places.yaml", '"Birchtown"', '"Alder City"')
    assert said(check, tmp_path, change) == []


@pytest.mark.parametrize(
    ("name", "is_alike"),
    [
        ("Commission of Kestria and Cedars", True),
        ("Commission of Kestria an Cedar", True),
        ("Commission of Kestrea and Cedar", True),
        ("Commission of Kestrio und Cedar", False),
        ("Commission of Cedar and Kestria", False),
        ("Commission of Kestria and Cedar 2", False),  # numbered on purpose
    ],
)
def test_names_that_differ_by_one_letter_are_asked_about(
    name: str, is_alike: bool, tmp_path: Path
) -> None:
    found = said(check, tmp_path, named(name))
    expected = [f"{WORDS}:4:24 similar-name Commission of Kestria and Cedar"]
    assert found == (expected if is_alike else [])


def test_short_names_are_alike_by_chance(tmp_path: Path) -> None:
    changes = [named("ABCD"), Change(WORDS, '"Commission of Kestria and Cedar"', '"ABCE"')]
    assert said(check, tmp_path, *changes) == []


@pytest.mark.parametrize("field", ["founders: [cedar]", "of: [kestria, cedar]"])
def test_bodies_that_are_distinct_may_be_alike(field: str, tmp_path: Path) -> None:
    other = "joint-commission" if "founders" in field else "cedar-labs"
    changes = [
        Change(WORDS, '"Cedar_Labs *A|B* <b> & [C](d) {e}"', '"Commission of Kestria an Cedar"'),
        Change(ORGANISATIONS, field, f"{field}\n  distinct_from: [{other}]"),
    ]
    assert said(check, tmp_path, *changes) == []
    assert len(said(check, tmp_path / "b", changes[0])) == 1


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Größe & Söhne", "grossesohne"),
        ("МАЗ", "маз"),
        ("Ёлка", "елка"),
        ("A.B.C.", "abc"),
        ("—", "—"),
        ("３Ｄ", "3d"),
    ],
)
def test_names_are_folded(name: str, folded: str) -> None:
    assert fold(name) == folded
