"""One site of several that were built one language each, for sites that outgrow one machine.

Every machine runs ``build --lang L`` on the same content and hands over its ``site/``. What the
parts share must be the same bytes in all of them; what says something of the whole (the index of
the sitemaps, headers, the manifest) is made here. The result is byte for byte that of one build.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.dataset import Dataset, build_dataset
from generator.errors import BuildError, ContentError, shown
from generator.exchange import exchange, lock, repair
from generator.finish import joined
from generator.finish_headers import HEADERS
from generator.finish_sitemaps import SITEMAP
from generator.loading import read
from generator.manifest import MANIFEST
from generator.output import listed
from generator.project import Project
from generator.routes import Routes
from generator.site_plan import site_plan
from generator.views.pages import plan


def assemble(project: Project, folders: Sequence[Path]) -> int:
    """Publish the site that the folders, each the ``site/`` of one language, are the parts of.

    Returns the number of files. The content of the project must be what they were built from.
    Raises BuildError if a language is missing, is there twice or is of another content, and
    ContentError for links that lead nowhere; the published site is then as it was.
    """
    store = read(project)
    if store.site is None or store.problems:
        raise ContentError(store.problems)
    dataset = build_dataset(store)
    parts, pages = _parts(dataset, folders), plan(dataset, Routes(dataset))
    with lock(project.build):
        stage = project.build / "stage"
        repair(project.site, stage)
        found = _files(parts)
        problems = joined(site_plan(dataset, pages), found, project.site, stage)
        if problems:
            raise ContentError(problems)
        exchange(stage, project.site)
    return len(listed(project.site).files)


def _parts(dataset: Dataset, folders: Sequence[Path]) -> dict[str, Path]:
    """The folder of each language."""
    found: dict[str, Path] = {}
    for folder in folders:
        codes = [code for code in dataset.site.codes if (folder / code / "index.html").is_file()]
        if len(codes) != 1:
            held = " and ".join(codes) or "no language of this site"
            raise BuildError(f"{folder} has {held}; expected the site/ of a build --lang LANG")
        if codes[0] in found:
            raise BuildError(f"{folder} and {found[codes[0]]} both have the language {codes[0]}")
        found[codes[0]] = folder
    missing = [code for code in dataset.site.codes if code not in found]
    if missing:
        raise BuildError(f"no folder has the language {missing[0]}")
    return found


def _files(parts: Mapping[str, Path]) -> dict[str, Path]:
    """Every file of the parts by its path in the site; shared ones must be the same."""
    found: dict[str, Path] = {}
    for code, folder in parts.items():
        there = listed(folder)
        if there.foreign:
            raise BuildError(f"{folder / there.foreign[0]} is not a plain file")
        for path in there.files:
            top = path.partition("/")[0]
            if top in parts and top != code:
                continue  # what stands there belongs to another part
            first = found.setdefault(path, folder / path)
            if first != folder / path and path not in _OF_WHOLE and not _same(first, folder / path):
                raise BuildError(
                    f"{shown(path)} is not the same in {folder} as in another part: build all"
                    " languages from the same content with the same versions"
                )
    return {path: file for path, file in found.items() if path not in _OF_WHOLE}


# What each part says of itself and the whole says anew.
_OF_WHOLE = frozenset({HEADERS, MANIFEST, SITEMAP})


def _same(one: Path, other: Path) -> bool:
    try:
        return one.read_bytes() == other.read_bytes()
    except OSError as error:
        raise BuildError(f"cannot read {error.filename}: {error.strerror}") from error
