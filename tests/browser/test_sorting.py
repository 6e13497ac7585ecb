"""The comparison of regions in a browser: sorting by keyboard, its address, and without a script.

Looked at on the real site, whose rows are many; what is expected is read from the page itself.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.project import Project
from tests.browser.reader import PHONE, WAYS_BY_TURNS, findings, fits, reading
from tests.built import ROOT, languages_of
from tests.conftest import ServeFolder

FIRST, SECOND = languages_of(Project(ROOT))[:2]

LAST = -1.0  # what is missing, in the order of a column
UNPLACED = -0.5  # what is there and cannot be compared


@pytest.fixture(scope="module")
def site(real_site: Project) -> Path:
    return real_site.site


@pytest.fixture(scope="module")
def address(site: Path, serve_folder: ServeFolder) -> str:
    return serve_folder(site, "/some/where/")


@pytest.fixture(scope="module")
def comparison(address: str) -> str:
    return f"{address}{FIRST}/comparison/"


def rows(page: Page) -> list[list[str]]:
    """The ids of the rows as they stand, by group."""
    found: list[list[str]] = page.locator("#comparison-table tbody").evaluate_all(
        "all => all.map(body => Array.from(body.querySelectorAll('tr[id]'), row => row.id))"
    )
    return found


def places(page: Page, column: str) -> list[list[float]]:
    """What the cells of a column are sorted by, from above, by group."""
    found: list[list[str | None]] = page.locator("#comparison-table").evaluate(
        """(table, name) => {
        const at = table.querySelector(`[data-column="${name}"]`).cellIndex;
        return Array.from(table.tBodies, body => Array.from(body.querySelectorAll("tr[id]"),
          row => row.cells[at].dataset.sort ?? null)); }""",
        column,
    )
    return [
        [LAST if one is None else UNPLACED if one == "" else float(one) for one in group]
        for group in found
    ]


def is_sorted(page: Page, column: str, way: str) -> bool:
    """Whether every group is in order: first what has a place, then what has none or is missing."""
    for group in places(page, column):
        placed = [one for one in group if one >= 0]
        rest = group[len(placed) :]
        expected = sorted(placed, reverse=way == "descending")
        if group != [*expected, *sorted(rest, reverse=True)]:
            return False
    return True


def head(page: Page, column: str) -> Any:
    return page.locator(f'#comparison-table [data-column="{column}"]')


def press(page: Page, column: str, key: str = "Enter") -> None:
    head(page, column).locator("button").press(key)


def state(page: Page) -> dict[str, str]:
    """The columns that say that they are sorted, and which way."""
    found: dict[str, str] = page.locator("#comparison-table thead th[aria-sort]").evaluate_all(
        "all => Object.fromEntries(all.map(e => [e.dataset.column, e.getAttribute('aria-sort')]))"
    )
    return found


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def columns(page: Page) -> list[str]:
    names: list[str] = page.locator("#comparison-table [data-column]").evaluate_all(
        "all => all.map(e => e.dataset.column)"
    )
    return names


def test_without_script_the_table_is_there_by_country_and_name(
    browser: Browser, comparison: str
) -> None:
    with reading(browser, comparison) as reader:
        named = rows(reader.page)
    with reading(browser, comparison, java_script_enabled=False) as reader:
        page = reader.page
        assert rows(page) == named
        assert sum(map(len, named)) > 50
        assert page.locator("#comparison-table button").count() == 0
        assert page.locator(".filter").is_hidden()
        assert page.locator(".sorting").is_hidden()
        assert is_sorted(page, "region", "ascending")


def test_every_column_can_be_sorted_both_ways_by_keyboard(
    browser: Browser, comparison: str
) -> None:
    with reading(browser, comparison) as reader:
        page = reader.page
        named = rows(page)
        assert state(page) == {"region": "ascending"}
        names = columns(page)
        assert len(names) > 8
        for name in names[1:]:
            first = "ascending" if head(page, name).get_attribute("data-first") == "up" else None
            ways = ["ascending", "descending"] if first else ["descending", "ascending"]
            for way, key in zip(ways, ("Enter", "Space"), strict=True):
                press(page, name, key)
                assert state(page) == {name: way}
                assert is_sorted(page, name, way), (name, way)
                # The focus stays where the reader is.
                button = head(page, name).locator("button")
                expect(button).to_be_focused()
            assert [sorted(group) for group in rows(page)] == [sorted(group) for group in named]
        press(page, "region")
        assert rows(page) == named


def test_equal_rows_stay_by_name_and_missing_ones_stay_last(
    browser: Browser, comparison: str
) -> None:
    with reading(browser, comparison) as reader:
        page = reader.page
        named = rows(page)
        for _ in range(2):
            press(page, "agreement")
            for group, order, found in zip(
                rows(page), named, places(page, "agreement"), strict=True
            ):
                for value in set(found):
                    equal = [one for one, at in zip(group, found, strict=True) if at == value]
                    assert equal == [one for one in order if one in equal]
            assert any(LAST in group for group in places(page, "agreement"))


def test_what_was_sorted_is_told_with_what_to_know_of_it(browser: Browser, comparison: str) -> None:
    with reading(browser, comparison) as reader:
        page = reader.page
        status = page.locator(".sorted[role=status]")
        assert status.inner_text() == head(page, "region").get_attribute("data-up")
        for name, way in (("year", "down"), ("year", "up"), ("since", "up")):
            press(page, name)
            told = head(page, name).get_attribute(f"data-{way}") or ""
            assert status.inner_text() == told
            assert head(page, name).locator("button").inner_text() in told
            assert status.evaluate("e => e.lang") == FIRST


def test_back_reload_and_links_keep_the_order(browser: Browser, comparison: str) -> None:
    with reading(browser, comparison) as reader:
        page = reader.page
        press(page, "project")
        assert query(page) == {"sort": ["project"]}
        largest = rows(page)
        press(page, "project")
        assert query(page) == {"sort": ["project"], "order": ["up"]}
        smallest = rows(page)
        assert smallest != largest
        press(page, "since")
        assert query(page) == {"sort": ["since"]}
        page.go_back()
        assert (rows(page), state(page)) == (smallest, {"project": "ascending"})
        page.go_back()
        assert (rows(page), state(page)) == (largest, {"project": "descending"})
        page.reload()
        assert (rows(page), state(page)) == (largest, {"project": "descending"})
        page.go_forward()
        assert rows(page) == smallest
        page.go_back()
        page.go_back()
        assert (page.url, state(page)) == (comparison, {"region": "ascending"})
        # The link as somebody else opens it; what is not there is not asked for.
        page.goto(f"{comparison}?sort=project&order=up")
        assert rows(page) == smallest
        page.goto(f"{comparison}?sort=nothing&order=sideways")
        assert state(page) == {"region": "ascending"}


def test_the_order_goes_along_into_another_language(
    browser: Browser, address: str, comparison: str
) -> None:
    with reading(browser, f"{comparison}?sort=project") as reader:
        page = reader.page
        page.click(f"footer a[hreflang={SECOND}]")
        page.wait_for_url(f"{address}{SECOND}/comparison/?sort=project")
        assert state(page) == {"project": "descending"}


def test_filter_and_order_go_together_also_into_a_file(browser: Browser, comparison: str) -> None:
    with reading(browser, f"{comparison}?sort=agreement") as reader:
        page = reader.page
        value = page.locator(".filter [name=country] option").last.get_attribute("value") or ""
        page.locator(".filter [name=country]").select_option(value)
        assert query(page) == {"sort": ["agreement"], "country": [value]}
        press(page, "agreement")
        assert query(page) == {"sort": ["agreement"], "order": ["up"], "country": [value]}
        shown = page.locator("#comparison-table tr[id]:visible").evaluate_all(
            "all => all.map(row => row.id)"
        )
        assert shown in rows(page)
        with page.expect_download() as waiting:
            page.click("[data-download]")
        text = waiting.value.path().read_text(encoding="utf-8-sig")
        heads, *lines = csv.reader(io.StringIO(text, newline=""))
        assert [line[0] for line in lines] == shown
        assert len(heads) == 2 + len(columns(page))
        page.go_back()
        assert query(page) == {"sort": ["agreement"], "country": [value]}
        assert is_sorted(page, "agreement", "descending")


def test_it_works_from_disk(browser: Browser, site: Path) -> None:
    start = (site / FIRST / "comparison" / "index.html").as_uri()
    with reading(browser, start) as reader:
        for way in ("descending", "ascending", "descending"):
            press(reader.page, "partners")
            assert is_sorted(reader.page, "partners", way)
        reader.foreign[:] = [one for one in reader.foreign if not one.startswith("file:")]


def test_on_a_phone_the_names_stay_and_the_sorted_column_is_in_sight(
    browser: Browser, comparison: str
) -> None:
    with reading(browser, f"{comparison}?sort=position", width=PHONE) as reader:
        page = reader.page
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
        name = page.locator("#comparison-table tbody tr[id] th").first.bounding_box() or {}
        column = head(page, "position").bounding_box() or {}
        assert 0 <= name["x"] < name["x"] + name["width"] <= column["x"] + 1
        assert column["x"] + column["width"] <= PHONE
        # The table can be moved by keyboard.
        region = page.locator(".compared")
        region.focus()
        before = region.evaluate("e => e.scrollLeft")
        page.keyboard.press("ArrowLeft")
        page.wait_for_function(
            "x => document.querySelector('.compared').scrollLeft < x", arg=before
        )


@pytest.mark.parametrize(("width", "scheme"), WAYS_BY_TURNS)
def test_both_pages_are_accessible_and_fit(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    for url in (f"{SECOND}/comparison/?sort=year", f"{FIRST}/coverage/"):
        with reading(browser, f"{address}{url}", width=width, color_scheme=scheme) as reader:
            assert findings(reader.page) == [], url
            assert fits(reader.page), url


def test_a_mark_of_what_is_known_leads_to_the_figure(browser: Browser, address: str) -> None:
    with reading(browser, f"{address}{FIRST}/coverage/", width=PHONE) as reader:
        page = reader.page
        mark = page.locator(".covered td a").first
        name = mark.locator("title").text_content() or ""
        assert name
        expect(page.get_by_role("link", name=name, exact=True).first).to_have_count(1)
        box = mark.bounding_box() or {}
        assert min(box["width"], box["height"]) >= 20
        mark.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/regions/*/#*")
        assert page.locator(":target").count() == 1
