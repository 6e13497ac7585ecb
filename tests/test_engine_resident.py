"""Engines that stay give the bytes that others give, and step aside in any doubt."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.engine import LanguageBuild
from generator.engine_record import output_of
from generator.engine_resident import Residents
from generator.errors import BuildError
from generator.output import write_tree
from tests.small_site import EPOCH, Project, docs, page, tree


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path / "kept", ("xa",))
    project.run_engine({"xa": docs("xa")})
    return project


@pytest.fixture
def residents(project: Project) -> Iterator[Residents]:
    residents = Residents()
    residents.start([built(project)], EPOCH)
    yield residents
    residents.close()


def built(project: Project) -> LanguageBuild:
    return project.write("xa", docs("xa"))


def changed(project: Project, files: dict[str, bytes]) -> dict[str, list[str]]:
    written = write_tree(project.build / "xa" / "docs", files)
    return {"xa": sorted(written.changed)}


def process(residents: Residents) -> int:
    return residents._running["xa"]._process.pid


EDITED = {
    **docs("xa"),
    "things/t1.md": page("Thing 1 changed", "Other text [to](t2.md#facts)"),
    "index.md": page("Start changed", "[All](things/index.md)"),
}


def test_pages_are_those_of_a_full_build(
    project: Project, residents: Residents, tmp_path: Path
) -> None:
    build = built(project)
    assert residents.build([build], changed(project, EDITED), EPOCH) == {"xa"}
    other = Project(tmp_path / "other", ("xa",))
    other.run_engine({"xa": EDITED})
    assert tree(project.raw("xa")) == tree(other.raw("xa"))
    # And again, by the same process, back to what it was.
    number = process(residents)
    assert residents.build([build], changed(project, docs("xa")), EPOCH) == {"xa"}
    other.run_engine({"xa": docs("xa")})
    assert tree(project.raw("xa")) == tree(other.raw("xa"))
    assert process(residents) == number


def test_the_next_ordinary_build_has_nothing_left_to_do(
    project: Project, residents: Residents
) -> None:
    residents.build([built(project)], changed(project, EDITED), EPOCH)
    before = {path: path.stat().st_mtime_ns for path in project.raw("xa").rglob("*")}
    project.run_engine({"xa": EDITED})
    assert {path: path.stat().st_mtime_ns for path in project.raw("xa").rglob("*")} == before


def test_nothing_changed_needs_no_answer(project: Project, residents: Residents) -> None:
    assert residents.build([built(project)], {"xa": []}, EPOCH) == {"xa"}


@pytest.mark.parametrize("doubt", ["a new page", "other settings", "a dead process", "no engine"])
def test_in_doubt_it_is_left_to_an_ordinary_build(
    project: Project, residents: Residents, doubt: str
) -> None:
    files = dict(EDITED)
    build = built(project)
    if doubt == "a new page":
        files["things/new.md"] = page("New")
    elif doubt == "other settings":
        path = project.build / "xa" / "mkdocs.yml"
        path.write_text(path.read_text("utf-8") + "\n# more\n", "utf-8")
    elif doubt == "a dead process":
        os.kill(process(residents), signal.SIGKILL)
        residents._running["xa"]._process.wait()
    else:
        residents.stop("xa")
    assert residents.build([build], changed(project, files), EPOCH) == set()
    project.run_engine({"xa": files})
    if doubt != "a new page":
        assert b"Thing 1 changed" in (project.raw("xa") / "things/t1/index.html").read_bytes()


def test_what_mkdocs_says_of_a_page_is_told(project: Project, residents: Residents) -> None:
    files = {**docs("xa"), "things/t1.md": page("T", "[dead](none.md)")}
    with pytest.raises(BuildError, match=r"xa/docs/things/t1\.md: .*none\.md"):
        residents.build([built(project)], changed(project, files), EPOCH)
    assert "xa" not in residents._running
    project.run_engine({"xa": docs("xa")})
    residents.start([built(project)], EPOCH)
    assert residents.build([built(project)], changed(project, EDITED), EPOCH) == {"xa"}


@pytest.mark.parametrize(
    ("document", "output"),
    [
        ("index.md", "index.html"),
        ("things/index.md", "things/index.html"),
        ("things/t1.md", "things/t1/index.html"),
    ],
)
def test_a_document_has_an_output(document: str, output: str) -> None:
    assert output_of(document) == output
