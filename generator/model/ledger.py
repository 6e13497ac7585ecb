"""The reading ledger: what became of every paragraph of a source.

One file for each part of a source (``content/ledger/<source id>.yaml``), a mapping of line ranges
to the records that the lines became, or why they became none. The text itself is not kept, only a
hash, by which a later reading can tell whether the source has changed: the first twelve
hexadecimal digits of SHA-256 over the text in NFC with every run of white space as one space.
"""

from __future__ import annotations

import hashlib
import unicodedata
from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints, model_validator

from generator.model.fields import Model, Text, refused

HASH_LENGTH = 12


class Why(StrEnum):
    """Why lines became no record of their own."""

    HEADING = "heading"
    PAGE_NUMBER = "page-number"
    NOTE_BODY = "note-body"
    OPINION = "opinion"
    REPETITION = "repetition"
    TRANSITION = "transition"
    WISH_WITHOUT_SPEAKER = "wish-without-speaker"


class LedgerEntry(Model):
    """What a range of lines became; figures inside records are named ``record.figure``."""

    hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]
    records: tuple[Text, ...] = ()
    why: Why | None = None

    @model_validator(mode="after")
    def _accounted(self) -> LedgerEntry:
        if not self.records and self.why is None:
            raise refused("the lines are not accounted for", "records, or why there are none")
        return self


def text_hash(text: str) -> str:
    """The hash of a passage, independent of line breaks and runs of spaces."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(plain.encode()).hexdigest()[:HASH_LENGTH]


def is_hash(text: str) -> bool:
    """Whether a text is such a hash."""
    return len(text) == HASH_LENGTH and all(c in "0123456789abcdef" for c in text)


def is_history(text: str) -> bool:
    """Whether a text is a stamp of the source language: hashes, the first perhaps with an equal."""
    first, *others = text.split(" ")
    equals = first.split("=")
    return len(equals) <= 2 and all(map(is_hash, (*equals, *others)))


def line_range(text: str) -> tuple[int, int] | None:
    """First and last line of ``352-355`` or ``352``; None for anything else."""
    first, dash, last = text.partition("-")
    if not text.isascii() or not first.isdigit() or (dash and not last.isdigit()):
        return None
    start, end = int(first), int(last or first)
    return (start, end) if 0 < start <= end else None
