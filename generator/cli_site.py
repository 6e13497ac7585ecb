"""Commands about the site: build, look at, compare, publish."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli_shared import (
    LANGUAGES,
    REPORT_FORMAT,
    no_collector,
    progress_shown,
    project_of,
    summary,
)
from generator.errors import ReportFormat, report


@click.command()
@click.option(
    "--lang",
    "languages",
    metavar="LANG",
    multiple=True,
    shell_complete=LANGUAGES,
    help="Build this language alone; the published pages of others stay. May be given again.",
)
@click.option(
    "--editions",
    "with_editions",
    is_flag=True,
    help="Also make and publish the editions to take away, such as the one for reading offline.",
)
@click.option("--timings", "as_table", is_flag=True, help="Say what each stage took.")
@click.option(
    "--timings-json",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write what each stage took as JSON.",
)
@click.pass_context
def build(
    ctx: click.Context,
    languages: tuple[str, ...],
    with_editions: bool,
    as_table: bool,
    timings_json: Path | None,
) -> None:
    """Check the content and build the site; publish it only if everything is right."""
    from generator.editions import EDITIONS
    from generator.output import write_text
    from generator.pipeline import build as run
    from generator.timing import Timings

    if with_editions and languages:
        raise click.UsageError("--editions are made of the whole site: leave out --lang")
    project, timings = project_of(ctx), Timings()
    editions = tuple(edition.name for edition in EDITIONS) if with_editions else ()
    with progress_shown() as progress, no_collector():
        result = run(project, progress, only=languages, editions=editions, timings=timings)
    if as_table:
        click.echo(timings.table(), nl=False)
    if timings_json is not None:
        write_text(timings_json, timings.to_json())
    changed = sum(len(written.changed) for written in result.written.values())
    click.echo(f"{result.pages} pages in {project.site.name}/, {changed} of them rewritten")


@click.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--lang", "languages", metavar="LANG", multiple=True, help="Only in this language.")
@click.option(
    "--to",
    "folder",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to put them.  [default: editions/ in the project]",
)
@click.pass_context
def editions(
    ctx: click.Context, names: tuple[str, ...], languages: tuple[str, ...], folder: Path | None
) -> None:
    """Make the editions NAME, or all, out of the published site, which stays as it is."""
    from generator.editions.command import editions_of_site

    project = project_of(ctx)
    target = folder or project.root / "editions"
    with progress_shown() as progress:
        made = editions_of_site(project, names, languages, target, progress)
    for path in made:
        click.echo(path)


@click.command()
@REPORT_FORMAT
@click.pass_context
def check(ctx: click.Context, style: str) -> None:
    """Name every problem of the content; writes nothing."""
    from generator.loading import check as run

    with no_collector():
        problems = run(project_of(ctx))
    click.echo(report(problems, ReportFormat(style)), nl=False)
    if problems:
        if style == ReportFormat.TEXT:
            click.echo(summary(len(problems)), err=True)
        ctx.exit(1)
    if style == ReportFormat.TEXT:
        click.echo("no problems")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 takes a free one.",
)
@click.option(
    "--lang",
    "languages",
    metavar="LANG",
    multiple=True,
    shell_complete=LANGUAGES,
    help="Only this language.",
)
@click.option(
    "--mark",
    is_flag=True,
    help="For translators: mark missing and stale strings, show keys. Beside the site itself.",
)
@click.pass_context
def serve(ctx: click.Context, host: str, port: int, languages: tuple[str, ...], mark: bool) -> None:
    """Build, serve and rebuild on every change, until stopped by Ctrl-C."""
    from generator.serve import serve as run

    run(project_of(ctx), host, port, click.echo, only=languages, mark=mark)


@click.command()
@click.argument(
    "folders",
    metavar="FOLDER...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, file_okay=False, exists=True),
)
@click.pass_context
def assemble(ctx: click.Context, folders: tuple[Path, ...]) -> None:
    """Make one site of several, each the site/ that build --lang LANG made somewhere."""
    from generator.assembling import assemble as run

    project = project_of(ctx)
    with no_collector():
        count = run(project, folders)
    click.echo(f"{count} files in {project.site.name}/")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
@click.option(
    "--against",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="MANIFEST",
    help="Compare with this manifest, not with the folder's own.",
)
@click.pass_context
def verify(ctx: click.Context, folder: Path | None, against: Path | None) -> None:
    """Compare a site with a manifest of hashes: FOLDER, or the site that is built here."""
    from generator.manifest import compare

    found = compare(folder or project_of(ctx).site, against)
    lines = list(found.lines())
    for line in lines:
        click.echo(line)
    if lines:
        click.echo(f"{len(lines)} of the files differ", err=True)
        ctx.exit(1)
    click.echo(f"{found.compared} files as the manifest says")


@click.command()
@click.argument("how", type=click.Choice(["rsync", "storage"]))
@click.argument("destination")
@click.option("--keep", type=click.IntRange(0), default=3, help="Older releases that stay (rsync).")
@click.option("--dry-run", "is_dry", is_flag=True, help="Say what would be done; do nothing.")
@click.pass_context
def publish(ctx: click.Context, how: str, destination: str, keep: int, is_dry: bool) -> None:
    """Bring the site to HOST:/FOLDER or /FOLDER by rsync, or to REMOTE:BUCKET in storage."""
    from generator.publishing import Runner
    from generator.publishing_rsync import publish_by_rsync
    from generator.publishing_storage import publish_to_storage

    site, runner = project_of(ctx).site, Runner(click.echo, is_dry)
    if how == "rsync":
        name = publish_by_rsync(site, destination, keep, runner)
    else:
        name = publish_to_storage(site, destination, runner)
    click.echo(f"{'would publish' if is_dry else 'published'} {name}")
