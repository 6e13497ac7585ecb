"""The commands of translators, from the project's folder to text."""

from __future__ import annotations

from collections.abc import Sequence

from generator.dataset import build_dataset
from generator.errors import UsageError, closest, shown
from generator.pipeline import read, renderer_of
from generator.project import Project
from generator.render import environment
from generator.routes import Routes
from generator.store import Store
from generator.translation.stamps import stamp as stamp_words
from generator.translation.stamps import stamp_minor
from generator.translation.status import Where, status_json, status_text
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
