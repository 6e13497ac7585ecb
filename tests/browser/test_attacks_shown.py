"""Attacks in a browser, under the site's policy: none runs, asks for anything or takes room."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import attacks
from tests.browser.reader import fits, reading
from tests.built import once
from tests.conftest import ServeFolder
from tests.test_attacks import ROUNDS

PHONE = 390
READY = "() => Boolean(document.querySelector('dialog.search').searchIndex)"
# Pages on which most texts stand; the others are looked at by night.
PAGES = (
    *("fr/", "fr/regions/north/", "fr/agreements/pact-2015/", "fr/sources/", "pl/agreements/"),
    *("pl/organisations/", "pl/regions/", "fr/translation/"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = once(
        tmp_path_factory, "attacked", lambda root: attacks.built(root / "project", 0, ROUNDS)
    )
    return folder / "project" / "site"


def look(browser: Browser, address: str) -> None:
    asked: list[str] = []
    with reading(browser, address, width=PHONE) as reader:
        reader.page.on("dialog", lambda dialog: asked.append(dialog.message))
        reader.page.wait_for_load_state()
        assert reader.page.evaluate("window.__hit") is None
        assert reader.page.evaluate("document.querySelectorAll('iframe,object,embed').length") == 0
        assert fits(reader.page)
    assert asked == []


@pytest.mark.parametrize("page", PAGES)
def test_no_attack_runs(browser: Browser, site: Path, serve_folder: ServeFolder, page: str) -> None:
    look(browser, serve_folder(site, "/atlas/duo/") + page)


@pytest.mark.nightly
def test_no_attack_runs_anywhere(browser: Browser, site: Path, serve_folder: ServeFolder) -> None:
    address = serve_folder(site, "/atlas/duo/")
    for path in sorted(site.glob("*/**/index.html")):
        look(browser, address + path.relative_to(site).parent.as_posix() + "/")


def test_no_attack_runs_in_what_the_search_finds(
    browser: Browser, site: Path, serve_folder: ServeFolder
) -> None:
    with reading(browser, serve_folder(site, "/atlas/duo/") + "fr/") as reader:
        page = reader.page
        page.locator(".search-button").first.click()
        page.wait_for_function(READY)
        for query in ("taken over", "script", "north", "x", "alert __hit", "<img", "q"):
            page.locator("#search-query").fill(query)
            page.wait_for_timeout(100)
            assert page.evaluate("window.__hit") is None
            found = "dialog.search :is(script,img,iframe,style,h1,form form)"
            assert page.locator(found).count() == 0
