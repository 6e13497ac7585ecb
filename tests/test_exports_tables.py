"""Tables of every kind and the database, read back with other libraries: the same as the data."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.dataset import Dataset
from generator.dating import write_history
from generator.exports import export_all
from generator.exports.facts import COLUMNS
from generator.exports.records import RENAMED
from generator.model.kinds import KINDS
from generator.project import Project
from tests.built import languages_of
from tests.dated import FIRST, LATER, dated_toy, published
from tests.helpers import Change, apply
from tests.samples import ROOT, Sample, make_sample

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sample, dict[str, bytes]]:
    text = (ROOT / "tests" / "everything.md").read_text(encoding="utf-8")
    sample = make_sample(tmp_path_factory.mktemp("tables") / "content", text)
    return sample, export_all(sample.dataset, sample.words, sample.routes)


@pytest.fixture(scope="module")
def toy_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Dataset, dict[str, bytes]]:
    return published(dated_toy(tmp_path_factory.mktemp("dated")))


def table(files: dict[str, bytes], name: str) -> Rows:
    text = files[f"data/{name}.csv"].decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def records(files: dict[str, bytes], name: str) -> Rows:
    loaded: Rows = json.loads(files[f"data/{name}.json"])
    return loaded


@contextmanager
def opened(data: bytes) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    try:
        connection.deserialize(data)
        yield connection
    finally:
        connection.close()


# --- CSV


def test_the_table_of_a_kind_has_the_records_of_its_file(
    everything: tuple[Sample, dict[str, bytes]],
) -> None:
    sample, files = everything
    for kind in KINDS.values():
        rows, objects = table(files, kind.plural), records(files, kind.plural)
        assert [row["id"] for row in rows] == [one["id"] for one in objects]
        for row, one in zip(rows, objects, strict=True):
            assert row["page"] == one["page"]
            assert row["sources"].split() == one.get("sources", [])
            for lang in sample.dataset.site.codes:
                assert row[f"title_{lang}"]


def test_every_field_with_a_place_in_a_cell_has_it(
    everything: tuple[Sample, dict[str, bytes]],
) -> None:
    _, files = everything
    nested = {"formerly", "field_sources", "passage", "as_printed", "readings", "figures"}
    for kind in KINDS.values():
        columns = set(table(files, kind.plural)[0])
        for name in set(kind.model.model_fields) - nested:
            own = RENAMED.get(name, name)
            assert any(column == own or column.startswith(f"{own}_") for column in columns), name


def test_single_values_are_those_of_the_record(
    everything: tuple[Sample, dict[str, bytes]],
) -> None:
    _, files = everything
    compared = 0
    for kind in KINDS.values():
        for row, one in zip(table(files, kind.plural), records(files, kind.plural), strict=True):
            for name, value in one.items():
                if isinstance(value, bool):
                    assert row[name] == str(value).lower()
                elif isinstance(value, int | float):
                    assert Decimal(row[name]) == Decimal(str(value))
                elif isinstance(value, str):
                    assert row[name].removeprefix("'") == value
                else:
                    continue
                compared += 1
    assert compared > 200


def test_parts_of_a_record_have_columns_of_their_own(
    everything: tuple[Sample, dict[str, bytes]],
) -> None:
    _, files = everything
    north = next(row for row in table(files, "regions") if row["id"] == "north")
    assert (north["tile_row"], north["tile_column"]) == ("1", "2")
    figure = next(row for row in table(files, "figures") if row["id"] == "trade-2020")
    assert (figure["change_direction"], figure["change_percent"]) == ("up", "10")
    assert (figure["rank_place"], figure["rank_total"]) == ("2", "7")
    assert next(r for r in table(files, "places") if r["id"] == "south-town")["reconstructed"] == (
        "false"
    )


def test_names_are_those_of_the_words_in_every_language(
    toy_files: tuple[Dataset, dict[str, bytes]],
) -> None:
    _, files = toy_files
    found = {
        (row["record"], row["language"], row["key"], row["name"].removeprefix("'"))
        for row in table(files, "names")
    }
    said = {
        (one["id"], lang, key, text)
        for kind in KINDS.values()
        for one in records(files, kind.plural)
        for key, texts in one.get("words", {}).items()
        for lang, text in texts.items()
    }
    others = {
        (one["id"], "", "other_name", name)
        for kind in KINDS.values()
        for one in records(files, kind.plural)
        for name in one.get("other_names", ())
    }
    assert found == said | others
    assert ("kestria", "de", "name", "Kestrien") in found
    assert ("kestria", "", "other_name", "Kestrien") in found


def test_links_are_the_references_of_records(
    toy_files: tuple[Dataset, dict[str, bytes]],
) -> None:
    dataset, files = toy_files
    rows = table(files, "links")
    found = {(row["record"], row["field"], row["target"]) for row in rows}
    assert ("alder-cedar-2015", "parties.0.of", "alder") in found
    assert ("alder-cedar-2015", "field_sources.signed.0", "note-2") in found
    assert len(found) == len(rows)
    assert len(rows) == sum(len(item.record.references) for item in dataset.items.values())


def test_labels_say_what_coded_values_mean(
    toy_files: tuple[Dataset, dict[str, bytes]],
) -> None:
    _, files = toy_files
    labels = {(r["list"], r["entry"], r["language"]): r["label"] for r in table(files, "labels")}
    for row in table(files, "agreements"):
        for lang in ("en", "de"):
            assert labels["agreement-kinds", row["kind"], lang]


def test_the_crosswalk_has_what_has_a_code(
    everything: tuple[Sample, dict[str, bytes]],
) -> None:
    _, files = everything
    rows = {row["id"]: row for row in table(files, "crosswalk")}
    coded = {one["id"] for name in ("countries", "regions") for one in records(files, name)}
    assert set(rows) == coded
    assert rows["north"]["iso_3166"] == "AA-N"
    assert rows["north"]["wikidata_uri"] == "http://www.wikidata.org/entity/Q45"
    assert rows["south"]["wikidata"] == rows["south"]["wikidata_uri"] == ""


def test_the_change_log_has_what_came_changed_and_went(tmp_path: Path) -> None:
    project = dated_toy(tmp_path)
    apply(project.root, Change("facts/figures/figures.yaml", "value: 121", "value: 122"))
    path = project.content / "facts/meetings/meetings.yaml"
    path.write_text(path.read_text("utf-8").partition("birch-visit:")[0], "utf-8")
    write_history(project, LATER)
    dataset, files = published(project)
    rows = table(files, "history")
    assert [tuple(row.values()) for row in rows[:3]] == [
        ("alder-trade-2019", "alder-trade-2019", "figure", f"{FIRST}", f"{LATER}", "", "false", ""),
        ("birch-visit", "", "", f"{FIRST}", f"{FIRST}", "", "false", f"{LATER}"),
        ("alder", "alder", "region", f"{FIRST}", f"{FIRST}", "", "false", ""),
    ]
    assert len(rows) == len(dataset.items) + 1
    assert {"first_id": "old-birch", "id": "birch"}.items() <= next(
        row.items() for row in rows if row["id"] == "birch"
    )


# --- the database


def test_the_database_has_the_same_tables_and_rows(
    everything: tuple[Sample, dict[str, bytes]],
) -> None:
    _, files = everything
    with opened(files["data/data.sqlite"]) as database:
        assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for path in files:
            folder, _, file = path.partition("/")
            if folder != "data" or "/" in file or not file.endswith(".csv"):
                continue
            name = file.removesuffix(".csv")
            sql = f'SELECT * FROM "{name.replace("-", "_")}" ORDER BY rowid'
            found = [dict(row) for row in database.execute(sql)]
            rows = table(files, name)
            assert len(found) == len(rows), name
            for mine, theirs in zip(found, rows, strict=True):
                mine.pop("number", None) if name == "facts" else None
                assert list(mine) == list(theirs), name
                for column, value in mine.items():
                    assert same(value, theirs[column]), (name, column, value, theirs[column])


def same(value: Any, cell: str) -> bool:
    """Whether a value of the database is that of a cell of a CSV file."""
    if value is None:
        return cell == ""
    if cell in ("true", "false"):
        return bool(value) == (cell == "true")
    if isinstance(value, int | float):
        return Decimal(str(value)) == Decimal(cell)
    return bool(value == cell.removeprefix("'"))


def test_lists_of_facts_are_rows_that_can_be_joined(
    everything: tuple[Sample, dict[str, bytes]],
) -> None:
    _, files = everything
    facts = json.loads(files["data/facts.json"])
    with opened(files["data/data.sqlite"]) as database:
        sql = (
            "SELECT facts.id, aspect FROM facts JOIN fact_links ON fact = number"
            " WHERE field = 'subjects' AND target = 'north' ORDER BY number"
        )
        found = [tuple(row) for row in database.execute(sql)]
        assert found == [(r["id"], r["aspect"]) for r in facts if "north" in r["subjects"]]
        count = "SELECT count(*) FROM fact_links WHERE field = 'sources'"
        assert database.execute(count).fetchone()[0] == sum(len(r["sources"]) for r in facts)


def test_the_database_says_which_data_it_is(
    toy_files: tuple[Dataset, dict[str, bytes]],
) -> None:
    with opened(toy_files[1]["data/data.sqlite"]) as database:
        meta = dict(tuple(row) for row in database.execute("SELECT key, value FROM meta"))
    assert meta == {
        "as_of": "2021-06",
        "changed": "2021-07-01",
        "address": "https://example.org/toy/",
    }


def test_the_database_is_the_same_each_time_and_names_no_library(tmp_path: Path) -> None:
    project = dated_toy(tmp_path)
    first, second = (published(project)[1]["data/data.sqlite"] for _ in range(2))
    assert first == second
    assert first[:16] == b"SQLite format 3\0"
    assert int.from_bytes(first[16:18], "big") == 4096
    assert first[96:100] == bytes(4)


# --- the real data


def test_the_files_of_the_site_have_the_same_records(real_site: Project) -> None:
    data = real_site.site / "data"
    files = {f"data/{path.name}": path.read_bytes() for path in data.iterdir() if path.is_file()}
    with opened(files["data/data.sqlite"]) as database:
        for kind in KINDS.values():
            objects = {one["id"]: one for one in records(files, kind.plural)}
            rows = {row["id"]: row for row in table(files, kind.plural)}
            name = kind.plural.replace("-", "_")
            found = {row["id"]: row for row in database.execute(f"SELECT * FROM {name}")}
            assert objects.keys() == rows.keys() == found.keys()
            for identifier, one in objects.items():
                for lang in languages_of(real_site):
                    title = rows[identifier][f"title_{lang}"].removeprefix("'")
                    assert title == found[identifier][f"title_{lang}"]
                    named = one.get("words", {}).get("name", {}).get(lang)
                    assert named in (None, title)
        facts = json.loads(files["data/facts.json"])
        values = [row[0] for row in database.execute("SELECT value FROM facts ORDER BY number")]
        assert values == [row.get("value") for row in facts]
        assert tuple(table(files, "facts")[0]) == COLUMNS
