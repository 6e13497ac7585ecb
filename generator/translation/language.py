"""A new language: its line in the settings and its words files, all still empty."""

from __future__ import annotations

from generator.errors import UsageError, shown
from generator.locale import is_known, own_name
from generator.project import Project
from generator.search_assets import stemmer_of
from generator.store import read_store
from generator.translation.sync import sync


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
    if not is_known(code):
        raise UsageError(f"CLDR has no language {shown(code)}; codes are such as fr or pt-BR")
    settings = project.content / "site.yaml"
    lines = settings.read_bytes().decode().split("\n")
    last = max(place.line for place in store.site_node.at(("languages",)).key_places.values())
    lines.insert(last, f"  {code}: {{name: {own_name(code)}, reviewed: false}}")
    site = store.site.model_copy(
        update={
            "languages": {
                **store.site.languages,
                code: store.site.languages[store.site.source_language],
            }
        }
    )
    store.site = site
    files = {"content/site.yaml": "\n".join(lines), **sync(project, store, code, comments=True)}
    lacks = []
    if stemmer_of(code) is None:
        lacks.append("the search library has no stemmer for it: inflected forms are not joined")
    return files, lacks
