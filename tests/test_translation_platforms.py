"""Weblate and Crowdin: they open the words files as they are, and save them without noise."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from translate.storage.yaml import YAMLFile

from generator.output import write_texts
from generator.store import SPELLING_FILES, read_store
from generator.translation.sync import sync
from tests.helpers import ROOT, real_store, toy_project
from tests.translating import changed_lines, stamped_toy

WORDS = ROOT / "content" / "words"
COMPONENTS: list[dict[str, Any]] = json.loads((ROOT / "weblate.json").read_text("utf-8"))
BREAKS = {"unix": "\n", "dos": "\r\n"}
LANGUAGES = sorted(path.name for path in WORDS.iterdir())


def weblate(data: bytes) -> YAMLFile:
    """A monolingual YAML file as Weblate opens it, with the settings of ``weblate.json``."""
    (params,) = {json.dumps(part["file_format_params"]) for part in COMPONENTS}
    settings = json.loads(params)
    store = YAMLFile()
    store.dump_args["indent"] = settings["yaml_indent"]
    store.dump_args["width"] = settings["yaml_line_wrap"]
    store.dump_args["line_break"] = BREAKS[settings["yaml_line_break"]]
    store.parse(data)
    return store


@pytest.mark.parametrize("lang", LANGUAGES)
def test_weblate_opens_and_saves_every_words_file_unchanged(lang: str) -> None:
    for path in sorted((WORDS / lang).glob("*.yaml")):
        data = path.read_bytes()
        store = weblate(data)
        assert bytes(store) == data, path.name
        texts = yaml.load(data, yaml.CBaseLoader)
        assert {unit.getid(): unit.target for unit in store.units} == texts, path.name


def test_weblate_keeps_source_texts_above_strings_and_strings_that_are_empty(
    tmp_path: Path,
) -> None:
    project = stamped_toy(tmp_path)
    write_texts(project.root, sync(project, read_store(project.content), "de", comments=True))
    for path in sorted((project.content / "words" / "de").glob("*.yaml")):
        assert bytes(weblate(path.read_bytes())) == path.read_bytes(), path.name


@pytest.mark.parametrize(
    "text",
    [
        "Neu",
        "[Alder](alder): {fact:alder-trade-2019}, „so“ – yes: 'no' # \"nein\"",
        "x" * 50 + " long" * 60,
        "no",
        "12",
        "",
    ],
)
def test_weblate_changes_one_line_for_one_string(tmp_path: Path, text: str) -> None:
    project = toy_project(tmp_path)
    data = (project.content / "words" / "de" / "regions.yaml").read_bytes()
    store = weblate(data)
    (unit,) = [unit for unit in store.units if unit.getid() == "alder.summary"]
    unit.target = text
    after = bytes(store)
    ((old, new),) = changed_lines(data, after)
    assert old.startswith("alder.summary: ")
    assert new.startswith("alder.summary: ")
    (project.content / "words" / "de" / "regions.yaml").write_bytes(after)
    found = read_store(project.content)
    assert found.problems == []
    assert found.words["de"]["alder.summary"].text == text


def test_weblate_has_a_component_for_each_words_file_of_the_source_language() -> None:
    site = real_store().site
    assert site is not None
    files = {path.stem for path in (WORDS / site.source_language).glob("*.yaml")}
    assert sorted(part["slug"] for part in COMPONENTS) == sorted(files - {*SPELLING_FILES})
    main = COMPONENTS[0]
    assert (main["repo"], main["branch"]) == (site.repository, site.branch)
    project = site.repository.rstrip("/").rpartition("/")[2]
    for part in COMPONENTS:
        assert part["filemask"] == f"content/words/*/{part['slug']}.yaml"
        assert part["template"] == f"content/words/{site.source_language}/{part['slug']}.yaml"
        assert part["file_format"] == "yaml"
        assert part["name"]
        assert part is main or part["repo"] == f"weblate://{project}/{main['slug']}"


def test_weblate_knows_placeholders_and_the_targets_of_links() -> None:
    (flag,) = {part["check_flags"] for part in COMPONENTS}
    match = re.fullmatch(r'placeholders:r"(.*)"', flag)
    assert match is not None
    text = "[Alder](alder) and {fact:alder-trade-2019} (in {year})"
    assert re.findall(match[1], text) == ["](alder)", "{fact:alder-trade-2019}", "{year}"]


def test_crowdin_reads_and_writes_the_same_files() -> None:
    site = real_store().site
    assert site is not None
    settings = yaml.load((ROOT / "crowdin.yml").read_text("utf-8"), yaml.CSafeLoader)
    (group,) = settings["files"]
    assert group["source"] == f"/content/words/{site.source_language}/*.yaml"
    assert group["type"] == "yaml"
    assert group["skip_untranslated_strings"] is True
    for code in site.codes:
        assert len(code) == 2, "name it in languages_mapping of crowdin.yml"
        path = group["translation"].replace("%two_letters_code%", code)
        folder = path.replace("/%original_file_name%", "").lstrip("/")
        assert (ROOT / folder).is_dir()
    assert not {"project_id", "api_token"} & settings.keys()
