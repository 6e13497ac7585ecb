"""The command line: ``python -m generator COMMAND``.

Exit codes: 0 done, 1 problems in content or a failed build (nothing is published), 2 called
wrongly, 70 a fault of the generator itself, 128 and more stopped by a signal. Progress and results
go to the terminal; when piped, only what was asked for is printed.
"""

from __future__ import annotations

from pathlib import Path

import click

from generator import __version__, cli_records, cli_site, cli_words
from generator.cli_shared import Group, project_of
from generator.completing import SHELLS


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="generator")
@click.option(
    "--project",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=".",
    help="Folder of the project, or one below it.  [default: here]",
)
@click.pass_context
def main(ctx: click.Context, folder: Path) -> None:
    """Build a sourced, multilingual reference site from YAML facts and words."""
    ctx.obj = folder


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Say what this machine lacks for the site, its tests, PDF files and checkers."""
    from generator import doctor as module

    findings = module.examine(project_of(ctx))
    if as_json:
        click.echo(module.as_json(findings), nl=False)
    else:
        for finding in findings:
            click.echo(finding)
    if not module.can_build(findings):
        ctx.exit(1)


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the script that completes commands, ids, languages and rules in a SHELL."""
    from generator.completing import script

    click.echo(script(shell), nl=False)


for _command in (
    cli_site.build,
    cli_site.editions,
    cli_site.check,
    cli_site.serve,
    cli_site.assemble,
    cli_site.verify,
    cli_site.publish,
    cli_records.new,
    cli_records.rename,
    cli_records.show,
    cli_records.explain,
    cli_records.schema,
    cli_words.status,
    cli_words.stamp,
    cli_records.history,
    cli_records.links,
    cli_records.checked,
    cli_records.release,
    cli_words.sync,
    doctor,
    completion,
    cli_words.po,
):
    main.add_command(_command)
