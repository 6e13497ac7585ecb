"""A translator sees on a page what is missing or stale, and which string is which."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.project import Project
from generator.translation.command import stamp
from tests.built import copied
from tests.serving import Server, serving
from tests.small_site import tree

PRIVATE = re.compile("[\ue000-\ue002]")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, other_site: Project) -> Iterator[Server]:
    stamped = tmp_path_factory.mktemp("stamped") / "project"
    copied(other_site, stamped)
    stamp(Project(stamped), "pl", [], [])
    root = tmp_path_factory.mktemp("preview") / "project"
    with serving(root, Project(stamped), "--lang", "pl", "--mark") as found:
        yield found


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    yield page
    page.wait_for_load_state()
    context.close()


def see(page: Page, server: Server, path: str) -> None:
    page.goto(f"{server.address}{path}")
    page.wait_for_selector("html[data-marked]")


def test_strings_have_their_keys_and_no_mark_is_left_to_be_seen(page: Page, server: Server) -> None:
    see(page, server, "pl/regions/normandy/")
    heading = page.locator("h1 [data-mark]").first
    expect(heading).to_have_attribute("data-mark", "current")
    title = heading.get_attribute("title") or ""
    assert title.splitlines()[0] == "normandy.name"
    assert "content/words/pl/regions.yaml:" in title
    keys = page.eval_on_selector_all("[data-mark]", "found => found.map(one => one.title)")
    assert any(key.startswith("field.country\n") for key in keys)
    assert not PRIVATE.search(page.content())
    assert not PRIVATE.search(page.title())


def test_a_string_is_marked_missing_then_translated_on_the_open_page(
    page: Page, server: Server
) -> None:
    see(page, server, "pl/regions/normandy/")
    missing = page.locator('[data-mark="missing"][title^="normandy.summary"]')
    expect(missing).to_have_count(1)
    expect(missing).to_have_css("background-color", re.compile(r"rgba?\(192, 57, 43"))
    path = server.project.content / "words" / "pl" / "regions.yaml"
    text = path.read_text("utf-8")
    path.write_text(f'{text}normandy.summary: "Normandia czeka na swoją kolej."\n', "utf-8")
    expect(missing).to_have_count(0, timeout=60_000)
    expect(page.locator("article, main").first).to_contain_text("czeka na swoją kolej")
    path.write_text(text, "utf-8")
    expect(missing).to_have_count(1, timeout=60_000)


def test_a_source_text_that_changes_makes_its_translation_stale(page: Page, server: Server) -> None:
    see(page, server, "pl/regions/brittany/")
    path = server.project.content / "words" / "fr" / "regions.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("La Bretagne échange", "La Bretagne commerce"), "utf-8")
    stale = page.locator('[data-mark="stale"][title^="brittany.summary"]')
    expect(stale).to_have_count(1, timeout=60_000)
    path.write_text(text, "utf-8")
    expect(stale).to_have_count(0, timeout=60_000)


def test_problems_stand_on_the_page_until_they_are_mended(page: Page, server: Server) -> None:
    see(page, server, "pl/regions/normandy/")
    path = server.project.content / "words" / "pl" / "regions.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("](pomerania)", "](pomerani)"), "utf-8")
    told = page.get_by_role("alert")
    expect(told).to_contain_text("did you mean 'pomerania'", timeout=60_000)
    path.write_text(text, "utf-8")
    expect(told).to_have_count(0, timeout=60_000)


def test_the_site_itself_is_left_alone(server: Server, other_site: Project) -> None:
    assert tree(server.project.site) == tree(other_site.site)
    texts = [data.decode("utf-8", "replace") for data in tree(other_site.site).values()]
    assert not any(map(PRIVATE.search, texts))


def test_other_languages_are_those_of_the_site(page: Page, server: Server) -> None:
    see(page, server, "fr/regions/normandy/")
    expect(page.locator("h1")).to_contain_text("Normandie")
    assert page.locator("[data-mark]").count() == 0
