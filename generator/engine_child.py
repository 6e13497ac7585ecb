"""What runs in an engine process: MkDocs, tied to the life of its parent and kept off the network.

Started as a script with ``python -P`` and the arguments of ``mkdocs``. It imports nothing of this
package, so that the engine sees no module of ours.
"""

from __future__ import annotations

import os
import runpy
import sys
import threading


def _end_with_parent() -> None:
    """Wait until the pipe from the parent closes, which the system does however it dies."""
    # os.read, not sys.stdin: a buffered read would hold a lock that the interpreter wants at exit.
    while os.read(0, 64):
        pass
    os._exit(1)


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        raise RuntimeError("a build does not use the network")


def main() -> None:
    """Run the ``mkdocs`` command line; exits as it does."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sys.addaudithook(_refuse_network)
    runpy.run_module("mkdocs", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
