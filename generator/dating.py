"""The command that writes ``content/history.yaml``: what is new or has changed gets a day."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping

from generator.errors import ContentError, UsageError, shown
from generator.history import updated
from generator.model.history import Log
from generator.output import write_texts
from generator.project import Project
from generator.store import read_store

NAME = "history.yaml"
_HEAD = (
    "# Written by the command history: when each record was added and changed, and a hash of what\n"
    "# it says. A record's line keeps the id that it was first published under.\n"
)


def write_history(project: Project, day: datetime.date) -> list[str]:
    """Bring the history into step with the records; return the ids whose line changed.

    ContentError if anything cannot be read: what seems to be gone then is not.
    """
    store = read_store(project.content)
    if store.problems:
        raise ContentError(store.problems)
    new = updated(store, day)
    changed = sorted(
        key for key, log in new.items() if key not in store.history or store.history[key].log != log
    )
    if changed or not (project.content / NAME).exists():
        write_logs(project, new)
    return changed


def write_logs(project: Project, logs: Mapping[str, Log]) -> None:
    """Write the history."""
    text = _HEAD + "".join(f"{key}: {log.line()}\n" for key, log in logs.items())
    path = (project.content / NAME).relative_to(project.root)
    write_texts(project.root, {path.as_posix(): text})


def day_of(text: str | None) -> datetime.date:
    """The day that is meant: the one given, that of ``SOURCE_DATE_EPOCH``, or today (UTC).

    UsageError if it is no day.
    """
    if text is None:
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        if epoch is None:
            return datetime.datetime.now(datetime.UTC).date()
        if not epoch.isascii() or not epoch.isdigit():
            raise UsageError(f"SOURCE_DATE_EPOCH is not a number of seconds: {shown(epoch)}")
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{shown(text)} is not a day such as 2017-03-08") from None
