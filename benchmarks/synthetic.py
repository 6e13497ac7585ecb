"""A synthetic dataset of any size in the schema of the real one.

Every region has two agreements (one of them a plan), three figures, a project, a position and a
body, and words in four languages, of the lengths that they have in the real content. Vocabulary and
interface texts are those of the real content.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.invented import LANGUAGES, Prose, name, region_name, works_name

_TEXT_FILES = ("interface.yaml", "terms.yaml", "values.yaml")


def write_synthetic(source: Path, target: Path, regions: int) -> None:
    """Write a content folder with that many regions to ``target``, after the one in ``source``."""
    shutil.rmtree(target, ignore_errors=True)
    facts = target / "facts"
    for language in LANGUAGES:
        words = target / "words" / language
        words.mkdir(parents=True)
        texts = source / "words" / language
        for file in _TEXT_FILES:
            if (texts / file).is_file():
                shutil.copy(texts / file, words / file)
    facts.mkdir(parents=True)
    shutil.copy(source / "facts" / "vocabulary.yaml", facts / "vocabulary.yaml")
    names = "\n".join(f"  {code}: {{name: {code}}}" for code in LANGUAGES)
    (target / "site.yaml").write_text(
        f"languages:\n{names}\nsource_language: en\naddress: https://example.org/\n"
        "repository: https://example.com/synthetic\nas_of: 2022-01\n",
        "utf-8",
    )
    _write(facts / "countries" / "all.yaml", _COUNTRIES)
    _write(facts / "sources" / "all.yaml", _SOURCE)
    ids = [f"region-{number}" for number in range(regions)]
    for number, region in enumerate(ids):
        partner = ids[(number * 7 + 1) % regions]
        _write(
            facts / "regions" / f"{region}.yaml",
            _REGION.format(region, number, *divmod(number, 40)),
        )
        _write(facts / "agreements" / f"{region}.yaml", _AGREEMENTS.format(region, partner))
        _write(facts / "figures" / f"{region}.yaml", _FIGURES.format(region, number % 900 + 1))
        _write(facts / "projects" / f"{region}.yaml", _PROJECT.format(region))
        _write(facts / "positions" / f"{region}.yaml", _POSITION.format(region))
        _write(facts / "organisations" / f"{region}.yaml", _WORKS.format(region))
    for language in LANGUAGES:
        _words(target / "words" / language, ids, language)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _words(folder: Path, ids: list[str], language: str) -> None:
    prose = Prose(language, len(ids))

    def lines(key: str, words: int) -> str:
        return "".join(f'{key.format(i)}: "{prose.sentence(key + i, words)}"\n' for i in ids)

    regions = "".join(
        f'{i}.name: "{region_name(i, language)}"\n'
        f'{i}.summary: "{prose.sentence(i, 12)} [{name(i, language)}]({i}): {{fact:{i}-trade}}.'
        f' {prose.sentence(f"{i}-2", 20)}"\n'
        for i in ids
    )
    works = "".join(f'{i}-works.name: "{works_name(i, language)}"\n' for i in ids)
    _write(folder / "regions.yaml", regions)
    _write(folder / "organisations.yaml", works + lines("{}-works.summary", 16))
    _write(folder / "projects.yaml", lines("{}-project.text", 24))
    _write(folder / "positions.yaml", lines("{}-position.text", 25))
    _write(folder / "countries.yaml", _COUNTRY_NAMES[language])


_COUNTRY_NAMES = {
    "en": 'here.name: "Here"\nthere.name: "There"\n',
    "de": 'here.name: "Hier"\nthere.name: "Dort"\n',
    "ru": 'here.name: "Здесь"\nthere.name: "Там"\n',
    "be": 'here.name: "Тут"\nthere.name: "Там"\n',
}
_COUNTRIES = """\
here: {code: AA, sources: [note]}
there: {code: AB, sources: [note]}
"""
_SOURCE = 'note: {kind: web, number: 1, title: "A source", language: en, year: 2020}\n'
_REGION = """\
{0}:
  kind: oblast
  country: here
  code: AA-{1}
  tile: {{row: {2}, column: {3}}}
  sources: [note]
"""
_AGREEMENTS = """\
{0}-agreement:
  kind: agreement
  parties: [{{of: {0}}}, {{of: there}}]
  signed: 2015-06
  fields: [trade, economy]
  sources: [note]
{0}-plan:
  kind: action-plan
  parties: [{{of: {0}}}, {{of: {1}}}]
  signed: 2016-03
  term: 2016/2018
  implements: {0}-agreement
  sources: [note]
"""
_FIGURES = """\
{0}-trade:
  of: {0}
  partner: there
  measure: trade
  period: 2019
  value: {1}
  scale: million
  unit: usd
  change: {{direction: up, percent: 12, since: 2018}}
  sources: [note]
{0}-trade-2018:
  of: {0}
  partner: there
  measure: trade
  period: 2018
  derived: {{rule: before-growth, inputs: [{0}-trade]}}
  sources: [note]
{0}-exports:
  of: {0}
  partner: there
  measure: exports
  period: 2019
  qualifier: about
  value: {1}
  scale: million
  unit: usd
  sources: [note]
"""
_PROJECT = """\
{0}-project:
  kind: delivery
  of: [{0}]
  stage: {{at: planned, as_of: 2020}}
  goods: [tractors]
  sources: [note]
  figures: {{amount: {{measure: quantity, value: 21, unit: tractor}}}}
"""
_POSITION = """\
{0}-position:
  by: [{0}]
  stance: offers
  about: [{0}]
  date: 2019
  fields: [trade]
  sources: [note]
"""
_WORKS = """\
{0}-works:
  kind: firm
  home: {0}
  sources: [note]
"""
