"""The foot of every page: what it says, where it leads, and what it leaves out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from markupsafe import Markup

from generator.project import Project
from generator.routes import CITATION_FORMATS
from generator.views.foot import foot, site_citation
from tests.html_pages import read_page
from tests.samples import ROOT, Sample, make_sample, other_project

BASE = (ROOT / "tests" / "golden" / "base" / "site.yaml").read_text(encoding="utf-8")
REPORT = 'report: "https://example.org/new?title={title}&body={address}"\n'
RECORDS = """
--- facts/regions/r.yaml
north: {kind: voivodeship, country: alpha, code: AA-N, sources: [part-1]}

--- words/en/regions.yaml
north.name: "North & \\"South\\" 100% #1"
"""


def sample_with(folder: Path, settings: str = "") -> Sample:
    return make_sample(folder / "content", RECORDS, f"--- site.yaml\n{BASE}{settings}")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return sample_with(tmp_path_factory.mktemp("foot"), REPORT)


def text_of(markup: Markup) -> str:
    return markup.striptags()


def test_a_page_is_cited_with_title_site_state_and_address(sample: Sample) -> None:
    p = sample.context("regions/north/", subject="north")
    found = foot(p, p.name("north"))
    assert text_of(found.citation) == (
        'North & "South" 100% #1 in site.name, January 2022, https://example.org/en/regions/north/'
    )


def test_the_start_page_is_cited_as_the_whole(sample: Sample) -> None:
    p = sample.context("")
    found = foot(p, Markup("Welcome"))
    assert text_of(found.citation) == "site.name, January 2022, https://example.org/en/"
    elsewhere = sample.context("about/", "de")
    assert text_of(site_citation(elsewhere)) == "site.name, Januar 2022, https://example.org/de/"


def test_files_lie_beside_the_page_and_are_saved_under_names_that_tell_them_apart(
    sample: Sample,
) -> None:
    found = foot(sample.context("regions/north/", "de", "north"), Markup("x")).files
    assert [address for _, address, _ in found] == [f"cite.{form}" for form in CITATION_FORMATS]
    assert next(name for _, _, name in found) == "regions-north-de.bib"
    assert foot(sample.context(""), Markup("x")).files[0][2] == "en.bib"


def test_a_report_names_the_page(sample: Sample) -> None:
    p = sample.context("regions/north/", subject="north")
    report = foot(p, p.name("north")).report
    assert report is not None
    query = parse_qs(urlsplit(report.unescape()).query)
    assert query == {
        "title": ['North & "South" 100% #1'],
        "body": ["https://example.org/en/regions/north/"],
    }
    assert 'rel="nofollow">foot.report</a>' in sample.render("regions/north/").text


def test_without_a_place_for_reports_there_is_no_link(tmp_path: Path) -> None:
    bare = sample_with(tmp_path)
    assert foot(bare.context(""), Markup("x")).report is None
    text = bare.render("regions/north/").text
    assert "foot.report" not in text
    assert "foot.correct" in text  # it can be edited all the same


def test_a_page_without_a_record_has_no_data_of_its_own(sample: Sample) -> None:
    text = sample.render("regions/").text
    assert "foot.data" not in text
    assert text.count('rel="edit"') == 1
    assert "foot.data" in sample.render("regions/north/").text


def test_a_source_offers_itself_to_reference_managers(sample: Sample) -> None:
    text = sample.render("sources/n-1/").text
    assert "foot.source " in text
    assert 'href="../../../data/sources/n-1.bib"' in text
    assert "foot.sources " in sample.render("regions/north/").text


def test_the_foot_says_when_the_record_was_added_and_changed(tmp_path: Path) -> None:
    log = '{kind}{{added: 2021-05-04, changed: {changed}, hash: "0123456789ab"}}\n'
    history = log.format(kind="north: ", changed="2022-01-30")
    history += log.format(kind="n-1: ", changed="2021-05-04")
    dated = make_sample(tmp_path / "content", f"{RECORDS}\n--- history.yaml\n{history}")
    text = dated.render("regions/north/").text
    assert 'foot.added: <time datetime="2021-05-04">' in text
    assert 'foot.changed: <time datetime="2022-01-30">' in text
    text = dated.render("sources/n-1/").text
    assert '<time datetime="2021-05-04">' in text and "foot.changed" not in text
    for url in ("regions/south/", "regions/", "sources/n-2/"):
        if url in dated.pages:
            assert "foot.added" not in dated.render(url).text


# --- the language's own style, on the real pages

STYLES = {
    "en": r".+\. In .+\. Data as of \S.*\. https://\S+/en/\S*",
    "de": r".+\. In: .+\. Stand der Daten: \S.*\. https://\S+/de/\S*",
    "ru": r".+ \[Электронный ресурс\] // .+\. — Состояние данных: \S.*\. — https://\S+/ru/\S*",
    "be": r".+ \[Электронны рэсурс\] // .+\. — Стан даных: .+\. — Рэжым доступу: https://\S+/be/\S*",
}


def settings(project: Project) -> Any:
    return yaml.load((project.content / "site.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)


@pytest.mark.parametrize("lang", STYLES)
def test_pages_are_cited_in_the_style_of_the_language(real_site: Project, lang: str) -> None:
    site = settings(real_site)
    for name in ("regions/pskov", "agreements", "forums/forum-7", "sources/fn-21", "downloads"):
        html = (real_site.site / lang / name / "index.html").read_text(encoding="utf-8")
        (found,) = re.findall(r'<p class="citation" id="citation">(.*?)</p>', html)
        text = Markup(found).striptags()
        assert re.fullmatch(STYLES[lang], text), text
        assert text.endswith(f"{site['address']}{lang}/{name}/")
        assert ".." not in text


@pytest.mark.parametrize("lang", STYLES)
def test_every_page_can_be_reported(real_site: Project, lang: str) -> None:
    site = settings(real_site)
    page = read_page(real_site.site / lang / "regions" / "pskov" / "index.html")
    start = site["report"].partition("{")[0]
    (report,) = [a["href"] for a in page.links if a["href"].startswith(start)]
    assert f"{site['address']}{lang}/regions/pskov/" in parse_qs(urlsplit(report).query)["body"]


def test_a_site_says_where_to_report_in_an_address(tmp_path: Path) -> None:
    from generator.store import read_store

    project = other_project(tmp_path)
    path = project.content / "site.yaml"
    path.write_text(path.read_text("utf-8") + 'report: "javascript:{title}"\n', "utf-8")
    (problem,) = [
        p for p in read_store(project.content).problems if p.place.file.endswith("site.yaml")
    ]
    assert (problem.rule, problem.value) == ("invalid-address", "javascript:{title}")
