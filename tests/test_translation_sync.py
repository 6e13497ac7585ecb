"""Sync: missing strings appear empty with their source text, and nothing that stands there goes."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import BuildError, ContentError, UsageError
from generator.output import write_texts
from generator.project import Project
from generator.store import Store, read_store
from generator.translation.sync import previous_sources, sync
from generator.translation.units import State
from generator.translation.wordsfile import WordsFile
from tests.helpers import Change, toy_project
from tests.small_site import tree
from tests.translating import differing, edit, found_units, stamped_toy, states


def synced(project: Project, comments: bool = True) -> list[str]:
    return write_texts(project.root, sync(project, read_store(project.content), "de", comments))


def words(project: Project, name: str, lang: str = "de") -> Path:
    return project.content / "words" / lang / f"{name}.yaml"


def test_missing_strings_appear_empty_below_their_source_text(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    assert "content/words/de/districts.yaml" in synced(project)
    assert words(project, "districts").read_text() == (
        '# en: Eastern District\neastern-district.name: ""\n'
    )
    assert words(project, "regions").read_text().splitlines()[:4] == [
        "# en: Republic of Alder",
        'alder.name: "Republik Alder"',
        "# en: Alder",
        'alder.short: ""',
    ]


def test_nothing_changes_for_readers(tmp_path: Path) -> None:
    project = stamped_toy(tmp_path)
    before = states(project)
    synced(project)
    assert differing(before, states(project)) == {}


@pytest.mark.parametrize("comments", [True, False])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_to_sync_twice_is_no_change(tmp_path: Path, comments: bool, end: str) -> None:
    project = toy_project(tmp_path)
    for path in words(project, "regions").parent.glob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", end.encode()))
    assert synced(project, comments)
    before = tree(project.content)
    assert synced(project, comments) == []
    assert tree(project.content) == before
    assert (b"\r\n" in words(project, "regions").read_bytes()) == (end == "\r\n")


def test_comments_come_and_go_and_leave_everything_else(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    text = "# Wörter\n\n" + words(project, "regions").read_text() + "# Ende"
    words(project, "regions").write_text(text)
    synced(project, comments=False)
    plain = words(project, "regions").read_text()
    assert [line for line in plain.splitlines() if line in text.splitlines()] == text.splitlines()
    synced(project)
    assert words(project, "regions").read_text() != plain
    synced(project, comments=False)
    assert words(project, "regions").read_text() == plain


def test_comments_follow_the_source(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    synced(project)
    edit(project, "words/en/regions.yaml", '"Republic of Alder"', '"The Republic"')
    assert synced(project) == ["content/words/de/regions.yaml"]
    assert words(project, "regions").read_text().startswith("# en: The Republic\n")


def test_orphans_stay(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    synced(project)
    edit(project, "words/en/places.yaml", 'cedar-port.name: "Port Cedar"\n', "")
    synced(project)
    assert 'cedar-port.name: "Hafen Cedar"' in words(project, "places").read_text()


def test_strings_that_only_this_language_has_are_left_alone(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    words(project, "names").write_text('alder.gen: "der Republik Alder"\n')
    synced(project)
    assert words(project, "names").read_text() == 'alder.gen: "der Republik Alder"\n'


@pytest.mark.parametrize(
    "damage",
    [
        b'alder.name: "Republik Alder\n',
        b"alder.name: \xc4lder\n",
        b'alder.name: "a"\n\talder.short: "b"\n',
        b"\xff\xfea\x00:\x00 \x00b\x00",
        b"- a\n",
    ],
)
def test_a_file_that_cannot_be_read_is_an_error_and_stays(tmp_path: Path, damage: bytes) -> None:
    project = toy_project(tmp_path)
    words(project, "regions").write_bytes(damage)
    before = tree(project.content)
    with pytest.raises(ContentError) as caught:
        synced(project)
    assert {p.place.file for p in caught.value.problems} == {"content/words/de/regions.yaml"}
    assert tree(project.content) == before


def test_a_form_without_lines_is_an_error(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    words(project, "regions").write_text('{alder.name: "Republik Alder"}\n')
    with pytest.raises(BuildError, match="write one string a line"):
        synced(project)


@pytest.mark.parametrize(
    "line",
    [
        "alder.name: [Republik Alder]",
        "alder.name: {a: Republik Alder}",
        'alder.name: "Republik Alder"\nalder.name: "Zweimal"',
        "alder.name: !!str Republik Alder",
        "alder.name: &a Republik Alder",
        "alder.name: ~",
    ],
)
def test_what_the_reader_refuses_is_not_taken_for_missing(tmp_path: Path, line: str) -> None:
    project = toy_project(tmp_path)
    edit(project, "words/de/regions.yaml", 'alder.name: "Republik Alder"', line)
    synced(project)
    after = words(project, "regions").read_text().splitlines()
    assert [text for text in after if text.startswith("alder.name:")] == line.splitlines()


def test_a_byte_order_mark_stays(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    text = words(project, "regions").read_text()
    words(project, "regions").write_text(f"\ufeff{text}")
    synced(project)
    after = words(project, "regions").read_text()
    assert after.startswith("\ufeff# en: Republic of Alder\nalder.name:")
    assert after.count("alder.name:") == 1


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_no_source_text_breaks_the_file_that_it_is_a_comment_in(source: str) -> None:
    file = WordsFile()
    file.put("a.b", "x")
    file.comment("# en: ", {"a.b": source})
    assert yaml.load(file.text(), yaml.CBaseLoader) == {"a.b": "x"}
    assert file.text().count("\n") <= 2


def test_earlier_source_texts_are_found_in_comments(tmp_path: Path) -> None:
    project = stamped_toy(tmp_path)
    edit(project, "words/en/regions.yaml", '"Republic of Alder"', '"Alder"')
    assert previous_sources(project, read_store(project.content), "de") == {}
    edit(
        project, "words/en/regions.yaml", '"Alder"\nalder.short', '"Republic of Alder"\nalder.short'
    )
    synced(project)
    edit(project, "words/en/regions.yaml", '"Republic of Alder"', '"Alder"')
    edit(project, "words/en/regions.yaml", '"Republic of Birch"', '"Birch"')
    edit(project, "words/de/regions.yaml", "# en: Republic of Birch", "# en: Something else")
    assert states(project)["birch.name"] is State.STALE
    assert previous_sources(project, read_store(project.content), "de") == {
        "alder.name": "Republic of Alder"
    }
    synced(project)
    assert previous_sources(project, read_store(project.content), "de") == {}


def test_a_translation_in_another_file_is_not_doubled(tmp_path: Path) -> None:
    change = Change("words/de/places.yaml", "", 'birch.name: "Republik Birch"\n')
    project = toy_project(tmp_path, change)
    edit(project, "words/de/regions.yaml", 'birch.name: "Republik Birch"\n', "")
    synced(project)
    assert "birch.name" not in words(project, "regions").read_text()
    assert found_units(project)["birch.name"].file == "places"


def test_a_broken_site_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="see: check"):
        previous_sources(Project(tmp_path), Store(), "de")
