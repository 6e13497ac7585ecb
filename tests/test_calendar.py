"""The calendar: days as the dates cover them, ids that stay, and a file that readers accept."""

from __future__ import annotations

import csv
import datetime
from typing import Any

import pytest
from icalendar import Calendar, Event

from generator.exports import export_all
from generator.project import Project
from tests.built import languages_of
from tests.samples import Sample, make_sample

RECORDS = """
--- facts/regions/r.yaml
north: {kind: voivodeship, country: alpha, code: AA-N, sources: [part-1]}

--- facts/forums/f.yaml
forum-1: {number: 1, date: 2015-05, host: north, sources: [n-1]}
forum-2: {number: 2, date: 2021-12-30/2022-01-02, formerly: [second, oldest], sources: [n-1]}
forum-3: {number: 3, date: 2022-06, stage: {at: intended, as_of: 2022-01}, sources: [n-1]}

--- facts/organisations/o.yaml
committee: {kind: joint-committee, of: [north], sources: [n-1]}

--- facts/meetings/m.yaml
session: {kind: session, date: 2020-02-29, series: committee, ordinal: 2, sources: [n-1]}
vague: {kind: session, date: {on: 2020-02, part: end}, parties: [{of: north}], sources: [n-1]}
open: {kind: session, date: 2020/.., parties: [{of: north}], sources: [n-1]}
undated: {kind: session, series: committee, ordinal: 1, sources: [n-1]}

--- words/en/organisations.yaml
committee.name: "Committee; for, all"

--- words/en/regions.yaml
north.name: "North"

--- words/de/regions.yaml
north.name: "Norden"
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return make_sample(tmp_path_factory.mktemp("calendar") / "content", RECORDS)


def calendar(sample: Sample, lang: str = "en") -> bytes:
    return export_all(sample.dataset, sample.words, sample.routes)[f"data/{lang}/forums.ics"]


def events(sample: Sample, lang: str = "en") -> dict[str, Event]:
    found = Calendar.from_ical(calendar(sample, lang)).walk("VEVENT")
    return {str(event["URL"]).rstrip("/").split("/")[-1].split("#")[-1]: event for event in found}


def days(event: Any) -> tuple[datetime.date, datetime.date]:
    return event["DTSTART"].dt, event["DTEND"].dt - datetime.timedelta(days=1)


def test_an_event_lasts_as_long_as_its_date_is_vague(sample: Sample) -> None:
    found = {name: days(event) for name, event in events(sample).items()}
    day = datetime.date
    assert found == {
        "forum-1": (day(2015, 5, 1), day(2015, 5, 31)),
        "forum-2": (day(2021, 12, 30), day(2022, 1, 2)),
        "forum-3": (day(2022, 6, 1), day(2022, 6, 30)),
        "session": (day(2020, 2, 29), day(2020, 2, 29)),
        "vague": (day(2020, 2, 1), day(2020, 2, 29)),
        "open": (day(2020, 1, 1), day(2020, 12, 31)),
    }


def test_the_precision_of_the_source_is_told(sample: Sample) -> None:
    told = str(events(sample)["vague"]["DESCRIPTION"])
    assert sample.locale("en").date(sample.dataset["vague"].record.date) in told


def test_ids_stay_when_a_record_is_renamed_and_are_equal_in_all_languages(sample: Sample) -> None:
    ids = {name: str(event["UID"]) for name, event in events(sample).items()}
    assert ids["forum-1"] == "forum-1@example.org"
    assert ids["forum-2"] == "oldest@example.org"
    assert len(set(ids.values())) == len(ids)
    assert ids == {name: str(event["UID"]) for name, event in events(sample, "de").items()}


def test_what_lies_ahead_is_tentative(sample: Sample) -> None:
    states = {name: str(event["STATUS"]) for name, event in events(sample).items()}
    assert states.pop("forum-3") == "TENTATIVE"
    assert set(states.values()) == {"CONFIRMED"}


def test_an_event_is_in_its_language_and_leads_to_its_page(sample: Sample) -> None:
    english, german = events(sample)["forum-1"], events(sample, "de")["forum-1"]
    assert (str(english["LOCATION"]), str(german["LOCATION"])) == ("North", "Norden")
    assert german["LOCATION"].params["LANGUAGE"] == "de"
    assert german["SUMMARY"].params["LANGUAGE"] == "en"  # there is no German pattern
    assert str(english["SUMMARY"]) == "1st Forum"
    assert str(german["SUMMARY"]).endswith(" Forum")
    assert str(german["URL"]) == f"{sample.dataset.site.address}de/forums/forum-1/"
    assert "Committee; for, all" in str(events(sample)["session"]["SUMMARY"])


def test_the_file_is_what_the_standard_asks_for(sample: Sample) -> None:
    data = calendar(sample)
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")
    for event in events(sample).values():
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event)
        assert event["DTSTAMP"].dt == datetime.datetime(2022, 1, 1, tzinfo=datetime.UTC)


def test_writing_twice_gives_the_same(sample: Sample) -> None:
    assert calendar(sample) == calendar(sample)


# --- the real data


def test_the_calendars_of_the_site_have_the_events_of_its_data(real_site: Project) -> None:
    data = real_site.site / "data"
    rows = {}
    for kind in ("forums", "meetings"):
        with (data / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
            rows.update({row["id"]: row for row in csv.DictReader(file) if row["date"]})
    with (data / "history.csv").open(encoding="utf-8", newline="") as file:
        first = {row["id"]: row["first_id"] for row in csv.DictReader(file)}
    assert len(rows) > 50
    for lang in languages_of(real_site):
        found = Calendar.from_ical((data / lang / "forums.ics").read_bytes()).walk("VEVENT")
        by_uid = {str(event["UID"]).partition("@")[0]: event for event in found}
        assert len(found) == len(by_uid) == len(rows)
        for identifier, row in rows.items():
            event = by_uid[first[identifier]]
            assert str(event["SUMMARY"]) == row[f"title_{lang}"].removeprefix("'")
            assert str(event["URL"]).partition(f"/{lang}/")[2] == row["page"]
            start, last = days(event)
            told = row["date"].split("/")[0].split(":")[0]
            assert start.isoformat().startswith(told[:10]), row
            assert start <= last
