"""From the engine's raw HTML of all languages to the staged site, checked as a whole.

Raw files are only read: ``--dirty`` writes into them in place, so a hard link to one would change
the published site. What has not changed is a hard link to the previous site instead.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import BuildError, Problem, ordered
from generator.finish_html import protected, repaired
from generator.finish_links import Found, Locate, check_links, scan
from generator.finish_sitemaps import SitePlan, sitemaps
from generator.output import parents, remove_tree, safe_path

__all__ = ["Known", "SitePlan", "finish"]

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
    known: Known | None = None,
    locate: Locate | None = None,
) -> list[Problem]:
    """Assemble the site in ``stage`` and return what is wrong with it.

    ``raw`` has the engine's output per language; pages that the plan lacks stay out. ``extra`` are
    further files (path in the site -> content). ``previous`` is the published site, if there is
    one; what it has of languages that ``raw`` lacks stays as it is. ``known`` remembers what was
    staged, so that the next time unchanged files are neither read nor checked; forget it unless
    the stage is published. Nothing but ``stage`` is written, and it is begun anew. Publish it
    (``exchange``) only if no problem came back. Raises BuildError if a planned page is missing or
    the disk refuses, and ValueError if two sources claim one path (a mistake in the program).
    """
    remove_tree(stage)
    known = known if known is not None else Known()
    staging = _Staging(stage, previous, known.files)
    try:
        for language in plan.languages:
            if language in raw:
                _stage_language(staging, plan, language, raw[language])
        for path, content in (*sorted(_sitemaps(plan, raw).items()), *sorted(_protected(extra))):
            staging.put(path, content)
        if len(raw) < len(plan.languages):
            staging.keep_all_but(raw)
    except OSError as error:
        raise BuildError(
            f"cannot write {error.filename or stage}: {error.strerror}; check free space and"
            " permissions, then build again"
        ) from error
    problems = check_links(
        staging.pages,
        staging.styles,
        staging.paths,
        plan.site_url,
        lambda path: (stage / path).read_text("utf-8"),
        prefix=f"{stage.parent.name}/{stage.name}/",
        only=staging.to_check(),
        absent=[code for code in plan.languages if f"{code}/index.html" not in staging.paths],
        locate=locate,
    )
    known.files = staging.seen
    return list(ordered(problems))


def _sitemaps(plan: SitePlan, raw: Mapping[str, Path]) -> dict[str, bytes]:
    """The sitemaps of the languages that are built, and those of the whole site if all are."""
    found = sitemaps(plan)
    if len(raw) == len(plan.languages):
        return found
    return {path: text for path, text in found.items() if path.partition("/")[0] in raw}


def _protected(extra: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for path, content in extra.items():
        if not safe_path(path):
            raise ValueError(f"not a plain relative path: {path!r}")
        yield path, protected(content.decode()).encode() if path.endswith(".html") else content


def _stage_language(staging: _Staging, plan: SitePlan, language: str, raw: Path) -> None:
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
                staging.put_raw(
                    f"{language}/{path}",
                    file,
                    lambda data: protected(repaired(data.decode(), language)).encode(),
                )
            elif _used(path):
                staging.put_raw(f"{language}/{path}", file, lambda data: data)
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


# Size, time of change and inode of a file.
_State = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A staged file: the states of its raw file, if any, and of itself, and what is on it."""

    raw: _State | None
    site: _State
    found: Found | None
    style: str | None


@dataclass(slots=True)
class Known:
    """What was staged the last time, by path in the site."""

    files: dict[str, _Seen] = field(default_factory=dict)


@dataclass(slots=True)
class _Staging:
    """The stage as it fills, and what the link check needs to know of it."""

    stage: Path
    previous: Path
    before: Mapping[str, _Seen]
    seen: dict[str, _Seen] = field(default_factory=dict)
    paths: set[str] = field(default_factory=set)
    pages: dict[str, Found] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)

    def put_raw(self, path: str, raw: Path, finished: Callable[[bytes], bytes]) -> None:
        """Stage a file of the engine; if neither it nor what came of it has changed, unread."""
        state = _state(raw)
        before = self.before.get(path)
        if before is not None and before.raw == state and self._is_linked(path, before):
            self._note(path, before)
        else:
            self.put(path, finished(raw.read_bytes()), state)

    def put(self, path: str, content: bytes, raw: _State | None = None) -> None:
        """Stage a file: a link to the previous site's where that has the same bytes."""
        target = self._target(path)
        if not _linked(self.previous / path, target, content):
            target.write_bytes(content)
            self.changed.add(path)
        self._note(path, self._looked_at(path, content, raw))

    def keep_all_but(self, languages: Collection[str]) -> None:
        """Stage what the previous site has besides these languages and what is staged already."""
        for folder, names, files in os.walk(self.previous):
            names.sort()
            for name in sorted(files):
                file = Path(folder, name)
                path = file.relative_to(self.previous).as_posix()
                if path not in self.paths and path.partition("/")[0] not in languages:
                    self.put(path, file.read_bytes())

    def to_check(self) -> Collection[str] | None:
        """The pages whose links to look at; None for all, since something has gone."""
        for path, before in self.before.items():
            after = self.seen.get(path)
            if after is None or (
                before.found is not None
                and (after.found is None or before.found.ids - after.found.ids)
            ):
                return None
        if not self.before:
            return None
        return {path for path in self.pages if path in self.changed or path not in self.before}

    def _target(self, path: str) -> Path:
        if path in self.paths:
            raise ValueError(f"two files for one address: {path!r}")
        self._make_folder(path.rpartition("/")[0])
        return self.stage / path

    def _is_linked(self, path: str, before: _Seen) -> bool:
        """Link to the file of the previous site, if that is the one that was staged."""
        old = self.previous / path
        try:
            if _state(old) != before.site:
                return False
            self._target(path).hardlink_to(old)
        except OSError:
            return False
        return True

    def _note(self, path: str, seen: _Seen) -> None:
        self.paths.add(path)
        self.seen[path] = seen
        if seen.found is not None:
            self.pages[path] = seen.found
        if seen.style is not None:
            self.styles[path] = seen.style

    def _looked_at(self, path: str, content: bytes, raw: _State | None) -> _Seen:
        found = style = None
        if path.endswith(".html"):
            found = scan(content.decode("utf-8", "replace"))
        elif path.endswith(".css"):
            style = content.decode("utf-8", "replace")
        return _Seen(raw, _state(self.stage / path), found, style)

    def _make_folder(self, folder: str) -> None:
        if folder not in self.folders:
            (self.stage / folder).mkdir(parents=True, exist_ok=True)
            self.folders.update({folder, *parents([f"{folder}/x"])})


def _state(path: Path) -> _State:
    state = path.lstat()
    return state.st_size, state.st_mtime_ns, state.st_ino


def _linked(old: Path, new: Path, content: bytes) -> bool:
    """Link ``new`` to ``old`` if that holds the content; return False if it must be written."""
    try:
        if old.is_symlink() or old.stat().st_size != len(content) or old.read_bytes() != content:
            return False
        new.hardlink_to(old)
    except OSError:  # no such file, or a file system without links
        return False
    return True
