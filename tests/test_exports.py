"""The published data: rows of facts, one file a kind, their schemas, and where they are offered."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator.exports import EXPORTS, LANGUAGE, PACKAGE, Group, downloads_of, export_all
from generator.exports.facts import COLUMNS, cell, rows
from generator.exports.plain import number, plain
from generator.model.dates import parse_date
from generator.model.kinds import KINDS
from generator.project import Project
from generator.routes import FOLLOWED, PAGE_FORMATS
from tests.built import languages_of
from tests.html_pages import read_page
from tests.samples import ROOT, Sample, make_sample

RECORDS = """
--- facts/positions/more.yaml
voice: {stance: hopes, about: [north], date: 2020, sources: [n-2]}

--- words/en/positions.yaml
hope.text: "A text."
voice.text: "A text."
"""
# In the issue that asked for the file; everything else is more.
FIELDS = {"id", "kind", "subjects", "sources", "page"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    everything = (ROOT / "tests" / "everything.md").read_text(encoding="utf-8")
    folder = tmp_path_factory.mktemp("exports") / "content"
    return make_sample(folder, everything, RECORDS)


@pytest.fixture(scope="module")
def files(sample: Sample) -> dict[str, bytes]:
    return export_all(sample.dataset, sample.words, sample.routes)


def facts(files: dict[str, bytes]) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(files["data/facts.json"])
    return loaded


def of(files: dict[str, bytes], identifier: str, aspect: str) -> dict[str, Any]:
    (row,) = [r for r in facts(files) if r["id"] == identifier and r["aspect"] == aspect]
    return row


# --- rows


def test_every_row_has_the_fields_that_readers_of_the_file_rely_on(files: dict[str, bytes]) -> None:
    found = facts(files)
    assert found
    for row in found:
        assert row.keys() >= FIELDS, row
        assert row.keys() <= set(COLUMNS)
        assert row["sources"], row
        assert isinstance(row["subjects"], list)
        assert "value" not in row or isinstance(row["value"], int | float)
        assert "lang" not in row["page"] and not row["page"].startswith(("/", "en/"))
    assert [row["id"] for row in found] == sorted(row["id"] for row in found)


def test_a_value_is_a_number_in_base_units_with_its_printed_digits(files: dict[str, bytes]) -> None:
    row = of(files, "trade-2019", "value")
    assert (row["value"], row["unit"], row["digits"], row["scale"], row["qualifier"]) == (
        110_000_000,
        "PLN",
        "110",
        "million",
        "around",
    )
    assert row["kind"] == "figure"
    assert row["type"] == "exchanges"
    assert row["date"] == "2019"
    assert row["subjects"] == ["north", "beta"]
    assert row["sources"] == ["n-1"]
    assert row["page"] == "regions/north/#trade-2019"


def test_what_a_figure_says_is_a_row_each(files: dict[str, bytes]) -> None:
    found = [row for row in facts(files) if row["id"] == "trade-2020"]
    assert {row["aspect"] for row in found} == {
        *("value", "change", "share", "rank", "ratio", "reading")
    }
    change = of(files, "trade-2020", "change")
    assert (change["value"], change["unit"], change["direction"]) == (10, "percent", "up")
    assert change["since"] == "2019"
    rank = of(files, "trade-2020", "rank")
    assert (rank["value"], rank["upper"], rank["of"]) == (2, 7, "partners")
    assert all(row["stated_by"] == ["south"] for row in found)


def test_ranges_have_two_ends(files: dict[str, bytes]) -> None:
    row = of(files, "pupils-2020", "value")
    assert (row["value"], row["upper"], row["digits"], row["unit"]) == (5, 6, "5/6", "pupil")
    row = of(files, "ferry.spread", "change")
    assert (row["value"], row["upper"], row["digits"]) == (3, 4, "3/4")


def test_what_is_vague_has_no_value(files: dict[str, bytes]) -> None:
    row = of(files, "pupils-2019", "value")
    assert "value" not in row
    assert row["vague"] == "handful"


def test_derived_figures_say_so(files: dict[str, bytes]) -> None:
    row = of(files, "trade-2017", "value")
    assert row["derived"] is True
    assert row["value"] == 30  # 31.5 less 5 per cent, to the digits of the less exact
    assert "derived" not in of(files, "trade-2018", "value")


def test_inline_figures_stand_under_the_id_of_their_record(files: dict[str, bytes]) -> None:
    row = of(files, "ferry.measured", "value")
    assert row["page"] == "regions/north/#ferry.measured"
    assert row["value"] == 50_000_000
    assert row["subjects"][0] == "ferry"
    assert "north" in row["subjects"]


def test_every_reading_is_a_row_with_its_own_sources(files: dict[str, bytes]) -> None:
    readings = [row for row in facts(files) if row["aspect"] == "reading"]
    assert {(r["id"], r["of"], r["reading"], *r["sources"]) for r in readings} == {
        ("gamma", "code", "C0", "n-2"),
        ("trade-2020", "value", "55", "n-1"),
        ("trade-2020", "period", "2020", "n-2"),
        ("ferry.measured", "value", "55", "n-1"),
    }
    assert all(row["verdict"] == "settled" for row in readings)
    value = next(r for r in readings if r["id"] == "ferry.measured")
    assert (value["value"], value["unit"], value["digits"]) == (55_000_000, "PLN", "55")
    assert value["kind"] == "figure"


def test_signed_adopted_and_in_force_are_different_rows(files: dict[str, bytes]) -> None:
    dates = {r["aspect"]: r["date"] for r in facts(files) if r["id"] == "pact-2015"}
    assert dates == {
        "signed": "2015-05-04",
        "adopted": "2015-04",
        "in_force": "2016",
        "reported": "2017-01",
    }
    row = of(files, "pact-2015", "signed")
    assert row["term"] == "2016/2020"
    assert row["sources"] == ["n-2", "n-1"]  # those of the field first
    assert of(files, "pact-2015", "adopted")["part"] == "end"


def test_a_partnership_has_a_row_for_every_year_that_is_printed(files: dict[str, bytes]) -> None:
    assert [r["date"] for r in facts(files) if r["id"] == "towns"] == ["2001", "2003-05"]


def test_a_position_names_who_spoke_or_nobody(files: dict[str, bytes]) -> None:
    assert of(files, "hope", "record")["stated_by"] == ["speaker"]
    assert of(files, "voice", "record")["stated_by"] == []


def test_dates_are_those_of_the_records(sample: Sample, files: dict[str, bytes]) -> None:
    for row in facts(files):
        for name in ("date", "since", "term", "stage_as_of"):
            assert name not in row or parse_date(row[name]).edtf == row[name]


# --- CSV


def test_the_table_has_the_same_rows(files: dict[str, bytes]) -> None:
    text = files["data/facts.csv"].decode("utf-8")
    table = list(csv.DictReader(io.StringIO(text, newline="")))
    assert text.count("\r\n") == len(table) + 1
    assert tuple(table[0]) == COLUMNS
    for line, row in zip(table, facts(files), strict=True):
        for name in COLUMNS:
            value = row.get(name)
            if isinstance(value, bool):
                assert line[name] == str(value).lower()
            elif isinstance(value, int | float):
                assert Decimal(line[name]) == Decimal(str(value))
            elif isinstance(value, list):
                assert line[name].removeprefix("'") == " ".join(value)
            else:
                assert line[name].removeprefix("'") == (value or "")


def test_the_table_of_a_kind_has_a_row_for_each_record(
    sample: Sample, files: dict[str, bytes]
) -> None:
    text = files["data/agreements.csv"].decode("utf-8")
    table = {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert table.keys() == {item.id for item in sample.dataset.by_kind["agreement"]}
    assert text.count("\r\n") == len(table) + 1
    row = table["pact-2015"]
    assert row["parties"] == "north:regional-council school:beta:3"
    assert (row["signed"], row["adopted"], row["term"]) == (
        "2015-05-04",
        "2015-04:end",
        "2016/2020",
    )
    assert (row["stage"], row["fields"]) == ("running:2021", "ports schools")
    assert (row["sources"], row["page"]) == ("n-1", "agreements/pact-2015/")
    assert table["plan-2016"]["signed"] == ""


@given(st.text())
def test_no_text_is_a_formula_to_a_spreadsheet(text: str) -> None:
    found = cell(text)
    assert found[:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert found.removeprefix("'") == text.removeprefix("'")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-5, "-5"),
        (1e21, "1000000000000000000000"),
        (0.00001, "0.00001"),
        (True, "true"),
        (None, ""),
        ([], ""),
        (["=1", "2"], "'=1 2"),
        ("@x", "'@x"),
    ],
)
def test_numbers_stay_numbers(value: object, text: str) -> None:
    assert cell(value) == text


# --- files of kinds


def test_the_files_of_all_kinds_are_valid(files: dict[str, bytes]) -> None:
    for kind in KINDS.values():
        schema = json.loads(files[f"data/schemas/{kind.plural}.schema.json"])
        Draft202012Validator.check_schema(schema)
        records = json.loads(files[f"data/{kind.plural}.json"])
        errors = [
            f"{kind.plural} {'/'.join(map(str, error.absolute_path))}: {error.message}"
            for error in Draft202012Validator(schema).iter_errors(records)
        ]
        assert errors == []
        assert len(records) == 0 or {"id", "page"} <= set(records[0])


def test_a_schema_refuses_what_the_file_never_has(files: dict[str, bytes]) -> None:
    schema = json.loads(files["data/schemas/regions.schema.json"])
    (north, *_) = json.loads(files["data/regions.json"])
    validator = Draft202012Validator(schema)
    for fault in ({"code": 5}, {"kind": "nowhere"}, {"unheard": 1}, {"id": None}):
        assert not validator.is_valid([{**north, **fault}])
    assert not validator.is_valid([{k: v for k, v in north.items() if k != "page"}])
    assert validator.is_valid([north])


def test_a_record_has_its_names_in_all_languages_and_its_back_links(
    files: dict[str, bytes],
) -> None:
    regions = {record["id"]: record for record in json.loads(files["data/regions.json"])}
    assert regions["north"]["words"]["name"] == {"en": "North"}
    assert regions["north"]["page"] == "regions/north/"
    assert "pact-2015" in regions["north"]["linked_from"]["agreements"]
    assert "formerly" not in regions["north"]


def test_the_page_of_a_source_in_print_is_not_that_of_the_site(files: dict[str, bytes]) -> None:
    sources = {record["id"]: record for record in json.loads(files["data/sources.json"])}
    assert sources["n-4"]["page"] == "sources/n-4/"
    assert sources["n-4"]["printed_page"] == "5-6"


def test_files_are_utf_8_with_a_line_end(files: dict[str, bytes]) -> None:
    for name, data in files.items():
        if name.endswith(".sqlite"):
            continue
        text = data.decode("utf-8")
        assert text.endswith("\n"), name
        assert "\\u" not in text, name


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=3, min_value=-(10**11), max_value=10**11
    )
)
def test_whole_numbers_are_whole(value: Decimal) -> None:
    found = number(value)
    assert isinstance(found, int) == (value == value.to_integral_value())
    assert json.loads(json.dumps(found)) == found
    assert abs(Decimal(str(found)) - value) < Decimal("0.001")


def test_empty_fields_are_left_out(sample: Sample) -> None:
    assert plain(sample.dataset["beta"].record) == {"code": "BB", "sources": ["part-1"]}


# --- the registry


def test_names_are_unique_and_media_types_known() -> None:
    names = [export.name for export in EXPORTS]
    assert len(set(names)) == len(names)
    assert {export.media_type for export in EXPORTS} == {
        "application/atom+xml",
        "application/json",
        "application/schema+json",
        "application/vnd.citationstyles.csl+json",
        "application/x-bibtex",
        "application/x-research-info-systems",
        "application/vnd.sqlite3",
        "text/calendar",
        "text/csv",
    }
    assert {f"{kind.plural}.json" for kind in KINDS.values()} < set(names)


def test_files_are_listed_group_by_group_each_once() -> None:
    listed = downloads_of("en")
    assert sorted(file.name for file in listed) == sorted(
        export.name.replace(LANGUAGE, "en") for export in EXPORTS
    )
    groups = list(dict.fromkeys(file.group for file in listed))
    assert groups == [f"downloads.group.{group}" for group in Group]


def test_everything_that_is_published_is_offered_on_the_downloads_page(
    real_site: Project,
) -> None:
    data = real_site.site / "data"
    published = {path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()}
    languages = languages_of(real_site)
    of_pages = {name for name in published if name.endswith(tuple(PAGE_FORMATS)) and is_of(name)}
    of_pages |= {name for name in published if is_feed_of(name)}
    # Archives of the feed of all records, to which that leads.
    of_pages |= {f"{code}/changes/{p.name}" for code in languages for p in archives(data, code)}
    assert published - of_pages == {
        export.name.replace(LANGUAGE, lang) for export in EXPORTS for lang in languages
    }
    for lang in languages:
        links = read_page(real_site.site / lang / "downloads" / "index.html").links
        offered = {a["href"].partition("/data/")[2] for a in links if "/data/" in a["href"]}
        examples = {name for name in offered if is_of(name) or is_feed_of(name)}
        assert offered - examples == {file.name for file in downloads_of(lang)}
        assert examples < of_pages and len(examples) == len(PAGE_FORMATS) + 1


def archives(data: Path, lang: str) -> list[Path]:
    """The further documents of the feed of all records in a language."""
    return sorted((data / lang / "changes").glob("*.atom"))


def is_of(name: str) -> bool:
    """Whether a file lies in the folder of a kind that has pages, or of measures."""
    folder, _, file = name.partition("/")
    with_pages = {kind.plural for kind in KINDS.values() if kind.has_page}
    return bool(file) and folder in {*with_pages, "measures"}


def is_feed_of(name: str) -> bool:
    """Whether a file is the feed of a page, in the folder of its language and kind."""
    _, _, below = name.partition("/")
    return below.startswith(tuple(f"{KINDS[kind].plural}/" for kind in FOLLOWED))


# --- the real data


def test_every_page_of_the_data_exists_with_its_anchor_in_every_language(
    real_site: Project,
) -> None:
    pages: set[str] = set()
    for path in sorted((real_site.site / "data").glob("*.json")):
        if path.name == PACKAGE or path.name.endswith(".csl.json"):
            continue
        rows_of_file = json.loads(path.read_text(encoding="utf-8"))
        pages |= {row["page"] for row in rows_of_file if "page" in row}
    assert len(pages) > 100
    for lang in languages_of(real_site):
        ids: dict[str, set[str]] = {}
        for page in sorted(pages):
            url, _, anchor = page.partition("#")
            if url not in ids:
                file = real_site.site / lang / url / "index.html"
                assert file.is_file(), f"{lang}/{page}"
                ids[url] = set(read_page(file).ids)
            assert not anchor or anchor in ids[url], f"{lang}/{page}"


def test_the_real_data_is_valid(real_site: Project) -> None:
    data = real_site.site / "data"
    for kind in KINDS.values():
        schema = json.loads((data / "schemas" / f"{kind.plural}.schema.json").read_text("utf-8"))
        records = json.loads((data / f"{kind.plural}.json").read_text("utf-8"))
        errors = list(Draft202012Validator(schema).iter_errors(records))
        assert [f"{list(e.absolute_path)}: {e.message}" for e in errors] == []


def test_the_sources_of_all_real_rows_are_published(real_site: Project) -> None:
    data = real_site.site / "data"
    known = {row["id"] for row in json.loads((data / "sources.json").read_text("utf-8"))}
    for row in json.loads((data / "facts.json").read_text("utf-8")):
        assert set(row["sources"]) <= known
        assert row["sources"], row["id"]


def test_rows_do_not_depend_on_the_process(sample: Sample) -> None:
    again = [dict(row) for row in rows(sample.dataset, sample.routes)]
    assert again == rows(sample.dataset, sample.routes)
