"""The stage: a second tree of the site, brought up to date file by file, then exchanged with it.

Making thousands of folders and links costs more than all the rest of a small rebuild. So the stage
is not begun anew: after an exchange it is the former site, and only what differs is replaced in it.
An unchanged file is a hard link to that of the published site. Whatever a killed build left in the
stage is noticed, because every file is compared.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.finish_links import Found, scan
from generator.output import parents

# Size, time of change in ns, and inode of a file.
State = tuple[int, int, int]
_TEMPORARY = ".staging"


@dataclass(frozen=True, slots=True)
class Seen:
    """A staged file: the states of its raw file, if any, and of itself, and what is on it."""

    raw: State | None
    site: State
    found: Found | None
    style: str | None


@dataclass(slots=True)
class Known:
    """What was staged the last time, by path in the site."""

    files: dict[str, Seen] = field(default_factory=dict)


@dataclass(slots=True)
class Listed:
    """The plain files below a folder with their states, its folders, and whatever else is there."""

    files: dict[str, State] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    foreign: list[str] = field(default_factory=list)


def listed(root: Path) -> Listed:
    """List a folder without following links; nothing if there is none. Raises OSError."""
    found = Listed()
    if root.is_dir() and not root.is_symlink():
        _list(str(root), "", found)
    return found


def _list(base: str, prefix: str, found: Listed) -> None:
    with os.scandir(base) as entries:
        for entry in entries:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                found.folders.add(path)
                _list(entry.path, f"{path}/", found)
            elif entry.is_file(follow_symlinks=False):
                state = entry.stat(follow_symlinks=False)
                found.files[path] = state.st_size, state.st_mtime_ns, state.st_ino
            else:
                found.foreign.append(path)


class Staging:
    """The stage as it fills, and what the link check needs to know of it."""

    def __init__(self, stage: Path, previous: Path, known: Known) -> None:
        self._stage = stage
        self._previous = previous
        self._before: Mapping[str, Seen] = known.files
        if stage.is_symlink() or stage.is_file():
            stage.unlink()
        stage.mkdir(parents=True, exist_ok=True)
        (stage / _TEMPORARY).unlink(missing_ok=True)
        self._there = listed(stage)
        self._site = listed(previous)
        self._changed: set[str] = set()
        for path in self._there.foreign:
            (stage / path).unlink()
        self.seen: dict[str, Seen] = {}
        self.pages: dict[str, Found] = {}
        self.styles: dict[str, str] = {}

    def put_raw(
        self, path: str, raw: Path, state: State, finished: Callable[[bytes], bytes]
    ) -> None:
        """Stage a file of the engine; if neither it nor what came of it has changed, unread."""
        before = self._before.get(path)
        if before is None or before.raw != state or self._site.files.get(path) != before.site:
            self.put(path, finished(raw.read_bytes()), state)
        else:
            self._refuse_second(path)
            self._link(path)
            self._note(path, before)

    def put(self, path: str, content: bytes, raw: State | None = None) -> None:
        """Stage a file: a link to the previous site's where that has the same bytes."""
        self._refuse_second(path)
        old = self._site.files.get(path)
        is_same = old is not None and old[0] == len(content)
        if is_same and (self._previous / path).read_bytes() == content and self._link(path):
            state = old
        else:
            state = self._write(path, content)
            self._changed.add(path)
        before = self._before.get(path)
        if before is not None and before.site == state:
            self._note(path, Seen(raw, before.site, before.found, before.style))
        else:
            self._note(path, _looked_at(path, content, raw, state or (0, 0, 0)))

    def keep_all_but(self, languages: Collection[str]) -> None:
        """Stage what the previous site has besides these languages and what is staged already."""
        for path in sorted(self._site.files):
            if path not in self.seen and path.partition("/")[0] not in languages:
                self.put(path, (self._previous / path).read_bytes())

    def close(self) -> None:
        """Remove what the stage has beyond what was put there."""
        for path in self._there.files.keys() - self.seen.keys():
            (self._stage / path).unlink()
        for path in sorted(self._there.folders - parents(self.seen), reverse=True):
            (self._stage / path).rmdir()

    def to_check(self) -> Collection[str] | None:
        """The pages whose links to look at; None for all, since something has gone."""
        if not self._before:
            return None
        for path, before in self._before.items():
            after = self.seen.get(path)
            if after is None:
                return None
            if before is after or before.found is None:
                continue
            if after.found is None or before.found.ids - after.found.ids:
                return None
        return {path for path in self.pages if path in self._changed or path not in self._before}

    def _refuse_second(self, path: str) -> None:
        if path in self.seen:
            raise ValueError(f"two files for one address: {path!r}")

    def _link(self, path: str) -> bool:
        """Let the staged file be that of the site; False where the system has no links."""
        if self._there.files.get(path) == self._site.files[path]:
            return True
        temporary = self._stage / _TEMPORARY
        try:
            temporary.unlink(missing_ok=True)
            temporary.hardlink_to(self._previous / path)
        except OSError:
            return False
        self._make_way(path)
        temporary.replace(self._stage / path)
        return True

    def _write(self, path: str, content: bytes) -> State:
        """Write beside the place, then rename: what is there may be a file of the site."""
        temporary = self._stage / _TEMPORARY
        temporary.unlink(missing_ok=True)
        temporary.write_bytes(content)
        self._make_way(path)
        temporary.replace(self._stage / path)
        state = (self._stage / path).lstat()
        return state.st_size, state.st_mtime_ns, state.st_ino

    def _make_way(self, path: str) -> None:
        """Make the folders of a path, in place of files that have their names."""
        if path in self._there.folders:
            for inner in [one for one in self._there.files if one.startswith(f"{path}/")]:
                (self._stage / inner).unlink()
                del self._there.files[inner]
            below = (one for one in self._there.folders if f"{one}/".startswith(f"{path}/"))
            for folder in sorted(below, reverse=True):
                (self._stage / folder).rmdir()
                self._there.folders.discard(folder)
        for folder in sorted(parents([path]) - self._there.folders):
            if self._there.files.pop(folder, None):
                (self._stage / folder).unlink()
            (self._stage / folder).mkdir()
            self._there.folders.add(folder)

    def _note(self, path: str, seen: Seen) -> None:
        self.seen[path] = seen
        if seen.found is not None:
            self.pages[path] = seen.found
        if seen.style is not None:
            self.styles[path] = seen.style


def _looked_at(path: str, content: bytes, raw: State | None, state: State) -> Seen:
    found = style = None
    if path.endswith(".html"):
        found = scan(content.decode("utf-8", "replace"))
    elif path.endswith(".css"):
        style = content.decode("utf-8", "replace")
    return Seen(raw, state, found, style)
