"""Datasets for tests: small ones written as text beside the test, and the second one of ``other/``.

Small ones share the vocabulary of ``other/`` and the few patterns of ``golden/base``; all labels
are missing there, so a page shows the key of every label that it prints.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import jinja2
import yaml

from generator.checks import check_store
from generator.checks.texts import stem
from generator.dataset import Dataset, build_dataset
from generator.errors import Problem
from generator.locale import Locale
from generator.patterns import placeholders
from generator.project import Project
from generator.render import Rendered, Renderer, environment
from generator.routes import Routes
from generator.store import read_store
from generator.views.context import PageContext
from generator.views.downloads import Download
from generator.views.page import Page
from generator.views.pages import plan
from generator.words import Words

ROOT = Path(__file__).parent.parent
OTHER = ROOT / "tests" / "other" / "content"
BASE = ROOT / "tests" / "golden" / "base"
OTHER_LANGUAGES = ("fr", "pl")
INTERFACE = Path("content", "words", "en", "interface.yaml")
LATER = "Zażółć"
FILE = "--- "

Files = Mapping[str, str]


def files_in(text: str) -> dict[str, str]:
    """The files that a text holds, each after a line ``--- path/in/content.yaml``."""
    files: dict[str, str] = {}
    for part in f"\n{text}".split(f"\n{FILE}")[1:]:
        name, _, content = part.partition("\n")
        files[name.strip()] = content.strip("\n") + "\n"
    return files


def write_content(folder: Path, files: Files) -> Path:
    """Write a content folder from the base and further files, which may replace some of it."""
    shutil.copytree(BASE, folder)
    (folder / "facts").mkdir(exist_ok=True)
    shutil.copy(OTHER / "facts" / "vocabulary.yaml", folder / "facts")
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def other_project(root: Path) -> Project:
    """A project in a new folder with the second dataset and this repository's templates."""
    shutil.copytree(OTHER, root / "content")
    shutil.copytree(ROOT / "templates", root / "templates")
    shutil.copy(ROOT / "mkdocs.yml", root)
    for lang in OTHER_LANGUAGES:
        path = root / "content" / "words" / lang / "interface.yaml"
        path.write_text(path.read_text(encoding="utf-8") + _later_texts(lang), encoding="utf-8")
    return Project(root)


@cache
def _later_texts(lang: str) -> str:
    """A word for each text of the interface that has come since, so that no test waits for one."""
    path = OTHER / "words" / lang / "interface.yaml"
    has = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
    source = yaml.load((ROOT / INTERFACE).read_text(encoding="utf-8"), yaml.CBaseLoader)
    stems = {stem(key) for key in has}
    lines = []
    for key, text in source.items():
        if key not in has and stem(key) not in stems:
            names = "".join(f" {{{name}}}" for name in placeholders(text))
            lines.append(f'{key}: "{LATER}{names}"\n')
    return "".join(lines)


@dataclass(frozen=True)
class Sample:
    """A dataset with its words, ready to render."""

    dataset: Dataset
    words: Words
    env: jinja2.Environment
    downloads: tuple[Download, ...] = ()
    renderers: dict[str, Renderer] = field(default_factory=dict)

    @property
    def routes(self) -> Routes:
        return Routes(self.dataset)

    @property
    def pages(self) -> dict[str, Page]:
        """The plan of pages by address."""
        return {page.url: page for page in plan(self.dataset, self.routes)}

    def locale(self, lang: str) -> Locale:
        source = self.words.source_language
        return Locale(lang, self.words.texts(lang), self.words.texts(source), source)

    def renderer(self, lang: str = "en") -> Renderer:
        if lang not in self.renderers:
            self.renderers[lang] = Renderer(
                self.dataset, self.words, self.locale(lang), self.env, self.downloads
            )
        return self.renderers[lang]

    def context(self, url: str = "", lang: str = "en", subject: str | None = None) -> PageContext:
        return self.renderer(lang).context(url, subject)

    def render(self, url: str, lang: str = "en") -> Rendered:
        return self.renderer(lang).render(self.pages[url])

    def render_all(self, lang: str = "en") -> dict[str, Rendered]:
        return {url: self.renderer(lang).render(page) for url, page in self.pages.items()}


def load_sample(content: Path) -> Sample:
    """Read a content folder; its records must be without fault, but nothing need use them."""
    store = read_store(content)
    problems = [problem for problem in check_store(store) if not _is_allowed(problem)]
    assert problems == [], "\n".join(map(str, problems))
    dataset = build_dataset(store)
    words = Words(dataset.site.source_language, store.words, store.texts)
    return Sample(dataset, words, environment(ROOT / "templates"))


def _is_allowed(problem: Problem) -> bool:
    if problem.rule == "missing-word":
        return problem.place.file.endswith(("/interface.yaml", "/terms.yaml", "/values.yaml"))
    return problem.rule in ("orphan-record", "stale-history", "unused-source")


def make_sample(folder: Path, *texts: str) -> Sample:
    """A sample from texts that hold files, in a folder that does not exist yet."""
    files: dict[str, str] = {}
    for text in texts:
        files.update(files_in(text))
    return load_sample(write_content(folder, files))


#: A region of each of two countries, for samples that add figures of theirs.
TWO_REGIONS = """
--- facts/regions/r.yaml
north: {kind: voivodeship, country: alpha, code: AA-N, sources: [part-1]}
south: {kind: voivodeship, country: beta, code: BB-S, sources: [part-1]}

--- words/en/regions.yaml
north.name: "North"
south.name: "South"
"""
