"""What every rule means: the text behind ``explain RULE``."""

from __future__ import annotations

import textwrap

from generator.errors import UsageError, meant, shown
from generator.finish_links import RULES as LINK_RULES
from generator.links import RULES as SOURCE_LINK_RULES
from generator.source import RULES as READING_RULES

_RECORD_RULES: dict[str, str] = {
    "too-many-problems": (
        "So many problems of one kind have one cause, such as a file in the wrong place or a "
        "search and replace that went wrong. Mend that, and look again."
    ),
    "missing-file": (
        "A file or folder that every project needs is not there. The settings stand in "
        "content/site.yaml, the closed lists in content/facts/vocabulary.yaml."
    ),
    "unknown-kind": (
        "Records stand in content/facts/KINDS/, words in content/words/LANGUAGE/KINDS.yaml; the "
        "folder or file is named after no kind. docs/reference.md has the kinds."
    ),
    "wrong-folder": (
        "Nothing is read from this place, so what stands there would be lost. Move the file to "
        "content/facts/KINDS/ or content/words/LANGUAGE/."
    ),
    "wrong-shape": ("A mapping, a list or a single value stands where one of the others belongs."),
    "empty-value": (
        "A field has no value. Leave the whole key out if nothing is known; put quotes around a "
        "text that YAML takes for nothing, such as ~."
    ),
    "missing-field": (
        "The kind of record requires this field. The JSON Schema of the kind lists all fields, "
        "and editors complete them."
    ),
    "unknown-field": (
        "The kind of record has no field of this name. It is refused because a misspelt field "
        "would silently be lost."
    ),
    "invalid-value": (
        "The value is not one that the field can hold; the message says which it can."
    ),
    "invalid-id": (
        "Ids become addresses in all languages: lower-case ASCII letters and digits, words "
        "joined by single hyphens, a letter first, at most 80 characters, none of the names "
        "that Windows reserves, and none that a list of the site has."
    ),
    "invalid-number": (
        "Numbers are digits with an optional decimal point: no separators of thousands, no "
        "leading zeros, no exponent. Write 1500, not 1.500 or 1,500."
    ),
    "invalid-date": (
        "Dates are EDTF: a year 2017, a month 2017-03, a day 2017-03-08, or an interval of two "
        "2017/2019. Part of a month or year: {on: 2020-12, part: early}. Never more exact than "
        "the source."
    ),
    "invalid-address": (
        "A web address begins with http:// or https:// and stands once, without spaces. Other "
        "schemes are refused."
    ),
    "unknown-list": ("The vocabulary has lists of fixed names, because records refer to them."),
    "missing-list": ("A list of the vocabulary that records may refer to is not there."),
    "empty-list": ("A list of the vocabulary has no entries."),
    "duplicate-id": (
        "Ids are unique over all kinds, former ids included, so that an address leads to one "
        "record."
    ),
    "unsaid-removal": (
        "A record that was published is gone. Readers who follow an old link should learn why: "
        "name its id in content/removed.yaml, with its kind, the date and a reason. If it was only "
        "renamed, name the old id under formerly."
    ),
    "removed-id": (
        "Ids of removed records (content/removed.yaml) are never given again: an old link must not "
        "lead to something else. Give the record another id; if it is the removed one come back, "
        "take the line out of content/removed.yaml."
    ),
    "unknown-reference": (
        "A field holds the id of a record that does not exist. A renamed record is suggested "
        "under its new id, a removed one as what stands in its place."
    ),
    "wrong-kind": ("The id exists, but belongs to a record of a kind that does not fit the field."),
    "circular-reference": ("Following the field from record to record leads back to the start."),
    "unknown-term": (
        "The value is no entry of the vocabulary list. New entries are one line in "
        "content/facts/vocabulary.yaml and one label in each language."
    ),
    "dates-out-of-order": (
        "Something would come into force before it was signed, end before it was agreed, or be "
        "implemented before it existed."
    ),
    "date-after-data": (
        "What is said to have happened lies after the state of the data (as_of in "
        "content/site.yaml). What lies ahead is a plan: give it a term or a stage."
    ),
    "missing-unit": ("A value without a unit cannot be compared. Name one from the vocabulary."),
    "wrong-unit": ("The measure is counted or is money; the unit is of the other sort."),
    "missing-partner": ("Trade and the like lie between two sides; name the other one."),
    "missing-period": ("A figure belongs to a time. Give it a period, or its record a date."),
    "invalid-percentage": (
        "A share lies between 0 and 100 per cent; a fall cannot exceed 100. Twice as much is a "
        "factor."
    ),
    "missing-verdict": (
        "Where the source gives several readings the record says what became of them."
    ),
    "duplicate-figure": (
        "Two records give the same measure for the same sides and period. Merge them with all "
        "their sources, or keep the difference as readings with a verdict."
    ),
    "cannot-derive": ("The inputs lack what the rule of a derived figure needs."),
    "wrong-derivation": (
        "The value written beside a derivation is not what the rule gives. Leave the value out, "
        "or correct it."
    ),
    "missing-source": ("Every fact has a source that the reader can follow."),
    "duplicate-number": ("Two notes, two chapters or two forums carry the same number."),
    "same-body": (
        "Two records of one kind answer to one name. One body has one id; its other names stand "
        "under other_names."
    ),
    "same-code": (
        "Two records have the same ISO code or the same item of Wikidata, so that other data would "
        "take one for the other."
    ),
    "same-tile": (
        "Two regions have the same row and column on the tile map, so that one would hide the "
        "other."
    ),
    "unknown-language": (
        "Words stand in a folder whose language content/site.yaml does not name, or a language "
        "of the site has no formats in CLDR."
    ),
    "duplicate-word": ("The same key stands in two words files of a language."),
    "unknown-word": (
        "No record and no kind asks for this key, so no page would show it. Keys are <id>.<key>."
    ),
    "wrong-words-file": ("The word belongs into the words file of the kind of its record."),
    "missing-word": (
        "The source language must have every required word and label; other languages fall back "
        "to it."
    ),
    "untidy-word": (
        "A word is one line without spaces at its ends; a second paragraph is the key with -2."
    ),
    "hidden-character": (
        "A text holds a character that nobody sees, such as a space without width. "
        "It breaks search and comparison; delete it."
    ),
    "html-in-words": ("Words hold text, links [text](id) and placeholders, no HTML."),
    "digit-in-words": (
        "Figures and dates are facts, written once for all languages. Put them into a record "
        "and refer to it: {fact:ID} or {date:ID.field}."
    ),
    "unknown-link": (
        "The link in a word leads to no record. Links are [text](id), without folder, file "
        "ending or #."
    ),
    "unknown-placeholder": (
        "Placeholders are {fact:ID} with the id of a figure and {date:ID.field} with a date of "
        "a record."
    ),
    "different-placeholders": (
        "A pattern in one language asks for values that the pattern of the source language does "
        "not have, or leaves one out."
    ),
    "ledger-gap": (
        "The reading ledger accounts for every line of a source, in order: the records that the "
        "lines became, or why they became none."
    ),
    "dead-ledger-entry": (
        "The reading ledger names a record that does not exist. Renaming and removing records "
        "must carry the ledger along."
    ),
    "orphan-record": (
        "Places, people and districts are shown with what refers to them. Nothing refers to this "
        "record, so no reader would find it."
    ),
    "unused-source": ("Every source is cited by a record, or says that it is not: unused: true."),
    "vanished-records": (
        "There are fewer records of a kind than at_least in content/site.yaml expects. Files may "
        "have been lost; if the records went on purpose, lower the number."
    ),
    "date-before-data": (
        "A date lies before everything that the sources tell of (earliest in content/site.yaml). "
        "Mostly a slip of a digit."
    ),
    "similar-name": (
        "Two records of a kind have names that differ by one letter. If they are one body, merge "
        "them; if not, name the other under distinct_from."
    ),
    "stale-history": (
        "The file content/history.yaml says when records were added and changed. Run the command "
        "history once the change is done, and keep the file with it; do not edit it by hand. "
        "Renaming a record needs nothing."
    ),
    "release-order": (
        "The file content/releases.yaml has the releases of the data in their order: versions go "
        "up, days go on. The command release writes it; do not edit it by hand."
    ),
    "unreleased-version": (
        "The version in content/site.yaml is that of the last release. The command release writes "
        "both; do not edit it by hand."
    ),
    "invalid-stamp": (
        "Files in content/stamps are written by the command stamp. Each line holds the hash of the "
        "source text that a translation matches; do not edit them by hand."
    ),
    "mixed-letters": (
        "A word has letters of two alphabets, such as a Latin i in a Cyrillic word. It looks right "
        "and is found by no search. Type the word again, or except it in content/exceptions.yaml."
    ),
    "foreign-letter": ("The language does not use this letter (letters-not in its spelling.yaml)."),
    "foreign-mark": (
        "The language does not use this mark (marks-not in its spelling.yaml), such as the "
        "apostrophe of another language, or it has another dash between words (dash)."
    ),
    "odd-space": (
        "Two spaces in a row or a tab, a space inside a bracket or before a mark that has none, no "
        "space after a comma, or a space that should not break."
    ),
    "doubled-mark": (
        "Two marks stand where one belongs. Three dots are the single mark …; a full stop after "
        "a date that ends with one takes care of itself."
    ),
    "quotation-mark": (
        "The language has other quotation marks (quotes and quotes-inner in its spelling.yaml). "
        "The inner ones stand only within the outer ones."
    ),
    "unbalanced-mark": (
        "A quotation mark or bracket is opened and not closed, or closed and not opened."
    ),
    "misplaced-mark": (
        "The language has this mark before some letters only (only-before in its spelling.yaml)."
    ),
    "unwanted-letters": (
        "No word of the language is spelt with these letters in a row (pieces-not in its "
        "spelling.yaml): mostly another orthography, or a slip. A name that has them all the same "
        "is excepted in content/exceptions.yaml."
    ),
    "letter-after-vowel": (
        "A letter becomes another after a vowel and nowhere else (after-vowel in spelling.yaml), "
        "also at the start of a word after one that ends with a vowel; not after a mark, after a "
        "placeholder, or where a name begins."
    ),
    "unwanted-word": (
        "The language avoids this word (not in its spelling.yaml or glossary.yaml); what is better "
        "is expected in its place."
    ),
    "lost-term": (
        "The source text has a term of the glossary, and the translation has none of the forms "
        "that term has in glossary.yaml. If another word is right here, list it there, or except "
        "the text in content/exceptions.yaml."
    ),
    "invalid-setting": (
        "A line of spelling.yaml or glossary.yaml does not say what it should. Words are separated "
        "by commas; a star at the start or end of a word stands for any letters; the better word "
        "follows after >."
    ),
    "different-targets": (
        "A translation has the links and placeholders of its source text, no more and no fewer."
    ),
    "different-digits": (
        "A text has the figures that it has in the source language; an ordinal may be in Roman "
        "numerals."
    ),
    "unusual-length": (
        "A translation is much shorter or longer than its source text; something may be lost. "
        "If it is right, except it in content/exceptions.yaml with a reason."
    ),
    "unused-exception": (
        "An exception in content/exceptions.yaml is for a find that is no longer there. Remove it."
    ),
}
RULES: dict[str, str] = {**READING_RULES, **_RECORD_RULES, **LINK_RULES, **SOURCE_LINK_RULES}


def explain_rule(name: str | None) -> str:
    """Return what a rule means, or all rules by name; UsageError for an unknown one."""
    if name is None:
        return "".join(f"{rule}\n" for rule in sorted(RULES))
    if name not in RULES:
        suffix = meant(name, RULES)
        raise UsageError(f"there is no rule {shown(name)}{suffix}")
    return f"{name}\n\n{textwrap.fill(RULES[name], 88)}\n"
