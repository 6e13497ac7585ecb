"""Reading YAML: what is refused and where, what stays text, and that nothing ever raises."""

from __future__ import annotations

import ast
import os
import re
import socket
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import source
from generator.errors import Place, Problem
from generator.source import MAX_BYTES, RULES, Node, Scalar, find_files, read_file, read_yaml

FILE = "facts/regions/north.yaml"


def problems(data: bytes | str) -> list[Problem]:
    return read_yaml(data.encode() if isinstance(data, str) else data, FILE)[1]


def places(data: bytes | str) -> list[tuple[str, int, int]]:
    found = problems(data)
    assert all(problem.place.file == FILE for problem in found)
    return [(problem.rule, problem.place.line, problem.place.column) for problem in found]


def read(text: str) -> Node:
    node, found = read_yaml(text.encode(), FILE)
    assert found == []
    assert node is not None
    return node


# ---- what is refused, and where ------------------------------------------------------------------

WHOLE_FILES: list[tuple[bytes, str, int, int]] = [
    (b"", "empty-file", 1, 1),
    (b"\n\n  \n", "empty-file", 1, 1),
    (b"# only a comment\n", "empty-file", 1, 1),
    (b"---\n", "empty-file", 1, 1),
    (b"~\n", "empty-file", 1, 1),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary-file", 1, 1),
    (b"a: 1\nb: \x00\n", "binary-file", 2, 4),
    (b"a: 1\nb: \x01\xff\n", "binary-file", 2, 4),
    ("a: 1\n".encode("utf-16"), "utf-16", 1, 1),
    ("a: 1\n".encode("utf-16-be"), "utf-16", 1, 1),
    ("a: 1\n".encode("utf-32"), "utf-16", 1, 1),
    (b"a: 1\nb: Stra\xdfe\n", "not-utf-8", 2, 8),
    ("a: ü".encode() + b"\xfc\n", "not-utf-8", 1, 5),
    (b"a: 1\nb: \xc3", "not-utf-8", 2, 4),
    (b"\xef\xbb\xbfa: 1\n", "byte-order-mark", 1, 1),
    (b"a: 1\rb: 2\r", "line-ends", 1, 5),
    (b"a: 1\r\nb: 2\rc: 3\n", "line-ends", 2, 5),
    (b"- a: 1\n- b: 2\n", "not-a-mapping", 1, 1),
    (b"\n  just a text\n", "not-a-mapping", 2, 3),
]

CHARACTERS: list[tuple[str, str, int, int]] = [
    ("a:\n\tb: 1\n", "tab-indentation", 2, 1),
    ("a:\n  \tb: 1\n", "tab-indentation", 2, 3),
    ("a:\n  -\tb: 1\n", "tab-indentation", 2, 4),
    ("a:\n\t- 1\n\t- 2\n", "tab-indentation", 2, 1),
    ("a: [1,\n\t2]\n", "tab-indentation", 2, 1),
    ("a:\n\xa0\xa0b: 1\n", "unicode-space", 2, 1),
    ("a:\n \u3000b: 1\n", "unicode-space", 2, 2),
    ("a: 1\n\xa0\nb: 2\n", "unicode-space", 2, 1),
    ("a: 1\n\u2003# comment\n", "unicode-space", 2, 1),
    ("a:\n  -\xa0b\n", "unicode-space", 2, 4),
    ("a:\xa0b\nc: d\n", "unicode-space", 1, 3),
    ('"a": \u202f"b"\n', "unicode-space", 1, 6),
    ("a:\n  - of:\u2009b\n", "unicode-space", 2, 8),
    ("a: {of:\xa0b}\n", "unicode-space", 1, 8),
    ("a\xa0: b\n", "unicode-space", 1, 2),
    ("a: b\xa0\n", "unicode-space", 1, 5),
    ("a: b\xa0# comment\n", "unicode-space", 1, 5),
    ("a: b\x07c\n", "control-character", 1, 5),
    ("a: b\x85c\n", "control-character", 1, 5),
    ("a: b\u2028c\n", "control-character", 1, 5),
    ("a: b\ufeffc\n", "control-character", 1, 5),
    ("# \x1b[31m\na: b\n", "control-character", 1, 3),
    ('a: "\\0"\n', "control-character", 1, 4),
    ('a: "\\r"\n', "control-character", 1, 4),
    ("a: b\u202ec\n", "bidi-control", 1, 5),
    ("a: b\u2066c\n", "bidi-control", 1, 5),
    ('a: "\\u202e"\n', "bidi-control", 1, 4),
    ("a: Cafe\u0301\n", "not-nfc", 1, 7),
    ('a: "Cafe\u0301"\n', "not-nfc", 1, 8),
    ('a: "Caf\\u0065\\u0301"\n', "not-nfc", 1, 4),
    ("e\u0301: b\n", "not-nfc", 1, 1),
    ("a: " + "x" * 100 + "\u212b\n", "not-nfc", 1, 104),
]

STRUCTURE: list[tuple[str, str, int, int]] = [
    ("a: 1\nb: 2\na: 3\n", "duplicate-key", 3, 1),
    ("a:\n  b: 1\n  b: 2\n", "duplicate-key", 3, 3),
    ("a: {b: 1, 'b': 2}\n", "duplicate-key", 1, 11),
    ("north: 1\nNorth: 2\n", "same-id", 2, 1),
    ("straße: 1\nSTRASSE: 2\n", "same-id", 2, 1),
    ("a:\n  <<: {b: 1}\n", "merge-key", 2, 3),
    ("a: !x b\n", "tag", 1, 4),
    ("a: !!python/object:os.system b\n", "tag", 1, 4),
    ("a: !!int 1\n", "tag", 1, 4),
    ("a: !!map {b: 1}\n", "tag", 1, 4),
    ("a: !foo!bar b\n", "tag", 1, 4),
    ("a: !<x b\n", "tag", 1, 4),
    ("a: &x b\n", "anchor", 1, 4),
    ("a: &x [b]\n", "anchor", 1, 4),
    ("a: & b\n", "anchor", 1, 4),
    ("a: *x\n", "alias", 1, 4),
    ("a: *important* text\n", "alias", 1, 4),
    ("a: 1\n---\nb: 2\n", "several-documents", 2, 1),
    ("a: 1\n...\nb: 2\n", "several-documents", 3, 1),
    ("%YAML 1.2\n---\na: 1\n", "directive", 1, 1),
    ("%YAML 9.9\n---\na: 1\n", "directive", 1, 1),
    ("%TAG ! x:\n---\na: 1\n", "directive", 1, 1),
    ("%OTHER\n---\na: 1\n", "directive", 1, 1),
    ("a: {{ b }}\n", "key-not-text", 1, 5),
    ("? [a]\n: b\n", "key-not-text", 1, 3),
    ("a: 1\n: b\n", "key-not-text", 2, 1),
    ("~: b\n", "key-not-text", 1, 1),
    ("a:" + " [" * 12 + "]" * 12 + "\n", "too-deep", 1, 26),
]

SYNTAX: list[tuple[str, int, int, str]] = [
    ("a: b: c\n", 1, 5, "a colon stands inside an unquoted text"),
    ("a: 1\n b: 2\n", 2, 3, "this key cannot stand here"),
    ("a:\n  b: 1\n c: 2\n", 3, 2, "the indentation differs"),
    ("a:\n  b: 1\n  - c\n", 3, 3, "the indentation differs"),
    ("a:\n  - b\n  c\nd: 1\n", 3, 3, "no colon after its key"),
    ("a:\n  - b\n  c: 1\n", 3, 3, "does not fit the list"),
    ("  a: 1\nb: 2\n", 2, 1, "indented less than the first"),
    ("a: 1\nb\nc: 2\n", 2, 1, "no colon after its key"),
    ("a: - b\n", 1, 4, "a list item cannot begin here"),
    ('a: "b" c\n', 1, 8, "text follows a value that has ended"),
    ('a: "b\nc: 1\n', 1, 4, "is never closed"),
    ('a: "b\nc: "d"\n', 1, 4, "is closed only in line 2"),
    ("a: [b, c\nd: 1\n", 1, 4, "bracket is missing, at the latest before line 2"),
    ("a: {b: c\n", 1, 4, "bracket is missing"),
    ("a: [b c, 'd' e]\n", 1, 14, "a comma or a closing bracket is missing"),
    ("a: {b:1}\n", 1, 5, "no space follows the colon"),
    ('a: "\\d"\n', 1, 5, "this backslash sequence"),
    ('a: "\\ud800"\n', 1, 7, "this backslash sequence"),
    ("a: @b\n", 1, 4, "cannot begin an unquoted text"),
    ("a: %b\n", 1, 4, "cannot begin an unquoted text"),
    ("a: ? b\n", 1, 4, "a question mark cannot begin"),
    ("a: , b\n", 1, 4, "this character cannot begin a value"),
    ("a: |x\n  b\n", 1, 5, "cannot follow the sign"),
]


@pytest.mark.parametrize(
    ("data", "rule", "line", "column"),
    [*WHOLE_FILES, *CHARACTERS, *STRUCTURE],
    ids=lambda value: ascii(value)[:40] if isinstance(value, bytes | str) else None,
)
def test_refused_with_rule_and_place(data: bytes | str, rule: str, line: int, column: int) -> None:
    assert (rule, line, column) in places(data)
    assert {name for name, _, _ in places(data)} <= {rule, "alias"}


@pytest.mark.parametrize(("text", "line", "column", "words"), SYNTAX, ids=lambda v: ascii(v)[:40])
def test_syntax_in_plain_words(text: str, line: int, column: int, words: str) -> None:
    (problem,) = problems(text)
    assert (problem.rule, problem.place.line, problem.place.column) == ("syntax", line, column)
    assert words in problem.message
    assert not re.search("while|mapping|scalar|token|flow|block|expected", problem.message)
    assert problem.value
    assert problem.expected


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("title: Plan: part one", 'title: "Plan: part one"'),
        ("title: @home", 'title: "@home"'),
        ('  - of: *north "x" \\', r'of: "*north \"x\" \\"'),
        ("title: Plan [a]: b", 'title: "Plan [a]: b"'),
        ('title: "a" b', None),
        ("title: [a", None),
    ],
)
def test_hint_is_the_line_with_quotation_marks(line: str, hint: str | None) -> None:
    found = problems("x:\n  " + line + "\n")
    assert found[-1].hint == hint
    if hint:
        assert problems("x:\n  " + hint + "\n") == []


def test_too_large_and_too_many() -> None:
    text = "a: " + "x" * (50 * 1024 * 1024)
    assert places(text) == [("too-large", 1, 1)]
    assert read_yaml(b"a: 1234", FILE, limit=7)[1] == []
    assert [p.rule for p in read_yaml(b"a: 12345", FILE, limit=7)[1]] == ["too-large"]
    assert places("a: [" + "1," * 200_000 + "]") == [("too-many-nodes", 1, 399_999)]


def test_an_expansion_bomb_does_not_expand() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
    node, found = read_yaml("\n".join(lines).encode(), FILE)
    assert {problem.rule for problem in found} == {"anchor", "alias"}
    assert node is not None
    assert node.at(("a39", 0)).value is None


@pytest.mark.parametrize("sign", ["[", "{", "- ", "? ", "{a: ", "[{", "'", '"', "\t", "!a ", "&a "])
def test_deep_or_endless_repetition_ends(sign: str) -> None:
    assert problems(sign * 100_000) != []
    problems("a:\n  " + sign * 100_000)
    assert [rule for rule, _, _ in places("a: " + "[" * 100_000)] == ["too-deep"]


def test_messages_name_the_first_place_value_and_remedy() -> None:
    (twice,) = problems("a: 1\nb: 2\na: 3\n")
    assert f"{FILE}:1:1" in twice.message
    assert (twice.value, twice.expected) == ("a", "each key once")
    (same,) = problems("a:\n  x: 1\nnorth:\n  x: 1\nNORTH:\n  x: 1\n")
    assert f"'north' at {FILE}:3:1" in same.message
    (space,) = problems("a:\xa0b\n")
    assert "no-break space (U+00A0) stands between key and value" in space.message


# ---- all problems in one run ---------------------------------------------------------------------


def test_one_run_names_everything_in_file_order() -> None:
    text = (
        "\ufeffnorth:\n  kind: a\xa0\n  kind: b\n\tname: c\x07\n  of: &x !y z\nsouth:\n"
        "  name: 'Cafe\u0301'\nNorth:\n  at: *x\n"
    )
    assert places(text) == [
        ("byte-order-mark", 1, 1),
        ("unicode-space", 2, 10),
        ("duplicate-key", 3, 3),
        ("tab-indentation", 4, 1),
        ("control-character", 4, 9),
        ("not-nfc", 7, 13),
        ("same-id", 8, 1),
        ("alias", 9, 7),
    ]


def test_reading_goes_on_at_the_next_record() -> None:
    text = (
        "one:\n  name: a: b\ntwo:\n  name: fine\nthree:\n  name: 'open\nfour:\n  name: 'x'\n"
        "five:\n  name: @\nsix:\n  name: twice\n  name: twice\n"
    )
    node, found = read_yaml(text.encode(), FILE)
    assert [(problem.rule, problem.place.line) for problem in found] == [
        ("syntax", 2),
        ("syntax", 6),
        ("syntax", 10),
        ("duplicate-key", 13),
    ]
    assert node is not None
    assert isinstance(node.value, dict)
    assert list(node.value) == ["two", "four", "six"]
    assert list(node.key_places) == ["one", "two", "three", "four", "five", "six"]
    assert node.at(("six", "name")).place == Place(FILE, 12, 9)


def test_errors_of_syntax_after_a_guess_are_not_told() -> None:
    assert places("a:\n\tb: 1\n  c: 2\n") == [("tab-indentation", 2, 1)]
    assert places("north:\n  ki\rnd: a\n  of: b\n") == [("line-ends", 2, 5)]
    assert places("a:\n\u202e  b: 1\n  c: 2\n") == [("bidi-control", 2, 1)]
    assert places("a: b: c\nd:\n\te: 1\n") == [("syntax", 1, 5), ("tab-indentation", 3, 1)]


@pytest.mark.parametrize("line", ["\ta: b", "a: b", "a: \x01", "a: &x b"])
def test_what_repeats_is_counted(line: str) -> None:
    found = problems((line + "\n") * 1000)
    for rule in {problem.rule for problem in found}:
        same = [problem.message for problem in found if problem.rule == rule]
        assert len(same) == 101
        assert re.search(r"(899|900) more problems of this kind", same[-1])


def test_problems_leave_what_could_be_read() -> None:
    node, found = read_yaml(b"a:\n  b: &x 1\n  c: 2\n  c: 3\n", FILE)
    assert len(found) == 2
    assert node is not None
    assert node.to_plain() == {"a": {"b": "1", "c": "2"}}


# ---- what is accepted ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["NO", "ON", "yes", "010", "0x1F", "1e3", "12:30", "1999", "1999-12-08", "1_000", ".inf", "=",
     "NULL", "a#b", "b:c", "-1", "a - b", "x, y", "100 %", "Größe", "\U0001f600"],
)  # fmt: skip
def test_scalars_stay_text(text: str) -> None:
    for quote in ("", "'", '"'):
        node = read(f"{text if ':' not in text else 'a'}: {quote}{text}{quote}\n")
        (value,) = node.value.values() if isinstance(node.value, dict) else ()
        assert (value.value, value.plain) == (text, not quote)
        assert value.to_plain() == text


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_nothing_is_none_unless_quoted(nothing: str) -> None:
    assert read(f"a: {nothing}\n").to_plain() == {"a": None}
    assert read(f"a: '{nothing}'\n").to_plain() == {"a": nothing}
    assert read("a: [~, '~']\n").to_plain() == {"a": [None, "~"]}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_places_of_keys_and_values(end: str) -> None:
    text = "# comment\nnorth:\n  name: 'x'\n  of:\n    - is: a\n    - [b, ü, c]\nsouth: {}\n"
    node = read(text.replace("\n", end))
    at = {
        (): (2, 1),
        ("north",): (3, 3),
        ("north", "name"): (3, 9),
        ("north", "of"): (5, 5),
        ("north", "of", 0): (5, 7),
        ("north", "of", 0, "is"): (5, 11),
        ("north", "of", 1, 2): (6, 14),
        ("south",): (7, 8),
    }
    assert {path: node.at(path).place for path in at} == {
        path: Place(FILE, *place) for path, place in at.items()
    }
    keys = {
        ("north",): (2, 1),
        ("north", "of"): (4, 3),
        ("north", "of", 0): (5, 7),
        ("north", "of", 0, "is"): (5, 7),
        ("north", "of", 1, 1): (6, 11),
    }
    assert {path: node.key_place(path) for path in keys} == {
        path: Place(FILE, *place) for path, place in keys.items()
    }


def test_paths_that_do_not_exist_end_at_the_deepest_node() -> None:
    node = read("a:\n  b: [x]\n")
    for path in [("a", "b", 1), ("a", "b", -1), ("a", "b", "0"), ("a", "b", 7, "c")]:
        assert node.at(path).place == Place(FILE, 2, 6)
        assert node.key_place(path) == Place(FILE, 2, 3)
    assert node.at(("z",)) is node
    assert node.at(("a", 0)).place == Place(FILE, 2, 3)
    assert node.key_place(("a", "b", 0, "c")) == Place(FILE, 2, 7)
    assert "Node('x', 'facts/" in repr(node)


def test_plain_values_know_whether_they_were_quoted() -> None:
    plain = read("a: [x, 'y', z: |\n  long\n]\n".replace("z: |\n  long\n", '"z"')).to_plain()
    assert plain == {"a": ["x", "y", "z"]}
    assert isinstance(plain, dict)
    values = plain["a"]
    assert isinstance(values, list)
    assert [isinstance(value, Scalar) and value.plain for value in values] == [True, False, False]
    assert Scalar("x").plain is False


@pytest.mark.parametrize(
    "text",
    ["---\na: 1\n", "a: 1\n...\n", "a: {}\n", "a: 'no\xa0break'\n", "a: \"Note\xa0:\xa0b\"\n",
     "a: 'x' # c:\td\n", "a: 1\n\t\nb: 2\n", "a: 1 # Cafe\u0301\n", "a:\tb\n", "'<<': 1\n",
     "a:\n" + "".join("  " * n + f"k{n}:\n" for n in range(1, 12))],
)  # fmt: skip
def test_accepted(text: str) -> None:
    read(text)


# ---- files ---------------------------------------------------------------------------------------


def write(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"a: 1\n")


def found_in(root: Path) -> tuple[list[str], list[tuple[str, str, str | None]]]:
    files, found = find_files(root, base=root)
    assert found == sorted(found, key=Problem.sort_key)
    return (
        [path.relative_to(root).as_posix() for path in files],
        [(problem.place.file, problem.rule, problem.hint) for problem in found],
    )


def test_files_are_found_in_order(tmp_path: Path) -> None:
    write(tmp_path, "b.yaml", "a/c.yaml", "a-b.yaml", "a.yaml", "words/sr-Latn/x.yaml", "2019.yaml")
    names = ["2019.yaml", "a-b.yaml", "a.yaml", "a/c.yaml", "b.yaml", "words/sr-Latn/x.yaml"]
    assert found_in(tmp_path) == (names, [])


def test_hidden_files_and_those_of_editors_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, ".a.yaml", "a.yaml~", "#a.yaml#", ".DS_Store", ".git/a.yaml", ".a.yaml.swp")
    (tmp_path / ".#a.yaml").symlink_to("nobody@host")
    assert found_in(tmp_path) == ([], [])


def test_names_that_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "My Fïle_1.yaml", "a.yml", "B.YAML", "con.yaml", "c--d.yaml", "Über x/e.yaml")
    assert found_in(tmp_path) == (
        ["B.YAML", "a.yml", "c--d.yaml", "con.yaml", "Über x/e.yaml"],
        [
            ("B.YAML", "file-name", "b.yaml"),
            ("My Fïle_1.yaml", "file-name", "my-file-1.yaml"),
            ("a.yml", "file-name", "a.yaml"),
            ("c--d.yaml", "file-name", "c-d.yaml"),
            ("con.yaml", "file-name", None),
            ("Über x", "file-name", "uber-x"),
        ],
    )


def test_names_that_are_the_same_elsewhere(tmp_path: Path) -> None:
    write(tmp_path, "north.yaml", "x/é/a.yaml", "x/e\u0301/a.yaml", "y/a.yaml", "Y/a.yaml")
    (tmp_path / "NORTH.yaml").write_bytes(b"a: 1\n")
    found = [(file, rule) for file, rule, _ in found_in(tmp_path)[1] if rule == "same-file-name"]
    same = "same-file-name"
    assert found == [("north.yaml", same), ("x/é", same), ("y", same)]


def test_what_is_no_content(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "notes", "b.yaml.orig", "c.json")
    os.mkfifo(tmp_path / "pipe.yaml")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / "s.yaml"))
    listener.close()
    assert [(file, rule) for file, rule, _ in found_in(tmp_path)[1]] == [
        ("a.txt", "stray-file"),
        ("b.yaml.orig", "stray-file"),
        ("c.json", "stray-file"),
        ("notes", "stray-file"),
        ("pipe.yaml", "special-file"),
        ("s.yaml", "special-file"),
    ]


def test_links_are_refused_and_not_followed(tmp_path: Path) -> None:
    root = tmp_path / "content"
    write(root, "a.yaml", "d/e.yaml")
    write(tmp_path, "outside/secret.yaml")
    targets = {"in.yaml": "a.yaml", "out": "../outside", "gone.yaml": "nowhere", "loop": "loop"}
    for name, target in {**targets, "file.yaml": "../outside/secret.yaml", "up": ".."}.items():
        (root / name).symlink_to(target)
    files, found = find_files(root, base=root)
    assert files == [root / "a.yaml", root / "d" / "e.yaml"]
    assert {problem.rule for problem in found} == {"symlink"}
    outside = [problem.place.file for problem in found if "leads out" in problem.message]
    assert outside == ["file.yaml", "out", "up"]
    assert len(found) == 6


def test_what_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.yaml", "closed/b.yaml", "secret.yaml")
    iterdir, access = Path.iterdir, os.access

    def closed(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return iterdir(path)

    monkeypatch.setattr(Path, "iterdir", closed)
    monkeypatch.setattr(os, "access", lambda p, mode: p.name != "secret.yaml" and access(p, mode))
    names, found = found_in(tmp_path)
    assert names == ["a.yaml"]
    assert [(file, rule) for file, rule, _ in found] == [
        ("closed", "unreadable"),
        ("secret.yaml", "unreadable"),
    ]
    monkeypatch.undo()
    files, missing = find_files(tmp_path / "missing")
    assert files == []
    assert [problem.rule for problem in missing] == ["unreadable"]
    assert missing[0].place.file == (tmp_path / "missing").as_posix()


def test_names_that_cannot_be_printed_are_escaped(tmp_path: Path) -> None:
    write(tmp_path, "a\nb.yaml")
    (tmp_path / os.fsdecode(b"\xff.yaml")).write_bytes(b"")
    names, found = found_in(tmp_path)
    assert names == []
    assert [file for file, _, _ in found] == ["\\udcff.yaml", "a\\nb.yaml"]
    report = "".join(str(problem) for problem in find_files(tmp_path)[1])
    assert "\n" not in report
    report.encode()


def test_a_file_is_read_without_waiting_and_within_the_limit(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("a.yaml")
    with (tmp_path / "large").open("wb") as stream:
        stream.truncate(10**12)
    node, found = read_file(tmp_path / "a.yaml", FILE)
    assert (node and node.to_plain(), found) == ({"a": "1"}, [])
    rules = {"pipe": "empty-file", "link": "unreadable", "large": "too-large", "no": "unreadable"}
    for name, rule in {**rules, ".": "unreadable"}.items():
        assert [problem.rule for problem in read_file(tmp_path / name, FILE)[1]] == [rule]


# ---- rules ---------------------------------------------------------------------------------------


def test_every_rule_is_explained_and_every_explanation_has_a_rule() -> None:
    file = Path(str(source.__file__))
    files = file.parent.glob("*.py") if file.name == "__init__.py" else [file]
    texts = [
        node.value
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert [rule for rule in RULES if texts.count(rule) < 2] == []
    for rule, text in RULES.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule)
        assert 1 <= text.count(". ") + text.count("; ") <= 4
        assert text.endswith(".")
    assert f"{MAX_BYTES // 2**20} MiB" in RULES["too-large"]


# ---- anything at all -----------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["a", "b: c", "- ", "? ", ": ", ", ", "[", "]", "{", "}", "'", '"', "\\", "#", "&x", "*x", "!t",
     "<<", "~", "---\n", "...\n", "%Y", "\t", "\xa0", "\r", "\n", "  ", "\n  ", "é", "e\u0301",
     "\ufeff", "\u202e", "\x85", "\x00", "\x07", "\U0010ffff", "|", ">", "a:", "\n- ", "\na: "]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.binary(max_size=60), st.lists(PIECES, max_size=25).map("".join)))
def test_nothing_raises(data: bytes | str) -> None:
    data = data if isinstance(data, bytes) else data.encode()
    node, found = read_yaml(data, FILE)
    assert node is not None or found
    lines = re.split(r"\r\n?|\n", data.decode("utf-8", "replace").removeprefix("\ufeff"))
    for problem in found:
        assert problem.rule in RULES
        assert "\n" not in str(problem)
        str(problem).encode()
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
    if node is not None:
        assert isinstance(node.to_plain(), dict)
    assert read_yaml(data, FILE)[1] == found


LETTERS = st.characters(min_codepoint=32, max_codepoint=0x24FF, exclude_categories=("C", "M", "Z"))
TEXTS = st.text(st.one_of(LETTERS, st.just(" ")), max_size=12).filter(str.isascii) | st.text(
    st.sampled_from("äßЁйўі 'a\"\\:#-{}[]&*!|>%@`,?"), max_size=12
)
KEYS = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


class Quoted(str):
    """A text that the dumper puts into double quotation marks."""


class Dumper(yaml.SafeDumper):
    """Writes every text on one line."""

    def ignore_aliases(self, data: object) -> bool:
        return True


Dumper.add_representer(
    Quoted, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)


def quoted(value: object) -> object:
    if isinstance(value, dict):
        return {key: quoted(inner) for key, inner in value.items()}
    return [quoted(inner) for inner in value] if isinstance(value, list) else Quoted(value)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4), st.booleans(), st.booleans())
def test_what_is_written_is_read(data: dict[str, object], flow: bool, crlf: bool) -> None:
    text = yaml.dump(
        quoted(data), Dumper=Dumper, default_flow_style=flow, allow_unicode=True, width=10**6
    )
    node, found = read_yaml(text.replace("\n", "\r\n" if crlf else "\n").encode(), FILE)
    assert found == []
    assert node is not None
    assert node.to_plain() == data
    check_places(node, text.split("\n"))


def check_places(node: Node, lines: list[str]) -> None:
    here = lines[node.place.line - 1][node.place.column - 1 :]
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            place = node.key_places[key]
            assert lines[place.line - 1][place.column - 1 :].strip("'\"").startswith(key)
            check_places(child, lines)
    elif isinstance(node.value, list):
        assert here.startswith(("[", "-"))
        for child in node.value:
            check_places(child, lines)
    else:
        assert here.startswith('"')
