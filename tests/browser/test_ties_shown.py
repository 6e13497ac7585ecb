"""The picture of partnerships in a browser: lines meet names, at any width and size of letters."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.project import Project
from tests.browser.reader import DESK, PHONE, fits, reading
from tests.browser.test_site import LANGUAGES
from tests.conftest import ServeFolder

# For every line: how far its ends are from the middles of the rows of their names, in pixels, and
# how much of each name lies outside the column of its side.
MISSES = """() => [...document.querySelectorAll(".tied")].flatMap(tied =>
  [...tied.querySelectorAll("path")].flatMap(line => {
    const [from, to] = line.dataset.ends.split(" ").map((name, side) => tied.querySelector(
      `ul.${["left", "right"][side]} [data-name="${name}"]`).closest("li").getBoundingClientRect());
    const box = line.getScreenCTM(), end = line.getPointAtLength(line.getTotalLength());
    const start = line.getPointAtLength(0), y = point => point.matrixTransform(box).y;
    const middle = row => row.top + row.height / 2;
    return [Math.abs(y(start) - middle(from)), Math.abs(y(end) - middle(to))];
  }))"""


@pytest.fixture(scope="module")
def address(real_site: Project, serve_folder: ServeFolder) -> str:
    return serve_folder(real_site.site)


def misses(page: Page) -> list[float]:
    found: list[float] = page.evaluate(MISSES)
    return found


@pytest.mark.parametrize("width", [DESK, 700, PHONE, 320])
def test_lines_end_at_the_names_that_they_tie(browser: Browser, address: str, width: int) -> None:
    for lang in LANGUAGES:
        with reading(browser, f"{address}{lang}/partnerships/", width=width) as reader:
            assert max(misses(reader.page)) < 1
            assert fits(reader.page)


def test_lines_end_at_their_names_with_larger_letters_too(browser: Browser, address: str) -> None:
    with reading(browser, f"{address}{LANGUAGES[0]}/partnerships/", width=PHONE) as reader:
        reader.page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert max(misses(reader.page)) < 1


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_names_stay_in_their_rows(browser: Browser, address: str, width: int) -> None:
    script = """() => [...document.querySelectorAll(".tied :is(.head, li li)")]
      .filter(row => row.firstElementChild.getBoundingClientRect().height > row.clientHeight + 2)
      .map(row => row.textContent)"""
    for lang in LANGUAGES:
        with reading(browser, f"{address}{lang}/partnerships/", width=width) as reader:
            assert reader.page.evaluate(script) == []


def test_a_name_shows_its_lines_and_where_they_lead(browser: Browser, address: str) -> None:
    with reading(browser, f"{address}{LANGUAGES[0]}/partnerships/") as reader:
        page = reader.page
        most: dict[str, Any] = page.evaluate(
            """() => {
              const ends = [...document.querySelectorAll(".tied path")].map(
                line => line.dataset.ends.split(" "));
              const count = name => ends.filter(pair => pair.includes(name)).length;
              const name = ends.flat().sort((a, b) => count(b) - count(a))[0];
              return {name, count: count(name)};
            }"""
        )
        assert most["count"] > 1
        name = page.locator(f".tied [data-name={most['name']}]").first
        for show, hide in ((name.hover, lambda: page.mouse.move(0, 0)), (name.focus, name.blur)):
            show()
            expect(page.locator(".tied path.on")).to_have_count(most["count"])
            expect(page.locator(".tied a.on")).to_have_count(most["count"] + 1)
            hide()
            expect(page.locator(".tied .on")).to_have_count(0)


def test_without_a_script_every_name_leads_to_its_place(browser: Browser, address: str) -> None:
    options = {"java_script_enabled": False}
    with reading(browser, f"{address}{LANGUAGES[0]}/partnerships/", **options) as reader:
        name = reader.page.locator(".tied [data-name]").first
        identifier = name.get_attribute("data-name")
        name.click()
        reader.page.wait_for_url("**/regions/*/#*")
        assert reader.page.url.endswith(f"#{identifier}")
        expect(reader.page.locator(f"[id={identifier}]")).to_be_visible()
