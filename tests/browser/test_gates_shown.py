"""Pages of every kind in every language: accessible, whole without scripts, and on their own."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from generator.project import Project
from tests.browser.reader import DESK, PHONE, findings, fits, reading
from tests.built import ROOT, languages_of
from tests.conftest import ServeFolder
from tests.kinds import Kind, kinds_of_pages

LANGUAGES = languages_of(Project(ROOT))
WAYS = (("light", DESK), ("dark", DESK), ("dark", PHONE), ("light", PHONE))
HALVES = (0, 1)
# More of the same is left to the night: the contrast of a thousand links takes seconds.
SHORTEN = """for (const list of document.querySelectorAll("main :is(tbody, ol, ul, dl, nav svg)"))
  while (list.children.length > 12) list.lastElementChild.remove()"""


@pytest.fixture(scope="module")
def kinds(real_site: Project) -> list[Kind]:
    return kinds_of_pages(real_site)


@pytest.fixture(scope="module")
def below(real_site: Project, serve_folder: ServeFolder) -> str:
    """The site below a path, where no address may begin at the root of the host."""
    return serve_folder(real_site.site, "/some/where/")


def look(page: Page, way: tuple[str, int]) -> list[str]:
    """What is wrong with a page in a colour scheme and at a width."""
    scheme, width = way
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    return [*narrow(page, width), *(f"{scheme}, {width}: {found}" for found in findings(page))]


def narrow(page: Page, width: int) -> list[str]:
    """Whether a page is wider than a screen of some width."""
    page.set_viewport_size({"width": width, "height": 800})
    return [] if fits(page) else [f"is wider than {width}"]


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_of_every_kind_are_accessible_fit_and_ask_nobody(
    browser: Browser, below: str, kinds: list[Kind], lang: str, half: int
) -> None:
    """Every page at both widths; axe on each kind in two of the languages, once on all of it.

    Both widths and both schemes of every kind are looked at; the night has all ways.
    """
    found: dict[str, list[str]] = {}
    with reading(browser, f"{below}{lang}/") as reader:
        for number, kind in list(enumerate(kinds))[half :: len(HALVES)]:
            reader.page.goto(f"{below}{lang}/{kind.usual}")
            found[kind.usual] = [*narrow(reader.page, PHONE), *narrow(reader.page, DESK)]
            turn = (number + LANGUAGES.index(lang)) % len(LANGUAGES)
            if turn < 2:
                if turn != number // 2 % 2:
                    reader.page.evaluate(SHORTEN)
                found[kind.usual] += look(reader.page, WAYS[2 * turn + number % 2])
            assert reader.messages == [], kind
    assert {url: wrong for url, wrong in found.items() if wrong} == {}


@pytest.mark.nightly
@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way[0]}-{way[1]}")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_of_every_kind_are_accessible_and_fit_whole_in_every_way(
    browser: Browser, below: str, kinds: list[Kind], lang: str, way: tuple[str, int]
) -> None:
    with reading(browser, f"{below}{lang}/") as reader:
        for kind in kinds:
            reader.page.goto(f"{below}{lang}/{kind.usual}")
            assert look(reader.page, way) == [], kind


@pytest.mark.nightly
@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way[0]}-{way[1]}")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_largest_pages_of_every_kind_are_accessible_and_fit(
    browser: Browser, below: str, kinds: list[Kind], lang: str, way: tuple[str, int]
) -> None:
    with reading(browser, f"{below}{lang}/") as reader:
        for kind in (kind for kind in kinds if kind.largest != kind.usual):
            reader.page.goto(f"{below}{lang}/{kind.largest}")
            assert look(reader.page, way) == [], kind


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_scripts_pages_of_every_kind_say_the_same(
    browser: Browser, below: str, kinds: list[Kind], lang: str
) -> None:
    """Each kind in one of the languages."""
    same_without_scripts(browser, below, kinds[LANGUAGES.index(lang) :: len(LANGUAGES)], lang)


@pytest.mark.nightly
@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_scripts_pages_of_every_kind_say_the_same_in_every_language(
    browser: Browser, below: str, kinds: list[Kind], lang: str
) -> None:
    same_without_scripts(browser, below, kinds, lang)


def same_without_scripts(browser: Browser, below: str, kinds: list[Kind], lang: str) -> None:
    start = f"{below}{lang}/"
    plain: dict[str, Counter[str]] = {}
    with reading(browser, start, java_script_enabled=False) as reader:
        for kind in kinds:
            reader.page.goto(start + kind.usual)
            plain[kind.usual] = lines(reader.page)
    with reading(browser, start) as reader:
        for url, expected in plain.items():
            reader.page.goto(start + url)
            # What only works with a script is there for it alone; headings of columns stay.
            controls = "main form, main button, main [role=status], main .sorting"
            reader.page.evaluate(
                f"""document.querySelectorAll('main th button').forEach(
                    one => one.replaceWith(...one.childNodes));
                document.querySelectorAll('{controls}').forEach(one => one.remove())"""
            )
            assert lines(reader.page) == expected, url


def lines(page: Page) -> Counter[str]:
    """The lines of text that a page shows, and how often."""
    text: str = page.locator("main").inner_text()
    return Counter(line.strip() for line in text.splitlines() if line.strip())


def test_what_a_script_hides_is_found(browser: Browser, below: str, kinds: list[Kind]) -> None:
    with reading(browser, f"{below}{LANGUAGES[0]}/{kinds[-1].usual}") as reader:
        before = lines(reader.page)
        reader.page.evaluate("document.querySelector('main p').hidden = true")
        assert lines(reader.page) != before


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ('<img src="data:,">', "image-alt"),
        ('<p class="sub">x<span id="pale">pale</span></p>', "color-contrast"),
        ('<button class="tool"></button>', "button-name"),
    ],
)
def test_what_is_not_accessible_is_found(
    browser: Browser, below: str, markup: str, rule: str
) -> None:
    options: dict[str, Any] = {"bypass_csp": True}
    with reading(browser, f"{below}{LANGUAGES[0]}/about/", **options) as reader:
        reader.page.evaluate(
            """markup => {
                document.querySelector("main").insertAdjacentHTML("afterbegin", markup)
                for (const one of document.querySelectorAll("#pale")) one.style.opacity = 0.3
            }""",
            markup,
        )
        assert any(found.startswith(rule) for found in findings(reader.page))


@pytest.mark.parametrize(
    ("deed", "has_policy"),
    [
        ("console.error('said')", True),
        ("void fetch('https://other.invalid/').catch(() => 0)", False),
        ("void fetch('https://other.invalid/').catch(() => 0)", True),
        (
            "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))",
            True,
        ),
    ],
)
def test_what_a_page_says_asks_or_is_refused_is_found(
    browser: Browser, below: str, deed: str, has_policy: bool
) -> None:
    """On the console, of others, and by its policy; without a policy the request itself."""
    start = f"{below}{LANGUAGES[0]}/about/"
    with pytest.raises(AssertionError), reading(browser, start, bypass_csp=not has_policy) as one:
        one.page.evaluate(f"() => {{ {deed} }}")
        one.page.wait_for_timeout(300)
