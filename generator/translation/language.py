"""A new language: its line in the settings and its words files, all still empty."""

from __future__ import annotations

import unicodedata

from generator.errors import BuildError, Place, UsageError, shown
from generator.locale import is_known, own_name
from generator.model.fields import is_slug
from generator.project import Project
from generator.store import read_store
from generator.translation.sync import sync
from generator.translation.wordsfile import quoted


def new_language(project: Project, code: str) -> tuple[dict[str, str], list[str]]:
    """Return the files that a new language needs, and what it will lack, in words.

    The site builds at once: everything falls back to the source language and says so. UsageError
    if the site has the language or CLDR does not know it.
    """
    store = read_store(project.content)
    if store.site is None or store.site_node is None:
        raise UsageError("content/site.yaml has problems; see: check")
    if code in store.site.languages:
        raise UsageError(f"the site has the language {shown(code)} already")
    if not is_slug(code) or not is_known(code):
        raise UsageError(f"CLDR has no language {shown(code)}; codes are such as fr or pt-br")
    last = max(store.site_node.at(("languages",)).key_places.values())
    settings = _with_language(project, last, code)
    site = store.site.model_copy(
        update={
            "languages": {
                **store.site.languages,
                code: store.site.languages[store.site.source_language],
            }
        }
    )
    store.site = site
    files = {"content/site.yaml": settings, **sync(project, store, code, comments=True)}
    lacks = []
    if not _is_heard(own_name(code)):
        lacks.append(
            "the search knows how Latin and Cyrillic letters sound: other scripts are found only as"
            " they are written"
        )
    lacks.append(
        f"the checks of words know nothing of it until {project.content.name}/words/{code}/"
        "spelling.yaml names its letters and marks"
    )
    return files, lacks


def _is_heard(name: str) -> bool:
    """Whether the letters of a name are of an alphabet that the search knows."""
    return all(
        unicodedata.name(letter, "").startswith(("LATIN", "CYRILLIC"))
        for letter in name
        if letter.isalpha()
    )


def _with_language(project: Project, last: Place, code: str) -> str:
    """The settings with a line for the language, after the language at ``last``."""
    path = project.content / "site.yaml"
    try:
        lines = path.read_bytes().decode().split("\n")
    except OSError as error:
        raise BuildError(f"cannot read {path}: {error.strerror}") from error
    indent = lines[last.line - 1][: last.column - 1]
    if indent.strip():
        raise UsageError("write each language of content/site.yaml in a line of its own first")
    at = last.line
    while at < len(lines) and lines[at].startswith(f"{indent} "):
        at += 1  # what belongs to the last language
    name = own_name(code)
    name = name if name.replace(" ", "").isalpha() else quoted(name)
    end = "\r" if lines[last.line - 1].endswith("\r") else ""
    lines.insert(at, f"{indent}{code}: {{name: {name}, reviewed: false}}{end}")
    return "\n".join(lines)
