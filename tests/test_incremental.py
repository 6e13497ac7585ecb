"""What a builder redoes is enough: after any edits, everything is as if made from nothing.

MkDocs is left out, whose own increments have tests in ``test_engine``: what it is given and what
is published beside its pages is compared.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import random
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from generator.dating import write_history
from generator.editing import rename_record
from generator.errors import BuildError, GeneratorError
from generator.foreign import marked
from generator.loading import Loaded
from generator.output import Written
from generator.pipeline import Builder, Progress
from generator.project import Project
from generator.render import Renderer
from generator.timing import Timings
from generator.translation.command import added_language
from generator.views.page import Page
from tests.built import copied, languages_of
from tests.small_site import tree

LANGUAGES = ("fr", "pl")


class Unpublished(Builder):
    """A builder that stops before MkDocs, and keeps what would be published beside its pages.

    What is not made again is what was published before, by this builder or another one.
    """

    stops_at = ""
    published: ClassVar[dict[Path, dict[str, bytes]]] = {}

    @property
    def extra(self) -> dict[str, bytes]:
        return self.published[self._project.root]

    def _run_engines(
        self, loaded: Loaded, written: Mapping[str, Written], progress: Progress
    ) -> None:
        if self.stops_at == "engines":
            raise BuildError("stopped")

    def _publish(
        self,
        loaded: Loaded,
        renderers: Mapping[str, Renderer],
        pages: Sequence[Page],
        timings: Timings,
    ) -> None:
        made = self._extra_files(loaded, renderers, pages)
        if self.stops_at == "publishing":
            raise BuildError("stopped")
        site = self._project.site
        before = self.published.get(self._project.root) or tree(site)
        kept = {path: before[path] for path in made.kept}
        self.published[self._project.root] = {**kept, **made.files}
        self._remember(made, loaded.content)


def result(project: Project, builder: Unpublished) -> dict[str, bytes]:
    found = {f"extra/{path}": data for path, data in builder.extra.items()}
    for code in languages_of(project):
        folder = project.build / code
        found[f"{code}/mkdocs.yml"] = (folder / "mkdocs.yml").read_bytes()
        found |= {f"{code}/{path}": data for path, data in tree(folder / "docs").items()}
    return found


def clean(project: Project, folder: Path) -> dict[str, bytes] | None:
    """What the same content gives from nothing, or None if that is refused."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name in ("content", "templates"):
        shutil.copytree(project.root / name, folder / name)
    shutil.copy(project.root / "mkdocs.yml", folder)
    fresh = Project(folder)
    builder = Unpublished(fresh)
    try:
        builder.build()
    except GeneratorError:
        return None
    return result(fresh, builder)


def edit(project: Project, chance: random.Random) -> str:
    """Change something at random, as people do and as accidents do; return what was done."""
    kind = chance.choice(
        [
            *("text", "figure", "line", "copy", "rename", "template", "swap", "drop"),
            *("text", "figure", "configuration", "history", "language", "gone"),
        ]
    )
    files = sorted((project.content).rglob("*.yaml"))
    words = [path for path in files if "words" in path.parts]
    facts = [path for path in files if "facts" in path.parts]
    if kind == "text":
        path = chance.choice(words)
        return _replace(path, r"(?<=[a-zé])(?=[^\"{}()\[\]]*\"$)", "é", chance)
    if kind == "figure":
        return _replace(chance.choice(facts), r"\d", str(chance.randint(1, 9)), chance)
    if kind == "line":
        return _lines(chance.choice(files), chance, lambda lines, n: lines[:n] + lines[n + 1 :])
    if kind == "swap":
        return _lines(
            chance.choice(words),
            chance,
            lambda lines, n: [*lines[:n], *lines[n + 1 : n + 2], lines[n], *lines[n + 2 :]],
        )
    if kind == "copy":
        path = chance.choice(facts)
        return _replace(path, r"(?m)^([a-z][a-z0-9-]*)(?=:)", r"\1-x", chance)
    if kind == "rename":
        names = re.findall(r"(?m)^([a-z][a-z0-9-]*):", chance.choice(facts).read_text("utf-8"))
        try:
            rename_record(project, chance.choice(names or ["x"]), f"new-{chance.randint(1, 99)}")
        except GeneratorError:
            return "rename refused"
        return f"rename of one of {names}"
    if kind == "template":
        path = chance.choice(sorted(project.templates.rglob("*.md.j2")))
        return _replace(path, r"<p>", "<p class=x>", chance)
    if kind == "configuration":
        path = chance.choice([project.root / "mkdocs.yml", project.content / "site.yaml"])
        return _replace(path, r"(?m)$(?=\n# |\n[a-z]+:)", "\n# once more", chance)
    if kind == "history":
        try:
            write_history(project, datetime.date(2021, chance.randint(1, 12), 1))
        except GeneratorError:
            return "history refused"
        return "history"
    if kind == "language":
        code = chance.choice(["de", "pl", "en"])
        try:
            added_language(project, code)
        except GeneratorError:
            return f"language {code} refused"
        return f"language {code}"
    path = chance.choice(facts if kind == "gone" else words)
    path.unlink()
    return f"drop {path.name}"


def _replace(path: Path, pattern: str, new: str, chance: random.Random) -> str:
    text = path.read_text("utf-8")
    found = list(re.finditer(pattern, text, re.MULTILINE))
    if found:
        one = chance.choice(found)
        path.write_text(text[: one.start()] + one.expand(new) + text[one.end() :], "utf-8")
    return f"{path.name}: {pattern} -> {new}"


def _lines(path: Path, chance: random.Random, change: object) -> str:
    lines = path.read_text("utf-8").splitlines(keepends=True)
    number = chance.randrange(len(lines)) if lines else 0
    if lines:
        path.write_text("".join(change(lines, number)), "utf-8")  # type: ignore[operator]
    return f"{path.name}: line {number + 1}"


def tried(examples: int) -> settings:
    return settings(max_examples=examples, deadline=None, phases=[Phase.generate])


@given(seed=st.integers(0, 2**32))
@tried(2)
def test_after_any_edits_all_is_as_if_made_from_nothing(
    seed: int, tmp_path_factory: pytest.TempPathFactory, other_site: Project
) -> None:
    edited(seed, 4, copied(other_site, tmp_path_factory.mktemp("edits") / "project"))


@pytest.mark.nightly
@given(seed=st.integers(0, 2**32))
@tried(int(os.environ.get("SEQUENCES", "50")))
def test_after_many_edits_all_is_as_if_made_from_nothing(
    seed: int, tmp_path_factory: pytest.TempPathFactory, other_site: Project
) -> None:
    folder = tmp_path_factory.mktemp("edits")
    edited(seed, 8, copied(other_site, folder / "project"), often=0.2)
    shutil.rmtree(folder)


def edited(seed: int, times: int, project: Project, often: float = 1) -> None:
    """Edit a built project again and again; in the end all is as if made from nothing.

    That is looked at after the last edit, and so ``often`` after others.
    """
    root = project.root.parent
    chance = random.Random(seed)
    builder = Unpublished(project)
    builder.build()
    done = []
    for left in reversed(range(times)):
        kept = root / "kept"
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(project.content, kept)
        done.append(edit(project, chance))
        if chance.random() < 0.3:
            builder = Unpublished(project)  # in another process
            done.append("another process")
        if chance.random() < 0.15:
            builder.stops_at = chance.choice(["engines", "publishing"])
            done.append(f"stopped at {builder.stops_at}")
            with contextlib.suppress(GeneratorError):
                builder.build()
            builder.stops_at = ""
        is_built = True
        try:
            builder.build()
        except GeneratorError:
            is_built = False
        if left == 0 or chance.random() < often:
            expected = clean(project, root / "clean")
            assert (expected is not None) == is_built, done
            if expected is not None:
                found = result(project, builder)
                paths = found.keys() | expected.keys()
                assert {p for p in paths if found.get(p) != expected.get(p)} == set(), done
        if not is_built and chance.random() < 0.7:  # somebody puts it right again
            shutil.rmtree(project.content)
            kept.rename(project.content)


@pytest.fixture
def project(other_site: Project, tmp_path: Path) -> Project:
    """A built project of its own for each test."""
    return copied(other_site, tmp_path / "project")


def test_only_pages_that_read_what_changed_are_made_again(project: Project) -> None:
    builder = Unpublished(project)
    assert {len(w.changed) for w in builder.build().written.values()} == {0}
    made: list[str] = []
    original = Renderer.render

    def render(self: Renderer, page: Page) -> object:
        made.append(f"{self.lang}/{page.url}")
        return original(self, page)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Renderer, "render", render)
        builder.build()
        assert made == []
        path = project.content / "words" / "pl" / "regions.yaml"
        path.write_text(path.read_text("utf-8").replace('"Normandia"', '"Normandia G"'), "utf-8")
        result = builder.build()
    assert made
    # In the other language the name stands on the page of the region and on that about names.
    elsewhere = [url for url in made if not url.startswith("pl/")]
    assert elsewhere == ["fr/naming/", "fr/regions/normandy/"]
    assert result.written["fr"].changed == {"naming/index.md", "regions/normandy/index.md"}
    assert len(result.written["pl"].changed) == len(made) - len(elsewhere)


def test_a_name_that_turns_up_in_another_language_is_marked_on_the_pages_that_show_it(
    project: Project,
) -> None:
    builder = Unpublished(project)
    builder.build()
    path = project.content / "words" / "pl" / "regions.yaml"
    path.write_text(path.read_text("utf-8").replace('"Bretania"', '"Breizh"'), "utf-8")
    written = builder.build().written["fr"]
    assert written.changed == {"naming/index.md", "regions/brittany/index.md"}
    text = (project.build / "fr" / "docs" / "regions" / "brittany" / "index.md").read_text("utf-8")
    assert marked("Breizh", "pl") in text


def test_a_region_that_moves_on_the_map_moves_on_every_page_that_shows_it(project: Project) -> None:
    builder = Unpublished(project)
    builder.build()
    path = project.content / "facts" / "regions" / "regions.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("{row: 2, column: 9}", "{row: 3, column: 9}"), "utf-8")
    written = builder.build().written["fr"]
    regions = {f"regions/{name}/index.md" for name in ("brittany", "normandy", "pomerania")}
    assert written.changed >= {
        "index.md",
        "regions/index.md",
        "countries/france/index.md",
        *regions,
    }


def test_a_day_of_change_is_on_the_pages_that_tell_it(project: Project, tmp_path: Path) -> None:
    write_history(project, datetime.date(2021, 7, 1))
    builder = Unpublished(project)
    builder.build()
    path = project.content / "facts" / "regions" / "regions.yaml"
    path.write_text(path.read_text("utf-8").replace("{row: 2, column: 9}", "{row: 3, column: 9}"))
    assert len(write_history(project, datetime.date(2021, 8, 15))) == 1
    written = builder.build().written["fr"]
    assert {"index.md", "downloads/index.md"} <= written.changed
    assert "2021-08-15" in (project.build / "fr" / "docs" / "index.md").read_text("utf-8")
    assert result(project, builder) == clean(project, tmp_path / "clean")


def test_a_tree_that_somebody_touched_is_made_again(project: Project) -> None:
    builder = Unpublished(project)
    builder.build()
    before = result(project, builder)
    shutil.rmtree(project.build / "pl" / "docs" / "regions")
    (project.build / "fr" / "docs" / "mine.md").write_text("mine")
    builder.build()
    assert result(project, builder) == before


@pytest.mark.parametrize("stops_at", ["engines", "publishing", ""])
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("facts/agreements", "signed: 2015", "signed: 2014"),  # a date in titles and data
        ("words/pl/interface.yaml", "{parties}", "{parties}!"),  # a text in titles and search
    ],
)
def test_what_a_stopped_build_did_not_publish_the_next_one_makes(
    project: Project, tmp_path: Path, stops_at: str, file: str, old: str, new: str
) -> None:
    builder = Unpublished(project)
    builder.build()
    place = project.content / file
    paths = sorted(place.rglob("*.yaml")) if place.is_dir() else [place]
    for path in paths:
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    if stops_at:
        builder.stops_at = stops_at
        with pytest.raises(BuildError, match="stopped"):
            builder.build()
        builder.stops_at = ""
    before = builder.extra
    builder.build()
    assert builder.extra != before
    assert result(project, builder) == clean(project, tmp_path / "clean")


def test_what_stands_on_the_page_of_a_renamed_record_moves_with_it(
    project: Project, tmp_path: Path
) -> None:
    builder = Unpublished(project)
    builder.build()
    rename_record(project, "pomerania", "new-pomerania")
    builder.build()
    assert result(project, builder) == clean(project, tmp_path / "clean")
