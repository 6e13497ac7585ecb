"""Start page, map and profiles in a browser: ways in, names of pictures, room for a finger."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from generator.project import Project
from tests.browser.reader import DESK, PHONE, WAYS_BY_TURNS, findings, reading
from tests.browser.test_site import LANGUAGES
from tests.conftest import ServeFolder


@pytest.fixture(scope="module")
def address(real_site: Project, serve_folder: ServeFolder) -> str:
    return serve_folder(real_site.site)


def longest(real_site: Project) -> str:
    """The address of the longest profile, and so of the one with the most sections."""
    pages = sorted((real_site.site / LANGUAGES[0] / "regions").glob("*/index.html"))
    return f"regions/{max(pages, key=lambda path: path.stat().st_size).parent.name}/"


def with_a_chart(real_site: Project) -> str:
    pages = sorted((real_site.site / LANGUAGES[0] / "regions").glob("*/index.html"))
    found = [path for path in pages if '<figure class="chart"' in path.read_text("utf-8")]
    return f"regions/{found[0].parent.name}/"


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_the_start_page_opens_the_search_and_gives_the_focus_back(
    browser: Browser, address: str, width: int
) -> None:
    with reading(browser, f"{address}{LANGUAGES[0]}/", width=width) as reader:
        button = reader.page.locator(".search-button.start")
        button.press("Enter")
        expect(reader.page.locator("#search-query")).to_be_focused()
        reader.page.keyboard.press("Escape")
        expect(button).to_be_focused()


def test_without_a_script_the_start_page_leads_by_map_and_list(
    browser: Browser, address: str
) -> None:
    with reading(browser, f"{address}{LANGUAGES[0]}/", java_script_enabled=False) as reader:
        page = reader.page
        expect(page.locator(".search-button.start")).to_be_hidden()
        page.locator(".tiles a").first.click()
        page.wait_for_url("**/regions/*/")
        page.go_back()
        page.locator('.ways a[href*="regions/#"]').first.click()
        page.wait_for_url("**/regions/#*")


def test_the_map_is_one_piece_on_a_desk_and_in_bands_on_a_phone(
    browser: Browser, address: str
) -> None:
    tops = {}
    for width in (DESK, PHONE):
        with reading(browser, f"{address}{LANGUAGES[0]}/regions/", width=width) as reader:
            boxes = [band.bounding_box() or {} for band in reader.page.locator(".tiles svg").all()]
            tops[width] = {round(box["y"]) for box in boxes}
            tile = reader.page.locator(".tiles a").first.bounding_box() or {}
            assert min(tile["width"], tile["height"]) >= 24
            sizes = [box["width"] for box in boxes]
            assert sum(sizes) <= width * (1 if width == DESK else len(sizes))
    assert len(tops[DESK]) == 1
    assert len(tops[PHONE]) == len(boxes)


def test_every_tile_is_called_by_the_name_of_its_region(browser: Browser, address: str) -> None:
    with reading(browser, f"{address}{LANGUAGES[0]}/regions/") as reader:
        page = reader.page
        for tile in page.locator(".tiles a").all()[:3]:
            href = tile.get_attribute("href") or ""
            name = page.locator(f'.cards a[href="{href}"]').inner_text()
            expect(
                page.get_by_role("link", name=re.compile(f"^{re.escape(name)}: "))
            ).to_have_count(1)


def test_a_chart_is_a_picture_with_a_name_and_a_description(
    browser: Browser, address: str, real_site: Project
) -> None:
    url = with_a_chart(real_site)
    with reading(browser, f"{address}{LANGUAGES[0]}/{url}") as reader:
        chart = reader.page.locator("figure.chart").first
        picture = chart.get_by_role("img").first
        named = (picture.get_attribute("aria-labelledby") or "").split()
        texts = [reader.page.locator(f"#{name}").text_content() for name in named]
        assert len(texts) == 2 and all(texts)
        assert chart.locator("rect[class^=part-]").count() >= 2


@pytest.mark.parametrize(("width", "scheme"), WAYS_BY_TURNS)
def test_the_longest_profile_is_accessible_and_fits(
    browser: Browser, address: str, real_site: Project, width: int, scheme: str
) -> None:
    url = f"{address}{LANGUAGES[-1]}/{longest(real_site)}"
    with reading(browser, url, width=width, color_scheme=scheme) as reader:
        assert findings(reader.page) == []
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= width
        contents = reader.page.locator("nav.jump" if width == PHONE else "nav.toc")
        expect(contents).to_be_visible()
