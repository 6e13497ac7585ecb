"""The configuration of one language's engine run, derived from the project's ``mkdocs.yml``."""

from __future__ import annotations

import hashlib
import html
import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from generator.errors import BuildError

#: What the engine consists of; another version means another output.
_PACKAGES = ("mkdocs", "mkdocs-material", "markdown", "jinja2")
# Where the pattern of a page's title has the name of the page.
_PAGE = "{page}"


@dataclass(frozen=True, slots=True)
class NavEntry:
    """An entry of the navigation: its title, and a page (``things/index.md``) or entries."""

    title: str
    target: str | tuple[NavEntry, ...]


@dataclass(frozen=True, slots=True)
class LanguageSettings:
    """What one language adds to ``mkdocs.yml``. All texts are plain, not HTML.

    ``site_url`` is the address of the whole site, with a final slash; the language lives below it
    under its code. ``languages`` are (code, own name) in the order of the switcher. ``texts`` are
    the interface strings that the theme's partials read. ``toggles`` name the palette's switches
    in the order of ``mkdocs.yml``. ``territory`` is the language with where it is mostly spoken, as
    in ``en_US``. ``copyright`` alone is HTML.
    """

    code: str
    site_url: str
    site_name: str
    description: str
    nav: tuple[NavEntry, ...]
    languages: tuple[tuple[str, str], ...]
    texts: Mapping[str, str] = field(default_factory=dict)
    toggles: tuple[str, ...] = ()
    permalink_title: str = ""
    territory: str = ""
    copyright: str = ""
    not_in_nav: tuple[str, ...] = ("*",)


def configuration(settings: LanguageSettings, root: Path, folder: Path) -> bytes:
    """Return the text of ``folder/mkdocs.yml``: that of ``root/mkdocs.yml`` and the language's own.

    ``folder`` is the language's build folder (it holds ``docs`` and ``raw``). Every path is set
    here, relative to it, and the bytes are the same on every machine. The file is complete, without
    ``INHERIT``: engines differ in how they put two lists together. Raises BuildError if
    ``mkdocs.yml`` cannot be read.
    """
    base = _read_base(root / "mkdocs.yml")
    theme: dict[str, Any] = {}
    custom_dir = _theme_option(base, "custom_dir")
    if isinstance(custom_dir, str):
        theme["custom_dir"] = os.path.relpath(root / custom_dir, folder)
    if theme_speaks(settings.code, root / custom_dir if isinstance(custom_dir, str) else None):
        theme["language"] = settings.code
    palette = _theme_option(base, "palette")
    if isinstance(palette, list):
        theme["palette"] = _named(palette, settings.toggles)
    values: dict[str, Any] = {
        "site_name": settings.site_name,
        "site_url": f"{settings.site_url.rstrip('/')}/{settings.code}/",
        "site_description": settings.description,
        "docs_dir": "docs",
        "site_dir": "raw",
        "theme": theme,
        "markdown_extensions": {"toc": {"permalink_title": settings.permalink_title}},
        "nav": [_nav(entry) for entry in settings.nav],
        "not_in_nav": "\n".join(settings.not_in_nav),
        "extra": {
            # Not a list: the theme then asks for partials/alternate.html and writes no links.
            "alternate": True,
            "scope": urlsplit(settings.site_url).path.rstrip("/") + "/",
            "locale": settings.territory or settings.code,
            "languages": [{"code": code, "name": name} for code, name in settings.languages],
            "title": _around(settings.texts.get("page.title", _PAGE), settings.site_name),
            "texts": dict(sorted(settings.texts.items())),
        },
    }
    if settings.copyright:
        values["copyright"] = settings.copyright
    text = yaml.safe_dump(_merged(base, values), allow_unicode=True, sort_keys=False, width=1000)
    return f"# Written by the generator from mkdocs.yml and the content.\n{text}".encode()


def theme_speaks(code: str, custom_dir: Path | None = None) -> bool:
    """Return whether the theme has its own words for a language.

    A ``partials/language.html`` in the custom folder takes words from the content instead, and
    then any language will do. Without that, a language that the theme lacks keeps the theme's
    words of ``mkdocs.yml``, which is worth a warning.
    """
    if not re.fullmatch(r"[A-Za-z0-9-]+", code):
        return False
    partials = [] if custom_dir is None else [custom_dir / "partials"]
    if any((folder / "language.html").is_file() for folder in partials):
        return True
    spec = find_spec("material")
    if spec is not None and spec.origin is not None:
        partials.append(Path(spec.origin).parent / "templates" / "partials")
    return any((folder / "languages" / f"{code}.html").is_file() for folder in partials)


def engine_fingerprint(root: Path, custom_dirs: Sequence[Path] = ()) -> str:
    """Return a hash of what decides the engine's output besides the language's own files.

    That is ``root/mkdocs.yml``, every file of the theme folders, and the versions of Python and
    of the engine's packages. Raises BuildError if a file cannot be read.
    """
    digest = hashlib.sha256()
    digest.update(f"python {sys.version_info[:3]}\n".encode())
    for package in _PACKAGES:
        digest.update(f"{package} {version(package)}\n".encode())
    files = [root / "mkdocs.yml"]
    for folder in custom_dirs:
        files.extend(sorted(path for path in folder.rglob("*") if path.is_file()))
    for path in files:
        content = _read(path)
        digest.update(f"{os.path.relpath(path, root)} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BuildError(f"cannot read {path}: {error.strerror}") from error


def _read_base(path: Path) -> Mapping[str, Any]:
    try:
        loaded = yaml.safe_load(_read(path))
    except yaml.YAMLError as error:
        raise BuildError(f"{path}: not valid YAML: {error}") from error
    if not isinstance(loaded, dict):
        raise BuildError(f"{path}: expected a mapping of MkDocs settings")
    return loaded


def _merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return mappings put together, level by level; of anything else the own value counts."""
    merged = {**base, **own}
    for key in base.keys() & own.keys():
        if isinstance(base[key], dict) and isinstance(own[key], dict):
            merged[key] = _merged(base[key], own[key])
    return merged


def _theme_option(base: Mapping[str, Any], name: str) -> object:
    theme = base.get("theme")
    return theme.get(name) if isinstance(theme, dict) else None


def _named(palette: Sequence[Any], names: Sequence[str]) -> list[Any]:
    """Return the palette with the toggles named; the theme prints the names without escaping."""
    remaining = iter(names)
    named = []
    for option in palette:
        toggle = option.get("toggle") if isinstance(option, dict) else None
        if isinstance(toggle, dict):
            name = html.escape(next(remaining, ""))
            named.append({**option, "toggle": {**toggle, "name": name}})
        else:
            named.append(option)
    return named


def _around(pattern: str, site_name: str) -> dict[str, str]:
    """Return what stands before and after a page's name in its title."""
    before, _, after = pattern.partition(_PAGE)
    return {
        "before": before.replace("{site}", site_name),
        "after": after.replace("{site}", site_name),
    }


def _nav(entry: NavEntry) -> dict[str, Any]:
    if isinstance(entry.target, str):
        return {entry.title: entry.target}
    return {entry.title: [_nav(child) for child in entry.target]}
