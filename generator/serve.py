"""Build on every change, and serve what came of it.

When a build fails the problems are printed and shown on the page, and the last good site stays. A
language whose own words are at fault keeps its last good pages while the others are built.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from watchfiles import DefaultFilter, watch

from generator.engine_resident import Residents
from generator.errors import ContentError, GeneratorError, ReportFormat, UsageError, report
from generator.pipeline import Builder, Result
from generator.preview import Marks
from generator.project import Project
from generator.server import Changes, Served, listening
from generator.store import read_store

Say = Callable[[str], None]

# Saves that come together, as from a branch switch, are one rebuild: it waits until nothing was
# saved for a step, but not longer than the debounce.
DEBOUNCE_MS = 600
STEP_MS = 50
# How often the watcher looks whether it was interrupted.
TICK_MS = 300


def serve(
    project: Project,
    host: str,
    port: int,
    say: Say,
    *,
    only: Sequence[str] = (),
    mark: bool = False,
) -> None:
    """Build, serve on ``host:port`` and rebuild on change until interrupted.

    With ``only``, these languages alone are built. With ``mark``, they are built as a preview
    beside the site, with every string marked for translators.
    """
    changes = Changes()
    site = project.site
    marks = Marks() if mark else None
    if mark:
        project = Project(project.root, preview=True)
    with contextlib.suppress(KeyboardInterrupt), contextlib.ExitStack() as stack:
        residents = Residents()
        stack.callback(residents.close)
        builder = Builder(project, residents, marks)
        stack.callback(builder.close)
        rebuilder = Rebuilder(builder, say, changes, only)
        for number, _ in enumerate(rebuilds(project, rebuilder)):
            if number == 0:
                served = Served(
                    project.site,
                    _base(project),
                    project.templates / "preview",
                    changes,
                    behind=site if mark else None,
                    marks=marks,
                )
                address = stack.enter_context(listening(served, host, port))
                say(f"serving {address} until Ctrl-C")


def _base(project: Project) -> str:
    site = read_store(project.content).site
    return urlsplit(site.address).path if site else "/"


class Rebuilder:
    """Builds when called; says and tells what was done or what is wrong."""

    def __init__(
        self, builder: Builder, say: Say, changes: Changes, only: Sequence[str] = ()
    ) -> None:
        self._builder = builder
        self._say = say
        self._changes = changes
        self._only = only

    def __call__(self) -> Result | None:
        """Build once. None if nothing was published."""
        try:
            result = self._builder.build(only=self._only, keep=not self._only)
        except ContentError as error:
            self._refuse(report(error.problems, ReportFormat.TEXT))
            return None
        except GeneratorError as error:
            self._refuse(f"{error}\n")
            return None
        problems = report(result.problems, ReportFormat.TEXT)
        if problems:
            self._say(f"{problems}the last good pages of the language are kept")
        self._changes.publish(problems.splitlines())
        # What is kept for the next build need not be looked through for garbage again.
        gc.collect()
        gc.freeze()
        changed = sum(len(written.changed) for written in result.written.values())
        self._say(f"{result.pages} pages, {changed} of them rewritten")
        return result

    def _refuse(self, problems: str) -> None:
        self._say(f"{problems}the last good site is kept")
        self._changes.refuse(problems.splitlines())


def rebuilds(project: Project, rebuild: Callable[[], Result | None]) -> Iterator[Result | None]:
    """Build now and after every change; yield what came of it, until interrupted."""
    config = project.root / "mkdocs.yml"
    again = True
    while again:
        again = False
        events = watch(
            *(project.content, project.templates, config),
            watch_filter=DefaultFilter(),
            debounce=DEBOUNCE_MS,
            step=STEP_MS,
            rust_timeout=TICK_MS,
            yield_on_timeout=True,
        )
        try:
            next(events)  # from here on it is watched; what changes during a build is told after it
            yield rebuild()
            for event in events:
                # An editor that replaces a file leaves the watch on the old one.
                again = any(Path(path).name == config.name for _, path in event)
                if again:
                    break
                if event:
                    yield rebuild()
        except FileNotFoundError as error:
            raise UsageError(f"nothing left to watch: {error}") from error
