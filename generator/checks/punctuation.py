"""Spaces and marks: too many, too few, doubled, not closed, or not those of the language.

Which quotation marks and which dash a language has stands in its ``spelling.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.checks.corpus import BRACKET, END, GAP, Corpus, Finds
from generator.checks.letters import any_of, name_of
from generator.spelling import Pair, Spelling

# Marks that quote in some language. Those that are apostrophes too count only where a language
# names them as its own.
_QUOTES = '"«»‹›„“”‟‚‘‛'
_DASHES = "-–—"
_BRACKETS = Pair("(", ")")

_SPACES = ("  ", " \u00a0", "\u00a0 ", "\u00a0\u00a0", "\t", "( ", " )")
_TOO_TIGHT = re.compile(f"[,;](?<=[^\\W\\d_].){BRACKET}*(?=[^\\W\\d_])")
# After a full stop that ends an abbreviation other marks may follow, but not another one.
_DOUBLED = frozenset(
    {f"{mark}." for mark in ".,;:!?"} | {a + b for a in ",;:" for b in ",;:"} | {"!!", "??"}
)


def check(corpus: Corpus, spelling: Spelling) -> Finds:
    """Yield odd spaces and marks of a language, with the key of their string."""
    yield from _spaces(corpus, spelling)
    yield from _marks(corpus, spelling)
    if spelling.quotes is not None:
        yield from _quotes(corpus, spelling.quotes, spelling.quotes_inner)


def _spaces(corpus: Corpus, spelling: Spelling) -> Finds:
    text = corpus.text
    for spaces in _SPACES:
        for at in corpus.every(spaces):
            yield corpus.told(at, "odd-space", "a space too many", spaces)
    for match in _TOO_TIGHT.finditer(text):
        at = match.start()
        yield corpus.told(at, "odd-space", "a space is missing after this mark", corpus.around(at))
    message = "the language has no space before this mark"
    for mark in spelling.marks_tight:
        for at in corpus.every(f" {mark}"):
            if text[at + 2] in f" {END}":
                yield corpus.told(at, "odd-space", message, mark)
    message = "a no-break space belongs after this mark"
    for mark in spelling.no_break_after:
        for at in corpus.every(f"{mark.lower()} "):
            yield corpus.told(at + 1, "odd-space", message, corpus.around(at), "U+00A0")


def _marks(corpus: Corpus, spelling: Spelling) -> Finds:
    text = corpus.text
    doubled = [(at, pair) for pair in sorted(_DOUBLED) for at in corpus.every(pair)]
    for mark in sorted({pair[1] for pair in _DOUBLED}):
        for at in corpus.every(BRACKET + mark):  # the end of a link before it
            before = at
            while text[before] == BRACKET:
                before -= 1
            if text[before] + mark in _DOUBLED:
                doubled.append((before, text[before] + mark))
    for at, pair in doubled:
        expected = "one of them; three dots are the one mark …" if pair == ".." else "one of them"
        yield corpus.told(at, "doubled-mark", "a mark too many", pair, expected)
    if spelling.dash:
        others = any_of("".join(dash for dash in _DASHES if dash != spelling.dash))
        spaced = f"{others}(?<=[{GAP}].)(?=[{GAP}])"
        for match in re.finditer(spaced, corpus.text):
            yield corpus.told(
                match.start(),
                "foreign-mark",
                f"the language has another dash: {name_of(match[0])}",
                corpus.around(match.start()),
                spelling.dash,
            )


def _quotes(corpus: Corpus, outer: Pair, inner: Pair | None) -> Finds:
    """Quotation marks and brackets, string by string."""
    pairs = [_BRACKETS, outer, *([inner] if inner else [])]
    marks = "".join(dict.fromkeys("".join(first + second for first, second in pairs) + _QUOTES))
    strings: dict[int, list[tuple[int, str]]] = {}
    for match in re.finditer(any_of(marks), corpus.text):
        strings.setdefault(corpus.index(match.start()), []).append((match.start(), match[0]))
    for found in strings.values():
        yield from _string(corpus, found, outer, inner)


def _string(
    corpus: Corpus, marks: Iterable[tuple[int, str]], outer: Pair, inner: Pair | None
) -> Finds:
    """What is wrong with the marks of one string."""
    shown = f"{outer.first}…{outer.second}"
    if inner:
        shown += f", within it {inner.first}…{inner.second}"
    stack: list[tuple[int, Pair]] = []
    for at, mark in marks:
        top = stack[-1][1] if stack else None
        is_inside = any(pair == outer for _, pair in stack)
        if top and mark == top.second and not (top == inner and _is_apostrophe(corpus, at)):
            stack.pop()
        elif mark == _BRACKETS.first:
            stack.append((at, _BRACKETS))
        elif mark == outer.first and not is_inside:
            stack.append((at, outer))
        elif inner and mark == inner.first and is_inside and top != inner:
            stack.append((at, inner))
        elif mark in "’'" or (inner and mark == inner.second and _is_apostrophe(corpus, at)):
            continue
        elif mark in (outer.second, _BRACKETS.second) or (inner and mark == inner.second):
            yield corpus.told(
                at, "unbalanced-mark", f"nothing is closed here: {name_of(mark)}",
                corpus.around(at), shown,
            )  # fmt: skip
        else:
            yield corpus.told(
                at, "quotation-mark", f"another quotation mark belongs here: {name_of(mark)}",
                corpus.around(at), shown,
            )  # fmt: skip
    for at, pair in stack:
        yield corpus.told(
            at,
            "unbalanced-mark",
            f"this mark is not closed: {name_of(pair.first)}",
            corpus.around(at),
            pair.second,
        )


def _is_apostrophe(corpus: Corpus, at: int) -> bool:
    """Whether a closing quotation mark stands within a word, where it is an apostrophe."""
    return corpus.text[at - 1].isalpha() and corpus.text[at + 1].isalpha()
