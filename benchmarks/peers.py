"""Other generators on the pages that ours has written, with all pages in the navigation.

They get the Markdown of every language as it is, and a configuration as plain as it can be. What
they lack (facts, checks, exports, sources) they need not do. Each runs as it would for its users:
MkDocs and Zensical once for each language, as many at a time as there are cores; Hugo once for all.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks.measuring import FailedError, Taken, take, take_all

ROOT = Path(__file__).resolve().parent.parent
ENGINES = ROOT / ".engines" / "bin"
_QUIET = {"NO_MKDOCS_2_WARNING": "1"}
_ADDED = "\nA line is added to this page: {}.\n"

# Extensions as in mkdocs.yml of the project, without which the pages are not the same.
_MKDOCS = """\
site_name: Pages
site_url: https://example.org/{code}/
docs_dir: docs
site_dir: out
theme:
  name: material
  language: {code}
  font: false
  features: [{features}]
markdown_extensions: [attr_list, {{toc: {{permalink: true}}}}]
"""
_HUGO = """\
baseURL = "https://example.org/"
title = "Pages"
defaultContentLanguage = "{first}"
defaultContentLanguageInSubdir = true
disableKinds = ["taxonomy", "term", "RSS"]
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.parser.attribute]
block = true
{languages}"""
_HUGO_LANGUAGE = '[languages.{code}]\ncontentDir = "content/{code}"\n'
_HUGO_PAGE = """\
<!doctype html>
<html lang="{{ .Lang }}"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body>{{ .Content }}</body></html>
"""


@dataclass(frozen=True, slots=True)
class Pages:
    """Markdown of our languages (``LANG/docs`` in the folder), and the page that is changed."""

    folder: Path
    codes: tuple[str, ...]
    changed: str = "regions/index.md"


@dataclass(frozen=True, slots=True)
class Peer:
    """Another generator: how it is called, made ready in a folder, and run there.

    ``dirty`` says that it can be told to build changed pages alone (the last argument of ``run``).
    """

    name: str
    title: str
    missing: Callable[[], str | None]
    version: Callable[[], str]
    prepare: Callable[[Pages, Path], None]
    forget: Callable[[Path], None]
    run: Callable[[Pages, Path, float, bool], Taken]
    dirty: bool = False


def change(pages: Pages, folder: Path, number: int) -> None:
    """Add a line to one page in every language."""
    for code in pages.codes:
        candidates = [
            folder / code / "docs" / pages.changed,
            folder / "content" / code / pages.changed,
            folder / "content" / code / Path(pages.changed).with_name("_index.md"),
        ]
        for path in candidates:
            if path.is_file():
                with path.open("a", encoding="utf-8") as file:
                    file.write(_ADDED.format(number))
                break
        else:
            raise FailedError(f"no page {pages.changed} in {folder}")


# --- MkDocs with Material, and Zensical, which reads the same configuration


def _prepare_mkdocs(*features: str) -> Callable[[Pages, Path], None]:
    def prepare(pages: Pages, folder: Path) -> None:
        for code in pages.codes:
            shutil.copytree(pages.folder / code / "docs", folder / code / "docs")
            text = _MKDOCS.format(code=code, features=", ".join(features))
            (folder / code / "mkdocs.yml").write_text(text, "utf-8")

    return prepare


def _forget_mkdocs(folder: Path) -> None:
    for path in folder.iterdir():
        for name in ("out", ".cache"):
            shutil.rmtree(path / name, ignore_errors=True)


def _run_mkdocs(pages: Pages, folder: Path, limit: float, dirty: bool) -> Taken:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    if dirty:
        command.append("--dirty")
    return take_all([(command, folder / code) for code in pages.codes], limit, _QUIET)


def _run_zensical(pages: Pages, folder: Path, limit: float, _dirty: bool) -> Taken:
    command = [str(ENGINES / "zensical"), "build", "-f", "mkdocs.yml"]
    return take_all([(command, folder / code) for code in pages.codes], limit)


# --- Hugo


def _prepare_hugo(pages: Pages, folder: Path) -> None:
    for code in pages.codes:
        for path in sorted((pages.folder / code / "docs").rglob("*.md")):
            # A folder that holds others is a section of Hugo's, and its page has a name for that.
            has_more = any(one.is_dir() for one in path.parent.iterdir())
            inside = path.relative_to(pages.folder / code / "docs")
            target = (
                folder
                / "content"
                / code
                / inside.with_name(
                    "_index.md" if has_more and path.name == "index.md" else path.name
                )
            )
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    for name in ("single", "list"):
        (layouts / f"{name}.html").write_text(_HUGO_PAGE, "utf-8")
    (layouts.parent / "index.html").write_text(_HUGO_PAGE, "utf-8")
    languages = "".join(_HUGO_LANGUAGE.format(code=code) for code in pages.codes)
    text = _HUGO.format(first=pages.codes[0], languages=languages)
    (folder / "config.toml").write_text(text, "utf-8")


def _forget_hugo(folder: Path) -> None:
    for name in ("out", "cache", "resources"):
        shutil.rmtree(folder / name, ignore_errors=True)


def _run_hugo(_pages: Pages, folder: Path, limit: float, _dirty: bool) -> Taken:
    command = ["hugo", "--quiet", "--destination", "out", "--cacheDir", str(folder / "cache")]
    return take(command, folder, limit)


def _hugo_version() -> str:
    said = subprocess.run(["hugo", "version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"v([\d.]+)", said)
    return found[1] if found else "?"


def _zensical_version() -> str:
    said = subprocess.run(
        [ENGINES / "zensical", "--version"], capture_output=True, text=True, check=True
    )
    return said.stdout.strip()


# --- installing


def _install_engines() -> str | None:
    """Install Zensical beside our environment; what stands against it."""
    if (ENGINES / "zensical").is_file():
        return None
    done = subprocess.run(
        ["make", "-s", "engines"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if (ENGINES / "zensical").is_file():
        return None
    said = (done.stderr or done.stdout).strip().splitlines()
    return f"`make engines` failed: {said[-1] if said else done.returncode}"


def _install_hugo() -> str | None:
    """Install Hugo from Debian, where this user may; what stands against it."""
    if shutil.which("hugo"):
        return None
    if not shutil.which("apt-get"):
        return "no hugo on this machine, and no apt-get to install it"
    before = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if before and not shutil.which("sudo"):
        return "no hugo on this machine, and this user may not install it"
    said = ""
    for command in (["update"], ["install", "-y", "--no-install-recommends", "hugo"]):
        done = subprocess.run(
            [*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", *command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        said = (done.stderr or done.stdout).strip()
    if shutil.which("hugo"):
        return None
    return f"apt-get could not install hugo: {said.splitlines()[-1] if said else ''}"


PEERS = (
    Peer(
        "material",
        "Material, all pages in the navigation",
        lambda: None,
        lambda: f"{version('mkdocs')}, mkdocs-material {version('mkdocs-material')}",
        _prepare_mkdocs(),
        _forget_mkdocs,
        _run_mkdocs,
        dirty=True,
    ),
    Peer(
        "pruned",
        "Material with `navigation.prune`",
        lambda: None,
        lambda: f"{version('mkdocs')}, mkdocs-material {version('mkdocs-material')}",
        _prepare_mkdocs("navigation.prune"),
        _forget_mkdocs,
        _run_mkdocs,
        dirty=True,
    ),
    Peer(
        "zensical",
        "Zensical",
        _install_engines,
        _zensical_version,
        _prepare_mkdocs(),
        _forget_mkdocs,
        _run_zensical,
    ),
    Peer(
        "hugo",
        "Hugo, bare layout",
        _install_hugo,
        _hugo_version,
        _prepare_hugo,
        _forget_hugo,
        _run_hugo,
    ),
)


def html_pages(folder: Path) -> int:
    """How many pages a peer has made, to see that it was given all."""
    return sum(1 for path in folder.rglob("index.html") if "out" in path.relative_to(folder).parts)


def searched(folder: Path) -> int:
    """Bytes of the search indexes that a peer has made; fewer than before: pages are lost."""
    return sum(path.stat().st_size for path in folder.rglob("search_index.json"))
