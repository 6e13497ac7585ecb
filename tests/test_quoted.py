"""What a page shows in the language that it is in: other names, prints, readings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markupsafe import Markup

from generator.escape import unescape
from generator.finish_languages import settled
from generator.model.amounts import Amount, Reading
from generator.words import Text
from tests.samples import Sample, make_sample

# The work of the base and its part are English, the note n-1 in it is German.
CONTENT = """
--- facts/countries/c.yaml
gamma: {code: CC, other_names: [Gammaland, Pays Gamma, "12", Gamaland], sources: [part-1]}

--- facts/regions/r.yaml
north:
  kind: voivodeship
  country: alpha
  code: AA-N
  sources: [n-1]
  as_printed: {code: {text: "the region", repair: misprint}}
  readings:
    - {field: kind, value: metropolitan-region, sources: [n-1]}
    - {field: code, value: "in the north", sources: [n-1]}
  verdict: settled

--- facts/agreements/a.yaml
pact:
  kind: convention
  parties: [{of: north}, {of: alpha}]
  signed: 2001
  sources: [n-1]
  readings:
    - {field: signed, value: "2002-03", sources: [n-1]}
    - {field: signed, value: "in those years", sources: [n-1]}
  verdict: settled

--- facts/sources/s.yaml
lost: {kind: page, number: 7, cited_in: part-1, title: "?"}
alone: {kind: page, title: "Anything"}

--- words/en/countries.yaml
alpha.name: "Alpha"
beta.name: "Beta"
gamma.name: "Gammaland"

--- words/de/countries.yaml
gamma.name: "Gamaland"

--- words/en/regions.yaml
north.name: "North"
north.summary: "Since {date:pact.signed} [gamma](gamma)."

--- words/en/terms.yaml
region-kinds.metropolitan-region: "metropolis"

--- words/de/terms.yaml
region-kinds.metropolitan-region: "Metropole"
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return make_sample(tmp_path_factory.mktemp("quoted") / "content", CONTENT)


def shown(text: Markup) -> str:
    return settled(str(text))


def test_other_names_say_their_language_where_it_is_known(sample: Sample) -> None:
    item = sample.dataset.items["gamma"]
    english = shown(sample.context().other_names(item))
    assert english == ('<span lang="">Pays Gamma, 12</span>, <span lang="de">Gamaland</span>')
    german = shown(sample.context(lang="de").other_names(item))
    assert german == ('<span lang="en">Gammaland</span>, <span lang="">Pays Gamma, 12</span>')


def test_names_that_stand_elsewhere_are_left_out(sample: Sample) -> None:
    item = sample.dataset.items["gamma"]
    found = shown(sample.context().other_names(item, {"Gammaland", "Gamaland"}))
    assert found == '<span lang="">Pays Gamma, 12</span>'
    assert sample.context().other_names(item, item.record.other_names) == ""


def test_other_names_are_noted_as_read(sample: Sample) -> None:
    p = sample.context()
    p.other_names(sample.dataset.items["gamma"])
    assert "names:gamma" in p.lens.reads


def test_a_source_tells_of_itself_in_its_language_and_is_printed_in_that_of_the_book(
    sample: Sample,
) -> None:
    items, english, german = sample.dataset.items, sample.context(), sample.context(lang="de")
    note = items["n-1"]
    assert shown(german.of_print(note, "Die Post")) == "Die Post"
    assert shown(english.of_print(note, "Die Post")) == '<span lang="de">Die Post</span>'
    assert shown(english.printed(note, "The Post")) == "The Post"
    assert shown(german.printed(note, "The Post")) == '<span lang="en">The Post</span>'
    # Without a language of its own it is in that of the book; without a book nobody knows.
    assert shown(german.of_print(items["lost"], "Who")) == '<span lang="en">Who</span>'
    assert shown(english.of_print(items["alone"], "Who")) == '<span lang="">Who</span>'


def test_what_a_record_corrects_is_in_the_language_of_the_book(sample: Sample) -> None:
    item = sample.dataset.items["north"]
    printed = item.record.as_printed["code"].text
    assert shown(sample.context().printed(item, printed)) == "the region"
    german = sample.context(lang="de")
    assert shown(german.printed(item, printed)) == '<span lang="en">the region</span>'


def readings(sample: Sample, identifier: str, lang: str) -> list[str]:
    p, record = sample.context(lang=lang), sample.dataset.items[identifier].record
    return [plain(p.reading(record, one)) for one in record.readings]


def plain(text: Markup) -> str:
    """A text with its languages, but without dates for machines and escapes."""
    found = unescape(re.sub("</?time[^>]*>", "", shown(text)))
    return found.replace("\u00a0", " ")


def test_readings_are_shown_as_their_field_is_and_else_as_printed(sample: Sample) -> None:
    assert readings(sample, "north", "en") == ["metropolis", "in the north"]
    assert readings(sample, "north", "de") == [
        "Metropole",
        '<span lang="en">in the north</span>',
    ]
    assert readings(sample, "pact", "en") == ["March 2002", "in those years"]
    # There are no German patterns here, but months have German names.
    assert readings(sample, "pact", "de") == [
        "März 2002",
        '<span lang="en">in those years</span>',
    ]


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("value", "115.0", "115,0 <million> Zł"),
        ("scale", "thousand", "12,2 <thousand> Zł"),
        ("value", "over a hundred", "<over a hundred>"),
        ("period", "2020-03", "März 2020"),
        ("period", "in 13 years", "<in 13 years>"),
    ],
)
def test_readings_of_an_amount_are_amounts(
    tmp_path: Path, field: str, value: str, found: str
) -> None:
    german = '--- words/de/values.yaml\nunits.zloty.other: "{number} Zł"\n'
    sample = make_sample(tmp_path / "content", CONTENT, german)
    amount = Amount.model_validate(
        {"measure": "m", "value": "12.2", "scale": "million", "unit": "zloty", "period": "2020"}
    )
    reading = Reading(field=field, value=value, sources=("n-1",))
    said = plain(sample.context(lang="de").reading(amount, reading))
    assert said.replace('<span lang="en">', "<").replace("</span>", ">") == found


def test_a_word_that_fell_back_says_so(sample: Sample) -> None:
    p = sample.context(lang="de")
    assert shown(p.marked(Text("North", "en"))) == '<span lang="en">North</span>'
    assert shown(p.marked(Text("Nord", "de"))) == "Nord"
    assert shown(p.name("north")) == '<span lang="en">North</span>'


def test_prose_that_fell_back_keeps_its_dates_in_the_language_of_the_page(sample: Sample) -> None:
    found = sample.context(lang="de").prose("north.summary")
    assert '<p lang="en">Since <span lang="de"><time datetime="2001">2001</time></span>' in found
    assert "<span" not in sample.context().prose("north.summary")


def test_the_name_in_the_language_of_the_page_is_no_further_name(tmp_path: Path) -> None:
    found = make_sample(
        tmp_path / "content",
        """
--- facts/regions/r.yaml
north:
  kind: voivodeship
  country: alpha
  code: AA-N
  other_names: [Norden, North]
  sources: [part-1]

--- words/en/regions.yaml
north.name: "North"

--- words/de/regions.yaml
north.name: "Norden"
""",
    )
    shown_in = {
        lang: found.context("about/", lang).other_names(found.dataset["north"]).striptags()
        for lang in ("en", "de")
    }
    assert {lang: settled(str(text)) for lang, text in shown_in.items()} == {
        "en": '<span lang="de">Norden</span>',
        "de": '<span lang="en">North</span>',
    }
