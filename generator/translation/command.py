"""The commands of translators, from the project's folder to text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.dataset import build_dataset
from generator.errors import UsageError, closest, shown
from generator.pipeline import read, renderer_of
from generator.project import Project
from generator.render import environment
from generator.routes import Routes
from generator.store import Store
from generator.translation.language import new_language
from generator.translation.stamps import stamp as stamp_words
from generator.translation.stamps import stamp_minor
from generator.translation.status import Where, status_json, status_text
from generator.translation.sync import sync
from generator.translation.where import where
from generator.views.pages import plan
from generator.words import Words


def status(project: Project, languages: Sequence[str], as_json: bool, limit: int | None) -> str:
    """The state of some languages, or of all but the source language."""
    store = read(project)
    codes = _codes(store, languages)
    find = _where(project, store)
    if as_json:
        return status_json(store, codes, find)
    return status_text(store, codes, find, limit)


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
    return write_files(project, sync(project, store, codes[0], comments))


def added_language(project: Project, code: str) -> list[str]:
    """Add a language; return the files written, and what it will lack."""
    files, lacks = new_language(project, code)
    return [*write_files(project, files), *(f"limitation: {lack}" for lack in lacks)]


def write_files(project: Project, files: Mapping[str, str]) -> list[str]:
    """Write texts to paths within the project, each in one step; return the paths."""
    for path, text in files.items():
        target = project.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.new")
        temporary.write_bytes(text.encode())
        temporary.replace(target)
    return sorted(files)


def _codes(store: Store, languages: Sequence[str]) -> list[str]:
    if store.site is None:
        raise UsageError("content/site.yaml has problems; see: check")
    targets = [code for code in store.site.codes if code != store.site.source_language]
    for code in languages:
        if code not in targets:
            hint = closest(code, targets)
            suffix = f"; did you mean {shown(hint)}?" if hint else ""
            raise UsageError(f"the site is not translated into {shown(code)}{suffix}")
    return list(languages) or targets


def _where(project: Project, store: Store) -> Where:
    """Where strings appear, as far as the content can be rendered at all."""
    if store.site is None or store.problems:
        return lambda unit: ()
    dataset = build_dataset(store)
    words = Words(store.site.source_language, store.words, store.texts)
    env = environment(project.templates)
    renderer = renderer_of(dataset, words, env, store.site.source_language)
    return where(renderer.render(page) for page in plan(dataset, Routes(dataset)))
