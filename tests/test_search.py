"""The data of the search: names in all languages, text only in that of the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.exports.search import search_js
from tests.samples import Sample, make_sample

LANGUAGES = ("en", "de")
CONTENT = """
--- facts/regions/r.yaml
north: {kind: voivodeship, country: alpha, code: AA-N, other_names: [Nor</d], sources: [n-1]}
south: {kind: voivodeship, country: beta, code: BB-S, sources: [n-1]}

--- facts/agreements/a.yaml
pact: {kind: convention, parties: [{of: north}, {of: south}], signed: 2001-03, sources: [n-1]}

--- facts/persons/p.yaml
speaker: {of: south, sources: [n-1]}

--- facts/projects/p.yaml
bridge: {kind: ferry-line, of: [south], stage: {at: running, as_of: 2001}, sources: [n-1]}

--- words/en/regions.yaml
north.name: "North"
north.summary: "[North](north) is cold."
south.name: "South"
south.summary: "South is warm."

--- words/de/regions.yaml
south.name: "Süden"
south.summary: "Der Süden ist warm."

--- words/en/persons.yaml
speaker.name: "A Speaker"

--- words/en/projects.yaml
bridge.text: "A bridge over [the river](south)."
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return make_sample(tmp_path_factory.mktemp("search") / "content", CONTENT)


def data_of(sample: Sample, lang: str) -> dict[str, Any]:
    locales = {code: sample.locale(code) for code in LANGUAGES}
    pages = list(zip(sample.pages.values(), sample.render_all(lang).values(), strict=True))
    made = [
        search_js(sample.dataset, sample.words, sample.routes, locales, lang, pages)
        for _ in range(2)
    ]
    assert made[0] == made[1]
    text = made[0].decode()
    assert text.startswith("searchData({") and text.endswith("});\n")
    assert "</" not in text
    loaded: dict[str, Any] = json.loads(text.removeprefix("searchData(").removesuffix(");\n"))
    assert loaded["lang"] == lang
    return loaded


def entries(sample: Sample, lang: str) -> dict[str, dict[str, Any]]:
    return {entry.get("u", ""): entry for entry in data_of(sample, lang)["docs"]}


def test_names_of_all_languages_are_found_and_text_of_its_own(sample: Sample) -> None:
    english, german = (entries(sample, lang)["regions/south/"] for lang in LANGUAGES)
    assert (english["t"], german["t"]) == ("South", "Süden")
    assert english["n"].split("\n") == ["Süden", "south", "BB-S"]
    assert german["n"].split("\n") == ["South", "south", "BB-S"]
    assert english["b"].startswith("South is warm.")
    assert german["b"].startswith("Der Süden ist warm.")


def test_what_stands_on_a_page_finds_it(sample: Sample) -> None:
    english, german = (entries(sample, lang)["regions/south/"] for lang in LANGUAGES)
    assert "A bridge over the river." in english["b"]
    assert "bridge over" not in german["b"]


def test_a_person_is_an_entry_about_a_region(sample: Sample) -> None:
    data = data_of(sample, "en")
    person = next(entry for entry in data["docs"] if entry["t"] == "A Speaker")
    assert person["u"] == "regions/south/#speaker"
    assert data["kinds"][person["k"]]["t"].endswith("person")
    assert [data["docs"][number]["t"] for number in person["r"]] == ["South"]


def test_an_agreement_is_found_by_the_names_of_its_parties(sample: Sample) -> None:
    data = data_of(sample, "en")
    pact = next(entry for entry in data["docs"] if entry.get("u") == "agreements/pact/")
    assert {data["docs"][number]["t"] for number in pact["r"]} == {"North", "South"}
    # Their names stand once, with them.
    assert "n" not in pact


def test_regions_come_before_documents_and_those_before_sources(sample: Sample) -> None:
    data = data_of(sample, "en")
    order = {kind["t"].rpartition(".")[2]: kind["p"] for kind in data["kinds"]}
    assert order["region"] < order["person"] < order["page"] == order["agreement"] < order["source"]


def test_what_fell_back_says_so_and_its_text_is_left_out(sample: Sample) -> None:
    english, german = (entries(sample, lang)["regions/north/"] for lang in LANGUAGES)
    assert english["b"] == "North is cold."
    assert "tl" not in english
    assert (german["t"], german["tl"]) == ("North", "en")
    assert "b" not in german
    assert german["n"].split("\n") == ["Nor</d", "north", "AA-N"]


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


def test_a_measure_is_found_by_what_defines_it(tmp_path: Path) -> None:
    terms = """
--- facts/figures/f.yaml
one: {of: north, partner: beta, measure: exchanges, period: 2001, value: 3, unit: zloty,
  sources: [n-1]}

--- words/en/terms.yaml
measures.exchanges.definition: "All that is sent to and fro."
"""
    found = data_of(make_sample(tmp_path / "content", CONTENT, terms), "en")
    (page,) = [doc for doc in found["docs"] if doc.get("u") == "measures/exchanges/"]
    assert page["b"].startswith("All that is sent to and fro.")


def test_long_texts_are_cut_at_a_word_when_all_are_too_much(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [doc.get("b", "") for doc in data_of(sample, "en")["docs"]]
    most = sum(map(len, whole)) // 2
    monkeypatch.setattr("generator.exports.search.MOST_TEXT", most)
    cut = [doc.get("b", "") for doc in data_of(sample, "en")["docs"]]
    assert sum(map(len, cut)) <= most
    assert cut != whole
    for before, after in zip(whole, cut, strict=True):
        assert before == after or before.startswith(f"{after} ")
