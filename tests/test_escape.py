"""Whatever a text holds, a reader sees it as written, wherever it lands.

Pages are read by the real engine: Python-Markdown with the two extensions of the site.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from generator.escape import ended, escape, joined, unescape
from generator.prose import Link, Literal, parse_prose

# Letters, and above all what Markdown, HTML, attribute lists and templates obey.
SPECIAL = "`*_[]{}()<>\\|#~&\"'!+-=.:;,@%$^/? \t0123456789\n\r\x00\x02\x03\x1b\x7f\x85\u2028\xa0"
PIECES = [
    "**", "__", "``", "](", "[x](y)", "![x](y)", "<b>", "</td>", "<!--", "-->", "&amp;", "&#35;",
    "&lt", "{#id}", "{: .x}", "{{ x }}", "{% x %}", "1. ", "- ", "# ", "> ", "+ ", "* ", "---",
    "===", "| a | b |", "    ", "  ", "http://a.example", "<http://a.example>", "[x]: y", "[^1]",
    "\\*", "\\", "wzxhzdk:0", "klzzwxh:0001", "\x02amp\x03", "javascript:", "!", "*[x]: y", "\n\n",
    "ё", "Größe", "中", "e\u0301", "😀",
]  # fmt: skip
texts = st.one_of(
    st.text(max_size=30),
    st.text(alphabet=SPECIAL, max_size=20),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=6).map("".join),
)
PLACES = {
    "paragraph": ("{}", "p"),
    "words before": ("before {}", "p"),
    "second line": ("first\n{}", "p"),
    "heading": ("# {} {{#anchor}}", "h1"),
    "small heading": ("### {}\n", "h3"),
    "list item": ("- {}", "li"),
    "link": ("[{}](page.md)", "a"),
    "table cell": ("<table><tr><td>{}</td></tr></table>", "td"),
    "table cell after text": ("text\n\n<table>\n<tr><td>{}</td></tr>\n</table>\n\ntext", "td"),
    "inline HTML": ('so <a href="x">{}</a>.', "a"),
    "definition": ("<dl><dt>a</dt><dd>{}</dd></dl>", "dd"),
}


class Reader(HTMLParser):
    """What a reader sees of a page: the text in the element, its attributes, all tags."""

    def __init__(self, element: str) -> None:
        super().__init__()
        self.element = element
        self.depth = 0
        self.text = ""
        self.tags: list[str] = []
        self.attributes: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == self.element:
            self.depth += 1
            self.attributes = {name: value or "" for name, value in attrs}

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == self.element

    def handle_data(self, data: str) -> None:
        self.text += data if self.depth else ""

    def handle_comment(self, data: str) -> None:
        self.tags.append("!--")


def page(source: str, element: str) -> Reader:
    reader = Reader(element)
    reader.feed(markdown.markdown(source, extensions=["attr_list", "toc"]))
    reader.close()
    return reader


def shown(text: str) -> str:
    """A text as a browser shows it: control characters and runs of spaces are one space."""
    return " ".join(re.sub(r"[\x00-\x20\x7f\x85\u2028\u2029]", " ", text).split())


@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("place", PLACES)
@given(text=texts.filter(lambda text: shown(text) != ""))
@example(text="!")
@example(text="a\x02b")
@example(text="    code")
@example(text="1.")
@example(text="[x](y) <b>*a*</b> `c` {#d} | {{ e }} \\")
def test_a_text_is_shown_as_written(place: str, text: str) -> None:
    pattern, element = PLACES[place]
    plain = page(pattern.format("x"), element)
    reader = page(pattern.format(escape(text)), element)
    expected = shown(pattern.partition("{}")[0].lstrip("#- ") if element == "p" else "")
    assert shown(reader.text) == shown(f"{expected} {text}")
    assert reader.tags == plain.tags
    assert reader.attributes.keys() == plain.attributes.keys()


@settings(max_examples=200, deadline=None)
@given(texts)
def test_an_attribute_holds_the_text_as_written(text: str) -> None:
    source = f'<table><tr><td title="{escape(text)}">x</td></tr></table>'
    reader = page(source, "td")
    assert shown(reader.attributes["title"]) == shown(text)
    assert set(reader.attributes) == {"title"}
    inline = page(f'so <a href="y" title="{escape(text)}">x</a>', "a")
    assert shown(inline.attributes["title"]) == shown(text)


@settings(max_examples=200, deadline=None)
@given(texts, texts)
@example("Look!", "!")
@example("", " - so")
def test_a_text_before_and_after_a_link_leaves_the_link(before: str, after: str) -> None:
    reader = page(f"x {escape(before)}[link](page.md){escape(after)}", "p")
    assert reader.tags == ["p", "a"]
    assert shown(reader.text) == shown(f"x {before}link{after}")


@settings(max_examples=200, deadline=None)
@given(texts)
@example("Look![at](this)")
@example("[a](b) - [c](d) = e")
def test_prose_is_shown_as_its_parts_say(text: str) -> None:
    parts = [part for part in parse_prose(text) if isinstance(part, Literal | Link)]
    source = "".join(
        f"[{escape(part.text)}](page.md)" if isinstance(part, Link) else str(escape(part.text))
        for part in parts
    )
    reader = page(f"x {source}", "p")
    assert shown(reader.text) == shown("x " + "".join(part.text for part in parts))
    links = [part for part in parts if isinstance(part, Link)]
    assert reader.tags.count("a") == len(links)
    assert set(reader.tags) <= {"p", "a"}


@settings(max_examples=200, deadline=None)
@given(texts)
def test_an_escaped_text_reads_back(text: str) -> None:
    assert shown(unescape(str(escape(text)))) == shown(text)
    assert "\n" not in escape(text)
    assert not re.search(r"[<>\"'`*_\[\]{}\\|~]", str(escape(text)))


@given(texts)
def test_markup_stays_and_is_not_escaped_twice(text: str) -> None:
    once = escape(text)
    assert escape(once) is once
    assert isinstance(once, Markup)


@pytest.mark.parametrize("value", [7, 1.5, None, True])
def test_other_values_are_shown_as_texts(value: object) -> None:
    assert unescape(str(escape(value))) == str(value)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("North-East", "North-East"),
        ("US$ 1.5 million", "US$ 1.5 million"),
        ("Größe, ў", "Größe, ў"),
        ("a (b); c: d?", "a (b); c: d?"),
        ("1,234", "1,234"),
        ("a – b", "a – b"),
    ],
)
def test_ordinary_texts_stay_readable(text: str, source: str) -> None:
    assert escape(text) == source


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("2017 y.", ". Then", "2017 y. Then"),
        ("2017", ". Then", "2017. Then"),
        ("2017 y.", " and", "2017 y. and"),
        ("<time>2017 y.</time>", ".", "<time>2017 y.</time>"),
        ("y.<sup><a>1</a></sup>", ".", "y.<sup><a>1</a></sup>"),
        ("<b>y</b>.", ".", "<b>y</b>."),
        ("<b>y</b>", ".", "<b>y</b>."),
        ("7&#46;", ".", "7&#46;"),
        ("y.\ue002", ".\ue002", "y.\ue002\ue002"),
        ("", ".", "."),
    ],
)  # fmt: skip
def test_of_two_full_stops_that_meet_one_stays(before: str, after: str, whole: str) -> None:
    assert joined([Markup("In "), Markup(before), Markup(after)]) == f"In {whole}"


def test_parts_that_begin_with_a_full_stop_stay_as_they_are() -> None:
    assert joined([Markup(".x"), Markup(".y")]) == ".x.y"
    assert joined([]) == ""


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("End", "End."),
        ("End.", "End."),
        ("<cite>End.</cite> ", "<cite>End.</cite> "),
        ("End?", "End?"),
        ("End&#33;", "End&#33;"),
        ("End…", "End…"),
        ("<cite>End</cite>", "<cite>End</cite>."),
        ("End &amp;", "End &amp;."),
    ],
)
def test_a_sentence_ends_with_one_mark(text: str, whole: str) -> None:
    assert ended(Markup(text)) == whole
