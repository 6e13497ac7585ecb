"""Addresses: which page and anchor a record has, and how one page links to another.

Addresses are the same in all languages: ``<kinds>/<id>/`` for records with a page of their own,
and the page of what they are about, with their id as anchor, for all others.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from generator.dataset import Dataset, Item
from generator.model.kinds import KINDS

HOME = ""
# Where a record without a page is shown, in order of preference: by the kind of its subject.
_HOSTS = ("region", "forum", "organisation", "agreement", "district", "country")

# The formats of the files that hold the data of a page about a record, with their names.
DATA_FORMATS: Mapping[str, str] = {"csv": "CSV", "json": "JSON"}
# The formats of citations, with their names: of a page beside it, of its sources among its data.
CITATION_FORMATS: Mapping[str, str] = {"bib": "BibTeX", "ris": "RIS", "csl.json": "CSL-JSON"}
PAGE_FORMATS = (*DATA_FORMATS, *CITATION_FORMATS)
# The feed of all changes in a language, below the folder of its files.
FEED = "changes.atom"
# The pages of the releases of the data, below that of all.
RELEASES = "changes/"
# Kinds whose pages have a feed of their own, of all that they show.
FOLLOWED = ("region",)
# Kinds whose pages are files to print, too, and the format of these.
PRINTED = ("region",)
PRINT_FORMAT = "PDF"
# Kinds whose pages have a card of their own, for links to them in other places.
CARDED = ("region", "agreement", "forum")
# Kinds that stand on an index page, theirs or another's.
_LISTED = ("programme",)


class Routes:
    """Addresses relative to the root of a language, as ``regions/north/`` or with ``#anchor``."""

    def __init__(self, dataset: Dataset) -> None:
        self._all = _routes(dataset)

    def __getitem__(self, identifier: str) -> str:
        """The address of a record, or of an inline figure ``record.figure``."""
        owner, dot, _ = identifier.partition(".")
        route = self._all[owner]
        if not dot:
            return route
        return f"{route.partition('#')[0]}#{identifier}"


@lru_cache(maxsize=2)  # a rebuild compares two states, and asks for each in many places
def _routes(dataset: Dataset) -> Mapping[str, str]:
    return {identifier: _find(dataset, item) for identifier, item in dataset.items.items()}


def _find(dataset: Dataset, item: Item) -> str:
    kind = KINDS[item.kind]
    if kind.has_page:
        return f"{kind.plural}/{item.id}/"
    if item.kind in _LISTED:
        return f"{kind.plural}/#{item.id}"
    subjects = [dataset.items[subject] for subject in dataset.subjects[item.id]]
    for host in _HOSTS:
        for subject in subjects:
            if subject.kind == host:
                return f"{KINDS[host].plural}/{subject.id}/#{item.id}"
    return f"{kind.plural}/#{item.id}"


def relative(source: str, target: str) -> str:
    """Return ``target`` as seen from the page ``source``; both relative to the language root.

    >>> relative("regions/north/", "sources/fn-1/")
    '../../sources/fn-1/'
    """
    path, hash_, anchor = target.partition("#")
    if path == source and hash_:
        return f"#{anchor}"
    here = source.split("/")[:-1]
    there = path.split("/")[:-1]
    common = 0
    while common < min(len(here), len(there)) and here[common] == there[common]:
        common += 1
    steps = [".."] * (len(here) - common) + there[common:]
    found = "/".join(steps) + "/" if steps else "./"
    return found + hash_ + anchor


def data_of(url: str, form: str) -> str:
    """The file that holds the data of a page: ``regions/north/`` has ``regions/north.csv``."""
    return f"{url.rstrip('/')}.{form}"


def feed_of(url: str) -> str:
    """The feed of what a page shows, below the folder of a language's files."""
    return data_of(url, FEED.rpartition(".")[2])


def archive_of(feed: str, name: str) -> str:
    """A further document of a feed: ``changes.atom`` goes on in ``changes/2019-12-31-1.atom``."""
    stem, dot, form = feed.rpartition(".")
    return f"{stem}/{name}{dot}{form}"


def pdf_of(lang: str, url: str) -> str:
    """The file to print of a page in a language, below the folder of editions."""
    return f"{lang}/{data_of(url, 'pdf')}"


def book_of(lang: str) -> str:
    """The file to print of the whole site in a language, below the folder of editions."""
    return f"book-{lang}.pdf"


def card_of(lang: str, url: str = HOME) -> str:
    """The card of a page in a language, or that of all others, below the folder of editions."""
    return f"{lang}/{data_of(url, 'png')}" if url else f"card-{lang}.png"


def cite_of(url: str, form: str) -> str:
    """The file that cites a page: ``regions/north/`` has ``regions/north/cite.bib``."""
    return f"{url}cite.{form}"


def file_of(url: str) -> str:
    """The Markdown file of a page: ``regions/north/`` is ``regions/north/index.md``.

    Source and page are equally deep, so that addresses in HTML mean the same to every engine:
    some leave them alone, others take them for relative to the source.
    """
    return f"{url}index.md"


def relative_file(source: str, target: str) -> str:
    """Return the Markdown file of ``target`` as linked from that of ``source``, with its anchor."""
    path, hash_, anchor = target.partition("#")
    here = file_of(source).split("/")[:-1]
    there = file_of(path).split("/")
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    return "/".join([".."] * (len(here) - common) + there[common:]) + hash_ + anchor
