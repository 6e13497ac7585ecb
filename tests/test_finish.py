"""From raw HTML to a staged site: fixes, policy, sitemaps, links, and what is shared with whom."""

from __future__ import annotations

import base64
import errno
import hashlib
import os
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.editions.assets import asset
from generator.errors import BuildError, Place, Problem
from generator.exchange import exchange
from generator.finish import Known, SitePlan, finish, page_file
from generator.finish_html import policy, protected, repaired
from generator.finish_links import Locate, check_links, scan
from generator.finish_sitemaps import sitemaps
from generator.output import write_tree
from tests.small_site import ROOT_404, SITE_URL, Project, docs, page, tree

PLAN = SitePlan(SITE_URL, ("xa", "xb"), "xa", {"xa": {"": None}, "xb": {"": None}})
EMPTY = '<!doctype html><html lang="en"><head><meta charset="utf-8"></head><body>{}</body></html>'


def problems(
    pages: dict[str, str], *files: str, prefix: str = "", locate: Locate | None = None
) -> list[Problem]:
    found = {path: scan(text) for path, text in pages.items()}
    return check_links(
        found, {}, [*pages, *files], SITE_URL, pages.__getitem__, prefix=prefix, locate=locate
    )


def check(pages: dict[str, str], *files: str) -> list[tuple[str, str]]:
    return [(problem.rule, problem.value or "") for problem in problems(pages, *files)]


# The theme's HTML.


def test_the_theme_s_faults_are_repaired_and_nothing_else() -> None:
    svg = '<svg viewBox="0 0 1 1"><linearGradient/></svg><input autocomplete="off" tabindex="">'
    html = (
        '<html lang="en" class="no-js"><input class="md-toggle" data-md-toggle="drawer"'
        ' type="checkbox" id="__drawer" autocomplete="off"><label class="x" tabindex="">a</label>'
    )
    assert repaired(html + svg, "xa") == (
        '<html lang="xa" class="no-js"><input class="md-toggle" data-md-toggle="drawer"'
        ' type="checkbox" id="__drawer"><label class="x">a</label>' + svg
    )


def sha(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_the_policy_names_what_runs_on_the_page_by_its_hash() -> None:
    html = (
        "<script>run('я')</script><script src='a.js'></script>"
        '<script type="application/json">{"data": 1}</script>'
        '<script type="module">go()</script><style>a{}</style>'
    )
    found = policy(html)
    scripts = re.search("script-src ([^;]*);", found)
    assert scripts
    run, go = (sha(text) for text in ("run('я')", "go()"))
    assert scripts[1] == f"'self' 'sha256-{run}' 'sha256-{go}'"
    assert f"style-src 'self' 'sha256-{sha('a{}')}'" in found
    assert found.startswith("default-src 'none'; ")
    assert "unsafe" not in found
    assert '"' not in found


@pytest.mark.parametrize(
    ("html", "start"),
    [
        ("<!doctype html><html><head><meta charset=utf-8><script>", 47),
        ("<!doctype html><html><head><title>", 27),
        ("<!DOCTYPE html><header>", 15),
        ("<p>", 0),
    ],
)
def test_the_policy_comes_before_what_it_governs(html: str, start: int) -> None:
    done = protected(html)
    assert done[:start] + done[start + len(done) - len(html) :] == html
    assert done[start:].startswith('<meta http-equiv="Content-Security-Policy" content="')
    assert protected(done) == done


# Links.


@pytest.mark.parametrize(
    "link",
    [
        "",
        "#",
        "#top",
        "#here",
        "#%68ere",
        "#here:~:text=x",
        "?q=1",
        "./",
        ".",
        "..",
        "../",
        "../..",
        "../north/",
        "../north/#there",
        "../north/?a=b#there",
        "../north/index.html",
        "../../../xb/things/north/#there",
        "/sub/xa/things/north/#there",
        "https://example.org/sub/xa/things/north/#there",
        "https://example.org/elsewhere/",
        "https://example.com/sub/none/",
        "//example.com/none",
        "mailto:a@b",
        "data:,x",
        "../../../data/a%20b.json",
        "../../../data/a b.json#x",
    ],
)
def test_a_good_link_is_left_alone(link: str) -> None:
    pages = {
        "index.html": "",
        "xa/index.html": "",
        "xa/things/index.html": "",
        "xa/things/south/index.html": f'<p id="here"><a href="{link}">x</a>',
        "xa/things/north/index.html": '<p id="there">',
        "xb/things/north/index.html": "<a name='there'>",
    }
    assert check(pages, "data/a b.json") == []


@pytest.mark.parametrize(
    ("link", "rule", "said"),
    [
        ("../none/", "dead-link", "xa/things/none/index.html"),
        ("../north", "dead-link", "final slash"),
        ("../north/none.png", "dead-link", "none.png"),
        ("../NORTH/", "dead-link", "NORTH"),
        ("../../../../", "dead-link", "leaves the site"),
        ("/", "dead-link", "leaves the site"),
        ("/xa/", "dead-link", "leaves the site"),
        ("/sub/none/", "dead-link", "none"),
        ("https://example.org/sub/none/", "dead-link", "none"),
        ("../../../xb/things/north/", "dead-link", "xb"),
        ("#none", "dead-anchor", "'none'"),
        ("?q#none", "dead-anchor", "'none'"),
        ("../north/#none", "dead-anchor", "'none'"),
        ("../north/#There", "dead-anchor", "'There'"),
        ("javascript:void(0)", "inline-code", "policy"),
    ],
)
def test_a_bad_link_is_told(link: str, rule: str, said: str) -> None:
    pages = {
        "xa/things/south/index.html": f'<p>\n  <a href="{link}">x</a>',
        "xa/things/north/index.html": '<p id="there">',
    }
    (problem,) = problems(pages, prefix="build/stage/")
    assert (problem.rule, problem.value) == (rule, link)
    assert problem.place == Place("build/stage/xa/things/south/index.html", 2, 3)
    assert said in problem.message


@pytest.mark.parametrize(
    "html",
    [
        '<img src="none.png">',
        "<img src='none.png'>",
        "<img src=none.png alt>",
        '<IMG ALT="a > b" SRC="none.png">',
        '<img srcset="none.png 2x">',
        '<script async src="none.png"></script>',
        '<svg><use xlink:href="none.png"/></svg>',
        '<meta http-equiv="refresh" content="0; url=none.png">',
        '<link rel="stylesheet" href="none.png">',
        '<form action="none.png"></form>',
        '<a title="1" href="none.png?a=1&amp;b=2">x</a>',
        "<a\nhref='none.png'\n>x</a>",
    ],
)
def test_links_are_found_wherever_they_stand(html: str) -> None:
    (problem,) = check({"a.html": html})
    assert problem[0] == "dead-link"
    assert problem[1].startswith("none.png")


@pytest.mark.parametrize(
    "html",
    [
        "<!-- <a href='none'> -->",
        "<script>x = \"<a href='none'>\"</script>",
        "<style>/* <a href='none'> */</style>",
        "<p>&lt;a href='none'>",
        '<p>a href="none" id="x" id="x"',
        '<p title="<a href=none>">',
        '<p data-href="none" data-id="x" data-src="none" class="id=">',
    ],
)
def test_what_only_looks_like_a_link_is_none(html: str) -> None:
    assert check({"a.html": html}) == []


def test_an_id_that_stands_twice_is_told_where_it_returns() -> None:
    text = '<p id="x">\n<p id="y">\n<p id="x">\n<p id="x">'
    (problem,) = problems({"a.html": text, "b.html": '<a id="x" name="x">'})
    assert (problem.rule, problem.value, problem.place.line) == ("repeated-anchor", "x", 3)


def test_a_link_that_stands_often_is_told_once_where_it_first_stands() -> None:
    (problem,) = problems({"a.html": '<p>\n<a href="b">x</a>\n<a href="b">x</a>'})
    assert (problem.value, problem.place.line) == ("b", 2)


def test_what_the_policy_would_block_is_told() -> None:
    html = '<p style="color:red"><a onclick="go()" data-style="x">'
    assert check({"a.html": html}) == [
        ("inline-code", "style=color:red"),
        ("inline-code", "onclick=go()"),
    ]


def test_a_page_for_missing_addresses_may_not_link_relatively() -> None:
    link = '<a href="{}">x</a>'
    assert check({"404.html": link.format("index.html"), "index.html": ""}) == [
        ("relative-link", "index.html")
    ]
    assert check({"404.html": link.format("/sub/"), "index.html": ""}) == []


def test_links_in_style_sheets_are_looked_at() -> None:
    text = 'a{b:url(data:,x);c:url("none.png")} d{e:url(../x.png)}'
    (problem,) = check_links({}, {"css/a.css": text}, ["css/a.css", "x.png"], SITE_URL, str)
    assert (problem.rule, problem.value) == ("dead-link", "none.png")


def test_the_place_of_the_words_is_asked_for() -> None:
    asked = []

    def locate(path: str, link: str) -> Place | None:
        asked.append((path, link))
        return Place("content/words/xa/things.yaml", 7, 2) if link == "none/" else None

    pages = {"xa/index.html": '<a href="none/">x</a><a href="#none">y</a>'}
    first, second = problems(pages, locate=locate)
    assert asked == [("xa/index.html", "none/"), ("xa/index.html", "#none")]
    assert first.place == Place("content/words/xa/things.yaml", 7, 2)
    assert "xa/index.html" in first.message
    assert second.place.file == "xa/index.html"


@given(st.text(alphabet="<>\"'=/! -aidhrefstylecp&;\n", max_size=40))
def test_no_html_is_too_odd_to_scan(html: str) -> None:
    scan(html)
    protected(repaired(html, "xa"))
    check({"a.html": html})


# Sitemaps.

NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def test_sitemaps_name_every_language_of_a_page() -> None:
    plan = replace(
        PLAN,
        pages={"xa": {"": "2021-02-03", "b&c/": None}, "xb": {"": None, "only/": None}},
    )
    files = sitemaps(plan)
    root = ET.fromstring(files["xa/sitemap.xml"])
    found = {
        url.findtext("s:loc", None, NS): (
            url.findtext("s:lastmod", None, NS),
            {link.get("hreflang"): link.get("href") for link in url.findall("x:link", NS)},
        )
        for url in root
    }
    start = {name: f"{SITE_URL}{name}/" for name in ("xa", "xb")}
    other = f"{SITE_URL}xa/b%26c/"
    assert found == {
        f"{SITE_URL}xa/": ("2021-02-03", start | {"x-default": f"{SITE_URL}xa/"}),
        other: (None, {"xa": other, "x-default": other}),
    }
    only = f"{SITE_URL}xb/only/"
    (link,) = ET.fromstring(files["xb/sitemap.xml"]).findall("s:url", NS)[1].findall("x:link", NS)
    assert (link.get("hreflang"), link.get("href")) == ("xb", only)
    index = ET.fromstring(files["sitemap.xml"])
    assert [entry.text for entry in index.iterfind("*/s:loc", NS)] == [
        f"{SITE_URL}xa/sitemap.xml",
        f"{SITE_URL}xb/sitemap.xml",
    ]
    assert files["robots.txt"].decode().endswith(f"Sitemap: {SITE_URL}sitemap.xml\n")


def test_a_large_language_has_several_sitemaps() -> None:
    many: dict[str, str | None] = {f"things/{number}/": None for number in range(20_001)}
    files = sitemaps(SitePlan("https://example.org/", ("xa",), "xa", {"xa": many}))
    assert sorted(files) == ["robots.txt", "sitemap.xml", "xa/sitemap-2.xml", "xa/sitemap.xml"]
    assert files["sitemap.xml"].count(b"<loc>") == 2
    assert files["xa/sitemap-2.xml"].count(b"<loc>") == 1


# Staging, without the engine.


def raw_pages(root: Path, **pages: str) -> dict[str, Path]:
    """Raw folders of two languages; ``index`` pages link to each other."""
    for code, other in (("xa", "xb"), ("xb", "xa")):
        files = {"index.html": EMPTY.format(f'<a href="../{other}/">x</a>')}
        files |= {name.replace("__", "/") + ".html": text for name, text in pages.items()}
        assets = {
            "assets/javascripts/bundle.js": b"//",
            "assets/javascripts/bundle.js.map": b"",
            "assets/javascripts/lunr/min/lunr.de.js": b"",
            "assets/javascripts/workers/search.js": b"",
            "sitemap.xml": b"",
            "sitemap.xml.gz": b"",
        }
        write_tree(root / code, {name: text.encode() for name, text in files.items()} | assets)
    return {code: root / code for code in ("xa", "xb")}


def test_only_planned_pages_and_used_assets_are_staged(tmp_path: Path) -> None:
    raw = raw_pages(tmp_path / "raw", gone__index=EMPTY, **{"404": EMPTY})
    extra = {"data/x.json": b"{}", "index.html": b"<!doctype html><a href='xa/'>x</a>"}
    assert finish(PLAN, raw, extra, tmp_path / "site", tmp_path / "stage") == []
    staged = tree(tmp_path / "stage")
    assert sorted(staged) == [
        "SHA256SUMS",
        "_headers",
        "data/x.json",
        "index.html",
        "robots.txt",
        "sitemap.xml",
        *("xa/404.html", "xa/assets/javascripts/bundle.js", "xa/index.html", "xa/sitemap.xml"),
        *("xb/404.html", "xb/assets/javascripts/bundle.js", "xb/index.html", "xb/sitemap.xml"),
    ]
    assert b'<html lang="xb">' in staged["xb/index.html"]
    assert all(b"Content-Security-Policy" in staged[p] for p in staged if p.endswith(".html"))


def test_an_asset_of_a_site_is_found_by_its_name_without_a_hash(tmp_path: Path) -> None:
    assets = tmp_path / "assets" / "css"
    assets.mkdir(parents=True)
    for name in ("a.0a1b2c3d.css", "a.more.css", "a.b.0a1b2c3d.css", "a.css", "a.0a1b2c3d.js"):
        (assets / name).touch()
    assert asset(tmp_path, "assets/css/a.css") == assets / "a.0a1b2c3d.css"
    assert asset(tmp_path, "assets/css/a.b.css") == assets / "a.b.0a1b2c3d.css"
    with pytest.raises(FileNotFoundError, match=r"a\.more\.css"):
        asset(tmp_path, "assets/css/a.more.css")


def test_a_planned_page_that_was_not_built_is_an_error(tmp_path: Path) -> None:
    plan = replace(PLAN, pages={"xa": {"": None}, "xb": {"": None, "things/": None}})
    with pytest.raises(BuildError, match=r"xb: MkDocs wrote no things/index\.html"):
        finish(plan, raw_pages(tmp_path / "raw"), {}, tmp_path / "site", tmp_path / "stage")


@pytest.mark.parametrize("path", ["xa/index.html", "sitemap.xml", "../x", "/x", "a\\b"])
def test_two_files_for_one_address_are_a_mistake_of_the_program(tmp_path: Path, path: str) -> None:
    raw = raw_pages(tmp_path / "raw")
    with pytest.raises(ValueError, match=r"address|path"):
        finish(PLAN, raw, {path: b""}, tmp_path / "site", tmp_path / "stage")


def test_a_dead_link_in_raw_html_is_found(tmp_path: Path) -> None:
    broken = EMPTY.format('<table><tr><td><a href="../none/">x</a></td></tr></table>')
    raw = raw_pages(tmp_path / "raw", things__index=broken)
    pages: dict[str, str | None] = {"": None, "things/": None}
    plan = replace(PLAN, pages={"xa": pages, "xb": {"": None}})
    (problem,) = finish(plan, raw, {}, tmp_path / "site", tmp_path / "build/stage")
    assert isinstance(problem, Problem)
    assert problem.place.file == "build/stage/xa/things/index.html"
    assert (problem.rule, problem.value) == ("dead-link", "../none/")


def test_unchanged_files_are_links_to_the_previous_site_and_never_to_raw(tmp_path: Path) -> None:
    raw = raw_pages(tmp_path / "raw")
    site, stage = tmp_path / "site", tmp_path / "stage"
    finish(PLAN, raw, {"a.json": b"1"}, site, stage)
    exchange(stage, site)
    before = {path: (site / path).stat().st_ino for path in tree(site)}
    finish(PLAN, raw, {"a.json": b"2"}, site, stage)
    changed = {path for path in before if (stage / path).stat().st_ino != before[path]}
    assert changed == {"SHA256SUMS", "a.json"}
    exchange(stage, site)
    published = tree(site)
    for path in (tmp_path / "raw").rglob("*"):  # as --dirty does it: in place
        if path.is_file():
            with path.open("r+b") as stream:
                stream.write(b"overwritten")
    assert tree(site) == published


def test_a_stage_that_is_a_former_site_or_half_of_one_is_brought_up_to_date(
    tmp_path: Path,
) -> None:
    raw = raw_pages(tmp_path / "raw")
    site, stage = tmp_path / "site", tmp_path / "stage"
    known = Known()
    for number, files in enumerate(
        (
            {"a.json": b"1", "b/c.json": b"1"},
            {"a.json": b"2", "b/c.json": b"1"},
            {"a.json": b"2", "b": b"a file in place of a folder"},
            {"a.json/d": b"a folder in place of a file", "b/c.json": b"1"},
            {"a.json": b"1", "b/c.json": b"1"},
        )
    ):
        assert finish(PLAN, raw, files, site, stage, known=known) == []
        clean = tmp_path / f"clean-{number}"
        assert finish(PLAN, raw, files, tmp_path / "none", clean) == []
        assert tree(stage) == tree(clean)
        exchange(stage, site)
        # What a killed build may have left.
        (stage / "half").mkdir(parents=True)
        (stage / "half" / "x").write_bytes(b"half")
        (stage / ".staging").write_bytes(b"half")
        (stage / "robots.txt").unlink(missing_ok=True)
        (stage / "robots.txt").write_bytes(b"half")
        (stage / "link").symlink_to(tmp_path)
        assert (site / "robots.txt").read_bytes() != b"half"


def test_a_file_system_without_links_gets_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(target))

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    raw = raw_pages(tmp_path / "raw")
    site, stage = tmp_path / "site", tmp_path / "stage"
    known = Known()
    for number in range(3):
        assert finish(PLAN, raw, {"a.json": b"%d" % number}, site, stage, known=known) == []
        clean = tmp_path / f"clean-{number}"
        assert finish(PLAN, raw, {"a.json": b"%d" % number}, tmp_path / "none", clean) == []
        assert tree(stage) == tree(clean)
        exchange(stage, site)


def test_a_tampered_file_of_the_previous_site_is_not_kept(tmp_path: Path) -> None:
    raw = raw_pages(tmp_path / "raw")
    site, stage = tmp_path / "site", tmp_path / "stage"
    finish(PLAN, raw, {"a.json": b"1", "b.json": b"1"}, site, stage)
    expected = tree(stage)
    exchange(stage, site)
    (site / "a.json").write_bytes(b"2")
    (site / "b.json").unlink()
    (tmp_path / "equal.json").write_bytes(b"1")
    (site / "b.json").symlink_to(tmp_path / "equal.json")
    finish(PLAN, raw, {"a.json": b"1", "b.json": b"1"}, site, stage)
    assert tree(stage) == expected
    assert not any(path.is_symlink() for path in stage.rglob("*"))


@pytest.mark.parametrize(
    ("url", "file"),
    [("", "index.html"), ("a/b/", "a/b/index.html"), ("a/b.html", "a/b.html")],
)
def test_an_address_has_a_file(url: str, file: str) -> None:
    assert page_file(url) == file


# With the engine: the whole of a small site.


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("built"))
    project.publish("one")
    return project


def finish_again(project: Project, root: Path, **change: bytes) -> list[Problem]:
    files = {code: docs(code, "one") for code in project.languages}
    raw = {code: root / code for code in project.languages}
    for code in project.languages:
        write_tree(raw[code], tree(project.raw(code)))
    for name, content in change.items():
        (raw["xa"] / name.replace("__", "/") / "index.html").write_bytes(content)
    extra = {"404.html": ROOT_404.encode()}
    return finish(project.plan(files), raw, extra, project.site, root / "stage")


def test_a_site_below_a_path_has_only_links_that_lead_somewhere(built: Project) -> None:
    pages = [path for path in tree(built.site) if path.endswith(".html")]
    assert len(pages) == 2 * (6 + 1) + 1
    start = (built.site / "xa/things/t0/index.html").read_text()
    assert 'href="../../../xb/things/t0/"' in start
    missing = (built.site / "xa/404.html").read_text()
    assert 'href="/sub/xb/"' in missing


def test_three_inline_scripts_serve_all_pages(built: Project) -> None:
    hashes = {
        value
        for path, text in tree(built.site).items()
        if path.endswith(".html")
        for value in re.findall(rb"'sha256-[^']*'", text)
    }
    assert len(hashes) == 3


def test_what_the_theme_does_not_use_is_not_published(built: Project) -> None:
    paths = tree(built.site)
    assert not [p for p in paths if re.search(r"lunr|worker|\.map$|\.gz$|\.md$", p)]
    assert sum(map(len, paths.values())) < 1_000_000


def test_links_between_languages_are_checked(built: Project, tmp_path: Path) -> None:
    assert finish_again(built, tmp_path) == []
    page_only_here = EMPTY.format('<a href="../../../xb/things/none/">x</a>').encode()
    values = [p.value for p in finish_again(built, tmp_path, things__t3=page_only_here)]
    assert values == ["../t3/#facts", "../../../xb/things/none/"]  # t2 misses an anchor, too


def test_a_page_that_the_plan_lacks_is_gone_and_links_to_it_are_told(tmp_path: Path) -> None:
    project = Project(tmp_path, ("xa",))
    raw = {"xa": project.raw("xa")}
    files = {"xa": docs("xa")}
    project.run_engine(files)
    assert finish(project.plan(files), raw, {}, project.site, project.stage) == []
    del files["xa"]["things/t3.md"]
    dead = finish(project.plan(files), raw, {}, project.site, project.stage)
    assert not (project.stage / "xa/things/t3").exists()
    assert [(p.place.file.rpartition("stage/")[2], p.value) for p in dead] == [
        ("xa/things/t2/index.html", "../t3/#facts")
    ]
    files["xa"]["things/t2.md"] = page("Thing 2", "## Facts {#facts}")
    project.run_engine(files)
    assert finish(project.plan(files), raw, {}, project.site, project.stage) == []
