"""The forms of the site to take away: one registry, for the builds, the command and the pages.

An edition is made from the finished site: never from content, never by another run of the engine.
To add one, write a module with a function ``make`` and put an ``Edition`` into ``EDITIONS``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.dataset import Dataset
from generator.editions.carding import CARDS
from generator.editions.edition import (
    FOLDER,
    LANGUAGE,
    Cache,
    Edited,
    Edition,
    EditionFile,
    refused,
)
from generator.editions.offline import ONLINE, make_offline, offline_paths
from generator.editions.printing import PDF
from generator.output import safe_path
from generator.views.downloads import Download

__all__ = [
    "EDITIONS",
    "EDITION_TEXTS",
    "FOLDER",
    "Cache",
    "Edited",
    "make_editions",
    "offered",
    "promised",
    "require",
]

GROUP = "downloads.group.editions"

EDITIONS: tuple[Edition, ...] = (
    Edition(
        "offline",
        "ZIP",
        "application/zip",
        (
            EditionFile(f"offline-{LANGUAGE}.zip", "editions.offline"),
            EditionFile("offline.zip", "editions.offline-all"),
        ),
        make_offline,
        offline_paths,
        "editions.offline-use",
        (ONLINE,),
    ),
    PDF,
    CARDS,
)

#: The texts of the interface that editions ask for.
EDITION_TEXTS = frozenset(
    [
        GROUP,
        *(file.holds for edition in EDITIONS for file in edition.files),
        *(edition.use for edition in EDITIONS if edition.use),
        *(key for edition in EDITIONS for key in edition.texts),
    ]
)


def offered(lang: str) -> list[Download]:
    """What the downloads page of a language is told of the files of all editions."""
    return [
        Download(
            file.name.replace(LANGUAGE, lang),
            edition.form,
            file.holds,
            GROUP,
            edition=edition.name,
            use=edition.use,
        )
        for edition in EDITIONS
        for file in edition.files
    ]


def require(names: Iterable[str]) -> None:
    """Raise BuildError if a program is missing that makes one of these editions."""
    wanted = set(names)
    for edition in EDITIONS:
        if edition.name in wanted:
            edition.ready()


def promised(dataset: Dataset, names: Sequence[str]) -> frozenset[str]:
    """The paths in the site of all files of these editions, before they are made."""
    codes = dataset.site.codes
    return frozenset(
        f"{FOLDER}/{path}"
        for edition in EDITIONS
        if edition.name in names
        for path in edition.paths(dataset, codes)
    )


def make_editions(edited: Edited, names: Iterable[str], folder: Path) -> list[str]:
    """Make editions into a folder and return the paths of their files in it, in order.

    What else is in the folder stays. Raises BuildError if the disk refuses or an edition cannot be
    made, and ValueError if one makes other files than it said (a mistake in the program).
    """
    paths: list[str] = []
    wanted = set(names)
    try:
        for edition in EDITIONS:
            if edition.name in wanted:
                paths += _make(edited, edition, folder)
    except OSError as error:
        raise refused(error, folder) from error
    return paths


def _make(edited: Edited, edition: Edition, folder: Path) -> list[str]:
    expected = set(edition.paths(edited.dataset, edited.languages))
    made = []
    for path, content in edition.make(edited):
        if path not in expected or not safe_path(path):
            raise ValueError(f"edition {edition.name} did not say that it makes {path!r}")
        _place(folder / path, content)
        made.append(path)
    if expected != set(made):
        lacking = sorted(expected.difference(made))[0]
        raise ValueError(f"edition {edition.name} did not make {lacking}")
    if edited.is_whole:
        edited.cache.tidy(edition.name)
    return made


def _place(target: Path, content: bytes | Path) -> None:
    """Write a file beside its place and rename it; one of the cache is linked where that works."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.new")
    temporary.unlink(missing_ok=True)
    if isinstance(content, bytes):
        temporary.write_bytes(content)
    else:
        try:
            os.link(content, temporary)
        except OSError:
            shutil.copyfile(content, temporary)
    temporary.replace(target)
    temporary.unlink(missing_ok=True)  # two names of one file: then replacing does nothing
