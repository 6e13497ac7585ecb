"""What scripts add to a page is in its language too: every kind of page in every language."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from generator.project import Project
from tests.browser.test_site import (
    LANGUAGES,
    found_by,
    kinds_of_pages,
    reading,
    region_with_names,
)
from tests.conftest import ServeFolder
from tests.purity import Find, Purity


@pytest.fixture(scope="module")
def purity(real_site: Project) -> Purity:
    return Purity(real_site.content, real_site.site)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_of_page_with_its_scripts_is_in_its_language(
    browser: Browser, purity: Purity, real_site: Project, serve_folder: ServeFolder, lang: str
) -> None:
    address = serve_folder(real_site.site)
    found: dict[str, list[Find]] = {}
    kinds = kinds_of_pages(real_site.site)
    assert len(kinds) > 15
    for url in kinds:
        with reading(browser, f"{address}{lang}/{url}") as reader:
            reader.page.wait_for_load_state()
            finds = purity.finds(reader.page.content())
        if finds:
            found[url] = finds
    assert found == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_search_speaks_the_language(
    browser: Browser, purity: Purity, real_site: Project, serve_folder: ServeFolder, lang: str
) -> None:
    _, name, _ = region_with_names(real_site.site, lang)
    with reading(browser, f"{serve_folder(real_site.site)}{lang}/") as reader:
        reader.page.click(".search-button")
        assert found_by(reader.page, name) != []
        assert purity.finds(reader.page.content()) == []
        assert found_by(reader.page, "zzzzzz") == []
        assert purity.finds(reader.page.content()) == []


def test_a_text_that_a_script_adds_in_another_language_is_found(
    browser: Browser, purity: Purity, real_site: Project, serve_folder: ServeFolder
) -> None:
    first, second = LANGUAGES[:2]
    text = purity.texts[second]["site.description"]
    with reading(browser, f"{serve_folder(real_site.site)}{first}/") as reader:
        reader.page.evaluate("text => document.body.append(text)", text)
        assert [find.text for find in purity.finds(reader.page.content())] == [text]
