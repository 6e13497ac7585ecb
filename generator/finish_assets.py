"""Names of style sheets and scripts that say their content: ``theme.0a1b2c3d.css``.

A host may then let browsers keep them for a year, and no page ever meets a style sheet or script of
another publication: new pages ask for new names. A query would do for browsers, but not for copies
on a disk. The engine's own files have such names already. The data of the search has not: it
changes with every word, and all pages would change with its name.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path

#: Folders whose files all have such names; below the root of a language or of the site.
OWN_FOLDERS = ("assets/css/", "assets/js/")
ENGINE_FOLDERS = ("assets/javascripts/", "assets/stylesheets/")

_DIGITS = 8
_REFERENCE = re.compile(r'((?:src|href)="[^"]*?)(assets/(?:css|js)/[^"/]+)"')


def is_own(path: str) -> bool:
    """Whether a file, below the root of a language, is one that gets such a name."""
    return path.startswith(OWN_FOLDERS) and path.endswith((".css", ".js"))


def named(assets: Mapping[str, bytes]) -> dict[str, tuple[str, bytes]]:
    """Return path -> path with the hash in it, and content with such paths in it.

    A script that loads another names it by its whole path, which is replaced before the script
    itself is hashed. Raises ValueError if files name each other in a circle.
    """
    found: dict[str, tuple[str, bytes]] = {}
    left = dict(assets)
    while left:
        ready = [
            path
            for path, content in left.items()
            if not any(other.encode() in content for other in left if other != path)
        ]
        if not ready:
            raise ValueError(f"files that name each other: {sorted(left)}")
        for path in ready:
            content = left.pop(path)
            for other, (name, _) in found.items():
                content = content.replace(other.encode(), name.encode())
            digest = hashlib.sha256(content).hexdigest()[:_DIGITS]
            stem, dot, ending = path.rpartition(".")
            found[path] = (f"{stem}.{digest}{dot}{ending}", content)
    return found


def asset(root: Path, path: str) -> Path:
    """Return the file of a style sheet or script in a finished site, by its path without a hash.

    ``root`` is the folder of a language or of the site. Raises FileNotFoundError if there is none.
    """
    stem, dot, ending = path.rpartition(".")
    for file in sorted(root.glob(f"{stem}.{'[0-9a-f]' * _DIGITS}{dot}{ending}")):
        return file
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(root / path))


def renamed(html: str, names: Mapping[str, str]) -> str:
    """Return a page that asks for style sheets and scripts by their new names."""
    return _REFERENCE.sub(lambda m: f'{m[1]}{names.get(m[2], m[2])}"', html)
