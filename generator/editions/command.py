"""The command that makes editions out of the published site."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from generator.editions import EDITIONS, Cache, Edited, make_editions, require
from generator.errors import BuildError, UsageError, meant, shown
from generator.exchange import lock
from generator.loading import load
from generator.project import Project
from generator.render import environment

ALL = tuple(edition.name for edition in EDITIONS)


def editions_of_site(
    project: Project,
    names: Sequence[str],
    languages: Sequence[str],
    folder: Path,
    progress: Callable[[str], None],
) -> list[Path]:
    """Make editions (all, if none is named) into a folder, and return their files in order.

    Only the content of the published site goes in; the settings and words of the project must be
    those that it was built from. With ``languages``, in these alone. Raises UsageError for a name
    that there is not and BuildError if there is no site.
    """
    for name in names:
        if name not in ALL:
            raise UsageError(f"there is no edition {shown(name)}{meant(name, ALL)}")
    require(names or ALL)
    with lock(project.build):
        progress("reading and checking")
        loaded = load(project, environment(project.templates), only=languages)
        if not (project.site / "index.html").is_file():
            raise BuildError(f"there is no site in {project.site}; build it first")
        cache = Cache(project.editions)
        content = loaded.content
        edited = Edited(
            project.site, content.dataset, content.words, loaded.languages, cache, progress
        )
        return [folder / path for path in make_editions(edited, names or ALL, folder)]
