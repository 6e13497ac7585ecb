"""The commands of translators, as the command line calls them."""

from __future__ import annotations

import json
from pathlib import Path

import polib
import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.errors import BuildError, UsageError
from generator.output import write_texts
from generator.project import Project
from generator.translation import command
from generator.translation.units import State
from tests.helpers import toy_project
from tests.small_site import tree
from tests.translating import changed_lines, edit, stamped_toy, states


def run(project: Project, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["--project", str(project.root), *arguments])
    unexpected = result.exception and not isinstance(result.exception, SystemExit)
    assert not unexpected, repr(result.exception)
    return result


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return stamped_toy(tmp_path / "project")


# --- status


def test_status_names_every_open_string_with_its_pages(project: Project) -> None:
    edit(project, "words/en/regions.yaml", '"Republic of Alder"', '"Alder"')
    result = run(project, "status", "de")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1].endswith("more; --all shows them")
    found = json.loads(run(project, "status", "--json").stdout)["de"]
    (entry,) = [entry for entry in found["queue"] if entry["key"] == "alder.name"]
    assert "regions/alder/" in entry["pages"]
    everything = run(project, "status", "--all").stdout
    assert everything.count(" pages ") == len(found["queue"])


@pytest.mark.parametrize(
    ("file", "old", "new", "has_pages"),
    [
        ("words/de/regions.yaml", "(cedar)", "(zedar)", True),
        ("words/de/regions.yaml", '"Republik Alder"', '"Republik', True),
        ("words/en/regions.yaml", "{fact:alder-trade-2019}", "{fact:alder-trade}", False),
        ("facts/regions/cedar.yaml", "country: morvia", "country: nowhere", False),
        ("facts/vocabulary.yaml", "region-kinds:", "region-kindz:", False),
    ],
)
def test_status_works_on_content_with_problems(
    project: Project, file: str, old: str, new: str, has_pages: bool
) -> None:
    text = (project.content / file).read_text()
    (project.content / file).write_text(text.replace(old, new, 1))
    found = json.loads(run(project, "status", "--json").stdout)["de"]["queue"]
    assert found
    assert any(entry["pages"] for entry in found) is has_pages


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("status", "en"), "the site is not translated into 'en'"),
        (("status", "DE"), "did you mean 'de'?"),
        (("sync", "fr"), "the site is not translated into 'fr'"),
        (("stamp",), "name a language, or --minor KEY"),
        (("stamp", "de", "--minor", "alder.name"), "--minor concerns all languages"),
        (("stamp", "--minor", "alder.nam"), "did you mean 'alder.name'?"),
        (("po", "export", "fr", "x.po"), "the site is not translated into 'fr'"),
        (("po", "import", "fr", "x.po"), "the site is not translated into 'fr'"),
        (("po", "import", "de", "x.po"), "there is no file x.po"),
        (("po", "exprot", "de", "x.po"), "Did you mean 'export'?"),
        (("po", "export", "de"), "Missing argument 'FILE'"),
    ],
)
def test_wrong_calls_are_told_and_change_nothing(
    project: Project, arguments: tuple[str, ...], message: str
) -> None:
    before = tree(project.content)
    result = run(project, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert tree(project.content) == before


def test_a_broken_site_is_told(project: Project) -> None:
    (project.content / "site.yaml").write_text("languages: {}\n")
    for arguments in (("status",), ("sync", "de"), ("po", "export", "de", "x.po")):
        result = run(project, *arguments)
        assert result.exit_code == 2
        assert "content/site.yaml has problems; see: check" in result.stderr


# --- stamp and sync


def test_stamp_names_what_it_stamped(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    assert "alder.name" in run(project, "stamp", "de").stdout.splitlines()
    assert run(project, "stamp", "de").stdout == ""
    edit(project, "words/en/regions.yaml", '"Republic of Alder"', '"Alder"')
    assert run(project, "stamp", "--minor", "alder.name").stdout == "de: alder.name\n"


def test_sync_names_what_it_wrote(project: Project) -> None:
    written = run(project, "sync", "de").stdout.splitlines()
    assert "content/words/de/districts.yaml" in written
    assert run(project, "sync", "de").stdout == ""
    assert run(project, "sync", "de", "--no-comments").stdout
    assert b"# en:" not in b"".join(tree(project.content / "words" / "de").values())


# --- catalogues


def test_a_catalogue_goes_out_and_comes_back(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "de.po"
    result = run(project, "po", "export", "de", str(file))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{file}: {len(states(project))} strings\n"
    before = (project.content / "words/de/regions.yaml").read_bytes()
    catalogue = polib.pofile(str(file))
    catalogue.find("Republic of Alder").msgstr = "Alder"
    catalogue.save()
    result = run(project, "po", "import", "de", str(file))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "content/words/de/regions.yaml\n1 taken, 0 stamped\n"
    after = (project.content / "words/de/regions.yaml").read_bytes()
    assert changed_lines(before, after) == [('alder.name: "Republik Alder"', 'alder.name: "Alder"')]
    assert states(project)["alder.name"] is State.CURRENT


def test_conflicts_are_lines_and_a_failure(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "de.po"
    run(project, "po", "export", "de", str(file))
    catalogue = polib.pofile(str(file))
    catalogue.find("Republic of Alder").msgstr = "Alder"
    catalogue.find("Mayor").msgstr = "Bürgermeister"
    catalogue.save()
    edit(project, "words/de/regions.yaml", '"Republik Alder"', '"Erlenland"')
    result = run(project, "po", "import", "de", str(file))
    assert result.exit_code == 1
    assert result.stdout == "content/words/de/persons.yaml\n1 taken, 1 stamped\n"
    assert result.stderr.startswith(f"not taken: {file}:")
    assert result.stderr.count("\n") == 1


def test_problems_are_a_failure_and_nothing_is_written(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "de.po"
    run(project, "po", "export", "de", str(file))
    catalogue = polib.pofile(str(file))
    catalogue.find("Republic of Alder").msgstr = "<b>Alder"
    catalogue.find("Mayor").msgstr = "Zwei  Räume"
    catalogue.save()
    before = tree(project.content)
    result = run(project, "po", "import", "de", str(file))
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == "1 problem; nothing was published"
    assert f"{file}:" in result.stderr
    assert "[odd-space]" in result.stderr
    assert tree(project.content) == before


# --- the disk


def test_a_disk_that_refuses_is_told(project: Project, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BuildError, match="cannot write"):
        command.po_export(project, "de", tmp_path / "file" / "de.po")
    with pytest.raises(BuildError, match="cannot write"):
        write_texts(project.root, {"content/words/de/regions.yaml/x.yaml": ""})
    result = run(project, "po", "export", "de", str(tmp_path))
    assert result.exit_code == 2


def test_a_file_is_written_in_one_step(project: Project) -> None:
    write_texts(project.root, {"content/words/de/regions.yaml": "ä\r\n"})
    assert (project.content / "words/de/regions.yaml").read_bytes() == "ä\r\n".encode()
    assert sorted(path.name for path in (project.content / "words/de").iterdir()) == sorted(
        path.name for path in (project.content / "words/de").glob("*.yaml")
    )


def test_a_language_must_be_one_of_the_site(project: Project) -> None:
    with pytest.raises(UsageError, match="not translated"):
        command.status(project, ["pl"], False, None)
