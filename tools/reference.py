"""``docs/reference.md``: every command, setting, rule, kind and published file, by its own words.

Commands speak by their help, settings and kinds by the docstrings of their models, rules by what
``explain`` says, files by the texts of the downloads page. So nothing is told twice.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click
import yaml
from pydantic import BaseModel

from generator.cli import main
from generator.exports import EXPORTS, Group
from generator.model.kinds import KINDS
from generator.rules import RULES
from generator.site import Language, Licence, Site
from tools.tables import NOTE, code, plain, table

SETTINGS: dict[str, type[BaseModel]] = {
    "": Site,
    "languages": Language,
    "licence": Licence,
}


def reference(root: Path) -> str:
    """The text of the page; ``root`` is the project's folder, for the words of the downloads."""
    parts = [
        f"# Reference\n\n{NOTE}",
        "Everything that has a name: [commands](#commands), [targets of make](#targets-of-make), "
        "[settings](#settings), [rules](#rules), [kinds of records](#kinds-of-records), "
        "[published files](#published-files).\n",
        *_commands(),
        _targets(root),
        *_settings(),
        _rules(),
        *_kinds(),
        *_exports(root),
    ]
    return "\n".join(parts)


def commands() -> Iterator[tuple[str, click.Command]]:
    """All commands by their full names, those of groups included."""
    for name, command in main.commands.items():
        if isinstance(command, click.Group):
            yield from ((f"{name} {below}", one) for below, one in command.commands.items())
        else:
            yield name, command


def options(command: click.Command) -> Iterator[click.Option]:
    """The options of a command that can be seen, without ``--help``."""
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            yield parameter


def _commands() -> Iterator[str]:
    yield (
        "## Commands\n\n`python -m generator COMMAND`, in the project's virtual environment. "
        f"{plain(main.help or '')} Exit code 0 means done, 1 problems in content or a failed build "
        "with the published site untouched, 2 a wrong call.\n"
    )
    yield table(("option of all commands", ""), _options(main))
    for name, command in commands():
        context = click.Context(command, info_name=f"generator {name}")
        usage = " ".join(command.collect_usage_pieces(context)).replace("[OPTIONS]", "").split()
        yield f"### {name}\n\n    {' '.join(['generator', name, *usage])}\n"
        yield f"{plain(command.help or '')}\n"
        rows = list(_options(command))
        if rows:
            yield table(("option", ""), rows)


def _options(command: click.Command) -> Iterator[tuple[str, str]]:
    for option in options(command):
        names = " / ".join([*option.opts, *option.secondary_opts])
        takes = ""
        if isinstance(option.type, click.Choice):
            takes = " " + "|".join(option.type.choices)
        elif not option.is_flag:
            takes = " " + (option.metavar or option.type.name.upper())
        yield code(names + takes), plain(option.help or "")


def targets(root: Path) -> dict[str, str]:
    """The targets of the Makefile and what each says of itself."""
    found = re.findall(r"^([a-z]+):.*?## (.*)$", (root / "Makefile").read_text("utf-8"), re.M)
    return {name: text.partition(":")[0] if name == "help" else text for name, text in found}


def _targets(root: Path) -> str:
    rows = ((code(f"make {name}"), plain(text)) for name, text in targets(root).items())
    return "## Targets of make\n\n" + table(("target", ""), rows)


def _settings() -> Iterator[str]:
    yield "## Settings\n\nIn `content/site.yaml`.\n"
    for owner, model in SETTINGS.items():
        if owner:
            yield (
                f"### In each entry of {code(owner)}\n"
                if owner == "languages"
                else (f"### In {code(owner)}\n")
            )
        rows = (
            (code(name), "needed" if field.is_required() else _default(field.default))
            for name, field in model.model_fields.items()
        )
        yield table(("setting", "if it is left out"), rows)
        yield (
            "\n\n".join(plain(part) for part in (inspect.getdoc(model) or "").split("\n\n")) + "\n"
        )


def _default(value: object) -> str:
    if value in (None, (), {}):
        return "nothing"
    return code(str(value).lower() if isinstance(value, bool) else str(value))


def _rules() -> str:
    rows = ((code(name), plain(text)) for name, text in sorted(RULES.items()))
    return (
        "## Rules\n\nWhat `check` names at the end of a line, and `explain RULE` explains.\n\n"
        + table(("rule", ""), rows)
    )


def _kinds() -> Iterator[str]:
    yield (
        "## Kinds of records\n\nRecords of a kind stand in `content/facts/KINDS/`, their words in "
        "`content/words/LANG/KINDS.yaml`, their schema in `schemas/`. Fields and words in bold are "
        "needed.\n"
    )
    rows = []
    for kind in KINDS.values():
        fields = (
            f"**{name}**" if field.is_required() else name
            for name, field in kind.model.model_fields.items()
        )
        words = (f"**{word.name}**" if word.required else word.name for word in kind.words)
        about = plain((inspect.getdoc(kind.model) or "").partition("\n\n")[0])
        rows.append(
            (code(kind.name), code(f"{kind.plural}/"), about, ", ".join(fields), ", ".join(words))
        )
    yield table(("kind", "folder", "what it is", "fields", "words"), rows)


def _exports(root: Path) -> Iterator[str]:
    texts = _texts(root)
    yield (
        "## Published files\n\nBelow `site/data/`. What a page shows is there too, in files named "
        "after it; [data.md](data.md) says how they are used.\n"
    )
    for group in Group:
        yield f"### {texts[f'downloads.group.{group}']}\n"
        yield table(
            ("file", "format", "what is in it"),
            (
                (code(export.name.replace("{lang}", "LANG")), export.form, texts[export.holds])
                for export in EXPORTS
                if export.group is group
            ),
        )


def _texts(root: Path) -> dict[str, str]:
    content = root / "content"
    site = yaml.safe_load((content / "site.yaml").read_text("utf-8"))
    words = content / "words" / site["source_language"] / "interface.yaml"
    texts = yaml.safe_load(words.read_text("utf-8"))
    return {key: re.sub(r"[{}]", "", text) for key, text in texts.items()}
