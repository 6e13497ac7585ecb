"""What this machine has and lacks for what one may want to do with the project.

Each question is a small function that answers with findings and changes nothing that stays. Only
what a site needs decides whether one can be built; the rest is for tests, printing and checkers.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import yaml

from generator.errors import BuildError
from generator.exchange import in_one_step, lock
from generator.project import Project

CODE = Path(__file__).parent.parent
SITE, TESTS, PDF, CHECKERS = "site", "tests", "pdf", "checkers"
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")  # as in .ci/tools
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[.*?\])?==([^\s;\\]+)(?:\s*;\s*([^\\\n]+))?", re.M)
_NEEDED_SPACE = 1 << 30  # two sites, the engine's output and a memory, and room to breathe


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what it is for, what was looked at, whether it will do, and what to do if not.

    Without ``needed`` the lack is no fault: something is slower, or a comfort is missing.
    """

    purpose: str
    name: str
    ok: bool
    text: str
    needed: bool = True

    def __str__(self) -> str:
        state = "ok" if self.ok else "missing" if self.needed else "note"
        return f"{self.purpose:9} {state:8} {self.name}: {self.text}"


def examine(project: Project) -> list[Finding]:
    """Everything that was found, in the order of the questions."""
    return [finding for question in _QUESTIONS for finding in question(project)]


def can_build(findings: list[Finding]) -> bool:
    """Whether nothing is missing that a site needs."""
    return all(one.ok or not one.needed for one in findings if one.purpose == SITE)


def as_json(findings: list[Finding]) -> str:
    """The findings for machines."""
    rows = [asdict(finding) for finding in findings]
    text = json.dumps({"site": can_build(findings), "findings": rows}, ensure_ascii=False, indent=2)
    return f"{text}\n"


def _python(_: Project) -> Iterator[Finding]:
    have = ".".join(map(str, sys.version_info[:3]))
    found = re.search(r'requires-python = ">=([\d.]+)"', _read(CODE / "pyproject.toml"))
    least = found[1] if found else "3.11"
    ok = sys.version_info[:2] >= tuple(map(int, least.split(".")))
    yield Finding(
        SITE, "Python", ok, have if ok else f"{have} is older than {least}; install a newer one"
    )


def _packages(_: Project) -> Iterator[Finding]:
    for purpose, name, target in (
        (SITE, "site", "site"),
        (TESTS, "dev", "test"),
    ):
        wrong = sorted(_unlike(_read(CODE / "requirements" / f"{name}.txt")))
        yield Finding(
            purpose,
            "Python packages",
            not wrong,
            f"as locked in requirements/{name}.txt"
            if not wrong
            else f"{_some(wrong)}; run: make {target}",
        )


def _unlike(locked: str) -> Iterator[str]:
    """What is not installed in the version of a lock, for this Python and this system."""
    for name, wanted, marker in _PINNED.findall(locked):
        if marker and not _applies(marker):
            continue
        try:
            have = version(name)
        except PackageNotFoundError:
            yield f"{name} is not there"
            continue
        if have != wanted:
            yield f"{name} is {have}, not {wanted}"


def _applies(marker: str) -> bool:
    try:
        from packaging.markers import Marker
    except ImportError:
        return False
    return Marker(marker).evaluate()


def _loader(_: Project) -> Iterator[Finding]:
    ok = bool(getattr(yaml, "__with_libyaml__", False))
    yield Finding(
        SITE,
        "libyaml",
        ok,
        "content is read by the C loader of PyYAML"
        if ok
        else "PyYAML was built without it, and reads ten times slower; install a wheel of PyYAML",
        needed=False,
    )


def _folders(project: Project) -> Iterator[Finding]:
    for folder in (project.build, project.site):
        place = folder if folder.exists() else folder.parent
        ok = place.is_dir() and os.access(place, os.W_OK | os.X_OK)
        text = "can be written" if ok else f"{place} cannot be written by this user; chown or chmod"
        yield Finding(SITE, f"folder {folder.name}/", ok, text)


def _file_system(project: Project) -> Iterator[Finding]:
    try:
        with tempfile.TemporaryDirectory(prefix=".doctor-", dir=project.root) as name:
            yield from _file_system_of(Path(name))
    except OSError as error:
        text = f"cannot be tried in {project.root}: {error.strerror}"
        yield Finding(SITE, "file system", False, text)


def _file_system_of(folder: Path) -> Iterator[Finding]:
    ok = in_one_step(folder)
    yield Finding(
        SITE,
        "exchange of folders",
        ok,
        "in one step"
        if ok
        else "this file system has none; between two renames the site is away for an instant",
        needed=False,
    )
    (folder / "file").touch()
    try:
        os.link(folder / "file", folder / "link")
        ok = True
    except OSError:
        ok = False
    text = "can be made" if ok else "this file system has none; unchanged files are copied"
    yield Finding(SITE, "hard links", ok, text, needed=False)


def _space(project: Project) -> Iterator[Finding]:
    free = shutil.disk_usage(project.root).free
    ok = free >= _NEEDED_SPACE
    text = f"{free / (1 << 30):.1f} GiB free"
    yield Finding(SITE, "space", ok, text if ok else f"{text}, one is needed; make room")


def _running(project: Project) -> Iterator[Finding]:
    ok, text = True, "no other build; a lock never outlives its process"
    if project.build.is_dir():
        try:
            with lock(project.build):
                pass
        except BuildError as error:
            ok, text = False, str(error)
    yield Finding(SITE, "lock", ok, text)


def _git(_: Project) -> Iterator[Finding]:
    ok = shutil.which("git") is not None
    text = "is there" if ok else "is not there, and no build needs it"
    yield Finding(SITE, "git", ok, text, needed=False)


def _chromium(_: Project) -> Iterator[Finding]:
    named = os.environ.get("CHROMIUM")
    names = (named,) if named else _CHROMIUM
    found = next((path for name in names if (path := shutil.which(name))), None)
    lack = "install it (Debian: apt-get install chromium), or set CHROMIUM to the path of one"
    for purpose in (PDF, TESTS):
        yield Finding(purpose, "Chromium", found is not None, found or lack)


def _fonts(project: Project) -> Iterator[Finding]:
    if not shutil.which("fc-list"):
        yield Finding(PDF, "fonts", False, "there is no fc-list (fontconfig) to ask", needed=False)
        return
    for folder in sorted((project.content / "words").glob("*")):
        letters = {c for c in _read(folder / "interface.yaml") if c.isalpha()}
        if not letters:
            continue
        asked = ":charset=" + " ".join(f"{ord(letter):x}" for letter in sorted(letters))
        ok = bool(_said("fc-list", asked, "family").strip())
        yield Finding(
            PDF,
            f"fonts for {folder.name}",
            ok,
            "have its letters" if ok else "none has all letters (Debian: fonts-dejavu-core)",
        )


def _java(_: Project) -> Iterator[Finding]:
    ok = shutil.which("java") is not None
    text = "is there" if ok else "install one (Debian: apt-get install default-jre-headless)"
    yield Finding(CHECKERS, "Java", ok, text)


def _npm(_: Project) -> Iterator[Finding]:
    wanted = _npm_versions(CODE / "package-lock.json")
    have = _npm_versions(CODE / "node_modules/.package-lock.json")
    lacking = sorted(
        path.rpartition("node_modules/")[2] for path in wanted if wanted[path] != have.get(path)
    )
    text = f"{_some(lacking)} not as in package-lock.json; run: make test, or npm ci"
    yield Finding(
        CHECKERS, "npm packages", not lacking, text if lacking else "as in package-lock.json"
    )


def _npm_versions(path: Path) -> dict[str, str]:
    try:
        packages = json.loads(_read(path) or "{}").get("packages", {})
    except ValueError:
        return {}
    return {
        name: one["version"]
        for name, one in packages.items()
        if name and not one.get("optional") and "version" in one
    }


def _some(names: list[str]) -> str:
    """The first few of many."""
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more


def _said(*command: str) -> str:
    """What a program says; nothing if it cannot be asked."""
    try:
        return subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=20, errors="replace"
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


_QUESTIONS: tuple[Callable[[Project], Iterator[Finding]], ...] = (
    _python,
    _packages,
    _loader,
    _folders,
    _file_system,
    _space,
    _running,
    _git,
    _chromium,
    _fonts,
    _java,
    _npm,
)
