"""The search library and stemmers that ship inside the mkdocs package.

lunr.js and the Snowball stemmers of lunr-languages, both under the MIT licence, lie in
``mkdocs/contrib/search``; they are copied into the site as they are.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_FOLDER = "contrib/search/lunr-language"


@cache
def stemmer_of(code: str) -> str | None:
    """The stemmer for a language, or None if lunr has none; English is built in."""
    language = code.partition("-")[0]
    return language if files("mkdocs").joinpath(f"{_FOLDER}/lunr.{language}.js").is_file() else None


@cache
def search_assets(stemmer: str | None) -> dict[str, bytes]:
    """The scripts that a search in one language loads: file name to bytes."""
    package = files("mkdocs")
    found = {"lunr.js": package.joinpath("contrib/search/templates/search/lunr.js").read_bytes()}
    if stemmer is not None:
        for name in ("lunr.stemmer.support.js", f"lunr.{stemmer}.js"):
            found[name] = package.joinpath(f"{_FOLDER}/{name}").read_bytes()
    return found
