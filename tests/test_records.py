"""The table of kinds, and what single records refuse."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from generator.model.fields import is_slug
from generator.model.kinds import BY_PLURAL, KINDS, MAX_PARAGRAPHS, WordType
from generator.model.records import Agreement, Partnership, Party, Record
from tests.helpers import toy

# The least that a record of each kind holds.
LEAST: dict[str, dict[str, Any]] = {
    "country": {"code": "XA"},
    "district": {"kind": "k", "country": "c"},
    "region": {"kind": "k", "country": "c", "code": "XA-N"},
    "place": {"kind": "k", "region": "r"},
    "organisation": {"kind": "k"},
    "person": {},
    "agreement": {"kind": "k", "parties": [{"of": "r"}]},
    "forum": {"number": "1", "date": "2014"},
    "meeting": {"kind": "k"},
    "partnership": {"parties": ["a", "b"]},
    "project": {"kind": "k", "of": ["r"], "stage": {"at": "s"}},
    "programme": {"kind": "k"},
    "position": {"stance": "s", "about": ["r"], "date": "2020"},
    "trade-goods": {
        "exporter": "a", "importer": "b", "period": "2019", "goods": ["g"], "list": "main"
    },
    "figure": {"of": "r", "measure": "m", "period": "2019", "value": "1"},
    "source": {"kind": "k"},
}  # fmt: skip


def faults(model: type[Record], fields: dict[str, Any]) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(fields)
    return [
        f"{'.'.join(map(str, error['loc']))} {error['type']}" for error in caught.value.errors()
    ]


def test_every_kind_has_a_least_record_here() -> None:
    assert LEAST.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_the_least_record_is_valid_and_nothing_less(kind: str) -> None:
    model = KINDS[kind].model
    record = model.model_validate(LEAST[kind])
    required = {name for name, field in model.model_fields.items() if field.is_required()}
    assert required <= LEAST[kind].keys()
    for name in required:
        rest = {key: value for key, value in LEAST[kind].items() if key != name}
        assert f"{name} missing" in faults(model, rest)
    assert record.sources == () and record.formerly == ()


@pytest.mark.parametrize("kind", KINDS)
def test_unknown_fields_and_back_links_are_refused(kind: str) -> None:
    for name in ("colour", "signed_there", "used_by", "id", "Sources"):
        fields = {**LEAST[kind], name: "x"}
        assert f"{name} extra_forbidden" in faults(KINDS[kind].model, fields)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_named_once_and_its_names_are_addresses(kind: str) -> None:
    row = KINDS[kind]
    assert row.name == kind
    assert BY_PLURAL[row.plural] is row
    assert is_slug(row.name) and is_slug(row.plural)
    assert len({key.name for key in row.words}) == len(row.words)
    assert row.names[: len(row.model.model_fields)] == tuple(row.model.model_fields)
    assert len(set(row.names)) == len(row.names)


def test_the_toy_has_a_record_of_every_kind() -> None:
    assert {entry.kind.name for entry in toy().entries.values()} == KINDS.keys()


def test_further_paragraphs_are_declared_with_the_first() -> None:
    region = KINDS["region"]
    assert region.word("summary") is region.word("summary-2")
    assert region.word(f"summary-{MAX_PARAGRAPHS}") is not None
    for name in ("summary-1", f"summary-{MAX_PARAGRAPHS + 1}", "summary-02", "summary-", "name-2",
                 "summary-2-2", "summary-x", "summary-²", "-2", ""):  # fmt: skip
        assert region.word(name) is None, name


def test_names_are_required_where_no_pattern_makes_them() -> None:
    for row in KINDS.values():
        for key in row.words:
            assert not (key.repeated and key.type is not WordType.PROSE)
        if row.word("name"):
            assert row.words[0].required


@pytest.mark.parametrize(
    ("party", "is_valid"),
    [
        ({"of": "north"}, True),
        ({"of": "north", "body": "government"}, True),
        ({"kind": "university", "count": "3", "home": "north"}, True),
        ({"kind": "university"}, True),
        ({}, False),
        ({"body": "government"}, False),
        ({"count": "3"}, False),
        ({"of": "north", "count": "3"}, False),
        ({"of": "north", "kind": "university"}, False),
        ({"of": "north", "home": "south"}, False),
    ],
)
def test_a_party_is_named_or_counted(party: dict[str, str], is_valid: bool) -> None:
    if is_valid:
        Party.model_validate(party)
    else:
        with pytest.raises(ValidationError):
            Party.model_validate(party)


@pytest.mark.parametrize("parties", [["a"], [], ["a", "a"], ["a", "b", "a"]])
def test_a_partnership_ties_different_sides(parties: list[str]) -> None:
    with pytest.raises(ValidationError):
        Partnership.model_validate({"parties": parties})
    assert Partnership.model_validate({"parties": ["a", "b", "c"]}).parties == ("a", "b", "c")


def test_records_never_change() -> None:
    record = Agreement.model_validate(LEAST["agreement"])
    with pytest.raises(ValidationError):
        record.kind = "other"  # type: ignore[misc]
    assert Agreement.model_validate(LEAST["agreement"]) == record


def test_what_all_kinds_share() -> None:
    fields = {
        **LEAST["region"],
        "formerly": ["old"],
        "sources": ["s"],
        "field_sources": {"code": ["t"]},
        "evidence": "note-title",
        "passage": ["352-355", "360"],
        "as_printed": {"code": {"text": "X A", "repair": "ocr"}},
        "readings": [{"field": "code", "value": "XB", "sources": ["s"]}],
        "verdict": "corrected",
        "figures": {"area": {"measure": "m", "value": "3", "unit": "u"}},
    }
    record = KINDS["region"].model.model_validate(fields)
    assert record.field_sources["code"] == ("t",)
    assert record.as_printed["code"].repair == "ocr"
    assert record.figures["area"].digits == "3"
