"""The pipeline, stage by stage: read, check, render, write, MkDocs, finish, exchange.

Every stage takes a value and returns one. Nothing is published unless every stage came through.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import jinja2

from generator.checks import check_store
from generator.dataset import Dataset, build_dataset
from generator.engine import LanguageBuild, build_all
from generator.engine_config import (
    LanguageSettings,
    NavEntry,
    configuration,
    engine_fingerprint,
)
from generator.errors import BuildError, ContentError, Problem
from generator.exchange import exchange, lock, repair
from generator.exports import DOWNLOADS, export_all
from generator.exports.search import search_js
from generator.finish import SitePlan, finish
from generator.locale import Locale
from generator.output import Written, write_tree
from generator.parallel import cores, each
from generator.project import Project
from generator.render import Rendered, Renderer, environment, files_of, needed_texts
from generator.routes import Routes
from generator.search_assets import search_assets, stemmer_of
from generator.standalone import STANDALONE_TEXTS, standalone_files
from generator.store import Store, read_store
from generator.translation.status import standing_of
from generator.translation.units import units
from generator.views.page import Page
from generator.views.pages import VIEW_TEXTS, plan
from generator.words import Words

# Index pages that the navigation lists, with their titles; all others stand below them.
NAVIGATION = ("regions", "agreements", "forums", "organisations", "sources", "about")
THEME_TEXTS = "theme."
PALETTE_TEXTS = ("theme.palette.dark", "theme.palette.light")  # toggles in the order of mkdocs.yml

Progress = Callable[[str], None]


def _silent(_message: str) -> None:
    pass


@dataclass(slots=True)
class Result:
    """What a build did: files changed in ``build/`` per language, and the number of pages."""

    written: dict[str, Written] = field(default_factory=dict)
    pages: int = 0


def read(project: Project, env: jinja2.Environment | None = None) -> Store:
    """Read the content of a project, with the texts that its templates ask for."""
    store = read_store(project.content)
    named = needed_texts(env or environment(project.templates))
    store.needed_texts = named.union(VIEW_TEXTS, STANDALONE_TEXTS, PALETTE_TEXTS)
    return store


def check(project: Project) -> tuple[Problem, ...]:
    """Return every problem of a project's content, in file order."""
    return check_store(read(project))


def load(project: Project, env: jinja2.Environment) -> tuple[Dataset, Words]:
    """Return the dataset and words of a project; ContentError with all problems, if any."""
    store = read(project, env)
    problems = check_store(store)
    if any(problem.severity == "error" for problem in problems):
        raise ContentError(problems)
    dataset = build_dataset(store)
    source = dataset.site.source_language
    standings = {
        lang: standing_of(units(store, lang)) for lang in dataset.site.codes if lang != source
    }
    return dataset, Words(source, store.words, store.texts, standings)


def renderer_of(dataset: Dataset, words: Words, env: jinja2.Environment, lang: str) -> Renderer:
    """The renderer of one language."""
    locale = Locale(lang, words.texts(lang), words.texts(words.source_language))
    return Renderer(dataset, words, locale, env, DOWNLOADS)


def render_languages(
    dataset: Dataset, words: Words, env: jinja2.Environment
) -> dict[str, list[Rendered]]:
    """Render every page of every language, several languages at a time."""
    pages = plan(dataset, Routes(dataset))

    def render(lang: str) -> list[Rendered]:
        renderer = renderer_of(dataset, words, env, lang)
        # What a page read stays in the process: it is larger than the page, and nobody asks.
        return [replace(renderer.render(page), reads=frozenset()) for page in pages]

    return each(dataset.site.codes, render, cores())


def build(project: Project, progress: Progress = _silent) -> Result:
    """Build and publish the site of a project.

    Raises ContentError for problems in content and BuildError for everything else that goes wrong;
    the published site is then as it was.
    """
    with lock(project.build):
        repair(project.site, project.build / "stage")
        progress("reading and checking")
        env = environment(project.templates)
        dataset, words = load(project, env)
        pages = plan(dataset, Routes(dataset))
        result = Result(pages=len(pages) * len(dataset.site.languages))
        progress("rendering")
        rendered = render_languages(dataset, words, env)
        renderers = {lang: renderer_of(dataset, words, env, lang) for lang in rendered}
        for lang, renderer in renderers.items():
            folder = project.build / lang
            result.written[lang] = write_tree(folder / "docs", files_of(rendered[lang]))
            write_config(project, dataset, renderer.locale, folder)
        progress("building pages")
        run_engine(project, dataset, progress)
        progress("finishing")
        publish(project, dataset, extra_files(project, dataset, words, renderers, rendered), pages)
        return result


def write_config(project: Project, dataset: Dataset, locale: Locale, folder: Path) -> None:
    """Write the derived MkDocs configuration of a language, if it changed."""
    text = locale.text
    site = dataset.site
    settings = LanguageSettings(
        code=locale.code,
        site_url=site.address,
        site_name=text("site.name"),
        description=text("site.description"),
        nav=(
            NavEntry(text("nav.home"), "index.md"),
            *(NavEntry(text(f"nav.{name}"), f"{name}/index.md") for name in NAVIGATION),
        ),
        languages=tuple((code, language.name) for code, language in site.languages.items()),
        texts=locale.starting_with(THEME_TEXTS),
        toggles=tuple(text(key) for key in PALETTE_TEXTS),
        permalink_title=text("label.permalink"),
    )
    config = configuration(settings, project.root, folder)
    target = folder / "mkdocs.yml"
    try:
        if not target.is_file() or target.read_bytes() != config:
            target.write_bytes(config)
    except OSError as error:
        raise BuildError(f"cannot write {target}: {error.strerror}") from error


def run_engine(project: Project, dataset: Dataset, progress: Progress) -> None:
    """Run MkDocs for every language, as many at a time as there are cores."""
    fingerprint = engine_fingerprint(project.root, [project.theme])
    builds = [LanguageBuild(code, project.build / code, fingerprint) for code in dataset.site.codes]
    build_all(
        builds, min(len(builds), cores()), epoch(dataset), lambda code: progress(f"built {code}")
    )


def epoch(dataset: Dataset) -> int:
    """The time that the build works by: the first second of the state of the data, UTC."""
    first = dataset.site.as_of.first
    moment = datetime.datetime(first.year, first.month, first.day, tzinfo=datetime.UTC)
    return int(moment.timestamp())


def publish(
    project: Project, dataset: Dataset, extra: Mapping[str, bytes], pages: Sequence[Page]
) -> None:
    """Assemble, check and exchange the site; ``extra`` is what MkDocs does not write."""
    site = dataset.site
    site_plan = SitePlan(
        site_url=site.address,
        languages=site.codes,
        default=site.source_language,
        pages={code: dict.fromkeys(page.url for page in pages) for code in site.codes},
    )
    raw = {code: project.build / code / "raw" for code in site.codes}
    stage = project.build / "stage"
    problems = finish(site_plan, raw, extra, project.site, stage)
    if problems:
        raise ContentError(problems)
    exchange(stage, project.site)


def extra_files(
    project: Project,
    dataset: Dataset,
    words: Words,
    renderers: Mapping[str, Renderer],
    rendered: Mapping[str, Sequence[Rendered]],
) -> dict[str, bytes]:
    """Everything in the site that MkDocs does not write: data, search, redirects, root pages."""
    routes = Routes(dataset)
    files = export_all(dataset, words, routes)
    for code, renderer in renderers.items():
        stemmer = stemmer_of(code, dataset.site.languages[code].stemmer)
        prefix = f"{code}/assets/search/"
        files[f"{prefix}index.js"] = search_js(
            dataset, words, renderer.locale, rendered[code], stemmer
        )
        files.update({prefix + name: data for name, data in search_assets(stemmer).items()})
    files.update(standalone_files(dataset, routes, renderers))
    css = project.theme / "assets" / "css" / "chooser.css"
    try:
        files["assets/css/chooser.css"] = css.read_bytes()
    except OSError as error:
        raise BuildError(f"cannot read {css}: {error.strerror}") from error
    return files
