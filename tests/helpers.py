"""A tiny project of invented countries, copied fresh for each test that changes it.

Facts and words of records stand in ``tests/toy``. The texts that every site needs (interface,
labels of terms, patterns of values) are those of the real site, as far as the toy's vocabulary has
the same entries, so that they stay in step.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import yaml

from generator.checks import check_store
from generator.dataset import Dataset, build_dataset
from generator.errors import Problem
from generator.loading import read
from generator.project import Project
from generator.store import Store, read_store

ROOT = Path(__file__).parent.parent
TOY = Path(__file__).parent / "toy"
LANGUAGES = ("en", "de")

_TERM = re.compile(r"([a-z-]+\.[a-z0-9-]+)[.:]")


class Change(NamedTuple):
    """One edit of a content file: the only occurrence of ``old`` becomes ``new``.

    Without ``old`` the text is added at the end of the file, which is made if need be.
    """

    file: str
    old: str
    new: str | bytes


def toy_project(folder: Path, *changes: Change) -> Project:
    """Return a fresh copy of the toy project in an empty folder, with some changes."""
    shutil.copytree(TOY / "content", folder / "content")
    for (language, name), text in _texts().items():
        (folder / "content" / "words" / language / f"{name}.yaml").write_text(text, "utf-8")
    (folder / "templates").symlink_to(ROOT / "templates", target_is_directory=True)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for change in changes:
        apply(folder, change)
    return Project(folder)


def apply(folder: Path, change: Change) -> None:
    """Make one change; the text that it replaces must stand exactly once in the file."""
    path = folder / "content" / change.file
    path.parent.mkdir(parents=True, exist_ok=True)
    data = path.read_bytes() if path.exists() else b""
    old = change.old.encode()
    new = change.new.encode() if isinstance(change.new, str) else change.new
    if not old:
        path.write_bytes(data + new)
        return
    if data.count(old) != 1:
        raise ValueError(f"{change.file} has {data.count(old)} times {change.old!r}")
    path.write_bytes(data.replace(old, new))


def toy_store(folder: Path, *changes: Change) -> Store:
    """Read a changed copy of the toy."""
    return store_of(toy_project(folder, *changes))


def store_of(project: Project) -> Store:
    """Read the content of a project, with the texts that the site's templates ask for."""
    store = read_store(project.content)
    store.needed_texts = _needed_texts()
    return store


def problems_of(project: Project) -> tuple[Problem, ...]:
    """Every problem of a project's content."""
    return check_store(store_of(project))


@cache
def toy() -> Store:
    """The store of the unchanged toy; shared, so nobody changes it."""
    with TemporaryDirectory() as folder:
        return toy_store(Path(folder))


@cache
def toy_data() -> Dataset:
    """The dataset of the unchanged toy."""
    return build_dataset(toy())


@cache
def real_store() -> Store:
    """The content of the site itself; shared, so nobody changes it."""
    return read(Project(ROOT))


def told(problems: Iterable[Problem]) -> list[str]:
    """Problems as short lines for comparison: place, rule and value."""
    return [f"{problem.place} {problem.rule} {problem.value}" for problem in problems]


@cache
def _needed_texts() -> frozenset[str]:
    with TemporaryDirectory() as folder:
        return read(toy_project(Path(folder))).needed_texts


@cache
def _texts() -> dict[tuple[str, str], str]:
    vocabulary = yaml.load(
        (TOY / "content" / "facts" / "vocabulary.yaml").read_text("utf-8"), yaml.CBaseLoader
    )
    terms = {f"{name}.{entry}" for name, entries in vocabulary.items() for entry in entries}
    found: dict[tuple[str, str], str] = {}
    for language in LANGUAGES:
        for name in ("interface", "terms", "values"):
            path = ROOT / "content" / "words" / language / f"{name}.yaml"
            lines = path.read_text("utf-8").splitlines(keepends=True)
            if name == "terms":
                lines = [line for line in lines if _is_kept(line, terms)]
            found[language, name] = "".join(lines)
    return found


def _is_kept(line: str, terms: set[str]) -> bool:
    match = _TERM.match(line)
    return match is None or match[1] in terms
