"""The filter of the chronology in a browser: what it finds, says and remembers, and without it.

Looked at on the second dataset, so that nothing depends on words or records of this project.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.project import Project
from tests.browser.reader import WAYS_BY_TURNS, findings, fits, reading
from tests.conftest import ServeFolder

LANGUAGES = ("fr", "pl")
FIRST, SECOND = LANGUAGES
ROWS = "#agreements-table tbody tr"
# A choice of each facet: the rows that fit, and a choice that it goes together with.
CHOICES = {
    "year": ("2015", 1),
    "party": ("brittany", 3),
    "kind": ("work-plan", 1),
    "field": ("schools", 2),
    "evidence": ("text", 3),
}


@pytest.fixture(scope="module")
def site(other_site: Project) -> Path:
    return other_site.site


@pytest.fixture(scope="module")
def address(site: Path, serve_folder: ServeFolder) -> str:
    return serve_folder(site, "/some/where/")


@pytest.fixture(scope="module")
def chronology(address: str) -> str:
    return f"{address}{FIRST}/agreements/"


def shown(page: Page) -> list[str]:
    ids: list[str] = page.locator(f"{ROWS}:visible").evaluate_all("all => all.map(row => row.id)")
    return ids


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f".filter [name={name}]").select_option(value)


def chosen(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.locator(".filter [name]").evaluate_all(
        "all => Object.fromEntries(all.filter(e => e.value).map(e => [e.name, e.value]))"
    )
    return found


def count(page: Page) -> list[int]:
    """The numbers that the status tells: rows shown, and all."""
    text = page.locator(".filter [role=status]").inner_text()
    return [int(word) for word in text.split() if word.isdigit()]


def total(site: Path) -> int:
    return len(json.loads((site / "data" / "agreements.json").read_text(encoding="utf-8")))


def test_without_script_every_row_is_there_and_so_is_the_file(
    browser: Browser, site: Path, chronology: str
) -> None:
    with reading(browser, chronology, java_script_enabled=False) as reader:
        page = reader.page
        assert page.locator(".filter").is_hidden()
        assert len(shown(page)) == total(site)
        link = page.locator(".downloads a").first.evaluate("a => a.href")
        answer = page.request.get(link)
        assert answer.ok
        rows = list(csv.DictReader(io.StringIO(answer.text(), newline="")))
        assert sorted(row["id"] for row in rows) == sorted(shown(page))
        # And lists that need no script.
        page.click("nav svg:visible a >> nth=0")
        assert "/agreements/by-year/" in page.url
        assert 0 < len(shown(page)) < total(site)


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_shows_what_fits_says_how_much_and_stands_in_the_address(
    browser: Browser, site: Path, chronology: str, name: str
) -> None:
    value, fitting = CHOICES[name]
    with reading(browser, chronology) as reader:
        page = reader.page
        assert count(page) == [total(site), total(site)]
        choose(page, name, value)
        assert len(shown(page)) == fitting
        assert count(page) == [fitting, total(site)]
        assert page.url == f"{chronology}?{name}={value}"
        status = page.locator(".filter [role=status]")
        assert status.evaluate("e => e.isConnected && !e.closest('[hidden]')")


def test_choices_add_up_and_can_be_cleared(browser: Browser, site: Path, chronology: str) -> None:
    with reading(browser, chronology) as reader:
        page = reader.page
        choose(page, "party", "pomerania")
        everything = shown(page)
        choose(page, "field", "ports")
        assert shown(page) == ["brittany-pomerania-2015"]
        assert set(shown(page)) < set(everything)
        page.click(".filter [type=reset]")
        assert len(shown(page)) == total(site)
        assert chosen(page) == {}
        assert page.url == chronology


def test_back_forward_reload_and_links_keep_the_choices(browser: Browser, chronology: str) -> None:
    with reading(browser, chronology) as reader:
        page = reader.page
        choose(page, "kind", "convention")
        choose(page, "year", "2019")
        both = shown(page)
        page.go_back()
        assert chosen(page) == {"kind": "convention"}
        assert len(shown(page)) == 2
        page.go_forward()
        assert (chosen(page), shown(page)) == ({"kind": "convention", "year": "2019"}, both)
        page.reload()
        assert (chosen(page), shown(page)) == ({"kind": "convention", "year": "2019"}, both)
        page.locator(f"{ROWS}:visible th a").first.click()
        page.wait_for_url("**/agreements/*/")
        page.go_back()
        page.wait_for_url("**/agreements/?*")
        expect(page.locator(f"{ROWS}:visible")).to_have_count(len(both))
        assert chosen(page) == {"kind": "convention", "year": "2019"}
        page.go_back()
        page.go_back()
        assert (chosen(page), page.url) == ({}, chronology)
        # The link as somebody else opens it.
        page.goto(f"{chronology}?year=2019&kind=convention#documents")
        assert shown(page) == both


def test_choices_mean_the_same_in_another_language(
    browser: Browser, address: str, chronology: str
) -> None:
    with reading(browser, f"{chronology}?party=brittany&field=schools") as reader:
        page = reader.page
        here = shown(page)
        page.click(f"footer a[hreflang={SECOND}]")
        page.wait_for_url(f"{address}{SECOND}/agreements/?party=brittany&field=schools")
        assert shown(page) == here


def test_what_is_typed_is_one_step_back(browser: Browser, site: Path, chronology: str) -> None:
    with reading(browser, chronology) as reader:
        page = reader.page
        page.locator(".filter [name=text]").press_sequentially("fevrier")
        assert shown(page) == ["schools-2019"]  # without its accent
        assert page.url == f"{chronology}?text=fevrier"
        page.go_back()
        assert (page.url, chosen(page)) == (chronology, {})
        assert len(shown(page)) == total(site)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("brittany", {"brittany-pomerania-2015", "brittany-pomerania-plan-2018", "schools-2019"}),
        ("SCHOOLS brittany", {"brittany-pomerania-2015", "schools-2019"}),
        ("  2019 ", {"schools-2019"}),
    ],
)
def test_text_is_found_in_any_order_and_in_ids(
    browser: Browser, chronology: str, text: str, ids: set[str]
) -> None:
    with reading(browser, chronology) as reader:
        reader.page.fill(".filter [name=text]", text)
        assert set(shown(reader.page)) == ids


def test_where_nothing_fits_it_says_so_and_offers_nothing(
    browser: Browser, chronology: str
) -> None:
    with reading(browser, chronology) as reader:
        page = reader.page
        page.fill(".filter [name=text]", "qqqqqq")
        assert shown(page) == []
        none = page.locator(".filter").get_attribute("data-none")
        assert page.locator(".filter [role=status]").inner_text() == none
        assert page.locator("[data-download]").is_hidden()


def test_an_address_may_ask_for_what_is_not_there(
    browser: Browser, site: Path, chronology: str
) -> None:
    with reading(browser, f"{chronology}?kind=treaty&other=1&party=brittany") as reader:
        page = reader.page
        assert chosen(page) == {"party": "brittany"}
        choose(page, "year", "2015")
        # What is none of the filter's business stays.
        assert page.url == f"{chronology}?other=1&year=2015&party=brittany"


def test_the_keyboard_does_it_all(browser: Browser, site: Path, chronology: str) -> None:
    with reading(browser, chronology) as reader:
        page = reader.page
        page.focus(".filter [name=text]")
        for name in ("year", "party", "kind"):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.name") == name
        page.keyboard.press("End")
        assert chosen(page) == {"kind": "work-plan"}
        assert len(shown(page)) == 1
        page.focus(".filter [name=text]")
        page.keyboard.press("Enter")  # sends nothing anywhere
        assert page.url == f"{chronology}?kind=work-plan"
        page.focus(".filter [type=reset]")
        page.keyboard.press("Enter")
        assert len(shown(page)) == total(site)
        assert page.evaluate("document.activeElement.type") == "reset"


def downloaded(page: Page) -> tuple[str, str]:
    with page.expect_download() as waiting:
        page.click("[data-download]")
    text = waiting.value.path().read_bytes().decode("utf-8")
    return waiting.value.suggested_filename, text


def test_the_rows_shown_come_as_a_table(browser: Browser, chronology: str) -> None:
    with reading(browser, f"{chronology}?field=ports&party=brittany") as reader:
        page = reader.page
        name, text = downloaded(page)
        assert name == "agreements-brittany-ports.csv"
        assert text.startswith("\ufeff")  # by which spreadsheets know the letters
        head, *rows = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), strict=True)
        labels = page.locator("#agreements-table thead th").all_inner_texts()
        assert head == ["id", *labels, page.locator(".filter").get_attribute("data-address")]
        assert [row[0] for row in rows] == shown(page) == ["brittany-pomerania-2015"]
        assert rows[0][1] == "2015-05-04"
        assert rows[0][-1] == f"{chronology}brittany-pomerania-2015/"
        assert "#" not in "".join(rows[0])
        assert text.count("\r\n") == 2


def test_no_cell_of_the_table_is_a_formula_and_quotes_are_doubled(
    browser: Browser, chronology: str
) -> None:
    cells = ["=1+1", "+1", "-1", "@a", '"=1"', 'a "b", c', "＝1"]
    with reading(browser, chronology) as reader:
        page = reader.page
        page.evaluate(
            """([rows, cells]) => {
            const made = cells.map(() => document.createElement("td"));
            made.forEach((cell, index) => { cell.textContent = cells[index]; });
            document.querySelector(rows).replaceChildren(...made); }""",
            [ROWS, cells],
        )
        _, text = downloaded(page)
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert rows[1][1:8] == ["'=1+1", "'+1", "'-1", "'@a", '"=1"', 'a "b", c', "'＝1"]


def test_it_works_from_disk(browser: Browser, site: Path) -> None:
    start = (site / FIRST / "agreements" / "index.html").as_uri()
    with reading(browser, start) as reader:
        choose(reader.page, "kind", "work-plan")
        assert len(shown(reader.page)) == 1
        reader.foreign[:] = [one for one in reader.foreign if not one.startswith("file:")]


def test_groups_without_rows_lose_their_heading(browser: Browser, address: str) -> None:
    with reading(browser, f"{address}{FIRST}/agreements/plans/2018/") as reader:
        page = reader.page
        assert page.locator("#planned-table tbody:visible").count() > 0
        page.fill(".filter [name=text]", "qqqqqq")
        assert page.locator("#planned-table tbody:visible").count() == 0


@pytest.mark.parametrize(("width", "scheme"), WAYS_BY_TURNS)
def test_the_filter_is_accessible_and_fits(
    browser: Browser, address: str, scheme: str, width: int
) -> None:
    options: dict[str, Any] = {"width": width, "color_scheme": scheme}
    for url in ("agreements/", "agreements/plans/", "agreements/plans/2018/", "forums/"):
        with reading(browser, f"{address}{SECOND}/{url}", **options) as reader:
            assert findings(reader.page) == [], url
            assert fits(reader.page), url
