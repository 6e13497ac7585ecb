"""Where a project keeps its files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.errors import UsageError


@dataclass(frozen=True, slots=True)
class Project:
    """A project's root, and the folders below it.

    A ``preview`` is built and published beside the site itself, which it leaves alone.
    """

    root: Path
    preview: bool = False

    @property
    def content(self) -> Path:
        """Facts and words, input."""
        return self.root / "content"

    @property
    def templates(self) -> Path:
        """Jinja templates and the theme, input."""
        return self.root / "templates"

    @property
    def theme(self) -> Path:
        """The custom folder of the MkDocs theme, input."""
        return self.templates / "theme"

    @property
    def build(self) -> Path:
        """Everything between content and site; may be deleted at any time."""
        build = self.root / "build"
        return build / "preview" if self.preview else build

    @property
    def editions(self) -> Path:
        """What editions were made of, so that they need not be made again."""
        return self.build / "editions"

    @property
    def site(self) -> Path:
        """The published site."""
        return self.build / "site" if self.preview else self.root / "site"

    @property
    def releases(self) -> Path:
        """What the records said at the last release of the data."""
        return self.root / "releases"

    @property
    def schemas(self) -> Path:
        """JSON Schemas for editors."""
        return self.root / "schemas"


def find_project(start: Path) -> Project:
    """Return the project in ``start`` or above it; UsageError if there is none."""
    for folder in (start, *start.parents):
        if (folder / "mkdocs.yml").is_file() and (folder / "content").is_dir():
            return Project(folder)
    raise UsageError(f"no project here: {start} has no mkdocs.yml with a content folder beside it")
