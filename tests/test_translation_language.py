"""A new language: one command, and the site builds at once, all in fallback and marked as such."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from generator.errors import UsageError
from generator.loading import check
from generator.pipeline import build
from generator.project import Project
from generator.store import read_store
from generator.translation.command import added_language
from generator.translation.language import new_language
from generator.translation.units import State
from tests.helpers import toy_project
from tests.small_site import tree
from tests.translating import edit, states

SETTINGS = "site.yaml"
GERMAN = "  de: {name: Deutsch, case_forms: [gen]}"


def languages(project: Project) -> dict[str, object]:
    text = (project.content / SETTINGS).read_bytes().decode()
    found: dict[str, object] = yaml.load(text, yaml.CSafeLoader)["languages"]
    return found


def test_a_new_language_builds_at_once_in_fallback_and_says_so(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    lines = added_language(project, "pl")
    assert lines[0] == "content/site.yaml"
    assert "content/words/pl/interface.yaml" in lines
    assert set(states(project, "pl").values()) == {State.MISSING}
    assert check(project) == ()
    build(project)
    page = (project.site / "pl" / "regions" / "alder" / "index.html").read_text()
    assert '<html lang="pl"' in page
    assert '<span lang="en">Republic of Alder</span>' in page
    assert '<p lang="en">Alder and ' in page
    assert "Polski" in (project.site / "en" / "index.html").read_text()


def test_the_source_text_stands_above_each_string(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    added_language(project, "pl")
    text = (project.content / "words" / "pl" / "places.yaml").read_text()
    assert text.startswith('# en: Alder City\nalder-city.name: ""\n')
    interface = (project.content / "words" / "pl" / "interface.yaml").read_text()
    forms = [line for line in interface.splitlines() if line.startswith("count.regions.")]
    assert forms == [f'count.regions.{form}: ""' for form in ("few", "many", "one", "other")]


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        (GERMAN, GERMAN, f"{GERMAN}\n  fr: {{name: Français, reviewed: false}}\nsource"),
        (
            GERMAN,
            "  de:\n    name: Deutsch\n    case_forms:\n      - gen",
            "      - gen\n  fr: {name: Français, reviewed: false}\nsource",
        ),
        (
            GERMAN,
            f"{GERMAN}\n# next",
            f"{GERMAN}\n  fr: {{name: Français, reviewed: false}}\n# next",
        ),
        (f"\n{GERMAN}\nsource", f"\n{GERMAN}  # why\n\nsource", "# why\n  fr: {name: Français"),
    ],
)
def test_its_line_follows_the_last_language(tmp_path: Path, old: str, new: str, where: str) -> None:
    project = toy_project(tmp_path)
    if old != new:
        edit(project, SETTINGS, old, new)
    added_language(project, "fr")
    assert where in (project.content / SETTINGS).read_text()
    assert list(languages(project)) == ["en", "de", "fr"]
    assert check(project) == ()


def test_line_ends_stay(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    path = project.content / SETTINGS
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    added_language(project, "fr")
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")
    assert list(languages(project)) == ["en", "de", "fr"]


@pytest.mark.parametrize("code", ["pt-br", "sr-latn", "zh-hant", "nb", "haw"])
def test_codes_with_script_or_country_and_odd_names_will_do(tmp_path: Path, code: str) -> None:
    project = toy_project(tmp_path)
    added_language(project, code)
    assert list(languages(project)) == ["en", "de", code]
    assert check(project) == ()
    assert read_store(project.content).problems == []


@pytest.mark.parametrize(("code", "lacks"), [("fr", False), ("be", False), ("el", True)])
def test_what_the_search_lacks_is_said(tmp_path: Path, code: str, lacks: bool) -> None:
    _, said = new_language(toy_project(tmp_path), code)
    assert any("the search" in line for line in said) is lacks


def test_what_the_checks_do_not_know_of_it_is_said(tmp_path: Path) -> None:
    _, said = new_language(toy_project(tmp_path), "fr")
    assert any("content/words/fr/spelling.yaml" in line for line in said)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("de", "has the language 'de' already"),
        ("en", "has the language 'en' already"),
        ("xx", "no language 'xx'"),
        ("pt-BR", "such as fr or pt-br"),
        ("../fr", "no language"),
        ("", "no language"),
        ("fr\n", "no language"),
    ],
)
def test_what_cannot_be_added_is_told_and_writes_nothing(
    tmp_path: Path, code: str, message: str
) -> None:
    project = toy_project(tmp_path)
    before = tree(project.content)
    with pytest.raises(UsageError, match=message):
        added_language(project, code)
    assert tree(project.content) == before


def test_languages_in_one_line_are_for_a_person(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    text = (project.content / SETTINGS).read_text()
    rest = text[text.index("source_language") :]
    flow = "languages: {en: {name: English}, de: {name: Deutsch, case_forms: [gen]}}\n"
    (project.content / SETTINGS).write_text(flow + rest)
    with pytest.raises(UsageError, match=r"line of its own"):
        added_language(project, "fr")


def test_a_broken_site_is_told(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    (project.content / SETTINGS).write_text("languages: nothing\n")
    with pytest.raises(UsageError, match="see: check"):
        added_language(project, "fr")
