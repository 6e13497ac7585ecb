"""A feed as documents of bounded size: one to subscribe to, and archives that lead on from it.

Archived feeds of RFC 5005, section 4. What is newest stands in the document to subscribe to, the
rest in archives, each named after the newest day in it; ``prev-archive`` leads from one to the
next. A part stands in one document only: a record that changes moves to the newest. So a reader
who comes back finds all that is new in the first documents, and one who follows all links has
every part once.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Of a document: about 60 kB.
MOST = 100


@dataclass(frozen=True, slots=True)
class Part:
    """An entry, or the note that one is gone, with the day by which it is ordered."""

    day: datetime.date
    xml: str
    is_entry: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """A part of a feed: the name of its file, what it has, and the archives before and after.

    The ``name`` of the document to subscribe to is empty, as is ``after`` of the newest archive.
    """

    name: str
    parts: Sequence[Part]
    before: str | None = None
    after: str | None = None


def documents(parts: Sequence[Part]) -> Iterator[Document]:
    """The documents of a feed, the one to subscribe to first, then from the newest archive on.

    ``parts`` are from the newest to the oldest. Archives are filled from the oldest on, so that
    what is new changes none but the last.
    """
    newest, rest = parts[:MOST], parts[MOST:][::-1]
    chunks = [rest[at : at + MOST][::-1] for at in range(0, len(rest), MOST)]
    seen: Counter[datetime.date] = Counter()
    names = []
    for chunk in chunks:
        day = chunk[0].day
        seen[day] += 1
        names.append(f"{day.isoformat()}-{seen[day]}")
    yield Document("", newest, before=names[-1] if names else None)
    for at in range(len(chunks) - 1, -1, -1):
        yield Document(
            names[at],
            chunks[at],
            before=names[at - 1] if at else None,
            after=names[at + 1] if at + 1 < len(names) else None,
        )
