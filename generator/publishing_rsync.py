"""To a server by rsync: a new folder beside the old one, then one link that changes its target.

    FOLDER/releases/0a1b2c.../    one for each publication, its unchanged files hard links
    FOLDER/current -> releases/0a1b2c...    what the web server serves

The link is replaced in one step (rename(2)) after every file has been checked on the server, so
readers get the old site or the new one. To go back, set the link to an older release.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from generator.errors import UsageError, shown
from generator.publishing import Runner, release_of

# $1 is FOLDER, $2 the name of the release. Prints the release that is current, if any. A release of
# the same bytes that was replaced since is taken up again.
_BEGIN = """
set -eu
if [ -e "$1/current" ] && [ ! -L "$1/current" ]; then
    echo "$1/current is there, and is not a link; move it away" >&2
    exit 1
fi
mkdir -p "$1/releases"
cd "$1"
now=$(readlink current || true)
if [ "$now" != "releases/$2" ] && [ -d "releases/$2" ] && [ ! -e "releases/$2.part" ]; then
    mv "releases/$2" "releases/$2.part"
fi
echo "$now"
"""

# $3 is how many older releases stay. The new link is made beside the old one and renamed over it:
# GNU and Busybox call that -T, BSD -h.
_END = """
set -eu
cd "$1"
part="releases/$2.part"
if [ "$(readlink current)" = "releases/$2" ]; then part="releases/$2"; fi
if command -v sha256sum >/dev/null; then sum=sha256sum; else sum="shasum -a 256"; fi
if ! (cd "$part" && $sum -c SHA256SUMS >/dev/null 2>&1); then
    echo "not every file is there as it was sent" >&2
    exit 1
fi
if [ "$part" != "releases/$2" ]; then
    mv "$part" "releases/$2"
    rm -f current.new
    ln -s "releases/$2" current.new
    mv -T current.new current 2>/dev/null || mv -h current.new current
fi
touch "releases/$2"
rm -rf releases/*.part
ls -1t releases | grep -vxF "$2" | tail -n "+$(($3 + 1))" | while read -r old; do
    rm -rf "releases/$old"
done
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A folder, on this machine or on one that ssh reaches."""

    host: str
    folder: str

    def shell(self, *arguments: str) -> list[str]:
        """The command of a shell there that reads a script."""
        command = ["sh", "-s", "--", *arguments]
        return ["ssh", self.host, shlex.join(command)] if self.host else command

    def path(self, inside: str) -> str:
        """A path below the folder as rsync names it."""
        path = f"{self.folder}/{inside}"
        return f"{self.host}:{path}" if self.host else path


def server_of(destination: str) -> Server:
    """Read ``[user@]host:/folder`` or ``/folder``; UsageError for anything else."""
    host, colon, folder = destination.rpartition(":")
    folder = folder.rstrip("/")
    if not folder.startswith("/") or bool(colon) != bool(host) or host.startswith("-"):
        raise UsageError(f"{shown(destination)} is not HOST:/FOLDER or /FOLDER")
    return Server(host, folder)


def publish_by_rsync(site: Path, destination: str, keep: int, runner: Runner) -> str:
    """Publish a site; return the name of its release. Raises BuildError and UsageError."""
    server, name = server_of(destination), release_of(site)
    begun = runner.run("preparing", server.shell(server.folder, name), _BEGIN)
    current = begun.strip()
    target = f"releases/{name}"
    if current != target:
        command = [
            *("rsync", "--recursive", "--checksum", "--delete", "--protect-args"),
            *("--perms", "--chmod=D755,F644"),
        ]
        # Times are not compared: a fresh build has new ones on every file.
        if current:
            command.append(f"--link-dest={server.folder}/{current}/")
        command += [f"{site}/", server.path(f"{target}.part/")]
        runner.run("sending what differs", command)
    arguments = (server.folder, name, str(keep))
    runner.run("checking, then publishing", server.shell(*arguments), _END)
    return name
