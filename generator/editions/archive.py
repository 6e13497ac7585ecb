"""ZIP archives that are the same bytes for the same files.

Format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT. Names are sorted, times and
permissions are fixed. The bytes of compressed files also follow from the version of zlib.
"""

from __future__ import annotations

import datetime
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

#: The compression of zlib from which on more effort saves less than one part in a hundred.
LEVEL = 9
# What decides about the bytes beside the files themselves.
VERSION = f"zlib {zlib.ZLIB_RUNTIME_VERSION}, level {LEVEL}"
_FILE = 0o100644
_UNIX = 3


def write_archive(
    target: Path, top: str, files: Iterable[tuple[str, bytes]], day: datetime.date
) -> None:
    """Write files (path, content), in order of their paths, below the one folder ``top``.

    ``day`` is the time of all of them; the format begins with 1980. Raises OSError.
    """
    time = (max(day.year, 1980), day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(target, "w") as archive:
        for path, content in files:
            entry = zipfile.ZipInfo(f"{top}/{path}", time)
            entry.create_system = _UNIX
            entry.external_attr = _FILE << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, LEVEL)
