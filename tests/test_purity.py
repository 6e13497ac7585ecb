"""Readers never meet a word of another language unmarked: every page of the site is read.

What scripts add to pages is looked at in ``browser/test_languages.py``.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import html

from generator.project import Project
from tests.built import NEW_LANGUAGE as NEW
from tests.built import ROOT, languages_of
from tests.html_pages import html_files
from tests.purity import Find, Purity

LANGUAGES = languages_of(Project(ROOT))
PAGE = '<!doctype html><html lang="{}"><head><title>{}</title></head><body>{}</body></html>'


@pytest.fixture(scope="module")
def purity(real_site: Project) -> Purity:
    return Purity(real_site.content, real_site.site)


# --- the pages of the site


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_page_of_a_language_says_anything_in_another(purity: Purity, lang: str) -> None:
    folder = purity.site / lang
    names = list(html_files(folder))
    assert len(names) > 500
    found = {name: finds for name in names if (finds := purity.finds((folder / name).read_bytes()))}
    assert found == {}, told(found)


@pytest.mark.parametrize("name", ["index.html", "404.html"])
def test_pages_for_all_languages_say_which_is_which(purity: Purity, name: str) -> None:
    page = (purity.site / name).read_bytes()
    assert purity.finds(page) == []
    spoken = {element.get("lang") for element in html.document_fromstring(page).iter("li")}
    assert spoken == set(LANGUAGES)


def test_no_style_sheet_has_words_of_its_own(purity: Purity) -> None:
    for path in sorted((purity.site / LANGUAGES[0]).rglob("*.css")):
        shown = re.findall(r"content:([^;}]*)", path.read_text(encoding="utf-8"))
        texts = [text for value in shown for text in re.findall(r'"([^"]*)"', value)]
        assert [text for text in texts if re.search(r"[^\W\d_]", text)] == [], path


def told(found: Mapping[str, list[Find]]) -> str:
    """The finds, each once, with the first page that has it."""
    lines: dict[str, str] = {}
    for name, finds in found.items():
        for find in finds:
            lines.setdefault(f"{find.where}: {find.text!r}: {find.why}", name)
    return "\n".join(f"{name}: {line}" for line, name in lines.items())


# --- the detector


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_that_only_another_language_has_is_found(purity: Purity, lang: str) -> None:
    texts = sorted(purity.foreign[lang])
    assert len(texts) > 5000
    root = html.document_fromstring(PAGE.format(lang, "", ""))
    for text in texts:
        html.etree.SubElement(root.find("body"), "p").text = f" {text.capitalize()} "
    found = purity.finds(html.tostring(root))
    assert len(found) == len(texts)
    for element in root.iter("p"):
        element.set("lang", purity.foreign[lang][texts[0]])
        break
    assert len(purity.finds(html.tostring(root))) == len(texts) - 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_most_sentences_of_other_languages_are_found_even_with_a_word_changed(
    purity: Purity, lang: str
) -> None:
    sentences = [text for text in sorted(purity.foreign[lang]) if text.count(" ") > 5]
    root = html.document_fromstring(PAGE.format(lang, "", ""))
    for text in sentences:
        html.etree.SubElement(root.find("body"), "p").text = text + " 2020"
    assert len(purity.finds(html.tostring(root))) > 0.99 * len(sentences)


def mutations(purity: Purity, lang: str) -> dict[str, str]:
    """Ways in which a text of another language comes onto a page, as HTML."""
    other = next(code for code in LANGUAGES if code != lang)
    key = next(
        key
        for key, text in purity.texts[other].items()
        if key.startswith("theme.") and " " in text and "{" not in text
    )
    text = purity.texts[other][key]
    return {
        "text": f"<p>{text}</p>",
        "bold": f"<p>12 <b>{text}</b>.</p>",
        "after an element": f"<p><b>12</b> {text}</p>",
        "aria-label": f'<a href="#" aria-label="{text}">#</a>',
        "alt": f'<img src="x.svg" alt="{text}">',
        "title": f'<span title="{text}">12</span>',
        "placeholder": f'<input placeholder="{text}">',
        "shown by the style sheet": f'<td data-label="{text}">12</td>',
        "drawn": f"<svg><text>{text}</text></svg>",
        "title of a drawing": f"<svg><title>{text}</title></svg>",
        "choice": f"<select><option>{text}</option></select>",
        "wrongly marked": f'<p lang="{lang}">{text}</p>',
        "marked around, not inside": f'<p lang="{other}"><b lang="{lang}">{text}</b></p>',
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_text_is_found_wherever_it_stands(purity: Purity, lang: str) -> None:
    for where, body in mutations(purity, lang).items():
        assert len(purity.finds(PAGE.format(lang, "", body))) == 1, where
    assert purity.finds(PAGE.format(lang, "", "")) == []
    other = next(code for code in LANGUAGES if code != lang)
    name = purity.texts[other]["site.name"]
    assert len(purity.finds(PAGE.format(lang, name, ""))) == 1
    assert purity.finds(PAGE.format("xx", "", "")) != []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_marked_printed_or_not_read_is_let_be(purity: Purity, lang: str) -> None:
    other = next(code for code in LANGUAGES if code != lang)
    text = purity.texts[other]["site.description"]
    for body in (
        f'<p lang="{other}">{text}</p>',
        f'<p lang="">{text}</p>',
        f'<p><code lang="zxx">{text}</code></p>',
        f"<p><cite>{text}</cite></p>",
        f"<script>let a = '{text}'</script>",
        f"<!-- {text} -->",
        f'<p data-x="{text}">12</p>',
    ):
        assert purity.finds(PAGE.format(lang, "", body)) == [], body


def test_a_letter_that_a_language_lacks_is_found(purity: Purity) -> None:
    lacking = [(lang, char) for lang in LANGUAGES for char in purity.speeches[lang].letters_not]
    assert len(lacking) > 5
    for lang, letter in lacking:
        found = purity.finds(PAGE.format(lang, "", f"<p>2017{letter}</p>"))
        assert [find.why for find in found] == [f"{lang} has no {letter}"]


@pytest.mark.parametrize("lang", LANGUAGES[1:])
def test_a_text_that_was_left_in_the_source_language_is_found(
    purity: Purity, real_site: Project, tmp_path: Path, lang: str
) -> None:
    key, source = "theme.search.none", purity.texts[LANGUAGES[0]]["theme.search.none"]
    page = PAGE.format(lang, "", f"<p>{source}</p>")
    assert len(purity.finds(page)) == 1
    content = shutil.copytree(real_site.content, tmp_path / "content")
    path = content / "words" / lang / "interface.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(f"(?m)^{key}: .*$", f'{key}: "{source}"', text), encoding="utf-8")
    left = Purity(content, purity.site)
    assert left.texts[lang][key] == source
    assert len(left.finds(page)) == 1


# --- a language without words: all of it is in another, and says so


def test_a_language_without_words_says_of_everything_which_language_it_is_in(
    new_language: Project,
) -> None:
    purity = Purity(new_language.content, new_language.site)
    folder = new_language.site / NEW
    found = {}
    for name in html_files(folder):
        # A title with a month is of two languages, and can hold no element.
        finds = [f for f in purity.finds((folder / name).read_bytes()) if f.where != "title"]
        if finds:
            found[name] = finds
    assert found == {}, told(found)


def test_no_mark_is_left_in_any_file(new_language: Project) -> None:
    for path in sorted(new_language.site.rglob("*")):
        if path.is_file():
            text = path.read_bytes().decode("utf-8", "replace")
            assert not re.search("[\ue000-\ue005]", text), path


def test_titles_headings_contents_and_paths_are_marked(new_language: Project) -> None:
    page = (new_language.site / NEW / "regions" / "alder" / "index.html").read_text("utf-8")
    root = html.document_fromstring(page)
    assert root.find("head/title").get("lang") == "en"
    for place in ("//h1", "//nav[@class='path']//li", "//nav[@class='toc']//li", "//summary"):
        found = root.xpath(f"{place}//*[@lang='en']")
        assert found, place
    assert [e.text for e in root.xpath("//h1/span")] == ["Republic of Alder"]
    label = root.xpath("//td[@data-label]")[0]
    assert label.get("lang") == "en"
    assert {e.get("lang") for e in label} <= {NEW, "en", ""}
    dialog = root.xpath("//dialog")[0]
    assert (dialog.get("lang"), dialog.get("data-none-lang")) == ("en", "en")


# --- the switcher, without script


def languages_on(page: Path) -> list[tuple[str, str, bool]]:
    """The entries of the switchers: language, file that it leads to, whether said to be partial."""
    root = html.document_fromstring(page.read_bytes())
    found = []
    for link in root.xpath("//ul[@class='languages']/li/a"):
        target = (page.parent / link.get("href")).resolve()
        file = target / "index.html" if target.is_dir() else target
        is_partial = bool(link.xpath("following-sibling::small"))
        assert link.get("lang") == link.get("hreflang")
        found.append((link.get("lang"), str(file), is_partial))
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_leads_to_itself_in_every_language_and_so_back(
    real_site: Project, lang: str
) -> None:
    site = real_site.site.resolve()
    for name in html_files(site / lang):
        page = site / lang / name
        if name == "404.html" or 'http-equiv="refresh"' in page.read_text("utf-8"):
            continue
        wanted = [(code, str(site / code / name), False) for code in LANGUAGES]
        assert languages_on(page) == wanted * 2, name  # in the header and in the footer
        assert all((site / code / name).is_file() for code in LANGUAGES), name


@pytest.mark.parametrize("lang", ["en", "de", NEW])
def test_a_page_that_a_language_has_only_partly_is_said_to_be_so(
    new_language: Project, lang: str
) -> None:
    page = new_language.site / lang / "regions" / "alder" / "index.html"
    partial = {code for code, _, is_partial in languages_on(page) if is_partial}
    assert partial == {"de", NEW}  # the German texts of the toy are few
    root = html.document_fromstring(page.read_bytes())
    said = root.xpath("//ul[@class='languages']//small")[0]
    assert said.text_content().strip()
    assert (said.xpath("string(span/@lang)") or lang) == ("en" if lang == NEW else lang)
