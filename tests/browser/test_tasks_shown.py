"""Ten things that readers come for: each at most three steps from the start page, by keyboard only.

A step is a link or a search that is taken. Before it, the reader moves by Tab alone; what is asked
for then stands on the screen, in every language, on a desk and on a phone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, expect

from generator.project import Project
from tests.browser.reader import DESK, PHONE, reading
from tests.built import ROOT, languages_of
from tests.conftest import ServeFolder

LANGUAGES = languages_of(Project(ROOT))
WIDTHS = (DESK, PHONE)
FAR = 200  # presses of Tab that nobody would go beyond
# The reader stops where they wanted to be: further presses of Tab that are on their way do nothing.
STOP = """
window.isThere = () => {
  const one = document.activeElement || document.body
  return Boolean(window.wanted) && one.matches(window.wanted) && one.checkVisibility()
}
addEventListener("keydown", event => {
  if (event.key === "Tab" && isThere()) event.preventDefault()
}, true)"""
AT_ONCE = 8  # presses of Tab between two looks


@dataclass
class Keyboard:
    """A reader who has no mouse, on a page in a language; counts the steps."""

    page: Page
    lang: str
    steps: int = 0

    def follow(self, target: str) -> None:
        """Move to a link whose address ends with ``target``, and take it."""
        # From disk links name the file in a folder.
        self.move(f'a[href$="{target}"], a[href$="{target}index.html"]')
        if target.startswith("#"):
            self.page.keyboard.press("Enter")
        else:
            with self.page.expect_navigation():
                self.page.keyboard.press("Enter")
        self.steps += 1

    def search(self, key: str) -> None:
        """Search for the name of a record and take the first hit."""
        self.page.keyboard.press("/")
        self.page.keyboard.insert_text(names(self.lang)[key])
        self.page.keyboard.press("End")
        expect(self.page.locator(".results a").first).to_be_visible()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.steps += 1

    def choose(self, name: str, value: str) -> None:
        """Choose an option of a filter with the arrow keys."""
        select = self.page.locator(f"select[name={name}]")
        self.move(f"select[name={name}]")
        for _ in range(select.locator("option").count()):
            if select.input_value() == value:
                break
            self.page.keyboard.press("ArrowDown")
        expect(select).to_have_value(value)
        self.steps += 1

    def move(self, what: str) -> None:
        """Press Tab until an element that the selector names has the focus."""
        self.page.evaluate("what => { window.wanted = what }", what)
        for _ in range(FAR // AT_ONCE):
            if self.page.evaluate("isThere()"):
                return
            for _ in range(AT_ONCE):
                self.page.keyboard.press("Tab")
        raise AssertionError(f"{what} is out of reach at {self.page.url}")


@cache
def names(lang: str) -> Mapping[str, str]:
    """What records are called in a language."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "content" / "words" / lang).glob("*s.yaml")):
        words = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
        found |= {key[: -len(".name")]: text for key, text in words.items() if key[-5:] == ".name"}
    return found


# --- the tasks: each returns what answers it


def base_agreement(reader: Keyboard) -> Locator:
    """When did Pskov Oblast sign its base agreement, and where does that come from?"""
    reader.search("pskov")
    reader.follow("#agreement-list")
    answer = reader.page.locator("#pskov-2000")
    expect(answer).to_contain_text("2000")
    expect(answer.locator(".cite a").first).to_be_visible()
    return answer


def signed_at_a_forum(reader: Keyboard) -> Locator:
    """Which regions signed at the Second Forum?"""
    reader.follow("forums/")
    reader.follow("forum-2/")
    signed = reader.page.locator(".facts a[href*='regions/sakhalin/']")
    expect(reader.page.locator(".facts a[href*='regions/vladimir/']")).to_be_visible()
    return signed


def assembled(reader: Keyboard) -> Locator:
    """Which regions assemble Belarusian tractors?"""
    reader.search("mtz")
    reader.follow("#project-list")
    return reader.page.locator("#project-list ~ * a[href*='regions/tatarstan/']").first


def planned(reader: Keyboard) -> Locator:
    """What was planned for 2021 in Leningrad Oblast, and what came of it?"""
    reader.follow("agreements/")
    reader.follow("plans/2021/")
    reader.choose("party", "leningrad")
    expect(reader.page.locator("#planned-tatarstan-plan-2021")).to_be_hidden()
    return reader.page.locator("#planned-leningrad-plan-2021")


def latest_trade(reader: Keyboard) -> Locator:
    """What is the latest figure of the trade of Tatarstan, of which time, and who gives it?"""
    reader.follow("regions/tatarstan/")
    latest = reader.page.locator(".latest-figures")
    expect(latest).to_contain_text("2021")
    expect(latest.locator(".cite a").first).to_be_visible()
    return latest


def turnover(reader: Keyboard) -> Locator:
    """What did the commodity exchange turn over?"""
    reader.follow("measures/")
    reader.follow("exchange-turnover/")
    return reader.page.locator("figure.chart, table.records").first


def twin_towns(reader: Keyboard) -> Locator:
    """Which towns are partners of Pskov?"""
    reader.follow("partnerships/")
    return reader.page.locator("table a[href*='pskov']").first


def compared(reader: Keyboard) -> Locator:
    """Which regions trade most with the other country?"""
    reader.follow("comparison/")
    return reader.page.locator("table a[href*='regions/tatarstan/']").first


def not_in_the_source(reader: Keyboard) -> Locator:
    """For which years is the trade of a region not in the source?"""
    reader.follow("coverage/")
    return reader.page.locator("table a[href*='regions/pskov/']").first


def taken_away(reader: Keyboard) -> Locator:
    """Where are all figures as a file?"""
    reader.follow("downloads/")
    return reader.page.locator("a[href$='data/facts.csv']").first


TASKS: tuple[Callable[[Keyboard], Locator], ...] = (
    *(base_agreement, signed_at_a_forum, assembled, planned, latest_trade),
    *(turnover, twin_towns, compared, not_in_the_source, taken_away),
)


@pytest.fixture(scope="module")
def address(real_site: Project, serve_folder: ServeFolder) -> str:
    return serve_folder(real_site.site)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_readers_get_there_in_three_steps(
    browser: Browser, address: str, lang: str, width: int
) -> None:
    """Each task in two of the languages: in one on a desk, in the other on a phone."""
    turn, count = LANGUAGES.index(lang) + WIDTHS.index(width), len(LANGUAGES)
    try_tasks(browser, address, lang, width, TASKS[-turn % count :: count])


@pytest.mark.nightly
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_readers_get_everywhere_in_three_steps(
    browser: Browser, address: str, lang: str, width: int
) -> None:
    try_tasks(browser, address, lang, width, TASKS)


def try_tasks(
    browser: Browser,
    address: str,
    lang: str,
    width: int,
    tasks: tuple[Callable[[Keyboard], Locator], ...],
) -> None:
    with reading(browser, f"{address}{lang}/", width=width) as opened:
        opened.page.add_init_script(STOP)
        for task in tasks:
            opened.page.goto(f"{address}{lang}/")
            keyboard = Keyboard(opened.page, lang)
            answer = task(keyboard)
            expect(answer).to_be_visible()
            assert keyboard.steps <= 3, task.__doc__
