"""``docs/engine-use.md``: what of MkDocs and of its theme the project rests on, from the tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from generator.engine_config import LanguageSettings, configuration
from tools.tables import NOTE, code, table

_BLOCK = re.compile(r"{%-?\s*block\s+(\w+)")
_INCLUDE = re.compile(r"""{%-?\s*(?:include|extends)\s+["']([^"']+)["']""")
_VARIABLE = re.compile(r"\b((?:page|nav|config)(?:\.(?!extra\.)[a-z_]+)+)")
_FILTER = re.compile(r"\|\s*([a-z_]+)")
_QUOTED = re.compile(r"""(["']).*?\1""")
_NOTES = re.compile(r"{#.*?#}", re.S)


def engine_use(root: Path) -> str:
    """The text of the page; ``root`` is the project's folder."""
    theme = root / "templates/theme"
    files = {
        str(path.relative_to(theme)): _NOTES.sub("", path.read_text("utf-8"))
        for path in sorted(theme.rglob("*.html"))
    }
    text = "\n".join(files.values())
    read = set(_VARIABLE.findall(_QUOTED.sub("", text)))
    settings = LanguageSettings("LANG", "https://host/", "", "", (), ())
    config = yaml.safe_load(configuration(settings, root, root / "build" / "LANG"))
    icons = {name for name in _INCLUDE.findall(text) if name.startswith(".icons/m")}
    own = {name for name in _INCLUDE.findall(text) if name in files}
    foreign = sorted(set(_INCLUDE.findall(text)) - icons - own - {".icons/"})
    return "\n".join(
        [
            f"# What is used of the engine and the theme\n\n{NOTE}\n"
            "What [engine.md](engine.md) would have to replace. The generator writes Markdown with "
            "HTML in it and one configuration per language, and nothing else.\n",
            "## Files of the theme that ours replace or add\n",
            table(
                ("file", "blocks that it fills"),
                ((code(n), ", ".join(map(code, _BLOCK.findall(t)))) for n, t in files.items()),
            ),
            f"Of the theme's own files they name: {_listed(foreign)}; and its icons: "
            f"{_listed(icons)}.\n",
            f"## Settings\n\n{_listed(set(_keys(config)))}.\n",
            "## What templates read\n",
            f"Of the engine: {_listed(read)}.\n",
            f"Filters: {_listed(set(_FILTER.findall(text)))}; `url` is the engine's, the others "
            "are Jinja's.\n",
        ]
    )


def _listed(names: set[str] | list[str]) -> str:
    return ", ".join(code(name) for name in sorted(names))


def _keys(config: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for key, value in config.items():
        if isinstance(value, dict) and value:
            yield from _keys(value, f"{above}{key}.")
        else:
            yield f"{above}{key}"
