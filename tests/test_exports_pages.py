"""The data of pages about a record or a measure: what the page shows, as rows and as records."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from generator.exports.facts import COLUMNS
from generator.exports.pages import FORMATS, files_of_page, pages_with_data, records_of
from generator.project import Project
from generator.routes import PAGE_FORMATS, data_of
from tests.html_pages import read_page
from tests.samples import ROOT, Sample, make_sample


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    everything = (ROOT / "tests" / "everything.md").read_text(encoding="utf-8")
    return make_sample(tmp_path_factory.mktemp("pages") / "content", everything)


@pytest.fixture(scope="module")
def files(sample: Sample) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for page, about in pages_with_data(sample.dataset, sample.routes):
        found |= files_of_page(sample.dataset, sample.words, sample.routes, page, about)
    return found


def loaded(files: dict[str, bytes], name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files[f"{name}.json"])
    return found


def rows(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"{name}.csv"].decode())))


def test_every_page_about_a_record_or_measure_has_its_files_and_no_other(
    sample: Sample, files: dict[str, bytes]
) -> None:
    urls = {page.url for page in sample.pages.values() if page.subject}
    urls |= {url for url in sample.pages if url.startswith("measures/") and url != "measures/"}
    assert set(files) == {data_of(url, form) for url in urls for form in PAGE_FORMATS}
    assert tuple(FORMATS) == PAGE_FORMATS


def test_a_region_has_its_figures_and_the_records_that_concern_it(files: dict[str, bytes]) -> None:
    found = loaded(files, "regions/north")
    assert found["page"] == "regions/north/"
    assert found["as_of"] == "2022-01"
    assert [record["id"] for record in found["records"]["regions"]] == ["north"]
    assert {"figures", "agreements", "projects", "positions"} <= set(found["records"])
    assert {row["id"] for row in found["facts"]} > {"trade-2019", "ferry.measured", "pact-2015"}
    assert "pupils-2020" not in {row["id"] for row in found["facts"]}  # of the other region
    assert {source["id"] for source in found["sources"]} == {"n-1", "n-2", "part-1"}


def test_both_files_have_the_same_rows(files: dict[str, bytes]) -> None:
    for name in ("regions/north", "agreements/pact-2015", "sources/n-2", "countries/gamma"):
        table = rows(files, name)
        assert [row["id"] for row in table] == [row["id"] for row in loaded(files, name)["facts"]]
        assert all(tuple(row) == COLUMNS for row in table)


def test_every_row_is_of_a_record_in_the_file(files: dict[str, bytes]) -> None:
    for name, data in files.items():
        if name.endswith(".json") and not name.endswith(".csl.json"):
            found = json.loads(data)
            ids = {record["id"] for records in found["records"].values() for record in records}
            assert {row["id"].partition(".")[0] for row in found["facts"]} <= ids, name


def test_a_country_has_what_its_page_shows_and_not_what_stands_on_pages_of_regions(
    sample: Sample, files: dict[str, bytes]
) -> None:
    assert {row["id"] for row in loaded(files, "countries/beta")["facts"]} == set()
    assert [row["id"] for row in loaded(files, "countries/gamma")["facts"]] == [
        "gamma",
        "gamma.home",
    ]
    beta = records_of(sample.dataset, sample.routes, sample.dataset["beta"])
    assert [item.id for item in beta] == ["beta"]


def test_a_measure_has_its_figures_and_nothing_else_of_their_records(
    sample: Sample, files: dict[str, bytes]
) -> None:
    for url in (url for url in sample.pages if url.startswith("measures/") and url != "measures/"):
        measure = url.split("/")[1]
        found = loaded(files, f"measures/{measure}")
        statements = {
            s.id for s in sample.dataset.statements.values() if s.amount.measure == measure
        }
        assert {row["id"].partition("#")[0] for row in found["facts"]} == statements
        ids = {record["id"] for records in found["records"].values() for record in records}
        assert ids == {identifier.partition(".")[0] for identifier in statements}


def test_a_source_has_what_rests_on_it(files: dict[str, bytes]) -> None:
    records = loaded(files, "sources/n-2")["records"]
    ids = {record["id"] for found in records.values() for record in found}
    assert {"n-2", "ferry", "hope", "plan-2016"} <= ids
    assert "pact-2010" not in ids


def test_the_pages_of_the_site_lead_to_their_files(real_site: Project) -> None:
    site = real_site.site
    for kind in ("regions", "countries", "districts", "measures"):
        for page in sorted((site / "en" / kind).glob("*/index.html")):
            links = {a["href"] for a in read_page(page).links if "download" in a}
            found = {(page.parent / link).resolve() for link in links}
            wanted = {
                (site / "data" / kind / f"{page.parent.name}.{form}").resolve()
                for form in PAGE_FORMATS
            }
            assert wanted <= found, page
            assert all(Path(path).is_file() for path in wanted)
