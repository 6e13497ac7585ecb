"""What is known of a language's last engine run, and how little the next one may do.

The record is removed when a run starts and written when it ended well. Without it, or if anything
differs that the engine itself would not notice, the next run is a full one.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

_RECORD = "clean.json"
_TICK = 1_000_000  # ns; more than MkDocs loses by comparing times as floating point numbers


class Mode(Enum):
    """What the engine has to do."""

    NOTHING = "nothing"
    CHANGED = "changed"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do for a language folder, and what to record once it is done.

    ``engine`` is a hash of everything but the documents, ``docs`` holds a hash of each of them.
    """

    mode: Mode
    engine: str
    docs: Mapping[str, str]


def plan(folder: Path, fingerprint: str, epoch: int) -> Plan:
    """Return the least work that gives what a full build would, and make MkDocs see it.

    MkDocs compares times alone, so it would miss a file with other bytes and an old time (a
    restored copy, a clock set back): such files get a time after everything in ``raw``. It never
    removes the output of a page or asset that is gone, so that needs a full build; so does output
    that is not as the last run left it. Raises OSError.
    """
    engine = engine_of(folder, fingerprint, epoch)
    docs = {path: _hash(folder / "docs" / path) for path, _ in _files(folder / "docs")}
    record = _load(folder)
    if record is None or record.engine != engine or record.docs.keys() - docs.keys():
        return Plan(Mode.FULL, engine, docs)
    raw = dict(_files(folder / "raw"))
    if record.raw != _digest(raw):
        return Plan(Mode.FULL, engine, docs)
    changed = [path for path, content in docs.items() if record.docs.get(path) != content]
    newest = max((entry.st_mtime_ns for entry in raw.values()), default=0) + _TICK
    for path in changed:
        file = folder / "docs" / path
        if file.stat().st_mtime_ns < newest:
            os.utime(file, ns=(newest, newest))
    return Plan(Mode.CHANGED if changed else Mode.NOTHING, engine, docs)


@dataclass(frozen=True, slots=True)
class Known:
    """A language folder whose last run ended well, as it is known in memory.

    ``docs`` holds a hash of each document, ``raw`` the state of each file of the output.
    """

    engine: str
    docs: Mapping[str, str]
    raw: Mapping[str, tuple[int, int]]


def known(folder: Path, fingerprint: str, epoch: int) -> Known | None:
    """Return what is known of a folder that is up to date in all but its documents, else None."""
    try:
        engine = engine_of(folder, fingerprint, epoch)
        raw = dict(_files(folder / "raw"))
    except OSError:
        return None
    record = _load(folder)
    if record is None or record.engine != engine or record.raw != _digest(raw):
        return None
    states = {path: (state.st_size, state.st_mtime_ns) for path, state in raw.items()}
    return Known(engine, record.docs, states)


def advance(folder: Path, before: Known, paths: Sequence[str]) -> Known:
    """Record that the pages of some documents have been built; what is known then.

    Nothing else in the folder is looked at again. Raises OSError.
    """
    docs = {**before.docs, **{path: _hash(folder / "docs" / path) for path in paths}}
    raw = dict(before.raw)
    for path in map(output_of, paths):
        state = (folder / "raw" / path).stat()
        raw[path] = (state.st_size, state.st_mtime_ns)
    _write(folder, before.engine, _digest_of(raw), docs)
    return Known(before.engine, docs, raw)


def output_of(path: str) -> str:
    """The file that MkDocs writes for a document: ``things/index.md`` is ``things/index.html``."""
    stem = Path(path).with_suffix("")
    folder = stem.parent if stem.name == "index" else stem
    return (folder / "index.html").as_posix()


def forget(folder: Path) -> None:
    """Remove the record, before the engine starts. Raises OSError."""
    (folder / _RECORD).unlink(missing_ok=True)


def remember(folder: Path, done: Plan) -> None:
    """Write the record of a run that ended well. Raises OSError."""
    _write(folder, done.engine, _digest(dict(_files(folder / "raw"))), done.docs)


def engine_of(folder: Path, fingerprint: str, epoch: int) -> str:
    """A hash of everything but the documents that decides what the engine writes for a folder."""
    configuration = (folder / "mkdocs.yml").read_bytes()
    return hashlib.sha256(f"{fingerprint} {epoch}\n".encode() + configuration).hexdigest()


def _write(folder: Path, engine: str, raw: str, docs: Mapping[str, str]) -> None:
    record = {"engine": engine, "raw": raw, "docs": docs}
    # Half a record, from a kill in this write, is no JSON and counts as none.
    text = json.dumps(record, indent=0, sort_keys=True, ensure_ascii=False)
    (folder / _RECORD).write_text(text + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class _Record:
    engine: str
    raw: str
    docs: Mapping[str, str]


def _load(folder: Path) -> _Record | None:
    try:
        loaded = json.loads((folder / _RECORD).read_text("utf-8"))
        return _Record(str(loaded["engine"]), str(loaded["raw"]), dict(loaded["docs"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _files(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield each file below a folder, sorted, with its state; nothing if there is no folder.

    Links are followed, as MkDocs does; a link that leads nowhere is left to MkDocs too.
    """
    for folder, names, files in os.walk(root, followlinks=True):
        names.sort()
        for name in sorted(files):
            path = Path(folder, name)
            try:
                yield path.relative_to(root).as_posix(), path.stat()
            except FileNotFoundError:
                continue


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _digest(files: Mapping[str, os.stat_result]) -> str:
    return _digest_of({path: (s.st_size, s.st_mtime_ns) for path, s in files.items()})


def _digest_of(states: Mapping[str, tuple[int, int]]) -> str:
    lines = (f"{path} {size} {time}\n" for path, (size, time) in sorted(states.items()))
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
