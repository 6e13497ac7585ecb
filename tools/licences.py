"""``docs/licences.md``: under which terms everything stands that this project uses.

The versions are those of the locks; the licences are what each package says of itself, installed
(Core Metadata: https://packaging.python.org/en/latest/specifications/core-metadata/) or, for npm,
in ``package-lock.json``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from tools.tables import NOTE, table

# What stands in a lock for other systems or Pythons only, and so is not installed everywhere.
ELSEWHERE = "not needed on this system"
UNSAID = "not stated by the package"
LOCKS = {
    "site": "What a site is built with",
    "dev": "What the tests use besides",
}
# Classifiers and long texts, as SPDX names them.
_SPDX = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}


def licences(root: Path) -> str:
    """The text of the page, from the locks in ``root`` and the packages that are installed."""
    parts = [
        f"# Licences of what this stands on\n\n{NOTE}\n"
        "The project's own code is under the MIT licence, data and words under CC BY 4.0; see "
        "`LICENSE` and `LICENSE-DATA.md`. The built site carries files of mkdocs-material (MIT), "
        "among them icons of Material Design (Apache-2.0).\n"
    ]
    known: set[str] = set()
    for name, title in LOCKS.items():
        found = {k: v for k, v in locked(root, name).items() if k not in known}
        known |= found.keys()
        rows = ((package, version, licence_of(package)) for package, version in found.items())
        parts.append(f"## {title}\n\n" + table(("package", "version", "licence"), rows))
    parts.append(
        "## What checks finished pages\n\nFrom npm, for the tests alone.\n\n"
        + table(("package", "version", "licence"), _npm(root))
    )
    return "\n".join(parts)


def locked(root: Path, name: str) -> dict[str, str]:
    """The packages of a lock and their versions."""
    text = (root / "requirements" / f"{name}.txt").read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)(?:\[.*?\])?==([^ ;\\]+)", text, re.M))


def licence_of(package: str) -> str:
    """What a package says that its licence is, by its SPDX name where it has one."""
    try:
        said = metadata(package)
    except PackageNotFoundError:
        return ELSEWHERE
    named = [
        classifier.rpartition(" :: ")[2]
        for classifier in said.get_all("Classifier") or ()
        if classifier.startswith("License ::") and classifier.count("::") > 1
    ]
    text = said["License-Expression"] or " OR ".join(_SPDX.get(one, one) for one in named)
    if not text:
        text = (said["License"] or "").strip().partition("\n")[0]
    return _SPDX.get(text, text) or UNSAID


def _npm(root: Path) -> Iterator[tuple[str, str, str]]:
    lock = json.loads((root / "package-lock.json").read_text("utf-8"))
    for path, package in sorted(lock["packages"].items()):
        if path:
            name = path.rpartition("node_modules/")[2]
            yield name, package["version"], str(package.get("license", UNSAID))
