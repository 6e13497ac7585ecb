"""The stage: a second tree of the site, brought up to date file by file, then exchanged with it.

Making thousands of folders and links costs more than all the rest of a small rebuild. So the stage
is not begun anew: after an exchange it is the former site, and only what differs is replaced in it.
An unchanged file is a hard link to that of the published site. Whatever a killed build left in the
stage is noticed, because every file is compared.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.finish_html import policy_of
from generator.finish_links import Found, scan
from generator.finish_sitemaps import SitePlan
from generator.manifest import digest
from generator.output import ABSENT, State, listed, parents, state_of

_TEMPORARY = ".staging"


@dataclass(frozen=True, slots=True)
class Seen:
    """A staged file: the states of its raw file, if any, and of itself, and what is on it."""

    raw: State | None
    site: State
    digest: str
    found: Found | None
    style: str | None
    policy: str


@dataclass(slots=True)
class Known:
    """What was staged the last time by path, under which names of assets, and of what plan."""

    files: dict[str, Seen] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sitemaps: tuple[SitePlan, Mapping[str, bytes]] | None = None


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
        self._kept: set[str] = set()
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
        is_same = before is not None and before.raw == state
        if before is not None and is_same and self._is_linked(path, before.site):
            self._note(path, before)
        else:
            self.put(path, finished(raw.read_bytes()), state)

    def keep(self, path: str, make: Callable[[], bytes]) -> None:
        """Stage a file that is as it was published; made again if that has been touched since."""
        before = self._before.get(path)
        if before is not None and self._is_linked(path, before.site):
            self._note(path, before)
        else:
            self.put(path, make())

    def put(self, path: str, content: bytes, raw: State | None = None) -> None:
        """Stage a file: a link to the previous site's where that has the same bytes."""
        state = self._site.files.get(path, ABSENT)
        is_same = state[0] == len(content) and (self._previous / path).read_bytes() == content
        if not (is_same and self._is_linked(path, state)):
            state = self._write(path, content)
        if not is_same:
            self._changed.add(path)
        before = self._before.get(path)
        if before is not None and before.site == state:
            self._note(path, replace(before, raw=raw))
        else:
            self._note(path, _looked_at(path, content, raw, state))

    def keep_all_but(self, languages: Collection[str], later: Collection[str] = ()) -> None:
        """Stage what the previous site has besides these languages and what is staged already.

        Files that come ``later`` are left alone.
        """
        for path in sorted(self._site.files.keys() - set(later)):
            if path not in self.seen and path.partition("/")[0] not in languages:
                self.put(path, (self._previous / path).read_bytes())
                self._kept.add(path)

    def close(self) -> None:
        """Remove what the stage has beyond what was put there."""
        for path in self._there.files.keys() - self.seen.keys():
            (self._stage / path).unlink()
        for path in sorted(self._there.folders - parents(self.seen), reverse=True):
            (self._stage / path).rmdir()

    def digests(self) -> dict[str, str]:
        """The hash of every file that is staged."""
        return {path: seen.digest for path, seen in self.seen.items()}

    def policies(self) -> Collection[str]:
        """The policies of all pages that are staged, each once."""
        return {seen.policy for seen in self.seen.values() if seen.policy}

    def to_check(self) -> Collection[str]:
        """The pages whose links to look at; what is kept from before was looked at then."""
        pages = self.pages.keys() - self._kept
        if self._has_lost():
            return pages
        return {path for path in pages if path in self._changed or path not in self._before}

    def _has_lost(self) -> bool:
        """Whether a file or an id has gone that any page may lead to, or nothing is known."""
        for path, before in self._before.items():
            after = self.seen.get(path)
            if after is None:
                return True
            if before.found is not None and (
                after.found is None or not before.found.ids <= after.found.ids
            ):
                return True
        return not self._before

    def _is_linked(self, path: str, state: State) -> bool:
        """Let the staged file be that of the site; False if that is another, or without links."""
        self._refuse_second(path)
        if self._site.files.get(path) != state:
            return False
        if self._there.files.get(path) == state:
            return True
        temporary = self._stage / _TEMPORARY
        temporary.unlink(missing_ok=True)
        try:
            temporary.hardlink_to(self._previous / path)
        except OSError:
            return False
        self._make_way(path)
        temporary.replace(self._stage / path)
        return True

    def _refuse_second(self, path: str) -> None:
        if path in self.seen:
            raise ValueError(f"two files for one address: {path!r}")

    def _write(self, path: str, content: bytes) -> State:
        """Write beside the place, then rename: what is there may be a file of the site."""
        self._refuse_second(path)
        temporary = self._stage / _TEMPORARY
        temporary.unlink(missing_ok=True)
        temporary.write_bytes(content)
        self._make_way(path)
        temporary.replace(self._stage / path)
        return state_of((self._stage / path).lstat())

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
    stated = ""
    if path.endswith(".html"):
        html = content.decode("utf-8", "replace")
        found, stated = scan(html), sys.intern(policy_of(html))
    elif path.endswith(".css"):
        style = content.decode("utf-8", "replace")
    return Seen(raw, state, digest(content), found, style, stated)
