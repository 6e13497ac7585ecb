"""A translator's day, on the real content: a source text changes, and what follows in each tool.

Then thirty ways to damage a words file: each is told at its place, and the other languages go
through all the same.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polib
import pytest
import yaml
from click.testing import CliRunner, Result

from generator.checks import check_store
from generator.cli import main
from generator.errors import ContentError
from generator.loading import load
from generator.project import Project
from generator.render import environment
from generator.store import read_store
from generator.translation.status import OPEN
from generator.translation.units import units
from tests.built import ROOT
from tests.samples import other_project

SETTINGS = yaml.load((ROOT / "content" / "site.yaml").read_text("utf-8"), yaml.CSafeLoader)
SOURCE = SETTINGS["source_language"]
TARGETS = tuple(code for code in SETTINGS["languages"] if code != SOURCE)
NOTHING: dict[str, list[str]] = {lang: [] for lang in TARGETS}


@dataclass
class Day:
    """A copy of the project under git, as a translator has it, and the string that changes."""

    project: Project
    key: str

    def git(self, *arguments: str) -> str:
        command = ["git", "-c", "user.name=T", "-c", "user.email=t@example.org", *arguments]
        done = subprocess.run(
            command, cwd=self.project.root, check=True, capture_output=True, text=True
        )
        return done.stdout

    def run(self, *arguments: str, code: int = 0) -> Result:
        result = CliRunner().invoke(main, ["--project", str(self.project.root), *arguments])
        assert result.exit_code == code, result.output
        return result

    def words(self, lang: str) -> Path:
        return self.project.content / "words" / lang / "regions.yaml"

    def text(self, lang: str) -> str:
        found: str = yaml.load(self.words(lang).read_text("utf-8-sig"), yaml.CSafeLoader)[self.key]
        return found

    def edit(self, lang: str, change: Callable[[str], str]) -> None:
        """Edit the line of the string as a plain editor does, in the form that the file has."""
        path = self.words(lang)
        data = path.read_bytes()
        old = next(
            line for line in data.splitlines(keepends=True) if line.startswith(self.key.encode())
        )
        new = change(old.decode()).encode()
        assert new != old
        path.write_bytes(data.replace(old, new, 1))

    def told(self) -> dict[str, list[dict[str, object]]]:
        """What the command says that each language has open, and on which pages."""
        told = json.loads(self.run("status", "--json").stdout)
        return {lang: told[lang]["queue"] for lang in TARGETS}

    def open(self) -> dict[str, list[str]]:
        """The keys of what each language has open; pages need not be rendered for it."""
        store = read_store(self.project.content)
        return {
            lang: [unit.key for unit in units(store, lang) if unit.state in OPEN]
            for lang in TARGETS
        }

    def changed_lines(self) -> dict[str, str]:
        """Files that differ from the last commit, with lines added and removed."""
        rows = (line.split("\t") for line in self.git("diff", "--numstat").splitlines())
        return {name: f"{added} {removed}" for added, removed, name in rows}

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "--quiet", "-m", "x")


@pytest.fixture
def day(tmp_path: Path) -> Day:
    root = tmp_path / "project"
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    source = yaml.load(
        (root / "content/words" / SOURCE / "regions.yaml").read_text("utf-8"), yaml.CSafeLoader
    )
    key = next(key for key in sorted(source) if key.endswith(".summary"))
    day = Day(Project(root), key)
    day.git("init", "--quiet")
    day.git("config", "core.autocrlf", "false")
    day.commit()
    return day


def livelier(line: str) -> str:
    """The line with another mark at its end."""
    return re.sub(r'\."(\s*)$', r'!"\1', line)


def test_from_a_changed_source_text_to_a_clean_status(day: Day, tmp_path: Path) -> None:
    assert day.open() == NOTHING
    day.edit(SOURCE, livelier)
    assert day.open() == {lang: [day.key] for lang in TARGETS}
    for lang, queue in day.told().items():
        (one,) = queue
        assert (one["key"], one["state"]) == (day.key, "stale")
        assert one["source"] == day.text(SOURCE)
        assert str(one["place"]).startswith(f"content/words/{lang}/regions.yaml:")
        assert f"regions/{day.key.partition('.')[0]}/" in one["pages"]  # type: ignore[operator]
    day.commit()
    by_po, by_editor, by_review = TARGETS
    _with_a_catalogue(day, by_po, tmp_path / "x.po")
    _with_an_editor(day, by_editor)
    day.run("stamp", by_review, day.key)  # read, and found to be right as it is
    # No translation is made from the former source text any more, so its stamp goes too.
    stamps = (f"content/stamps/{lang}.yaml" for lang in (by_review, SOURCE))
    assert day.changed_lines() == dict.fromkeys(stamps, "1 1")
    assert day.told() == NOTHING


def _with_a_catalogue(day: Day, lang: str, file: Path) -> None:
    day.run("po", "export", lang, str(file))
    catalogue = polib.pofile(str(file))
    (entry,) = [one for one in catalogue if one.msgctxt == day.key]
    assert entry.fuzzy
    assert entry.msgid == day.text(SOURCE)
    assert any(name.endswith("regions.yaml") for name, _ in entry.occurrences)
    # As Poedit saves it: no flag, no former text, its own header, lines of its own length.
    entry.msgstr = entry.msgstr.removesuffix(".") + "!"
    entry.flags.remove("fuzzy")
    entry.previous_msgid = None
    catalogue.metadata["X-Generator"] = "Poedit 3.4"
    catalogue.wrapwidth = 60
    catalogue.save(str(file))
    day.run("po", "import", lang, str(file))
    assert day.text(lang) == entry.msgstr
    assert day.changed_lines() == {
        f"content/words/{lang}/regions.yaml": "1 1",
        f"content/stamps/{lang}.yaml": "1 1",
        f"content/stamps/{SOURCE}.yaml": "1 1",
    }
    assert day.open()[lang] == []
    day.commit()


def _with_an_editor(day: Day, lang: str) -> None:
    """In a file with a byte order mark and line ends of Windows, which both stay."""
    path = day.words(lang)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    day.commit()
    assert day.open()[lang] == [day.key]
    day.edit(lang, livelier)
    assert day.changed_lines() == {f"content/words/{lang}/regions.yaml": "1 1"}
    assert day.open()[lang] == [day.key]  # to touch a string is not to review it
    day.run("stamp", lang, day.key)
    assert day.open()[lang] == []
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.read_bytes().count(b"\r\n") == path.read_bytes().count(b"\n")
    day.commit()


# --- damage

FILE = "words/pl/regions.yaml"
LINE = (
    'brittany.summary: "Bretania handluje z [Pomorzem](pomerania): {fact:brittany-exchanges-2019}."'
)


@dataclass(frozen=True)
class Damage:
    """What happens to the file: a text in it and what stands there then, and the rule and line."""

    what: str
    old: str
    new: str
    rule: str
    line: int = 3


DAMAGE = (
    Damage("a link to nowhere", "](pomerania)", "](pomerani)", "unknown-link"),
    Damage("a link that is an address", "](pomerania)", "](https://x.org)", "unknown-link"),
    Damage("a link without an end", "](pomerania)", "](pomerania", "different-targets"),
    Damage("a link that is lost", "[Pomorzem](pomerania)", "Pomorzem", "different-targets"),
    Damage("a figure that is lost", ": {fact:brittany-exchanges-2019}", "", "different-targets"),
    Damage("a figure that is translated", "{fact:", "{fakt:", "unknown-placeholder"),
    Damage("a figure of another id", "exchanges-2019}", "exchanges-2018}", "different-targets"),
    Damage("a brace too few", "2019}", "2019", "different-targets"),
    Damage("a figure typed in", "Bretania handluje", "Bretania w 2019 handluje", "digit-in-words"),
    Damage("two spaces", "Bretania handluje", "Bretania  handluje", "odd-space"),
    Damage("a tab", "Bretania handluje", "Bretania\thandluje", ""),
    Damage("a space at the end", '2019}."', '2019}. "', "untidy-word"),
    Damage("a letter of another alphabet", "Bretania", "Bretаnia", "mixed-letters", 1),
    Damage("a tag", "Bretania handluje", "<b>Bretania</b> handluje", ""),
    Damage("a quotation mark inside", "Bretania handluje", 'Bre"tania handluje', ""),
    Damage("no quotation mark at the end", '2019}."', "2019}.", ""),
    Damage("no quotation marks", '"Normandia"', "Norman: dia", "", 6),
    Damage("a key twice", "normandy.name:", "brittany.name:", "duplicate-key", 6),
    Damage("a key that is translated", "normandy.name:", "normandia.nazwa:", "unknown-word", 6),
    Damage("a key without its colon", "normandy.name: ", "normandy.name ", "", 6),
    Damage("a key in capitals", "normandy.name:", "Normandy.name:", "unknown-word", 6),
    Damage("a list", '"Normandia"', '["Normandia"]', "wrong-shape", 6),
    Damage("a block", '"Normandia"', ">\n  Normandia", "", 6),
    Damage("a tag of YAML", '"Normandia"', '!!python/object:os.system "x"', "", 6),
    Damage("an anchor", '"Normandia"', '&a "Normandia"', "", 6),
    Damage("an alias", '"Normandia"', "*a", "", 6),
    Damage("an escape that is none", "Normandia", "Norman\\qdia", "", 6),
    Damage("a character unseen", "Normandia", "Norman\u200bdia", "hidden-character", 6),
    Damage("a conflict of versions", "normandy.name:", "<<<<<<< HEAD\nnormandy.name:", "", 6),
    Damage("bytes that are no text", "Normandia", "\udcff\udcfe", "", 6),
)


def test_there_are_thirty_kinds() -> None:
    assert len({one.what for one in DAMAGE}) == 30


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return other_project(tmp_path_factory.mktemp("sound"))


@pytest.mark.parametrize("damage", DAMAGE, ids=[one.what for one in DAMAGE])
def test_damage_is_told_at_its_place_and_the_other_language_goes_through(
    sound: Project, tmp_path: Path, damage: Damage
) -> None:
    shutil.copytree(sound.root / "content", tmp_path / "content")
    project = Project(tmp_path)
    path = project.content / FILE
    text = path.read_text("utf-8")
    assert LINE in text
    assert damage.old in text
    path.write_bytes(text.replace(damage.old, damage.new, 1).encode("utf-8", "surrogateescape"))
    problems = check_store(read_store(project.content))
    found = [(one.rule, one.place.line) for one in problems if one.place.file.endswith(FILE)]
    assert found
    assert {one.place.file for one in problems} <= {f"content/{FILE}"}
    if damage.rule:
        assert damage.rule in [rule for rule, _ in found]
    assert damage.line in [line for _, line in found]
    env = environment(sound.templates)
    assert load(Project(tmp_path), env, only=("fr",)).languages == ("fr",)
    with pytest.raises(ContentError):
        load(Project(tmp_path), env, only=("pl",))
