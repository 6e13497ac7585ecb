"""What holds on finished pages without a browser: HTML is valid, links lead somewhere."""

from __future__ import annotations

import gzip
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import cycle
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html

from generator.project import Project
from tests.built import ROOT, languages_of
from tests.html_pages import html_files
from tests.kinds import kinds_of_pages

LANGUAGES = languages_of(Project(ROOT))
CHECKER = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
HOST = "https://site.invalid/"


# --- HTML, by the Nu checker of the W3C


def errors_in(paths: Iterable[Path]) -> list[str]:
    """What the Nu checker finds, one line each."""
    command = ["java", "-jar", str(CHECKER), "--errors-only", "--skip-non-html", "--format", "gnu"]
    done = subprocess.run(
        [*command, *map(str, paths)],
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    return done.stderr.splitlines()


def test_pages_of_every_kind_are_valid(real_site: Project) -> None:
    """One of middling size in every language, the largest of each kind in one of them."""
    site = real_site.site
    kinds = kinds_of_pages(real_site)
    pages = [site / lang / kind.usual / "index.html" for lang in LANGUAGES for kind in kinds]
    for kind, lang in zip(kinds, cycle(LANGUAGES), strict=False):
        pages.append(site / lang / kind.largest / "index.html")
    pages += [site / name for name in ("index.html", "404.html")]
    pages += [site / lang / "404.html" for lang in LANGUAGES]
    assert errors_in(pages) == []


def test_what_is_not_valid_is_found(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text('<!doctype html><html lang="en"><title>A</title><p id="a"><ul id="a">')
    assert len(errors_in([path])) >= 2


@pytest.mark.nightly
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_valid(real_site: Project, lang: str) -> None:
    assert errors_in([real_site.site / lang]) == []


# --- weight


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_profile_is_light(real_site: Project, lang: str) -> None:
    """What surrounds its data, and all that a first visit loads, as hosts compress it."""
    for path in sorted((real_site.site / lang / "regions").glob("*/index.html")):
        page = path.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' in page:
            continue
        before, _, rest = page.partition("<article")
        frame = (before + rest.rpartition("</article>")[2]).encode()
        assert len(frame) <= 30_000
        assert compressed(frame) <= 8_000
        tree = html.document_fromstring(page)
        asked = tree.xpath("//link[@rel='stylesheet']/@href | //script/@src")
        files = [(path.parent / name).resolve() for name in asked]
        assert len(files) >= 3
        total = compressed(page.encode()) + sum(compressed(one.read_bytes()) for one in files)
        assert total <= 70_000, (path.parent.name, total)


def compressed(data: bytes) -> int:
    return len(gzip.compress(data))


# --- links, read with another parser than the build's own check


def test_every_link_of_the_site_leads_to_a_place(real_site: Project) -> None:
    site = Links(real_site.site)
    names = list(html_files(real_site.site))
    assert len(names) > 500 * len(LANGUAGES)
    assert [f"{name}: {link}" for name in names for link in site.broken(name)] == []


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="gone/">',
        '<a href="#gone">',
        '<a href="b.html#gone">',
        '<svg><a href="gone/"/></svg>',
        '<script src="gone.js"></script>',
        '<link rel="stylesheet" href="gone.css">',
        '<img src="gone.svg" alt="">',
        '<img srcset="b.html 1x, gone.svg 2x" src="b.html" alt="">',
        '<a href="../../outside">',
        '<a href="/elsewhere/">',
        '<dialog data-root="gone">',
        '<meta http-equiv="refresh" content="0; url=gone/">',
        '<p aria-describedby="gone">',
        '<label for="gone">',
    ],
)
def test_links_that_lead_nowhere_are_found(tmp_path: Path, markup: str) -> None:
    (tmp_path / "b.html").write_text("<!doctype html><p id=there>")
    good = '<a href="b.html#there">b</a><a href="#">top</a><a href="mailto:a@b.example">m</a>'
    page = tmp_path / "a.html"
    page.write_text(f"<!doctype html><body>{good}")
    assert list(Links(tmp_path).broken("a.html")) == []
    page.write_text(f"<!doctype html><body>{good}{markup}")
    assert len(list(Links(tmp_path).broken("a.html"))) == 1


class Links:
    """The links of a folder of pages, resolved as a browser does it on a host."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.ids = cache(self._ids)

    def broken(self, name: str) -> Iterator[str]:
        """The links of a page to no file or no place, and its references to no id."""
        page = html.document_fromstring((self.site / name).read_bytes())
        own = set(page.xpath("//@id"))
        for link in sorted({*self._addresses(page)}):
            if not self._leads(name, link):
                yield link
        for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            for value in page.xpath(f"//@{attribute}"):
                if not own.issuperset(value.split()):
                    yield f"{attribute}={value}"

    @staticmethod
    def _addresses(page: html.HtmlElement) -> Iterator[str]:
        yield from page.xpath("//@href | //@src | //@action | //@data-root")
        for value in page.xpath("//@srcset"):
            yield from (part.split()[0] for part in value.split(","))
        for value in page.xpath("//meta[@http-equiv='refresh']/@content"):
            yield value.partition("url=")[2]

    def _leads(self, page: str, link: str) -> bool:
        address = urljoin(HOST + page, link)
        if not address.startswith(HOST):
            return True  # another host, whose pages a nightly check asks for
        parts = urlsplit(address)
        name = unquote(parts.path).lstrip("/")
        is_outside = link.startswith("/") or link.count("../") > page.count("/")
        if is_outside and not page.endswith("404.html"):  # which stands at any depth
            return False
        if not name or name.endswith("/"):
            name += "index.html"
        path = self.site / name
        if path.is_dir():
            name += "/index.html"
            path = self.site / name
        if not path.is_file():
            return False
        return not parts.fragment or unquote(parts.fragment) in self.ids(name)

    def _ids(self, name: str) -> frozenset[str]:
        if not name.endswith(".html"):
            return frozenset()
        page = html.document_fromstring((self.site / name).read_bytes())
        return frozenset(page.xpath("//@id"))
