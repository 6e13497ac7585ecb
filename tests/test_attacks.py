"""Nothing in content does harm: every attack is refused in plain words, or printed as a text."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from base64 import b64encode
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

import bibtexparser
import feedparser
import icalendar
import lxml.html
import pytest
import rispy

from generator.model.amounts import Amount
from generator.model.fields import Model
from generator.model.kinds import KINDS
from generator.model.records import Party, Record
from generator.project import Project
from tests import attacks
from tests.attacks import ATTACKS, EVIL, HARMLESS, Slot, Tree, accepted, said_as, said_of
from tests.built import once

# Of so many rounds, in which each place that takes any text gets each attack once, one is built for
# every push.
ROUNDS = 24
# Attacks that are tried on values with a form of their own for every push.
SAMPLE = ("script", "script address", "above", "private use", "many digits", "tag of YAML")
# Settings of the checks of words, which no reader sees: any mark may stand there.
UNPRINTED = ("marks-not",)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = attacks.full_project(tmp_path_factory.mktemp("attacks") / "full")
    attacks.restore(project, attacks.trees(project), attacks.trees(project))
    return project


@pytest.fixture(scope="module")
def tree(project: Project) -> Tree:
    return attacks.trees(project)


@pytest.fixture(scope="module")
def groups(tree: Tree) -> dict[str, list[Slot]]:
    return attacks.groups_of(attacks.slots(tree))


@pytest.fixture(scope="module")
def free(project: Project, tree: Tree, groups: dict[str, list[Slot]]) -> set[Slot]:
    """The places where any text may stand."""
    return {
        slot
        for group in groups.values()
        for slot in accepted(project, tree, {slot: said_as(HARMLESS, slot, tree) for slot in group})
    }


# Parties, figures and what all kinds have are the same wherever they stand: one place is enough.
SHARED = {*Record.model_fields, *Amount.model_fields}


def paths_of(model: type[Model], before: str = "") -> set[str]:
    """The fields of a model and of those in it, as ``figures.change.percent``."""
    found = set()
    for name, field in model.model_fields.items():
        inner = list(_models(field.annotation))
        found |= {f"{before}{name}"} if not inner else set()
        for one in inner:
            found |= paths_of(one, f"{before}{name}.")
    return found


def _models(hint: Any) -> set[type[Model]]:
    if isinstance(hint, type) and issubclass(hint, Model):
        return {hint}
    return {model for part in get_args(hint) for model in _models(part)}


def test_every_field_of_every_kind_is_a_place_for_attacks(tree: Tree) -> None:
    taken: dict[str, list[list[str]]] = {}
    for slot in attacks.slots(tree):
        folder, *_ = slot.file.removeprefix("facts/").split("/")
        names = [str(step) for step in slot.path[1:] if isinstance(step, str)]
        taken.setdefault(folder, []).append(names or [""])
    for kind in KINDS.values():
        for path in paths_of(kind.model):
            steps = path.removeprefix("figures.").split(".")
            own = [one for one in taken[kind.plural] if _ends_with(one, steps)]
            leaf = steps[-1:] if len(steps) > 1 and steps[1] in Party.model_fields else steps
            shared = [one for every in taken.values() for one in every if _ends_with(one, leaf)]
            is_shared = steps[0] in SHARED or (len(steps) > 1 and steps[1] in Party.model_fields)
            assert own or (shared and is_shared), f"{kind.name}: {path}"


def _ends_with(names: list[str], steps: list[str]) -> bool:
    """Whether names of a path lead to a field; keys of mappings may stand between them."""
    return names[-1] == steps[-1] and [one for one in names if one in steps][-len(steps) :] == steps


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[] if name in SAMPLE else [pytest.mark.nightly]) for name in ATTACKS],
)
def test_an_attack_is_refused_where_no_text_belongs(
    project: Project, tree: Tree, groups: dict[str, list[Slot]], free: set[Slot], name: str
) -> None:
    for group in groups.values():
        texts = {slot: ATTACKS[name] for slot in group if slot not in free}
        for slot in accepted(project, tree, texts):
            value = ATTACKS[name]
            harmless = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9/-]*", value) is not None
            assert harmless or slot.path[-1] in UNPRINTED, str(slot)


def test_a_refusal_is_one_line_with_a_place(
    project: Project, tree: Tree, groups: dict[str, list[Slot]]
) -> None:
    for group in groups.values():
        said = said_of(project, tree, dict.fromkeys(group, ATTACKS["terminal"]))
        for problem in [*said.others, *(one for at in said.at.values() for one in at)]:
            assert str(problem).isprintable()
            assert problem.place.file.startswith("content/")
            assert "\x1b" not in str(problem)
        refused = [slot for slot, found in said.at.items() if found]
        # Where a whole file is refused, its other values are not looked at one by one.
        assert refused and {slot.file for slot in group} <= {slot.file for slot in refused}


def test_keys_are_names_and_nothing_else(project: Project, tree: Tree) -> None:
    keys = [slot for slot in attacks.slots(tree) if slot.is_key]
    # One key at a time, because a record with a wrong key is not looked at any further.
    for index, slot in enumerate(keys[:: len(keys) // 40]):
        text = list(ATTACKS.values())[index * 5 % len(ATTACKS)]
        said = said_of(project, tree, {slot: text})
        # Nothing asks for them then.
        unread = slot.file.startswith(("exceptions", "stamps", "words/fr/interface"))
        assert said.at[slot] or said.others or unread, str(slot)


# --- what is not refused


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with an attack wherever a text may stand."""
    folder = once(
        tmp_path_factory, "attacked", lambda root: attacks.built(root / "project", 0, ROUNDS)
    )
    return folder / "project" / "site"


def test_no_page_has_anything_that_acts(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert pages
    for path in pages:
        look_at(path.relative_to(site).as_posix(), path.read_text("utf-8"))


def look_at(name: str, html: str) -> None:
    for element in lxml.html.document_fromstring(html).iter():
        if not isinstance(element.tag, str):
            assert "Material" in str(element.text) or "SPDX" in str(element.text), name
            continue
        for attribute, value in element.attrib.items():
            assert not str(attribute).startswith("on"), (name, attribute)
            assert str(attribute) != "style", (name, value)
            if str(attribute) in ("href", "src", "action", "data", "srcdoc", "formaction"):
                assert not re.match(r"\s*(javascript|data|vbscript)\s*:", str(value), re.I), name
                assert urlsplit(str(value)).hostname != EVIL, (name, value)
        assert element.tag not in ("iframe", "object", "embed", "base", "portal", "applet"), name
        if element.tag == "script" and element.get("type") == "application/ld+json":
            assert json.loads(element.text or "")["@context"] == "https://schema.org"
        elif element.tag in ("script", "style"):
            said = (element.text or "").encode()
            allowed = f"'sha256-{b64encode(sha256(said).digest()).decode()}'"
            assert not said or allowed in html, name


@pytest.fixture(scope="module")
def data(site: Path) -> Path:
    return site / "data"


def test_no_cell_of_a_table_is_a_formula(data: Path) -> None:
    for path in data.rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, strict=True))
        assert len({len(row) for row in rows}) == 1, path
        for cell in (cell for row in rows for cell in row):
            is_number = re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None
            assert is_number or not cell.lstrip().startswith(tuple("=+-@＝＋－＠")), (path, cell)


def test_feeds_have_their_entries_and_no_markup(data: Path) -> None:
    for path in data.rglob("*.atom"):
        feed = feedparser.parse(path.read_bytes())
        assert not feed.bozo, path
        for entry in feed.entries:
            assert entry.title_detail.type == "text/plain"
            assert {link.href.partition("://")[2].partition("/")[0] for link in entry.links} == {
                "example.net"
            }


def test_calendars_have_events_and_nothing_else(data: Path) -> None:
    for path in data.rglob("*.ics"):
        calendar = icalendar.Calendar.from_ical(path.read_bytes())
        assert {one.name for one in calendar.walk()} == {"VCALENDAR", "VEVENT"}
        assert all("\n" not in str(one["SUMMARY"]) for one in calendar.walk("VEVENT"))


def test_references_are_read_back_one_by_one(data: Path) -> None:
    for path in data.rglob("*.csl.json"):
        ids = [one["id"] for one in json.loads(path.read_text("utf-8"))]
        stem = path.name.removesuffix(".csl.json")
        library = bibtexparser.parse_string(path.with_name(f"{stem}.bib").read_text("utf-8"))
        assert [entry.key for entry in library.entries] == ids, path
        assert not library.failed_blocks, path
        entries = rispy.loads(path.with_name(f"{stem}.ris").read_text("utf-8"))
        assert [entry["id"] for entry in entries] == ids, path


def test_files_for_programs_can_be_read(data: Path) -> None:
    for path in data.rglob("*.json"):
        json.loads(path.read_text("utf-8"))
    with closing(sqlite3.connect(data / "data.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    assert "records" in tables or tables


def test_search_data_is_a_call_with_data(site: Path) -> None:
    for path in site.glob("*/assets/search/index.js"):
        text = path.read_text("utf-8")
        assert text.startswith("searchData({") and text.endswith("});\n")
        assert "</" not in text
        json.loads(text.removeprefix("searchData(").removesuffix(");\n"))


def test_files_have_the_names_of_records(site: Path) -> None:
    for path in site.rglob("*"):
        name = path.relative_to(site).as_posix()
        assert re.fullmatch(r"[A-Za-z0-9._/-]+", name), name
        assert not path.is_symlink()


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The shapes of all pages of the same site with harmless words in all places."""
    folder = tmp_path_factory.mktemp("harmless")
    return attacks.shapes(attacks.built(folder / "project", None, ROUNDS))


# A label of a list is what stands before the first colon of its text.
LABEL = ("b", "li")


@pytest.mark.nightly
@pytest.mark.parametrize("round_", range(ROUNDS))
def test_no_attack_leaves_its_place(harmless: dict[str, Any], tmp_path: Path, round_: int) -> None:
    project = attacks.built(tmp_path / "project", round_, ROUNDS)
    found = attacks.shapes(project)
    assert found.keys() == harmless.keys()
    for name, shape in found.items():
        other = {one for one in shape - harmless[name] if one[:2] != LABEL}
        assert not other, (name, other)
        look_at(name, (project.site / name).read_text("utf-8"))
