"""The commands ``release``, which publishes a version of the data, and ``checked``."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.checks import check_store
from generator.dating import write_logs
from generator.errors import BuildError, ContentError, UsageError, shown
from generator.history import state_of, with_checked
from generator.inspect import find_entry
from generator.loading import read
from generator.model.release import SORTS, Release, is_version, version_key
from generator.output import write_texts
from generator.project import Project
from generator.released import Kept, changes, kept_text, read_kept, snapshot
from generator.store import Store, read_store

NAME = "releases.yaml"
_HEAD = (
    "# Written by the command release: what each release of the data added, changed, removed and\n"
    "# renamed, by kind, with the ids of the time.\n"
)
# More is no snapshot of any content that can be read.
_MOST_BYTES = 256 * 1024 * 1024


def make_release(project: Project, version: str, day: datetime.date) -> list[str]:
    """Write down that the data as they are now are a version; return what it changes, in words.

    ContentError if the content has problems; UsageError if the version cannot be given, nothing
    has changed since the last release, or the history is behind.
    """
    store = read(project)
    problems = check_store(store)
    if any(problem.severity == "error" for problem in problems):
        raise ContentError(problems)
    if not store.history or any(problem.rule == "stale-history" for problem in problems):
        raise UsageError("the history is behind; run the command history first")
    last = next(reversed(store.releases), None)
    _refuse(store, version, last, day)
    before, after = _last_kept(project, last), snapshot(store)
    found = changes(before, after)
    if not found:
        raise UsageError(f"nothing has changed since {last}")
    if last and "added" in found and version_key(version)[:2] == version_key(last)[:2]:
        raise UsageError(f"records were added since {last}: the second number goes up")
    logs = {key: line.log for key, line in store.history.items()}
    said = {"published": day.isoformat(), "state": state_of(logs), **found}
    Release.model_validate(said)
    path = project.content / NAME
    releases = path.read_text("utf-8") if path.exists() else _HEAD
    files = {
        path: releases + "".join(_lines(version, said)),
        project.content / "site.yaml": _with_version(project, store, version),
        project.releases / "last.jsonl": kept_text(after),
    }
    named = {one.relative_to(project.root).as_posix(): text for one, text in files.items()}
    write_texts(project.root, named)
    return [f"{sort}: {sum(map(len, found[sort].values()))}" for sort in SORTS if sort in found]


def _refuse(store: Store, version: str, last: str | None, day: datetime.date) -> None:
    """UsageError for a version that is none, exists or is not above all others; or an early day."""
    if not is_version(version):
        raise UsageError(f"{shown(version)} is not a version: three numbers, such as 1.0.0")
    if version in store.releases:
        raise UsageError(f"{version} has been released")
    named = last or (store.site.version if store.site else None)
    if named is not None and version_key(version) < version_key(named):
        raise UsageError(f"{version} is not above {named}")
    if last is not None and day < store.releases[last].release.published.first:
        raise UsageError(f"{day} is before the release {last}")


def _last_kept(project: Project, last: str | None) -> Mapping[str, Kept]:
    """What all records said at the last release; nothing before the first."""
    if last is None:
        return {}
    path = project.releases / "last.jsonl"
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(_MOST_BYTES + 1)
        if len(text) > _MOST_BYTES:
            raise ValueError("it is too long")
        return read_kept(text)
    except (OSError, ValueError) as error:
        name = path.relative_to(project.root).as_posix()
        raise BuildError(f"cannot read what {last} said in {name}: {error}") from error


def _lines(version: str, said: Mapping[str, Any]) -> Iterator[str]:
    yield f"{version}:\n"
    for name, value in said.items():
        if isinstance(value, str):
            yield f"  {name}: {json.dumps(value)}\n" if name == "state" else f"  {name}: {value}\n"
            continue
        yield f"  {name}:\n"
        for kind, ids in value.items():
            if name != "changed":
                yield f"    {kind}: {_flow(ids)}\n"
                continue
            yield f"    {kind}:\n"
            yield from (f"      {one}: {_flow(fields)}\n" for one, fields in ids.items())


def _flow(value: Any) -> str:
    """A value in the flow style of YAML; ids are plain, all other texts quoted."""
    match value:
        case list():
            return "[" + ", ".join(value) + "]"
        case dict():
            return "{" + ", ".join(f"{key}: {_side(inner)}" for key, inner in value.items()) + "}"
    raise TypeError(type(value).__name__)


def _side(value: Any) -> str:
    if isinstance(value, dict):
        sides = (f"{key}: {json.dumps(text, ensure_ascii=False)}" for key, text in value.items())
        return "{" + ", ".join(sides) + "}"
    return str(value)


def _with_version(project: Project, store: Store, version: str) -> str:
    """The settings with the version in its place, all else as it stands there."""
    with (project.content / "site.yaml").open(encoding="utf-8", newline="") as file:
        text = file.read()
    node, site = store.site_node, store.site
    if node is None or site is None or site.version is None:
        return text + ("" if text.endswith("\n") else "\n") + f"version: {version}\n"
    place = node.at(("version",)).place
    lines = text.split("\n")
    line, at = lines[place.line - 1], place.column - 1
    lines[place.line - 1] = line[:at] + line[at:].replace(site.version, version, 1)
    return "\n".join(lines)


def note_checked(project: Project, identifiers: Sequence[str], day: datetime.date) -> list[str]:
    """Note that a person compared these records with their sources; return the ids noted.

    UsageError for an id that no record has, or a record of which the history is behind.
    """
    store = read_store(project.content)
    if store.problems:
        raise ContentError(store.problems)
    ids = [find_entry(store, identifier).id for identifier in dict.fromkeys(identifiers)]
    logs = with_checked(store, ids, day)
    if logs is None:
        raise UsageError("the history is behind; run the command history first")
    write_logs(project, logs)
    return ids
