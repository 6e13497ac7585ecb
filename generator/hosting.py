"""Files that hosts read: ``_redirects`` for former addresses, and a mark for GitHub Pages.

``_redirects`` is read by Netlify, Cloudflare Pages and GitLab Pages, in one form that all three
take (https://docs.netlify.com/manage/routing/redirects/overview/,
https://developers.cloudflare.com/pages/configuration/redirects/,
https://docs.gitlab.com/user/project/pages/redirects/). Cloudflare follows a rule although there is
a file at its address; the others serve the page that stands there, which leads on by itself. Data
and feeds have no such page, so there the rules are all that leads from an old address to the new.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from generator.dataset import Dataset
from generator.model.kinds import KINDS
from generator.routes import (
    CITATION_FORMATS,
    DATA_FORMATS,
    FOLLOWED,
    Routes,
    cite_of,
    data_of,
    feed_of,
)

REDIRECTS = "_redirects"
#: GitLab Pages takes 1,000 rules and 64 KiB, Cloudflare Pages 2,000 rules; Netlify names no limit.
MOST_RULES = 1_000
MOST_BYTES = 64 * 1024
# GitHub Pages lets Jekyll drop files with a leading underscore where it finds no such file.
NO_JEKYLL = ".nojekyll"


def host_files(dataset: Dataset, routes: Routes) -> dict[str, bytes]:
    """Path in the site to bytes."""
    return {NO_JEKYLL: b"", REDIRECTS: redirects(dataset, routes)}


def redirects(dataset: Dataset, routes: Routes) -> bytes:
    """Return the rules, those for pages first, then feeds, then data; never more than hosts take.

    Where there are more, the last ones are left out: pages at old addresses lead on without them.
    """
    base = urlsplit(dataset.site.address).path
    moved = list(_moved(dataset, routes))
    lines: list[str] = []
    size = 0
    for files in (_pages, _feeds, _data):
        for kind, old, new in moved:
            for source, target in files(dataset, kind, old, new):
                line = f"{base}{quote(source)} {base}{quote(target)} 301\n"
                size += len(line)
                if len(lines) == MOST_RULES or size > MOST_BYTES:
                    return "".join(lines).encode()
                lines.append(line)
    return "".join(lines).encode()


def _moved(dataset: Dataset, routes: Routes) -> Iterator[tuple[str, str, str]]:
    """Kind, old and new address of every page that has moved, below the root of a language.

    A removed record keeps its page, which says what became of it; its former ids lead there.
    """
    for old, new in dataset.redirects.items():
        kind = KINDS[dataset.items[new].kind]
        if kind.has_page:
            yield kind.name, f"{kind.plural}/{old}/", routes[new]
    for identifier, removed in dataset.removed.items():
        kind = KINDS[removed.kind]
        for old in removed.formerly if kind.has_page else ():
            yield "", f"{kind.plural}/{old}/", f"{kind.plural}/{identifier}/"


def _pages(dataset: Dataset, kind: str, old: str, new: str) -> Iterator[tuple[str, str]]:
    for code in dataset.site.codes:
        yield f"{code}/{old}", f"{code}/{new}"


def _feeds(dataset: Dataset, kind: str, old: str, new: str) -> Iterator[tuple[str, str]]:
    for code in dataset.site.codes if kind in FOLLOWED else ():
        yield f"data/{code}/{feed_of(old)}", f"data/{code}/{feed_of(new)}"


def _data(dataset: Dataset, kind: str, old: str, new: str) -> Iterator[tuple[str, str]]:
    if not kind:
        return
    for form in (*DATA_FORMATS, *CITATION_FORMATS):
        yield f"data/{data_of(old, form)}", f"data/{data_of(new, form)}"
    for code in dataset.site.codes:
        for form in CITATION_FORMATS:
            yield f"{code}/{cite_of(old, form)}", f"{code}/{cite_of(new, form)}"
