"""To object storage by rclone: first what pages need, then pages, then what is no more goes.

Storage has no step that changes all files at once. This order keeps every page whole that a reader
may get meanwhile: what it asks for is there before it, and goes after it. A publication that breaks
off leaves pages of both states, all of them whole; the next one mends that.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.errors import BuildError, UsageError, shown
from generator.finish_assets import ENGINE_FOLDERS, OWN_FOLDERS
from generator.finish_headers import FOR_EVER
from generator.manifest import MANIFEST, read_manifest
from generator.output import listed
from generator.publishing import Runner, release_of

#: For all files that may be others tomorrow: kept, but asked about before they are used.
ASK_FIRST = "public, no-cache"

# What tables of types lack or leave without a character set (IANA media types).
_TYPES = {
    "": "text/plain; charset=utf-8",
    "atom": "application/atom+xml",
    "bib": "application/x-bibtex; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "png": "image/png",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "sqlite": "application/vnd.sqlite3",
    "svg": "image/svg+xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "woff2": "font/woff2",
    "xml": "application/xml",
    "zip": "application/zip",
}
_OTHER = "application/octet-stream"
# What rclone ends with where nothing was ever put: there is no such folder yet.
_NOTHING_THERE = 3
# The order in which files are sent.
_ASSETS, _FILES, _PAGES, _LAST = range(4)


@dataclass(frozen=True, order=True, slots=True)
class Batch:
    """What is sent together: when, and with which headers."""

    order: int
    cache: str
    media_type: str


def is_named_for_ever(path: str) -> bool:
    """Whether the name of a file in the site says its content."""
    folders = (*OWN_FOLDERS, *ENGINE_FOLDERS)
    return path.startswith(folders) or path.partition("/")[2].startswith(folders)


def batch_of(path: str) -> Batch:
    """When and how a file of the site is sent."""
    stem, dot, ending = path.rpartition("/")[2].rpartition(".")
    media_type = _TYPES.get(ending if dot and stem else "", _OTHER)
    if is_named_for_ever(path):
        return Batch(_ASSETS, FOR_EVER, media_type)
    if path == MANIFEST:
        return Batch(_LAST, ASK_FIRST, media_type)
    return Batch(_PAGES if ending == "html" else _FILES, ASK_FIRST, media_type)


def publish_to_storage(site: Path, destination: str, runner: Runner) -> str:
    """Publish a site to ``remote:bucket/path``; return the name of its release.

    Style sheets and scripts of the publication before this one stay until the next, for whoever has
    one of its pages open. Raises BuildError and UsageError.
    """
    if destination.startswith("-") or not destination:
        raise UsageError(f"{shown(destination)} is not REMOTE:BUCKET/PATH")
    name = release_of(site)
    files = sorted(listed(site).files)
    batches: dict[Batch, list[str]] = {}
    for path in files:
        batches.setdefault(batch_of(path), []).append(path)
    with tempfile.TemporaryDirectory(prefix="publish-") as folder:
        work = Path(folder)
        command = ["rclone", "lsf", destination, "--recursive", "--files-only"]
        found = runner.run("looking at what is there", command, fine=(0, _NOTHING_THERE))
        before = set(found.splitlines())
        kept = _assets_before(destination, before, work, runner)
        for number, (batch, paths) in enumerate(sorted(batches.items())):
            wanted = _written(work / f"batch-{number}", paths)
            title = f"sending {len(paths)}: {batch.media_type}, {batch.cache}"
            runner.run(title, _send(site, destination, wanted, batch))
        check = ["rclone", "check", str(site), destination, "--one-way"]
        runner.run("checking every file", check)
        gone = sorted(before - set(files) - kept)
        if gone:
            wanted = _written(work / "gone", gone)
            command = ["rclone", "delete", destination, "--files-from-raw", str(wanted)]
            runner.run(f"removing what is no more: {len(gone)}", command)
    return name


def _assets_before(destination: str, there: set[str], work: Path, runner: Runner) -> set[str]:
    """Assets of the publication before, by its manifest; none if that cannot be read."""
    if MANIFEST not in there:
        return set()
    manifest = work / MANIFEST
    command = ["rclone", "copyto", f"{destination.rstrip('/')}/{MANIFEST}", str(manifest)]
    runner.run("looking at the publication before", command)
    try:
        return {path for path in read_manifest(manifest) if is_named_for_ever(path)}
    except BuildError:
        return set()


def _send(site: Path, destination: str, wanted: Path, batch: Batch) -> list[str]:
    return [
        *("rclone", "copy", str(site), destination, "--files-from-raw", str(wanted)),
        *("--checksum", "--header-upload", f"Content-Type: {batch.media_type}"),
        *("--header-upload", f"Cache-Control: {batch.cache}"),
    ]


def _written(path: Path, lines: Iterable[str]) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path
