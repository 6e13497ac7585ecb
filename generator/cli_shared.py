"""What all commands share: the group they stand in, the project they are for, progress, ends."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from generator.completing import completed, ids, languages
from generator.ending import of_fault, of_lacking, of_signal, of_system, stoppable
from generator.errors import ContentError, GeneratorError, ReportFormat, closest, report
from generator.project import Project, find_project

# What a shell completes.
IDS, LANGUAGES = completed(ids), completed(languages)
REPORT_FORMAT = click.option(
    "--format",
    "style",
    type=click.Choice([style.value for style in ReportFormat]),
    default=ReportFormat.TEXT.value,
    help="How problems are printed.",
    show_default=True,
)


class Group(click.Group):
    """Commands in the order of their use, errors as one line, and a hint for a misspelt name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands as they were added, not by name."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; whatever stops it is told in one line, and is the exit code."""
        try:
            with stoppable():
                return super().invoke(ctx)
        except ContentError as error:
            click.echo(report(error.problems, ReportFormat.TEXT), err=True, nl=False)
            click.echo(summary(len(error.problems)), err=True)
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
        """The command of a name, or an error that says what was perhaps meant."""
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            hint = closest(name, self.commands)
            suffix = f" Did you mean {hint!r}?" if hint else ""
            ctx.fail(f"No such command {name!r}.{suffix}")
        return super().resolve_command(ctx, args)


def _end(ctx: click.Context, message: str, code: int) -> None:
    click.echo(message, err=True)
    ctx.exit(code)


def summary(count: int) -> str:
    """How a run ends that found problems."""
    return f"{count} problem{'' if count == 1 else 's'}; nothing was published"


def project_of(ctx: click.Context) -> Project:
    """The project that a command is for."""
    return find_project(Path(ctx.obj).resolve())


@contextmanager
def progress_shown() -> Iterator[Any]:
    """Show what is being done on a terminal; say nothing when piped."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda message: None
        return
    with console.status("starting") as status:
        yield lambda message: status.update(f"{message} …")


@contextmanager
def no_collector() -> Iterator[None]:
    """Do without the search for circles of objects: content has none, and it takes a seventh."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
