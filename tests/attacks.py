"""Attacks on a site through its content, and every place of it where one can stand.

The places are not listed: they are all values and keys of a project that fills every field of
every kind (``everything.md``), of its words, vocabulary and settings, and of the files that
commands write. An attack that the check refuses has a problem at its place; the others are built
into a site and must come out as the plain text that they are.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import lxml.html
import yaml

from generator.checks import check_store
from generator.errors import Problem
from generator.loading import read
from generator.patterns import placeholders
from generator.pipeline import build
from generator.project import Project
from generator.render import environment
from tests.samples import BASE, ROOT, files_in, other_project

HIT = "window.__hit=1"
EVIL = "evil.example"

# fmt: off
MARKUP = {
    "script": f"<script>{HIT}</script>",
    "image": f'<img src=x onerror="{HIT}">',
    "drawing": f"<svg onload={HIT}><animate onbegin={HIT} attributeName=x dur=1s>",
    "end of attribute": f'" onmouseover="{HIT}" autofocus onfocus="{HIT}" x="',
    "end of attribute, single": f"' onfocus='{HIT}' autofocus x='",
    "end of tag": f'"><script>{HIT}</script>',
    "end of title": f"</title></head><body><script>{HIT}</script>",
    "end of script": f"</script><script>{HIT}</script>",
    "end of style": f"</style><script>{HIT}</script>",
    "end of drawing": f"</text></svg><script>{HIT}</script>",
    "end of cell": "</td></tr></table><h1>taken over</h1>",
    "end of page": "</main></body></html>",
    "comment": "<!-- from here on nothing",
    "end of comment": f"--><script>{HIT}</script>",
    "section": f"]]><script>{HIT}</script>",
    "declaration": '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>&y;',
    "instruction": '<?php echo 1 ?><?xml version="1.0"?>',
    "style": "<style>*{display:none}</style>",
    "base": f"<base href=//{EVIL}/>",
    "refresh": f'<meta http-equiv=refresh content="0;url=//{EVIL}">',
    "frame": f"<iframe srcdoc='<script>parent.{HIT}</script>'></iframe>",
    "form": f"<form action=//{EVIL}><button>x</button></form>",
    "link": f'<a href="javascript:{HIT}">x</a>',
    "half a tag": f"<img src=x onerror={HIT} //",
    "nested": f"<scr<script>ipt>{HIT}</scr</script>ipt>",
    "template": f"<template><script>{HIT}</script></template><details open ontoggle={HIT}>",
    "math": f"<math><mtext><table><mglyph><style><img src=x onerror={HIT}>",
    "references": f"&lt;script&gt;{HIT}&lt;/script&gt;",
    "references by number": f"&#60;script&#62;{HIT}&#x3c;/script&#x3e;",
    "half a reference": "&amp;lt; &#0; &#x110000; &notin",
}
MARKDOWN = {
    "heading": "# taken over", "second heading": "###### taken over {#x}",
    "underlined": "==== ----",
    "attributes": f'{{: onclick="{HIT}" style="x" #top .x }}', "attributes alone": "{: .x}",
    "script link": f"[x](javascript:{HIT})", "foreign link": f"[x](//{EVIL})",
    "reference": f"[x]: //{EVIL}", "reference used": "[x][x] [x][]",
    "picture": f"![x](//{EVIL}/x.png)",
    "autolink": f"<https://{EVIL}> <x@{EVIL}>", "bare address": f"https://{EVIL}/x www.{EVIL}",
    "code": "`x` ``y`` ~~~", "fence": "``` html", "tilde fence": "~~~", "block of code": "\tx",
    "quotation": "> x", "item": "- x", "starred": "* x", "plus": "+ x", "numbered": "1. x",
    "numbered, other": "1) x", "rule": "***", "dashes": "---", "table": "| a | b |",
    "note": "[^1] [^1]: x", "contents": "[TOC]", "emphasis": "*a* _b_ **c** __d__ ~e~ ^f^",
    "backslash": "\\", "backslashes": "\\<b\\> \\[x\\]", "admonition": "!!! danger",
    "abbreviation": "*[x]: y", "snippet": '--8<-- "/etc/passwd"', "definition": ": x",
    "placeholders": "{number} {value} {date} {page} {site} {kind}", "fact": "{fact:nothing}",
    "date": "{date:nothing.date}", "field": "{date:north.__class__}",
    "link to nothing": "[x](nothing)",
    "stashed": "\u0002wzxhzdk:0\u0003", "stashed in words": "wzxhzdk:0 klzzwxh:0000",
}
TEMPLATES = {
    "expression": "{{ 7*7 }}", "statement": "{% include 'pages/home.md.j2' %}", "remark": "{# x #}",
    "class": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "format": "{0.__class__} %s %(x)s ${x} #{x}",
}
TABLES = {
    "formula": '=HYPERLINK("//evil.example","x")', "plus formula": "+1+1", "minus formula": "-1+1",
    "function": "@SUM(A1:A9)", "wide formula": "＝1+1", "wide at": "＠SUM(A1)",
    "spaced formula": "\u00a0=1+1", "delimiters": '",;\t"',
    "statement of SQL": "'; DROP TABLE records;--",
}
REFERENCES = {
    "end of entry": "x}, note = {taken over", "entry": "@article{x, title={y}}",
    "half a brace": "}",
    "other half": "{", "command": "\\input{/etc/passwd} $x$ % #", "join": 'x" # "y',
    "and": "A and B and others", "end of reference": "ER  - ", "type of reference": "TY  - BOOK",
    "end of event": "END:VEVENT", "properties": "x;y,z:w\\nBEGIN:VALARM", "object": '"},{"x":"y',
    "prototype": "__proto__", "escaped": "\\u003cscript\\u003e", "end of text": "</text>",
}
ADDRESSES = {
    "script address": f"javascript:{HIT}", "script address, cases": f"JaVaScRiPt:{HIT}",
    "script address, coded": f"javascript&colon;{HIT}",
    "script address, path": f"javascript://x/%0a{HIT}",
    "data address": f"data:text/html,<script>{HIT}</script>", "other script": "vbscript:x",
    "no scheme": f"//{EVIL}/x", "half a scheme": f"https:{EVIL}",
    "backslashes of a share": f"\\\\{EVIL}\\x",
    "user": f"https://example.org@{EVIL}/", "brackets": "https://[x/", "no host": "https:///x",
    "wide letters": "https://ｅvil.example/", "two alphabets": "https://exаmple.org/",
    "port": "https://example.org:99999999/", "file": "file:///etc/passwd",
    "spaces": "https://example.org/ x",
    "ends of line": "https://example.org/%0d%0aSet-Cookie:x",
    "quotes": 'https://example.org/"onclick="x',
    "half escapes": "https://example.org/%zz%", "address": f"https://{EVIL}/?<script>",
}
PATHS = {
    "above": "../../../etc/passwd", "absolute": "/etc/passwd", "drive": "C:\\x", "device": "con",
    "device with ending": "nul.yaml", "folder": "a/b", "here": ".", "there": "..",
    "capital": "NORTH",
    "hidden": ".git", "percent": "%2e%2e%2f", "list": "by-year", "own folder": "assets",
}
UNSEEN = {
    "other direction": "a\u202egnp.exe\u202c", "isolate": "\u2066x\u2069",
    "mark of direction": "x\u200fy",
    "no width": "a\u200bb", "soft hyphen": "a\u00adb", "joiner": "a\u200db",
    "private use": "\ue003de\ue004x\ue005",
    "half a mark": "\ue005\ue005x", "preview": "\ue0001\ue001x\ue002",
    "tags": "x\U000e0041\U000e007f",
    "pile": "a" + "\u0334" * 60, "other letters": "раyраl", "line": "a\u2028b",
    "next line": "a\x85b",
    "mark of order": "\ufeffx", "zero": "a\0b", "terminal": "\x1b[31mx\x1b]0;x\x07",
    "delete": "a\x7fb",
    "filler": "a\u3164b", "no character": "a\ufdd0\U0001fffeb", "lines": "a\nb", "return": "a\rb",
    "only spaces": "\u00a0\u2003", "variations": "x\ufe0f\ufe0f\ufe0f\ufe0f",
    "beyond": "\U0010ffff",
}
NUMBERS = {
    "exponent": "1e999999", "many digits": "9" * 3_900, "more than fit": "9" * 19,
    "below zero": "-1",
    "hexadecimal": "0x10", "no number": "NaN", "without end": "Infinity", "other digits": "٣",
    "half": "½",
    "superscript": "1-²", "last day": "9999-12-31", "first year": "0001", "no year": "0000",
    "backwards": "2021/2020",
    "no day": "2020-02-30", "since ever": "../9999", "for ever": "0001/..",
    "all of it": "0001/9999",
}
LONG = {
    "word": "W" * 3_900, "words": "w " * 1_900 + "w", "too long": "x" * 5_000, "round": "(" * 3_000,
    "square": "[" * 3_000, "curly": "{" * 3_000, "links": "[a](" * 900, "angle": "<a " * 1_200,
    "double quotes": '"' * 3_000, "other quotes": "«" * 3_000, "commas": "," * 3_000,
    "hyphens": "x" + " - x" * 900,
    "apostrophes": "a’" * 1_500, "ands": "&" * 3_000, "stars": "*a" * 1_500, "bars": "_a" * 1_500,
    "breaks": "a\u00a0" * 1_500 + "a", "ticks": "`" * 3_001, "marks": "a\u0301" * 1_500,
    "backslashes, many": "\\" * 3_000,
    "tags, many": "<a>" * 1_000, "starred words": ", ".join(["*a* b* *c"] * 300),
}
YAML_ = {
    "tag": "!!python/object/apply:os.system [x]", "alias": "*x", "anchor": "&x y", "merge": "<<",
    "directive": "%YAML 1.1", "colon": "a: b", "hash": "a #b", "nothing": "~", "truth": "NO",
    "equals": "=",
    "list": "[a, b]", "mapping": "{a: b}", "question": "? x", "document": "--- x", "dots": "...",
}
# fmt: on
ATTACKS: Mapping[str, str] = {
    **MARKUP,
    **MARKDOWN,
    **TEMPLATES,
    **TABLES,
    **REFERENCES,
    **ADDRESSES,
    **PATHS,
    **UNSEEN,
    **NUMBERS,
    **LONG,
    **{f"{name} of YAML": text for name, text in YAML_.items()},
}  # fmt: skip
#: What obeys whoever reads it only at the beginning of a line or value.
HARMLESS = "plain words"

Path_ = tuple[str | int, ...]
Tree = dict[str, Any]


@dataclass(frozen=True, order=True)
class Slot:
    """A place for an attack: a value, or with ``is_key`` the key that leads to it."""

    file: str
    path: tuple[str | int, ...]
    is_key: bool = False

    def __str__(self) -> str:
        return f"{self.file} {'.'.join(map(str, self.path))}{' (key)' if self.is_key else ''}"


def full_project(root: Path) -> Project:
    """A project in a new folder whose records fill every field, in the languages of ``other/``."""
    project = other_project(root)
    content = project.content
    vocabulary = content / "facts" / "vocabulary.yaml"
    kept = vocabulary.read_bytes()
    shutil.rmtree(content / "facts")
    shutil.copytree(BASE / "facts", content / "facts")
    vocabulary.write_bytes(kept)
    for folder in (content / "words").iterdir():
        for path in folder.iterdir():
            if path.stem not in ("interface", "terms", "values"):
                path.unlink()
    files = files_in((ROOT / "tests" / "everything.md").read_text("utf-8"))
    files.update(_FURTHER)
    for name, text in files.items():
        parts = name.split("/")
        for name_ in (
            [f"words/{lang}/{parts[2]}" for lang in ("fr", "pl")] if parts[0] == "words" else [name]
        ):
            path = content / name_
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    settings = content / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + _SETTINGS, "utf-8")
    path = content / "facts" / "sources" / "base.yaml"
    path.write_text(
        path.read_text("utf-8").replace("missing: true}", "missing: true, unused: true}")
    )
    path = content / "facts" / "persons" / "p.yaml"
    path.write_text(path.read_text("utf-8").replace("second: {", f"second: {{{_SHOWN}, "), "utf-8")
    path = content / "facts" / "districts" / "d.yaml"
    path.write_text(path.read_text("utf-8").replace("edge: {", f"edge: {{{_SHOWN}, "), "utf-8")
    return project


_SHOWN = (
    "figures: {x: {measure: pupils, period: 2019, value: 3, unit: pupil,"
    " share: {fraction: half, whole: all-exchanges}}}"
)
_SETTINGS = """
report: "https://example.net/new?title={title}&body={address}"
licence: {id: CC0-1.0, address: "https://example.net/licence"}
earliest: 1900
version: 1.0.0
published: 2021-06-30
authority: example.net
at_least: {region: 1}
"""
_FURTHER = {
    "removed.yaml": (
        "gone: {kind: region, removed: 2021-01-01, reason: duplicate, successors: [north]}\n"
    ),
    "exceptions.yaml": 'pl:\n  same-as-source:\n    north.name: "a reason"\n',
    "stamps/pl.yaml": "north.name: 0123456789ab\n",
    "ledger/n-4.yaml": '"7-8": {hash: 0123456789ab, records: [north]}\n',
    "history.yaml": "north: {added: 2021-01-01, changed: 2021-01-01, hash: 0123456789ab}\n",
    "words/fr/spelling.yaml": 'marks-not: "^"\nvowels: "aeiou"\n',
    "words/fr/glossary.yaml": 'term.x: "qqq"\n',
}


def trees(project: Project) -> Tree:
    """Every content file as plain values: all scalars as texts."""
    return {
        path.relative_to(project.content).as_posix(): yaml.load(
            path.read_text("utf-8"), yaml.CBaseLoader
        )
        for path in sorted(project.content.rglob("*.yaml"))
    }


def slots(tree: Tree) -> list[Slot]:
    """All places for attacks, in order."""
    return sorted(slot for file, value in tree.items() for slot in _slots(file, value, ()))


def _slots(file: str, value: Any, path: Path_) -> Iterator[Slot]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield Slot(file, (*path, key), is_key=True)
            yield from _slots(file, inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _slots(file, inner, (*path, index))
    else:
        yield Slot(file, path)


def attacked(tree: Tree, texts: Mapping[Slot, str]) -> tuple[dict[str, str], dict[Slot, int]]:
    """The files that hold the attacks, and the line of each attack in its file.

    Every key and item has a line of its own, so that a problem tells which attack it is about.
    """
    by_file: dict[str, dict[Slot, str]] = {}
    for slot, text in texts.items():
        by_file.setdefault(slot.file, {})[slot] = text
    written, lines = {}, {}
    for file, own in by_file.items():
        out = _Writer(file, own)
        out.write(tree[file], (), 0)
        written[file] = "\n".join(out.lines) + "\n"
        lines.update(out.places)
    return written, lines


class _Writer:
    """Writes YAML in which every scalar has a line of its own, in double quotation marks."""

    def __init__(self, file: str, texts: Mapping[Slot, str]) -> None:
        self.file = file
        self.texts = texts
        self.lines: list[str] = []
        self.places: dict[Slot, int] = {}

    def write(self, value: Any, path: Path_, depth: int, head: str = "") -> None:
        pad = "  " * depth
        if isinstance(value, dict) and value:
            self._begin(head)
            for key, inner in value.items():
                slot = Slot(self.file, (*path, key), is_key=True)
                text = self.texts.get(slot, key)
                if slot in self.texts:
                    self.places[slot] = len(self.lines) + 1
                self.write(inner, (*path, key), depth + 1, f"{pad}{_scalar(text, key == text)}:")
        elif isinstance(value, list) and value:
            self._begin(head)
            for index, inner in enumerate(value):
                if isinstance(inner, dict | list):
                    self.lines.append(f"{pad}-")
                    self.write(inner, (*path, index), depth + 1)
                else:
                    self.write(inner, (*path, index), depth + 1, f"{pad}-")
        else:
            slot = Slot(self.file, path)
            if slot in self.texts:
                self.places[slot] = len(self.lines) + 1
            text = self.texts.get(slot, value)
            if isinstance(text, str):
                self.lines.append(f"{head} {_scalar(text, False)}".strip("\n"))
            else:
                self.lines.append(f"{head} {'{}' if isinstance(text, dict) else '[]'}")

    def _begin(self, head: str) -> None:
        if head:
            self.lines.append(head)


def _scalar(text: str, plain: bool) -> str:
    if plain and text.replace("-", "").replace("_", "").replace(".", "").isalnum():
        return text
    escaped = "".join(
        f"\\{c}" if c in '"\\' else c if c.isprintable() else _escape(c) for c in text
    )
    return f'"{escaped}"'


def _escape(char: str) -> str:
    number = ord(char)
    return f"\\x{number:02x}" if number < 256 else f"\\U{number:08x}"


@dataclass(frozen=True)
class Said:
    """What the check says of attacks: the errors at the line of each, and all others."""

    at: Mapping[Slot, list[Problem]]
    others: list[Problem]


@cache
def _env(templates: Path) -> jinja2.Environment:
    return environment(templates)


def said_of(project: Project, tree: Tree, texts: Mapping[Slot, str]) -> Said:
    """Write the attacks into the content, check it, and put everything back."""
    files, lines = attacked(tree, texts)
    for file, text in files.items():
        (project.content / file).write_text(text, "utf-8")
    by_line = {(f"content/{slot.file}", line): slot for slot, line in lines.items()}
    found: dict[Slot, list[Problem]] = {slot: [] for slot in texts}
    others: list[Problem] = []
    for problem in check_store(read(project, _env(project.templates))):
        if problem.severity == "error":
            slot = by_line.get((problem.place.file, problem.place.line))
            (found[slot] if slot else others).append(problem)
    restore(project, tree, files)
    return Said(found, others)


def accepted(project: Project, tree: Tree, texts: Mapping[Slot, str]) -> set[Slot]:
    """The places where the check has nothing against the attacks, neither there nor elsewhere.

    All are tried at once, then without those that are refused, until nothing is; if only other
    places show that something is wrong, each half is tried alone.
    """
    left = dict(texts)
    while left:
        said = said_of(project, tree, left)
        refused = {slot for slot in left if said.at[slot]}
        if not refused and not said.others:
            return set(left)
        if not refused:
            if len(left) == 1:
                return set()
            every = sorted(left)
            halves = (every[: len(every) // 2], every[len(every) // 2 :])
            one, other = (
                accepted(project, tree, {slot: left[slot] for slot in half}) for half in halves
            )
            kept = one | other
            if len(kept) == len(left):  # only together
                return one
            left = {slot: left[slot] for slot in kept}
            continue
        left = {slot: text for slot, text in left.items() if slot not in refused}
    return set()


#: Groups whose attacks are tried apart: settings decide how the rest is looked at.
_GROUPS = ("spelling.yaml", "glossary.yaml", "site.yaml", "vocabulary.yaml")
_ALIKE = ("interface.yaml", "terms.yaml", "values.yaml")
_SOME = 23


def groups_of(every: Iterable[Slot]) -> dict[str, list[Slot]]:
    """Values by groups to attack together; of texts of the interface, which are alike, some."""
    found: dict[str, list[Slot]] = {}
    for slot in every:
        if slot.is_key or (slot.file.endswith(_ALIKE) and _number(slot) % _SOME):
            continue
        group = next((name for name in _GROUPS if slot.file.endswith(name)), "")
        found.setdefault(group, []).append(slot)
    return found


def said_as(text: str, slot: Slot, tree: Tree) -> str:
    """An attack as a text of a place: with its own word, and the values that a pattern holds."""
    value: Any = tree[slot.file]
    for step in slot.path:
        value = value[step]
    names = "".join(f" {{{name}}}" for name in dict.fromkeys(placeholders(str(value))))
    return f"{text} {token_of(slot)}{names if _is_word(slot) else ''}"


def token_of(slot: Slot) -> str:
    """A word of letters that is that of this place alone, and of its translations."""
    number = _number(slot)
    letters = ""
    for _ in range(7):
        number, letter = divmod(number, 23)
        letters += "bcdfghjklmnpqrstvwxzaeu"[letter]
    return f"q{letters}"


def _number(slot: Slot) -> int:
    file = slot.file.partition("/")[2].partition("/")[2] if _is_word(slot) else slot.file
    return int(hashlib.sha256(f"{file} {slot.path}".encode()).hexdigest()[:8], 16)


def _is_word(slot: Slot) -> bool:
    return slot.file.startswith("words/")


def restore(project: Project, tree: Tree, files: Iterable[str]) -> None:
    """Write files as they were."""
    for file in files:
        out = _Writer(file, {})
        out.write(tree[file], (), 0)
        (project.content / file).write_text("\n".join(out.lines) + "\n", "utf-8")


def assigned(tree: Tree, free: Iterable[Slot], round_: int, rounds: int) -> dict[Slot, str]:
    """An attack for every place that takes any text; over all rounds each place gets each one."""
    names = list(ATTACKS)
    step = -(-len(names) // rounds)
    # A string and its translation get the same.
    order = {token: at for at, token in enumerate(sorted({token_of(slot) for slot in free}))}
    return {
        slot: said_as(
            ATTACKS[names[(order[token_of(slot)] + round_ * step) % len(names)]], slot, tree
        )
        for slot in free
    }


def write(project: Project, tree: Tree, texts: Mapping[Slot, str]) -> None:
    """Write attacks into the content, and all else as it was."""
    restore(project, tree, tree)
    for file, text in attacked(tree, texts)[0].items():
        (project.content / file).write_text(text, "utf-8")


def shape_of(html: str) -> Counter[tuple[str, ...]]:
    """The elements of a page, each with those around it and the names of its attributes.

    Texts and their languages do not count, nor the order of elements, which follows names.
    """
    found: Counter[tuple[str, ...]] = Counter()
    for element in lxml.html.document_fromstring(html).iter():
        if not isinstance(element.tag, str):
            found[("comment or instruction",)] += 1
            continue
        around = [str(one.tag) for one in element.iterancestors()]
        names = sorted(str(name) for name in element.attrib if name != "lang")
        found[(element.tag, *around, *names)] += 1
    return found


def built(root: Path, round_: int | None, rounds: int) -> Project:
    """A project in a new folder with a round of attacks, or with harmless words, built."""
    project = full_project(root)
    tree = trees(project)
    groups = groups_of(slots(tree))
    free = {
        slot
        for name in ("", "site.yaml", "vocabulary.yaml")
        for slot in accepted(
            project, tree, {slot: said_as(HARMLESS, slot, tree) for slot in groups[name]}
        )
    }
    texts = {slot: said_as(HARMLESS, slot, tree) for slot in free}
    if round_ is not None:
        wanted = assigned(tree, free, round_, rounds)
        texts.update({slot: wanted[slot] for slot in accepted(project, tree, wanted)})
    write(project, tree, texts)
    build(project)
    return project


def shapes(project: Project) -> dict[str, Counter[tuple[str, ...]]]:
    """The shapes of all pages of a site, by path."""
    return {
        path.relative_to(project.site).as_posix(): shape_of(path.read_text("utf-8"))
        for path in sorted(project.site.rglob("*.html"))
    }
