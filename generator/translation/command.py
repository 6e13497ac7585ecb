"""The commands of translators, from the project's folder to text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.checks import check_store
from generator.configuring import settings_of
from generator.dataset import Dataset, build_dataset
from generator.editions import EDITIONS
from generator.errors import ContentError, UsageError, meant, shown
from generator.loading import read, renderer_of
from generator.output import write_text, write_texts
from generator.project import Project
from generator.render import environment
from generator.routes import Routes
from generator.store import Store, read_store
from generator.translation.hints import Hints
from generator.translation.language import new_language
from generator.translation.po import export
from generator.translation.po_import import import_catalogue, read_catalogue
from generator.translation.stamps import refuse_damage, stamp_minor
from generator.translation.stamps import stamp as stamp_words
from generator.translation.status import Where, status_json, status_text
from generator.translation.sync import previous_sources, sync
from generator.translation.where import where
from generator.views.pages import plan
from generator.words import Words


def status(project: Project, languages: Sequence[str], as_json: bool, limit: int | None) -> str:
    """The state of some languages, or of all but the source language."""
    store = read(project)
    codes = _codes(store, languages)
    dataset = _dataset(store)
    find = _where(project, store, dataset)

    def hints(lang: str) -> Hints:
        return Hints(store, dataset, lang)

    if as_json:
        return status_json(store, codes, find, hints, everything=limit is None)
    return status_text(store, codes, find, hints, limit)


def stamp(
    project: Project, lang: str | None, keys: Sequence[str], minor: Sequence[str]
) -> list[str]:
    """Stamp translations, or declare changes of the source minor; return what changed."""
    store = read(project)
    if minor:
        if lang is not None:
            raise UsageError("--minor concerns all languages: name none")
        return stamp_minor(project, store, minor)
    if lang is None:
        raise UsageError("name a language, or --minor KEY")
    return stamp_words(project, store, lang, keys)


def synced(project: Project, lang: str, comments: bool) -> list[str]:
    """Bring the words files of a language into step with the source; return those that changed."""
    store = read(project)
    codes = _codes(store, [lang])
    return write_texts(project.root, sync(project, store, codes[0], comments))


def added_language(project: Project, code: str) -> list[str]:
    """Add a language; return the files written, and what it will lack."""
    files, lacks = new_language(project, code)
    return [*write_texts(project.root, files), *(f"limitation: {lack}" for lack in lacks)]


def po_export(project: Project, lang: str, file: Path) -> str:
    """Write the catalogue of a language to a file; return what was done."""
    store = read(project)
    code = _codes(store, [lang])[0]
    dataset = _dataset(store)
    where = _where(project, store, dataset)
    text = export(
        store, code, Hints(store, dataset, code), where, previous_sources(project, store, code)
    )
    write_text(file, text)
    return f"{file}: {text.count(chr(10) + 'msgctxt ')} strings"


def po_import(project: Project, lang: str, file: Path) -> tuple[list[str], list[str]]:
    """Take what was changed in a catalogue; return what was done, and what was not taken.

    ContentError with the problems that it would bring, at their lines of the catalogue; nothing
    is written then.
    """
    store = read_store(project.content)
    code = _codes(store, [lang])[0]
    found = import_catalogue(project, store, code, str(file), read_catalogue(file, code))
    if found.problems:
        raise ContentError(found.problems)
    refuse_damage(project, store)
    lines = write_texts(project.root, found.files)
    if found.stamped:
        stamp_words(project, read_store(project.content), code, found.stamped)
    lines.append(f"{len(found.taken)} taken, {len(found.stamped)} stamped")
    return [*lines, *found.notes], found.conflicts


def _codes(store: Store, languages: Sequence[str]) -> list[str]:
    if store.site is None:
        raise UsageError("content/site.yaml has problems; see: check")
    targets = [code for code in store.site.codes if code != store.site.source_language]
    for code in languages:
        if code not in targets:
            suffix = meant(code, targets)
            raise UsageError(f"the site is not translated into {shown(code)}{suffix}")
    return list(languages) or targets


def _dataset(store: Store) -> Dataset | None:
    """The dataset, if facts and source words are free of problems; None otherwise."""
    if store.site is None:
        return None
    source = f"content/words/{store.site.source_language}/"
    needed = ("content/facts/", "content/site.yaml", source)
    errors = (problem for problem in check_store(store) if problem.severity == "error")
    if any(problem.place.file.startswith(needed) for problem in errors):
        return None
    return build_dataset(store)


def _where(project: Project, store: Store, dataset: Dataset | None) -> Where:
    """Where strings appear, as far as the content can be rendered at all."""
    if dataset is None:
        return lambda unit: ()
    source = dataset.site.source_language
    words = Words(source, store.words, store.texts)
    env = environment(project.templates)
    editions = tuple(edition.name for edition in EDITIONS)  # whose texts stand on pages too
    renderer = renderer_of(dataset, words, env, source, editions=editions)
    renderer.locale.reads.begin()
    settings_of(dataset, renderer.locale)
    always = renderer.locale.reads.now
    pages = plan(dataset, Routes(dataset))
    return where((renderer.render(page) for page in pages), always)
