"""The data of the search: names in all languages, text only in that of the page."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.exports.search import search_js
from tests.samples import Sample, make_sample

CONTENT = """
--- facts/regions/r.yaml
north: {kind: voivodeship, country: alpha, code: AA-N, other_names: [Nor</d], sources: [n-1]}
south: {kind: voivodeship, country: beta, code: BB-S, sources: [n-1]}

--- facts/agreements/a.yaml
pact: {kind: convention, parties: [{of: north}, {of: south}], signed: 2001-03, sources: [n-1]}

--- words/en/regions.yaml
north.name: "North"
north.summary: "[North](north) is cold."
south.name: "South"
south.summary: "South is warm."

--- words/de/regions.yaml
south.name: "Süden"
south.summary: "Der Süden ist warm."
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return make_sample(tmp_path_factory.mktemp("search") / "content", CONTENT)


def entries(sample: Sample, lang: str) -> dict[str, dict[str, Any]]:
    pages = list(sample.render_all(lang).values())
    text = search_js(sample.dataset, sample.words, sample.locale(lang), pages, "lunr").decode()
    assert text.startswith("searchData({") and text.endswith("});\n")
    assert "</" not in text
    loaded = json.loads(text.removeprefix("searchData(").removesuffix(");\n"))
    assert (loaded["lang"], loaded["stemmer"]) == (lang, "lunr")
    return {entry.get("u", ""): entry for entry in loaded["docs"]}


def test_names_of_all_languages_are_found_and_text_of_its_own(sample: Sample) -> None:
    english, german = (entries(sample, lang)["regions/south/"] for lang in ("en", "de"))
    assert (english["t"], german["t"]) == ("South", "Süden")
    assert english["n"] == german["n"] == "South Süden south"
    assert (english["b"], german["b"]) == ("South is warm.", "Der Süden ist warm.")


def test_what_fell_back_says_so_and_its_text_is_left_out(sample: Sample) -> None:
    english, german = (entries(sample, lang)["regions/north/"] for lang in ("en", "de"))
    assert english["b"] == "North is cold."
    assert english.keys() & {"tl", "kl"} == set()
    assert (german["t"], german["tl"]) == ("North", "en")
    assert "b" not in german
    assert german["n"] == "North Nor</d north"


def test_a_title_in_several_languages_has_its_parts(sample: Sample) -> None:
    title = entries(sample, "de")["agreements/pact/"]
    assert title["t"] == "Agreement-kinds.convention of März 2001: North und Süden"
    assert title["tl"] == [
        ["Agreement-kinds.convention ", "de"],
        ["of", "en"],
        [" März 2001: ", "de"],
        ["North", "en"],
        [" und Süden", "de"],
    ]
    assert "tl" not in entries(sample, "en")["agreements/pact/"]
