"""Citations read back by other programs: BibTeX, RIS and CSL-JSON say what the data says."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware, MonthIntMiddleware
from hypothesis import example, given
from hypothesis import strategies as st

from generator import foreign
from generator.exports import export_all
from generator.exports.citations import FORMATS, Reference, bibtex, csl_json, ris
from generator.exports.references import citations_of, source_references
from generator.loading import read
from generator.model.dates import parse_date
from generator.model.vocabulary import CslType
from generator.project import Project
from generator.routes import CITATION_FORMATS
from tests.samples import ROOT, Sample, load_sample, make_sample

# The fields that readers of the schema of CSL-JSON know (citation-style-language/schema), of these
# that are written here, with the type that each has there.
CSL_FIELDS: dict[str, type] = {
    **dict.fromkeys(
        ("id", "type", "title", "container-title", "publisher", "publisher-place", "page"), str
    ),
    **dict.fromkeys(("chapter-number", "URL", "language", "note"), str),
    "author": list,
    "issued": dict,
}
TRICKY = 'A & B, 50% of "x" and „Größe“, ‘Псков’, Магілёў’е, #1 $x_y <b> ~ \\ [1] {c}'


def bibtex_fields(text: str) -> list[dict[str, str]]:
    """The entries as a reference manager reads them: without TeX, and addresses as they are."""
    raw = bibtexparser.parse_string(text)
    read_out = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert raw.failed_blocks == []
    found = []
    for entry, plain in zip(raw.entries, read_out.entries, strict=True):
        fields = {f.key: str(f.value) for f in plain.fields}
        fields.update({f.key: str(f.value) for f in entry.fields if f.key == "url"})
        found.append({**fields, "id": entry.key, "type": entry.entry_type})
    return found


def csl(data: bytes) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(data)
    for item in loaded:
        for name, value in item.items():
            assert isinstance(value, CSL_FIELDS[name]), name
        assert item["id"] and item["title"]
        assert item["type"] in set(CslType)
        for author in item.get("author", ()):
            assert set(author) in ({"family", "given"}, {"literal"})
        for date in item.get("issued", {}).get("date-parts", ()):
            assert 1 <= len(date) <= 3 and all(isinstance(part, int) for part in date)
    return loaded


# --- the formats


FULL = Reference(
    id="full",
    type=CslType.CHAPTER,
    title=TRICKY,
    language="de",
    authors=("B. L. Orlén", "Trade and Sons, Ltd", "Anonymous"),
    date=parse_date("2019-03"),
    container="Acts {of} & the Union",
    publisher="Wydawnictwo „Ł“",
    place="Przemyśl",
    number="3",
    pages="12-15",
    url="https://example.org/a_b%20c?d=1&e=~f#g",
    note="printed, not read",
)


def test_bibtex_is_read_back_by_another_program() -> None:
    (found,) = bibtex_fields(bibtex([FULL]).decode())
    assert found == {
        "id": "full",
        "type": "incollection",
        "author": "B. L. Orlén and Trade and Sons, Ltd and Anonymous",
        "title": TRICKY,
        "booktitle": FULL.container,
        "publisher": FULL.publisher,
        "address": "Przemyśl",
        "chapter": "3",
        "pages": "12–15",
        "year": "2019",
        "month": "3",
        "url": FULL.url,
        "language": "de",
        "note": "printed, not read",
    }


def test_names_stay_apart_in_bibtex() -> None:
    from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts

    middleware = [SeparateCoAuthors(), SplitNameParts()]
    library = bibtexparser.parse_string(bibtex([FULL]).decode(), append_middleware=middleware)
    first, second, third = library.entries[0]["author"]
    assert (first.first, first.last) == (["B.", "L."], ["Orlén"])
    assert second.last == ["{Trade and Sons, Ltd}"]
    assert third.last == ["Anonymous"]


def test_months_are_months_in_bibtex() -> None:
    library = bibtexparser.parse_string(
        bibtex([FULL]).decode(), append_middleware=[MonthIntMiddleware()]
    )
    assert int(library.entries[0]["month"]) == 3


def test_ris_is_read_back_by_another_program() -> None:
    (found,) = rispy.loads(ris([FULL]).decode())
    assert found == {
        "type_of_reference": "CHAP",
        "id": "full",
        "authors": ["Orlén, B. L.", "Trade and Sons, Ltd", "Anonymous"],
        "title": TRICKY,
        "secondary_title": FULL.container,
        "publisher": FULL.publisher,
        "place_published": "Przemyśl",
        "start_page": "12",
        "end_page": "15",
        "year": "2019",
        "date": "2019/03//",
        "urls": [FULL.url],
        "language": "de",
        "notes": ["printed, not read"],
    }


def test_csl_has_the_shape_of_its_schema() -> None:
    (found,) = csl(csl_json([FULL]))
    assert found["author"] == [
        {"family": "Orlén", "given": "B. L."},
        {"literal": "Trade and Sons, Ltd"},
        {"literal": "Anonymous"},
    ]
    assert found["issued"] == {"date-parts": [[2019, 3]]}
    assert (found["title"], found["URL"], found["page"]) == (TRICKY, FULL.url, "12-15")


def test_an_interval_has_two_dates() -> None:
    (found,) = csl(
        csl_json([Reference("a", CslType.BOOK, "A", date=parse_date("2019-01/2021-05"))])
    )
    assert found["issued"] == {"date-parts": [[2019, 1], [2021, 5]]}


TEXTS = st.text(
    st.characters(categories=["L", "N", "P", "S"], exclude_characters="^\\"), min_size=1
)


@given(TEXTS)
@example("{lone")
@example("} {")
@example("and")
@example("a % b")
def test_no_title_breaks_a_file(title: str) -> None:
    one = Reference("a", CslType.WEBPAGE, title, authors=(title,))
    other = Reference("b", CslType.BOOK, "Other")
    found = bibtex_fields(bibtex([one, other]).decode())
    assert [entry["id"] for entry in found] == ["a", "b"]
    assert found[1]["title"] == "Other"
    first, second = rispy.loads(ris([one, other]).decode())
    assert (first["title"], second["title"]) == (title, "Other")
    assert [item["title"] for item in csl(csl_json([one, other]))] == [title, "Other"]


@pytest.mark.parametrize("char", sorted("&%$#_{}~^\\\"'’“”„«»–—№"))
def test_special_characters_survive_bibtex(char: str) -> None:
    pair = {"{": "{a} b", "}": "a {b}"}.get(char, f"a {char} b")
    (found,) = bibtex_fields(bibtex([Reference("a", CslType.BOOK, pair)]).decode())
    # The program that reads it back writes the accent for the sign.
    assert found["title"].replace("ˆ", "^") == pair


def test_what_is_not_known_is_left_out() -> None:
    bare = Reference("a", CslType.DOCUMENT, "A")
    assert bibtex([bare]).decode() == "@misc{a,\n  title = {{A}}\n}\n"
    assert ris([bare]).decode() == "TY  - GEN\r\nID  - a\r\nTI  - A\r\nER  - \r\n\r\n"
    assert csl(csl_json([bare])) == [{"id": "a", "type": "document", "title": "A"}]


def test_every_type_has_its_words_in_all_formats() -> None:
    every = [Reference(kind, kind, "A", container="B") for kind in CslType]
    assert len(bibtex_fields(bibtex(every).decode())) == len(CslType)
    assert len(rispy.loads(ris(every).decode())) == len(CslType)
    assert len(csl(csl_json(every))) == len(CslType)


def test_formats_have_names_for_readers() -> None:
    assert list(FORMATS) == list(CITATION_FORMATS)


# --- sources


SOURCES = """
--- facts/sources/more.yaml
acts: {kind: collection, title: "Acts & Deeds", language: fr, authors: [A. One, B. Two], year: 2010,
  published_in: Paris, publisher: Verlag, unused: true}
essay: {kind: part, number: 7, cited_in: part-1, part_of: acts, authors: [C. Three],
  title: "On {Trade}", language: fr, page: "10-12", unused: true}
again: {kind: collection, number: 8, cited_in: part-1, part_of: acts, page: 5, unused: true}
lost: {kind: page, number: 9, cited_in: part-1, missing: true, unused: true}
post: {kind: page, title: "Post", language: pl, publisher: Gazeta, url: "https://example.org/1",
  year: 2019-03, unused: true}
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return make_sample(tmp_path_factory.mktemp("citations") / "content", SOURCES)


@pytest.fixture(scope="module")
def sources(sample: Sample) -> dict[str, Reference]:
    found = source_references(sample.dataset, sample.words, sample.dataset.by_kind["source"])
    return {one.id: one for one in found}


def test_a_part_is_cited_within_the_whole(sources: dict[str, Reference]) -> None:
    one = sources["essay"]
    assert (one.type, one.title, one.container) == (CslType.CHAPTER, "On {Trade}", "Acts & Deeds")
    assert (one.authors, one.pages, one.number) == (("C. Three",), "10-12", "")
    assert (one.publisher, one.place, one.date) == ("Verlag", "Paris", parse_date("2010"))


def test_a_book_that_a_note_names_again_is_the_book(sources: dict[str, Reference]) -> None:
    one = sources["again"]
    assert (one.type, one.title, one.container) == (CslType.BOOK, "Acts & Deeds", "")
    assert (one.authors, one.pages) == (("A. One", "B. Two"), "5")


def test_a_page_of_the_web_is_cited_with_its_site(sources: dict[str, Reference]) -> None:
    one = sources["post"]
    assert (one.container, one.publisher, one.language) == ("Gazeta", "", "pl")
    assert one.url == "https://example.org/1"


def test_a_source_whose_text_is_missing_is_called_as_on_its_page(
    sample: Sample, sources: dict[str, Reference]
) -> None:
    assert sources["lost"].title == sample.context("").title("lost")
    assert sources["lost"].language == "en"


# --- the data of the site, the whole of it


@cache
def site_sample() -> Sample:
    return load_sample(ROOT / "content")


@cache
def site_files() -> dict[str, bytes]:
    sample = site_sample()
    return export_all(sample.dataset, sample.words, sample.routes)


def test_all_sources_are_in_every_format_once_and_say_what_the_data_says() -> None:
    items = {item.id: item.record for item in site_sample().dataset.by_kind["source"]}
    files = site_files()
    entries = bibtex_fields(files["data/sources.bib"].decode())
    records = rispy.loads(files["data/sources.ris"].decode())
    objects = csl(files["data/sources.csl.json"])
    for found in (entries, records, objects):
        assert [one["id"] for one in found] == list(items)
    for entry, record, one in zip(entries, records, objects, strict=True):
        source = items[entry["id"]]
        titles = {entry["title"], record["title"], one["title"]}
        assert titles == {source.title or one["title"]}
        if source.url:
            assert entry["url"] == one["URL"] == source.url
            assert record["urls"] == [source.url]
        if source.year:
            assert entry["year"] == record["year"] == str(source.year.start.year)
            assert one["issued"]["date-parts"][0][0] == source.year.start.year
        if source.title and source.language:
            assert entry["language"] == record["language"] == one["language"] == source.language
        if source.authors:
            assert len(one["author"]) == len(record["authors"]) == len(source.authors)
            assert entry["author"] == " and ".join(source.authors)


def test_the_sources_of_each_page_are_those_of_its_data() -> None:
    files = site_files()
    for page in (name for name in files if re.fullmatch(r"data/[a-z]+/[a-z0-9-]+\.bib", name)):
        stem = page.removesuffix(".bib")
        cited = [entry["id"] for entry in bibtex_fields(files[page].decode())]
        if stem.startswith("data/sources/"):
            assert cited == [stem.rpartition("/")[2]]
        else:
            assert cited == [one["id"] for one in json.loads(files[f"{stem}.json"])["sources"]]
        assert [one["id"] for one in csl(files[f"{stem}.csl.json"])] == cited
        records = rispy.loads(files[f"{stem}.ris"].decode()) if cited else []
        assert [one["id"] for one in records] == cited


# --- the pages


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    everything = (ROOT / "tests" / "everything.md").read_text(encoding="utf-8")
    return make_sample(tmp_path_factory.mktemp("pages") / "content", everything)


@pytest.mark.parametrize("lang", ["en", "de"])
def test_every_page_has_its_citation_in_every_language(drawn: Sample, lang: str) -> None:
    pages = drawn.render_all(lang)
    files = {
        path: data
        for page in pages.values()
        for path, data in citations_of(drawn.dataset, drawn.locale(lang), page).items()
    }
    assert len(files) == len(pages) * len(FORMATS)
    keys: Counter[str] = Counter()
    for url, page in pages.items():
        (entry,) = bibtex_fields(files[f"{lang}/{url}cite.bib"].decode())
        (record,) = rispy.loads(files[f"{lang}/{url}cite.ris"].decode())
        (one,) = csl(files[f"{lang}/{url}cite.csl.json"])
        address = f"{drawn.dataset.site.address}{lang}/{url}"
        assert entry["url"] == one["URL"] == record["urls"][0] == address
        assert entry["language"] == one["language"] == record["language"] == lang
        assert entry["title"] == one["title"] == record["title"]
        assert url == "" or one["title"] == foreign.plain(page.title)
        assert one["issued"] == {"date-parts": [[2022, 1]]}
        assert (entry["year"], entry["month"], record["date"]) == ("2022", "1", "2022/01//")
        keys[entry["id"]] += 1
    assert max(keys.values()) == 1


def test_the_published_pages_have_the_files_that_their_feet_name(real_site: Project) -> None:
    site = real_site.site
    codes = read(real_site).site.codes  # type: ignore[union-attr]
    count = 0
    for lang in codes:
        for page in sorted((site / lang).rglob("index.html")):
            text = page.read_text(encoding="utf-8")
            if 'class="page-foot"' not in text:
                continue
            count += 1
            for form in CITATION_FORMATS:
                assert f'href="cite.{form}"' in text, page
                assert (page.parent / f"cite.{form}").is_file()
            own = Path(page.parent / "cite.bib").read_text(encoding="utf-8")
            assert f"language = {{{lang}}}" in own
    assert count > len(codes) * 100


def test_what_cites_a_page_of_the_site_says_what_the_page_says(real_site: Project) -> None:
    site, codes = real_site.site, read(real_site).site.codes  # type: ignore[union-attr]
    compared = 0
    for lang in codes:
        for page in sorted((site / lang).rglob("cite.bib"))[::37]:
            html = (page.parent / "index.html").read_text(encoding="utf-8")
            heading = re.search("<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
            assert heading is not None
            title = " ".join(unescape(re.sub("<[^>]*>", "", heading[1])).replace("¶", "").split())
            address = f"https://example.org/{page.parent.relative_to(site).as_posix()}/"
            (entry,) = bibtex_fields(page.read_text(encoding="utf-8"))
            (record,) = rispy.loads(page.with_name("cite.ris").read_text(encoding="utf-8"))
            (one,) = csl(page.with_name("cite.csl.json").read_bytes())
            assert {entry["url"], record["urls"][0], one["URL"]} == {address}
            assert {entry["language"], record["language"], one["language"]} == {lang}
            titles = {" ".join(t.split()) for t in (entry["title"], record["title"], one["title"])}
            assert len(titles) == 1
            if page.parent != site / lang:
                assert titles == {title}
            compared += 1
    assert compared > 10 * len(codes)
