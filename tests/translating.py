"""What tests of translation share: the toy project with its words changed, stamped and read."""

from __future__ import annotations

from pathlib import Path

from generator.project import Project
from generator.store import read_store
from generator.translation.stamps import stamp
from generator.translation.units import State, Unit, units
from tests.helpers import Change, toy_project


def stamped_toy(folder: Path, *changes: Change) -> Project:
    """The toy with all German translations stamped; the changes come after the stamps."""
    folder.mkdir(exist_ok=True)
    project = toy_project(folder)
    stamp(project, read_store(project.content), "de")
    for change in changes:
        edit(project, change.file, change.old, str(change.new))
    return project


def edit(project: Project, file: str, old: str, new: str) -> None:
    """Replace the only occurrence of a text in a file below ``content``."""
    path = project.content / file
    data = path.read_bytes()
    assert data.count(old.encode()) == 1, f"{file} has {data.count(old.encode())} times {old!r}"
    path.write_bytes(data.replace(old.encode(), new.encode()))


def found_units(project: Project, lang: str = "de") -> dict[str, Unit]:
    return {unit.key: unit for unit in units(read_store(project.content), lang)}


def states(project: Project, lang: str = "de") -> dict[str, State]:
    return {key: unit.state for key, unit in found_units(project, lang).items()}


def differing(before: dict[str, State], after: dict[str, State]) -> dict[str, State | None]:
    """The states that are not as before."""
    return {
        key: after.get(key)
        for key in sorted({*before, *after})
        if before.get(key) != after.get(key)
    }


def changed_lines(before: bytes, after: bytes) -> list[tuple[str, str]]:
    """The lines that differ between two files with equally many."""
    old, new = before.decode().split("\n"), after.decode().split("\n")
    return [(a, b) for a, b in zip(old, new, strict=True) if a != b]
