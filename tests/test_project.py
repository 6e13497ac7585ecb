"""The files around the code: locks, ignored folders, nothing that only works on one machine."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from generator.file_schemas import FILES
from generator.model.kinds import KINDS

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))

FOREIGN = {  # written so that no pattern matches itself
    "address of a registry": re.compile(
        r"""index[-_]url|find[-_]links|trusted[-_]host|"resolved":\s*"http|registry\s*=\s*"?http"""
        r"""|https?://[^\s"']+(?:/simple\b|[.]whl\b|[.]tgz\b|[.]tar[.]gz\b)""",
        re.IGNORECASE,
    ),
    "path of a machine": re.compile(r"(?<![\w.])/(?:work|farm|root|home|Users)/"),
}


def git(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=check, capture_output=True)


def project_files() -> list[Path]:
    """All files that are in the repository, or would be with the next commit."""
    listed = git("ls-files", "-z", "--cached", "--others", "--exclude-standard").stdout
    paths = (ROOT / name for name in listed.decode().split("\0") if name)
    return sorted({path for path in paths if path.is_file()})


def foreign_lines(text: str) -> list[tuple[int, str]]:
    return [
        (number, what)
        for number, line in enumerate(text.splitlines(), start=1)
        for what, pattern in FOREIGN.items()
        if pattern.search(line)
    ]


def lock_entries(lock: Path) -> dict[str, tuple[str, list[str]]]:
    """Name -> (pinned requirement, hashes) of a lock; every line must be one of the known kinds."""
    entries: dict[str, tuple[str, list[str]]] = {}
    hashes: list[str] = []
    for line in lock.read_text(encoding="utf-8").splitlines():
        text = line.removesuffix("\\").strip()
        if not text or text.startswith("#"):
            continue
        if text.startswith("--hash="):
            hashes.append(text.removeprefix("--hash="))
            continue
        hashes = []
        name = canonicalize_name(Requirement(text).name)
        assert name not in entries, f"{lock.name}: {name} stands there twice"
        entries[name] = (text, hashes)
    return entries


def pin(text: str) -> str:
    (specifier,) = Requirement(text).specifier
    assert specifier.operator == "==", text
    return specifier.version


def test_no_file_names_a_registry_or_a_path_of_a_machine() -> None:
    found = []
    for path in project_files():
        content = path.read_bytes()
        if b"\0" not in content:
            lines = foreign_lines(content.decode(errors="replace"))
            found += [f"{path.relative_to(ROOT)}:{number}: {what}" for number, what in lines]
    assert found == []


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("--extra-index" + "-url https://example.org", "address of a registry"),
        ('"resolved": ' + '"https://example.org/a"', "address of a registry"),
        ("a @ https://example.org/a-1-py3-none-any." + "whl", "address of a registry"),
        ('path = "' + "/wo" + "rk/main/site" + '"', "path of a machine"),
        ("#!" + "/ro" + "ot/.venv/bin/python", "path of a machine"),
    ],
)
def test_what_belongs_to_one_machine_is_recognised(line: str, what: str) -> None:
    assert what in [found for _, found in foreign_lines(line)]


@pytest.mark.parametrize(
    "line",
    [
        "#!/usr/bin/env bash",
        "https://example.org/home/work/",
        "see network/root/ there",
        "../work/",
    ],
)
def test_what_works_everywhere_is_left_alone(line: str) -> None:
    assert foreign_lines(line) == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_entry_of_a_lock_is_pinned_and_hashed(lock: Path) -> None:
    entries = lock_entries(lock)
    assert entries
    for text, hashes in entries.values():
        assert pin(text)
        assert hashes, f"no hash for {text}"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes), text


def test_the_tests_run_with_the_versions_that_build_the_site() -> None:
    site, dev = (lock_entries(ROOT / "requirements" / name) for name in ("site.txt", "dev.txt"))
    assert {name: dev.get(name) for name in site} == site


@pytest.mark.parametrize(
    ("requirements", "lock"),
    [
        (PROJECT["project"]["dependencies"], "site.txt"),
        (PROJECT["dependency-groups"]["dev"], "dev.txt"),
        (PROJECT["dependency-groups"]["lock"], "lock.txt"),
    ],
    ids=["site", "dev", "lock"],
)
def test_every_dependency_is_explained_and_in_its_lock(requirements: list[str], lock: str) -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    entries = lock_entries(ROOT / "requirements" / lock)
    for text in requirements:
        requirement = Requirement(text)
        locked, _ = entries[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(pin(locked)), f"{locked} is not {text}: make lock"
        assert re.search(rf'"{re.escape(text)}"[],]* # \w+', project), f"why {text}?"


@pytest.mark.parametrize("path", ["build/en/mkdocs.yml", "site/index.html", ".venv/bin/python"])
def test_what_is_made_is_not_committed(path: str) -> None:
    assert git("check-ignore", "--quiet", path, check=False).returncode == 0


def test_editors_find_the_schema_of_every_content_file() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"] == {
        f"./schemas/{kind.name}.schema.json": f"content/facts/{kind.plural}/*.yaml"
        for kind in KINDS.values()
    } | {f"./schemas/{name}.schema.json": f"content/{files}" for name, (files, _) in FILES.items()}
