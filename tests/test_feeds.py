"""Feeds of changes, read by a feed reader: entries that stay themselves, days that are true."""

from __future__ import annotations

import csv
import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
import pytest
import yaml
from icalendar import Calendar
from lxml import etree

from generator.dating import write_history
from generator.editing import rename_record
from generator.exports import feed_pages
from generator.exports.feed_pages import MOST, Part, documents
from generator.foreign import CLOSE, OPEN
from generator.model.kinds import KINDS
from generator.project import Project
from tests.built import languages_of
from tests.dated import LATER, dated_toy, published
from tests.helpers import Change, apply

MAIN = "data/en/changes.atom"
ALDER = "data/en/regions/alder.atom"
DELETED = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


def parsed(data: bytes) -> Any:
    found = feedparser.parse(data)
    assert not found.bozo, found.bozo_exception
    return found


def entries(files: dict[str, bytes], name: str = MAIN) -> dict[str, Any]:
    """The entries of a feed by the anchor or page that they lead to."""
    return {entry.id.rpartition("/")[2]: entry for entry in parsed(files[name]).entries}


def walked(read: Callable[[str], bytes], name: str) -> list[Any]:
    """The documents of a feed, as a reader finds them that follows its links into the past."""
    found = [parsed(read(name))]
    addresses = [link(found[0], "self")]
    while (before := link(found[-1], "prev-archive")) is not None:
        assert len(found) < 1000
        document = parsed(read(f"data/{before.partition('/data/')[2]}"))
        assert link(document, "self") == before
        assert link(document, "current") == addresses[0]
        assert link(document, "next-archive") == (addresses[-1] if len(found) > 1 else None)
        assert document.feed.id == found[0].feed.id
        found.append(document)
        addresses.append(before)
    return found


def link(document: Any, relation: str) -> str | None:
    return next((str(one.href) for one in document.feed.links if one.rel == relation), None)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return dated_toy(tmp_path_factory.mktemp("feeds"))


@pytest.fixture(scope="module")
def files(project: Project) -> dict[str, bytes]:
    return published(project)[1]


def test_every_record_is_an_entry_in_every_language(
    project: Project, files: dict[str, bytes]
) -> None:
    dataset, _ = published(project)
    for lang in ("en", "de"):
        found = parsed(files[f"data/{lang}/changes.atom"])
        assert len(found.entries) == len(dataset.items)
        assert found.feed.language == lang
        assert found.feed.links[0].href == f"https://example.org/toy/data/{lang}/changes.atom"
        for entry in found.entries:
            identifier = entry.id.rpartition("/")[2]
            assert entry.id == f"tag:example.org,2021-06-01:{lang}/{identifier}"
            assert entry.published == entry.updated == "2021-07-01T00:00:00Z"
            assert entry.link.startswith(f"https://example.org/toy/{lang}/")
            assert (
                entry.tags[0].term
                == dataset.items[dataset.redirects.get(identifier, identifier)].kind
            )


def test_an_entry_is_in_its_language(files: dict[str, bytes]) -> None:
    english = entries(files)["kestria"]
    german = entries(files, "data/de/changes.atom")["kestria"]
    assert (english.title, german.title) == ("Kestria", "Kestrien")
    assert "1 July 2021" in english.summary.replace("\u00a0", " ")
    assert "Juli 2021" in german.summary
    borrowed = entries(files, "data/de/changes.atom")["cedar-labs"]
    assert borrowed.title_detail.language == "en"
    assert borrowed.title == "Cedar_Labs *A|B* <b> & [C](d) {e}"


def test_a_region_has_what_its_page_shows(files: dict[str, bytes]) -> None:
    found = entries(files, ALDER)
    assert {"alder", "alder-cedar-2015", "alder-trade-2019", "cedar-buses"} <= set(found)
    assert "birch-study" not in found
    assert found["alder"].id == entries(files)["alder"].id
    assert parsed(files[ALDER]).feed.title.startswith("Republic of Alder: ")
    assert parsed(files[ALDER]).feed.id == "tag:example.org,2021-06-01:en/changes/alder"


def test_only_what_changed_comes_again(tmp_path: Path) -> None:
    project = dated_toy(tmp_path)
    before = entries(published(project)[1])
    apply(project.root, Change("facts/figures/figures.yaml", "value: 121", "value: 122"))
    write_history(project, LATER)
    after = published(project)[1]
    found = parsed(after[MAIN])
    assert found.feed.updated == "2021-08-15T00:00:00Z"
    assert found.entries[0].id.endswith("/alder-trade-2019")
    now = entries(after)
    changed = {key for key in now if now[key] != before[key]}
    assert changed == {"alder-trade-2019"}
    entry = now["alder-trade-2019"]
    assert (entry.published, entry.updated) == ("2021-07-01T00:00:00Z", "2021-08-15T00:00:00Z")
    assert parsed(after[ALDER]).feed.updated == "2021-08-15T00:00:00Z"
    assert parsed(after["data/en/regions/birch.atom"]).feed.updated == "2021-07-01T00:00:00Z"


@pytest.mark.parametrize("renamed", ["alder", "forum-2", "commission-3"])
def test_a_renamed_record_stays_the_same_entry_and_event(renamed: str, tmp_path: Path) -> None:
    project = dated_toy(tmp_path)

    def ids() -> list[set[tuple[str, ...]]]:
        files = published(project)[1]
        found: list[set[tuple[str, ...]]] = []
        for lang in ("en", "de"):
            main = parsed(files[f"data/{lang}/changes.atom"]).entries
            found.append({(entry.id, entry.published, entry.updated) for entry in main})
            calendar = Calendar.from_ical(files[f"data/{lang}/forums.ics"])
            found.append({(str(event["UID"]),) for event in calendar.walk("VEVENT")})
        feeds = [name for name in files if name.endswith(".atom")]
        found.append({(parsed(files[name]).feed.id,) for name in feeds})
        return found

    before = ids()
    for name in ("another", renamed):  # there and back again
        rename_record(project, renamed if name == "another" else "another", name)
        write_history(project, LATER)
        assert ids() == before


def test_what_is_gone_is_named_in_the_feed_of_all(tmp_path: Path) -> None:
    project = dated_toy(tmp_path)
    path = project.content / "facts/meetings/meetings.yaml"
    path.write_text(path.read_text("utf-8").partition("birch-visit:")[0], "utf-8")
    write_history(project, LATER)
    data = published(project)[1][MAIN]
    assert "birch-visit" not in {e.id.rpartition("/")[2] for e in parsed(data).entries}
    (gone,) = etree.fromstring(data).iter(DELETED)
    assert gone.attrib == {
        "ref": "tag:example.org,2021-06-01:en/birch-visit",
        "when": "2021-08-15T00:00:00Z",
    }


def test_without_a_history_feeds_are_empty_and_valid(tmp_path: Path) -> None:
    project = dated_toy(tmp_path)
    (project.content / "history.yaml").unlink()
    found = parsed(published(project)[1][MAIN])
    assert found.entries == []
    assert found.feed.updated == "2021-06-01T00:00:00Z"


def test_no_mark_is_left_and_every_feed_says_that_it_is_whole(files: dict[str, bytes]) -> None:
    feeds = {name: data.decode() for name, data in files.items() if name.endswith(".atom")}
    assert len(feeds) == 2 * (1 + len({"alder", "birch", "cedar"}))
    for name, text in feeds.items():
        assert not {OPEN, CLOSE} & set(text), name
        assert text.count("<fh:complete/>") == 1


# --- documents of bounded size


def part(day: int, number: int) -> Part:
    return Part(datetime.date(2021, 1, day), str(number))


@pytest.mark.parametrize("count", [0, 1, 3, 4, 6, 7, 20])
def test_every_part_stands_in_one_document(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_pages, "MOST", 3)
    parts = [part(28 - number // 2, number) for number in range(count)]
    found = list(documents(parts))
    assert [one.xml for document in found for one in document.parts] == [p.xml for p in parts]
    assert all(len(document.parts) <= 3 for document in found)
    assert len({document.name for document in found}) == len(found)
    assert [d.before for d in found] == [*(d.name for d in found[1:]), None]


def test_what_is_new_leaves_full_archives_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_pages, "MOST", 3)
    old = [part(9 - number // 2, number) for number in range(12)]
    before = {d.name: (d.parts, d.before) for d in documents(old)}
    for count in range(1, 8):
        new = [part(20, 100 + number) for number in range(count)]
        now = {d.name: (d.parts, d.before) for d in documents([*new, *old])}
        assert all(now[name] == before[name] for name in before if name)


@pytest.mark.parametrize("lang", ["en", "de"])
def test_a_long_feed_is_read_through_its_archives(
    lang: str, project: Project, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_pages, "MOST", 7)
    short = published(project)[1]
    for name in (f"data/{lang}/changes.atom", f"data/{lang}/regions/alder.atom"):
        whole = parsed(files[name]).entries
        found = walked(short.__getitem__, name)
        assert len(found) == -(-len(whole) // 7) > 1
        assert [entry for document in found for entry in document.entries] == whole
        assert b"<fh:complete/>" not in short[name]
        archive = next(key for key in short if key.startswith(f"{name.removesuffix('.atom')}/"))
        assert short[archive].count(b"<fh:archive/>") == 1


# --- the real data


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_feeds_of_the_site_have_the_records_of_its_data(real_site: Project) -> None:
    data = real_site.site / "data"
    pages, titles = {}, {}
    for kind in KINDS.values():
        for row in rows_of(data / f"{kind.plural}.csv"):
            pages[row["id"]] = row["page"]
            for lang in languages_of(real_site):
                titles[lang, row["id"]] = row[f"title_{lang}"].removeprefix("'")
    lines = {row["first_id"]: row for row in rows_of(data / "history.csv")}
    first = {row["id"]: row["first_id"] for row in lines.values()}
    releases = json.loads((data / "releases.json").read_text("utf-8"))

    def read(name: str) -> bytes:
        return (real_site.site / name).read_bytes()

    for lang in languages_of(real_site):
        documents = walked(read, f"data/{lang}/changes.atom")
        archives = {path.name for path in (data / lang / "changes").glob("*.atom")}
        assert len(archives) == len(documents) - 1
        assert max(len(document.entries) for document in documents) <= MOST
        every = [entry for document in documents for entry in document.entries]
        assert [e.updated for e in every] == sorted((e.updated for e in every), reverse=True)
        assert len(every) == len({entry.id for entry in every})
        found = [entry for entry in every if "/releases/" not in entry.id]
        assert len(every) - len(found) == len(releases)
        assert len(found) == len(pages)
        assert {entry.link.partition(f"/{lang}/")[2] for entry in found} == set(pages.values())
        for entry in found:
            line = lines[entry.id.partition(f":{lang}/")[2]]
            assert entry.link.partition(f"/{lang}/")[2] == pages[line["id"]]
            assert entry.published == f"{line['added']}T00:00:00Z"
            assert entry.updated == f"{line['changed']}T00:00:00Z"
            assert entry.title == titles[lang, line["id"]]
            assert entry.tags[0].term == line["kind"]
        for path in sorted((data / lang / "regions").glob("*.atom")):
            region = json.loads((data / "regions" / f"{path.stem}.json").read_text("utf-8"))
            shown = {row["id"] for rows in region["records"].values() for row in rows}
            name = path.relative_to(real_site.site).as_posix()
            told = [e.id for document in walked(read, name) for e in document.entries]
            assert {one.partition(f":{lang}/")[2] for one in told} == {first[i] for i in shown}
            assert len(told) == len(shown), path


def test_sitemaps_say_when_pages_about_records_changed(real_site: Project) -> None:
    history = yaml.load((real_site.content / "history.yaml").read_text("utf-8"), yaml.CBaseLoader)
    for lang in languages_of(real_site):
        root = etree.fromstring((real_site.site / lang / "sitemap.xml").read_bytes())
        space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
        days = {
            url.findtext("s:loc", None, space).partition(f"/{lang}/")[2]: url.findtext(
                "s:lastmod", None, space
            )
            for url in root.iterfind("s:url", space)
        }
        assert days["about/"] is None
        for path in sorted((real_site.site / "data" / "regions").glob("*.json")):
            if path.name.endswith(".csl.json"):
                continue
            page = json.loads(path.read_text("utf-8"))
            shown = [row["id"] for rows in page["records"].values() for row in rows]
            changed = [history[one]["changed"] for one in shown if one in history]
            assert days[page["page"]] == max(changed), path
