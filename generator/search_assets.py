"""The search library and stemmers that ship inside the mkdocs package.

lunr.js and the Snowball stemmers of lunr-languages, both under the MIT licence, lie in
``mkdocs/contrib/search``; they are copied into the site as they are.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

# The language that lunr itself stems.
BUILT_IN = "lunr"
_FOLDER = "contrib/search/lunr-language"


@cache
def stemmer_of(code: str) -> str | None:
    """The stemmer for a language, or None if lunr has none; ``BUILT_IN`` is lunr's own."""
    package = files("mkdocs")
    language = code.partition("-")[0]
    if package.joinpath(f"{_FOLDER}/lunr.{language}.js").is_file():
        return language
    return BUILT_IN if language == "en" else None


@cache
def search_assets(stemmer: str | None) -> dict[str, bytes]:
    """The scripts that a search in one language loads: file name to bytes."""
    package = files("mkdocs")
    found = {"lunr.js": package.joinpath("contrib/search/templates/search/lunr.js").read_bytes()}
    if stemmer not in (None, BUILT_IN):
        for name in ("lunr.stemmer.support.js", f"lunr.{stemmer}.js"):
            found[name] = package.joinpath(f"{_FOLDER}/{name}").read_bytes()
    return found
