"""New records and new ids: only the lines that must change, and a content that stays right."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.editing import new_record, rename_record
from generator.errors import BuildError, ContentError, UsageError
from generator.inspect import used_by
from generator.model.fields import is_slug
from generator.model.kinds import KINDS
from generator.model.ledger import text_hash
from generator.project import Project
from tests.helpers import Change, problems_of, store_of, toy, toy_project
from tests.small_site import tree

slugs = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,6}){0,2}", fullmatch=True).filter(is_slug)


def content(project: Project) -> dict[str, str]:
    """The project's content without the texts that belong to the site itself."""
    return {name: data.decode() for name, data in tree(project.content).items()}


def changed_lines(before: dict[str, str], after: dict[str, str]) -> dict[str, list[str]]:
    """For each file, the lines of it that are new."""
    found = {}
    for name, text in after.items():
        old = before.get(name, "").split("\n")
        lines = [line for line in text.split("\n") if line not in old]
        if lines:
            found[name] = lines
    return found


def test_a_new_id_goes_wherever_the_old_one_stood(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    before = content(project)
    paths = rename_record(project, "cedar-buses", "port-buses")
    after = content(project)
    assert after.keys() == before.keys()
    assert changed_lines(before, after) == {
        "facts/projects/projects.yaml": ["port-buses:", "  formerly: [cedar-buses]"],
        "ledger/chapter-1.yaml": [
            '2-7: {hash: "00aa11bb22cc", records: [alder-cedar-2015, port-buses.large]}'
        ],
        "words/de/projects.yaml": [
            'port-buses.text: "Das [Werk](alder-works) lieferte Busse: {fact:port-buses.large}."'
        ],
        "words/de/regions.yaml": [
            'alder.summary: "Handel von [Alder](alder) mit [Cedar](cedar): '
            '{fact:alder-trade-2019}. Busse: {fact:port-buses.large}."'
        ],
        "words/en/projects.yaml": [
            'port-buses.large.label: "Long buses"',
            'port-buses.text: "The [works](alder-works) delivered buses: {fact:port-buses.large}."',
        ],
        "words/en/regions.yaml": [
            'alder.summary: "[Alder](alder) and [Cedar](cedar) trade: {fact:alder-trade-2019}. '
            'Buses followed: {fact:port-buses.large}."'
        ],
    }
    assert paths == [f"content/{name}" for name in sorted(changed_lines(before, after))]
    assert problems_of(project) == ()


def test_an_id_inside_other_ids_and_texts_stays(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    rename_record(project, "alder", "yew")
    text = content(project)
    assert "capital: alder-city" in text["facts/regions/kestria.yaml"]
    assert "of: alder-works" in text["facts/persons/persons.yaml"]
    assert '"yew.summary' not in text["words/en/regions.yaml"]
    assert "the alder. of the print" in text["words/en/regions.yaml"]
    assert '"[Alder](yew) and [Cedar](cedar)' in text["words/en/regions.yaml"]
    assert "{fact:alder-trade-2019}" in text["words/en/regions.yaml"]
    assert "{date:alder-cedar-2015.in_force}" in text["words/en/regions.yaml"]
    assert problems_of(project) == ()


@pytest.mark.parametrize(
    ("old", "record", "expected"),
    [
        ("north", "north: {kind: visit}", "n2: {formerly: [north], kind: visit}"),
        ("north", "north: {}", "n2: {formerly: [north]}"),
        ("north", "north:\n  kind: visit", "n2:\n  formerly: [north]\n  kind: visit"),
        ("north", "north: # {\n    kind: visit", "n2: # {\n    formerly: [north]\n    kind: visit"),
        ("north", "north: {formerly: [n0]}", "n2: {formerly: [north, n0]}"),
        ("north", "north: {formerly: []}", "n2: {formerly: [north]}"),
        ("north", "north:\n  formerly:\n  - n0", "n2:\n  formerly:\n  - north\n  - n0"),
        ("north", "north:\n  formerly:\n    - n0", "n2:\n  formerly:\n    - north\n    - n0"),
        ("north", "north: {formerly: [n2, n0]}", "n2: {formerly: [north, n0]}"),
        ("north", 'north: {formerly: ["n2"]}', 'n2: {formerly: ["north"]}'),
        ("north", '"north":\r\n  kind: visit', '"n2":\r\n  formerly: [north]\r\n  kind: visit'),
    ],
)
def test_the_old_id_stays_as_a_former_one(
    old: str, record: str, expected: str, tmp_path: Path
) -> None:
    folder = tmp_path / "content" / "facts" / "meetings"
    folder.mkdir(parents=True)
    kind = "" if "kind:" in record else "kind: visit"
    if kind and "{" in record:
        kind = ", kind: visit" if "[" in record else kind
        record, expected = record[:-1] + kind + "}", expected[:-1] + ", kind: visit}"
    elif kind:
        record, expected = f"{record}\n  {kind}", f"{expected}\n  {kind}"
    (folder / "all.yaml").write_bytes(record.encode())
    (tmp_path / "content" / "site.yaml").write_text(SITE)
    (tmp_path / "content" / "facts" / "vocabulary.yaml").write_text(vocabulary())
    rename_record(Project(tmp_path), old, "n2")
    assert (folder / "all.yaml").read_bytes().decode() == expected


SITE = """\
languages: {en: {name: English}}
source_language: en
address: https://example.org/
repository: https://example.com/
as_of: 2020
"""


def vocabulary() -> str:
    path = Path(__file__).parent / "toy" / "content" / "facts" / "vocabulary.yaml"
    return path.read_text()


def test_a_file_named_after_the_record_gets_the_new_name(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    paths = rename_record(project, "cedar", "port-cedar")
    assert "content/facts/regions/port-cedar.yaml" in paths
    assert not (project.content / "facts" / "regions" / "cedar.yaml").exists()
    assert problems_of(project) == ()


def test_a_file_of_the_new_name_is_not_written_over(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    path = project.content / "facts" / "regions" / "kestria.yaml"
    path.rename(path.with_stem("oak"))
    rename_record(project, "cedar", "oak")
    text = content(project)
    assert "oak:\n  formerly: [cedar]\n" in text["facts/regions/cedar.yaml"]
    assert "alder:" in text["facts/regions/oak.yaml"]
    assert problems_of(project) == ()


def test_the_ledger_of_a_source_gets_its_new_name(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    paths = rename_record(project, "chapter-1", "part-1")
    assert "content/ledger/part-1.yaml" in paths
    assert not (project.content / "ledger" / "chapter-1.yaml").exists()
    assert problems_of(project) == ()


def test_links_behind_backslashes_and_over_two_lines_follow(tmp_path: Path) -> None:
    change = Change(
        "words/de/regions.yaml",
        "",
        'cedar.summary: "\\u201eCedar\\u201c \\x6ciegt an [x](birch) und [y](cedar),\n'
        '  auch [am Meer](cedar)."\n',
    )
    project = toy_project(tmp_path, change)
    assert problems_of(project) == ()
    rename_record(project, "cedar", "pine")
    text = content(project)["words/de/regions.yaml"]
    assert text.count("(pine)") == 3
    assert "(cedar)" not in text
    assert "[x](birch)" in text
    assert problems_of(project) == ()


def test_case_forms_of_names_follow(tmp_path: Path) -> None:
    change = Change("words/de/names.yaml", "", 'cedar.gen: "Cedars"\ncedar-port.gen: "Hafens"\n')
    project = toy_project(tmp_path, change)
    rename_record(project, "cedar", "pine")
    expected = 'pine.gen: "Cedars"\ncedar-port.gen: "Hafens"\n'
    assert content(project)["words/de/names.yaml"] == expected


def test_exceptions_to_checks_of_words_follow(tmp_path: Path) -> None:
    text = "de:\n  odd-space:\n    cedar.name: cedar\n    cedar-port.name: cedar\n"
    project = toy_project(tmp_path, Change("exceptions.yaml", "", text))
    rename_record(project, "cedar", "pine")
    expected = "de:\n  odd-space:\n    pine.name: cedar\n    cedar-port.name: cedar\n"
    assert content(project)["exceptions.yaml"] == expected


def test_stamps_of_translations_follow(tmp_path: Path) -> None:
    text = 'cedar-port.name: "0123456789ab"\ncedar.name: "ba9876543210"\n'
    change = Change("stamps/de.yaml", "", text)
    project = toy_project(tmp_path, change)
    rename_record(project, "cedar", "pine")
    expected = 'cedar-port.name: "0123456789ab"\npine.name: "ba9876543210"\n'
    assert content(project)["stamps/de.yaml"] == expected
    assert problems_of(project) == ()


def test_a_stamped_translation_matches_its_source_after_a_new_id(tmp_path: Path) -> None:
    source = toy().words["en"]
    stamp = text_hash(source["alder.summary"].text)
    text = f'alder.summary: "{stamp}"\nbirch.name: "0123456789ab"\n'
    project = toy_project(tmp_path, *(Change(f"stamps/{c}.yaml", "", text) for c in ("de", "en")))
    rename_record(project, "cedar-buses", "port-buses")
    renamed = store_of(project)
    found = text_hash(renamed.words["en"]["alder.summary"].text)
    assert found != stamp
    for language in ("de", "en"):
        assert renamed.stamps[language]["alder.summary"].text == found
        assert renamed.stamps[language]["birch.name"].text == "0123456789ab"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("ceder", "oak", "no record has the id 'ceder'; did you mean 'cedar'?"),
        ("old-birch", "oak", "'old-birch' is already the former id of birch"),
        ("cedar", "birch", "'birch' is or was the id of the record at content/facts/regions/"),
        ("cedar", "old-birch", "'old-birch' is or was the id of the record at"),
        ("cedar", "cedar", "'cedar' is or was the id of the record at"),
        ("cedar", "Cedar", "'Cedar' cannot be an id"),
        ("cedar", "../cedar", "'../cedar' cannot be an id"),
        ("cedar", "con", "'con' cannot be an id"),
    ],
)
def test_a_wrong_call_changes_nothing(old: str, new: str, message: str, tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    before = content(project)
    with pytest.raises(UsageError, match=re.escape(message)):
        rename_record(project, old, new)
    assert content(project) == before


def test_what_cannot_be_read_could_not_follow(tmp_path: Path) -> None:
    change = Change("facts/forums/forums.yaml", "number: 1", "number: one")
    project = toy_project(tmp_path, change)
    before = content(project)
    with pytest.raises(ContentError) as caught:
        rename_record(project, "cedar", "oak")
    assert [problem.rule for problem in caught.value.problems] == ["invalid-number"]
    assert content(project) == before


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_renaming_keeps_content_right_and_can_be_taken_back(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = toy_project(Path(folder))
        before = content(project)
        store = store_of(project)
        ids = sorted(store.entries)
        taken = {*ids, *(old for e in store.entries.values() for old in e.record.formerly)}
        old = data.draw(st.sampled_from(ids))
        new = data.draw(slugs.filter(lambda slug: slug not in taken))
        uses = [re.sub(r"^\S+ ", "", use) for use in used_by(store, old)]
        rename_record(project, old, new)
        renamed = store_of(project)
        assert problems_of(project) == ()
        assert old not in renamed.entries
        assert renamed.entries[new].record.formerly[0] == old
        again = [re.sub(r"^\S+ ", "", use) for use in used_by(renamed, new)]
        assert len(again) == len(uses)
        rename_record(project, new, old)
        after = content(project)
        assert problems_of(project) == ()
        facts = store.entries[old].place.file.removeprefix("content/")
        # The other new id stays as a former one, alone or beside others.
        added = rf"  formerly: \[{new}\]\n|formerly: \[{new}\], |(?<=formerly: \[){new}, "
        assert re.sub(added, "", after.pop(facts), count=1) == before.pop(facts)
        assert after == before


def test_twice_there_and_back_leaves_one_former_id(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    for old, new in (("birch", "oak"), ("oak", "birch"), ("birch", "oak"), ("oak", "birch")):
        rename_record(project, old, new)
    assert store_of(project).entries["birch"].record.formerly == ("oak", "old-birch")
    assert problems_of(project) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_record_is_told_what_it_still_needs(kind: str, tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    paths = new_record(project, kind, "oak")
    assert paths[0] == f"content/facts/{KINDS[kind].plural}/oak.yaml"
    problems = problems_of(project)
    required = [n for n, f in KINDS[kind].model.model_fields.items() if f.is_required()]
    empty = [p.message.partition(":")[0] for p in problems if p.rule == "empty-value"]
    assert empty == required
    others = {p.rule for p in problems} - {"empty-value"}
    assert others <= {"missing-source", "missing-word", "orphan-record"}
    assert all("oak" in str(p) for p in problems)


def test_the_words_of_a_new_record_stand_in_their_place(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    paths = new_record(project, "region", "beech")
    assert paths == ["content/facts/regions/beech.yaml", "content/words/en/regions.yaml"]
    lines = content(project)["words/en/regions.yaml"].splitlines()
    assert lines[lines.index('beech.name: ""') - 1].startswith("alder.summary-2")
    assert lines[lines.index('beech.name: ""') + 1].startswith("birch.name")


def test_words_of_a_new_record_keep_the_line_ends_of_their_file(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    path = project.content / "words" / "en" / "programmes.yaml"
    path.write_bytes(b'shared-forests.name: "Shared Forests"\r\n')
    new_record(project, "programme", "aa-lakes")
    new_record(project, "programme", "zz-lakes")
    expected = (
        b'aa-lakes.name: ""\r\nshared-forests.name: "Shared Forests"\r\nzz-lakes.name: ""\r\n'
    )
    assert path.read_bytes() == expected


@pytest.mark.parametrize(
    ("kind", "identifier", "message"),
    [
        ("regoin", "oak", "there is no kind 'regoin'; did you mean 'region'?"),
        ("regions", "oak", "there is no kind 'regions'; did you mean 'region'?"),
        ("region", "Oak", "'Oak' cannot be an id"),
        ("region", "cedar", "'cedar' is or was the id"),
        ("region", "old-birch", "'old-birch' is or was the id"),
        ("forum", "forums", "content/facts/forums/forums.yaml exists already"),
    ],
)
def test_a_new_record_that_cannot_be(
    kind: str, identifier: str, message: str, tmp_path: Path
) -> None:
    project = toy_project(tmp_path)
    before = content(project)
    with pytest.raises(UsageError, match=re.escape(message)):
        new_record(project, kind, identifier)
    assert content(project) == before


def test_a_new_record_with_the_id_of_a_broken_one(tmp_path: Path) -> None:
    change = Change("facts/meetings/broken.yaml", "", "oak: {kind: 3}\n")
    with pytest.raises(UsageError, match="is the id of a record that cannot be read"):
        new_record(toy_project(tmp_path, change), "meeting", "oak")


def test_words_that_are_no_text_are_not_edited(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    path = project.content / "words" / "en" / "regions.yaml"
    path.write_bytes(path.read_bytes() + b"# \xff\n")
    before = tree(project.content)
    with pytest.raises(BuildError, match="cannot read"):
        new_record(project, "region", "oak")
    assert tree(project.content) == before
