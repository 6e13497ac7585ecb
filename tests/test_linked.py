"""Linked data of pages: what it says, and that nothing in it gets out of its place."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.finish_html import policy
from generator.project import Project
from generator.views.linked import linked_data
from tests.built import languages_of
from tests.samples import Sample, make_sample

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
RECORDS = """
--- facts/countries/base.yaml
alpha: {code: AA, wikidata: Q1, sources: [part-1]}

--- facts/districts/d.yaml
middle: {kind: macroregion, country: alpha, sources: [part-1]}

--- facts/regions/r.yaml
north:
  formerly: [old-north, oldest-north]
  kind: voivodeship
  country: alpha
  district: middle
  code: AA-N
  wikidata: Q12
  other_names: [Norte, North]
  sources: [part-1]
south: {kind: voivodeship, country: alpha, code: AA-S, sources: [part-1]}

--- facts/forums/f.yaml
forum-1: {number: 1, date: 2015-05, host: north, sources: [n-1]}
forum-2: {number: 2, date: 2021-12-30/2022-01-02, sources: [n-1]}

--- words/en/regions.yaml
north.name: "North"
south.name: "</script><!-- 'South' & \\"more\\" -->"

--- words/de/regions.yaml
north.name: "Norden"

--- words/en/countries.yaml
alpha.name: "Alpha"

--- words/en/districts.yaml
middle.name: "Middle"

--- words/en/forums.yaml
forum-1.theme: "On all"
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return make_sample(tmp_path_factory.mktemp("linked") / "content", RECORDS)


def text_of(sample: Sample, url: str, lang: str = "en") -> str:
    _, meta, _ = sample.render(url, lang).text.split("---\n", 2)
    text: str = yaml.load(meta, yaml.CSafeLoader)["linked_data"]
    return text


def nodes(sample: Sample, url: str, lang: str = "en") -> dict[str, dict[str, Any]]:
    found = json.loads(text_of(sample, url, lang))
    assert found["@context"] == "https://schema.org"
    return {node["@type"]: node for node in found["@graph"]}


def test_every_page_has_its_path(sample: Sample) -> None:
    for url in sample.pages:
        steps = nodes(sample, url)["BreadcrumbList"]["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        assert steps[0]["item"] == "https://example.org/en/"
        assert steps[-1]["item"] == f"https://example.org/en/{url}"
        assert (len(steps) == 1) == (url == "")
    steps = nodes(sample, "regions/north/", "de")["BreadcrumbList"]["itemListElement"]
    assert [step["item"] for step in steps][1:] == [
        "https://example.org/de/regions/",
        "https://example.org/de/regions/north/",
    ]
    assert steps[-1]["name"] == "Norden"


def test_a_region_has_its_names_and_codes(sample: Sample) -> None:
    node = nodes(sample, "regions/north/")["AdministrativeArea"]
    assert node == {
        "@type": "AdministrativeArea",
        "@id": "tag:example.org,2022-01-01:oldest-north",
        "name": "North",
        "alternateName": ["Norden", "Norte"],
        "url": "https://example.org/en/regions/north/",
        "identifier": {"@type": "PropertyValue", "propertyID": "ISO 3166-2", "value": "AA-N"},
        "sameAs": "http://www.wikidata.org/entity/Q12",
        "containedInPlace": {
            "@type": "Country",
            "@id": "tag:example.org,2022-01-01:alpha",
            "name": "Alpha",
        },
    }
    german = nodes(sample, "regions/north/", "de")["AdministrativeArea"]
    assert german["@id"] == node["@id"]
    assert (german["name"], german["alternateName"]) == ("Norden", ["North", "Norte"])


def test_a_country_is_in_none_and_a_district_has_no_code(sample: Sample) -> None:
    country = nodes(sample, "countries/alpha/")["Country"]
    assert country["identifier"]["propertyID"] == "ISO 3166-1"
    assert "containedInPlace" not in country
    district = nodes(sample, "districts/middle/")["AdministrativeArea"]
    assert district["containedInPlace"]["name"] == "Alpha"
    assert "identifier" not in district


def test_a_forum_has_its_days_as_exactly_as_they_are_known(sample: Sample) -> None:
    first = nodes(sample, "forums/forum-1/")["Event"]
    assert (first["startDate"], first["endDate"]) == ("2015-05", "2015-05")
    assert first["location"]["name"] == "North"
    assert first["about"] == "On all"
    second = nodes(sample, "forums/forum-2/")["Event"]
    assert (second["startDate"], second["endDate"]) == ("2021-12-30", "2022-01-02")
    assert "location" not in second


def test_the_start_page_presents_the_dataset(sample: Sample) -> None:
    node = nodes(sample, "", "de")["Dataset"]
    assert node["inLanguage"] == ["en", "de"]
    assert node["url"] == "https://example.org/de/"
    assert node["dateModified"] == "2022-01-01"  # without a history, the state of the data
    assert "Dataset" not in nodes(sample, "regions/")


def test_a_name_stays_in_its_place(sample: Sample) -> None:
    text = text_of(sample, "regions/south/")
    assert not set("<>&'\n") & set(text)
    name = json.loads(text)["@graph"][1]["name"]
    assert name == "</script><!-- 'South' & \"more\" -->"


@given(st.text())
def test_no_text_ends_the_block_or_the_line_of_the_front_matter(sample: Sample, title: str) -> None:
    page = sample.pages["regions/"]
    text = linked_data(sample.context("regions/"), page, title, ())
    assert not set("<>&'\n\r\x85\u2028\u2029") & set(text)
    assert yaml.load(f"linked_data: '{text}'", yaml.CSafeLoader) == {"linked_data": text}
    steps = json.loads(text)["@graph"][0]["itemListElement"]
    assert steps[0]["name"] == re.sub("[\ue003-\ue005]", "", title) or "\ue003" in title


def test_it_is_data_to_the_policy_of_a_page() -> None:
    html = '<head><script type="application/ld+json">{}</script></head>'
    assert "sha256" not in policy(html)


# --- the site


def pages_of(site: Path, lang: str) -> Iterator[Path]:
    return (path for path in sorted((site / lang).rglob("index.html")))


def test_every_page_of_the_site_has_one_block_that_leads_to_pages_and_files(
    real_site: Project,
) -> None:
    site = real_site.site
    address = "https://example.org/"
    types: set[str] = set()
    for lang in languages_of(real_site):
        for path in pages_of(site, lang):
            html = path.read_text("utf-8")
            if 'http-equiv="refresh"' in html:
                continue  # the address of a renamed record
            (block,) = BLOCK.findall(html)
            for node in json.loads(block)["@graph"]:
                types.add(node["@type"])
                steps = node.get("itemListElement", ())
                files = node.get("distribution", ())
                targets = [*(s["item"] for s in steps), *(f["contentUrl"] for f in files)]
                for target in (*targets, *([node["url"]] if "url" in node else [])):
                    assert target.startswith(address)
                    assert (site / target.removeprefix(address)).exists(), target
    assert types == {"AdministrativeArea", "BreadcrumbList", "Country", "Dataset", "Event"}


def test_codes_are_those_of_the_data(real_site: Project) -> None:
    data = real_site.site / "data"
    regions = {row["id"]: row for row in json.loads((data / "regions.json").read_text("utf-8"))}
    for lang in languages_of(real_site):
        for identifier, row in regions.items():
            html = (real_site.site / lang / row["page"] / "index.html").read_text("utf-8")
            (block,) = BLOCK.findall(html)
            (node,) = [n for n in json.loads(block)["@graph"] if n["@type"] != "BreadcrumbList"]
            assert node["identifier"]["value"] == row["code"]
            assert node["name"] == row["words"]["name"][lang], identifier
            item = node.get("sameAs", "").rpartition("/")[2]
            assert item == row.get("wikidata", "")


def test_forums_and_the_dataset_say_what_the_data_say_in_every_language(
    real_site: Project,
) -> None:
    data = real_site.site / "data"
    version = json.loads((data / "version.json").read_text("utf-8"))
    forums = json.loads((data / "forums.json").read_text("utf-8"))
    with (data / "forums.csv").open(encoding="utf-8", newline="") as file:
        titles = {row["id"]: row for row in csv.DictReader(file)}
    for lang in languages_of(real_site):
        for row in forums:
            html = (real_site.site / lang / row["page"] / "index.html").read_text("utf-8")
            (block,) = BLOCK.findall(html)
            (node,) = [n for n in json.loads(block)["@graph"] if n["@type"] == "Event"]
            date = row["date"]  # with a part of a month, the month is what can be said
            start, _, end = (date["on"] if isinstance(date, dict) else date).partition("/")
            assert (node["startDate"], node["endDate"]) == (start, end or start)
            assert node["name"] == titles[row["id"]][f"title_{lang}"].removeprefix("'")
            assert node["inLanguage"] == lang
        (block,) = BLOCK.findall((real_site.site / lang / "index.html").read_text("utf-8"))
        (node,) = [n for n in json.loads(block)["@graph"] if n["@type"] == "Dataset"]
        assert node["version"] == version["version"]
        assert node["dateModified"] == version["changed"]
        assert node["inLanguage"] == version["languages"]
