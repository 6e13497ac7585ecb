"""The foot of a page in a browser: a citation to copy, with and without scripts and a clipboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from generator.project import Project
from tests.browser.reader import DESK, PHONE, reading
from tests.browser.test_site import LANGUAGES
from tests.conftest import ServeFolder

PAGE = "regions/pskov/"


@pytest.fixture(scope="module")
def address(real_site: Project, serve_folder: ServeFolder) -> str:
    return serve_folder(real_site.site)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_citation_is_copied_as_it_reads(browser: Browser, address: str, lang: str) -> None:
    options = {"permissions": ["clipboard-read", "clipboard-write"]}
    with reading(browser, f"{address}{lang}/{PAGE}", **options) as reader:
        page = reader.page
        page.locator("button.copy").press("Enter")
        expect(page.locator(".page-foot [role=status]")).not_to_be_empty()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.locator("#citation").text_content()
        assert copied.endswith(f"/{lang}/{PAGE}")


def test_without_a_clipboard_the_citation_is_selected(browser: Browser, address: str) -> None:
    with reading(browser, f"{address}{LANGUAGES[0]}/{PAGE}") as reader:
        page = reader.page
        page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        page.locator("button.copy").click()
        selected = page.evaluate("getSelection().toString()")
        assert selected.split() == page.locator("#citation").inner_text().split()


def test_without_a_script_there_is_no_button_and_all_the_rest(
    browser: Browser, address: str
) -> None:
    with reading(browser, f"{address}{LANGUAGES[0]}/{PAGE}", java_script_enabled=False) as reader:
        foot = reader.page.locator(".page-foot")
        expect(foot.locator("button")).to_be_hidden()
        expect(foot.locator("#citation")).to_be_visible()
        assert foot.locator("a[download]").count() == 5
        with reader.page.expect_download() as download:
            foot.get_by_text("BibTeX").click()
        assert download.value.suggested_filename == f"regions-pskov-{LANGUAGES[0]}.bib"


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_the_foot_is_compact(browser: Browser, address: str, width: int) -> None:
    with reading(browser, f"{address}{LANGUAGES[0]}/{PAGE}", width=width) as reader:
        box = reader.page.locator(".page-foot").bounding_box()
        assert box is not None
        assert box["height"] < (320 if width == DESK else 480)
        assert box["x"] + box["width"] <= width
