"""Which pages stand for all of their kind: gates look at these, in every language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from generator.dataset import build_dataset
from generator.finish import page_file
from generator.loading import read
from generator.project import Project
from generator.routes import Routes
from generator.views.pages import plan
from tests.built import ROOT


@dataclass(frozen=True)
class Kind:
    """What one template draws: addresses of a page of middling size and of the largest."""

    template: str
    usual: str
    largest: str


TEMPLATES = frozenset(path.name.split(".")[0] for path in (ROOT / "templates/pages").iterdir())


def kinds_of_pages(project: Project, templates: Collection[str] = TEMPLATES) -> list[Kind]:
    """Every kind of page of a built site, by template; it must have these, and no others."""
    dataset = build_dataset(read(project))
    folder = project.site / dataset.site.codes[0]
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for page in plan(dataset, Routes(dataset)):
        found[page.template].append(((folder / page_file(page.url)).stat().st_size, page.url))
    assert found.keys() == set(templates)
    return [
        Kind(template, sizes[len(sizes) // 2][1], sizes[-1][1])
        for template, sizes in sorted((name, sorted(pages)) for name, pages in found.items())
    ]
