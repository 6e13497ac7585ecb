"""The data package, read by Frictionless: types, keys and what refers to what, all as it says."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, Resource, validate

from generator.model.kinds import KINDS
from generator.project import Project
from tests.dated import dated_toy, published


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        if name.startswith("data/") and name.count("/") == 1:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
    return folder / "data" / "datapackage.json"


def faults(path: Path) -> list[str]:
    report = validate(str(path))
    return [f"{row[0]}: {row[1]}" for row in report.flatten(["type", "message"])]


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = published(dated_toy(tmp_path_factory.mktemp("dated")))[1]
    return write(tmp_path_factory.mktemp("package"), files)


def test_the_package_of_the_toy_is_valid(toy: Path) -> None:
    assert faults(toy) == []
    package = json.loads(toy.read_text("utf-8"))
    tables = {resource["name"] for resource in package["resources"]}
    assert tables > {kind.plural for kind in KINDS.values()} | {"facts"}
    assert {f"{name}.csv" for name in tables} == {p.name for p in toy.parent.glob("*.csv")}


@pytest.mark.parametrize(
    ("file", "change", "fault"),
    [
        ("regions.csv", (",morvia,", ",nowhere,"), "foreign-key"),
        ("regions.csv", ("XA-AL", "XA-AX"), "hash-count"),
        ("forums.csv", ("forum-1,1,", "forum-1,first,"), "type-error"),
        ("places.csv", ("cedar-port,", "birch-town,"), "unique-error"),
        ("countries.csv", ("\nkestria,XA", "\nkestria,"), "constraint-error"),
    ],
)
def test_a_package_with_a_fault_is_not(
    file: str, change: tuple[str, str], fault: str, toy: Path, tmp_path: Path
) -> None:
    shutil.copytree(toy.parent, tmp_path / "data")
    path = tmp_path / "data" / file
    text = path.read_text("utf-8")
    assert change[0] in text
    path.write_text(text.replace(*change, 1), "utf-8", newline="")
    assert fault in " ".join(faults(tmp_path / "data" / toy.name))


def test_the_package_of_the_site_is_valid_and_its_values_are_those_of_the_data(
    real_site: Project,
) -> None:
    data = real_site.site / "data"
    path = data / "datapackage.json"
    assert faults(path) == []
    package = Package(str(path))
    assert package.version == "1.0.0"
    assert [licence["name"] for licence in package.licenses] == ["CC-BY-4.0"]

    def rows(name: str) -> list[dict[str, Any]]:
        resource: Resource = package.get_resource(name)
        return [row.to_dict() for row in resource.read_rows()]

    facts = json.loads((data / "facts.json").read_text("utf-8"))
    found = rows("facts")
    assert len(found) == len(facts)
    for row, fact in zip(found, facts, strict=True):
        for column, value in row.items():
            expected = fact.get(column)
            if isinstance(expected, list):
                expected = " ".join(expected) or None
            elif isinstance(expected, float | int) and not isinstance(expected, bool):
                expected = Decimal(str(expected))
            text = value.removeprefix("'") if isinstance(value, str) else value
            assert text == expected, (fact["id"], column)
    for kind in ("agreement", "region", "project"):
        objects = json.loads((data / f"{KINDS[kind].plural}.json").read_text("utf-8"))
        assert [row["id"] for row in rows(KINDS[kind].plural)] == [one["id"] for one in objects]
