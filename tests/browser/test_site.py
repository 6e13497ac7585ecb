"""The finished site in a browser, as a static host serves it, at the root and below a path."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from generator.project import Project
from tests.browser.reader import PHONE, findings, fits, reading
from tests.conftest import ServeFolder
from tests.html_pages import HtmlPage, html_files, read_page

ROOT = Path(__file__).parent.parent.parent
SETTINGS = yaml.load((ROOT / "content" / "site.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
LANGUAGES = tuple(SETTINGS["languages"])
FIRST, SECOND = LANGUAGES[:2]
HEADING = re.compile(r"<h([1-6])\b([^>]*)>")
IDENTIFIER = re.compile(r'\bid="([^"]*)"')
EDIT = re.compile(r'<a href="([^"]*)" rel="edit">')


@pytest.fixture(scope="module")
def site(real_site: Project) -> Path:
    return real_site.site


@pytest.fixture(scope="module")
def address(site: Path, serve_folder: ServeFolder) -> str:
    return serve_folder(site)


@pytest.fixture(scope="module")
def below(site: Path, serve_folder: ServeFolder) -> str:
    """The same site below a path, where no address may begin at the root of the host."""
    return serve_folder(site, "/some/where/")


def kinds_of_pages(site: Path) -> list[str]:
    """One page of each kind: every index, and a page of middling size of each folder below one."""
    found = [""]
    for index in sorted((site / FIRST).glob("*/index.html")):
        folder = index.parent
        found.append(f"{folder.name}/")
        pages = [path for path in folder.glob("*/**/index.html") if "refresh" not in _head(path)]
        if pages:
            pages.sort(key=lambda path: (path.stat().st_size, path.as_posix()))
            usual = pages[len(pages) // 2].parent
            found.append(f"{usual.relative_to(site / FIRST).as_posix()}/")
    return found


def _head(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        return file.read(1000)


# --- what needs no browser: every page of the site


@pytest.fixture(scope="module")
def pages(site: Path) -> Mapping[str, str]:
    """The HTML of every page by its address without language, of the first language."""
    return {name: (site / FIRST / name).read_text("utf-8") for name in html_files(site / FIRST)}


def headings(html: str) -> list[tuple[str, str]]:
    found = []
    for level, attributes in HEADING.findall(html):
        identifier = IDENTIFIER.search(attributes)
        found.append((level, identifier[1] if identifier else ""))
    return found


@pytest.mark.parametrize("lang", LANGUAGES[1:])
def test_every_heading_has_an_ascii_id_that_is_equal_in_all_languages(
    site: Path, pages: Mapping[str, str], lang: str
) -> None:
    assert list(html_files(site / lang)) == list(pages)
    for name, html in pages.items():
        if name == "404.html":
            continue
        ours = headings(html)
        # Groups stand in the alphabetical order of the language.
        theirs = headings((site / lang / name).read_text(encoding="utf-8"))
        assert sorted(ours) == sorted(theirs), name
        assert all(identifier.isascii() and identifier for _, identifier in ours), name
        # Levels are not skipped, and there is one title.
        levels = [int(level) for level, _ in ours]
        assert levels.count(1) == 1 or "refresh" in html, name
        assert all(b <= a + 1 for a, b in pairwise(levels)), name


def test_every_edit_link_leads_to_a_file_of_the_repository(site: Path) -> None:
    start = f"{SETTINGS['repository'].rstrip('/')}/edit/{SETTINGS['branch']}/"
    links: set[str] = set()
    for lang in LANGUAGES:
        for name in html_files(site / lang):
            found = EDIT.findall((site / lang / name).read_text(encoding="utf-8"))
            links.update(found)
            if "/" in name.rpartition("/")[0] and "by-year" not in name:
                assert found or "refresh" in _head(site / lang / name), f"{lang}/{name}"
    assert len(links) > 50
    for link in sorted(links):
        assert link.startswith(start)
        assert (ROOT / link.removeprefix(start)).is_file(), link
        assert link.removeprefix(start).startswith(("content/facts/", "content/words/"))


def test_no_page_shows_a_key_instead_of_a_text(site: Path) -> None:
    keys: set[str] = set()
    for path in sorted((ROOT / "content" / "words" / FIRST).glob("*.yaml")):
        if path.stem in ("interface", "terms", "values"):
            loaded = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
            keys |= {f"{key.rpartition('.')[0]}." for key in loaded}
    dotted = re.compile(r"(?<![\w/.@-])[a-z][a-z-]*\.[a-z][\w.-]*")
    for lang in LANGUAGES:
        for url in kinds_of_pages(site):
            text = read_page(site / lang / url / "index.html").text()
            found = {match[0] for match in dotted.finditer(text)}
            shown = {one for one in found if one.startswith(tuple(keys))}
            assert {one for one in shown if not one.endswith((".json", ".csv"))} == set(), url


# --- languages


@pytest.mark.parametrize("where", ["address", "below"])
def test_the_switcher_leads_to_the_same_page_and_back_without_script(
    browser: Browser, site: Path, where: str, request: pytest.FixtureRequest
) -> None:
    start: str = request.getfixturevalue(where)
    deepest = max(kinds_of_pages(site), key=lambda url: url.count("/"))
    for url in ("", "regions/", deepest):
        with reading(browser, f"{start}{FIRST}/{url}", java_script_enabled=False) as reader:
            page = reader.page
            page.click(".switcher summary")
            page.click(f".switcher a[hreflang={SECOND}]")
            assert page.url == f"{start}{SECOND}/{url}"
            assert page.get_attribute("html", "lang") == SECOND
            page.click(f"footer a[hreflang={FIRST}]")
            assert page.url == f"{start}{FIRST}/{url}"


def test_every_language_is_offered_by_its_own_name(browser: Browser, address: str) -> None:
    with reading(browser, f"{address}{SECOND}/regions/") as reader:
        offered = reader.page.locator("footer a[hreflang]")
        names = [settings["name"] for settings in SETTINGS["languages"].values()]
        assert offered.all_inner_texts() == names
        codes = offered.evaluate_all("all => all.map(a => a.lang)")
        assert codes == list(LANGUAGES)
        assert reader.page.locator("footer a[aria-current]").get_attribute("lang") == SECOND


@pytest.mark.parametrize("where", ["address", "below"])
def test_the_chooser_leads_to_every_language(
    browser: Browser, where: str, request: pytest.FixtureRequest
) -> None:
    start: str = request.getfixturevalue(where)
    for lang in LANGUAGES:
        with reading(browser, start, java_script_enabled=False) as reader:
            reader.page.click(f"main a[hreflang={lang}]")
            assert reader.page.url == f"{start}{lang}/"


def test_a_missing_page_speaks_every_language(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in ("none", f"{SECOND}/none", f"{FIRST}/regions/none/none/"):
        response = page.goto(address + path)
        assert response is not None and response.status == 404
        for lang in LANGUAGES:
            text = missing_text(lang)
            assert text in page.locator(f"[lang={lang}]").all_inner_texts(), f"{path} {lang}"
        links = page.locator("a[hreflang]").evaluate_all("all => all.map(a => a.href)")
        assert links == [f"{address}{lang}/" for lang in LANGUAGES]
        assert page.locator("main").evaluate("e => getComputedStyle(e).display") == "block"
    context.close()


def missing_text(lang: str) -> str:
    path = ROOT / "content" / "words" / lang / "interface.yaml"
    text: str = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["not-found.title"]
    return text


def test_the_404_of_a_language_is_in_that_language(site: Path) -> None:
    for lang in LANGUAGES:
        page = read_page(site / lang / "404.html")
        assert page.lang == lang
        assert missing_text(lang) in page.text(lang)
        others = [text for other in LANGUAGES if other != lang for text in [missing_text(other)]]
        assert not any(text in page.text() for text in others)


# --- search


def region_with_names(site: Path, lang: str) -> tuple[str, str, list[str]]:
    """The region with the most names: its address, its name in the language, all its names."""
    regions = json.loads((site / "data" / "regions.json").read_text(encoding="utf-8"))
    best = max(regions, key=lambda region: (len(region.get("other_names", ())), region["id"]))
    names = best["words"]["name"]
    return f"regions/{best['id']}/", names[lang], sorted({*names.values(), *best["other_names"]})


def found_by(page: Page, query: str) -> list[str]:
    page.locator("#search-query").fill(query)
    expect(page.locator(".results")).to_have_attribute("aria-busy", "false")
    addresses: list[str] = page.locator(".results a").evaluate_all("all => all.map(a => a.href)")
    return addresses


@pytest.mark.parametrize("lang", LANGUAGES[:2])
def test_search_finds_a_region_by_all_its_names_from_the_keyboard(
    browser: Browser, site: Path, below: str, lang: str
) -> None:
    url, own, names = region_with_names(site, lang)
    assert len(names) > 4
    with reading(browser, f"{below}{lang}/sources/") as reader:
        page = reader.page
        page.keyboard.press("/")
        for name in names:
            assert f"{below}{lang}/{url}" in found_by(page, name), name
        assert found_by(page, own)[0] == f"{below}{lang}/{url}"
        with page.expect_navigation(url=f"{below}{lang}/{url}"):
            page.keyboard.press("Enter")
        # And by way of the list.
        page.keyboard.press("Control+k")
        assert len(found_by(page, own)) > 1
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.matches('.results a')")
        target = page.evaluate("document.activeElement.href")
        with page.expect_navigation(url=target):
            page.keyboard.press("Enter")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_search_works_from_disk(browser: Browser, site: Path, lang: str) -> None:
    url, own, _ = region_with_names(site, lang)
    start = (site / lang / "index.html").as_uri()
    with reading(browser, start) as reader:
        reader.page.click(".search-button")
        assert found_by(reader.page, own)[0].endswith(f"/{lang}/{url}")
        reader.foreign[:] = [one for one in reader.foreign if not one.startswith("file:")]


# --- reading


def test_a_citation_leads_to_the_entry_of_its_source(
    browser: Browser, site: Path, address: str
) -> None:
    region = next(url for url in kinds_of_pages(site) if re.match("regions/.+", url))
    with reading(browser, f"{address}{SECOND}/{region}") as reader:
        page = reader.page
        cite = page.locator("sup.cite a").last
        label = cite.get_attribute("aria-label")
        cite.click()
        entry = page.locator(":target")
        assert entry.evaluate("e => e.matches('ol.sources > li')")
        assert entry.evaluate(
            """e => { const header = document.querySelector("header").getBoundingClientRect();
            const box = e.getBoundingClientRect();
            return box.top >= header.bottom - 1 && box.top < innerHeight; }"""
        )
        link = entry.locator(".num a")
        assert link.get_attribute("aria-label") == label
        link.click()
        identifier = page.url.rstrip("/").rpartition("/")[2]
        assert page.url == f"{address}{SECOND}/sources/{identifier}/"
        # Back from the source to what rests on it.
        back = page.locator(f"#facts ~ ul a[href*='{region.rstrip('/')}']").first
        back.click()
        assert page.url.startswith(f"{address}{SECOND}/{region}")


def test_every_citation_of_a_page_has_its_entry(site: Path) -> None:
    for url in kinds_of_pages(site):
        page: HtmlPage = read_page(site / FIRST / url / "index.html")
        cited = {a["href"] for a in page.links if a["href"].startswith("#source-")}
        assert {link[1:] for link in cited} <= set(page.ids), url


def test_links_to_records_lead_to_their_place(browser: Browser, site: Path, below: str) -> None:
    notes = "sources/"
    with reading(browser, f"{below}{FIRST}/{notes}") as reader:
        page = reader.page
        page.locator("ol.sources .num a").first.click()
        page.wait_for_url("**/sources/*/")
        page.locator("#facts ~ ul a[href*='#']").first.click()
        page.wait_for_url("**/*#*")
        assert page.locator(":target").count() == 1


# --- what pages of every kind are looked at for: test_gates_shown


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "404.html", f"{SECOND}/404.html"])
def test_pages_outside_of_the_languages_are_accessible_and_fit(
    browser: Browser, address: str, scheme: str, path: str
) -> None:
    with reading(browser, address + path, width=PHONE, color_scheme=scheme) as reader:
        assert findings(reader.page) == []
        assert fits(reader.page)
