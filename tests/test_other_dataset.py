"""The same code and templates make a site of other countries in other languages.

The dataset in ``other/`` is in French and Polish. Nothing of this project's own words, countries
or languages may appear in its site: whatever does stands in code or in a template.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from generator.loading import check
from generator.locale import Locale
from generator.model.dates import parse_date
from generator.project import Project
from tests.html_pages import HtmlPage, html_files, read_page
from tests.samples import OTHER, ROOT, other_project

LANGUAGES = ("fr", "pl")
WORD = re.compile(r"[^\W\d_]{3,}")


@cache
def pages_of(site: Path, lang: str = "") -> dict[str, HtmlPage]:
    folder = site / lang
    return {name: read_page(folder / name) for name in html_files(folder)}


def words_of(text: str) -> set[str]:
    """The words of a text, without the names of what is filled in."""
    return {word.casefold() for word in WORD.findall(re.sub(r"\{[^{}]*\}", " ", text))}


def words_in(folder: Path) -> set[str]:
    """Every word that stands in the values (not the keys) of YAML files."""
    found: set[str] = set()

    def collect(value: object) -> None:
        if isinstance(value, dict):
            for inner in value.values():
                collect(inner)
        elif isinstance(value, list):
            for inner in value:
                collect(inner)
        else:
            found.update(words_of(str(value)))

    for path in sorted(folder.rglob("*.yaml")):
        collect(yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader))
    return found


def test_the_other_dataset_is_without_fault(tmp_path: Path) -> None:
    assert check(other_project(tmp_path)) == ()


def test_no_word_of_this_projects_languages_appears(other_site: Project) -> None:
    ours: set[str] = set()
    for lang in sorted(path.name for path in (ROOT / "content" / "words").iterdir()):
        ours |= words_in(ROOT / "content" / "words" / lang)
    ours -= words_in(OTHER)
    # Names of files, of data and of words, are addresses, the same in every language.
    named = [*(other_site.site / "data").iterdir(), *(OTHER / "words").rglob("*.yaml")]
    files = {word for path in named for word in path.name.split(".")}
    ours -= {word for name in files for word in WORD.findall(name.casefold())}
    for lang in LANGUAGES:  # a month may be called as in one of our languages
        locale = Locale(lang, {"date.month": "{month} {of-month}"})
        for month in range(1, 13):
            ours -= words_of(locale.date(parse_date(f"2020-{month:02}")))
    found: dict[str, list[str]] = {}
    for name, page in pages_of(other_site.site).items():
        for word in words_of(page.text()) & ours:
            found.setdefault(word, []).append(name)
    assert found == {}


def test_no_key_of_a_text_appears_in_its_place(other_site: Project) -> None:
    texts = ROOT / "content" / "words"
    keys: set[str] = set()
    for path in sorted(texts.rglob("*.yaml")):
        if path.name in ("interface.yaml", "terms.yaml", "values.yaml"):
            loaded = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
            keys |= {key.rpartition(".")[0] + "." for key in loaded}
    dotted = re.compile(r"(?<![\w/.-])[a-z][a-z-]*\.[a-z][\w.-]*")
    for name, page in pages_of(other_site.site).items():
        for match in dotted.finditer(page.text()):
            is_file = match[0].endswith((".json", ".csv"))
            assert is_file or not match[0].startswith(tuple(keys)), f"{name} shows {match[0]}"


def test_no_text_is_empty_that_a_template_asks_for(other_site: Project) -> None:
    for name in html_files(other_site.site):
        html = (other_site.site / name).read_text(encoding="utf-8")
        assert not re.search(r'(?:aria-label|alt|placeholder|title)=""', html), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_says_its_language(other_site: Project, lang: str) -> None:
    pages = pages_of(other_site.site, lang)
    assert {page.lang for page in pages.values()} == {lang}
    assert len(pages) > 20


def test_addresses_ids_and_data_are_equal_in_all_languages(other_site: Project) -> None:
    french, polish = (pages_of(other_site.site, lang) for lang in LANGUAGES)
    assert list(french) == list(polish)
    for name, page in french.items():
        assert page.ids == polish[name].ids, name
        assert all(id_.isascii() for id_ in page.ids), name
        assert page.headings == polish[name].headings, name


@pytest.mark.parametrize(
    ("lang", "page", "texts"),
    [
        ("fr", "index.html", ["0 acte", "3 actes", "Pologne"]),
        ("pl", "index.html", ["0 aktów", "3 akty", "Polska"]),
        (
            "fr",
            "regions/brittany/index.html",
            ["1 navire", "22 navires", "25 navires", "1,5 navire"],
        ),
        ("pl", "regions/brittany/index.html", ["1 prom", "22 promy", "25 promów", "1,5 promu"]),
        ("fr", "agreements/schools-2019/index.html", ["5 écoles", "février 2019"]),
        ("pl", "agreements/schools-2019/index.html", ["5 szkół", "luty 2019"]),
        ("fr", "programmes/index.html", ["environ 1 200 élèves"]),
        ("pl", "programmes/index.html", ["około 1200 uczniów"]),
        ("pl", "regions/normandy/index.html", ["3 umowy"]),
        ("fr", "regions/brittany/index.html", ["1 234,5 millions de zlotys", "12,5 % de plus"]),
        ("pl", "regions/brittany/index.html", ["około 1234,5 mln złotych", "12,5% więcej"]),
        ("fr", "forums/forum-1/index.html", ["1er Assises des deux rives"]),
        ("pl", "forums/forum-1/index.html", ["I Zjazd dwóch brzegów"]),
        ("pl", "agreements/brittany-pomerania-2015/index.html", ["4 maja 2015"]),
        ("fr", "regions/brittany/index.html", ["deuxième séance"]),
    ],
)
def test_numbers_dates_and_plurals_are_those_of_the_language(
    other_site: Project, lang: str, page: str, texts: list[str]
) -> None:
    found = re.sub(r"[\u00a0\u202f\u2009]", " ", pages_of(other_site.site, lang)[page].text())
    found = re.sub(r"(?<=\d) (?=\d{3})", "" if lang == "pl" else " ", found)
    for text in texts:
        assert text.casefold() in found.casefold()


def test_names_are_sorted_as_the_language_does(other_site: Project) -> None:
    names = [
        ["Łódź", "Poméranie"],
        ["Łódzkie", "Pomorskie"],
    ]
    for lang, expected in zip(LANGUAGES, names, strict=True):
        text = pages_of(other_site.site, lang)["countries/poland/index.html"].text()
        assert text.index(expected[0]) < text.rindex(expected[1])


def test_a_missing_paragraph_falls_back_marked_and_with_a_notice(other_site: Project) -> None:
    # Normandy has a summary in French only.
    page = pages_of(other_site.site, "pl")["regions/normandy/index.html"]
    assert "La Normandie attend son tour." in page.text("fr")
    assert "Jeszcze nie przetłumaczono." in page.text("pl")
    assert "Normandia" in page.text("pl")
    others = [name for name, one in pages_of(other_site.site, "pl").items() if one.text("fr")]
    noticed = [n for n in others if "Jeszcze nie" in pages_of(other_site.site, "pl")[n].text("pl")]
    assert noticed == ["regions/normandy/index.html"]


def test_what_was_not_translated_is_not_searched(other_site: Project) -> None:
    index = (other_site.site / "pl" / "assets" / "search" / "index.js").read_text(encoding="utf-8")
    data = json.loads(index.partition("(")[2].rpartition(")")[0])
    docs = {doc.get("u", ""): doc for doc in data["docs"]}
    assert "attend" not in json.dumps(data, ensure_ascii=False)
    assert "Normandie" in docs["regions/normandy/"]["n"]  # the French name still leads there
    assert "handluje" in docs["regions/brittany/"]["b"]
    assert "\\u" not in index
    assert data["lang"] == "pl"


def test_the_root_speaks_both_languages(other_site: Project) -> None:
    texts = {"fr": "Page introuvable", "pl": "Nie ma takiej strony"}
    for lang, text in texts.items():
        assert text in read_page(other_site.site / "404.html").text(lang)
        chooser = read_page(other_site.site / "index.html")
        assert {link["href"] for link in chooser.links} == {"fr/", "pl/"}
        assert text in pages_of(other_site.site, lang)["404.html"].text()


def test_a_renamed_record_redirects_in_every_language(other_site: Project) -> None:
    names = {"fr": "Poméranie", "pl": "Pomorskie"}
    for lang, name in names.items():
        path = other_site.site / lang / "regions" / "old-pomerania" / "index.html"
        page = read_page(path)
        assert page.lang == lang
        assert name in page.text()
        assert 'content="0; url=../pomerania/"' in path.read_text(encoding="utf-8")


def test_the_places_of_the_site_are_those_of_its_settings(other_site: Project) -> None:
    base = "https://example.net/atlas/duo/"
    assert f"<loc>{base}fr/sitemap.xml</loc>" in (other_site.site / "sitemap.xml").read_text()
    sitemap = (other_site.site / "pl" / "sitemap.xml").read_text()
    assert f'hreflang="fr" href="{base}fr/regions/brittany/"' in sitemap
    assert f'hreflang="x-default" href="{base}fr/regions/brittany/"' in sitemap
    page = (other_site.site / "pl" / "regions" / "brittany" / "index.html").read_text()
    assert "https://example.com/duo/edit/trunk/content/words/pl/regions.yaml" in page


def test_nothing_of_this_projects_data_is_published(other_site: Project) -> None:
    ids = {path.stem for path in (ROOT / "content" / "facts" / "regions").glob("*.yaml")}
    ids |= {"/en/", "/de/", 'lang="en"', 'lang="de"'}
    for path in sorted(other_site.site.rglob("*")):
        if path.suffix in (".html", ".xml", ".json", ".csv", ".txt"):
            text = path.read_text(encoding="utf-8")
            assert [one for one in sorted(ids) if re.search(rf"\b{re.escape(one)}\b", text)] == []


def test_the_switcher_says_where_a_page_is_not_fully_translated(other_site: Project) -> None:
    """The front matter names the languages that have every string of the page."""
    docs = other_site.build / "fr" / "docs"
    named = {
        path.relative_to(docs).as_posix(): line
        for path in docs.rglob("*.md")
        for line in path.read_text(encoding="utf-8").split("\n")
        if line.startswith("languages:")
    }
    partial = {name for name, line in named.items() if line == 'languages: ["fr"]'}
    assert partial  # a paragraph of one record is not translated
    assert {line for name, line in named.items() if name not in partial} == {
        'languages: ["fr", "pl"]'
    }
    for name in partial:
        page = other_site.site / "fr" / name.replace(".md", ".html")
        text = page.read_text(encoding="utf-8")
        assert text.count('hreflang="pl"') == text.count('hreflang="pl">Polski</a> <small>') > 0
