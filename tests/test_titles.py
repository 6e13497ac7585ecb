"""How records are called, by their own name or by a pattern of the language."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from generator.foreign import marked
from generator.locale import Locale
from generator.model.records import Party
from generator.text_rules import TITLE_TEXTS
from generator.views.titles import Titles
from tests.samples import Sample, make_sample

RECORDS = """
--- facts/regions/r.yaml
north: {kind: voivodeship, country: alpha, code: AA-N, sources: [part-1]}
south: {kind: voivodeship, country: beta, code: BB-S, sources: [part-1]}

--- facts/organisations/o.yaml
committee: {kind: joint-committee, of: [north, south], sources: [n-1]}

--- facts/agreements/a.yaml
dated: {kind: convention, parties: [{of: north}, {of: south}], signed: 2015-05-04,
  term: 2016/2018, sources: [n-1]}
named: {kind: convention, parties: [{of: north}, {of: south}], signed: 2016, sources: [n-1]}
plan: {kind: work-plan, parties: [{of: north}, {of: south}], signed: 2015, term: 2016/2018,
  sources: [n-1]}
plan-undated: {kind: work-plan, parties: [{of: north}, {kind: school, count: 5, home: beta}],
  sources: [n-1]}
plan-without-term: {kind: work-plan, parties: [{of: north}, {of: south}], signed: 2014,
  sources: [n-1]}

--- facts/forums/f.yaml
forum-2: {number: 2, date: 2015-05, sources: [n-1]}

--- facts/meetings/m.yaml
session-3: {kind: session, series: committee, ordinal: 3, sources: [n-1]}
session: {kind: session, series: committee, sources: [n-1]}
talks: {kind: session, parties: [{of: north}, {of: south}], sources: [n-1]}

--- facts/partnerships/p.yaml
pair: {parties: [north, south], sources: [n-1]}

--- facts/figures/f.yaml
alone: {measure: conventions, of: north, period: 2020, value: 1, unit: convention-unit,
  sources: [n-1]}
both: {measure: exchanges, of: north, partner: south, period: 2020, value: 1, unit: zloty,
  sources: [n-1]}

--- facts/trade-goods/g.yaml
goods: {exporter: north, importer: south, period: 2020, goods: [amber], list: chief, sources: [n-1]}

--- facts/projects/p.yaml
ferry: {kind: ferry-line, of: [north], partners: [{of: committee}], stage: {at: intended},
  sources: [n-1]}

--- facts/positions/p.yaml
hope: {by: [north, south], stance: hopes, about: [north], date: 2020, sources: [n-1]}
voice: {stance: hopes, about: [north], date: 2020, sources: [n-1]}

--- words/en/regions.yaml
north.name: "North"
south.name: "South"
south.short: "S."

--- words/de/values.yaml
ordinal.other: "{number}."

--- words/de/regions.yaml
south.name: "Süden"

--- words/en/organisations.yaml
committee.name: "the Committee"

--- words/en/agreements.yaml
named.title: "The Pact"

--- words/en/projects.yaml
ferry.text: "Text."

--- words/en/positions.yaml
hope.text: "Text."
voice.text: "Text."
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return make_sample(tmp_path_factory.mktemp("titles") / "content", RECORDS)


@pytest.mark.parametrize(
    ("identifier", "title"),
    [
        ("north", "North"),
        ("dated", "Agreement-kinds.convention of 4 May 2015: North and South"),
        ("named", "The Pact"),
        ("plan", "Agreement-kinds.work-plan 2016–2018: North and South"),
        ("plan-without-term", "Agreement-kinds.work-plan of 2014: North and South"),
        (
            "plan-undated",
            "Agreement-kinds.work-plan: North and 5 organisation-kinds.school in Beta",
        ),
        ("forum-2", "2nd Forum"),
        ("session-3", "3rd session: the Committee"),
        ("session", "Meeting-kinds.session: the Committee"),
        ("talks", "Meeting-kinds.session: North and South"),
        ("pair", "North and South"),
        ("alone", "Measures.conventions: North, 2020"),
        ("both", "Measures.exchanges: North with South, 2020"),
        ("goods", "North to South, 2020"),
        ("ferry", "Project-kinds.ferry-line: North and the Committee"),
        ("hope", "North and South: stances.hopes"),
        ("voice", "value.unnamed-speaker: stances.hopes"),
        ("work", "The Work"),
        ("n-1", "First Note"),
        ("n-2", "The Work"),
        ("n-3", "source.missing-title"),
    ],
)
def test_a_record_has_one_title(sample: Sample, identifier: str, title: str) -> None:
    assert sample.context().title(identifier).replace("\u00a0", " ") == title


def test_every_kind_of_the_dataset_has_a_title_that_is_not_its_id(sample: Sample) -> None:
    titles = sample.context().title
    assert [i for i in sample.dataset.items if titles(i) == i] == []


@pytest.mark.parametrize(
    ("identifier", "found"),
    [
        ("south", "Süden"),
        ("north", marked("North", "en")),  # no German name: the source language, and it says so
        ("n-1", "Erste Notiz"),  # printed in German: the translation is not needed
        ("part-1", marked("First Part", "en")),  # as printed, in the language of the print
        ("forum-2", f"2. {marked('Forum', 'en')}"),  # no German pattern: its words are English
        ("talks", f"Meeting-kinds.session: {marked('North', 'en')} und Süden"),
    ],
)
def test_a_title_says_which_language_it_is_in(sample: Sample, identifier: str, found: str) -> None:
    assert sample.context(lang="de").title(identifier) == found


def test_a_short_name_falls_back_to_the_name(sample: Sample) -> None:
    titles = sample.context().title
    assert (titles.short("south"), titles.short("north")) == ("S.", "North")


@pytest.mark.parametrize(
    ("party", "text"),
    [
        ({"of": "north"}, "North"),
        ({"kind": "school"}, "organisation-kinds.school"),
        ({"kind": "school", "count": "12"}, "12 organisation-kinds.school"),
        ({"kind": "school", "home": "beta"}, "organisation-kinds.school in Beta"),
    ],
)
def test_a_party_is_named_or_counted(sample: Sample, party: dict[str, str], text: str) -> None:
    assert sample.context().title.party(Party.model_validate(party)) == text


def test_counted_parties_take_the_plural_form_of_the_language() -> None:
    texts = {
        "organisation-kinds.school.few": "{number} szkoły",
        "organisation-kinds.school.many": "{number} szkół",
        "organisation-kinds.school.one": "{number} szkoła",
        "organisation-kinds.school.other": "{number} szkoły",
    }
    titles = Titles(None, Locale("pl", texts))  # type: ignore[arg-type]
    counted = [titles.party(Party(kind="school", count=str(n))) for n in (1, 2, 5, 22)]  # type: ignore[arg-type]
    assert counted == ["1 szkoła", "2 szkoły", "5 szkół", "22 szkoły"]


BRACKETS = {
    "organisation-kinds.school": "school",
    "party.counted": "{kind} ({number})",
    "party.further": "{first}; {second}",
    "party.home": "{party} ({home})",
    "party.unnamed": "{kind} (not named)",
}


@pytest.mark.parametrize(
    ("party", "home", "text"),
    [
        ({}, None, "school (not named)"),
        ({}, "{party} ({home})", "school (not named; Miasta)"),
        ({"count": "3"}, "{party} ({home})", "school (3; Miasta)"),
        # A language that has no brackets there keeps its own.
        ({}, "{party}, {home}", "school (not named), Miasta"),
    ],
)
def test_brackets_do_not_follow_brackets(
    party: dict[str, str], home: str | None, text: str
) -> None:
    texts = {**BRACKETS, **({"party.home": home} if home else {})}
    titles = _Named(None, Locale("en", texts))  # type: ignore[arg-type]
    found = Party(kind="school", home="miasta" if home else None, **party)  # type: ignore[arg-type]
    assert titles.party(found) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Minsk", "Minsk (council)"),
        ("Minsk (city)", "Minsk (city; council)"),
        ("A (b) and C (d)", "A (b) and C (d) (council)"),  # more than one can be said of
        (
            marked("Minsk (city)", "be"),
            f"{marked('Minsk', 'be')} ({marked('city', 'be')}; council)",
        ),
    ],
)
def test_a_body_stands_in_the_brackets_that_a_name_ends_with(name: str, text: str) -> None:
    texts = {"party.body": "{party} ({body})", "party.further": "{first}; {second}"}
    titles = Titles(None, Locale("en", texts))  # type: ignore[arg-type]
    assert titles.explained("party.body", name, body="council") == text


def test_every_pattern_of_titles_is_declared(sample: Sample) -> None:
    keys = {key for key in sample.words.texts("en") if key.startswith(("title.", "party."))}
    assert keys - {"party.body", "title.agreements-of"} <= set(TITLE_TEXTS)


class _Named(Titles):
    def __call__(self, identifier: str) -> str:
        return identifier.capitalize()


@pytest.mark.parametrize(
    ("ordinal", "own", "title"),
    [
        (None, {}, "Spotkanie: Miasta"),
        (None, {"unnumbered": "{series}, bez numeru"}, "Miasta, bez numeru"),
        (9, {}, "9. posiedzenie: Miasta"),
        (9, {"numbered": "{roman} spotkanie miast"}, "IX spotkanie miast"),
    ],
)
def test_a_language_may_have_its_own_pattern_for_a_kind_of_meeting(
    ordinal: int | None, own: dict[str, str], title: str
) -> None:
    texts = {
        "title.meeting": "{kind}: {parties}",
        "title.session": "{figure} posiedzenie: {series}",
        "ordinal.other": "{number}.",
        "ordinal.roman": "{number}",
        "meeting-kinds.of-towns": "spotkanie",
        **{f"meeting-kinds.of-towns.{key}": text for key, text in own.items()},
    }
    record = SimpleNamespace(kind="of-towns", series="miasta", ordinal=ordinal, parties=[])
    titles = _Named(None, Locale("pl", texts))  # type: ignore[arg-type]
    assert titles.meeting(SimpleNamespace(record=record)) == title  # type: ignore[arg-type]
