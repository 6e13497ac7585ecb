"""Pages outside MkDocs: the chooser and the 404 at the root, and redirects of renamed records."""

from __future__ import annotations

from collections.abc import Mapping

from generator.dataset import Dataset
from generator.finish import page_file
from generator.model.kinds import KINDS
from generator.render import Renderer
from generator.routes import Routes, relative

# What the templates of these pages may show in every language.
STANDALONE_TEXTS = (
    "chooser.lead",
    "not-found.home",
    "not-found.text",
    "not-found.title",
    "redirect.text",
    "site.description",
    "site.name",
)


def standalone_files(
    dataset: Dataset, routes: Routes, renderers: Mapping[str, Renderer]
) -> dict[str, bytes]:
    """Path in the site to bytes; ``renderers`` are those of all languages, in their order."""
    renderer = renderers[dataset.site.source_language]
    locales = {code: one.locale for code, one in renderers.items()}
    languages = [
        {
            "code": code,
            "name": dataset.site.languages[code].name,
            "text": {key: locale.text(key) for key in STANDALONE_TEXTS},
        }
        for code, locale in locales.items()
    ]
    values = {"languages": languages, "base": _base_path(dataset.site.address)}
    found = {
        "index.html": renderer.standalone("chooser.html.j2", values),
        "404.html": renderer.standalone("404.html.j2", values),
    }
    for old, new in dataset.redirects.items():
        kind = KINDS[dataset.items[new].kind]
        if not kind.has_page:
            continue
        for code, locale in locales.items():
            url = f"{kind.plural}/{old}/"
            found[f"{code}/{page_file(url)}"] = renderer.standalone(
                "redirect.html.j2",
                {
                    "code": code,
                    "text": locale.text("redirect.text"),
                    "name": renderers[code].context(url).title(new),
                    "target": relative(url, routes[new]),
                    "canonical": f"{dataset.site.address}{code}/{routes[new]}",
                    "css": "../" * (url.count("/") + 1) + "assets/css/chooser.css",
                },
            )
    return found


def _base_path(address: str) -> str:
    """The path under which the site is published, for the 404 that is served at any depth."""
    from urllib.parse import urlsplit

    return urlsplit(address).path
