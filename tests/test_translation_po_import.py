"""A catalogue that came back: what was changed is taken, line by line, and nothing is lost."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import BuildError, ContentError, Problem, UsageError
from generator.loading import check, read
from generator.project import Project
from generator.store import Store
from generator.translation.command import po_export, po_import, stamp
from generator.translation.hints import Hints
from generator.translation.po import export
from generator.translation.po_import import Imported, import_catalogue, read_catalogue
from generator.translation.units import State
from tests.helpers import toy_project
from tests.small_site import tree
from tests.translating import changed_lines, differing, edit, stamped_toy, states

REGIONS = "words/de/regions.yaml"
SUMMARY = (
    "Buses: {fact:cedar-buses.large}. [Alder](alder), [Cedar](cedar): {fact:alder-trade-2019}."
)


class Catalogue:
    """A catalogue of the toy in the hands of a translator."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.file = project.root / "de.po"
        if not self.file.exists():
            po_export(project, "de", self.file)

    def change(self, key: str, text: str | None = None, fuzzy: bool = False) -> Catalogue:
        """As Poedit does: a text that is edited is no longer fuzzy; everything is wrapped again."""
        catalogue = polib.pofile(str(self.file))
        (entry,) = [entry for entry in catalogue if entry.msgctxt == key]
        if text is not None:
            entry.msgstr = text
        entry.fuzzy = fuzzy
        catalogue.metadata["X-Generator"] = "Poedit"
        catalogue.save(str(self.file))
        return self

    def replace(self, old: str, new: str) -> Catalogue:
        text = self.file.read_text("utf-8")
        assert old in text
        self.file.write_text(text.replace(old, new), "utf-8")
        return self

    def back(self) -> tuple[list[str], list[str]]:
        return po_import(self.project, "de", self.file)

    def refused(self) -> tuple[Problem, ...]:
        """The problems for which the import is refused; nothing is written."""
        before = tree(self.project.content)
        with pytest.raises(ContentError) as caught:
            self.back()
        assert tree(self.project.content) == before
        return caught.value.problems


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return stamped_toy(tmp_path / "project")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy with its catalogue, made once."""
    return Catalogue(stamped_toy(tmp_path_factory.mktemp("exported"))).project.root


@pytest.fixture
def german(exported: Path, tmp_path: Path) -> Catalogue:
    return Catalogue(Project(shutil.copytree(exported, tmp_path / "german", symlinks=True)))


def content(project: Project, file: str) -> bytes:
    return (project.content / file).read_bytes()


# --- what is taken


def test_what_nobody_touched_changes_nothing(german: Catalogue) -> None:
    before = tree(german.project.content)
    assert german.back() == (["0 taken, 0 stamped"], [])
    assert tree(german.project.content) == before


def test_a_changed_translation_is_one_line(german: Catalogue) -> None:
    before = content(german.project, REGIONS)
    done = german.change("alder.name", "Alder „neu“").back()
    assert done == (["content/words/de/regions.yaml", "1 taken, 0 stamped"], [])
    assert changed_lines(before, content(german.project, REGIONS)) == [
        ('alder.name: "Republik Alder"', 'alder.name: "Alder „neu“"')
    ]
    assert check(german.project) == ()


def test_a_new_translation_is_written_and_stamped(german: Catalogue) -> None:
    before = states(german.project)
    german.change("alder.short", "Alder")
    german.change("eastern-district.name", "Ostbezirk")
    assert german.back() == (
        ["content/words/de/districts.yaml", "content/words/de/regions.yaml", "2 taken, 2 stamped"],
        [],
    )
    assert content(german.project, "words/de/districts.yaml") == (
        b'eastern-district.name: "Ostbezirk"\n'
    )
    lines = content(german.project, REGIONS).decode().splitlines()
    assert lines[:2] == ['alder.name: "Republik Alder"', 'alder.short: "Alder"']
    assert differing(before, states(german.project)) == {
        "alder.short": State.CURRENT,
        "eastern-district.name": State.CURRENT,
    }


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_comments_and_a_byte_order_mark_stay(project: Project, mark: bytes) -> None:
    path = project.content / REGIONS
    text = b"# W\xc3\xb6rter\n" + path.read_bytes().replace(b'Alder"\n', b'Alder"  # gut\n', 1)
    path.write_bytes(mark + text.replace(b"\n", b"\r\n"))
    before = content(project, REGIONS)
    Catalogue(project).change("alder.name", "Alder").change("cedar.name", "Zeder").back()
    assert changed_lines(before, content(project, REGIONS)) == [
        ('alder.name: "Republik Alder"  # gut\r', 'alder.name: "Alder"  # gut\r'),
        ('cedar.name: "Cedar"\r', 'cedar.name: "Zeder"\r'),
    ]


def test_an_empty_translation_deletes_nothing(german: Catalogue) -> None:
    before = tree(german.project.content)
    german.change("alder.name", "").change("alder.summary", "  ").change("orlen.role", "")
    assert german.back() == (["0 taken, 0 stamped"], [])
    assert tree(german.project.content) == before


def test_to_import_twice_changes_nothing_more(german: Catalogue) -> None:
    german.change("alder.name", "Alder").change("alder.short", "A")
    german.back()
    before = tree(german.project.content)
    assert german.back() == (["0 taken, 0 stamped"], [])
    assert tree(german.project.content) == before


def test_decomposed_letters_are_the_same_text(german: Catalogue) -> None:
    german.change("orlen.role", "Bu\u0308rgermeister").back()
    assert 'orlen.role: "Bürgermeister"'.encode() in content(
        german.project, "words/de/persons.yaml"
    )


# --- stale strings


@pytest.fixture(scope="module")
def exported_stale(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = stamped_toy(tmp_path_factory.mktemp("stale"))
    edit(project, "words/en/regions.yaml", '"Republic of Alder"', '"The Republic of Alder"')
    edit(project, "words/en/regions.yaml", '"Republic of Birch"', '"The Republic of Birch"')
    return Catalogue(project).project.root


@pytest.fixture
def stale(exported_stale: Path, tmp_path: Path) -> Catalogue:
    return Catalogue(Project(shutil.copytree(exported_stale, tmp_path / "stale", symlinks=True)))


def test_what_is_left_fuzzy_stays_stale(stale: Catalogue) -> None:
    assert stale.back() == (["0 taken, 0 stamped"], [])
    assert states(stale.project)["alder.name"] is State.STALE


def test_to_clear_fuzzy_is_a_stamp_and_no_other_change(stale: Catalogue) -> None:
    before = content(stale.project, REGIONS)
    assert stale.change("alder.name").back() == (["0 taken, 1 stamped"], [])
    assert content(stale.project, REGIONS) == before
    found = states(stale.project)
    assert (found["alder.name"], found["birch.name"]) == (State.CURRENT, State.STALE)


def test_a_mended_translation_is_written_and_stamped(stale: Catalogue) -> None:
    done = stale.change("alder.name", "Die Republik Alder").back()
    assert done == (["content/words/de/regions.yaml", "1 taken, 1 stamped"], [])
    assert states(stale.project)["alder.name"] is State.CURRENT


def test_a_translation_that_is_mended_but_still_fuzzy_is_written_and_stays_stale(
    stale: Catalogue,
) -> None:
    done = stale.change("alder.name", "Die Republik Alder", fuzzy=True).back()
    assert done == (["content/words/de/regions.yaml", "1 taken, 0 stamped"], [])
    assert states(stale.project)["alder.name"] is State.STALE


def test_a_platform_that_drops_comments_does_no_harm(stale: Catalogue) -> None:
    catalogue = polib.pofile(str(stale.file))
    for entry in catalogue:
        entry.comment = ""
    catalogue.save(str(stale.file))
    stale.change("alder.name").change("alder.short", "Alder").change("cedar.name", "Zeder")
    done, conflicts = stale.back()
    assert done == ["content/words/de/regions.yaml", "1 taken, 2 stamped"]
    (line,) = conflicts
    assert line.endswith("it differs, and the catalogue does not say from what it was made")
    assert " cedar.name: " in line


@pytest.mark.parametrize("key", ["alder.short", "cedar.name"])
def test_what_is_marked_as_unfinished_does_not_reach_readers(german: Catalogue, key: str) -> None:
    before = tree(german.project.content)
    done, conflicts = german.change(key, "Alder?", fuzzy=True).back()
    assert conflicts == []
    assert done[0] == "0 taken, 0 stamped"
    assert done[1].endswith(f": {key}: is marked as unfinished (fuzzy), and was not taken")
    assert tree(german.project.content) == before


# --- conflicts


def assert_conflict(catalogue: Catalogue, key: str, message: str) -> None:
    before = tree(catalogue.project.content)
    done, conflicts = catalogue.back()
    assert done == ["0 taken, 0 stamped"]
    (line,) = conflicts
    assert line.startswith(str(catalogue.file))
    assert f": {key}: " in line
    assert line.endswith(message)
    assert tree(catalogue.project.content) == before


def test_a_source_text_that_changed_meanwhile_is_a_conflict(german: Catalogue) -> None:
    german.change("alder.name", "Alder")
    edit(german.project, "words/en/regions.yaml", '"Republic of Alder"', '"Alder, the republic"')
    edit(german.project, "words/en/regions.yaml", '"Republic of Birch"', '"Birch"')  # untouched
    assert_conflict(german, "alder.name", "the source text has changed since the export")


def test_a_review_of_an_earlier_source_text_is_a_conflict(stale: Catalogue) -> None:
    stale.change("alder.name")
    edit(stale.project, "words/en/regions.yaml", '"The Republic of Alder"', '"A Republic"')
    assert_conflict(stale, "alder.name", "the source text has changed since the export")


def test_what_was_left_fuzzy_is_no_conflict_when_the_source_changes_again(stale: Catalogue) -> None:
    edit(stale.project, "words/en/regions.yaml", '"The Republic of Alder"', '"A Republic"')
    assert stale.back() == (["0 taken, 0 stamped"], [])


def test_a_translation_that_changed_on_both_sides_is_a_conflict(german: Catalogue) -> None:
    german.change("alder.name", "Alder")
    edit(german.project, REGIONS, '"Republik Alder"', '"Erlenland"')
    assert_conflict(
        german, "alder.name", "the translation has changed since the export, and differs"
    )


def test_a_review_of_an_earlier_translation_is_a_conflict(stale: Catalogue) -> None:
    stale.change("alder.name")
    edit(stale.project, REGIONS, '"Republik Alder"', '"Erlenland"')
    assert_conflict(
        stale, "alder.name", "the translation has changed since the export, and differs"
    )


def test_a_translation_that_changed_here_only_stays(german: Catalogue) -> None:
    edit(german.project, REGIONS, '"Republik Alder"', '"Erlenland"')
    before = tree(german.project.content)
    assert german.back() == (["0 taken, 0 stamped"], [])
    assert tree(german.project.content) == before


def test_the_same_change_on_both_sides_is_none(german: Catalogue) -> None:
    german.change("alder.short", "Alder")
    path = german.project.content / REGIONS
    path.write_text(path.read_text() + 'alder.short: "Alder"\n')
    assert german.back() == (["0 taken, 1 stamped"], [])
    assert states(german.project)["alder.short"] is State.CURRENT


def test_conflicts_do_not_hinder_the_others(german: Catalogue) -> None:
    german.change("alder.name", "Alder").change("cedar.name", "Zeder")
    edit(german.project, REGIONS, '"Republik Alder"', '"Erlenland"')
    done, conflicts = german.back()
    assert done == ["content/words/de/regions.yaml", "1 taken, 0 stamped"]
    assert len(conflicts) == 1
    assert b'"Erlenland"' in content(german.project, REGIONS)
    assert b'"Zeder"' in content(german.project, REGIONS)


# --- entries that are none of ours


def added(catalogue: Catalogue, entry: str) -> Catalogue:
    catalogue.file.write_text(catalogue.file.read_text("utf-8") + "\n" + entry, "utf-8")
    return catalogue


@pytest.mark.parametrize(
    ("entry", "key", "message"),
    [
        ('msgctxt "no.such"\nmsgid "a"\nmsgstr "b"\n', "no.such", "there is no such string"),
        (
            'msgctxt "no\\nsuch"\nmsgid "a"\nmsgstr "b"\n',
            "no such",
            "there is no such string",
        ),
        (
            'msgctxt "alder.name"\nmsgid "a"\nmsgstr "b"\n',
            "alder.name",
            "stands there with several translations",
        ),
        (
            'msgctxt "alder.gen"\nmsgid "a"\nmsgstr "b"\n',
            "alder.gen",
            "there is no such string",
        ),
    ],
)
def test_unknown_and_repeated_entries_are_told(
    german: Catalogue, entry: str, key: str, message: str
) -> None:
    assert_conflict(added(german, entry), key, message)


@pytest.mark.parametrize(
    "entry",
    [
        'msgid "Republic of Alder"\nmsgstr "Alder"\n',
        'msgctxt "alder.name"\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n',
    ],
)
def test_entries_of_another_form_are_told(german: Catalogue, entry: str) -> None:
    before = tree(german.project.content)
    done, (line,) = added(german, entry).back()
    assert done == ["0 taken, 0 stamped"]
    assert "this is no entry of an export" in line
    assert tree(german.project.content) == before


@pytest.mark.parametrize(
    "entry",
    [
        '#~ msgctxt "alder.name"\n#~ msgid "a"\n#~ msgstr "b"\n',
        'msgctxt "no.such"\nmsgid "a"\nmsgstr ""\n',
        'msgctxt "alder.name"\nmsgid "Republic of Alder"\nmsgstr "Republik Alder"\n',
        "# the end\n",
    ],
)
def test_what_says_nothing_is_passed_over(german: Catalogue, entry: str) -> None:
    assert added(german, entry).back() == (["0 taken, 0 stamped"], [])


def test_an_orphan_that_was_not_touched_is_passed_over(german: Catalogue) -> None:
    edit(german.project, "words/en/places.yaml", 'cedar-port.name: "Port Cedar"\n', "")
    assert german.back() == (["0 taken, 0 stamped"], [])
    german.change("cedar-port.name", "Zedernhafen")
    assert_conflict(german, "cedar-port.name", "the source language no longer has this string")


def test_a_title_as_printed_is_no_word(german: Catalogue) -> None:
    german.change("note-1.title", "Busse")
    edit(
        german.project,
        "facts/sources/sources.yaml",
        "the port\n  language: en",
        "x\n  language: de",
    )
    path = german.project.content / "words/en/sources.yaml"
    path.write_text(path.read_text() + 'note-1.title: "Buses"\n')
    before = tree(german.project.content)
    _, (line,) = german.back()
    assert "the title is as printed, and stands at content/facts/sources/sources.yaml:" in line
    assert tree(german.project.content) == before


# --- what the check would refuse


@pytest.mark.parametrize(
    ("key", "text", "rule"),
    [
        (
            "alder.summary",
            SUMMARY.replace("{fact:cedar-buses.large}", "Busse"),
            "different-targets",
        ),
        (
            "alder.summary",
            SUMMARY.replace("(cedar)", "(zedar)").replace("Buses", "Busse"),
            "unknown-link",
        ),
        ("alder.summary", SUMMARY.replace("Buses", "<b>Busse</b>"), "html-in-words"),
        ("alder.summary", SUMMARY.replace("Buses", "7 Busse"), "digit-in-words"),
        ("alder.name", "Republik  Alder", "odd-space"),
        ("alder.name", "Republik Аlder", "mixed-letters"),
        ("alder.name", "Republik\nAlder", "untidy-word"),
        ("alder.name", "Republik\u202eAlder", "bidi-control"),
        ("alder.name", "Republik\x07Alder", "control-character"),
        ("value.ratio", "{goods}", "different-placeholders"),
        ("nav.home", "<script>", "html-in-words"),
    ],
)
def test_an_import_that_brings_problems_is_refused_with_them(
    german: Catalogue, key: str, text: str, rule: str
) -> None:
    german.change("cedar.name", "Zeder").change(key, text)
    problems = german.refused()
    assert {problem.rule for problem in problems} == {rule}
    lines = german.file.read_text("utf-8").splitlines()
    for problem in problems:
        assert problem.place.file == str(german.file)
        after = [line for line in lines[problem.place.line - 1 :] if line.startswith("msgctxt")]
        assert after[0] == f'msgctxt "{key}"'


def test_problems_that_are_there_already_hinder_nobody(project: Project) -> None:
    edit(project, REGIONS, "{fact:cedar-buses.large}", "12 Busse")
    edit(project, "words/en/places.yaml", '"Port Cedar"', '"Port  Cedar"')
    before = {str(problem) for problem in check(project)}
    assert before
    Catalogue(project).change("alder.short", "A").change("alder.name", "Republik A").back()
    after = {str(problem).partition(": ")[2] for problem in check(project)}
    assert after == {problem.partition(": ")[2] for problem in before}


def test_a_mended_text_may_make_an_exception_useless(project: Project) -> None:
    edit(project, REGIONS, '"Republik Alder"', '"Republik  Alder"')
    (project.content / "exceptions.yaml").write_text('de:\n  odd-space:\n    alder.name: "why"\n')
    assert check(project) == ()
    done, conflicts = Catalogue(project).change("alder.name", "Republik Alder").back()
    assert conflicts == []
    assert "1 taken, 0 stamped" in done
    assert "content/exceptions.yaml:3:5" in done[-1]
    assert "[unused-exception]" in done[-1]


# --- files


def test_a_damaged_words_file_is_not_written(project: Project) -> None:
    catalogue = Catalogue(project)
    path = project.content / REGIONS
    path.write_text(path.read_text() + 'cedar.note: "no end\n')
    catalogue.change("cedar.name", "Zeder").change("orlen.role", "Bürgermeister")
    (problem, *_) = catalogue.refused()
    assert problem.place.file == "content/words/de/regions.yaml"


def test_words_in_a_form_without_lines_are_not_written(project: Project) -> None:
    (project.content / "words/de/places.yaml").write_text('{cedar-port.name: "Hafen"}\n')
    catalogue = Catalogue(project).change("cedar-port.name", "Hafen Cedar")
    with pytest.raises(BuildError, match="one string a line"):
        catalogue.back()


def test_damaged_stamps_stop_everything(german: Catalogue) -> None:
    path = german.project.content / "stamps/de.yaml"
    path.write_text(path.read_text() + "<<<<<<< ours\n")
    (problem, *_) = german.change("alder.short", "Alder").refused()
    assert problem.place.file == "content/stamps/de.yaml"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x00\x01\x02", "cannot be read as a PO file"),
        (b'msgid "a\n', "line 1 is none of its statements"),
        (b'msgid "a"\nmsgstr "b\\"\n', "line 2 is none of its statements"),
        (b'msgid "a"\nmsgstr "b"\n"cut o', "line 3 is none of its statements"),
        (b'msgid "a"\nmsgstr "b "c"\n', "cannot be read as a PO file"),
        (
            b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "\xff"\n',
            "PO",
        ),
        (b'msgid ""\nmsgstr "Language: fr\\n"\n', "a catalogue of 'fr', not of 'de'"),
        (b'{"a": "b"}', "cannot be read as a PO file"),
    ],
)
def test_what_is_no_catalogue_of_the_language_is_told(
    project: Project, data: bytes, message: str
) -> None:
    file = project.root / "x.po"
    file.write_bytes(data)
    with pytest.raises(UsageError, match=message):
        po_import(project, "de", file)


@pytest.mark.parametrize("code", ["de", "de_AT", "DE", "de-AT", ""])
def test_a_catalogue_of_the_language_in_a_country_will_do(german: Catalogue, code: str) -> None:
    german.replace('"Language: de\\n"', f'"Language: {code}\\n"')
    assert german.back() == (["0 taken, 0 stamped"], [])


def test_a_file_that_is_not_there_is_told(project: Project) -> None:
    for file in (project.root / "none.po", project.root):
        with pytest.raises(UsageError, match="there is no file"):
            po_import(project, "de", file)


@pytest.mark.parametrize(
    "form",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("charset=UTF-8", "charset=ISO-8859-1").encode(
            "latin-1", "ignore"
        ),
        lambda text: text.replace('"Content-Type: text/plain; charset=UTF-8\\n"\n', "").encode(),
        lambda text: text.replace("\nmsgctxt", "\n#, no-wrap\nmsgctxt").encode(),
        lambda text: "\n\n# by a person\n".join(text.split("\n\n")).encode(),
    ],
)
def test_other_line_ends_encodings_and_comments_will_do(
    german: Catalogue, form: Callable[[str], bytes]
) -> None:
    german.change("orlen.role", "Bürgermeister")
    text = german.file.read_text("utf-8")
    entries = [part for part in text.split("\n\n") if part.isascii() or "orlen" in part]
    german.file.write_bytes(form("\n\n".join(entries)))
    assert german.back() == (["content/words/de/persons.yaml", "1 taken, 1 stamped"], [])
    assert "Bürgermeister".encode() in content(german.project, "words/de/persons.yaml")


def test_an_unstamped_language_comes_back_as_it_was(tmp_path: Path) -> None:
    project = toy_project(tmp_path)
    before = states(project)
    catalogue = Catalogue(project)
    assert catalogue.back() == (["0 taken, 0 stamped"], [])
    catalogue.change("alder.name", "Alder").back()
    assert differing(before, states(project)) == {"alder.name": State.CURRENT}


# --- whatever the text


NAMES = ("alder.short", "alder-works.name", "alder-works.short", "orlen.name", "tamsin.name")


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Store, str]:
    project = stamped_toy(tmp_path_factory.mktemp("toy"))
    stamp(project, "de", (), ())
    store = read(project)
    return project, store, export(store, "de", Hints(store, None), lambda unit: (), {})


@settings(max_examples=25, deadline=None)
@given(
    texts=st.dictionaries(
        st.sampled_from(NAMES),
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=150),
        min_size=1,
    )
)
def test_whatever_is_taken_is_what_the_words_file_says_then(
    toy: tuple[Project, Store, str], texts: dict[str, str]
) -> None:
    project, store, before = toy
    file = project.root / "any.po"
    file.write_text(before, encoding="utf-8", newline="")
    catalogue = read_catalogue(file, "de")
    for entry in catalogue:
        entry.msgstr = texts.get(entry.msgctxt, entry.msgstr)
    file.write_text(str(catalogue), encoding="utf-8", newline="")
    done: Imported = import_catalogue(project, store, "de", "any.po", read_catalogue(file, "de"))
    wanted = {k: unicodedata.normalize("NFC", text) for k, text in texts.items() if text.strip()}
    assert done.taken == wanted
    written = {}
    for text in done.files.values():
        written.update(yaml.load(text, yaml.CBaseLoader))
    assert {key: written[key] for key in wanted} == wanted
    assert sorted(done.stamped) == sorted(wanted)
