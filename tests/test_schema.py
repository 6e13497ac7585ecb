"""The JSON Schemas that editors use accept what the generator accepts, and refuse slips."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generator.errors import BuildError, ContentError
from generator.file_schemas import FILES, other_schemas
from generator.inspect import write_schemas
from generator.model.kinds import BY_PLURAL, KINDS
from generator.model.schema import DIALECT, file_schema, schema_files
from generator.model.vocabulary import Vocabulary
from generator.project import Project
from generator.source import read_yaml
from tests.helpers import ROOT, TOY, Change, real_store, toy, toy_project

# Files that no content in this repository has.
NOT_YET = ("links", "removed")
CONTENTS = {"toy": TOY / "content", "site": ROOT / "content"}


def as_editor(value: Any) -> Any:
    """A value as the YAML 1.2 of editors types it: numbers and truth values without quotes."""
    if isinstance(value, dict):
        return {key: as_editor(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_editor(inner) for inner in value]
    if value is None or not value.plain:
        return value if value is None else str(value)
    if value in ("true", "false"):
        return value == "true"
    if re.fullmatch(r"[-+]?\d+", value):
        return int(value)
    return float(value) if re.fullmatch(r"[-+]?\d*\.\d+", value) else str(value)


@cache
def validator(kind: str, name: str = "toy") -> Draft202012Validator:
    schema = file_schema(KINDS[kind], vocabulary_of(name))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def vocabulary_of(name: str) -> Vocabulary:
    return toy().vocabulary if name == "toy" else real_store().vocabulary


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", CONTENTS)
def test_every_record_fits_the_schema_of_its_kind(name: str, kind: str) -> None:
    check = validator(kind, name)
    for path in sorted((CONTENTS[name] / "facts" / KINDS[kind].plural).glob("*.yaml")):
        node, problems = read_yaml(path.read_bytes(), path.name)
        assert node is not None and problems == []
        faults = [
            f"{path.name}: {'.'.join(map(str, error.absolute_path))}: {error.message}"
            for error in check.iter_errors(as_editor(node.to_plain()))
        ]
        assert faults == []


def toy_record(kind: str) -> dict[str, Any]:
    entry = next(toy().of_kind(kind))
    found: dict[str, Any] = as_editor(entry.node.to_plain())
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_misspelt_field_does_not_fit(kind: str) -> None:
    check = validator(kind)
    record = toy_record(kind)
    assert check.is_valid({"north": record})
    for name in record:
        misspelt = {(f"{key}s" if key == name else key): value for key, value in record.items()}
        if f"{name}s" not in KINDS[kind].model.model_fields:
            assert not check.is_valid({"north": misspelt}), name


@pytest.mark.parametrize("kind", KINDS)
def test_wrong_values_do_not_fit(kind: str) -> None:
    check = validator(kind)
    record = toy_record(kind)
    assert not check.is_valid([record])
    assert not check.is_valid({"North": record})
    assert not check.is_valid({"north/east": record})
    assert not check.is_valid({"north": {**record, "sources": "note-1"}})
    assert not check.is_valid({"north": {**record, "passage": ["p. 3"]}})
    for name in KINDS[kind].model.model_fields:
        if KINDS[kind].model.model_fields[name].is_required():
            rest = {key: value for key, value in record.items() if key != name}
            assert not check.is_valid({"north": rest}), name


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("region", "kind", "repubblic"),
        ("agreement", "fields", ["trade", "sience"]),
        ("agreement", "signed", "yesterday"),
        ("agreement", "signed", "31.12.1999"),
        ("agreement", "parties", [{"of": "north", "body": "goverment"}]),
        ("project", "stage", {"at": "dunn"}),
        ("project", "figures", {"large": {"measure": "quantity", "value": 3, "unit": "bos"}}),
        ("figure", "scale", "milion"),
        ("figure", "change", {"direction": "sideways", "percent": 3}),
        ("position", "goods", ["tractor"]),
        ("source", "url", 7),
        ("forum", "number", "one"),
    ],
)
def test_a_wrong_term_or_shape_does_not_fit(kind: str, field: str, value: object) -> None:
    check = validator(kind)
    assert not check.is_valid({"north": {**toy_record(kind), field: value}})


def test_terms_are_listed_and_references_say_what_they_lead_to() -> None:
    schema = file_schema(KINDS["agreement"], toy().vocabulary)
    fields = schema["$defs"]["Agreement"]["properties"]
    assert fields["kind"]["enum"] == ["agreement", "action-plan"]
    assert fields["fields"]["items"]["enum"] == ["trade", "science", "culture"]
    assert "id of: agreement" in json.dumps(fields["implements"])
    assert schema["$schema"] == DIALECT


def test_there_is_one_schema_a_kind() -> None:
    files = schema_files(toy().vocabulary)
    assert files.keys() == {f"{kind}.schema.json" for kind in KINDS}
    for name, data in files.items():
        schema = json.loads(data)
        assert schema["title"] in BY_PLURAL
        assert data.endswith(b"}\n"), name
        assert "x-done" not in data.decode()


def test_the_schemas_in_the_repository_are_fresh() -> None:
    assert write_schemas(Project(ROOT), only_check=True) == []


def test_schemas_are_written_once(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    names = sorted(f"{name}.schema.json" for name in (*KINDS, *FILES))
    with pytest.raises(BuildError, match=re.escape("run: python -m generator schema")):
        write_schemas(project, only_check=True)
    assert not project.schemas.exists()
    assert write_schemas(project, only_check=False) == names
    assert write_schemas(project, only_check=False) == []
    assert write_schemas(project, only_check=True) == []
    (project.schemas / "region.schema.json").write_bytes(b"{}")
    with pytest.raises(BuildError, match=re.escape("stale: region.schema.json;")):
        write_schemas(project, only_check=True)


@pytest.mark.parametrize("name", FILES)
def test_every_other_content_file_fits_its_schema(name: str) -> None:
    schema = json.loads(other_schemas()[f"{name}.schema.json"])
    Draft202012Validator.check_schema(schema)
    check = Draft202012Validator(schema)
    paths = [path for folder in CONTENTS.values() for path in folder.glob(FILES[name][0])]
    assert paths or name in NOT_YET
    for path in paths:
        node, _ = read_yaml(path.read_bytes(), path.name)
        assert node is not None
        faults = [
            f"{list(e.path)}: {e.message}" for e in check.iter_errors(as_editor(node.to_plain()))
        ]
        assert faults == [], path


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("site", {"languages": {}}),
        ("vocabulary", {"fields": {"trade": {"colour": "red"}}}),
        ("history", {"north": {"added": "2021-07-01", "hash": "0123456789ab"}}),
        ("releases", {"1.0": {"published": "2021-07-01", "state": "0123456789ab"}}),
        ("releases", {"1.0.0": {"published": "2021-07-01", "state": "0123456789ab", "new": {}}}),
        ("removed", {"north": {"kind": "region", "removed": "2021", "reason": "old"}}),
        ("ledger", {"1-2": {"records": ["north"]}}),
        ("stamps", {"north.name": "yes"}),
        ("exceptions", {"en": {"mixed-letters": "all"}}),
        ("words", {"north.name": ["North"]}),
    ],
)
def test_a_slip_in_another_content_file_does_not_fit(name: str, value: Any) -> None:
    check = Draft202012Validator(json.loads(other_schemas()[f"{name}.schema.json"]))
    assert not check.is_valid(value)


def test_a_removed_record_fits_its_schema() -> None:
    check = Draft202012Validator(json.loads(other_schemas()["removed.schema.json"]))
    line = {"kind": "agreement", "removed": "2022-03", "reason": "split", "successors": ["a", "b"]}
    assert check.is_valid({"north": line})


def test_no_schema_is_made_of_a_broken_vocabulary(tmp_path: Path) -> None:
    change = Change("facts/vocabulary.yaml", "{currency: USD}", "{curency: USD}")
    with pytest.raises(ContentError) as caught:
        write_schemas(toy_project(tmp_path, change), only_check=False)
    assert [problem.rule for problem in caught.value.problems] == ["unknown-field"]
    assert not (tmp_path / "schemas").exists()
