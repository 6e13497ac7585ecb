"""What a shell may complete: scripts for bash, zsh and fish, and the values that they ask for.

The scripts define a command ``generator``, which runs this Python with this package from anywhere,
and ask it for what could follow by the protocol of click (click.shell_completion). Values are found
without reading content as the checks do: a shell waits for them.
"""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from generator.errors import GeneratorError
from generator.project import Project, find_project

CODE = Path(__file__).parent.parent
VARIABLE = "_GENERATOR_COMPLETE"
_ID = re.compile(rb"^([a-z][a-z0-9-]*):", re.MULTILINE)

_SCRIPTS = {
    "bash": """\
generator() { PYTHONPATH={code} {python} -m generator "$@"; }
_generator() {
    local kind value
    COMPREPLY=()
    while IFS=, read -r kind value; do
        case $kind in
            plain) COMPREPLY+=("$value") ;;
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
        esac
    done < <(COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD {variable}=bash_complete \\
        generator 2>/dev/null)
}
complete -o nosort -F _generator generator
""",
    "zsh": """\
generator() { PYTHONPATH={code} {python} -m generator "$@" }
_generator() {
    local kind value help
    local -a answer plain described
    answer=("${(@f)$(COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT-1)) \\
        {variable}=zsh_complete generator 2>/dev/null)}")
    for kind value help in $answer; do
        case $kind in
            plain) [[ $help == _ ]] && plain+=("$value") || described+=("$value:$help") ;;
            dir) _path_files -/ ;;
            file) _path_files -f ;;
        esac
    done
    (( $#described )) && _describe -V unsorted described -U
    (( $#plain )) && compadd -U -V unsorted -a plain
}
compdef _generator generator
""",
    "fish": """\
function generator
    PYTHONPATH={code} {python} -m generator $argv
end
function _generator
    for line in (env PYTHONPATH={code} {variable}=fish_complete COMP_WORDS=(commandline -cp | \\
            string collect) COMP_CWORD=(commandline -t | string collect) \\
            {python} -m generator 2>/dev/null)
        set -l part (string split -m1 , $line)
        switch $part[1]
            case dir
                __fish_complete_directories $part[2]
            case file
                __fish_complete_path $part[2]
            case plain
                echo $part[2]
        end
    end
end
complete --no-files --command generator --arguments '(_generator)'
""",
}
SHELLS = tuple(_SCRIPTS)

Complete = Callable[[click.Context, click.Parameter, str], list[str]]
Values = Callable[[Project], Iterable[str]]


def script(shell: str) -> str:
    """The script of a shell, for this Python and this place of the package."""
    text = _SCRIPTS[shell]
    for name, value in (
        ("code", shlex.quote(str(CODE))),
        ("python", shlex.quote(sys.executable)),
        ("variable", VARIABLE),
    ):
        text = text.replace(f"{{{name}}}", value)
    return text


def completed(values: Values) -> Complete:
    """What click asks for the values of a parameter: those that begin as the word does."""

    def complete(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
        folder = ctx.find_root().params.get("folder") or Path()
        try:
            found = values(find_project(folder.resolve()))
            return sorted({value for value in found if value.startswith(incomplete)})
        except (GeneratorError, OSError):
            return []

    return complete


def ids(project: Project) -> Iterable[str]:
    """The ids of all records, as they stand at the start of lines."""
    for path in (project.content / "facts").glob("*/*.yaml"):
        yield from (found.decode() for found in _ID.findall(path.read_bytes()))


def languages(project: Project) -> Iterable[str]:
    """The codes of the languages that have words."""
    return (path.name for path in (project.content / "words").iterdir() if path.is_dir())


def kinds(_: Project) -> Iterable[str]:
    """What ``new`` can start."""
    from generator.model.kinds import KINDS

    return (*KINDS, "language")


def rules(_: Project) -> Iterable[str]:
    """The names of all rules."""
    from generator.rules import RULES

    return RULES
