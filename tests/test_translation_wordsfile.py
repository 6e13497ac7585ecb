"""Words files as text: one string is one line, and everything else stays as it was."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.source import read_yaml
from generator.translation.wordsfile import WordsFile, one_line, quoted

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
KEYS = ("alder.name", "alder.summary", "birch.name", "cedar.note-2", "count.days.few")
COMMENTS = ("# a note", "", "# en: Alder", "   ", "# - : { [", "# {fact:a.b}")


def loaded(text: str) -> dict[str, str]:
    found: dict[str, str] = yaml.load(text, yaml.CBaseLoader) or {}
    return found


def styled(text: str, style: str) -> str:
    match style:
        case "single" if text.isprintable():
            return "'" + text.replace("'", "''") + "'"
        case "plain" if text.isalnum() and text.isascii():
            return text
        case "block" if text.isalnum():
            return f"|-\n  {text}\n  {text}"
        case "folded" if text.isalnum():
            return f'"{text}\n  {text}"'
        case _:
            return quoted(text)


@st.composite
def files(draw: st.DrawFn) -> str:
    lines = []
    for key in draw(st.permutations(KEYS))[: draw(st.integers(0, len(KEYS)))]:
        lines += draw(st.lists(st.sampled_from(COMMENTS), max_size=2))
        style = draw(st.sampled_from(["double", "single", "plain", "block", "folded"]))
        value = styled(draw(TEXT), style)
        name = draw(st.sampled_from([key, f'"{key}"', f"'{key}' "]))
        tail = "" if style == "block" else draw(st.sampled_from(["", "  # why"]))
        lines.append(f"{name}: {value}{tail}")
    lines += draw(st.lists(st.sampled_from(COMMENTS), max_size=2))
    text = "\n".join(lines) + draw(st.sampled_from(["", "\n"]))
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace(
        "\n", draw(st.sampled_from(["\n", "\r\n"]))
    )


@given(files())
def test_what_is_read_is_written_again(text: str) -> None:
    words = WordsFile.parse(text)
    assert words.text() == text
    assert words.keys() == loaded(text.removeprefix("\ufeff")).keys()


@given(files(), st.sampled_from(KEYS), TEXT)
def test_to_put_a_string_changes_this_string_and_no_other(text: str, key: str, value: str) -> None:
    words = WordsFile.parse(text)
    words.put(key, value)
    after = words.text()
    assert loaded(after.removeprefix("\ufeff")) == {
        **loaded(text.removeprefix("\ufeff")),
        key: value,
    }
    assert after.startswith("\ufeff") == text.startswith("\ufeff")
    assert ("\r\n" in after) >= ("\r\n" in text)
    again = WordsFile.parse(after)
    again.put(key, value)
    assert again.text() == after


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("key", KEYS)
@given(value=TEXT)
def test_to_put_a_string_changes_exactly_one_line(end: str, key: str, value: str) -> None:
    lines = [f'{key}: "old"  # kept' if i % 2 else f"{key}: 'old'" for i, key in enumerate(KEYS)]
    lines.insert(2, "# a note")
    text = "".join(line + end for line in lines)
    words = WordsFile.parse(text)
    words.put(key, value)
    changed = [
        (old, new)
        for old, new in zip(text.split(end), words.text().split(end), strict=True)
        if old != new
    ]
    assert [old.partition(":")[0] for old, _ in changed] == ([key] if value != "old" else [])
    assert all(new.endswith("# kept") == old.endswith("# kept") for old, new in changed)


@given(TEXT)
def test_a_quoted_text_is_one_line_that_means_the_text(text: str) -> None:
    assert len(quoted(text).splitlines()) == 1 or "\x1c" <= min(text, default="z") <= "\x1e"
    assert loaded(f"key: {quoted(text)}\n") == {"key": text}


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=80))
def test_the_reader_of_the_site_finds_the_text_as_it_was_put(text: str) -> None:
    words = WordsFile()
    words.put("alder.name", text)
    node, problems = read_yaml(words.text().encode(), "x.yaml")
    assert node is not None
    assert node.value["alder.name"].value == text
    assert {problem.rule for problem in problems} <= {"not-nfc"}


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        ('a.b: "x"\n', "y", 'a.b: "y"\n'),
        ("a.b: 'x'\n", "it's", "a.b: 'it''s'\n"),
        ("a.b: 'x'\n", "two\nlines", 'a.b: "two\\nlines"\n'),
        ("a.b: x\n", "y and z", "a.b: y and z\n"),
        ("a.b: x\n", "yes", 'a.b: "yes"\n'),
        ("a.b: x\n", "a: b", 'a.b: "a: b"\n'),
        ("a.b: x # note\n", "12", 'a.b: "12" # note\n'),
        ("a.b:\n", "x", 'a.b: "x"\n'),
        ("a.b: # empty\n", "x", 'a.b: "x" # empty\n'),
        ('a.b: ""\r\n', "x", 'a.b: "x"\r\n'),
        ('a.b: "x"', "y", 'a.b: "y"'),
        ('a.b: "\\x41\\u00e4"\n', "Aä", 'a.b: "\\x41\\u00e4"\n'),
        ("a.b: |-\n  x\n", "x", "a.b: |-\n  x\n"),
        ("a.b: |\n  x\n  y\n\n# c\nc.d: z\n", "w", 'a.b: "w"\n\n# c\nc.d: z\n'),
        ("a.b: >-\n  x\n  y\nc.d: z\n", "w", 'a.b: "w"\nc.d: z\n'),
        ("a.b: x\n  y\nc.d: z\n", "w", 'a.b: "w"\nc.d: z\n'),
        ("a.b: # why\n  'x'\n", "w", "a.b: # why\n  'w'\n"),
        ("a.b: {c: d}\n", "w", 'a.b: "w"\n'),
        ("a.b:\n- x\n- y\nc.d: z\n", "w", 'a.b: "w"\nc.d: z\n'),
        ("'a.b': 'x'\n", "w", "'a.b': 'w'\n"),
        ("  a.b: x\n  c.d: y\n", "w", "  a.b: w\n  c.d: y\n"),
        ("---\na.b: x\n...\n", "w", "---\na.b: w\n...\n"),
        ("? a.b\n: 'x'\n", "w", "? a.b\n: 'w'\n"),
    ],
)
def test_quotation_marks_comments_and_forms_stay(before: str, text: str, after: str) -> None:
    words = WordsFile.parse(before)
    words.put("a.b", text)
    assert words.text() == after
    assert loaded(after)["a.b"] == text


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        ("", "b.c", 'b.c: ""\n'),
        ("# head\n", "b.c", '# head\nb.c: ""\n'),
        ("# head", "b.c", '# head\nb.c: ""\n'),
        ("a: x\nc: y\n", "b.c", 'a: x\nb.c: ""\nc: y\n'),
        ("a: x\n# of c\nc: y\n", "b.c", 'a: x\nb.c: ""\n# of c\nc: y\n'),
        ("# head\n# en: Y\nc: y\n", "b.c", '# head\nb.c: ""\n# en: Y\nc: y\n'),
        ("a: x", "b.c", 'a: x\nb.c: ""\n'),
        ("a: |\n  x\n\nc: y\n", "b.c", 'a: |\n  x\nb.c: ""\n\nc: y\n'),
        ("a: x\r\n", "b.c", 'a: x\r\nb.c: ""\r\n'),
        ("  a: x\n", "b.c", '  a: x\n  b.c: ""\n'),
        ("\ufeff", "b.c", '\ufeffb.c: ""\n'),
        ("a: x\n", "yes", 'a: x\n"yes": ""\n'),
        ("a: x\n", "n: o.x", 'a: x\n"n: o.x": ""\n'),
    ],
)
def test_a_new_string_stands_where_its_key_wants_it(before: str, key: str, after: str) -> None:
    words = WordsFile.parse(before)
    words.put(key, "")
    assert words.text() == after
    assert key in loaded(after.removeprefix("\ufeff"))


@pytest.mark.parametrize(
    "text",
    [
        "- a\n- b\n",
        "just text\n",
        "{a: b}\n",
        "a: b\n---\nc: d\n",
        'a: "b\n',
        "a: [b\n",
        "a:\n\tb: c\n",
    ],
)
def test_what_is_no_mapping_of_lines_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^the file|^two keys"):
        WordsFile.parse(text)


@given(files(), st.dictionaries(st.sampled_from(KEYS), TEXT))
def test_comments_follow_the_source_and_change_no_string(
    text: str, sources: dict[str, str]
) -> None:
    words = WordsFile.parse(text)
    words.comment("# en: ", sources)
    commented = words.text()
    assert loaded(commented.removeprefix("\ufeff")) == loaded(text.removeprefix("\ufeff"))
    found = WordsFile.parse(commented)
    texts = {key: one_line(text) for key, text in sources.items() if key in words.keys()}  # noqa: SIM118
    assert found.comments("# en: ") == {key: text for key, text in texts.items() if text}
    found.comment("# en: ", sources)
    assert found.text() == commented
    words.comment("# en: ", {})
    assert "# en: " not in "".join(part.head for part in words.parts if part.key is None)


def test_comments_belong_to_the_key_below() -> None:
    words = WordsFile.parse("# en: A\n# note\na: x\n# en: B\n\nb: y\n# en: C\nc: z\n# en: D\n")
    assert words.comments("# en: ") == {"a": "A", "c": "C"}
