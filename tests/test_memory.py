"""What one process knows of a build serves the next, and never where it does not hold."""

from __future__ import annotations

import io
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator import memory
from generator.errors import GeneratorError
from generator.finish_staging import Staging
from generator.output import Written, write_text
from generator.pipeline import Builder
from generator.preview import Marks
from generator.project import Project
from generator.render import Renderer
from generator.views.page import Page
from tests.built import copied
from tests.test_incremental import Unpublished, clean, result


@pytest.fixture
def project(other_site: Project, tmp_path: Path) -> Project:
    return copied(other_site, tmp_path / "project")


@pytest.fixture(scope="module")
def unharmed(other_site: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    found = clean(other_site, tmp_path_factory.mktemp("unharmed"))
    assert found is not None
    return found


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that are rendered, as they are."""
    pages: list[str] = []
    original = Renderer.render

    def render(self: Renderer, page: Page) -> object:
        pages.append(f"{self.lang}/{page.url}")
        return original(self, page)

    monkeypatch.setattr(Renderer, "render", render)
    monkeypatch.setattr("generator.pipeline.cores", lambda: 1)
    return pages


def test_another_process_makes_only_what_changed(project: Project, made: list[str]) -> None:
    Unpublished(project).build()
    assert made == []
    path = project.content / "words" / "pl" / "regions.yaml"
    path.write_text(path.read_text("utf-8").replace('"Normandia"', '"Normandia G"'), "utf-8")
    Unpublished(project).build()
    assert "pl/regions/normandy/" in made
    assert "pl/regions/brittany/" not in made


def test_a_copy_of_a_project_goes_on_from_what_was_copied(
    project: Project, made: list[str]
) -> None:
    other = copied(project, project.root.parent / "elsewhere")
    shutil.rmtree(project.root)
    Unpublished(other).build()
    assert made == []


def damage(project: Project) -> None:
    path = project.build / "memory.pickle"
    path.write_bytes(path.read_bytes()[:-100])


def foreign(project: Project) -> None:
    path = project.build / "memory.pickle"
    path.write_bytes(b"0" * 64 + path.read_bytes()[64:])


def other_object(project: Project) -> None:
    path = project.build / "memory.pickle"
    path.write_bytes(path.read_bytes()[:64] + b"N.")  # None, as a pickle


def gone(project: Project) -> None:
    (project.build / "memory.pickle").unlink()


def template(project: Project) -> None:
    path = project.templates / "pages" / "about.md.j2"
    path.write_text(path.read_text("utf-8").replace("{% block body %}", "{% block body %}\n<hr>"))


def page(project: Project) -> None:
    for code in ("fr", "pl"):
        path = project.build / code / "docs" / "regions" / "normandy" / "index.md"
        path.write_bytes(path.read_bytes().replace(b"o", b"0"))


@pytest.mark.parametrize("harm", [damage, foreign, other_object, gone, template, page])
def test_where_it_does_not_hold_all_is_made_again(
    project: Project,
    made: list[str],
    unharmed: dict[str, bytes],
    tmp_path: Path,
    harm: Callable[[Project], None],
) -> None:
    harm(project)
    builder = Unpublished(project)
    builder.build()
    assert {"fr/", "pl/", "fr/regions/brittany/", "pl/about/"} <= set(made)
    expected = clean(project, tmp_path / "clean") if harm is template else unharmed
    assert result(project, builder) == expected


def test_a_build_that_breaks_off_leaves_none(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = project.content / "words" / "pl" / "regions.yaml"
    path.write_text(path.read_text("utf-8").replace('"Normandia"', '"Normandia G"'), "utf-8")

    def killed(*_args: object) -> dict[str, Written]:
        raise KeyboardInterrupt

    monkeypatch.setattr(Builder, "_render", killed)
    with pytest.raises(KeyboardInterrupt):
        Unpublished(project).build()
    assert not (project.build / "memory.pickle").exists()


def test_content_that_is_refused_leaves_it(project: Project, made: list[str]) -> None:
    path = project.content / "words" / "pl" / "regions.yaml"
    good = path.read_text("utf-8")
    path.write_text(good + "- x\n", "utf-8")
    with pytest.raises(GeneratorError):
        Unpublished(project).build()
    path.write_text(good, "utf-8")
    Unpublished(project).build()
    assert made == []


def test_a_preview_neither_uses_nor_leaves_one(project: Project, made: list[str]) -> None:
    preview = Project(project.root, preview=True)
    builder = Unpublished(preview, marks=Marks())
    builder.build()
    builder.close()
    assert made
    assert not (preview.build / "memory.pickle").exists()


def test_engines_that_stay_leave_it_at_the_end(project: Project) -> None:
    gone(project)
    builder = Unpublished(project, residents=object())  # type: ignore[arg-type]
    builder.build()
    assert memory.recall(project.build / "memory.pickle") is None
    builder.close()
    assert memory.recall(project.build / "memory.pickle") is not None


# --- what is read is data, and the user's own


class Harm:
    """What a pickle may ask for: a call."""

    def __init__(self, call: Callable[..., object], *arguments: object) -> None:
        self.call = (call, arguments)

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self.call


@pytest.mark.parametrize(
    "call",
    [
        (os.system, "touch harmed"),
        (os.mkdir, "harmed"),
        (eval, "1"),
        (getattr, "x", "y"),
        (shutil.rmtree, "nowhere"),
        (Builder, None),
        (write_text, Path("harmed"), "x"),
        (Staging, Path("harmed"), Path("harmed"), None),
    ],
    ids=lambda call: call[0].__name__,
)
def test_nothing_is_called_by_what_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: tuple[Any, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "memory.pickle"
    path.write_bytes(memory._fingerprint() + pickle.dumps(Harm(*call)))
    path.chmod(0o600)
    assert memory.recall(path) is None
    with pytest.raises(pickle.UnpicklingError, match="is no data"):
        memory._Reader(io.BytesIO(pickle.dumps(Harm(*call)))).load()
    assert [one.name for one in tmp_path.iterdir()] == ["memory.pickle"]


def kept(path: Path) -> bool:
    return memory.recall(path) is not None


def test_a_memory_is_for_the_user_alone(project: Project, tmp_path: Path) -> None:
    path = project.build / "memory.pickle"
    assert path.stat().st_mode & 0o777 == 0o600
    assert kept(path)
    for mode in (0o620, 0o602, 0o666):
        path.chmod(mode)
        assert not kept(path), oct(mode)
    path.chmod(0o600)
    link, pipe = tmp_path / "link", tmp_path / "pipe"
    link.symlink_to(path)
    os.mkfifo(pipe)
    assert not kept(link)
    assert not kept(pipe)  # and does not wait for it
    if os.geteuid() == 0:
        os.chown(path, 65_534, 65_534)
        assert not kept(path)


def test_a_memory_is_never_written_through_a_link(project: Project, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("mine", "utf-8")
    part = project.build / "memory.part"
    part.symlink_to(other)
    Unpublished(project).build()
    assert other.read_text("utf-8") == "mine"
    assert kept(project.build / "memory.pickle")


def test_where_nothing_has_changed_it_is_not_written_again(project: Project) -> None:
    Unpublished(project).build()
    file = project.build / "memory.pickle"
    Unpublished(project).build()
    before = file.stat()
    Unpublished(project).build()
    assert file.stat().st_ino == before.st_ino
    assert [path.name for path in project.build.glob("memory.*")] == ["memory.pickle"]
    path = project.content / "words" / "pl" / "regions.yaml"
    path.write_text(path.read_text("utf-8") + "# once more\n", "utf-8")
    Unpublished(project).build()
    assert file.stat().st_ino != before.st_ino
    assert [path.name for path in project.build.glob("memory.*")] == ["memory.pickle"]
