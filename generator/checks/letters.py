"""Letters: those of another alphabet, those that the language lacks, runs of letters it never has.

What a language has stands in its own ``spelling.yaml``; see ``generator.spelling``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from generator.checks.corpus import APOSTROPHES, BRACKET, GAP, Corpus, Find, Finds
from generator.spelling import Spelling

# Roman numerals are written in Latin letters in all alphabets.
_NUMERALS = "IVXLCDM"
# So many letters tell which alphabet a language has.
_SAMPLE = 20_000
# Quotation marks may stand between a vowel and the letter that it changes.
_QUOTES = '«»„“”‚‘’‹›"'


def check(corpus: Corpus, spelling: Spelling) -> Finds:
    """Yield what is wrong with the letters of a language, with the key of its string."""
    yield from _mixed(corpus)
    yield from _foreign(
        corpus, spelling.letters_not, "foreign-letter", "the language does not use this letter"
    )
    yield from _foreign(
        corpus, spelling.marks_not, "foreign-mark", "the language does not use this mark"
    )
    yield from _pieces(corpus, spelling)
    yield from _after_vowel(corpus, spelling)
    yield from _only_before(corpus, spelling)


def name_of(char: str) -> str:
    """A letter or mark by its Unicode name, for a message."""
    return unicodedata.name(char, "unnamed")


def _script(letter: str) -> str:
    """The alphabet of a letter, by its Unicode name."""
    return unicodedata.name(letter, "?").partition(" ")[0]


def any_of(letters: str) -> str:
    """A pattern for one of some letters, which may be any characters."""
    return f"[{re.escape(letters)}]"


def _alphabets(corpus: Corpus) -> dict[str, str]:
    """The letters of the text by alphabet, the most used alphabet first."""
    letters: dict[str, str] = {}
    for letter in sorted(set(corpus.text)):
        if letter.isalpha() and letter not in APOSTROPHES:
            script = _script(letter)
            letters[script] = letters.get(script, "") + letter
    if len(letters) < 2:
        return letters
    sample = corpus.text[:: 1 + len(corpus.text) // _SAMPLE]
    counts = Counter({name: sum(map(sample.count, own)) for name, own in letters.items()})
    return {script: letters[script] for script, _ in counts.most_common()}


def _mixed(corpus: Corpus) -> Finds:
    """Words with letters of two alphabets, and single letters of another between words."""
    alphabets = _alphabets(corpus)
    if len(alphabets) < 2:
        return
    own, *others = alphabets.values()
    last = 0
    # Every change of alphabet has a letter of a less used one beside it.
    for match in re.finditer("|".join(map(_beside_another, others)), corpus.text):
        start, end = corpus.word_at(match.start())
        if start < last:
            continue
        last = end
        word = corpus.text[start:end]
        odd = _odd_letter(word, alphabets)
        yield corpus.told(
            start + word.index(odd),
            "mixed-letters",
            f"a word has letters of two alphabets: {name_of(odd)}",
            word,
            "letters of one alphabet",
        )
    gap = any_of(GAP)
    strange = "".join(letter for letter in "".join(others) if letter not in _NUMERALS)
    lonely = f"{any_of(strange)}(?<={any_of(own)}{gap}.)(?={gap}+{any_of(own)})"
    for match in re.finditer(lonely, corpus.text) if strange else ():
        yield corpus.told(
            match.start(),
            "mixed-letters",
            f"a letter of another alphabet stands alone: {name_of(match[0])}",
            corpus.around(match.start()),
            "a letter of the language's own alphabet, or quotation marks around it",
        )


def _beside_another(letters: str) -> str:
    """A pattern for one of some letters with a letter before or after it that is none of them."""
    one, mark = any_of(letters), any_of(APOSTROPHES)
    before = f"(?<=[^\\W\\d_].)(?<!{one}.)|(?<=[^\\W\\d_]{mark}.)(?<!{one}{mark}.)"
    return f"{one}(?:{before}|(?={mark}?[^\\W\\d_])(?!{mark}?{one}))"


def _odd_letter(word: str, alphabets: dict[str, str]) -> str:
    """The first letter of the alphabet that fewest letters of the word are of."""
    counted = {
        script: sum(letter in letters for letter in word) for script, letters in alphabets.items()
    }
    # Of two that are even the one that the text uses less is the odd one.
    rare = min((n, -i, script) for i, (script, n) in enumerate(counted.items()) if n)[2]
    return next(letter for letter in word if letter in alphabets[rare])


def _foreign(corpus: Corpus, chars: str, rule: str, message: str) -> Finds:
    """The first of some characters in each string that has one."""
    if not chars:
        return
    last = -1
    for match in re.finditer(any_of(chars), corpus.text):
        index = corpus.index(match.start())
        if index == last:
            continue
        last = index
        at = match.start()
        yield corpus.told(at, rule, f"{message}: {name_of(match[0])}", corpus.around(at))


def _pieces(corpus: Corpus, spelling: Spelling) -> Finds:
    """Runs of letters that no word of the language has."""
    for piece in spelling.pieces_not:
        for start, end in corpus.having_piece(piece):
            yield corpus.told(
                corpus.lower.index(piece, start),
                "unwanted-letters",
                f"no word of the language is spelt with these letters: {piece}",
                corpus.text[start:end],
            )


def _after_vowel(corpus: Corpus, spelling: Spelling) -> Finds:
    """A letter that becomes another after a vowel, in the word or at the end of the one before."""
    if spelling.after_vowel is None or not spelling.vowels:
        return
    long, short = spelling.after_vowel
    vowels = spelling.vowels.lower() + spelling.vowels.upper()
    vowel = any_of(vowels)
    near = f"(?:(?<={vowel}.)|(?<={vowel}[ \u00a0-].)|(?<={BRACKET}.)|(?<={BRACKET}[ \u00a0-].))"
    kept = {start for form in spelling.after_vowel_keep for start, _ in corpus.find(form)}
    for match in re.finditer(f"{re.escape(long)}{near}", corpus.text):
        at = match.start()
        before = corpus.text[_back(corpus, at, GAP)]
        if before == "-":
            before = corpus.text[at - 2]
        if before in vowels and corpus.word_at(at)[0] not in kept:
            yield _changed(corpus, at, "follows a vowel", short)
    # And nowhere but after a vowel; a gap or a quotation mark does not part the two.
    capital = short.upper()
    for match in re.finditer(f"{any_of(short + capital)}(?<!{vowel}.)", corpus.text):
        at = match.start()
        before = corpus.text[_back(corpus, at, f"{GAP}-{_QUOTES}")]
        if before not in vowels:
            # Nobody can say here how a letter of another alphabet is read.
            is_foreign = before.isalpha() and _script(before) != _script(vowels[0])
            if not is_foreign and not (match[0] == capital and _is_in_capitals(corpus, at)):
                yield _changed(corpus, at, "does not follow a vowel", long)
        elif match[0] == capital != short and corpus.text[at + 1].islower():
            yield _changed(corpus, at, "begins a name", long.upper())


def _back(corpus: Corpus, at: int, over: str) -> int:
    """The place before a place, not counting some characters."""
    at -= 1
    while corpus.text[at] in over:
        at -= 1
    return at


def _is_in_capitals(corpus: Corpus, at: int) -> bool:
    start, end = corpus.word_at(at)
    return start < at and corpus.text[start:end].isupper()


def _changed(corpus: Corpus, at: int, why: str, better: str) -> Find:
    message = f"the letter {corpus.text[at]} {why}"
    return corpus.told(at, "letter-after-vowel", message, corpus.around(at), better)


def _only_before(corpus: Corpus, spelling: Spelling) -> Finds:
    """A mark that stands before some letters only, such as an apostrophe."""
    if spelling.only_before is None:
        return
    mark, letters = spelling.only_before
    after = any_of(letters.lower() + letters.upper() + BRACKET)
    for match in re.finditer(f"{re.escape(mark)}(?!{after})", corpus.text):
        yield corpus.told(
            match.start(),
            "misplaced-mark",
            f"this mark stands only before some letters: {name_of(mark)}",
            corpus.around(match.start()),
            " ".join(letters),
        )
