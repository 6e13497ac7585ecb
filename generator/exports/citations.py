"""References for citation managers, in three formats: BibTeX, RIS and CSL-JSON.

A reference is what can be cited, a page or a source, in terms that all three know. What a format
has no word for is left out of it; nothing is invented to fill a field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.exports.plain import to_json
from generator.model.dates import Date
from generator.model.vocabulary import CslType


@dataclass(frozen=True, slots=True)
class Reference:
    """A thing to cite. ``container`` is the larger work, journal or site that it is part of.

    ``authors`` are names as printed, the family name last; ``number`` is that of a chapter.
    """

    id: str
    type: CslType
    title: str
    language: str = ""
    authors: tuple[str, ...] = ()
    date: Date | None = None
    container: str = ""
    publisher: str = ""
    place: str = ""
    number: str = ""
    pages: str = ""
    url: str = ""
    note: str = ""


# CSL type: entry of BibTeX, what holds the container there, type of RIS.
_TYPES: Mapping[CslType, tuple[str, str, str]] = {
    CslType.WEBPAGE: ("misc", "howpublished", "ELEC"),
    CslType.BOOK: ("book", "series", "BOOK"),
    CslType.CHAPTER: ("incollection", "booktitle", "CHAP"),
    CslType.ARTICLE: ("article", "journal", "JOUR"),
    CslType.PERIODICAL: ("misc", "howpublished", "SER"),
    CslType.PAPER: ("inproceedings", "booktitle", "CPAPER"),
    CslType.REPORT: ("techreport", "series", "RPRT"),
    CslType.DOCUMENT: ("misc", "howpublished", "GEN"),
}
# What TeX would take for a command.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: f"\\{char}" for char in "&%$#_{}"},
    }
)
# BibTeX counts braces even behind a backslash, so those without a partner go by their names.
_LONE = str.maketrans({**_TEX, ord("{"): r"\textbraceleft{}", ord("}"): r"\textbraceright{}"})


def bibtex(references: Sequence[Reference]) -> bytes:
    """The references as a BibTeX file in UTF-8; titles are protected from changes of case."""
    return "\n".join(_bibtex(one) for one in references).encode()


def _bibtex(one: Reference) -> str:
    entry, container, _ = _TYPES[one.type]
    fields = {
        "author": " and ".join(_bibtex_name(name) for name in one.authors),
        "title": f"{{{_tex(one.title)}}}",
        container: _tex(one.container or (one.publisher if entry == "misc" else "")),
        "publisher": "" if entry == "misc" else _tex(one.publisher),
        "address": _tex(one.place),
        "chapter": one.number if entry == "incollection" else "",
        "pages": one.pages.replace("-", "--"),
        **_bibtex_date(one.date),
        "url": one.url,
        "language": one.language,
        "note": _tex(one.note),
    }
    if entry == "techreport":
        fields["institution"] = fields.pop("publisher")
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{entry}{{{one.id},\n" + ",\n".join(lines) + "\n}\n"


def _tex(text: str) -> str:
    return _one_line(text).translate(_TEX if _is_balanced(text) else _LONE)


def _is_balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def _bibtex_name(name: str) -> str:
    """A name, in braces where BibTeX would read an "and" or a comma into it."""
    written = _tex(name)
    return f"{{{written}}}" if "," in name or " and " in f" {name} ".casefold() else written


def _bibtex_date(date: Date | None) -> dict[str, str]:
    if date is None:
        return {}
    start = date.start
    return {"year": str(start.year), "month": str(start.month or "")}


def ris(references: Sequence[Reference]) -> bytes:
    """The references as an RIS file in UTF-8."""
    return "".join(_ris(one) for one in references).encode()


def _ris(one: Reference) -> str:
    first, _, last = one.pages.partition("-")
    rows = [
        ("TY", _TYPES[one.type][2]),
        ("ID", one.id),
        *(("AU", ", ".join(part for part in _name(name) if part)) for name in one.authors),
        ("TI", one.title),
        ("T2", one.container),
        ("PB", one.publisher),
        ("CY", one.place),
        ("SP", first),
        ("EP", last),
        ("PY", str(one.date.start.year) if one.date else ""),
        ("DA", _ris_date(one.date)),
        ("UR", one.url),
        ("LA", one.language),
        ("N1", one.note),
    ]
    lines = [f"{tag}  - {_one_line(value)}\r\n" for tag, value in rows if value]
    return "".join(lines) + "ER  - \r\n\r\n"


def _ris_date(date: Date | None) -> str:
    if date is None:
        return ""
    start = date.start
    return f"{start.year}/{_two(start.month)}/{_two(start.day)}/"


def _two(number: int | None) -> str:
    return f"{number:02}" if number else ""


def csl_json(references: Sequence[Reference]) -> bytes:
    """The references as CSL-JSON, the format of citation processors."""
    return to_json([_csl(one) for one in references])


def _csl(one: Reference) -> dict[str, Any]:
    fields = {
        "id": one.id,
        "type": one.type.value,
        "author": [_csl_name(name) for name in one.authors],
        "title": one.title,
        "container-title": one.container,
        "publisher": one.publisher,
        "publisher-place": one.place,
        "chapter-number": one.number,
        "page": one.pages,
        "issued": {"date-parts": _date_parts(one.date)} if one.date else None,
        "URL": one.url,
        "language": one.language,
        "note": one.note,
    }
    return {name: value for name, value in fields.items() if value}


def _date_parts(date: Date) -> list[list[int]]:
    points = [date.start, date.end] if date.end else [date.start]
    return [[part for part in (p.year, p.month, p.day) if part] for p in points]


def _csl_name(name: str) -> dict[str, str]:
    family, given = _name(name)
    return {"family": family, "given": given} if given else {"literal": family}


def _name(name: str) -> tuple[str, str]:
    """Family name and the rest; a name of one word, or with a comma in it, is left whole."""
    if "," in name:
        return name, ""
    given, _, family = name.rpartition(" ")
    return family, given


def _one_line(text: str) -> str:
    return " ".join(text.split())


Write = Callable[[Sequence[Reference]], bytes]
# By the end of the file's name: the media type, and who writes it.
FORMATS: Mapping[str, tuple[str, Write]] = {
    "bib": ("application/x-bibtex", bibtex),
    "ris": ("application/x-research-info-systems", ris),
    "csl.json": ("application/vnd.citationstyles.csl+json", csl_json),
}
