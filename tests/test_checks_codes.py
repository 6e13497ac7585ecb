"""A code of another collection of data leads to one record."""

from __future__ import annotations

from pathlib import Path

from generator.checks.codes import check
from tests.checking import said
from tests.helpers import Change

CEDAR = "facts/regions/cedar.yaml"
KESTRIA = "facts/regions/kestria.yaml"


def with_item(file: str, code: str, item: str) -> Change:
    return Change(file, f"code: {code}\n", f"code: {code}\n  wikidata: {item}\n")


def test_the_codes_of_the_toy_are_its_own(tmp_path: Path) -> None:
    assert said(check, tmp_path) == []


def test_a_code_that_another_record_has_is_named(tmp_path: Path) -> None:
    found = said(check, tmp_path, Change(CEDAR, "code: XB-CE", "code: XA-AL"))
    assert found == ["facts/regions/kestria.yaml:4:9 same-code XA-AL"]


def test_an_item_of_wikidata_is_that_of_one_record_of_any_kind(tmp_path: Path) -> None:
    country = with_item("facts/countries/countries.yaml", "XA", "Q12")
    region = with_item(KESTRIA, "XA-BI", "Q12")
    assert said(check, tmp_path, country, region) == [
        "facts/regions/kestria.yaml:13:13 same-code Q12"
    ]


def test_other_items_are_others(tmp_path: Path) -> None:
    changes = with_item(CEDAR, "XB-CE", "Q1"), with_item(KESTRIA, "XA-BI", "Q12")
    assert said(check, tmp_path, *changes) == []
