"""Bringing a site to a host: what both ways have in common.

The site has to be as its manifest says, so that nothing half built leaves this machine. Every step
is a command of a tool that is known to do this well (rsync, rclone, ssh, sh); a dry run prints the
commands and runs none.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.errors import BuildError
from generator.manifest import MANIFEST, compare, digest

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs commands, or only says them."""

    say: Say
    is_dry: bool = False

    def run(
        self, title: str, command: Sequence[str], script: str = "", fine: Collection[int] = (0,)
    ) -> str:
        """Run a command with a script as its input; return what it printed, nothing if dry.

        Raises BuildError with its last line if it ends with a code that is not ``fine``.
        """
        if self.is_dry:
            self.say(shlex.join(command) + (" < (a script of ours)" if script else ""))
            return ""
        self.say(title)
        if shutil.which(command[0]) is None:
            raise BuildError(f"{command[0]} is not installed; it is what publishing needs")
        done = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
        if done.returncode not in fine:
            said = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()
            raise BuildError(
                f"{title}: {command[0]} failed ({done.returncode}): {said[-1]};"
                " what was published before is still there"
            )
        return done.stdout


def release_of(site: Path) -> str:
    """Return a name for what a site holds: the same for the same bytes.

    Raises BuildError if the site is not as its manifest says.
    """
    differences = list(compare(site).lines())
    if differences:
        raise BuildError(
            f"{site} is not as its manifest says ({differences[0]}, {len(differences)} in all);"
            " build it again"
        )
    return digest((site / MANIFEST).read_bytes())[:16]
