"""Commands about records: add, rename, look up, date, release."""

from __future__ import annotations

import click

from generator.cli_shared import IDS, REPORT_FORMAT, no_collector, progress_shown, project_of
from generator.completing import completed, kinds, rules
from generator.errors import ReportFormat, report


@click.command()
@click.argument("kind", shell_complete=completed(kinds))
@click.argument("identifier", metavar="ID")
@click.pass_context
def new(ctx: click.Context, kind: str, identifier: str) -> None:
    """Add a record of a KIND with an ID, to be filled in, or a language: new language CODE."""
    from generator.editing import new_record
    from generator.translation.command import added_language

    if kind == "language":
        for line in added_language(project_of(ctx), identifier):
            click.echo(line)
        return
    for path in new_record(project_of(ctx), kind, identifier):
        click.echo(path)


@click.command()
@click.argument("old", shell_complete=IDS)
@click.argument("new_id", metavar="NEW")
@click.pass_context
def rename(ctx: click.Context, old: str, new_id: str) -> None:
    """Give the record OLD the id NEW: references, words and a redirect come along."""
    from generator.editing import rename_record

    for path in rename_record(project_of(ctx), old, new_id):
        click.echo(path)


@click.command()
@click.argument("identifier", metavar="ID", shell_complete=IDS)
@click.pass_context
def show(ctx: click.Context, identifier: str) -> None:
    """Say what a record is, where it stands, and what uses it."""
    from generator.inspect import show_record

    click.echo(show_record(project_of(ctx), identifier), nl=False)


@click.command()
@click.argument("rule", required=False, shell_complete=completed(rules))
def explain(rule: str | None) -> None:
    """Say more about a RULE; without one, list all rules."""
    from generator.rules import explain_rule

    click.echo(explain_rule(rule), nl=False)


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Only say whether they are up to date.")
@click.pass_context
def schema(ctx: click.Context, only_check: bool) -> None:
    """Write the JSON Schemas of content files for editors."""
    from generator.inspect import write_schemas

    for path in write_schemas(project_of(ctx), only_check):
        click.echo(path)


@click.command()
@click.option("--date", "day", metavar="DAY", help="The day of what is new.  [default: today]")
@click.pass_context
def history(ctx: click.Context, day: str | None) -> None:
    """Write down when records were added and changed, for feeds and search engines."""
    from generator.dating import day_of, write_history

    project = project_of(ctx)
    changed = write_history(project, day_of(day))
    for identifier in changed:
        click.echo(identifier)


@click.command()
@REPORT_FORMAT
@click.option("--private", is_flag=True, help="Ask addresses in private networks too.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=20.0,
    show_default=True,
    help="Seconds to wait for an answer.",
)
@click.pass_context
def links(ctx: click.Context, style: str, private: bool, timeout: float) -> None:
    """Ask the addresses of all sources whether they still answer; needs the network."""
    from generator.dating import day_of
    from generator.links_asked import Asking, checked_links

    with progress_shown() as progress:
        asking = Asking(timeout, private=private)
        count, problems = checked_links(project_of(ctx), day_of(None), asking, progress)
    click.echo(report(problems, ReportFormat(style)), nl=False)
    dead = sum(problem.severity == "error" for problem in problems)
    if style == ReportFormat.TEXT:
        asked = f"{count} address{'' if count == 1 else 'es'} asked"
        click.echo(f"{asked}, {dead} problem{'' if dead == 1 else 's'}", err=True)
    if dead:
        ctx.exit(1)


@click.command()
@click.argument("identifiers", metavar="ID...", nargs=-1, required=True)
@click.option("--date", "day", metavar="DAY", help="The day of the comparison.  [default: today]")
@click.pass_context
def checked(ctx: click.Context, identifiers: tuple[str, ...], day: str | None) -> None:
    """Declare that a person compared these records, as they are now, with their sources."""
    from generator.dating import day_of
    from generator.releasing import note_checked

    for identifier in note_checked(project_of(ctx), identifiers, day_of(day)):
        click.echo(identifier)


@click.command()
@click.argument("version")
@click.option("--date", "day", metavar="DAY", help="The day of the release.  [default: today]")
@click.pass_context
def release(ctx: click.Context, version: str, day: str | None) -> None:
    """Publish the data as a VERSION: check them, and write down what has changed since the last."""
    from generator.dating import day_of
    from generator.releasing import make_release

    with no_collector():
        lines = make_release(project_of(ctx), version, day_of(day))
    for line in lines:
        click.echo(line)
