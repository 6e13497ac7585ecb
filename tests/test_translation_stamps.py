"""Stamps: who reviewed what is written once, in lines that merge, and never lost by accident."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.errors import ContentError, UsageError
from generator.model.ledger import text_hash
from generator.project import Project
from generator.store import Store, read_store
from generator.translation.stamps import stamp, stamp_minor
from generator.translation.units import State
from tests.helpers import toy_project
from tests.translating import changed_lines, edit, stamped_toy, states

NAME = "alder.name"
SOURCE = "words/en/regions.yaml"
TYPO = ('"Republic of Alder"', '"Republic of Aldar"')


def stamped(project: Project, *keys: str, lang: str = "de") -> list[str]:
    return stamp(project, read_store(project.content), lang, keys)


def minor(project: Project, *keys: str) -> list[str]:
    return stamp_minor(project, read_store(project.content), keys)


def stamps(project: Project, lang: str = "de") -> bytes:
    return (project.content / "stamps" / f"{lang}.yaml").read_bytes()


def test_stamps_are_one_line_a_string_in_the_order_of_keys(tmp_path: Path) -> None:
    lines = stamps(stamped_toy(tmp_path)).decode().splitlines()
    assert lines[0].startswith("# ")
    keys = [line.partition(":")[0] for line in lines[1:]]
    assert keys == sorted(set(keys))
    assert f'{NAME}: "{text_hash("Republic of Alder")}"' in lines


def test_to_stamp_twice_changes_nothing(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    assert NAME in stamped(project)
    before = stamps(project), stamps(project, "en")
    assert stamped(project) == []
    assert (stamps(project), stamps(project, "en")) == before


def test_a_stale_translation_is_stamped_only_by_its_key(tmp_path: Path) -> None:
    project = stamped_toy(tmp_path)
    edit(project, SOURCE, *TYPO)
    before = stamps(project)
    assert stamped(project) == []
    assert states(project)[NAME] is State.STALE
    assert stamped(project, NAME) == [NAME]
    assert states(project)[NAME] is State.CURRENT
    assert [old.partition(":")[0] for old, _ in changed_lines(before, stamps(project))] == [NAME]


def test_stamps_of_strings_that_are_gone_go(tmp_path: Path) -> None:
    project = stamped_toy(tmp_path)
    edit(project, "words/en/places.yaml", 'cedar-port.name: "Port Cedar"\n', "")
    assert stamped(project) == []  # an orphan may come back
    assert b"cedar-port.name" in stamps(project)
    assert b"cedar-port.name" not in stamps(project, "en")
    (project.content / "words/de/places.yaml").unlink()
    assert stamped(project) == ["cedar-port.name"]
    assert b"cedar-port.name" not in stamps(project)


def test_what_a_damaged_words_file_holds_keeps_its_stamps(tmp_path: Path) -> None:
    project = stamped_toy(tmp_path)
    for lang in ("en", "de"):
        (project.content / "words" / lang / "regions.yaml").write_bytes(b"alder.name: \xff\xfe")
    before = stamps(project), stamps(project, "en")
    assert stamped(project) == []
    assert (stamps(project), stamps(project, "en")) == before


@pytest.mark.parametrize("damage", ["<<<<<<< ours\n", "alder.name: stamped\n", '"a'])
def test_a_damaged_file_of_stamps_is_not_written_again(tmp_path: Path, damage: str) -> None:
    project = stamped_toy(tmp_path)
    path = project.content / "stamps" / "de.yaml"
    path.write_text(path.read_text() + damage)
    before = path.read_bytes()
    edit(project, SOURCE, *TYPO)
    for attempt in (stamped, minor):
        with pytest.raises(ContentError) as caught:
            attempt(project, NAME)
        assert all(p.place.file == "content/stamps/de.yaml" for p in caught.value.problems)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("lang", "keys", "message"),
    [
        ("de", ["alder.nam"], "did you mean 'alder.name'?"),
        ("de", ["alder.short"], "de has no translation of alder.short"),
        ("fr", [], "no language 'fr'"),
        ("DE", [], "did you mean 'de'?"),
        ("en", [], "en is the source language"),
    ],
)
def test_what_cannot_be_stamped_is_told(
    tmp_path: Path, lang: str, keys: list[str], message: str
) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        stamped(toy_project(tmp_path), *keys, lang=lang)


def test_a_slip_mended_in_the_source_can_be_declared_minor(tmp_path: Path) -> None:
    project = stamped_toy(tmp_path)
    before = states(project)
    edit(project, SOURCE, *TYPO)
    assert minor(project, NAME) == [f"de: {NAME}"]
    assert states(project) == before
    assert minor(project, NAME) == []


def test_minor_concerns_the_named_string_only(tmp_path: Path) -> None:
    project = stamped_toy(tmp_path)
    edit(project, SOURCE, *TYPO)
    edit(project, SOURCE, '"Republic of Birch"', '"Birch"')
    assert minor(project, NAME) == [f"de: {NAME}"]
    found = states(project)
    assert (found[NAME], found["birch.name"]) == (State.CURRENT, State.STALE)


def test_what_was_stale_before_a_minor_change_stays_stale(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    edit(project, "site.yaml", "  de: {name", "  ru: {name: Русский}\n  de: {name")
    (project.content / "words/ru").mkdir()
    (project.content / "words/ru/regions.yaml").write_text(f'{NAME}: "Ольха"\n')
    stamped(project)
    stamped(project, lang="ru")
    edit(project, SOURCE, *TYPO)
    stamped(project, NAME)  # German has caught up with a change that Russian has not
    edit(project, SOURCE, '"Republic of Aldar"', '"Republic of Aldar!"')
    assert minor(project, NAME) == [f"de: {NAME}"]
    assert states(project, "ru")[NAME] is State.STALE


def three(tmp_path: Path) -> Project:
    """A source text with translations into three languages, all stamped."""
    project = toy_project(tmp_path)
    edit(project, "site.yaml", "  de: {name", "  ru: {name: Р}\n  be: {name: Б}\n  de: {name")
    for code in ("ru", "be"):
        (project.content / "words" / code).mkdir()
        (project.content / "words" / code / "regions.yaml").write_text(f'{NAME}: "Ольха"\n')
    for code in ("de", "ru", "be"):
        stamped(project, lang=code)
    return project


def standing(project: Project) -> dict[str, State]:
    return {code: states(project, code)[NAME] for code in ("de", "ru", "be")}


def test_minor_counts_for_all_though_one_has_caught_up_before(tmp_path: Path) -> None:
    project = three(tmp_path)
    edit(project, SOURCE, *TYPO)
    stamped(project, NAME)  # a German reviewer is faster than the declaration
    assert minor(project, NAME) == [f"ru: {NAME}", f"be: {NAME}"]
    assert set(standing(project).values()) == {State.CURRENT}
    assert minor(project, NAME) == []


def test_declaring_minor_twice_reaches_no_further_back(tmp_path: Path) -> None:
    project = three(tmp_path)
    edit(project, SOURCE, *TYPO)  # a change that matters
    stamped(project, NAME)
    edit(project, SOURCE, '"Republic of Aldar"', '"Republic of Aldar!"')  # and a slip
    assert minor(project, NAME) == [f"de: {NAME}"]
    assert minor(project, NAME) == []
    assert standing(project) == {"de": State.CURRENT, "ru": State.STALE, "be": State.STALE}
    edit(project, SOURCE, '"Republic of Aldar!"', '"Republic of Aldar!!"')  # another slip
    assert minor(project, NAME) == [f"de: {NAME}"]
    stamped(project, NAME, lang="ru")
    assert minor(project, NAME) == []
    assert standing(project) == {"de": State.CURRENT, "ru": State.CURRENT, "be": State.STALE}


def test_stamps_of_the_source_hold_no_more_than_translations_carry(tmp_path: Path) -> None:
    project = three(tmp_path)
    for number in range(4):
        text = (project.content / SOURCE).read_text("utf-8")
        line = next(one for one in text.splitlines() if one.startswith(f"{NAME}:"))
        (project.content / SOURCE).write_text(text.replace(line, f'{NAME}: "Alder {number}"'))
        stamped(project, NAME)
    (line,) = [
        one
        for one in (project.content / "stamps/en.yaml").read_text("utf-8").splitlines()
        if one.startswith(f"{NAME}:")
    ]
    assert len(line.split()) == 3  # the key, what German carries, what the others do


def test_minor_does_nothing_for_what_was_never_stamped(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    assert minor(project, NAME) == []
    assert states(project)[NAME] is State.UNSTAMPED


def test_minor_of_an_unknown_string_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=re.escape("did you mean 'alder.name'?")):
        minor(stamped_toy(tmp_path), "alder.nmae")


def test_a_broken_site_is_told(tmp_path: Path) -> None:
    project = Project(tmp_path)
    with pytest.raises(UsageError, match="no language"):
        stamp(project, Store(), "de")
    with pytest.raises(UsageError, match="settings"):
        stamp_minor(project, Store(), [NAME])
