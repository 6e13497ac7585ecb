"""From the engine's raw HTML of all languages to the staged site, checked as a whole.

Raw files are only read: ``--dirty`` writes into them in place, so a hard link to one would change
the published site. What has not changed is a hard link to the previous site instead.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import BuildError, Problem, ordered
from generator.finish_html import protected, repaired
from generator.finish_links import Found, Locate, check_links, scan
from generator.finish_sitemaps import SitePlan, sitemaps
from generator.output import parents, remove_tree, safe_path

__all__ = ["SitePlan", "finish"]

#: What the theme ships and a site without its search plugin never asks for: 2.3 MB a language.
_UNUSED_FOLDERS = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
_UNUSED_ENDINGS = (".map", ".md")
_UNUSED_FILES = frozenset({"sitemap.xml", "sitemap.xml.gz"})  # the engine's; ours know languages


def finish(
    plan: SitePlan,
    raw: Mapping[str, Path],
    extra: Mapping[str, bytes],
    previous: Path,
    stage: Path,
    *,
    locate: Locate | None = None,
) -> list[Problem]:
    """Assemble the site in ``stage`` and return what is wrong with it.

    ``raw`` has the engine's output per language; pages that the plan lacks stay out. ``extra`` are
    further files (path in the site -> content). ``previous`` is the published site, if there is
    one. Nothing but ``stage`` is written, and it is begun anew. Publish it (``exchange``) only if
    no problem came back. Raises BuildError if a planned page is missing or the disk refuses, and
    ValueError if two sources claim one path (a mistake in the program).
    """
    remove_tree(stage)
    staging = _Staging(stage, previous)
    try:
        for path, content in _all_files(plan, raw, extra):
            staging.put(path, content)
    except OSError as error:
        raise BuildError(
            f"cannot write {error.filename or stage}: {error.strerror}; check free space and"
            " permissions, then build again"
        ) from error
    prefix = f"{stage.parent.name}/{stage.name}/"
    problems = check_links(
        staging.pages,
        staging.styles,
        staging.paths,
        plan.site_url,
        lambda path: (stage / path).read_text("utf-8"),
        prefix=prefix,
        locate=locate,
    )
    return list(ordered(problems))


def _all_files(
    plan: SitePlan, raw: Mapping[str, Path], extra: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    for language in plan.languages:
        yield from _language_files(plan, language, raw[language])
    for path, content in sorted(sitemaps(plan).items()):
        yield path, content
    for path in sorted(extra):
        if not safe_path(path):
            raise ValueError(f"not a plain relative path: {path!r}")
        content = extra[path]
        if path.endswith(".html"):
            content = protected(content.decode()).encode()
        yield path, content


def _language_files(plan: SitePlan, language: str, raw: Path) -> Iterator[tuple[str, bytes]]:
    planned = {page_file(url) for url in plan.pages[language]}
    missing = set(planned)
    for folder, names, files in os.walk(raw):
        names.sort()
        for name in sorted(files):
            file = Path(folder, name)
            path = file.relative_to(raw).as_posix()
            if name.endswith(".html"):
                if path not in planned and path != "404.html":
                    continue
                missing.discard(path)
                html = file.read_text("utf-8")
                yield f"{language}/{path}", protected(repaired(html, language)).encode()
            elif _used(path):
                yield f"{language}/{path}", file.read_bytes()
    if missing:
        raise BuildError(
            f"{raw}: MkDocs wrote no {sorted(missing)[0]} ({len(missing)} pages missing); remove"
            f" {raw.parent} and build again"
        )


def page_file(url: str) -> str:
    """Return the file of an address: ``things/north/`` is ``things/north/index.html``."""
    return f"{url}index.html" if not url or url.endswith("/") else url


def _used(path: str) -> bool:
    return not (
        path.startswith(_UNUSED_FOLDERS) or path.endswith(_UNUSED_ENDINGS) or path in _UNUSED_FILES
    )


@dataclass(slots=True)
class _Staging:
    """The stage as it fills, and what the link check needs to know of it."""

    stage: Path
    previous: Path
    paths: set[str] = field(default_factory=set)
    pages: dict[str, Found] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)

    def put(self, path: str, content: bytes) -> None:
        """Stage a file: a link to the previous site's where that has the same bytes."""
        if path in self.paths:
            raise ValueError(f"two files for one address: {path!r}")
        self.paths.add(path)
        if path.endswith(".html"):
            self.pages[path] = scan(content.decode("utf-8", "replace"))
        elif path.endswith(".css"):
            self.styles[path] = content.decode("utf-8", "replace")
        self._make_folder(path.rpartition("/")[0])
        target = self.stage / path
        if not _linked(self.previous / path, target, content):
            target.write_bytes(content)

    def _make_folder(self, folder: str) -> None:
        if folder not in self.folders:
            (self.stage / folder).mkdir(parents=True, exist_ok=True)
            self.folders.update({folder, *parents([f"{folder}/x"])})


def _linked(old: Path, new: Path, content: bytes) -> bool:
    """Link ``new`` to ``old`` if that holds the content; return False if it must be written."""
    try:
        if old.is_symlink() or old.stat().st_size != len(content) or old.read_bytes() != content:
            return False
        new.hardlink_to(old)
    except OSError:  # no such file, or a file system without links
        return False
    return True
