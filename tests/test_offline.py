"""The offline edition without a browser: its archives, where its links lead, what it leaves out."""

from __future__ import annotations

import datetime
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from generator.dataset import build_dataset
from generator.editions.archive import write_archive
from generator.editions.offline import MOST_BYTES, make_offline, searched
from generator.editions.relinking import relinked
from generator.finish_html import for_disk, protected
from generator.loading import read
from generator.project import Project
from tests.built import ROOT, languages_of
from tests.html_pages import html_files
from tests.offline import edited_of
from tests.samples import OTHER_LANGUAGES
from tests.small_site import tree
from tests.test_gates import Links, errors_in

FOLDERS = ("offline", *(f"offline-{lang}" for lang in OTHER_LANGUAGES))
REAL_LANGUAGES = languages_of(Project(ROOT))
REAL_FOLDERS = ("offline", *(f"offline-{lang}" for lang in REAL_LANGUAGES))

# A script that a script asks for, below the root of a language; and those that a search takes.
ASKED = re.compile(r"\bassets/[\w./-]+\.js\b")
NEEDED = [
    re.compile(rf"assets/{name}\.js")
    for name in (r"js/search\.[0-9a-f]{8}", r"js/search-index\.[0-9a-f]{8}", "search/index")
]


class DiskLinks(Links):
    """Links as a browser follows them from disk: a folder is no page, and nothing is outside."""

    def _leads(self, page: str, link: str) -> bool:
        parts = urlsplit(link)
        if parts.scheme:
            return parts.scheme in ("https", "http", "mailto")
        if parts.netloc or parts.path.startswith("/"):
            return False
        target = (self.site / page).parent / unquote(parts.path) if parts.path else self.site / page
        if not target.resolve().is_relative_to(self.site.resolve()) or not target.is_file():
            return False
        name = target.resolve().relative_to(self.site.resolve()).as_posix()
        return not parts.fragment or unquote(parts.fragment) in self.ids(name)

    @staticmethod
    def _addresses(page: html.HtmlElement) -> Iterator[str]:
        yield from (
            link for link in Links._addresses(page) if link not in page.xpath("//@data-root")
        )


def broken(folder: Path) -> list[str]:
    """The links of all pages that lead to no file or place, and roots without a search."""
    links = DiskLinks(folder)
    found = [f"{name}: {link}" for name in html_files(folder) for link in links.broken(name)]
    asked: dict[tuple[Path, ...], list[str]] = {}
    for name in html_files(folder):
        page, here = html.document_fromstring((folder / name).read_bytes()), (folder / name).parent
        for root in page.xpath("//@data-root"):
            scripts = (here / unquote(link) for link in page.xpath("//script/@src"))
            key = ((here / root).resolve(), *(script.resolve() for script in scripts))
            if key not in asked:
                asked[key] = list(lacking(*key))
            found += (f"{name}: {root} lacks {script}" for script in asked[key])
    return found


def lacking(root: Path, *scripts: Path) -> Iterator[str]:
    """What the search needs and nobody asks for, or asks for below a root where it is not.

    What scripts ask for is followed, from those of a page on: each file by the name in its text.
    """
    asked: set[str] = set()
    left = list(scripts)
    while left:
        names = set(ASKED.findall(left.pop().read_text("utf-8"))) - asked
        asked |= names
        yield from (name for name in sorted(names) if not (root / name).is_file())
        left += (root / name for name in names if (root / name).is_file())
    for needed in NEEDED:
        if not any(needed.fullmatch(name) for name in asked):
            yield needed.pattern


# --- where links lead


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_link_leads_to_a_file_or_online(offline_other: Path, folder: str) -> None:
    assert len(list(html_files(offline_other / folder))) > 50
    assert broken(offline_other / folder) == []


@pytest.mark.nightly
@pytest.mark.parametrize("folder", REAL_FOLDERS)
def test_every_link_of_the_real_edition_leads_to_a_file_or_online(
    offline_real: Path, folder: str
) -> None:
    assert len(list(html_files(offline_real / folder))) > 500
    assert broken(offline_real / folder) == []


@pytest.mark.parametrize(
    "markup",
    ['<a href="sub/">', '<a href="b.html#gone">', '<a href="/b.html">', '<a href="?a=b">x'],
)
def test_links_that_lead_nowhere_on_disk_are_found(tmp_path: Path, markup: str) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "index.html").write_text("<!doctype html><p id=there>")
    page = tmp_path / "b.html"
    page.write_text('<!doctype html><body><a href="sub/index.html?a=b#there">')
    assert broken(tmp_path) == []
    page.write_text(f"<!doctype html><body>{markup}")
    assert len(broken(tmp_path)) == (0 if "?" in markup else 1)


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_left_out_is_linked_online_and_marked(
    offline_other: Path, other_site: Project, folder: str
) -> None:
    """Each such link names its address on the site, where there is something."""
    dataset = build_dataset(read(other_site))
    marked = 0
    for name in html_files(offline_other / folder):
        page = html.document_fromstring((offline_other / folder / name).read_bytes())
        for link in page.xpath("//a[@href]"):
            address = link.get("href")
            small = [one for one in link if one.tag == "small"]
            is_ours = address.startswith(dataset.site.address)
            assert bool(small) == is_ours, f"{name}: {address}"
            if is_ours:
                path = address.removeprefix(dataset.site.address).partition("#")[0]
                path += "index.html" if path.endswith("/") or not path else ""
                assert (other_site.site / path).is_file(), path
                assert not (offline_other / folder / path).exists(), path
                assert small[0].get("lang") in OTHER_LANGUAGES
                assert small[0].text.strip()
                marked += 1
    assert marked > 100


# --- what is in it


def test_an_archive_holds_what_readers_of_its_pages_need(
    offline_other: Path, other_site: Project
) -> None:
    site = set(tree(other_site.site))
    for folder in FOLDERS:
        languages = (folder.partition("-")[2],) if "-" in folder else OTHER_LANGUAGES
        there = set(tree(offline_other / folder))
        assert "index.html" in there
        assert there <= site
        for path in site:
            of_language = path.partition("/")[0] in languages
            if of_language and path.endswith(".html") and not path.endswith("404.html"):
                assert path in there
        endings = {"".join(PurePosixPath(path).suffixes[-2:]) for path in there}
        assert endings.isdisjoint({".atom", ".ics", ".xml", ".txt"})
        assert {"data/data.sqlite", "data/facts.csv", "data/regions/normandy.json"} <= there
        assert "data/regions/normandy.bib" in site - there
        assert {path.partition("/")[0] for path in there} == {
            *("assets", "data", "index.html"),
            *languages,
        }


def test_a_large_file_is_left_out_and_linked_online(
    other_site: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = (other_site.site / "data/data.sqlite").stat().st_size
    assert size < MOST_BYTES
    monkeypatch.setattr("generator.editions.offline.MOST_BYTES", size - 1)
    ((_, path),) = make_offline(edited_of(other_site, tmp_path, ["pl"]))
    assert isinstance(path, Path)
    with zipfile.ZipFile(path) as archive:
        assert "offline-pl/data/data.sqlite" not in archive.namelist()
        page = archive.read("offline-pl/pl/downloads/index.html").decode()
    assert 'href="https://example.net/atlas/duo/data/data.sqlite"' in page


def test_archives_are_the_same_whoever_makes_them_and_plain(
    offline_other: Path, other_site: Project, tmp_path: Path
) -> None:
    made = dict(make_offline(edited_of(other_site, tmp_path)))
    assert len(made) == len(FOLDERS)
    for name, path in made.items():
        assert isinstance(path, Path)
        assert path.read_bytes() == (offline_other / "zip" / name).read_bytes()
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            assert archive.testzip() is None
        names = [entry.filename for entry in entries]
        assert names == sorted(names)
        assert len(set(names)) == len(names)
        assert {one.partition("/")[0] for one in names} == {name.removesuffix(".zip")}
        assert {entry.date_time for entry in entries} == {(2021, 6, 30, 0, 0, 0)}
        assert {(entry.external_attr >> 16, entry.create_system) for entry in entries} == {
            (0o100644, 3)
        }


def test_times_before_the_format_begins_are_its_first(tmp_path: Path) -> None:
    write_archive(tmp_path / "a.zip", "a", [("b", b"")], datetime.date(1914, 8, 1))
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.infolist()[0].date_time[:3] == (1980, 8, 1)


# --- pages


MARK = " <small>(online)</small>"


def moved(markup: str) -> str:
    return relinked(
        markup,
        {"in/": "in/index.html", "#a": "#a", 'q"/': 'q"/index.html'}.get,
        lambda folder: f"up/{folder}",
        lambda link: f"https://site.invalid/{link}",
        MARK,
    )


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<a href="in/">x</a>', '<a href="in/index.html">x</a>'),
        ("<a class=b href='in/'>x</a>", "<a class=b href='in/index.html'>x</a>"),
        ("<a href=in/>x</a>", "<a href=in/index.html>x</a>"),
        ('<a href="#a">x</a>', '<a href="#a">x</a>'),
        (
            '<a href="out/">x <b>y</b></a> z</a>',
            f'<a href="https://site.invalid/out/">x <b>y</b>{MARK}</a> z</a>',
        ),
        (
            '<svg><a href="out/"><text>x</text></a></svg>',
            '<svg><a href="https://site.invalid/out/"><text>x</text></a></svg>',
        ),
        (
            '<svg></svg><a href="out/">x</a>',
            f'<svg></svg><a href="https://site.invalid/out/">x{MARK}</a>',
        ),
        ('<a href="q&quot;/">x</a>', '<a href="q&quot;/index.html">x</a>'),
        ('<p>a href="in/" <!-- <a href="in/"> --></p>', None),
        ('<script type="a">"<a href=\\"in/\\">"</script>', None),
        ('<dialog data-root="r">', '<dialog data-root="up/r">'),
        (
            '<meta http-equiv="refresh" content="0; url=in/">',
            '<meta http-equiv="refresh" content="0; url=in/index.html">',
        ),
        ('<meta name="description" content="in/">', None),
    ],
)
def test_only_addresses_of_a_page_change(markup: str, expected: str | None) -> None:
    assert moved(markup) == (markup if expected is None else expected)


def test_a_page_that_needs_what_is_not_there_is_a_mistake() -> None:
    with pytest.raises(ValueError, match=r"needs 'out\.js'"):
        moved('<script src="out.js"></script>')


def test_hits_of_the_search_lead_to_files() -> None:
    urls = ["a/", "a/#b", "a/b.html", ""]
    data = {"lang": "xx", "docs": [{"u": url, "t": "</p>é"} if url else {"t": ""} for url in urls]}
    script = f"searchData({json.dumps(data, ensure_ascii=False)});\n".replace("</", "<\\/")
    found = searched(script.encode()).decode()
    assert "</" not in found
    assert "é" in found
    docs = json.loads(found.removeprefix("searchData(").removesuffix(");\n"))["docs"]
    assert [one["u"] for one in docs] == [
        *("a/index.html", "a/index.html#b", "a/b.html", "index.html"),
    ]
    assert docs[0]["t"] == "</p>é"


def test_pages_on_disk_load_their_files_and_ask_for_nothing() -> None:
    page = protected("<!doctype html><script>1</script><p>'self'")
    found = for_disk(page)
    before = policy_of(page)
    assert policy_of(found) == {
        **before,
        **{name: [*sources, "file:"] for name, sources in before.items() if "'self'" in sources},
        "script-src": ["'self'", "file:", *before["script-src"][1:]],
        "img-src": ["'self'", "file:", "data:"],
        "connect-src": ["'none'"],
    }
    assert found.endswith("<p>'self'")


def policy_of(page: str) -> dict[str, list[str]]:
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert found
    parts = (part.split() for part in found[1].split(";"))
    return {name: sources for name, *sources in parts}


def test_pages_are_valid(offline_other: Path) -> None:
    pages = ("", "about/", "downloads/", "regions/old-pomerania/", "regions/normandy/")
    paths = [f"offline-{lang}/{lang}/{page}" for lang in OTHER_LANGUAGES for page in pages]
    paths += ["offline/", f"offline-{OTHER_LANGUAGES[0]}/"]
    assert errors_in([offline_other / path / "index.html" for path in paths]) == []


@pytest.mark.nightly
@pytest.mark.parametrize("folder", REAL_FOLDERS)
def test_real_pages_are_valid(offline_real: Path, folder: str) -> None:
    assert errors_in([offline_real / folder]) == []
