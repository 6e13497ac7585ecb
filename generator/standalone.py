"""Pages outside MkDocs: the chooser and the 404 at the root, and those of former addresses.

A renamed record leaves a redirect at its old address, a removed one a page that says what became
of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from generator.dataset import Dataset
from generator.finish import page_file
from generator.model.kinds import KINDS
from generator.model.removed import Reason, Removed
from generator.render import Renderer
from generator.routes import Routes, relative

# What the templates of these pages may show in every language.
_REMOVED_TEXTS = ("home", "id", "instead", "reason", "text", "title", "when")
STANDALONE_TEXTS = (
    "chooser.lead",
    "not-found.home",
    "not-found.text",
    "not-found.title",
    "redirect.text",
    "site.description",
    "site.name",
    "theme.page.title",
    *(f"removed.{name}" for name in _REMOVED_TEXTS),
    *(f"removed.reason.{reason}" for reason in Reason),
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
    for identifier, removed in dataset.removed.items():
        kind = KINDS[removed.kind]
        for old in (identifier, *removed.formerly) if kind.has_page else ():
            url = f"{kind.plural}/{old}/"
            for code in locales:
                page = _removed(url, old, removed, routes, renderers[code])
                found[f"{code}/{page_file(url)}"] = page
    return found


def _removed(
    url: str, identifier: str, removed: Removed, routes: Routes, renderer: Renderer
) -> bytes:
    """What stands at the address of a removed record, in one language."""
    p = renderer.context(url)
    text = {name: p.t(f"removed.{name}") for name in _REMOVED_TEXTS}
    return renderer.standalone(
        "removed.html.j2",
        {
            "code": p.lang,
            "page_title": p.t("theme.page.title", page=text["title"], site=p.t("site.name")),
            "root": "../" * url.count("/"),
            "title": text["title"],
            "text": text["text"],
            "facts": [
                (text["id"], Markup('<code lang="zxx">{}</code>').format(identifier)),
                (text["when"], p.date(removed.removed)),
                (text["reason"], p.t(f"removed.reason.{removed.reason}")),
            ],
            "instead": text["instead"],
            "successors": [(relative(url, routes[one]), p.name(one)) for one in removed.successors],
            "home": text["home"],
        },
    )


def _base_path(address: str) -> str:
    """The path under which the site is published, for the 404 that is served at any depth."""
    from urllib.parse import urlsplit

    return urlsplit(address).path
