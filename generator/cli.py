"""The command line: ``python -m generator COMMAND``.

Exit codes: 0 done, 1 problems in content or a failed build (nothing is published), 2 called
wrongly, 70 a fault of the generator itself, 128 and more stopped by a signal. Progress and results
go to the terminal; when piped, only what was asked for is printed.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from generator import __version__
from generator.completing import SHELLS, completed, ids, kinds, languages, rules
from generator.ending import of_fault, of_lacking, of_signal, of_system, stoppable
from generator.errors import ContentError, GeneratorError, ReportFormat, closest, report
from generator.project import Project, find_project

# Lines of a translator's queue that fit on a screen.
QUEUE_SHOWN = 15
# What a shell completes.
IDS, LANGUAGES = completed(ids), completed(languages)


class _Group(click.Group):
    """Commands in the order of their use, errors as one line, and a hint for a misspelt name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with stoppable():
                return super().invoke(ctx)
        except ContentError as error:
            click.echo(report(error.problems, ReportFormat.TEXT), err=True, nl=False)
            click.echo(_summary(len(error.problems)), err=True)
            ctx.exit(error.exit_code)
        except GeneratorError as error:
            click.echo(f"error: {error}", err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt as error:
            _end(ctx, *of_signal(error))
        except OSError as error:
            told = of_system(error)
            if told is None:
                raise  # click ends quietly
            _end(ctx, *told)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except ModuleNotFoundError as error:
            _end(ctx, *(of_lacking(error) or of_fault(error)))
        except Exception as error:
            _end(ctx, *of_fault(error))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            hint = closest(name, self.commands)
            suffix = f" Did you mean {hint!r}?" if hint else ""
            ctx.fail(f"No such command {name!r}.{suffix}")
        return super().resolve_command(ctx, args)


def _end(ctx: click.Context, message: str, code: int) -> None:
    click.echo(message, err=True)
    ctx.exit(code)


def _summary(count: int) -> str:
    return f"{count} problem{'' if count == 1 else 's'}; nothing was published"


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
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


def _project(ctx: click.Context) -> Project:
    return find_project(Path(ctx.obj).resolve())


@contextmanager
def _progress() -> Iterator[Any]:
    """Show what is being done on a terminal; say nothing when piped."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda message: None
        return
    with console.status("starting") as status:
        yield lambda message: status.update(f"{message} …")


@contextmanager
def _no_collector() -> Iterator[None]:
    """Do without the search for circles of objects: content has none, and it takes a seventh."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@main.command()
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
    project, timings = _project(ctx), Timings()
    editions = tuple(edition.name for edition in EDITIONS) if with_editions else ()
    with _progress() as progress, _no_collector():
        result = run(project, progress, only=languages, editions=editions, timings=timings)
    if as_table:
        click.echo(timings.table(), nl=False)
    if timings_json is not None:
        write_text(timings_json, timings.to_json())
    changed = sum(len(written.changed) for written in result.written.values())
    click.echo(f"{result.pages} pages in {project.site.name}/, {changed} of them rewritten")


@main.command()
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

    project = _project(ctx)
    target = folder or project.root / "editions"
    with _progress() as progress:
        made = editions_of_site(project, names, languages, target, progress)
    for path in made:
        click.echo(path)


@main.command()
@click.option(
    "--format",
    "style",
    type=click.Choice([style.value for style in ReportFormat]),
    default=ReportFormat.TEXT.value,
    help="How problems are printed.",
    show_default=True,
)
@click.pass_context
def check(ctx: click.Context, style: str) -> None:
    """Name every problem of the content; writes nothing."""
    from generator.loading import check as run

    with _no_collector():
        problems = run(_project(ctx))
    click.echo(report(problems, ReportFormat(style)), nl=False)
    if problems:
        if style == ReportFormat.TEXT:
            click.echo(_summary(len(problems)), err=True)
        sys.exit(1)
    if style == ReportFormat.TEXT:
        click.echo("no problems")


@main.command()
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

    run(_project(ctx), host, port, click.echo, only=languages, mark=mark)


@main.command()
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

    project = _project(ctx)
    with _no_collector():
        count = run(project, folders)
    click.echo(f"{count} files in {project.site.name}/")


@main.command()
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

    found = compare(folder or _project(ctx).site, against)
    lines = list(found.lines())
    for line in lines:
        click.echo(line)
    if lines:
        click.echo(f"{len(lines)} of the files differ", err=True)
        ctx.exit(1)
    click.echo(f"{found.compared} files as the manifest says")


@main.command()
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

    site, runner = _project(ctx).site, Runner(click.echo, is_dry)
    if how == "rsync":
        name = publish_by_rsync(site, destination, keep, runner)
    else:
        name = publish_to_storage(site, destination, runner)
    click.echo(f"{'would publish' if is_dry else 'published'} {name}")


@main.command()
@click.argument("kind", shell_complete=completed(kinds))
@click.argument("identifier", metavar="ID")
@click.pass_context
def new(ctx: click.Context, kind: str, identifier: str) -> None:
    """Add a record of a KIND with an ID, to be filled in, or a language: new language CODE."""
    from generator.editing import new_record
    from generator.translation.command import added_language

    if kind == "language":
        for line in added_language(_project(ctx), identifier):
            click.echo(line)
        return
    for path in new_record(_project(ctx), kind, identifier):
        click.echo(path)


@main.command()
@click.argument("old", shell_complete=IDS)
@click.argument("new_id", metavar="NEW")
@click.pass_context
def rename(ctx: click.Context, old: str, new_id: str) -> None:
    """Give the record OLD the id NEW: references, words and a redirect come along."""
    from generator.editing import rename_record

    for path in rename_record(_project(ctx), old, new_id):
        click.echo(path)


@main.command()
@click.argument("identifier", metavar="ID", shell_complete=IDS)
@click.pass_context
def show(ctx: click.Context, identifier: str) -> None:
    """Say what a record is, where it stands, and what uses it."""
    from generator.inspect import show_record

    click.echo(show_record(_project(ctx), identifier), nl=False)


@main.command()
@click.argument("rule", required=False, shell_complete=completed(rules))
def explain(rule: str | None) -> None:
    """Say more about a RULE; without one, list all rules."""
    from generator.rules import explain_rule

    click.echo(explain_rule(rule), nl=False)


@main.command()
@click.option("--check", "only_check", is_flag=True, help="Only say whether they are up to date.")
@click.pass_context
def schema(ctx: click.Context, only_check: bool) -> None:
    """Write the JSON Schemas of content files for editors."""
    from generator.inspect import write_schemas

    for path in write_schemas(_project(ctx), only_check):
        click.echo(path)


@main.command()
@click.argument("languages", metavar="[LANG]...", nargs=-1, shell_complete=LANGUAGES)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.option("--all", "show_all", is_flag=True, help="The whole queue, not only its beginning.")
@click.pass_context
def status(ctx: click.Context, languages: tuple[str, ...], as_json: bool, show_all: bool) -> None:
    """Say what is translated, missing or out of date in each language."""
    from generator.translation.command import status as run

    text = run(_project(ctx), languages, as_json, None if show_all else QUEUE_SHOWN)
    click.echo(text, nl=False)


@main.command()
@click.argument("lang", required=False, shell_complete=LANGUAGES)
@click.argument("keys", metavar="[KEY]...", nargs=-1)
@click.option("--minor", multiple=True, metavar="KEY", help="The change of this text was minor.")
@click.pass_context
def stamp(
    ctx: click.Context, lang: str | None, keys: tuple[str, ...], minor: tuple[str, ...]
) -> None:
    """Declare translations in LANG to match the source: the KEYs, or all that are new."""
    from generator.translation.command import stamp as run

    for line in run(_project(ctx), lang, keys, minor):
        click.echo(line)


@main.command()
@click.option("--date", "day", metavar="DAY", help="The day of what is new.  [default: today]")
@click.pass_context
def history(ctx: click.Context, day: str | None) -> None:
    """Write down when records were added and changed, for feeds and search engines."""
    from generator.dating import day_of, write_history

    project = _project(ctx)
    changed = write_history(project, day_of(day))
    for identifier in changed:
        click.echo(identifier)


@main.command()
@click.option(
    "--format",
    "style",
    type=click.Choice([style.value for style in ReportFormat]),
    default=ReportFormat.TEXT.value,
    help="How problems are printed.",
    show_default=True,
)
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

    with _progress() as progress:
        asking = Asking(timeout, private=private)
        count, problems = checked_links(_project(ctx), day_of(None), asking, progress)
    click.echo(report(problems, ReportFormat(style)), nl=False)
    dead = sum(problem.severity == "error" for problem in problems)
    if style == ReportFormat.TEXT:
        asked = f"{count} address{'' if count == 1 else 'es'} asked"
        click.echo(f"{asked}, {dead} problem{'' if dead == 1 else 's'}", err=True)
    if dead:
        ctx.exit(1)


@main.command()
@click.argument("identifiers", metavar="ID...", nargs=-1, required=True)
@click.option("--date", "day", metavar="DAY", help="The day of the comparison.  [default: today]")
@click.pass_context
def checked(ctx: click.Context, identifiers: tuple[str, ...], day: str | None) -> None:
    """Declare that a person compared these records, as they are now, with their sources."""
    from generator.dating import day_of
    from generator.releasing import note_checked

    for identifier in note_checked(_project(ctx), identifiers, day_of(day)):
        click.echo(identifier)


@main.command()
@click.argument("version")
@click.option("--date", "day", metavar="DAY", help="The day of the release.  [default: today]")
@click.pass_context
def release(ctx: click.Context, version: str, day: str | None) -> None:
    """Publish the data as a VERSION: check them, and write down what has changed since the last."""
    from generator.dating import day_of
    from generator.releasing import make_release

    with _no_collector():
        lines = make_release(_project(ctx), version, day_of(day))
    for line in lines:
        click.echo(line)


@main.command()
@click.argument("lang", shell_complete=LANGUAGES)
@click.option("--comments/--no-comments", default=True, help="Source text above each string.")
@click.pass_context
def sync(ctx: click.Context, lang: str, comments: bool) -> None:
    """Put every missing string of LANG into its words files, empty, with the source text above."""
    from generator.translation.command import synced as run

    for path in run(_project(ctx), lang, comments):
        click.echo(path)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Say what this machine lacks for the site, its tests, PDF files and checkers."""
    from generator import doctor as module

    findings = module.examine(_project(ctx))
    if as_json:
        click.echo(module.as_json(findings), nl=False)
    else:
        for finding in findings:
            click.echo(finding)
    if not module.can_build(findings):
        ctx.exit(1)


@main.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the script that completes commands, ids, languages and rules in a SHELL."""
    from generator.completing import script

    click.echo(script(shell), nl=False)


@main.group(cls=_Group)
def po() -> None:
    """Exchange a language with PO editors and platforms, as a gettext catalogue."""


@po.command("export")
@click.argument("lang", shell_complete=LANGUAGES)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_context
def po_export(ctx: click.Context, lang: str, file: Path) -> None:
    """Write all strings of LANG to FILE, a PO catalogue; stale ones are fuzzy."""
    from generator.translation.command import po_export as run

    click.echo(run(_project(ctx), lang, file))


@po.command("import")
@click.argument("lang", shell_complete=LANGUAGES)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_context
def po_import(ctx: click.Context, lang: str, file: Path) -> None:
    """Take what was changed in FILE since its export into the words files of LANG."""
    from generator.translation.command import po_import as run

    done, conflicts = run(_project(ctx), lang, file)
    for line in done:
        click.echo(line)
    for line in conflicts:
        click.echo(f"not taken: {line}", err=True)
    if conflicts:
        ctx.exit(1)
