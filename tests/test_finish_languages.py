"""From marks to ``lang`` attributes: wherever a text can stand, and where no element can."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from generator.finish_languages import settled
from generator.foreign import is_marked, marked
from tests.purity import said

EN, DE = marked("word", "en"), marked("Wort", "de")


def page(body: str, lang: str = "be") -> str:
    return f'<!doctype html>\n<html lang="{lang}" class="x"><body>{body}</body></html>'


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (f"<p>так {EN}, так</p>", '<p>так <span lang="en">word</span>, так</p>'),
        (f"<p>{marked('a ' + DE, 'en')}</p>",
         '<p><span lang="en">a </span><span lang="de">Wort</span></p>'),
        # What is said to be in a language needs no second mark.
        (f'<p lang="en">{EN} {DE}</p>', '<p lang="en">word <span lang="de">Wort</span></p>'),
        # An unknown language.
        (f"<b>{marked('Homieĺ', '')}</b>", '<b><span lang="">Homieĺ</span></b>'),
        # An attribute, on an element that holds nothing to read.
        (f'<a href="#x" aria-label="{EN}">#</a>', '<a href="#x" aria-label="word" lang="en">#</a>'),
        (f'<input placeholder="{EN}">', '<input placeholder="word" lang="en">'),
        (f'<img alt="{EN}"/>', '<img alt="word" lang="en"/>'),
        # An attribute, and content in the language of the page: text, elements, or neither.
        (f'<td data-label="{EN}">2017 г.<p>так</p><br></td>',
         '<td data-label="word" lang="en"><span lang="be">2017 г.</span>'
         '<p lang="be">так</p><br></td>'),
        (f'<nav aria-label="{EN}"><a lang="de">x</a></nav>',
         '<nav aria-label="word" lang="en"><a lang="de">x</a></nav>'),
        (f'<td data-label="{EN}">{EN}</td>', '<td data-label="word" lang="en">word</td>'),
        # Most of an attribute decides.
        (f'<a aria-label="{EN} а">1</a>', '<a aria-label="word а" lang="en">1</a>'),
        (f'<a aria-label="{EN} многа">1</a>', '<a aria-label="word многа">1</a>'),
        (f'<a lang="ru" aria-label="{EN}">да</a>',
         '<a aria-label="word" lang="en"><span lang="ru">да</span></a>'),
        # Texts that scripts take.
        (f'<p data-none="{EN}" data-some="так">так</p>',
         '<p data-none="word" data-some="так" data-none-lang="en">так</p>'),
        (f'<p data-one="{{number}} {EN}">так</p>',
         '<p data-one="{number} word" data-one-lang="en">так</p>'),
        (f'<a href="{EN}">так</a>', '<a href="word">так</a>'),
        # Where no element can stand.
        (f"<select><option>{EN}</option></select>",
         '<select><option lang="en">word</option></select>'),
        (f'<optgroup label="{EN}"><option>так</option></optgroup>',
         '<optgroup label="word" lang="en"><option lang="be">так</option></optgroup>'),
        (f"<textarea>{EN} i</textarea>", '<textarea lang="en">word i</textarea>'),
        (f'<svg viewBox="0 0"><title>{EN}</title><text x="1">{DE}</text><path d="M0"/></svg>{EN}',
         '<svg viewBox="0 0"><title lang="en">word</title><text x="1" lang="de">Wort</text>'
         '<path d="M0"/></svg><span lang="en">word</span>'),
        # What nobody reads.
        (f"<!-- {EN} --><script>let a = '{EN} > {DE}';</script>{EN}",
         "<!-- word --><script>let a = 'word > Wort';</script>"
         '<span lang="en">word</span>'),
        # Brackets in attributes; end tags that are missing or too many.
        (f'<p title="a > b">{EN}</p>', '<p title="a > b"><span lang="en">word</span></p>'),
        (f'<ul lang="en"><li>{EN}</ul></p>{EN}',
         '<ul lang="en"><li>word</ul></p><span lang="en">word</span>'),
    ],
)  # fmt: skip
def test_a_mark_becomes_an_attribute(body: str, found: str) -> None:
    assert settled(page(body)) == page(found)


def test_a_title_and_a_description_say_the_language_of_most_of_them() -> None:
    head = f'<title>{EN} – а</title><meta name="description" content="{EN}"><meta charset="utf-8">'
    assert settled(page(head)) == page(
        '<title lang="en">word – а</title><meta name="description" content="word" lang="en">'
        '<meta charset="utf-8">'
    )
    assert "<title>word – пасяджэнне" in settled(page(f"<title>{EN} – пасяджэнне</title>"))


def test_a_page_without_marks_is_left_alone() -> None:
    text = page('<p  class = x>&nbsp;<svg viewBox="0 0 1 1"/><br />')
    assert settled(text) is text


PARTS = st.recursive(
    st.sampled_from(["так", EN, DE, "12 ", marked("x " + EN, "de"), "<br>", "&lt;"]),
    lambda inner: st.builds(
        lambda name, label, own, parts: (
            f"<{name}{f' lang={own!r}' if own else ''}"
            f"{f' aria-label={label!r}' if label else ''}>{''.join(parts)}</{name}>"
        ),
        st.sampled_from(["div", "b", "nav"]),
        st.sampled_from(["", EN, DE, "так", f"{EN} дзень"]),
        st.sampled_from(["", "ru", "en"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@given(st.lists(PARTS, max_size=5).map("".join))
def test_every_text_keeps_the_language_that_it_was_marked_with(body: str) -> None:
    text = settled(page(body))
    assert not is_marked(text)
    assert settled(text) == text
    for word, lang in (("word", "en"), ("Wort", "de"), ("x", "de")):
        assert set(languages_of(text, word)) <= {lang}
    # What is not marked is in the language of the elements around it, as they were written.
    assert languages_of(text, "так") == languages_of(page(body), "так")


def languages_of(text: str, word: str) -> list[str]:
    """The language of each place where a page says a word, in their order."""
    texts = said(html.document_fromstring(text), ())
    return [one.lang for one in texts for _ in range(one.text.count(word))]
