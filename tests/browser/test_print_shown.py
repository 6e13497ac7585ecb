"""Pages as they are printed: what is for the screen is gone, what is folded is open."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from generator.project import Project
from tests.browser.reader import reading
from tests.browser.test_site import LANGUAGES
from tests.conftest import ServeFolder

PAGE = "agreements/pskov-plan-2021/"
SHOWN = """selector => [...document.querySelectorAll(selector)]
    .filter(one => one.checkVisibility() && one.getClientRects().length).length"""
GONE = (
    ".md-header", ".md-footer", ".md-sidebar", ".path", ".headerlink", ".permalink", ".downloads",
    ".page-foot button", ".page-foot a",
)  # fmt: skip
KEPT = ("h1", ".md-typeset h2", ".facts", ".sources > li", "#citation", "details p")


@pytest.mark.parametrize("lang", LANGUAGES[:2])
def test_paper_has_what_a_reader_of_it_can_use(
    browser: Browser, real_site: Project, serve_folder: ServeFolder, lang: str
) -> None:
    with reading(browser, f"{serve_folder(real_site.site)}{lang}/{PAGE}") as reader:
        page = reader.page
        assert page.evaluate(SHOWN, ".path")
        page.emulate_media(media="print", color_scheme="dark")
        look(page)


def look(page: Page) -> None:
    """Fail unless the page shows on paper what it should, on white."""
    assert {name: page.evaluate(SHOWN, name) for name in GONE} == dict.fromkeys(GONE, 0)
    assert all(page.evaluate(SHOWN, name) for name in KEPT)
    # Labels of what is gone do not stay behind.
    rows = page.evaluate("""[...document.querySelectorAll(".page-foot dl > div")]
        .filter(one => one.checkVisibility())
        .map(one => one.querySelector("dd").innerText.trim())""")
    assert len(rows) == 2
    assert all(rows)
    link = page.locator(".sources > li > :not(.num) a").first
    said = link.evaluate("one => getComputedStyle(one, '::after').content")
    assert said.strip('"') == link.get_attribute("href")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
