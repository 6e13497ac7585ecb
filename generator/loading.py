"""From the folder of a project to content that has passed the checks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

import jinja2

from generator.answers import Answers, state_of_words
from generator.changes import Content
from generator.checks import check_store
from generator.dataset import Dataset, build_dataset
from generator.editions import EDITION_TEXTS, offered
from generator.errors import ContentError, Problem, UsageError, meant, ordered, shown
from generator.exports import EXPORT_TEXTS, downloads_of
from generator.locale import Locale
from generator.preview import MarkedLocale, MarkedWords, Marks
from generator.project import Project
from generator.render import Renderer, environment, needed_texts, templates_fingerprint
from generator.site import Site
from generator.standalone import STANDALONE_TEXTS
from generator.store import Pieces, Store, read_store
from generator.translation.status import standing_of
from generator.views.pages import VIEW_TEXTS
from generator.words import Words

PALETTE_TEXTS = ("theme.palette.dark", "theme.palette.light")  # toggles in the order of mkdocs.yml


@dataclass(frozen=True)
class Loaded:
    """Checked content, the languages that can be built, and what is wrong with the others."""

    content: Content
    languages: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def read(
    project: Project,
    env: jinja2.Environment | None = None,
    pieces: Pieces | None = None,
    answers: Answers | None = None,
) -> Store:
    """Read the content of a project, with the texts that its templates ask for."""
    store = read_store(project.content, pieces)
    environs = env or environment(project.templates)
    named = (answers or Answers()).get(
        "needed texts",
        templates_fingerprint(project.templates, "j2", "html"),
        lambda: needed_texts(environs),
    )
    store.needed_texts = named.union(
        VIEW_TEXTS, STANDALONE_TEXTS, PALETTE_TEXTS, EXPORT_TEXTS
    ).union(EDITION_TEXTS)
    return store


def check(project: Project) -> tuple[Problem, ...]:
    """Return every problem of a project's content, in file order."""
    return check_store(read(project))


def load(
    project: Project,
    env: jinja2.Environment,
    *,
    only: Sequence[str] = (),
    keep: bool = False,
    pieces: Pieces | None = None,
    answers: Answers | None = None,
    marks: Marks | None = None,
    editions: tuple[str, ...] = (),
) -> Loaded:
    """Read and check a project.

    All languages are to be built, or those in ``only``, which faults in the words of others do not
    stop. With ``keep``, languages whose own words are at fault are left out of what can be built.
    ``pieces`` and ``answers`` keep what was read and found for the next time; with ``marks``, all
    words carry marks. ``editions`` are those that will be published with the pages. ContentError
    with all problems that stand against that; UsageError for a language that the site does not
    have.
    """
    store = read(project, env, pieces, answers)
    answers = answers or Answers()
    problems = check_store(store, answers)
    errors = [problem for problem in problems if problem.severity == "error"]
    if store.site is None:
        raise ContentError(problems)
    _refuse_unknown(store.site, only)
    wanted = tuple(code for code in store.site.codes if code in only) or store.site.codes
    of_words = {code: _own(errors, project.content.name, code) for code in _translated(store.site)}
    general = [p for p in errors if not any(p in own for own in of_words.values())]
    in_the_way = [p for code in wanted for p in of_words.get(code, ())]
    if general or (in_the_way and not keep):
        raise ContentError(problems if not only else ordered(general + in_the_way))
    dataset = build_dataset(store)
    return Loaded(
        Content(dataset, words_of(store, dataset, answers, marks), editions),
        tuple(code for code in wanted if not of_words.get(code)),
        ordered(in_the_way),
    )


def _translated(site: Site) -> list[str]:
    return [code for code in site.codes if code != site.source_language]


def _own(errors: Collection[Problem], content: str, code: str) -> frozenset[Problem]:
    """Errors that concern the words of one language alone."""
    places = (f"{content}/words/{code}/", f"{content}/stamps/{code}.yaml")
    return frozenset(problem for problem in errors if problem.place.file.startswith(places))


def _refuse_unknown(site: Site, codes: Sequence[str]) -> None:
    for code in codes:
        if code not in site.codes:
            suffix = meant(code, site.codes)
            raise UsageError(f"the site has no language {shown(code)}{suffix}")


def words_of(
    store: Store, dataset: Dataset, answers: Answers | None = None, marks: Marks | None = None
) -> Words:
    """The words of all languages, with how each translation stands."""
    source = dataset.site.source_language
    known, state = answers or Answers(), state_of_words(store)
    standings = {
        code: known.get(f"standing of {code}", state, partial(standing_of, store, code))
        for code in _translated(dataset.site)
    }
    if marks is not None:
        return MarkedWords(source, store.words, store.texts, standings, marks)
    return Words(source, store.words, store.texts, standings)


def renderer_of(
    dataset: Dataset,
    words: Words,
    env: jinja2.Environment,
    lang: str,
    *,
    marks: Marks | None = None,
    editions: tuple[str, ...] = (),
) -> Renderer:
    """The renderer of one language."""
    source = words.source_language
    locale = (
        MarkedLocale(lang, words, marks)
        if marks is not None
        else Locale(lang, words.texts(lang), words.texts(source), source)
    )
    downloads = (*offered(lang), *downloads_of(lang))
    return Renderer(dataset, words, locale, env, downloads, editions=editions)
