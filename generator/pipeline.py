"""The pipeline, stage by stage: read, check, render, write, MkDocs, finish, exchange.

Every stage takes a value and returns one. Nothing is published unless every stage came through. A
``Builder`` remembers what each stage had from the last time and redoes only what has changed since.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

import jinja2

from generator import memory
from generator.answers import Answers
from generator.changes import Changes, Content
from generator.configuring import epoch, write_config
from generator.editions import FOLDER, Cache, Edited, make_editions, promised, require
from generator.engine import LanguageBuild, build_all
from generator.engine_config import engine_fingerprint
from generator.engine_resident import Residents
from generator.errors import BuildError, ContentError, Problem
from generator.exchange import exchange, lock, repair
from generator.extras import Extras, Maker
from generator.finish import Known, finish
from generator.finish_assets import is_own
from generator.hosting import host_files
from generator.loading import Loaded, load, renderer_of
from generator.manifest import extend_manifest
from generator.output import Written
from generator.parallel import cores
from generator.preview import Marks
from generator.project import Project
from generator.reads import surviving
from generator.render import Renderer, environment, templates_fingerprint
from generator.rendered import Tree, packed, render, stale, write
from generator.routes import Routes
from generator.site_plan import site_plan
from generator.standalone import standalone_files
from generator.store import Pieces
from generator.timing import Timings
from generator.views.page import Page
from generator.views.pages import plan

Progress = Callable[[str], None]


def _silent(_message: str) -> None:
    pass


@dataclass(slots=True)
class Result:
    """What a build did: files changed in ``build/`` per language, and the number of pages.

    ``problems`` are those of languages that keep their last good pages.
    """

    written: dict[str, Written] = field(default_factory=dict)
    pages: int = 0
    problems: tuple[Problem, ...] = ()


def build(
    project: Project,
    progress: Progress = _silent,
    *,
    only: Sequence[str] = (),
    keep: bool = False,
    editions: tuple[str, ...] = (),
    timings: Timings | None = None,
) -> Result:
    """Build and publish the site of a project, or some of its languages.

    With ``only``, the published pages of all other languages stay as they are, and faults in their
    words do not matter; with ``keep``, so it is for languages whose own words are at fault. The
    ``editions`` named are made and published in the same step; they need all languages.
    Raises ContentError for problems in content and BuildError for everything else that goes wrong;
    the published site is then as it was.
    """
    return Builder(project).build(
        progress, only=only, keep=keep, editions=editions, timings=timings
    )


@dataclass(frozen=True, slots=True)
class _Recalled:
    """What of a memory says whether it is still right; all else in it follows from this."""

    templates: str
    pieces: frozenset[tuple[str, bytes]]
    editions: tuple[str, ...]
    made: Set[str]
    files: Mapping[str, object]


class Builder:
    """Builds one project, again and again; what it knows outlives it (``memory``).

    With ``residents``, pages are built by engines that stay, and what is known is kept only when
    the builder is closed; with ``marks``, all strings are marked for translators.
    """

    def __init__(
        self, project: Project, residents: Residents | None = None, marks: Marks | None = None
    ) -> None:
        self._project = project
        self._residents = residents
        self._marks = marks
        self._pieces: Pieces = {}
        self._answers = Answers()
        self._templates = ""
        self._env: jinja2.Environment | None = None
        self._content: Content | None = None
        # What the content of this build reads differently than that of the last; None for all.
        self._changed: frozenset[str] | None = None
        self._extras = Extras()
        self._made_of: Content | None = None  # the content that these were made of
        self._trees: dict[str, Tree] = {}
        self._renderers: dict[str, Renderer] = {}
        self._known = Known()
        self._memory = project.build / "memory.pickle"
        self._is_new = True
        self._recalled: _Recalled | None = None

    def close(self) -> None:
        """Keep what is known for the next process, unless another one builds now."""
        with contextlib.suppress(BuildError), lock(self._project.build):
            self._keep()

    def build(
        self,
        progress: Progress = _silent,
        *,
        only: Sequence[str] = (),
        keep: bool = False,
        editions: tuple[str, ...] = (),
        timings: Timings | None = None,
    ) -> Result:
        """Build and publish, as ``build`` does; ``timings`` are told what each stage took."""
        project = self._project
        timings = timings or Timings()
        timings.say = progress
        require(editions)
        with lock(project.build):
            repair(project.site, project.build / "stage")
            with timings.stage("reading what is known"):
                self._recall()
            with timings.stage("reading and checking"):
                env = self._environment()
                loaded = load(
                    project,
                    env,
                    only=only,
                    keep=keep,
                    pieces=self._pieces,
                    answers=self._answers,
                    marks=self._marks,
                    editions=editions,
                )
            with timings.stage("rendering"):
                dataset, words = loaded.content.dataset, loaded.content.words
                pages = plan(dataset, Routes(dataset))
                renderers = {
                    code: renderer_of(
                        dataset, words, env, code, marks=self._marks, editions=editions
                    )
                    for code in dataset.site.codes
                }
                memory.set_aside(self._memory)
                written = self._render(loaded, renderers, pages)
            with timings.stage("building pages"):
                self._run_engines(loaded, written, timings.say)
            self._publish(loaded, renderers, pages, timings)
            if self._residents is None:
                with timings.stage("keeping what is known"):
                    if self._is_as_recalled(written):
                        memory.restore(self._memory)
                    else:
                        self._keep()
                    self._recalled = None
            return Result(written, len(pages) * len(loaded.languages), loaded.problems)

    def _recall(self) -> None:
        """What the last process knew, at the first build of this one."""
        if not self._is_new or self._marks is not None:
            return
        self._is_new = False
        found = memory.recall(self._memory)
        if found is not None:
            self._templates, self._pieces = found.templates, found.pieces
            self._answers = found.answers
            self._content, self._known = found.content, found.known
            self._extras, self._made_of = Extras(dict(found.made)), found.content
            self._recalled = _Recalled(
                found.templates,
                frozenset(found.pieces),
                found.content.editions,
                found.made.keys(),
                found.known.files,
            )
            # The project may have been moved or copied since.
            self._trees = {
                code: replace(tree, folder=self._project.build / code / "docs")
                for code, tree in found.trees.items()
            }

    def _is_as_recalled(self, written: Mapping[str, Written]) -> bool:
        """Whether what the last process knew is still all that there is to know."""
        if self._recalled is None or self._content is None or self._changed != frozenset():
            return False
        now = _Recalled(
            self._templates,
            frozenset(self._pieces),
            self._content.editions,
            self._extras.made.keys(),
            self._known.files,
        )
        return (
            now == self._recalled
            and not any(what.changed or what.removed for what in written.values())
            and self._trees.keys() == set(self._content.dataset.site.codes)
        )

    def _keep(self) -> None:
        if self._content is None or self._marks is not None:
            return
        trees = {code: packed(tree) for code, tree in self._trees.items()}
        found = memory.Memory(
            self._templates,
            self._pieces,
            self._answers,
            self._content,
            trees,
            self._known,
            self._extras.made if self._made_of is self._content else {},
        )
        memory.keep(self._memory, found)

    def _render(
        self, loaded: Loaded, renderers: Mapping[str, Renderer], pages: Sequence[Page]
    ) -> dict[str, Written]:
        """Bring the Markdown trees and configurations of the languages up to date."""
        project = self._project
        changes = Changes(self._content, loaded.content) if self._content else None
        self._changed = self._changes_of_extras(changes, loaded.content)
        # Forgotten until all is written, and for good if a language is left out: what the trees
        # hold must be what this content says.
        trees, self._trees = self._trees, {}
        before, self._renderers = self._renderers, {}
        wanted = {}
        for code in loaded.languages:
            changed = changes.of(code) if changes is not None else None
            if changed is not None:
                _remind(renderers[code], before.get(code), changed)
            some = stale(trees.get(code), pages, changed)
            if some is None:
                trees.pop(code, None)
            wanted[code] = pages if some is None else some
        rendered = render(renderers, wanted, cores())
        made, written = {}, {}
        for code in loaded.languages:
            folder = project.build / code / "docs"
            made[code], written[code] = write(folder, trees.get(code), pages, rendered[code])
            write_config(project, loaded.content.dataset, renderers[code].locale)
        self._trees, self._content = made, loaded.content
        self._renderers = {code: renderers[code] for code in loaded.languages}
        return written

    def _environment(self) -> jinja2.Environment:
        """The templates, and nothing rendered with others."""
        templates = templates_fingerprint(self._project.templates)
        if self._env is None or templates != self._templates:
            self._env = environment(self._project.templates)
        if templates != self._templates:
            self._templates = templates
            self._trees.clear()
            self._renderers.clear()
        return self._env

    def _run_engines(
        self, loaded: Loaded, written: Mapping[str, Written], progress: Progress
    ) -> None:
        """Run MkDocs for every language, as many at a time as there are cores."""
        project, dataset = self._project, loaded.content.dataset
        fingerprint = engine_fingerprint(project.root, [project.theme])
        builds = [
            LanguageBuild(code, project.build / code, fingerprint) for code in loaded.languages
        ]
        done: set[str] = set()
        if self._residents is not None:
            changed = {
                code: sorted(what.changed) for code, what in written.items() if not what.removed
            }
            done = self._residents.build(builds, changed, epoch(dataset))
        left = [one for one in builds if one.code not in done]
        jobs = min(len(builds), cores())
        build_all(left, jobs, epoch(dataset), lambda code: progress(f"built {code}"))
        if self._residents is not None:
            self._residents.start(left, epoch(dataset))

    def _publish(
        self,
        loaded: Loaded,
        renderers: Mapping[str, Renderer],
        pages: Sequence[Page],
        timings: Timings,
    ) -> None:
        """Assemble, check and exchange the site."""
        project, dataset = self._project, loaded.content.dataset
        raw = {code: project.build / code / "raw" for code in loaded.languages}
        stage = project.build / "stage"
        known, self._known = self._known, Known()
        with timings.stage("making data and search"):
            extra = self._extra_files(loaded, renderers, pages)
        editions = loaded.content.editions
        with timings.stage("finishing"):
            problems = finish(
                site_plan(dataset, pages),
                raw,
                extra.files,
                project.site,
                stage,
                kept=extra.kept,
                known=known,
                promised=promised(dataset, editions),
            )
        if problems:
            raise ContentError(problems)
        if editions:
            with timings.stage("making editions"):
                cache, words = Cache(project.editions), loaded.content.words
                codes = dataset.site.codes
                edited = Edited(stage, dataset, words, codes, cache, timings.say)
                make_editions(edited, editions, stage / FOLDER)
                extend_manifest(stage, FOLDER)
        exchange(stage, project.site)
        self._known = known
        self._remember(extra, loaded.content)

    def _changes_of_extras(
        self, changes: Changes | None, content: Content
    ) -> frozenset[str] | None:
        """What reads differently than when the files beside the pages were made.

        That may be longer ago than when the pages were rendered (``changes``), if a build stopped.
        """
        if self._made_of is None:
            return None
        if changes is None or self._made_of is not self._content:
            changes = Changes(self._made_of, content)
        return changes.of_all()

    def _remember(self, extra: Maker, content: Content) -> None:
        """Know what was made beside the pages, now that it is published."""
        self._extras, self._made_of = extra.close(), content

    def _extra_files(
        self, loaded: Loaded, renderers: Mapping[str, Renderer], pages: Sequence[Page]
    ) -> Maker:
        """Everything in the site that MkDocs does not write: data, search, redirects, root pages.

        What belongs to the site as a whole is left out, and so stays as it is published, while a
        language is left out.
        """
        dataset, words = loaded.content.dataset, loaded.content.words
        routes = Routes(dataset)
        # Forgotten until it is published.
        before, self._extras = self._extras, Extras()
        maker = Maker(dataset, words, before, self._changed)
        files = standalone_files(dataset, routes, renderers)
        files.update(host_files(dataset, routes))
        css = self._project.theme / "assets" / "css" / "chooser.css"
        try:
            files["assets/css/chooser.css"] = css.read_bytes()
        except OSError as error:
            raise BuildError(f"cannot read {css}: {error.strerror}") from error
        whole = len(loaded.languages) == len(dataset.site.codes)
        if whole or not (self._project.site / "index.html").is_file():
            left_out = set(dataset.site.codes) - set(loaded.languages)
            files = {k: v for k, v in files.items() if k.partition("/")[0] not in left_out}
            maker.exports(lambda _: True)
        else:
            here = loaded.languages
            files = {k: v for k, v in files.items() if k.partition("/")[0] in here or is_own(k)}
            # Data that is published stays, what new pages lead to is added.
            maker.exports(lambda path: not (self._project.site / path).is_file())
        maker.files.update(files)
        locales = {code: renderer.locale for code, renderer in renderers.items()}
        for code in loaded.languages:
            rendered = self._trees[code].pages
            maker.search(locales, code, pages, rendered)
            maker.citations(locales[code], pages, rendered)
        return maker


def _remind(renderer: Renderer, before: Renderer | None, changed: frozenset[str]) -> None:
    """Let a renderer know what the last one of its language made and is still right."""
    if before is not None:
        renderer.memory = surviving(before.memory, changed)
        renderer.texts = surviving(before.texts, changed)
