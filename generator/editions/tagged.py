"""What Chromium's PDF files lack: the same bytes each time, a date of their content, small size.

Page numbers of a list of contents are read from the file of a first print: style sheets cannot ask
on which page something stands (``target-counter`` is in no browser).
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

from generator.errors import BuildError

# Ids of elements in the tree of tags, which Chromium counts up from print to print.
_NODE = re.compile(rb"\(node(\d{8})\)")
#: The programs that write files.
TOOLS = f"pikepdf {pikepdf.__version__}, {pikepdf.__libqpdf_version__}"


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself: ``day`` is that of its content.

    ``headings`` are the texts of all headings in order, by which the outline names them.
    """

    title: str
    lang: str
    author: str
    subject: str
    day: datetime.date
    address: str
    licence: str | None = None
    headings: tuple[str, ...] = ()


def page_numbers(data: bytes) -> dict[str, int]:
    """The number of the page of every id that a file links to, from 1."""
    with _opened(data) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        found: Any = pdf.Root.get("/Dests", {})
        return {
            name.removeprefix("/"): numbers[_page(target).objgen] for name, target in found.items()
        }


def _page(target: Any) -> Any:
    return target[0] if isinstance(target, pikepdf.Array) else target["/D"][0]


def settled(data: bytes, about: About) -> bytes:
    """A file of Chromium as it is published. Raises BuildError if it is not tagged."""
    with _opened(_renumbered(data)) as pdf:
        root = pdf.Root
        if "/StructTreeRoot" not in root or "/Outlines" not in root:
            raise BuildError("this Chromium makes no tags or outlines: it is too old")
        root["/Lang"] = pikepdf.String(about.lang)
        root["/PageMode"] = pikepdf.Name("/UseOutlines")
        root["/ViewerPreferences"] = pikepdf.Dictionary(DisplayDocTitle=True)
        _outline(root["/Outlines"], about.headings)
        _describe(pdf, about)
        target = io.BytesIO()
        pdf.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
        return target.getvalue()


def _opened(data: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(io.BytesIO(data))
    except pikepdf.PdfError as error:
        raise BuildError(f"Chromium made a PDF that cannot be read: {error}") from error


def _renumbered(data: bytes) -> bytes:
    """The ids of elements counted from 1, in their order, which sorts as it did."""
    ids = sorted(set(_NODE.findall(data)))
    ranks = {number: b"(node%08d)" % rank for rank, number in enumerate(ids, 1)}
    return _NODE.sub(lambda match: ranks[match[1]], data)


def _outline(outlines: Any, headings: Sequence[str]) -> None:
    """Let an outline show its first level, and below the title, the second (ISO 32000-1, 12.3.3).

    Chromium leaves out spaces where a heading breaks, so the texts are set anew.
    """
    texts = iter(headings)
    outlines["/Count"] = _folded(outlines, texts, is_top=True)
    if next(texts, None) is not None:
        raise BuildError("this Chromium leaves headings out of the outline")


def _folded(parent: Any, texts: Iterator[str], *, is_top: bool = False) -> int:
    """Set titles and counts of what is below an entry; return how many entries are seen there."""
    seen = 0
    entry = parent.get("/First")
    while entry is not None:
        text = next(texts, "")
        if "".join(str(entry["/Title"]).split()) != "".join(text.split()):
            raise BuildError(f"this Chromium has {entry['/Title']} in the outline for {text}")
        entry["/Title"] = text
        is_title = is_top and not seen
        seen += 1
        if "/First" in entry:
            below = _folded(entry, texts)
            entry["/Count"] = below if is_title else -below
            seen += below if is_title else 0
        entry = entry.get("/Next")
    return seen


def _describe(pdf: pikepdf.Pdf, about: About) -> None:
    """Write what the file says of itself, in both places that readers look in."""
    producer = str(pdf.docinfo.get("/Producer", ""))
    moment = f"{about.day.isoformat()}T00:00:00+00:00"
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        meta["dc:title"] = about.title
        meta["dc:creator"] = [about.author]
        meta["dc:description"] = about.subject
        meta["dc:language"] = {about.lang}
        meta["dc:source"] = about.address
        if about.licence:
            meta["dc:rights"] = about.licence
        meta["pdf:Producer"] = producer
        meta["xmp:CreateDate"] = meta["xmp:ModifyDate"] = moment
    stamp = f"D:{about.day:%Y%m%d}000000Z"
    for name in list(pdf.docinfo.keys()):
        del pdf.docinfo[name]
    pdf.docinfo["/Title"] = about.title
    pdf.docinfo["/Author"] = about.author
    pdf.docinfo["/Subject"] = about.subject
    pdf.docinfo["/Producer"] = producer
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = stamp
