"""Style sheets and scripts of a finished site, found by their plain names (``finish_assets``)."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from generator.finish_assets import DIGITS


def asset(root: Path, path: str) -> Path:
    """Return the file of a style sheet or script in a finished site, by its path without a hash.

    ``root`` is the folder of a language or of the site. Raises FileNotFoundError if there is none.
    """
    stem, dot, ending = path.rpartition(".")
    for file in sorted(root.glob(f"{stem}.{'[0-9a-f]' * DIGITS}{dot}{ending}")):
        return file
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(root / path))
