"""The theme in a browser: a small site in two languages, under a path, with its policy and search.

Every text of the interface is its own key in brackets, so a word that stands in a template shows.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.finish_html import protected, repaired
from tests.browser.reader import DESK, PHONE, findings, reading

ROOT = Path(__file__).parent.parent.parent
THEME = ROOT / "templates" / "theme"
LANGUAGES = {"en": "English", "de": "Deutsch"}
NAVIGATION = {"Front": "index.md", "Things": "things/index.md"}
THING = """# Thing one {#one}

<p class="lead">kind · place</p>

A [link](index.md) in a text.<sup class="cite"><a href="#source-1" aria-label="1">1</a></sup>

<dl class="facts"><div id="fact"><dt>Label</dt><dd>Value</dd></div></dl>

## Figures {#figures}

<div class="table" role="region" tabindex="0" aria-labelledby="cap">
<table class="records">
<caption id="cap">Figures</caption>
<thead><tr><th scope="col">What</th><th scope="col">Value</th></tr></thead>
<tbody><tr id="row"><th scope="row">Trade <a class="permalink" href="#row"
aria-label="row">#</a></th><td data-label="Value" class="num">12</td></tr></tbody></table></div>

## Sources {#sources}

<ol class="sources"><li id="source-1"><span class="num">1</span> <span>Title</span></li></ol>
"""
DOCS = [
    {"u": "", "t": "Front", "k": 1},
    {
        "u": "things/one/",
        "t": "Thing one",
        "k": 0,
        "n": "Mogilev\nMahilioŭ\nМогилёв\nГродненская область",
        "b": "Two universities and all cities. Die Städte, in jeder Größe.",
    },
    {"u": "things/", "t": "Things", "k": 1, "b": "A list."},
]
KINDS = [{"t": "kind", "n": "kind", "p": 0}, {"t": "page", "n": "page", "p": 3}]
DATA = {"docs": DOCS, "kinds": KINDS, "terms": []}


def interface_texts() -> dict[str, str]:
    """Every key that the templates ask for, as its own text."""
    sources = (path.read_text(encoding="utf-8") for path in sorted(THEME.rglob("*.html")))
    keys = {key for text in sources for key in re.findall(r"""texts\[["']([a-z.]+)["']\]""", text)}
    counts = {f"search.count.{category}" for category in ("one", "other")}
    texts = {key: f"⟦{key}⟧" for key in keys | counts}
    return texts | {key: f"⟦{{number}} {key}⟧" for key in counts}


def configuration(code: str, folder: Path) -> dict[str, Any]:
    toggles = [("light", "default", "dark"), ("dark", "slate", "light")]
    return {
        "site_name": "Site",
        "site_url": f"https://example.org/sub/{code}/",
        "docs_dir": "docs",
        "site_dir": str(folder),
        "theme": {
            "name": "material",
            "custom_dir": str(THEME),
            "font": False,
            "language": code,
            "features": [],
            "palette": [
                {
                    "media": f"(prefers-color-scheme: {media})",
                    "scheme": scheme,
                    "primary": "custom",
                    "accent": "custom",
                    "toggle": {"icon": "material/weather-night", "name": f"⟦{name}⟧"},
                }
                for media, scheme, name in toggles
            ],
        },
        "plugins": [],
        "markdown_extensions": {"attr_list": {}, "toc": {"permalink": False}},
        "nav": [{title: path} for title, path in NAVIGATION.items()],
        "not_in_nav": "*",
        "extra": {
            "scope": "/sub/",
            "languages": [{"code": c, "name": name} for c, name in LANGUAGES.items()],
            "texts": interface_texts(),
            "title": {"before": "", "after": " – Site"},
        },
    }


def write_page(path: Path, body: str, **meta: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{json.dumps(meta)}\n---\n{body}", encoding="utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    work = tmp_path_factory.mktemp("theme")
    for code in LANGUAGES:
        docs = work / code / "docs"
        write_page(docs / "index.md", "# Front {#front}\n", title="Front", languages=["en", "de"])
        write_page(docs / "things/index.md", "# Things {#things}\n", title="Things")
        write_page(
            docs / "things/one.md",
            THING.replace("index.md", "../index.md"),
            title='Thing "one" <b>',
            up="Things",
            crumbs=[{"title": "Front", "url": "."}, {"title": "Things", "url": "things/"}],
            languages=["en"],
        )
        out = work / "site" / code
        config = work / code / "mkdocs.yml"
        config.write_text(json.dumps(configuration(code, out)), encoding="utf-8")
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(config)]
        subprocess.run(command, check=True, capture_output=True)
        search = out / "assets" / "search"
        search.mkdir(parents=True)
        text = json.dumps({"lang": code, **DATA}, ensure_ascii=False)
        (search / "index.js").write_text(f"searchData({text});", encoding="utf-8")
        for page in out.rglob("*.html"):
            html = page.read_text(encoding="utf-8")
            page.write_text(protected(repaired(html, code)), encoding="utf-8")
    return work / "site"


@pytest.fixture(scope="module")
def address(site: Path, serve_folder: Any) -> str:
    served: str = serve_folder(site, "/sub/")
    return served


def focused(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.className.split(' ')[1] || ''")
    return found


def results(page: Page, query: str) -> list[str]:
    page.locator("#search-query").fill(query)
    expect(page.locator(".results")).to_have_attribute("aria-busy", "false")
    found: list[str] = page.locator(".results a").evaluate_all("all => all.map(a => a.href)")
    return found


def test_no_word_of_the_interface_stands_in_a_template(browser: Browser, address: str) -> None:
    own = {"Site", "Front", "Things", "Thing one", 'Thing "one" <b>', "Figures", "Sources"}
    own |= {*LANGUAGES.values(), ":", "/"}
    with reading(browser, f"{address}en/things/one/") as reader:
        found: list[str] = reader.page.evaluate(
            """() => { const found = [];
            const attributes = ["aria-label", "title", "placeholder", "alt"];
            for (const element of document.body.querySelectorAll("*:not(script)")) {
              if (element.closest("article > :not(.path)")) continue;
              for (const name of attributes) found.push(element.getAttribute(name) || "");
              for (const node of element.childNodes) if (node.nodeType === 3) found.push(node.data);
            }
            return found.map(text => text.trim()).filter(Boolean); }"""
        )
    words = {text.removesuffix(":") for text in found} - own
    assert {text for text in words if not re.fullmatch(r"⟦[^⟧]+⟧", text)} == set()
    assert "⟦search.open⟧" in words


def test_every_key_is_a_text(site: Path) -> None:
    for page in ("en/index.html", "de/404.html"):
        html = (site / page).read_text(encoding="utf-8")
        assert 'aria-label=""' not in html
        assert '<html lang="' + page[:2] in html
    assert "⟦missing.title⟧" in html


def test_titles_are_escaped(site: Path) -> None:
    html = (site / "en/things/one/index.html").read_text(encoding="utf-8")
    assert "<title>Thing &#34;one&#34; &lt;b&gt; – Site</title>" in html
    assert "<b>" not in html


def test_switcher_keeps_the_page_without_script(browser: Browser, address: str) -> None:
    with reading(browser, f"{address}en/things/one/", java_script_enabled=False) as reader:
        page = reader.page
        page.click(".switcher summary")
        assert page.locator(".switcher small").inner_text() == "⟦language.partial⟧"
        page.click(".switcher a[hreflang=de]")
        assert page.url == f"{address}de/things/one/"
        page.click("footer a[hreflang=en]")
        assert page.url == f"{address}en/things/one/"
        expect(page.locator(".search-button")).to_be_hidden()
        page.goto(f"{address}de/404.html")
        page.click("footer a[hreflang=en]")
        assert page.url == f"{address}en/"


def test_switcher_keeps_the_anchor(browser: Browser, address: str) -> None:
    with reading(browser, f"{address}en/things/one/#row") as reader:
        reader.page.click(".switcher summary")
        reader.page.click(".switcher a[hreflang=de]")
        assert reader.page.url == f"{address}de/things/one/#row"


def test_drawer_from_the_keyboard(browser: Browser, address: str) -> None:
    with reading(browser, f"{address}en/things/one/", width=PHONE) as reader:
        page = reader.page
        assert page.locator("#menu").is_hidden()  # and so takes no focus
        page.focus(".menu-button")
        page.keyboard.press("Enter")
        page.locator("#menu").wait_for()
        assert page.get_attribute(".menu-button", "aria-expanded") == "true"
        current = page.locator("#menu [aria-current]")
        assert current.all_inner_texts() == ["Things", 'Thing "one" <b>']
        assert page.locator("#menu .contents a").all_inner_texts() == ["Figures", "Sources"]
        page.keyboard.press("Escape")
        page.locator("#menu").wait_for(state="hidden")
        assert focused(reader.page) == "menu-button"
        assert page.get_attribute(".menu-button", "aria-expanded") == "false"


def test_drawer_from_the_keyboard_without_script(browser: Browser, address: str) -> None:
    options = {"width": PHONE, "java_script_enabled": False}
    with reading(browser, f"{address}en/things/one/", **options) as reader:
        assert reader.page.get_by_role("checkbox", name="⟦menu.open⟧").count() == 1
        reader.page.focus("#__drawer")
        reader.page.keyboard.press("Space")
        reader.page.locator("#menu").wait_for()


def test_dark_is_dark_before_any_script(browser: Browser, address: str) -> None:
    options: dict[str, Any] = {"java_script_enabled": False, "color_scheme": "dark"}
    with reading(browser, f"{address}en/", **options) as reader:
        style = "getComputedStyle(document.body)"
        assert reader.page.evaluate(f"{style}.colorScheme") == "dark"


def test_colours_are_those_of_the_system_until_others_are_chosen(
    browser: Browser, address: str
) -> None:
    with reading(browser, f"{address}en/things/one/", color_scheme="light") as reader:
        page = reader.page
        body, button = page.locator("body"), page.locator(".palette:visible")
        expect(body).to_have_attribute("data-md-color-scheme", "default")
        page.emulate_media(color_scheme="dark")
        expect(body).to_have_attribute("data-md-color-scheme", "slate")
        expect(button).to_have_accessible_name("⟦light⟧")
        button.focus()
        page.keyboard.press("Enter")
        expect(body).to_have_attribute("data-md-color-scheme", "default")
        expect(button).to_be_focused()
        expect(button).to_have_accessible_name("⟦dark⟧")
        page.goto(f"{address}de/")
        expect(body).to_have_attribute("data-md-color-scheme", "default")
        page.emulate_media(color_scheme="light")
        page.emulate_media(color_scheme="dark")
        expect(body).to_have_attribute("data-md-color-scheme", "default")


def test_the_contents_say_where_the_reader_is(browser: Browser, address: str) -> None:
    with reading(browser, f"{address}en/things/one/") as reader:
        page = reader.page
        page.evaluate(
            """() => {
                const sheet = new CSSStyleSheet()
                sheet.replaceSync("h2 { margin-block: 900px !important }")
                document.adoptedStyleSheets = [sheet]
            }"""
        )
        here = page.locator(".toc [aria-current=location]")
        expect(here).to_have_count(0)
        for link in page.locator(".toc a").all():
            name = link.inner_text()
            page.locator(f"#{(link.get_attribute('href') or '').rpartition('#')[2]}").evaluate(
                "heading => heading.scrollIntoView()"
            )
            expect(here).to_have_text(name)


@pytest.mark.parametrize(
    ("language", "queries"),
    [
        ("en", ["cities", "city", "university", "Mahiliou", "могилев", "Гродненской", "mogilef"]),
        ("en", ["Thing on", "all cities", "cities qqqqqq"]),
        ("de", ["Stadt", "Größe", "grosse", "GRÖSSE", "Mahilioŭ", "Stadt und Größe"]),
    ],
)
def test_search_finds(browser: Browser, address: str, language: str, queries: list[str]) -> None:
    with reading(browser, f"{address}{language}/things/") as reader:
        reader.page.keyboard.press("/")
        first = {query: results(reader.page, query)[:1] for query in queries}
    assert first == {query: [f"{address}{language}/things/one/"] for query in queries}


def test_search_from_disk(browser: Browser, site: Path) -> None:
    start = (site / "de/things/one/index.html").as_uri()
    with reading(browser, start.replace("/site/", "/site/./")) as reader:
        reader.foreign.clear()
        reader.page.click(".search-button")
        assert results(reader.page, "Städte") == [(site / "de/things/one").as_uri() + "/"]
        assert all(address.startswith("file:") for address in reader.foreign)
        reader.foreign.clear()


def test_search_from_the_keyboard(browser: Browser, address: str) -> None:
    with reading(browser, f"{address}en/things/one/") as reader:
        page = reader.page
        page.focus(".search-button")
        page.keyboard.press("Enter")
        assert len(results(page, "thing")) == 2
        assert page.inner_text("#search-status") == "⟦2 search.count.other⟧"
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.matches('.results a')")
        page.keyboard.press("ArrowUp")
        assert page.evaluate("document.activeElement.id") == "search-query"
        assert results(page, "qqqqqq") == []
        assert page.inner_text("#search-status") == "⟦search.none⟧"
        page.keyboard.press("Escape")  # empties the field
        page.keyboard.press("Escape")
        page.locator("dialog.search").wait_for(state="hidden")
        assert focused(reader.page) == "search-button"
        page.keyboard.press("Control+k")
        results(page, "front")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}en/")


def test_the_one_sign_key_can_be_switched_off(browser: Browser, address: str) -> None:
    with reading(browser, f"{address}en/") as reader:
        page = reader.page
        page.keyboard.press("/")
        page.uncheck(".search-key input")
        page.click("[data-close]")
        page.reload()
        page.keyboard.press("/")
        assert page.locator("dialog.search").is_hidden()


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible(browser: Browser, address: str, width: int, scheme: str) -> None:
    options: dict[str, Any] = {"width": width, "color_scheme": scheme}
    with reading(browser, f"{address}en/things/one/", **options) as reader:
        page = reader.page
        assert findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.click(".switcher summary")
        assert findings(page) == []
        page.keyboard.press("Escape")
        if width == PHONE:
            page.click(".menu-button")
            page.evaluate("Promise.all(document.getAnimations().map(moving => moving.finished))")
            assert findings(page) == []
            page.keyboard.press("Escape")
        page.keyboard.press("/")
        results(page, "thing")
        assert findings(page) == []
