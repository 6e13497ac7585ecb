"""The offline edition in a browser, from disk and without a network.

In the ordinary run that of the small second dataset, nightly this project's own, in all languages.
Nothing is asked of others: every request is seen, and the browser has no network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.project import Project
from tests.browser.reader import DESK, PHONE, Reader, reading
from tests.browser.test_gates_shown import SHORTEN, WAYS, lines, look
from tests.browser.test_search_shown import READY
from tests.browser.test_tasks_shown import TASKS, Keyboard
from tests.built import ROOT, languages_of
from tests.html_pages import read_page
from tests.kinds import TEMPLATES, Kind, kinds_of_pages
from tests.samples import OTHER_LANGUAGES

REAL_LANGUAGES = languages_of(Project(ROOT))
FIRST, SECOND = OTHER_LANGUAGES
# What of a page a script adds; without one it is not there.
CONTROLS = """() => {
  document.querySelectorAll("main th button").forEach(one => one.replaceWith(...one.childNodes))
  document.querySelectorAll("main form, main button, main [role=status], main .sorting")
    .forEach(one => one.remove())
}"""
SAME_NAME = "landmark-unique"
SAMPLE = ("agreements", "comparison", "downloads", "index", "region", "regions")


@contextmanager
def offline(browser: Browser, page: Path, **options: Any) -> Iterator[Reader]:
    """A reader of a file without a network."""
    with reading(browser, page.as_uri(), offline=True, **options) as reader:
        yield reader


def file_of(root: Path, url: str) -> Path:
    return root / url / "index.html"


@pytest.fixture(scope="module")
def kinds(other_site: Project) -> list[Kind]:
    drawn = TEMPLATES - {"release"}  # it has released nothing
    return [kind for kind in kinds_of_pages(other_site, drawn) if kind.template in SAMPLE]


def wrong_on(browser: Browser, root: Path, urls: list[str], ways: Any) -> dict[str, list[str]]:
    """What is wrong with pages, as far as anything is; the rest of each page in the first way."""
    found: dict[str, list[str]] = {}
    with offline(browser, root / "index.html") as reader:
        for url in urls:
            reader.page.goto(file_of(root, url).as_uri())
            found[url] = look(reader.page, ways[0])
            reader.page.evaluate(SHORTEN)
            for way in ways[1:]:
                found[url] += look(reader.page, way)
            assert reader.messages == [], url
    return {url: wrong for url, wrong in found.items() if wrong}


def differing(browser: Browser, root: Path, urls: list[str]) -> list[str]:
    """The pages that say something else without scripts."""
    plain, full = {}, {}
    with offline(browser, root / "index.html", java_script_enabled=False) as reader:
        for url in urls:
            reader.page.goto(file_of(root, url).as_uri())
            plain[url] = lines(reader.page)
    with offline(browser, root / "index.html") as reader:
        for url in urls:
            reader.page.goto(file_of(root, url).as_uri())
            reader.page.evaluate(CONTROLS)
            full[url] = lines(reader.page)
    return [url for url in urls if plain[url] != full[url]]


def test_pages_are_accessible_fit_and_ask_nobody(
    browser: Browser, offline_other: Path, kinds: list[Kind]
) -> None:
    for lang, ways in zip(OTHER_LANGUAGES, (WAYS[:1] + WAYS[2:3], WAYS[3:]), strict=True):
        urls = [f"{lang}/{kind.usual}" for kind in kinds]
        wrong = wrong_on(browser, offline_other / f"offline-{lang}", urls, ways)
        # Texts that this dataset lacks are all the same word here, names of tables too.
        found = {url: [one for one in all_ if SAME_NAME not in one] for url, all_ in wrong.items()}
        assert {url: all_ for url, all_ in found.items() if all_} == {}
    assert wrong_on(browser, offline_other / "offline", ["", f"{FIRST}/"], WAYS[:1]) == {}


@pytest.mark.nightly
@pytest.mark.parametrize("lang", REAL_LANGUAGES)
def test_real_pages_of_every_kind_are_accessible_fit_and_ask_nobody(
    browser: Browser, offline_real: Path, real_site: Project, lang: str
) -> None:
    urls = [f"{lang}/{kind.usual}" for kind in kinds_of_pages(real_site)]
    assert wrong_on(browser, offline_real / f"offline-{lang}", urls, WAYS) == {}


def test_without_scripts_pages_say_the_same(
    browser: Browser, offline_other: Path, kinds: list[Kind]
) -> None:
    urls = [f"{FIRST}/{kind.usual}" for kind in kinds]
    assert differing(browser, offline_other / "offline", urls) == []


@pytest.mark.nightly
@pytest.mark.parametrize("lang", REAL_LANGUAGES)
def test_without_scripts_real_pages_say_the_same(
    browser: Browser, offline_real: Path, real_site: Project, lang: str
) -> None:
    urls = [f"{lang}/{kind.usual}" for kind in kinds_of_pages(real_site)]
    assert differing(browser, offline_real / f"offline-{lang}", urls) == []


def test_pages_say_what_the_site_says(offline_other: Path, other_site: Project) -> None:
    """Beside the marks of what is left out, which stand in the language of the page."""
    mark = re.compile(r" <small lang=\"\w+\">[^<]*</small>")
    root = offline_other / f"offline-{SECOND}" / SECOND
    for path in sorted(root.rglob("*.html")):
        name = path.relative_to(root)
        copy = root / "copy"
        copy.write_text(mark.sub("", path.read_text(encoding="utf-8")), encoding="utf-8")
        assert read_page(copy).texts == read_page(other_site.site / SECOND / name).texts, name
        copy.unlink()


# --- search


def searched(page: Page, query: str) -> None:
    """Search by keyboard from the button, and take the best hit."""
    page.locator(".search-button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(READY)
    page.keyboard.insert_text(query)
    expect(page.locator(".results")).to_have_attribute("aria-busy", "false")
    hit = page.locator(".results a").first
    expect(hit).to_be_visible()
    target = hit.evaluate("link => link.href")
    page.keyboard.press("Enter")
    page.wait_for_url(target)


@pytest.mark.parametrize("lang", OTHER_LANGUAGES)
def test_the_search_finds_by_keyboard(browser: Browser, offline_other: Path, lang: str) -> None:
    root = offline_other / f"offline-{lang}"
    expected = file_of(root, f"{lang}/regions/normandy").as_uri()
    # From the start page, which stands a step above the others, and from a page further down.
    for url in ("", f"{lang}/", f"{lang}/regions/normandy/"):
        with offline(browser, file_of(root, url)) as reader:
            searched(reader.page, "Normandi")
            assert reader.page.url.partition("#")[0] == expected


@pytest.mark.nightly
@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("lang", REAL_LANGUAGES)
def test_readers_get_there_in_three_steps(
    browser: Browser, offline_real: Path, lang: str, width: int
) -> None:
    start = offline_real / f"offline-{lang}" / "index.html"
    with offline(browser, start, width=width) as opened:
        for task in TASKS:
            opened.page.goto(start.as_uri())
            keyboard = Keyboard(opened.page, lang)
            expect(task(keyboard)).to_be_visible()
            assert keyboard.steps <= 3, task.__doc__


# --- from page to page


@pytest.mark.parametrize("has_script", [True, False])
def test_the_switcher_leads_to_the_same_page_and_back(
    browser: Browser, offline_other: Path, has_script: bool
) -> None:
    root = offline_other / "offline"
    with offline(browser, root / "index.html", java_script_enabled=has_script) as reader:
        page = reader.page
        page.click(f"a[hreflang={FIRST}]")
        page.wait_for_url(file_of(root, FIRST).as_uri())
        page.goto(file_of(root, f"{FIRST}/regions/normandy").as_uri() + "#figures")
        page.click(".switcher summary")
        page.click(f".switcher a[hreflang={SECOND}]")
        there = file_of(root, f"{SECOND}/regions/normandy").as_uri()
        page.wait_for_url(f"{there}#figures" if has_script else there)
        assert page.get_attribute("html", "lang") == SECOND
        page.click(f"footer a[hreflang={FIRST}]")
        assert page.url.startswith(file_of(root, f"{FIRST}/regions/normandy").as_uri())


def test_a_former_address_leads_on(browser: Browser, offline_other: Path) -> None:
    root = offline_other / f"offline-{SECOND}" / SECOND
    with offline(browser, file_of(root, "regions/old-pomerania")) as reader:
        reader.page.wait_for_url(file_of(root, "regions/pomerania").as_uri())


def test_what_is_chosen_stays_from_page_to_page(browser: Browser, offline_other: Path) -> None:
    root = offline_other / "offline" / FIRST
    with offline(browser, file_of(root, ""), color_scheme="light") as reader:
        page = reader.page
        before = page.get_attribute("body", "data-md-color-scheme")
        page.locator(".palette:visible").click()
        page.goto(file_of(root, "about").as_uri())
        assert page.get_attribute("body", "data-md-color-scheme") != before


# --- what the policy lets through


@pytest.mark.parametrize(
    ("policy", "is_loaded"),
    [
        ("script-src 'self' file:", True),
        ("script-src file:", True),  # in case 'self' comes to mean nothing on disk
        ("script-src 'none'", False),
    ],
)
def test_files_beside_a_page_are_loaded_from_disk(
    browser: Browser, tmp_path: Path, policy: str, is_loaded: bool
) -> None:
    (tmp_path / "a.js").write_text("document.title = 'loaded'")
    page = tmp_path / "a.html"
    page.write_text(
        "<!doctype html><meta http-equiv='Content-Security-Policy'"
        f' content="default-src \'none\'; {policy}"><title>-</title><script src="a.js"></script>'
    )
    context = browser.new_context(offline=True)
    shown = context.new_page()
    shown.goto(page.as_uri())
    assert (shown.title() == "loaded") == is_loaded
    context.close()


def test_a_request_is_refused_before_it_leaves(browser: Browser, offline_other: Path) -> None:
    page = file_of(offline_other / "offline", f"{FIRST}/about")
    for address in ("https://other.invalid/", page.as_uri()):
        with offline(browser, page) as reader:
            reader.page.evaluate("url => fetch(url).catch(() => 0)", address)
            reader.page.wait_for_timeout(300)
            assert any("connect-src" in message for message in reader.messages)
            reader.messages.clear()
