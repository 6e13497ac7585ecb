"""Commands about words: what is translated, stamps, exchange with editors and platforms."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli_shared import LANGUAGES, Group, project_of

# Lines of a translator's queue that fit on a screen.
QUEUE_SHOWN = 15


@click.command()
@click.argument("languages", metavar="[LANG]...", nargs=-1, shell_complete=LANGUAGES)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.option("--all", "show_all", is_flag=True, help="The whole queue, not only its beginning.")
@click.pass_context
def status(ctx: click.Context, languages: tuple[str, ...], as_json: bool, show_all: bool) -> None:
    """Say what is translated, missing or out of date in each language."""
    from generator.translation.command import status as run

    text = run(project_of(ctx), languages, as_json, None if show_all else QUEUE_SHOWN)
    click.echo(text, nl=False)


@click.command()
@click.argument("lang", required=False, shell_complete=LANGUAGES)
@click.argument("keys", metavar="[KEY]...", nargs=-1)
@click.option("--minor", multiple=True, metavar="KEY", help="The change of this text was minor.")
@click.pass_context
def stamp(
    ctx: click.Context, lang: str | None, keys: tuple[str, ...], minor: tuple[str, ...]
) -> None:
    """Declare translations in LANG to match the source: the KEYs, or all that are new."""
    from generator.translation.command import stamp as run

    for line in run(project_of(ctx), lang, keys, minor):
        click.echo(line)


@click.command()
@click.argument("lang", shell_complete=LANGUAGES)
@click.option("--comments/--no-comments", default=True, help="Source text above each string.")
@click.pass_context
def sync(ctx: click.Context, lang: str, comments: bool) -> None:
    """Put every missing string of LANG into its words files, empty, with the source text above."""
    from generator.translation.command import synced as run

    for path in run(project_of(ctx), lang, comments):
        click.echo(path)


@click.group(cls=Group)
def po() -> None:
    """Exchange a language with PO editors and platforms, as a gettext catalogue."""


@po.command("export")
@click.argument("lang", shell_complete=LANGUAGES)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_context
def po_export(ctx: click.Context, lang: str, file: Path) -> None:
    """Write all strings of LANG to FILE, a PO catalogue; stale ones are fuzzy."""
    from generator.translation.command import po_export as run

    click.echo(run(project_of(ctx), lang, file))


@po.command("import")
@click.argument("lang", shell_complete=LANGUAGES)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_context
def po_import(ctx: click.Context, lang: str, file: Path) -> None:
    """Take what was changed in FILE since its export into the words files of LANG."""
    from generator.translation.command import po_import as run

    done, conflicts = run(project_of(ctx), lang, file)
    for line in done:
        click.echo(line)
    for line in conflicts:
        click.echo(f"not taken: {line}", err=True)
    if conflicts:
        ctx.exit(1)
