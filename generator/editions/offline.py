"""The site as an archive that is unpacked and read without a network.

One for each language, and one of all. In it is what a reader of the pages needs, at the same paths
as on the site: pages with their styles, scripts and search, the tables of each page, and the whole
dataset. Not in it is what lives from a network (feeds, calendars, sitemaps), the files for
reference managers of single pages (thousands of a few hundred bytes each, which take up many times
that on a stick), and any single file of more than 5 MB. Links to these, and to the languages of
other archives, lead to the site and say so.

From disk no server finds ``index.html`` in a folder, so links name it, those of the search too.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from urllib.parse import quote, unquote

from generator.dataset import Dataset
from generator.editions.archive import VERSION, write_archive
from generator.editions.edition import Edited, Made, program, refused
from generator.editions.relinking import relinked
from generator.finish_html import for_disk
from generator.finish_links import SCHEME
from generator.parallel import cores, each

NAME = "offline"
#: The text that marks a link to what is not in the archive.
ONLINE = "editions.online"
MOST_BYTES = 5_000_000

_INDEX = "index.html"
_DATA = "data"
_SHARED = "assets"
_SEARCH = "assets/search/index.js"
_SEARCH_CALL = "searchData("
_SUBSCRIPTIONS = (".atom", ".ics")
_REFERENCES = (".bib", ".ris", ".csl.json")
_ALL = ""


def offline_paths(dataset: Dataset, languages: Sequence[str]) -> Iterator[str]:
    """The archives: one for each language, and one of all if all are asked for."""
    for code in _archives(dataset, languages):
        yield f"{_name(code)}.zip"


def make_offline(edited: Edited) -> Iterator[Made]:
    """Yield the archives."""
    edited.progress("making the offline edition")
    files = edited.files()
    sizes = {path: (edited.site / path).stat().st_size for path in files}
    codes = _archives(edited.dataset, edited.languages)

    def work(code: str) -> Path:
        languages = (code,) if code else edited.dataset.site.codes
        there = [path for path in files if _belongs(path, languages, sizes[path])]
        try:
            return _Archive(edited, code, there).kept()
        except OSError as error:  # told here, for this may be a process of its own
            raise refused(error, edited.site) from error

    for code, path in each(codes, work, cores()).items():
        edited.cache.used(path)
        yield f"{_name(code)}.zip", path


def _archives(dataset: Dataset, languages: Sequence[str]) -> list[str]:
    """What there is an archive for: languages, and that of all first, which takes longest."""
    is_whole = len(languages) == len(dataset.site.codes)
    return [*((_ALL,) if is_whole else ()), *languages]


def _name(code: str) -> str:
    return f"{NAME}-{code}" if code else NAME


def _belongs(path: str, languages: Sequence[str], size: int) -> bool:
    """Whether a file of the site is in the archive of these languages."""
    top, _, below = path.partition("/")
    if size > MOST_BYTES or path.endswith(_SUBSCRIPTIONS):
        return False
    if top == _DATA:
        return "/" not in below or not path.endswith(_REFERENCES)
    if top in languages:
        is_page = path.endswith(".html") and below != "404.html"
        return is_page or below.startswith(f"{_SHARED}/")
    return top == _SHARED or (path == _INDEX and len(languages) > 1)


@dataclass
class _Archive:
    """An archive of one language, or of all, for which the code is empty."""

    edited: Edited
    code: str
    files: Sequence[str]
    _there: frozenset[str] = field(init=False)
    _marks: Mapping[str, str] = field(init=False)
    _known: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._there = frozenset(self.files)
        self._marks = {code: self._mark(code) for code in self.edited.dataset.site.codes}

    def kept(self) -> Path:
        """The archive, from the cache if the same files went in before."""
        site, codes = self.edited.dataset.site, self.edited.dataset.site.codes
        marks = self._marks.values()
        went_in = [program(), VERSION, self.code, site.address, site.as_of.edtf, *codes, *marks]
        for path in self.files:
            data = (self.edited.site / path).read_bytes()
            went_in += (path, hashlib.sha256(data).hexdigest())
        return self.edited.cache.kept(NAME, went_in, self._write)

    def _write(self, target: Path) -> None:
        day = self.edited.dataset.site.as_of.first
        write_archive(target, _name(self.code), self._contents(), day)

    def _contents(self) -> Iterator[tuple[str, bytes]]:
        sources = {path: path for path in self.files}
        if self.code:  # what is opened first is the start page; a step further up, its links differ
            sources[_INDEX] = f"{self.code}/{_INDEX}"
        for target, path in sorted(sources.items()):
            if path.endswith(".html"):
                yield target, self._page(path, target)
            elif path.partition("/")[2] == _SEARCH:
                yield path, searched((self.edited.site / path).read_bytes())
            else:
                yield path, (self.edited.site / path).read_bytes()

    def _page(self, path: str, target: str) -> bytes:
        """A page of the site, for a place in the archive."""
        html = (self.edited.site / path).read_bytes().decode()
        here, there = posixpath.dirname(path), posixpath.dirname(target)
        language = path.partition("/")[0]

        def change(link: str) -> str | None:
            key = (here, link)
            if here != there:
                return self._changed(here, there, link)
            if key not in self._known:
                self._known[key] = self._changed(here, there, link)
            return self._known[key]

        return for_disk(
            relinked(
                html,
                change,
                lambda link: _relative(posixpath.join(here, link), there),
                lambda link: self._outside(here, link),
                self._marks.get(language, ""),
            )
        ).encode()

    def _changed(self, here: str, there: str, link: str) -> str | None:
        """The new address of a link on a page in ``here`` that will stand in ``there``."""
        address, rest = _split(link)
        if not address or SCHEME.match(address) or address.startswith("//"):
            return link
        target = _target(here, address)
        return f"{_relative(target, there)}{rest}" if target in self._there else None

    def _outside(self, here: str, link: str) -> str:
        """The address on the site of what the archive leaves out."""
        address, rest = _split(link)
        path = _target(here, address).removesuffix(_INDEX)
        return f"{self.edited.dataset.site.address}{quote(path)}{rest}"

    def _mark(self, lang: str) -> str:
        """What says in a language, or else in the source language, that a link leads online."""
        words = self.edited.words
        for code in (lang, words.source_language):
            text = words.texts(code).get(ONLINE)
            if text:
                return f' <small lang="{escape(code)}">{escape(text)}</small>'
        return ""


def _split(link: str) -> tuple[str, str]:
    """An address without query and fragment, and these."""
    end = min((n for n in (link.find("?"), link.find("#")) if n >= 0), default=len(link))
    return link[:end], link[end:]


def _target(here: str, address: str) -> str:
    """The path in the site of what an address on a page in a folder leads to."""
    path = posixpath.normpath(posixpath.join("/", here, unquote(address))).lstrip("/")
    is_folder = address.rpartition("/")[2] in ("", ".", "..")
    return posixpath.join(path, _INDEX) if is_folder else path


def _relative(path: str, folder: str) -> str:
    return quote(posixpath.relpath(f"/{path}", f"/{folder}"))


def searched(script: bytes) -> bytes:
    """The data of the search with addresses as they are on disk."""
    text = script.decode()
    start, end = text.index(_SEARCH_CALL) + len(_SEARCH_CALL), text.rindex(")")
    data = json.loads(text[start:end])
    for entry in data["docs"]:
        address, anchor = _split(entry.get("u", ""))
        if not address or address.endswith("/"):
            entry["u"] = f"{address}{_INDEX}{anchor}"
    new = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f"{text[:start]}{new}{text[end:]}".encode()
