"""PDF files and cards of a small site, made by a real Chromium and read back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import html
from PIL import Image

from generator.editions import require
from generator.editions.card import HEIGHT, WIDTH
from generator.editions.carding import card_paths, make_cards
from generator.editions.chromium import Chromium, chromium
from generator.editions.edition import Cache, Edited
from generator.editions.fonts import require_letters
from generator.editions.pdf import Texts
from generator.editions.press import Press
from generator.editions.printing import pdf_paths
from generator.editions.tagged import page_numbers
from generator.errors import BuildError
from generator.loading import load, renderer_of
from generator.project import Project
from generator.render import environment
from generator.routes import pdf_of
from generator.views.context import PageContext

LANG = "pl"
PROFILE = "regions/lodz-region/"


@dataclass(frozen=True)
class Printed:
    """A profile and the book of the second dataset in one language."""

    profile: bytes
    book: bytes
    again: bytes


@pytest.fixture(scope="module")
def edited(other_site: Project, tmp_path_factory: pytest.TempPathFactory) -> Edited:
    content = load(other_site, environment(other_site.templates)).content
    cache = Cache(tmp_path_factory.mktemp("cache"))
    return Edited(other_site.site, content.dataset, content.words, (LANG,), cache)


@pytest.fixture(scope="module")
def running() -> Iterator[Chromium]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def printed(edited: Edited, running: Chromium, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    texts = Texts(edited, LANG)

    def printed(*, anew: bool = False) -> tuple[bytes, ...]:
        cache = Cache(tmp_path_factory.mktemp("anew")) if anew else edited.cache
        other = Edited(edited.site, edited.dataset, edited.words, edited.languages, cache)
        press = Press(other, running, tmp_path_factory.mktemp("press"))
        press.begin(LANG)
        profile = press.printed(texts.profile(press.read, PROFILE, "region")).read_bytes()
        return (profile,) if anew else (press.printed(texts.book(press.read)).read_bytes(), profile)

    book, profile = printed()
    (again,) = printed(anew=True)
    return Printed(profile, book, again)


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def outline(pdf: pikepdf.Pdf) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []

    def add(items: Any, level: int) -> None:
        for item in items:
            found.append((level, item.title))
            add(item.children, level + 1)

    with pdf.open_outline() as tree:
        add(tree.root, 1)
    return found


# --- files to print


@pytest.mark.parametrize("which", ["profile", "book"])
def test_files_are_tagged_and_say_what_they_are(printed: Printed, which: str) -> None:
    with opened(getattr(printed, which)) as pdf:
        root = pdf.Root
        assert bool(root["/MarkInfo"]["/Marked"])
        assert "/K" in root["/StructTreeRoot"]
        assert str(root["/Lang"]) == LANG
        assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
        site = "Dwa brzegi: Bretania i Polska"
        assert str(pdf.docinfo["/Title"]) == {"profile": "Łódzkie", "book": site}[which]
        assert str(pdf.docinfo["/CreationDate"]) == "D:20210630000000Z"
        assert "/Creator" not in pdf.docinfo
        with pdf.open_metadata() as meta:
            assert meta["dc:language"] == {LANG}
            assert str(meta["xmp:CreateDate"]).startswith("2021-06-30")
        assert len(pdf.pages) > 1
        sizes = {(round(p.mediabox[2]), round(p.mediabox[3])) for p in pdf.pages}
        assert sizes == {(595, 842)}


def test_the_outline_of_a_book_has_its_chapters_and_records(printed: Printed) -> None:
    with opened(printed.book) as pdf:
        entries = outline(pdf)
    texts = [text for _, text in entries]
    assert entries[0] == (1, "Dwa brzegi: Bretania i Polska")
    assert (2, "Łódzkie") in entries
    # In the order of the language: Ł after L and before N.
    regions = [text for text in texts if text in ("Bretania", "Łódzkie", "Normandia", "Pomorskie")]
    assert regions[:4] == ["Bretania", "Łódzkie", "Normandia", "Pomorskie"]


def test_contents_name_the_pages_on_which_things_stand(printed: Printed) -> None:
    numbers = page_numbers(printed.book)
    with opened(printed.book) as pdf:
        assert max(numbers.values()) <= len(pdf.pages)
    assert numbers["about"] == 3  # behind title and contents
    assert numbers["regions-lodz-region"] < numbers["regions-pomerania"] < numbers["sources"]


def test_links_within_a_book_lead_within_it(printed: Printed) -> None:
    with opened(printed.book) as pdf:
        links = [link for page in pdf.pages for link in page.get("/Annots", [])]
        names = set(pdf.Root["/Dests"].keys())
        within = {str(link["/Dest"]) for link in links if "/Dest" in link}
        outside = {str(link["/A"]["/URI"]) for link in links if "/A" in link}
    assert len(within) > 20
    assert {name if name.startswith("/") else f"/{name}" for name in within} <= names
    assert not [address for address in outside if not address.startswith(("https:", "http:"))]


def test_the_same_pages_give_the_same_bytes(printed: Printed) -> None:
    assert printed.profile == printed.again


def test_every_file_was_said_beforehand(edited: Edited) -> None:
    paths = list(pdf_paths(edited.dataset, (LANG,)))
    assert f"book-{LANG}.pdf" in paths
    assert pdf_of(LANG, PROFILE) in paths
    assert len(paths) == len(set(paths)) == 1 + len(edited.dataset.by_kind["region"])


# --- cards


def test_cards_are_made_once_and_are_of_one_size(edited: Edited) -> None:
    made = dict(make_cards(edited))
    assert set(made) == set(card_paths(edited.dataset, (LANG,)))
    pictures = {path: content for path, content in made.items() if isinstance(content, Path)}
    assert len(pictures) == len(made) > 5
    for path in pictures.values():
        with Image.open(path) as picture:
            assert picture.size == (WIDTH, HEIGHT)
            # Something is written on it.
            assert len(picture.convert("RGB").getcolors(1 << 24) or ()) > 8
    contents = [path.read_bytes() for path in pictures.values()]
    assert len(set(contents)) == len(contents)
    other = Cache(edited.cache.kept("mark", ["x"], lambda path: path.write_bytes(b"")).parent)
    anew = Edited(edited.site, edited.dataset, edited.words, (LANG,), other)
    path, content = next(make_cards(anew))
    assert isinstance(content, Path)
    assert content.read_bytes() == pictures[path].read_bytes()


# --- pages that lead to them


@pytest.mark.parametrize(
    ("url", "subject", "path"),
    [
        (PROFILE, "lodz-region", f"{LANG}/{PROFILE.rstrip('/')}.png"),
        ("about/", None, f"card-{LANG}.png"),
    ],
)
def test_pages_name_their_card_and_their_file_if_these_are_published(
    edited: Edited, other_site: Project, url: str, subject: str | None, path: str
) -> None:
    env = environment(other_site.templates)

    def context(*editions: str) -> PageContext:
        renderer = renderer_of(edited.dataset, edited.words, env, LANG, editions=editions)
        return renderer.context(url, subject)

    assert context("offline").card is None
    assert context("offline").print_file is None
    assert context("cards").card == f"https://example.net/atlas/duo/editions/{path}"
    file = f"../../../editions/{pdf_of(LANG, url)}"
    assert context("pdf").print_file == (file if subject else None)


def test_heads_say_what_other_places_show(other_site: Project) -> None:
    def properties(url: str) -> dict[str, str]:
        head = html.document_fromstring((other_site.site / LANG / url).read_bytes()).head
        return {
            one.get("property") or one.get("name"): one.get("content") for one in head.iter("meta")
        }

    home, profile = properties("index.html"), properties(f"{PROFILE}index.html")
    assert profile["og:title"] == "Łódzkie"
    assert home["og:title"] == home["og:site_name"] == "Dwa brzegi: Bretania i Polska"
    assert (home["og:type"], profile["og:type"]) == ("website", "article")
    assert home["og:locale"] == "pl_PL"
    assert profile["og:url"] == f"https://example.net/atlas/duo/{LANG}/{PROFILE}"
    assert profile["og:description"]
    assert profile["twitter:card"] == "summary"
    assert "og:image" not in profile


# --- what may be missing


def test_a_letter_that_no_font_has_is_named(running: Chromium, tmp_path: Path) -> None:
    known: set[str] = set()
    require_letters(running, tmp_path, "be", "ўі’Łñ", known)
    assert known == set("ўі’Łñ")
    with pytest.raises(BuildError, match=r"no font .* the letters \U0010fffc .*language be"):
        require_letters(running, tmp_path, "be", "ў\U0010fffc", known)


@pytest.mark.parametrize(
    ("named", "path", "message"),
    [
        (None, "/nowhere", "no Chromium, .* apt-get install chromium"),
        ("/no/such/chromium", None, "CHROMIUM is set to '/no/such/chromium'"),
    ],
)
def test_without_a_chromium_nothing_begins(
    monkeypatch: pytest.MonkeyPatch, named: str | None, path: str | None, message: str
) -> None:
    if named is None:
        monkeypatch.delenv("CHROMIUM", raising=False)
    else:
        monkeypatch.setenv("CHROMIUM", named)
    if path is not None:
        monkeypatch.setenv("PATH", path)
    for name in ("pdf", "cards"):
        with pytest.raises(BuildError, match=message):
            require([name])
    require(["offline"])


@pytest.mark.parametrize("program", ["/bin/true", "/bin/cat"])
def test_a_program_that_is_no_chromium_is_told_in_a_line(
    monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setenv("CHROMIUM", program)
    with pytest.raises(BuildError, match="Chromium has ended"), chromium():
        pass
