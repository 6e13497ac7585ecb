"""Content that chance has damaged, for whoever reads and checks it.

Real files are taken and bytes, tokens or lines of them changed, swapped, repeated or left out; the
seed says which, so that what was found can be made again. ``python -m tests.fuzzing SECONDS
[SEED]`` looks for as long as it is told.
"""

from __future__ import annotations

import random
import re
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.checks import check_store
from generator.errors import GeneratorError, Problem, ReportFormat, report
from generator.loading import read
from generator.project import Project
from generator.render import environment
from generator.store import Pieces, read_store
from generator.translation.command import po_export, po_import
from tests.attacks import ATTACKS, full_project
from tests.helpers import toy_project

# Seconds after which one file is taken to hang; a check takes less than one.
HANGS_AFTER = 60

_TOKEN = re.compile(rb"[A-Za-z0-9_-]+|\s+|.", re.DOTALL)
_SPECIAL = (
    *(
        b"\0",
        b"\t",
        b"\r",
        b"\x1b",
        b"\x85",
        b"\xff",
        b"\xfe\xff",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
    ),
    *(
        "\ufeff\u2028\u202e\u200b\ue003\u0301\u00a0Я".encode(),
        b"0",
        b"9" * 5000,
        b"-",
        b"1e9",
        b"1-\xc2\xb2",
    ),
    *(
        b"[",
        b"]",
        b"{",
        b"}",
        b":",
        b": ",
        b",",
        b"- ",
        b"? ",
        b"&a ",
        b"*a ",
        b"!!x ",
        b"|",
        b">",
        b"%",
    ),
    *(
        b"#",
        b"'",
        b'"',
        b"\\",
        b"\n",
        b"\n\n",
        b"\n---\n",
        b"\n...\n",
        b"<<: ",
        b"~",
        b"null",
        b"\\u0000",
    ),
    *(b"2021/2020", b"0000", b"9999/..", b"{fact:", b"{date:", b"](", b"<b>", b"\xe2\x80\x99"),
    *(text.encode("utf-8", "surrogatepass") for text in list(ATTACKS.values())[::9]),
)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The content of a file with one to four changes."""
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        data = chance.choice(_CHANGES)(data, chance)
    return data


def _byte(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + chance.randrange(2) :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[at + chance.choice((1, 2, 10, 100, len(data))) :]


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_SPECIAL) + data[at:]


def _token(data: bytes, chance: random.Random) -> bytes:
    """One word replaced by another, by something special or by nothing."""
    found = [match for match in _TOKEN.finditer(data) if match[0].strip()]
    if not found:
        return data
    old, other = chance.choice(found), chance.choice(found)[0]
    new = chance.choice((other, chance.choice(_SPECIAL), b"", old[0] * 2))
    return data[: old.start()] + new + data[old.end() :]


def _value(data: bytes, chance: random.Random) -> bytes:
    """What stands behind a colon replaced by another value or something special."""
    found = list(re.finditer(rb"(?<=: )[^\n,{}\[\]]+", data))
    if not found:
        return data
    old, other = chance.choice(found), chance.choice(found)[0]
    new = chance.choice((other, chance.choice(_SPECIAL)))
    return data[: old.start()] + new + data[old.end() :]


def _lines(data: bytes, chance: random.Random) -> bytes:
    """Lines swapped, left out, repeated or indented."""
    lines = data.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(5):
        case 0:
            lines[one], lines[other] = lines[other], lines[one]
        case 1:
            del lines[one]
        case 2:
            lines.insert(other, lines[one])
        case 3:
            lines[one] = b" " * chance.randrange(8) + lines[one].lstrip()
        case _:
            lines[one : one + 1] = lines[one : one + 1] * chance.choice((3, 300))
    return b"\n".join(lines)


_CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _byte, _cut, _insert, _insert, _token, _token, _value, _value, _lines,
)  # fmt: skip


class Hangs(BaseException):
    """It took too long."""


@contextmanager
def limited(seconds: int) -> Iterator[None]:
    """Raise Hangs if what is done inside takes longer."""

    def stop(_number: int, _frame: object) -> None:
        raise Hangs

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


class Fuzz:
    """A project whose files are damaged one at a time, or two, and put back."""

    def __init__(self, folder: Path, make: Callable[[Path], Project]) -> None:
        folder.mkdir()
        self.project = make(folder)
        self.files = sorted(self.project.content.rglob("*.yaml"))
        self.good = {path: path.read_bytes() for path in self.files}
        self.pieces: Pieces = {}
        self.env = environment(self.project.templates)
        read_store(self.project.content, self.pieces)
        self.language = _translated(self.project)
        self.catalogue = folder / "language.po"
        po_export(self.project, self.language, self.catalogue)
        self.po = self.catalogue.read_bytes()

    def once(self, seed: int) -> str | None:
        """Damage by this seed, read and check; return what is wrong with the answer."""
        chance = random.Random(seed)
        changed = {
            path: damaged(self.good[path], chance)
            for path in chance.sample(self.files, chance.choice((1, 1, 1, 2)))
        }
        for path, data in changed.items():
            path.write_bytes(data)
        try:
            with limited(HANGS_AFTER):
                problems = check_store(self._read())
                told = "".join(report(problems, style) for style in ReportFormat)
            return self._fault(problems, told)
        except Hangs:
            return "it hangs"
        except Exception:
            return traceback.format_exc()
        finally:
            for path in changed:
                path.write_bytes(self.good[path])

    def _read(self):  # type: ignore[no-untyped-def]  # a store
        return read(self.project, self.env, dict(self.pieces))

    def once_po(self, seed: int) -> str | None:
        """Damage a catalogue by this seed and import it; nothing may change but words."""
        chance = random.Random(seed)
        self.catalogue.write_bytes(damaged(self.po, chance))
        try:
            with limited(HANGS_AFTER):
                po_import(self.project, self.language, self.catalogue)
        except GeneratorError:
            pass
        except Hangs:
            return "it hangs"
        except Exception:
            return traceback.format_exc()
        finally:
            for path, data in self.good.items():
                if not path.exists() or path.read_bytes() != data:
                    path.write_bytes(data)
            for path in self.project.content.rglob("*.yaml"):
                if path not in self.good:
                    path.unlink()
        return None

    def _fault(self, problems: tuple[Problem, ...], told: str) -> str | None:
        for problem in problems:
            place = problem.place
            known = place.file.startswith(self.project.content.name)
            if not (known and place.line >= 1 and place.column >= 1 and problem.message):
                return f"no place: {problem!r}"
            if "\n" in str(problem) or not str(problem).isprintable():
                return f"not one line: {problem!r}"
            if len(str(problem)) > 2_000:
                return f"too long: {str(problem)[:300]}"
        return None if told.isascii() or told.encode() else "not to be written"


def _translated(project: Project) -> str:
    """A language that is not the source language."""
    site = read_store(project.content).site
    assert site is not None
    return next(code for code in site.codes if code != site.source_language)


def main() -> int:
    seconds = float(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())
    print(f"seed {seed}", flush=True)
    end, number = time.monotonic() + seconds, 0
    found: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        fuzzes = [
            Fuzz(Path(folder) / name, make)
            for name, make in (("full", full_project), ("toy", toy_project))
        ]
        while time.monotonic() < end:
            fuzz = fuzzes[number // 50 % 2]
            once = fuzz.once_po if number % 10 == 9 else fuzz.once
            fault = once(seed + number)
            if fault:
                key = fault.strip().splitlines()[-1][:100] + "".join(
                    re.findall(r"line \d+, in \w+", fault)[-1:]
                )
                found[key] = found.get(key, 0) + 1
                if found[key] == 1:
                    print(
                        f"--- seed {seed + number}, project {number // 50 % 2},"
                        f" {once.__name__}\n{fault}",
                        flush=True,
                    )
            number += 1
    print(f"{number} tries, {sum(found.values())} faults of {len(found)} kinds", flush=True)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
