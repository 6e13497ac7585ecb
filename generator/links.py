"""The addresses of sources, and what is wrong with them, given how each answered.

Never part of the check: whether a host answers today says nothing of the content. What need not
answer for a while stands in ``content/links.yaml``, with a reason and an end:

    "http://example.org/old": {reason: "asks for a password since 2026", until: 2027-06-30}
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.errors import Place, Problem, ordered
from generator.store import Store

RULES: dict[str, str] = {
    "dead-source-link": (
        "The address of a source does not answer as it should, also when asked again. If the page "
        "has moved, correct the address. If it is gone, look for a copy in a web archive and name "
        "it beside the address, under archive. If it has only fallen silent, except it in "
        "content/links.yaml with a reason and an end."
    ),
    "expired-link-exception": (
        "The last day of an exception in content/links.yaml has passed. See whether the address "
        "answers again; take the line out, or give it another end."
    ),
    "unused-link-exception": (
        "A line of content/links.yaml excepts an address that no source has, or that answers "
        "again. Take it out."
    ),
}

# The copy nearest to a year (https://archive.org/help/wayback_api.php).
_ARCHIVE = "https://web.archive.org/web/{year}/{address}"
_ARCHIVES = ("https://web.archive.org/", "http://web.archive.org/")


@dataclass(frozen=True, slots=True)
class Address:
    """An address that a source gives, and where; the year of the source, if that is known.

    ``copy`` is that of a copy in a web archive, if the source gives one too.
    """

    url: str
    identifier: str
    place: Place
    year: int | None
    copy: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """How an address answered: whether with what was asked for, else why not, in a few words."""

    is_good: bool
    said: str = ""


def addresses_of(store: Store) -> list[Address]:
    """The addresses of all sources and their copies, in order of files and lines."""
    found = []
    for entry in store.of_kind("source"):
        record = entry.record
        year = record.year.first.year if record.year else None
        if record.url is not None:
            place = entry.at(("url",))
            found.append(Address(record.url, entry.id, place, year, record.archive))
        if record.archive is not None:
            found.append(Address(record.archive, entry.id, entry.at(("archive",)), year))
    return sorted(found, key=lambda one: (one.place, one.url))


def link_problems(
    store: Store,
    addresses: Iterable[Address],
    answers: Mapping[str, Answer],
    today: datetime.date,
) -> tuple[Problem, ...]:
    """What is wrong with addresses that were asked, and with the exceptions to that.

    A dead address with a copy that answers is none: readers have the copy. An exception whose
    address answers again is a warning: some hosts answer on some days only.
    """
    problems = []
    asked = {one.url for one in addresses}
    in_force = set()
    for url, (excused, place) in store.links.items():
        answer = answers.get(url)
        if url not in asked:
            problems.append(
                Problem(place, "unused-link-exception", "no source has this address", url)
            )
        elif excused.until.last < today:
            problems.append(
                Problem(place, "expired-link-exception", f"ended on {excused.until.edtf}", url)
            )
        else:
            in_force.add(url)
            if answer is not None and answer.is_good:
                problems.append(
                    Problem(
                        place,
                        "unused-link-exception",
                        "the address answers again",
                        url,
                        severity="warning",
                    )
                )
    for one in addresses:
        answer = answers.get(one.url)
        copy = answers.get(one.copy) if one.copy else None
        if copy is not None and copy.is_good:
            continue
        if answer is not None and not answer.is_good and one.url not in in_force:
            problems.append(
                Problem(
                    one.place,
                    "dead-source-link",
                    f"the address of {one.identifier} does not answer: {answer.said}",
                    one.url,
                    _suggestion(one, today),
                )
            )
    return ordered(problems)


def _suggestion(one: Address, today: datetime.date) -> str:
    if one.url.startswith(_ARCHIVES):
        return "another copy, or an exception"
    archived = _ARCHIVE.format(year=one.year or today.year, address=one.url)
    return f"an answer, or a copy such as {archived} under archive:"
