"""Documentation is whole and true: what is written is written anew, what is named exists."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from generator import __version__
from generator.cli import main
from generator.exports import EXPORTS
from generator.file_schemas import FILES
from generator.model.kinds import KINDS
from generator.rules import RULES
from generator.site import Licence
from tests.built import ROOT
from tools.drawing import STAGES, modules, stage_of, stages_needed
from tools.licences import LOCKS, UNSAID, locked
from tools.reference import SETTINGS, commands, options, targets
from tools.written import WRITTEN, write_all

PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / ".github").rglob("*.md")]
)
FENCE = re.compile(r"^```.*?^```$", re.M | re.S)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
# `python -m generator status de`, `make lock` in running text and in blocks.
COMMAND = re.compile(r"python -m generator ((?:--?\S+ )*)([a-z-]+)([^`|\n]*)")
TARGET = re.compile(r"(?:`|^    )make ([a-z]+)", re.M)
PATH = re.compile(r"`((?:content|docs|generator|requirements|schemas|templates|tests)/[\w./-]+)`")
SITE = yaml.safe_load((ROOT / "content/site.yaml").read_text("utf-8"))


def text(page: Path) -> str:
    return page.read_text("utf-8")


def anchors(page: Path) -> set[str]:
    """The anchors that hosts of repositories give to headings."""
    headings = re.findall(r"^#+ (.*)$", FENCE.sub("", text(page)), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


# --- what is written from the code


@pytest.mark.parametrize("name", WRITTEN)
def test_a_written_page_is_up_to_date(name: str) -> None:
    assert (ROOT / name).read_text("utf-8") == WRITTEN[name](ROOT), "run: make docs"


def test_what_is_stale_is_written_and_nothing_else(tmp_path: Path) -> None:
    for name in (
        "Makefile",
        "content",
        "generator",
        "mkdocs.yml",
        "package-lock.json",
        "templates",
    ):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "requirements").symlink_to(ROOT / "requirements")
    (tmp_path / "docs").mkdir()
    assert write_all(tmp_path) == list(WRITTEN)
    (tmp_path / "docs/reference.md").write_text("old")
    assert write_all(tmp_path) == ["docs/reference.md"]


def test_every_command_option_rule_setting_kind_and_file_is_documented() -> None:
    page = (ROOT / "docs/reference.md").read_text("utf-8")
    names = {
        *(f"### {name}\n" for name, _ in commands()),
        *(f"`{option.opts[0]}" for _, command in commands() for option in options(command)),
        *(f"| `{rule}` |" for rule in RULES),
        *(f"| `{setting}` |" for model in SETTINGS.values() for setting in model.model_fields),
        *(f"| `{kind}` |" for kind in KINDS),
        *(f"| `{export.name.replace('{lang}', 'LANG')}` |" for export in EXPORTS),
        *(f"| `make {target}` |" for target in targets(ROOT)),
    }
    assert {name for name in names if name not in page} == set()


def test_every_setting_is_explained_where_it_is_declared() -> None:
    for model in SETTINGS.values():
        said = inspect.getdoc(model) or ""
        # What a licence is, its first line says.
        assert {name for name in model.model_fields if f"``{name}``" not in said} <= (
            {"id", "address"} if model is Licence else set()
        )


def test_settings_of_settings_are_all_in_the_reference() -> None:
    nested = {
        name
        for name, field in SETTINGS[""].model_fields.items()
        if re.search(r"\b(Language|Licence)\b", str(field.annotation))
    }
    assert nested == set(SETTINGS) - {""}


# --- the drawing


def test_every_module_has_a_stage_and_every_stage_a_module() -> None:
    assert {stage_of(name) for name in modules(ROOT)} == set(STAGES)
    with pytest.raises(ValueError, match=r"odd belongs to no stage"):
        stage_of("odd")


def test_every_needed_stage_stands_above() -> None:
    picture = (ROOT / "docs/architecture.svg").read_text("utf-8")
    top = {
        name: float(re.search(rf'y="(\d+)">{name}<', picture)[1])  # type: ignore[index]
        for name in STAGES
    }
    needs = stages_needed(ROOT)
    assert picture.count('class="line"') == sum(map(len, needs.values())) > len(STAGES)
    assert all(top[one] < top[stage] for stage in needs for one in needs[stage])


def test_stages_that_need_each_other_are_named(tmp_path: Path) -> None:
    (tmp_path / "generator").mkdir()
    (tmp_path / "generator/errors.py").write_text("from generator.source import x\n")
    (tmp_path / "generator/source.py").write_text("from generator.errors import x\n")
    with pytest.raises(ValueError, match=r"need each other: errors > source > errors"):
        stages_needed(tmp_path)


# --- licences


def test_licences_name_everything_that_is_locked() -> None:
    page = (ROOT / "docs/licences.md").read_text("utf-8")
    for lock in LOCKS:
        for package, version in locked(ROOT, lock).items():
            assert f"| {package} | {version} |" in page
    assert page.count(UNSAID) <= 2  # axe-playwright-python, parse-cache-control: both are for tests


# --- what pages name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(FENCE.sub("", text(page))):
        address = urllib.parse.urlsplit(link)
        if address.scheme:
            assert address.scheme == "https"
            continue
        if re.fullmatch(r"[a-z-]+", link) and not (page.parent / link).exists():
            continue  # an example of a link to a record
        target = (page.parent / address.path) if address.path else page
        assert target.exists(), link
        if address.fragment:
            assert address.fragment in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_on_a_page_exists(page: Path) -> None:
    known = dict(commands())
    for before, name, rest in COMMAND.findall(text(page)):
        group = main.commands.get(name)
        words = rest.split()
        if isinstance(group, click.Group):
            assert words[0] in group.commands, name
            command: click.Command = group.commands[words[0]]
        else:
            assert name in known, f"python -m generator {name}"
            command = known[name]
        flags = {
            flag
            for one in (main, command)
            for option in options(one)
            for flag in (*option.opts, *option.secondary_opts)
        }
        used = {word for word in [*before.split(), *words] if word.startswith("--")}
        assert used <= flags | {"--help"}, rest
    assert set(TARGET.findall(text(page))) <= set(targets(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_on_a_page_exists(page: Path) -> None:
    names = {name.rstrip(".") for name in PATH.findall(text(page))}
    made = re.compile(r"LANG|KINDS?\b|leningrad|\.schema\.json$|^content/(links|removed)\.yaml$")
    assert {name for name in names if not made.search(name) and not (ROOT / name).exists()} == set()


# --- CITATION.cff, CHANGELOG.md, forms, hooks


def test_the_citation_says_what_the_settings_say() -> None:
    cited = yaml.load((ROOT / "CITATION.cff").read_text("utf-8"), Loader=yaml.BaseLoader)
    words = ROOT / "content/words" / SITE["source_language"] / "interface.yaml"
    assert cited["title"] == yaml.safe_load(words.read_text("utf-8"))["site.name"]
    assert cited["version"] == SITE["version"]
    assert cited["license"] == SITE["licence"]["id"]
    assert cited["url"] == SITE["address"]
    assert cited["repository-code"] == SITE["repository"]
    assert cited["date-released"] >= str(SITE["published"])
    # What the schema of version 1.2.0 requires, and no key that it lacks.
    assert cited["cff-version"] == "1.2.0"
    assert cited["type"] in ("dataset", "software")
    assert cited["message"]
    assert all(author.keys() <= {"name", "given-names", "family-names", "orcid"}
               for author in cited["authors"])  # fmt: skip
    known = {"cff-version", "type", "message", "title", "authors", "version", "date-released",
             "license", "url", "repository-code", "doi", "abstract", "keywords"}  # fmt: skip
    assert cited.keys() <= known
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", cited["date-released"])


def test_the_changelog_has_its_form_and_the_released_versions() -> None:
    log = (ROOT / "CHANGELOG.md").read_text("utf-8")
    headings = re.findall(r"^## (.*)$", log, re.M)
    assert headings[0] == "[Unreleased]"
    released = [re.fullmatch(r"\[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d", one) for one in headings[1:]]
    assert all(released)
    versions = [one[1] for one in released if one]
    kinds = set(re.findall(r"^### (.*)$", log, re.M))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    tags = subprocess.run(
        ["git", "tag", "--list", "v*"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    assert {f"v{version}" for version in versions} >= set(tags)
    assert versions[:1] == [__version__] or f"{__version__} will be the first version" in log


def test_forms_ask_for_what_is_needed() -> None:
    forms = ROOT / ".github/ISSUE_TEMPLATE"
    for path in forms.glob("[!c]*.yml"):
        form = yaml.safe_load(path.read_text("utf-8"))
        assert form.keys() == {"name", "description", "labels", "body"}
        fields = [one for one in form["body"] if one["type"] != "markdown"]
        assert {one["type"] for one in fields} <= {"input", "textarea", "dropdown", "checkboxes"}
        assert all(one["attributes"]["label"] for one in fields)
    error = yaml.safe_load((forms / "error.yml").read_text("utf-8"))["body"]
    needed = {one["id"] for one in error if one.get("validations", {}).get("required")}
    assert needed >= {"page", "value", "source"}
    assert text(ROOT / ".github/pull_request_template.md") == text(
        ROOT / ".gitlab/merge_request_templates/Default.md"
    )


def hooks() -> Iterator[dict[str, str]]:
    for repository in yaml.safe_load(text(ROOT / ".pre-commit-config.yaml"))["repos"]:
        assert repository["repo"] == "local"  # what the project pins, and nothing from elsewhere
        yield from repository["hooks"]


def test_hooks_run_what_the_project_pins() -> None:
    for hook in hooks():
        program, _, rest = hook["entry"].partition(" -m ")
        assert program == ".venv/bin/python"
        module, command = [*rest.split(), ""][:2]
        assert module != "generator" or command in main.commands
        assert module in ("generator", "mypy", "ruff")
        assert hook["language"] == "system"


def test_no_settings_of_editors_are_missing_for_a_kind() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))
    files = set(settings["yaml.schemas"].values())
    assert files == {
        *(f"content/facts/{kind.plural}/*.yaml" for kind in KINDS.values()),
        *(f"content/{name}" for name, _ in FILES.values()),
    }
