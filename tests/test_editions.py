"""Editions: made from the finished site, published with it in one step, and never without."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import editions
from generator.cli import main
from generator.editions import EDITIONS, Edited, command, make_editions, offered, promised
from generator.editions.command import editions_of_site
from generator.editions.edition import Cache, Edition, EditionFile, Made
from generator.errors import BuildError
from generator.loading import load
from generator.manifest import MANIFEST, compare
from generator.pipeline import build
from generator.project import Project
from generator.render import environment
from tests.built import copied
from tests.samples import OTHER_LANGUAGES, other_project
from tests.small_site import tree

# The one that needs no other program to be made.
NAMES = ("offline",)


@pytest.fixture
def project(tmp_path: Path, other_site: Project) -> Project:
    """The second dataset, built without editions."""
    return copied(other_site, tmp_path / "project")


@pytest.fixture(scope="module")
def edited(other_site: Project, tmp_path_factory: pytest.TempPathFactory) -> Edited:
    content = load(other_site, environment(other_site.templates)).content
    cache = Cache(tmp_path_factory.mktemp("cache"))
    codes = content.dataset.site.codes
    return Edited(other_site.site, content.dataset, content.words, codes, cache)


def register(
    monkeypatch: pytest.MonkeyPatch, make: Callable[[Edited], Iterator[Made]], *paths: str
) -> None:
    files = tuple(EditionFile(path, "site.name") for path in paths)
    edition = Edition("book", "TXT", "text/plain", files, make, lambda _dataset, _codes: paths)
    monkeypatch.setattr(editions, "EDITIONS", (edition,))


# --- what is published


def test_editions_come_and_go_with_the_pages_that_link_to_them(project: Project) -> None:
    without = tree(project.site)
    said: list[str] = []
    build(project, said.append, editions=("offline",))
    with_them = tree(project.site)
    made = {path for path in with_them if path.startswith("editions/")}
    assert made
    assert {path for path in with_them if path not in without} == made
    for lang in OTHER_LANGUAGES:
        page = f"{lang}/downloads/index.html"
        assert b"editions" not in without[page]
        for download in offered(lang):
            if download.edition != "offline":
                continue
            assert f'href="../../editions/{download.name}"'.encode() in with_them[page]
    other = {path for path in without if with_them[path] != without[path]}
    assert other == {MANIFEST, *(f"{lang}/downloads/index.html" for lang in OTHER_LANGUAGES)}
    assert list(compare(project.site).lines()) == []
    assert any("edition" in one for one in said)

    build(project)
    assert tree(project.site) == without


@pytest.mark.nightly
def test_what_is_built_upon_another_build_is_what_is_built_from_nothing(
    project: Project, tmp_path: Path
) -> None:
    build(project, editions=("offline",))
    clean = tmp_path / "clean"
    clean.mkdir()
    anew = other_project(clean)
    build(anew, editions=("offline",))
    assert tree(anew.site) == tree(project.site)


def test_a_promised_file_is_not_yet_there_when_links_are_checked(edited: Edited) -> None:
    paths = promised(edited.dataset, NAMES)
    named = {
        f"editions/{one.name}"
        for lang in OTHER_LANGUAGES
        for one in offered(lang)
        if one.edition in NAMES
    }
    assert named
    assert named <= paths
    assert promised(edited.dataset, ()) == frozenset()


def test_nothing_is_published_if_an_edition_fails(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(_edited: Edited) -> Iterator[Made]:
        yield "book.txt", b"half"
        raise BuildError("no paper")

    register(monkeypatch, make, "book.txt", "index.txt")
    before = tree(project.site)
    with pytest.raises(BuildError, match="no paper"):
        build(project, editions=("book",))
    assert tree(project.site) == before


# --- making


def test_files_stand_where_they_belong_whether_bytes_or_of_the_cache(
    edited: Edited, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def write(path: Path) -> None:
        calls.append(path)
        path.write_bytes(b"dear")

    def make(edited: Edited) -> Iterator[Made]:
        yield "a/cheap.txt", b"cheap"
        yield "dear.txt", edited.cache.kept("book", ["one", b"two"], write)

    register(monkeypatch, make, "a/cheap.txt", "dear.txt")
    for _ in range(2):  # over what is there already
        assert make_editions(edited, ["book"], tmp_path) == ["a/cheap.txt", "dear.txt"]
        assert tree(tmp_path) == {"a/cheap.txt": b"cheap", "dear.txt": b"dear"}
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("paths", "message"),
    [(["b.txt"], "did not say"), ([], "did not make a.txt"), (["../a.txt"], "did not say")],
)
def test_an_edition_makes_what_it_said_and_nothing_else(
    edited: Edited,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    paths: list[str],
    message: str,
) -> None:
    register(monkeypatch, lambda _edited: ((path, b"") for path in paths), "a.txt")
    with pytest.raises(ValueError, match=message):
        make_editions(edited, ["book"], tmp_path / "to")


def test_a_disk_that_refuses_is_told(
    edited: Edited, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(monkeypatch, lambda _edited: iter([("a.txt", b"")]), "a.txt")
    (tmp_path / "to").write_text("a file")
    with pytest.raises(BuildError, match=r"cannot read or write .*to"):
        make_editions(edited, ["book"], tmp_path / "to")


def test_a_disk_that_refuses_another_process_is_told(
    edited: Edited, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kept").write_text("a file")
    refused = replace(edited, cache=Cache(tmp_path / "kept"))
    with pytest.raises(BuildError, match="cannot read or write"):
        make_editions(refused, ["offline"], tmp_path / "to")
    assert capfd.readouterr().err == ""


# --- the cache


def test_what_was_made_is_made_again_only_if_something_else_goes_in_or_it_is_damaged(
    tmp_path: Path,
) -> None:
    calls: list[str] = []

    def kept(*went_in: str | bytes) -> Path:
        def write(path: Path) -> None:
            calls.append(str(went_in))
            path.write_bytes(b"".join(x if isinstance(x, bytes) else x.encode() for x in went_in))

        return Cache(tmp_path).kept("book", went_in, write)

    first = kept("ab", b"c")
    assert kept("ab", b"c") == first
    assert len(calls) == 1
    second = kept("a", b"bc")
    assert second != first
    assert second.read_bytes() == first.read_bytes()
    assert len(calls) == 2
    first.write_bytes(b"damaged")
    assert kept("ab", b"c").read_bytes() == b"abc"
    assert len(calls) == 3


def test_what_nobody_asks_for_any_more_is_removed(tmp_path: Path) -> None:
    old, new = Cache(tmp_path), Cache(tmp_path)
    gone = old.kept("book", ["1"], lambda path: path.touch())
    other = old.kept("map", ["1"], lambda path: path.touch())
    stays = new.kept("book", ["2"], lambda path: path.touch())
    new.tidy("book")
    assert (gone.exists(), stays.exists(), other.exists()) == (False, True, True)


# --- the command


def test_the_command_makes_editions_of_the_site_as_it_is(
    other_site: Project, tmp_path: Path
) -> None:
    before = tree(other_site.site)
    options = ["--project", str(other_site.root)]
    to = tmp_path / "stick"
    arguments = ["editions", "offline", "--lang", "pl", "--to", str(to)]
    result = CliRunner().invoke(main, [*options, *arguments])
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{to / 'offline-pl.zip'}\n"
    assert list(tree(to)) == ["offline-pl.zip"]
    assert zipfile.is_zipfile(to / "offline-pl.zip")
    assert tree(other_site.site) == before


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["editions", "ofline"], 2, "did you mean 'offline'?"),
        (["editions", "--lang", "xx"], 2, "the site has no language 'xx'"),
        (["editions"], 1, "there is no site"),
        (["build", "--editions", "--lang", "fr"], 2, "leave out --lang"),
    ],
)
def test_what_cannot_be_made_is_refused(
    tmp_path: Path, arguments: list[str], code: int, message: str
) -> None:
    project = other_project(tmp_path)
    result = CliRunner().invoke(main, ["--project", str(project.root), *arguments])
    assert result.exit_code == code
    assert message in result.stderr
    assert not project.site.exists()


def test_no_name_means_all_and_what_is_done_is_told(
    other_site: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tuple(edition.name for edition in EDITIONS) == command.ALL
    register(monkeypatch, lambda _edited: iter([("a.txt", b"a")]), "a.txt")
    monkeypatch.setattr(command, "ALL", ("book",))
    said: list[str] = []
    made = editions_of_site(other_site, (), (), tmp_path, said.append)
    assert made == [tmp_path / "a.txt"]
    assert made[0].read_bytes() == b"a"
    assert said
