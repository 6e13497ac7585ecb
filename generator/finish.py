"""From the engine's raw HTML of all languages to the staged site, checked as a whole.

Raw files are only read: ``--dirty`` writes into them in place, so a hard link to one would change
the published site. What has not changed is a hard link to the previous site instead.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from generator.errors import BuildError, Problem, ordered
from generator.finish_assets import is_own, named, renamed
from generator.finish_headers import HEADERS, headers
from generator.finish_html import protected, repaired
from generator.finish_languages import settled
from generator.finish_links import Locate, check_links
from generator.finish_sitemaps import SitePlan, sitemaps
from generator.finish_staging import Known, Staging
from generator.manifest import MANIFEST, manifest_text
from generator.output import State, listed, safe_path

__all__ = ["Known", "SitePlan", "finish", "joined"]

#: What the theme ships and a site without its search plugin never asks for: 2.3 MB a language.
_UNUSED_FOLDERS = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
_UNUSED_ENDINGS = (".map", ".md")
# The engine's: our sitemaps know languages, and our search has an index of its own.
_UNUSED_FILES = frozenset({"search.json", "sitemap.xml", "sitemap.xml.gz"})


def finish(
    plan: SitePlan,
    raw: Mapping[str, Path],
    extra: Mapping[str, bytes],
    previous: Path,
    stage: Path,
    *,
    kept: Mapping[str, Callable[[], bytes]] | None = None,
    known: Known | None = None,
    locate: Locate | None = None,
    promised: Collection[str] = (),
) -> list[Problem]:
    """Assemble the site in ``stage`` and return what is wrong with it.

    ``raw`` has the engine's output per language; pages that the plan lacks stay out. ``extra`` are
    further files (path in the site -> content), ``kept`` those of them that are as ``known`` has
    them, each with what makes it should it be gone, ``promised`` the paths of those that the caller
    puts into the stage afterwards. ``previous`` is the published site, if there is
    one; what it has of languages that ``raw`` lacks stays as it is. ``known`` remembers what was
    staged, so that the next time unchanged files are neither read nor checked; forget it unless
    the stage is published. Nothing but ``stage`` is written, which may hold a former site.
    Publish it (``exchange``) only if no problem came back. Raises BuildError if a planned page is
    missing or the disk refuses, and ValueError if two sources claim one path (a mistake in the
    program).
    """
    known = known if known is not None else Known()
    try:
        files = {code: listed(folder).files for code, folder in raw.items()}
        assets = {code: _assets(folder, files[code]) for code, folder in raw.items()}
        assets[""] = named({path: extra[path] for path in extra if is_own(path)})
        names = {
            code: {path: name for path, (name, _) in found.items()}
            for code, found in assets.items()
        }
        if any(known.names.get(code, found) != found for code, found in names.items()):
            known.files = {}  # pages name other assets, though their raw files are the same
        staging = Staging(stage, previous, known)
        for language in plan.languages:
            if language in raw:
                _stage_language(
                    staging,
                    plan,
                    language,
                    raw[language],
                    files=files[language],
                    finished=_finished(language, names[language]),
                )
        others = {path: content for path, content in extra.items() if not is_own(path)}
        whole = (*_sitemaps(plan, raw, known).items(), *_protected(others, names[""]))
        for path, content in (*sorted(whole), *_placed(assets)):
            staging.put(path, content)
        for path, make in sorted((kept or {}).items()):
            staging.keep(path, make)
        if len(raw) < len(plan.languages):
            staging.keep_all_but(raw, later=(HEADERS, MANIFEST))
        _close(staging, plan)
    except OSError as error:
        raise _refused(stage, error) from error
    left_out = [language for language in plan.languages if language not in raw]
    problems = _dead_links(
        staging, plan, stage, promised=promised, unjudged=left_out, locate=locate
    )
    known.files, known.names = staging.seen, {**known.names, **names}
    return problems


def joined(plan: SitePlan, parts: Mapping[str, Path], previous: Path, stage: Path) -> list[Problem]:
    """Assemble the site in ``stage`` from files that are finished already (path -> file).

    What says something of the whole site is written anew. Returns what is wrong with its links.
    Raises BuildError if the disk refuses.
    """
    try:
        staging = Staging(stage, previous, Known())
        for path, file in sorted(parts.items()):
            staging.put(path, file.read_bytes())
        for path, content in sitemaps(plan).items():
            if "/" not in path:
                staging.put(path, content)
        _close(staging, plan)
    except OSError as error:
        raise _refused(stage, error) from error
    return _dead_links(staging, plan, stage)


def _close(staging: Staging, plan: SitePlan) -> None:
    """Stage what tells of all other files, and nothing else."""
    staging.put(HEADERS, headers(plan.site_url, plan.languages, staging.policies()))
    staging.put(MANIFEST, manifest_text(staging.digests()))
    staging.close()


def _refused(stage: Path, error: OSError) -> BuildError:
    return BuildError(
        f"cannot write {error.filename or stage}: {error.strerror}; check free space and"
        " permissions, then build again"
    )


def _dead_links(
    staging: Staging,
    plan: SitePlan,
    stage: Path,
    *,
    promised: Collection[str] = (),
    unjudged: Collection[str] = (),
    locate: Locate | None = None,
) -> list[Problem]:
    problems = check_links(
        staging.pages,
        staging.styles,
        staging.seen.keys() | set(promised),
        plan.site_url,
        lambda path: (stage / path).read_text("utf-8"),
        prefix=f"{stage.parent.name}/{stage.name}/",
        only=staging.to_check(),
        unjudged=unjudged,
        locate=locate,
    )
    return list(ordered(problems))


def _sitemaps(plan: SitePlan, raw: Mapping[str, Path], known: Known) -> Mapping[str, bytes]:
    """The sitemaps of the languages that are built, and those of the whole site if all are."""
    if known.sitemaps is None or known.sitemaps[0] != plan:
        known.sitemaps = (plan, sitemaps(plan))
    found = known.sitemaps[1]
    if len(raw) == len(plan.languages):
        return found
    return {path: text for path, text in found.items() if path.partition("/")[0] in raw}


def _assets(raw: Path, files: Mapping[str, State]) -> dict[str, tuple[str, bytes]]:
    """The project's own style sheets and scripts in a language, under their names in the site."""
    return named({path: (raw / path).read_bytes() for path in sorted(files) if is_own(path)})


def _placed(assets: Mapping[str, Mapping[str, tuple[str, bytes]]]) -> Iterator[tuple[str, bytes]]:
    for code, found in assets.items():
        for name, content in found.values():
            yield f"{code}/{name}" if code else name, content


def _protected(extra: Mapping[str, bytes], names: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    for path, content in extra.items():
        if not safe_path(path):
            raise ValueError(f"not a plain relative path: {path!r}")
        yield path, _last(content.decode(), names) if path.endswith(".html") else content


def _last(html: str, names: Mapping[str, str]) -> bytes:
    """What is done to every page, whoever wrote it."""
    return protected(renamed(settled(html), names)).encode()


def _stage_language(
    staging: Staging,
    plan: SitePlan,
    language: str,
    raw: Path,
    *,
    files: Mapping[str, State],
    finished: Callable[[bytes], bytes],
) -> None:
    planned = {page_file(url) for url in plan.pages[language]}
    missing = set(planned)
    for path in sorted(files):
        is_page = path.endswith(".html")
        if is_page:
            if path not in planned and path != "404.html":
                continue
            missing.discard(path)
        elif not _used(path):
            continue
        made = finished if is_page else bytes
        staging.put_raw(f"{language}/{path}", raw / path, files[path], made)
    if missing:
        raise BuildError(
            f"{raw}: MkDocs wrote no {sorted(missing)[0]} ({len(missing)} pages missing); remove"
            f" {raw.parent} and build again"
        )


def _finished(language: str, names: Mapping[str, str]) -> Callable[[bytes], bytes]:
    return lambda data: _last(repaired(data.decode(), language), names)


def page_file(url: str) -> str:
    """Return the file of an address: ``things/north/`` is ``things/north/index.html``."""
    return f"{url}index.html" if not url or url.endswith("/") else url


def _used(path: str) -> bool:
    return not (
        path.startswith(_UNUSED_FOLDERS)
        or path.endswith(_UNUSED_ENDINGS)
        or path in _UNUSED_FILES
        or is_own(path)  # staged under another name
    )
