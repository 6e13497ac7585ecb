"""Pages as Markdown: golden files, escaping, templates that ask for too much.

A golden file holds facts and words (each after ``--- path``) and the pages that they give (each
after ``=== language address``). ``pytest tests/test_render.py --update-golden`` writes the pages
that the templates give now; read the diff before you commit it.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import jinja2
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from generator.errors import BuildError
from generator.escape import escape, unescape
from generator.exports import downloads_of
from generator.finish_languages import settled
from generator.render import Rendered, environment, files_of, needed_texts
from generator.views.page import Page
from tests.samples import ROOT, Sample, load_sample, make_sample, write_content

GOLDEN = sorted((ROOT / "tests" / "golden").glob("*.md"))
PAGE = "\n=== "


# --- golden pages


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_golden_file_holds_the_pages_that_its_records_give(
    path: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    text = path.read_text(encoding="utf-8")
    source, *expected = text.split(PAGE)
    sample = make_sample(tmp_path / "content", source)
    parts = [source.rstrip("\n") + "\n"]
    for part in expected:
        lang, _, url = part.partition("\n")[0].strip().partition(" ")
        parts.append(f"{lang} {url}".strip() + "\n\n" + settled(sample.render(url, lang).text))
    found = PAGE.join(parts)
    if request.config.getoption("--update-golden") and found != text:
        path.write_text(found, encoding="utf-8")
        return
    assert found == text, "if that is right: pytest tests/test_render.py --update-golden"


def test_every_template_of_a_page_has_a_golden_one() -> None:
    drawn = set()
    for path in GOLDEN:
        text = path.read_text(encoding="utf-8")
        drawn |= {part.partition("\n")[0].partition(" ")[2] for part in text.split(PAGE)[1:]}
    plural = {url.split("/")[0] for url in drawn if url.count("/") == 2}
    assert {"regions", "agreements", "forums", "organisations", "sources"} <= plural
    assert {"", "agreements/", "forums/", "programmes/", "sources/"} <= drawn


# --- what a page looks like


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return make_sample(tmp_path_factory.mktemp("render") / "content", RECORDS)


RECORDS = """
--- facts/regions/r.yaml
north: {kind: voivodeship, country: alpha, code: AA-N, sources: [part-1]}
south: {kind: voivodeship, country: beta, code: BB-S, sources: [part-1]}

--- facts/agreements/a.yaml
pact-2015: {kind: convention, parties: [{of: north}, {of: south}], signed: 2015-05-04,
  sources: [n-1]}

--- words/en/regions.yaml
north.name: "North: \\"the\\" <b>#1</b>"
south.name: "South"
"""


def front_matter(page: Rendered) -> dict[str, object]:
    _, meta, _ = page.text.split("---\n", 2)
    loaded = yaml.load(meta, yaml.CSafeLoader)
    assert isinstance(loaded, dict)
    return loaded


def test_the_front_matter_is_yaml_with_plain_texts(sample: Sample) -> None:
    meta = front_matter(sample.render("regions/north/"))
    assert str(meta.pop("linked_data")).startswith('{"@context":')
    assert meta == {
        "title": 'North: "the" <b>#1</b>',
        "languages": ["en", "de"],
        "lang": "en",
        "crumbs": [
            {"title": "nav.home", "url": "."},
            {"title": "nav.regions", "url": "regions/"},
        ],
        "up": "nav.regions",
    }


def test_words_that_a_language_lacks_are_edited_where_they_come_from(sample: Sample) -> None:
    edit = "https://example.org/repo/edit/main/content"
    found = re.findall(r'<a href="([^"]*)" rel="edit">', sample.render("regions/north/", "de").text)
    assert found == [f"{edit}/facts/regions/r.yaml", f"{edit}/words/en/regions.yaml"]
    found = re.findall(
        r'<a href="([^"]*)" rel="edit">', sample.render("agreements/pact-2015/").text
    )
    assert found == [f"{edit}/facts/agreements/a.yaml"]


def test_the_start_page_has_no_path_above_it(sample: Sample) -> None:
    meta = front_matter(sample.render(""))
    assert meta["crumbs"] == []
    assert "up" not in meta


def test_every_page_ends_in_one_line_end_and_has_no_runs_of_blank_lines(sample: Sample) -> None:
    for page in sample.render_all().values():
        assert page.text.endswith("\n")
        assert not page.text.endswith("\n\n")
        assert "\n\n\n" not in page.text
        assert all(line == line.rstrip() for line in page.text.split("\n"))


def test_headings_carry_ascii_ids_that_are_equal_in_both_languages(sample: Sample) -> None:
    def ids(lang: str) -> dict[str, list[str]]:
        found = {}
        for url, page in sample.render_all(lang).items():
            headings = [line for line in page.text.splitlines() if line.startswith("#")]
            assert all(line.endswith(" }") for line in headings)
            found[url] = [line.rpartition("{: #")[2] for line in headings]
        return found

    english = ids("en")
    assert english == ids("de")
    assert all(name.isascii() for names in english.values() for name in names)


def test_the_tree_of_files_has_a_file_for_each_page(sample: Sample) -> None:
    pages = sample.render_all()
    files = files_of(pages.values())
    assert len(files) == len(pages)
    assert files["index.md"] == pages[""].text.encode()
    some = ("regions", "regions/north", "agreements/by-year/2015")
    assert {f"{page}/index.md" for page in some} <= set(files)


def test_rendering_twice_gives_the_same(tmp_path: Path, sample: Sample) -> None:
    again = make_sample(tmp_path / "content", RECORDS)
    assert {u: p.text for u, p in again.render_all().items()} == {
        u: p.text for u, p in sample.render_all().items()
    }


def test_downloads_are_listed_with_addresses_that_leave_the_language(tmp_path: Path) -> None:
    sample = load_sample(write_content(tmp_path / "content", {}))
    files = downloads_of("en")
    text = Sample(sample.dataset, sample.words, sample.env, tuple(files)).render("downloads/").text
    for file in files:
        assert (
            f'<a href="../../data/{file.name}" lang="zxx" download>{escape(file.name)}</a>' in text
        )
    assert text.count('<tr><th scope="row">') == len(files)


# --- escaping, as Markdown reads it


class _Text(HTMLParser):
    """The text of the elements that are marked, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = dict(attrs).get("id") or tag
        self._open.append(name if tag != "br" else "")

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for name in self._open:
            self.found[name] = self.found.get(name, "") + data


def texts_of(markdown: str) -> dict[str, str]:
    html = Markdown(extensions=["attr_list", "toc"]).convert(markdown)
    parser = _Text()
    parser.feed(html)
    return parser.found


def visible(text: str) -> str:
    """A text as a page shows it: control characters are spaces, runs of spaces are one."""
    shown = "".join(" " if c < " " or c in "\x7f\x85\u2028\u2029" else c for c in text)
    return re.sub(" +", " ", shown).strip()


SPECIAL = (
    st.text(
        st.one_of(
            st.sampled_from("`*_[]{}()\\|#~<>&\"'+-=:;.!1ab$^ "), st.characters(codec="utf-8")
        ),
        min_size=1,
        max_size=24,
    )
    .map(str.strip)
    .filter(visible)
)


@settings(max_examples=300)
@given(SPECIAL)
def test_any_text_appears_as_written_wherever_it_lands(text: str) -> None:
    safe = escape(text)
    page = (
        f"# {safe} {{: #heading }}\n\n<table><tr><td id='cell'>{safe}</td></tr></table>\n\n"
        f'<p id="raw" title="{safe}">{safe}</p>\n\n'
        f"x [{safe}](a.md) {safe}\n{{: #inline }}\n\n{safe}\n{{: #paragraph }}\n"
    )
    found = texts_of(page)
    for where in ("heading", "cell", "raw", "paragraph"):
        assert visible(found.get(where, "")) == visible(text), where
    assert visible(found["inline"]) == visible(f"x {text} {text}")
    assert list(found) == [k for k in found if k in KNOWN], "an element that nobody wrote"


KNOWN = ("heading", "table", "tr", "cell", "raw", "inline", "a", "paragraph")


@given(SPECIAL)
def test_escaping_is_undone_by_unescaping(text: str) -> None:
    assert visible(unescape(escape(text))) == visible(text)


def test_markup_is_escaped_once() -> None:
    once = escape("a < b")
    assert escape(once) is once


# --- templates


def env_of(tmp_path: Path, **templates: str) -> jinja2.Environment:
    folder = tmp_path / "templates"
    (folder / "pages").mkdir(parents=True)
    for name, text in templates.items():
        (folder / "pages" / f"{name}.md.j2").write_text(text, encoding="utf-8")
    return environment(folder)


@pytest.mark.parametrize(
    "template",
    [
        "{{ p.missing }}",
        "{{ nowhere }}",
        "{{ p.t('a').nothing }}",
        "{% include 'none.j2' %}",
        "{{ p.__class__.__mro__ }}",
        "{{ p.lens.item('north').__init__.__globals__ }}",
        "{{ site.languages.update({}) }}",
        "{% if %}",
    ],
)
def test_a_template_that_asks_for_what_is_not_there_is_a_build_error(
    template: str, tmp_path: Path, sample: Sample
) -> None:
    env = env_of(tmp_path, broken=template)
    broken = Sample(sample.dataset, sample.words, env)
    page = Page("broken/", "broken", lambda p, page: {}, heading="nav.home")
    with pytest.raises(BuildError, match=r"templates/pages/broken\.md\.j2"):
        broken.renderer().render(page)


def test_texts_that_templates_ask_for_by_name_are_known(tmp_path: Path) -> None:
    template = '{{ p.t("one") }}{{ p.n("two", 2) }}{{ p.text_prose("three") }}{{ p.t("a" ~ b) }}'
    assert needed_texts(env_of(tmp_path, page=template)) == {"one", "two", "three"}


def test_a_template_that_cannot_be_read_is_a_build_error_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"page\.md\.j2.*2"):
        needed_texts(env_of(tmp_path, page="\n{% if %}\n"))


def test_everything_that_templates_print_is_escaped(tmp_path: Path, sample: Sample) -> None:
    env = env_of(tmp_path, page='{{ word }} {{ p.t("<*>") }} {{ {"a": word}.a }}')
    page = Page("x/", "page", lambda p, page: {"word": "<b>*x*</b>"}, heading="nav.home")
    text = Sample(sample.dataset, sample.words, env).renderer().render(page).text
    assert "<b>" not in text
    assert "*" not in text.rpartition("---")[2]


def test_front_matter_survives_every_title(sample: Sample) -> None:
    for title in ('"', "\\", "a\\nb", "{x: 1}", "- a", "é\u2028", "# x"):
        line = f"title: {json.dumps(title, ensure_ascii=False)}"
        assert yaml.load(line, yaml.CSafeLoader) == {"title": title}
