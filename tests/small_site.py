"""A small project on disk that goes through output, engine, finish and exchange for real.

It has its own one-file theme folder, so that tests do not depend on the site's look, and neutral
words in two languages that exist nowhere (``xa``, ``xb``) or in the theme (``en``).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from generator.engine import LanguageBuild, build_all
from generator.engine_config import (
    LanguageSettings,
    NavEntry,
    configuration,
    engine_fingerprint,
)
from generator.exchange import exchange, lock, repair
from generator.finish import SitePlan, finish
from generator.output import write_tree

ROOT = Path(__file__).parent.parent
EPOCH = 1_640_995_200
SITE_URL = "https://example.org/sub/"
SWITCHER = """<ul>{% for language in config.extra.languages %}
<li><a href="{{ (('../' ~ language.code ~ '/' ~ page.url) | url) if page else
  (config.extra.scope ~ language.code ~ '/') }}">{{ language.name | e }}</a></li>
{% endfor %}</ul>
"""
ROOT_404 = f'<!doctype html><meta charset="utf-8"><title>?</title><a href="{SITE_URL}xa/">xa</a>'
Docs = Mapping[str, bytes]


def page(title: str, body: str = "", anchor: str = "top-of-page") -> bytes:
    head = f"---\ntitle: {title}\nlanguages: [xa, xb]\n---\n\n# {title} {{#{anchor}}}\n\n"
    return f"{head}{body}\n".encode()


def docs(language: str, version: str = "one", pages: int = 4) -> dict[str, bytes]:
    """Pages that link to each other; ``version`` stands on all of them."""
    files = {
        "index.md": page(f"Start {language} {version}", "[All](things/index.md)"),
        "things/index.md": page(f"All {language} {version}", "[First](t0.md#facts)"),
        "things/mark.svg": f"<svg><!-- {language} {version} --></svg>".encode(),
    }
    for number in range(pages):
        following = (number + 1) % pages
        body = (
            f"{version} ![mark](mark.svg)\n\n## Facts {{#facts}}\n\n"
            f'<table><tr><td><a href="../t{following}/#facts">next</a></td></tr></table>\n'
        )
        files[f"things/t{number}.md"] = page(f"Thing {number} {language}", body)
    return files


class Project:
    """Folders of one project, and the steps of a build."""

    def __init__(self, root: Path, languages: tuple[str, ...] = ("xa", "xb")) -> None:
        self.root = root
        self.languages = languages
        self.build = root / "build"
        self.site = root / "site"
        self.stage = self.build / "stage"
        self.theme = root / "templates" / "theme"
        if not self.theme.exists():
            (self.theme / "partials").mkdir(parents=True)
            (self.theme / "partials" / "alternate.html").write_text(SWITCHER)
            text = (ROOT / "mkdocs.yml").read_text()
            text = re.sub(r"docs_dir: build/\w+/docs", f"docs_dir: build/{languages[0]}/docs", text)
            (root / "mkdocs.yml").write_text(text)
            assert f"docs_dir: build/{languages[0]}/docs" in text

    def raw(self, language: str) -> Path:
        return self.build / language / "raw"

    def settings(self, language: str) -> LanguageSettings:
        return LanguageSettings(
            code=language,
            site_url=SITE_URL,
            site_name=f"Site {language}",
            description="What it is",
            nav=(NavEntry("Start", "index.md"), NavEntry("All", "things/index.md")),
            languages=tuple((code, f"Name {code}") for code in self.languages),
            texts={"key": "text"},
            toggles=("to dark", "to light"),
        )

    def write(self, language: str, files: Docs) -> LanguageBuild:
        folder = self.build / language
        write_tree(folder / "docs", files)
        text = configuration(self.settings(language), self.root, folder)
        if not (folder / "mkdocs.yml").exists() or (folder / "mkdocs.yml").read_bytes() != text:
            (folder / "mkdocs.yml").write_bytes(text)
        return LanguageBuild(language, folder, engine_fingerprint(self.root, [self.theme]))

    def run_engine(self, files: Mapping[str, Docs], jobs: int = 2) -> list[str]:
        """Write the documents of each language and build; return the codes as they were done."""
        done: list[str] = []
        builds = [self.write(language, files[language]) for language in self.languages]
        build_all(builds, jobs, EPOCH, done.append)
        return done

    def plan(self, files: Mapping[str, Docs]) -> SitePlan:
        pages = {
            language: {
                re.sub(r"(index)?\.md$", lambda m: "" if m[1] else "/", name): "2021-01-01"
                for name in files[language]
                if name.endswith(".md")
            }
            for language in self.languages
        }
        return SitePlan(SITE_URL, self.languages, self.languages[0], pages)

    def publish(self, version: str) -> None:
        """A whole build, as the real pipeline does it."""
        files = {language: docs(language, version) for language in self.languages}
        with lock(self.build):
            repair(self.site, self.stage)
            self.run_engine(files)
            raw = {language: self.raw(language) for language in self.languages}
            extra = {"404.html": ROOT_404.encode(), "data/version.json": version.encode()}
            problems = finish(self.plan(files), raw, extra, self.site, self.stage)
            assert problems == [], problems
            exchange(self.stage, self.site)


def tree(root: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


if __name__ == "__main__":
    Project(Path(sys.argv[1])).publish(sys.argv[2])
