"""The search library and stemmers that ship inside the mkdocs package.

lunr.js and the Snowball stemmers of lunr-languages, both under the MIT licence, lie in
``mkdocs/contrib/search``; they are copied into the site as they are.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

# The stemmer that lunr itself has.
BUILT_IN = "lunr"
_FOLDER = "contrib/search/lunr-language"
_SUPPORT = "lunr.stemmer.support.js"


@cache
def stemmers() -> frozenset[str]:
    """The names of all stemmers: lunr's own, and one for each file ``lunr.NAME.js``."""
    names = {path.name for path in files("mkdocs").joinpath(_FOLDER).iterdir()}
    parts = [name.split(".") for name in names if name != _SUPPORT]
    return frozenset(
        {part[1] for part in parts if len(part) == 3 and part[0] == "lunr"} | {BUILT_IN}
    )


def stemmer_of(code: str, chosen: str | None = None) -> str | None:
    """The stemmer chosen for a language, or that of its own name; None if there is none."""
    own = code.partition("-")[0]
    return chosen or (own if own in stemmers() else None)


@cache
def search_assets(stemmer: str | None) -> dict[str, bytes]:
    """The scripts that a search in one language loads: file name to bytes."""
    package = files("mkdocs")
    found = {"lunr.js": package.joinpath("contrib/search/templates/search/lunr.js").read_bytes()}
    if stemmer not in (None, BUILT_IN):
        for name in (_SUPPORT, f"lunr.{stemmer}.js"):
            found[name] = package.joinpath(f"{_FOLDER}/{name}").read_bytes()
    return found
