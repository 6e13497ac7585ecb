"""The plan of pages, what each page is given, and that nothing of a record stays unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.dataset import build_dataset
from generator.model.dates import Date, parse_date
from generator.model.fields import Model
from generator.model.kinds import FIGURE_WORDS, KINDS
from generator.model.records import Record
from generator.patterns import placeholders
from generator.routes import Routes, file_of
from generator.store import Store, Word, read_store
from generator.views.home import LATEST
from generator.views.page import Page
from generator.views.pages import plan
from generator.words import Words
from tests.samples import ROOT, Sample, files_in, load_sample, make_sample, write_content

EVERYTHING = ROOT / "tests" / "everything.md"
INTERFACE = yaml.load(
    (ROOT / "content/words/en/interface.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader
)

# What no page shows, and why. A field that stands here and is shown, or that no longer exists,
# fails the test as well.
NOT_SHOWN = {
    "formerly": "makes redirects",
    "organisation.distinct_from": "only tells the check that two names alike are two bodies",
    "passage": "lines of the source text, for those who compare it; exported",
    "person.distinct_from": "as for organisations",
    "source.lines": "lines of the source text; exported",
    "source.unused": "its page says so anyway",
}


# --- the plan


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("views") / "content"
    return make_sample(folder, EVERYTHING.read_text(encoding="utf-8"))


def test_addresses_and_files_are_planned_once(sample: Sample) -> None:
    pages = plan(sample.dataset, sample.routes)
    urls = [page.url for page in pages]
    assert len(set(urls)) == len(urls)
    assert len({file_of(url).lower() for url in urls}) == len(urls)
    assert all(url.isascii() and (not url or url.endswith("/")) for url in urls)


def test_every_record_of_a_kind_with_pages_has_one(sample: Sample) -> None:
    for item in sample.dataset.items.values():
        assert (f"{KINDS[item.kind].plural}/{item.id}/" in sample.pages) == KINDS[
            item.kind
        ].has_page


def test_every_page_but_the_start_stands_under_one_that_is_planned(sample: Sample) -> None:
    assert {page.section for page in sample.pages.values()} <= set(sample.pages)
    assert {page.section for page in sample.pages.values() if page.subject} == {
        f"{kind.plural}/"
        for kind in KINDS.values()
        if kind.has_page and kind.name != "district"  # a district stands under the regions
    }


def test_the_plan_does_not_depend_on_the_order_of_files(tmp_path: Path, sample: Sample) -> None:
    files = files_in(EVERYTHING.read_text(encoding="utf-8"))
    turned = {}
    for name, text in files.items():
        folder, _, file = name.rpartition("/")
        if folder.startswith("facts/"):
            records = [part for part in f"\n{text}".split("\n") if part]
            starts = [i for i, line in enumerate(records) if not line.startswith((" ", "#"))]
            blocks = [records[a:b] for a, b in zip(starts, [*starts[1:], None], strict=True)]
            for number, block in enumerate(reversed(blocks)):
                turned[f"{folder}/{9 - number}.yaml"] = "\n".join(block) + "\n"
        else:
            turned[f"{folder}/{file}"] = text
    again = load_sample(write_content(tmp_path / "content", turned))
    assert list(again.pages) == list(sample.pages)
    for url, page in again.render_all().items():
        # Only the file in which a record can be edited differs.
        assert _without_edit_links(page.text) == _without_edit_links(sample.render(url).text), url


def _without_edit_links(text: str) -> str:
    return re.sub(r'<a href="[^"]*" rel="edit">', "", text)


def test_every_record_stands_at_its_address(sample: Sample) -> None:
    pages = sample.render_all()
    missing = []
    for identifier in [*sample.dataset.items, *sample.dataset.statements]:
        url, _, anchor = sample.routes[identifier].partition("#")
        wanted = (f'id="{anchor}"', f"{{: #{anchor} }}") if anchor else ("",)
        if url not in pages or not any(mark in pages[url].text for mark in wanted):
            missing.append(identifier)
    assert missing == []


# --- single views


def values_of(sample: Sample, url: str) -> Mapping[str, Any]:
    page = sample.pages[url]
    return page.view(sample.context(url, subject=page.subject), page)


def ids(items: Any) -> list[str]:
    return [item.id for item in items]


AGREEMENTS = """
--- facts/agreements/a.yaml
ended: {kind: work-plan, parties: [{of: alpha}], term: 2019/2021, sources: [n-1]}
running: {kind: work-plan, parties: [{of: alpha}], term: 2021/2022, sources: [n-1]}
running-month: {kind: work-plan, parties: [{of: alpha}], term: 2022-01, sources: [n-1]}
ahead: {kind: work-plan, parties: [{of: alpha}], signed: 2021, term: 2022-02/2023-01,
  sources: [n-1]}
open: {kind: work-plan, parties: [{of: alpha}], term: 2020/.., sources: [n-1]}
unknown: {kind: convention, parties: [{of: alpha}], signed: 2021, sources: [n-1]}
replaced: {kind: convention, parties: [{of: alpha}], signed: 2021, term: 2021/2025, sources: [n-1]}
replacing: {kind: convention, parties: [{of: alpha}], signed: 2021-12, supersedes: replaced,
  sources: [n-1]}
agreed: {kind: convention, parties: [{of: alpha}], reported: 2020, term: 2020/2025,
  stage: {at: intended, as_of: 2020}, sources: [n-1]}
agreed-signed: {kind: convention, parties: [{of: alpha}], signed: 2020, stage: {at: intended},
  sources: [n-1]}
in-use: {kind: convention, parties: [{of: alpha}], reported: 2020, stage: {at: running},
  sources: [n-1]}
finished: {kind: work-plan, parties: [{of: alpha}], term: 2017/2019, stage: {at: finished},
  sources: [n-1]}
in-force: {kind: convention, parties: [{of: alpha}], in_force: 2021-11, sources: [n-1]}
"""


@pytest.fixture(scope="module")
def agreements(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return make_sample(tmp_path_factory.mktemp("agreements") / "content", AGREEMENTS)


@pytest.mark.parametrize(
    ("identifier", "status"),
    [
        ("ended", "ended"),
        ("running", "running"),
        ("running-month", "running"),
        ("ahead", "ahead"),
        ("open", "running"),
        ("unknown", "unknown"),
        ("replaced", "superseded"),
        ("replacing", "unknown"),
        ("agreed", "open"),
        ("agreed-signed", "unknown"),
        ("in-use", "reported"),
        ("finished", "completed"),
        ("in-force", "in-force"),
    ],
)
def test_the_status_of_an_agreement_is_that_of_the_data(
    agreements: Sample, identifier: str, status: str
) -> None:
    assert values_of(agreements, f"agreements/{identifier}/")["status"].name == status


@pytest.mark.parametrize("identifier", ["running", "agreed", "in-force", "replaced", "unknown"])
def test_the_reason_of_a_status_is_told_whole(agreements: Sample, identifier: str) -> None:
    status = values_of(agreements, f"agreements/{identifier}/")["status"]
    why = INTERFACE[f"status.{status.name}-why"]
    assert set(placeholders(why)) == set(status.values)


def test_the_start_page_has_the_latest_agreements_first(agreements: Sample) -> None:
    latest = ids(values_of(agreements, "")["latest"])
    assert latest[:3] == ["running-month", "replacing", "in-force"]
    assert len(latest) == LATEST


def test_the_forums_that_are_missing_are_named(sample: Sample) -> None:
    assert values_of(sample, "forums/")["missing"] == "1st Forum, 3rd Forum and 4th Forum"
    first, last = (values_of(sample, f"forums/forum-{n}/") for n in (2, 5))
    assert [forum.number for forum in first["before"]] == [1]
    assert [forum.number for forum in first["after"]] == [3, 4, 5]
    assert [forum.number for forum in last["before"]] == [4, 3, 2]
    assert last["after"] == []
    assert ids(first["forum"].signed) == ["pact-2015"]
    assert first["forum"].signatories == ("north",)
    assert [forum.number for forum in values_of(sample, "forums/")["forums"]] == [1, 2, 3, 4, 5]


def test_regions_stand_under_their_country_and_district(sample: Sample) -> None:
    countries = values_of(sample, "regions/")["countries"]
    assert [
        (country.id, [(d and d.id, ids(g)) for d, g in groups]) for country, groups in countries
    ] == [
        ("alpha", [("edge", []), ("middle", ["north"])]),
        ("beta", [(None, ["south"])]),
    ]


def test_a_source_lists_what_rests_on_it(sample: Sample) -> None:
    users = ids(values_of(sample, "sources/n-2/")["users"])
    assert {"north-town", "ferry", "hope", "plan-2016"} <= set(users)
    assert "pact-2010" not in users


# --- nothing of a record stays unsaid

Path_ = tuple[Any, ...]


def fields_of(model: Model) -> Iterator[tuple[Path_, Any]]:
    """Every value of a model and of the models inside it, with the path that leads to it."""
    for name in type(model).model_fields:
        yield from _values((name,), getattr(model, name))


def _values(path: Path_, value: Any) -> Iterator[tuple[Path_, Any]]:
    match value:
        case None | False:
            return
        case Model():
            for inner, leaf in fields_of(value):
                yield (*path, *inner), leaf
        case tuple():
            for index, item in enumerate(value):
                yield from _values((*path, index), item)
        case dict():
            for key, item in value.items():
                yield from _values((*path, key), item)
        case _:
            yield path, value


def changed(value: Any, path: Path_, new: Any) -> Any:
    """A copy in which the value at the path is another."""
    if not path:
        return new
    key = path[0]
    if isinstance(value, Model):
        return value.model_copy(update={key: changed(getattr(value, key), path[1:], new)})
    if isinstance(value, tuple):
        return (*value[:key], changed(value[key], path[1:], new), *value[key + 1 :])
    return {**value, key: changed(value[key], path[1:], new)}


def other_value(store: Store, value: Any) -> Any:
    """Another value of the same type; another id of the same kind for an id."""
    match value:
        case Date():
            date, problem = parse_date("1987-06"), None
            assert problem is None
            return date
        case bool():
            return not value
        case int() | Decimal():
            return value + 1
        case Enum():
            return next((one for one in type(value) if one is not value), None)
    for entries in store.vocabulary.lists.values():
        if value in entries and len(entries) > 1:
            return next(one for one in entries if one != value)
    entry = store.entries.get(value)
    if entry is None:
        return f"{value}-other"
    kind = entry.kind.name
    return next((e.id for e in store.of_kind(kind) if e.id != value), value)


def with_record(store: Store, identifier: str, record: Record) -> Store:
    entry = replace(store.entries[identifier], record=record)
    return replace(store, entries={**store.entries, identifier: entry})


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    content = tmp_path_factory.mktemp("store") / "content"
    return read_store(write_content(content, files_in(EVERYTHING.read_text(encoding="utf-8"))))


def name_of(kind: str, path: Path_) -> str:
    """How a field is called in the list of those that are not shown: without indexes and keys."""
    names = [part for part in path if isinstance(part, str)]
    if names[0] == "figures":
        return ".".join(["figures", *names[2:]])
    if names[0] in ("field_sources", "as_printed"):
        names[1:2] = []
    return ".".join([kind, *names])


def test_the_records_of_the_test_fill_every_field(store: Store) -> None:
    filled: dict[str, set[str]] = {}
    for entry in store.entries.values():
        filled.setdefault(entry.kind.name, set()).update(
            name for path, _ in fields_of(entry.record) if isinstance(name := path[0], str)
        )
    everywhere = set(Record.model_fields)
    missing = {
        kind.name: sorted(set(kind.model.model_fields) - everywhere - filled[kind.name])
        for kind in KINDS.values()
    }
    assert {kind: names for kind, names in missing.items() if names} == {}
    assert everywhere - set().union(*filled.values()) == set()


def test_every_field_of_a_record_is_shown_on_a_page(store: Store, sample: Sample) -> None:
    before = sample.render_all()
    seen: dict[str, bool] = {}
    for entry in store.entries.values():
        pages = [url for url, page in before.items() if f"item:{entry.id}" in page.reads]
        for path, value in fields_of(entry.record):
            name = name_of(entry.kind.name, path)
            if seen.get(name):
                continue
            other = changed(entry.record, path, other_value(store, value))
            after = Sample(
                build_dataset(with_record(store, entry.id, other)), sample.words, sample.env
            )
            shown = any(
                url not in after.pages or _seen(after.render(url).text) != _seen(before[url].text)
                for url in pages
            )
            seen[name] = shown
    hidden = {name for name, shown in seen.items() if not shown}
    excepted = {name for name in seen if name in NOT_SHOWN or _field(name) in NOT_SHOWN}
    unseen = sorted(hidden - excepted)
    assert unseen == [], f"templates show nothing of {', '.join(unseen)}"
    assert sorted(excepted - hidden) == [], "these are shown after all"


def _seen(text: str) -> str:
    """A page without what only machines read."""
    return re.sub(r"(?m)^linked_data: .*$", "", text)


def _field(name: str) -> str:
    kind, _, field = name.partition(".")
    short = field.partition(".")[0]
    return f"{kind}.{short}" if f"{kind}.{short}" in NOT_SHOWN else short


def test_every_word_of_a_record_is_shown_on_a_page(store: Store, sample: Sample) -> None:
    declared = {(kind.name, word.name) for kind in KINDS.values() for word in kind.words}
    declared |= {("inline", word.name) for word in FIGURE_WORDS}
    before = sample.render_all()
    for key, word in store.words["en"].items():
        owner, _, name = key.rpartition(".")
        kind = "inline" if "." in owner else store.entries[owner].kind.name
        words = Words("en", {"en": {**store.words["en"], key: changed_word(word)}}, store.texts)
        after = Sample(sample.dataset, words, sample.env)
        if any(after.render(url).text != page.text for url, page in before.items()):
            declared.discard((kind, name))
    # Short names are for citations and search.
    assert declared - {("region", "short"), ("organisation", "short")} == set()


def changed_word(word: Word) -> Word:
    return replace(word, text=word.text + " Changed.")


def test_a_page_knows_nothing_but_what_its_view_gives(sample: Sample) -> None:
    page = Page("x/", "index", lambda p, page: {}, heading="nav.home")
    with pytest.raises(Exception, match="undefined"):
        sample.renderer().render(page)
    assert Routes(sample.dataset)["north"] == "regions/north/"


def test_the_style_sheet_is_a_list_of_rules_by_topic(tmp_path: Path) -> None:
    words = """
--- words/en/interface.yaml
guide.style: "Tone: neutral, as in *this*: so."
guide.style-2: "No topic here."

--- words/de/interface.yaml
guide.style: "Ton: neutral."
"""
    sample = make_sample(tmp_path / "content", words)
    english = sample.render("translation/").text
    assert "<li><b>Tone:</b> neutral, as in &#42;this&#42;: so.</li>" in english
    assert "<li>No topic here.</li>" in english
    german = sample.render("translation/", "de").text
    assert german.count("<li>") == german.count("<li><b>Ton:</b> neutral.</li>") == 1
