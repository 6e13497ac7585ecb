"""A toy with a history, and what would be published from it."""

from __future__ import annotations

import datetime
from pathlib import Path

from generator.dataset import Dataset, build_dataset
from generator.dating import write_history
from generator.exports import export_all
from generator.loading import words_of
from generator.project import Project
from generator.routes import Routes
from tests.helpers import Change, store_of, toy_project

FIRST = datetime.date(2021, 7, 1)
LATER = datetime.date(2021, 8, 15)
LAST = datetime.date(2021, 9, 30)


def dated_toy(folder: Path, *changes: Change) -> Project:
    """A toy whose records were all added on the first day."""
    project = toy_project(folder, *changes)
    write_history(project, FIRST)
    return project


def published(project: Project) -> tuple[Dataset, dict[str, bytes]]:
    """The dataset of a project and its data files."""
    store = store_of(project)
    dataset = build_dataset(store)
    return dataset, export_all(dataset, words_of(store, dataset), Routes(dataset))
