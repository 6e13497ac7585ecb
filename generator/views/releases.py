"""Releases of the data: a list of all, newest first, and a page for each with what it changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from generator.dataset import Dataset
from generator.escape import escape
from generator.model.release import SORTS, WORDS, FieldChange, Release
from generator.routes import DATA_FORMATS, RELEASES
from generator.views.context import PageContext
from generator.views.page import Page

# Of each kind so many records are named; the files have all of them.
MOST = 60
# The files of all releases, by format, and the one to read as a table; below ``data/``.
_FILES = "releases"
_TABLE = f"{_FILES}.csv"
TEXTS = (
    *("title.release", "nav.changes"),
    *(f"changes.{sort}" for sort in SORTS),
)


@dataclass(frozen=True, slots=True)
class Record:
    """A record that a release names: its id then, what it is called, and its changes of fields.

    ``was`` is the id that it had before a renaming.
    """

    id: str
    said: Markup
    was: str | None = None
    fields: tuple[tuple[Markup, FieldChange], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The records of a kind of which a release says the same; ``more`` are not named."""

    kind: str
    number: int
    records: tuple[Record, ...]

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.number - len(self.records)


def pages(dataset: Dataset) -> Iterator[Page]:
    """The list of releases, and a page for each."""
    yield Page(RELEASES, "changes", changes, heading="nav.changes", is_of_dataset=True)
    for version in dataset.releases:
        yield Page(
            f"{RELEASES}{version}/",
            "release",
            partial(_release, version),
            heading="title.release",
            heading_value=version,
            section=RELEASES,
        )


def changes(p: PageContext, _page: Page) -> dict[str, Any]:
    """All releases, with how many records each added, changed, removed and renamed."""
    found = p.lens.releases()
    return {
        "sorts": SORTS,
        "releases": [(version, one, list(one.counts())) for version, one in found.items()],
        "is_released": p.lens.is_released(),
        "last_change": p.lens.last_change(),
        "files": [(name, p.data(f"{_FILES}.{form}")) for form, name in DATA_FORMATS.items()],
    }


def _release(version: str, p: PageContext, _page: Page) -> dict[str, Any]:
    """What a release changed, by what became of records and by kind."""
    found = p.lens.releases()
    versions = list(found)
    at = versions.index(version)
    return {
        "release": found[version],
        "table": _TABLE,
        "groups": [
            (sort, groups) for sort in SORTS if (groups := list(_groups(p, found[version], sort)))
        ],
        "newer": versions[at - 1] if at else None,
        "older": versions[at + 1] if at + 1 < len(versions) else None,
    }


def _groups(p: PageContext, release: Release, sort: str) -> Iterator[Group]:
    for kind, ids in getattr(release, sort).items():
        named = list(ids)[:MOST]
        yield Group(kind, len(ids), tuple(_record(p, sort, one, ids) for one in named))


def _record(p: PageContext, sort: str, identifier: str, ids: Any) -> Record:
    if sort == "renamed":
        return Record(ids[identifier], _said(p, ids[identifier]), was=identifier)
    fields: Mapping[str, FieldChange] = ids[identifier] if sort == "changed" else {}
    said = tuple((_field(p, name), change) for name, change in fields.items())
    return Record(identifier, _said(p, identifier), fields=said)


def _said(p: PageContext, identifier: str) -> Markup:
    """A record as it is called now, linked; its id alone if there is none any more."""
    now = p.lens.now_of(identifier)
    if now is None:
        return Markup('<code lang="zxx">{}</code>').format(escape(identifier))
    return p.link(now)


def _field(p: PageContext, path: str) -> Markup:
    """What a field is called, or its path in the files."""
    name, _, rest = path.partition(".")
    if name == WORDS:
        name, rest = rest, ""
    if not rest and p.locale.has(f"field.{name}"):
        return p.t(f"field.{name}")
    return Markup('<code lang="zxx">{}</code>').format(escape(path))
