"""The page of all files that are published beside the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markupsafe import Markup

from generator.model.kinds import KINDS
from generator.routes import CITATION_FORMATS, DATA_FORMATS, cite_of, data_of, feed_of
from generator.views.context import PageContext
from generator.views.page import Page

# Where an example of a page's own files comes from: the first record of this kind.
_EXAMPLE = "region"


@dataclass(frozen=True, slots=True)
class Download:
    """A published file as a reader is told of it.

    ``name`` is its path below ``data/``, ``holds`` and ``group`` the keys of texts that say what
    is in it and what it stands among; ``kind`` the kind whose records it has, if it has one. A file
    of an ``edition`` is below ``editions/``, and ``use`` is the key of a text on how to use it.
    """

    name: str
    form: str
    holds: str
    group: str
    kind: str = ""
    edition: str = ""
    use: str = ""


def downloads(p: PageContext, _page: Page) -> dict[str, Any]:
    """All files by group, the number of records in them, and an example of a page's own files."""
    counts = {kind: len(p.lens.ids(kind)) for kind in KINDS}
    there = p.editions
    ordered = [one for one in p.downloads if not one.edition or one.edition in there]
    groups = [(key, list(group)) for key, group in groupby(ordered, lambda one: one.group)]
    return {
        "groups": groups,
        "uses": {
            key: list(dict.fromkeys(one.use for one in group if one.use)) for key, group in groups
        },
        "counts": counts,
        "examples": _examples(p),
    }


def _examples(p: PageContext) -> Sequence[tuple[str, Markup]]:
    """The files that belong to the page of one record: their paths in the site and addresses."""
    ids = p.lens.ids(_EXAMPLE)
    if not ids:
        return ()
    url = f"{KINDS[_EXAMPLE].plural}/{ids[0]}/"
    files = [data_of(url, form) for form in (*DATA_FORMATS, *CITATION_FORMATS)]
    beside = [cite_of(url, form) for form in CITATION_FORMATS]
    files.append(f"{p.lang}/{feed_of(url)}")
    return [
        *((f"data/{name}", p.data(name)) for name in files),
        *((f"{p.lang}/{name}", p.beside(name)) for name in beside),
    ]
