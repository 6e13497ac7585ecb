"""What each language's engine is told: its configuration, and the time that it works by."""

from __future__ import annotations

import datetime

from generator.dataset import Dataset
from generator.engine_config import LanguageSettings, NavEntry, configuration
from generator.errors import BuildError
from generator.loading import PALETTE_TEXTS
from generator.locale import Locale
from generator.project import Project

# Index pages that the navigation lists, with their titles; all others stand below them.
NAVIGATION = ("regions", "agreements", "forums", "organisations", "sources", "about")
THEME_TEXTS = "theme."


def settings_of(dataset: Dataset, locale: Locale) -> LanguageSettings:
    """What a language adds to ``mkdocs.yml``."""
    text, site = locale.text, dataset.site
    return LanguageSettings(
        code=locale.code,
        site_url=site.address,
        site_name=text("site.name"),
        description=text("site.description"),
        nav=(
            NavEntry(text("nav.home"), "index.md"),
            *(NavEntry(text(f"nav.{name}"), f"{name}/index.md") for name in NAVIGATION),
        ),
        languages=tuple((code, language.name) for code, language in site.languages.items()),
        texts=locale.starting_with(THEME_TEXTS),
        toggles=tuple(text(key) for key in PALETTE_TEXTS),
        permalink_title=text("label.permalink"),
        territory=locale.territory,
    )


def write_config(project: Project, dataset: Dataset, locale: Locale) -> None:
    """Write the derived MkDocs configuration of a language, if it changed."""
    folder = project.build / locale.code
    config = configuration(settings_of(dataset, locale), project.root, folder)
    target = folder / "mkdocs.yml"
    try:
        if not target.is_file() or target.read_bytes() != config:
            target.write_bytes(config)
    except OSError as error:
        raise BuildError(f"cannot write {target}: {error.strerror}") from error


def epoch(dataset: Dataset) -> int:
    """The time that the build works by: the first second of the state of the data, UTC."""
    first = dataset.site.as_of.first
    moment = datetime.datetime(first.year, first.month, first.day, tzinfo=datetime.UTC)
    return int(moment.timestamp())
