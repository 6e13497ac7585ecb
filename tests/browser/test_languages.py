"""Languages in a browser: what scripts add to pages is in their language, or says in which it is.

What stands in the files is read in ``test_purity``, page by page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from generator.dataset import build_dataset
from generator.finish import page_file
from generator.loading import read
from generator.project import Project
from generator.routes import Routes
from generator.views.pages import plan
from tests.built import NEW_LANGUAGE, ROOT, languages_of
from tests.conftest import ServeFolder
from tests.purity import Purity

LANGUAGES = languages_of(Project(ROOT))
NONSENSE = "\u04e0\u04e0\u04e0\u04e0"


@pytest.fixture(scope="module")
def purity(real_site: Project) -> Purity:
    return Purity(real_site.content, real_site.site)


@pytest.fixture(scope="module")
def dense(real_site: Project) -> dict[str, str]:
    """For each template the address of its largest page, below the root of a language."""
    dataset = build_dataset(read(real_site))
    found: dict[str, tuple[int, str]] = {}
    for page in plan(dataset, Routes(dataset)):
        size = (real_site.site / LANGUAGES[0] / page_file(page.url)).stat().st_size
        found[page.template] = max(found.get(page.template, (0, "")), (size, page.url))
    templates = {path.name.partition(".")[0] for path in (ROOT / "templates/pages").iterdir()}
    assert found.keys() == templates
    return {template: url for template, (_, url) in found.items()}


@pytest.fixture(scope="module")
def address(real_site: Project, serve_folder: ServeFolder) -> str:
    return serve_folder(real_site.site)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    yield page
    page.wait_for_load_state()
    context.close()


def finds(page: Page, purity: Purity) -> list[object]:
    """What a page says in another language, as it is now."""
    return list(purity.finds(page.content()))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_of_every_kind_speak_one_language_with_their_scripts(
    page: Page, purity: Purity, dense: dict[str, str], address: str, lang: str
) -> None:
    """Each kind in every second language; the night has all."""
    half = dict(list(dense.items())[LANGUAGES.index(lang) % 2 :: 2])
    speak_one_language(page, purity, half, f"{address}{lang}/")


@pytest.mark.nightly
@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_of_every_kind_speak_every_language_with_their_scripts(
    page: Page, purity: Purity, dense: dict[str, str], address: str, lang: str
) -> None:
    speak_one_language(page, purity, dense, f"{address}{lang}/")


def speak_one_language(page: Page, purity: Purity, urls: dict[str, str], start: str) -> None:
    for template, url in urls.items():
        page.goto(start + url)
        assert finds(page, purity) == [], (template, url)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_search_speaks_the_language_of_the_page(
    page: Page, purity: Purity, address: str, lang: str
) -> None:
    page.goto(f"{address}{lang}/about/")
    page.click(".search-button")
    status = page.locator("#search-status")
    query, results = page.locator("#search-query"), page.locator(".results")
    region = json.loads((purity.site / "data" / "regions.json").read_text(encoding="utf-8"))[0]
    # By its name in each language: hits show names in all of them.
    for name in region["words"]["name"].values():
        query.fill(name)
        expect(results).to_have_attribute("aria-busy", "false")
        expect(page.locator(f".results a[href$='/{region['id']}/']")).to_have_count(1)
        expect(status).to_have_attribute("lang", lang)
        assert finds(page, purity) == [], name
    query.fill(NONSENSE)
    expect(page.locator(".results a")).to_have_count(0)
    expect(status).to_have_text(purity.texts[lang]["theme.search.none"])
    assert finds(page, purity) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_search_that_fails_says_so_in_the_language_of_the_page(
    page: Page, purity: Purity, address: str, lang: str
) -> None:
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/search/index.js", hold)
    page.goto(f"{address}{lang}/about/")
    page.click(".search-button")
    page.locator("#search-query").fill("a")
    status = page.locator("#search-status")
    expect(status).to_have_text(purity.texts[lang]["theme.search.loading"])
    assert finds(page, purity) == []
    waiting.pop().abort()
    expect(status).to_have_text(purity.texts[lang]["theme.search.failed"])
    assert finds(page, purity) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_filter_menu_and_colours_speak_the_language_of_the_page(
    page: Page, purity: Purity, address: str, lang: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}{lang}/agreements/")
    status = page.locator(".filter [role=status]")
    expect(status).not_to_have_text("")
    told = {status.inner_text()}
    for text in ("2017", NONSENSE):
        page.locator(".filter input[name=text]").fill(text)
        expect(status).to_have_attribute("lang", lang)
        told.add(status.inner_text())
        assert finds(page, purity) == []
    assert len(told) == 3
    page.locator(".filter [type=reset]").click()
    page.click(".menu-button")
    assert finds(page, purity) == []
    page.keyboard.press("Escape")
    before = page.locator("body").get_attribute("data-md-color-scheme")
    page.locator(".palette:visible").click()
    expect(page.locator("body")).not_to_have_attribute("data-md-color-scheme", before or "")
    assert finds(page, purity) == []


def test_what_a_script_leaves_unmarked_is_found(page: Page, purity: Purity, address: str) -> None:
    lang, other = LANGUAGES[-1], LANGUAGES[0]
    page.goto(f"{address}{lang}/")
    text = purity.texts[other]["theme.search.none"]
    page.evaluate("text => { document.querySelector('#search-status').textContent = text }", text)
    assert len(finds(page, purity)) == 1
    page.evaluate("lang => { document.querySelector('#search-status').lang = lang }", other)
    assert finds(page, purity) == []


@pytest.mark.nightly  # a page of each of three kinds goes to and fro in ``test_site``
def test_the_switcher_goes_round_the_languages_on_pages_of_every_kind(
    browser: Browser, dense: dict[str, str], address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for url in dense.values():
        page.goto(f"{address}{LANGUAGES[0]}/{url}", wait_until="commit")
        for lang in (*LANGUAGES[1:], LANGUAGES[0]):
            page.click(".switcher summary")
            page.click(f".switcher a[hreflang={lang}]")
            assert page.url == f"{address}{lang}/{url}"
            assert page.get_attribute("html", "lang") == lang
    context.close()


def test_hits_in_another_language_say_so(
    page: Page, new_language: Project, serve_folder: ServeFolder
) -> None:
    page.goto(f"{serve_folder(new_language.site)}{NEW_LANGUAGE}/about/")
    page.click(".search-button")
    page.locator("#search-query").fill("Motor")
    expect(page.locator(".results")).to_have_attribute("aria-busy", "false")
    hit = page.locator(".results a").first
    assert hit.locator(".title").get_attribute("lang") == "en"
    assert hit.locator(".kind").get_attribute("lang") == "en"
    assert hit.locator(".piece").get_attribute("lang") == ""
    expect(page.locator("#search-status")).to_have_attribute("lang", "en")
    assert Purity(new_language.content, new_language.site).finds(page.content()) == []
