"""The offline edition of a built site, unpacked as a reader would."""

from __future__ import annotations

import zipfile
from collections.abc import Collection
from pathlib import Path

from generator.editions import Cache, Edited, make_editions
from generator.loading import load
from generator.project import Project
from generator.render import environment


def edited_of(project: Project, cache: Path, languages: Collection[str] = ()) -> Edited:
    """What editions are made from: the built site of a project, in some languages or all."""
    content = load(project, environment(project.templates)).content
    codes = tuple(one for one in content.dataset.site.codes if not languages or one in languages)
    return Edited(project.site, content.dataset, content.words, codes, Cache(cache))


def unpack(project: Project, folder: Path) -> None:
    """Make all archives of a project in ``folder/zip`` and unpack each beside it."""
    for name in make_editions(edited_of(project, folder / "kept"), ["offline"], folder / "zip"):
        with zipfile.ZipFile(folder / "zip" / name) as archive:
            archive.extractall(folder)
