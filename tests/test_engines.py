"""The same tree under other engines: MkDocs and its theme will end, the site shall not.

What each gives is compared with what MkDocs gave: pages, anchors, texts and where links lead.
docs/engine.md names what differs.
"""

from __future__ import annotations

import os
import posixpath
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from lxml import html

from generator.finish_html import protected, repaired
from generator.project import Project
from tests.built import ROOT, languages_of

# Installed by `make engines`, which `make nightly` calls.
BIN = ROOT / ".engines/bin"
ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1640995200", "PATH": os.defpath}
# What Zensical's frame has of its own: where "Skip to content" leads, and a button for phones.
OWN_ANCHORS = {"__skip", "__toc"}


class Seen(NamedTuple):
    """What a page has that a reader or a link can meet."""

    title: str
    text: str
    anchors: set[str]
    links: Counter[str]


def seen(path: Path, url: str, code: str) -> Seen:
    """Read a page as it would be published; links as the addresses that they lead to."""
    page = html.fromstring(protected(repaired(path.read_text("utf-8"), code)))
    # The link "Skip to content" is Zensical's own, and on every page.
    for element in page.xpath("//script | //style | //a[@class='md-skip']"):
        element.drop_tree()
    anchors = set(page.xpath("//@id")) - OWN_ANCHORS
    return Seen(
        page.findtext(".//title"),
        " ".join(page.text_content().split()),
        anchors,
        Counter(address(url, link) for link in page.xpath("//a/@href")),
    )


def address(url: str, link: str) -> str:
    """Where a link on a page leads: ``./``, ``././`` and nothing at all are the same place."""
    if "://" in link or link.startswith("#"):
        return link
    path, hash_, anchor = link.partition("#")
    joined = posixpath.normpath(posixpath.join("/", url, path))
    return f"{joined}{hash_}{anchor}"


def pages(folder: Path) -> Iterator[str]:
    return (str(path.relative_to(folder)) for path in sorted(folder.rglob("*.html")))


def copied(site: Project, code: str, folder: Path) -> Path:
    """A copy of what the generator wrote for one language; the folder that holds its mkdocs.yml."""
    language = folder / "build" / code
    shutil.copytree(site.build / code / "docs", language / "docs")
    shutil.copy(site.build / code / "mkdocs.yml", language)
    (folder / "templates").symlink_to(ROOT / "templates")
    return language


def ran(folder: Path, *command: str) -> None:
    program = BIN / command[0]
    if not program.exists():
        message = f"no {command[0]}: run `make engines`"
        pytest.fail(message, pytrace=False) if os.environ.get("CI") else pytest.skip(message)
    done = subprocess.run(
        [program, *command[1:]],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_configuration_of_a_language_is_complete(other_site: Project) -> None:
    for code in languages_of(other_site):
        text = (other_site.build / code / "mkdocs.yml").read_text("utf-8")
        assert "INHERIT" not in yaml.safe_load(text)
        assert (other_site.build / code / "docs/index.md").is_file()


def test_sources_are_as_deep_as_their_pages(other_site: Project) -> None:
    code = languages_of(other_site)[0]
    sources = {
        str(path.parent.relative_to(other_site.build / code / "docs"))
        for path in (other_site.build / code / "docs").rglob("*.md")
    }
    raw = other_site.build / code / "raw"
    assert sources == {posixpath.dirname(page) or "." for page in pages(raw) if page != "404.html"}


@pytest.mark.nightly
def test_properdocs_gives_the_same_bytes(other_site: Project, tmp_path: Path) -> None:
    for code in languages_of(other_site):
        folder = copied(other_site, code, tmp_path / code)
        ran(folder, "properdocs", "build", "--strict")
        raw = other_site.build / code / "raw"
        expected = {page: (raw / page).read_bytes() for page in pages(raw)}
        assert len(expected) > 30
        assert {page: (folder / "raw" / page).read_bytes() for page in pages(folder / "raw")} == (
            expected
        )


@pytest.mark.nightly
def test_zensical_gives_the_same_pages_anchors_links_and_texts(
    other_site: Project, tmp_path: Path
) -> None:
    for code in languages_of(other_site):
        folder = copied(other_site, code, tmp_path / code)
        ran(folder, "zensical", "build", "--strict", "-f", "mkdocs.yml")
        raw = other_site.build / code / "raw"
        assert list(pages(folder / "raw")) == list(pages(raw))
        for page in pages(raw):
            url = posixpath.dirname(page) + "/"
            assert seen(folder / "raw" / page, url, code) == seen(raw / page, url, code), page
