"""The foot of every page: the state of the data, how to cite it, its files, and where to correct.

Nothing here asks a clock: the state of the data dates a citation, as it dates the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from generator.escape import escape
from generator.foreign import bare
from generator.routes import CITATION_FORMATS, HOME, cite_of
from generator.views.context import PageContext, escape_address

TEXTS = (
    *(
        "cite.page",
        "cite.site",
        "foot.added",
        "foot.changed",
        "foot.checked",
        "foot.checked-before",
    ),
    *("foot.facts", "foot.words"),
)


@dataclass(frozen=True, slots=True)
class Foot:
    """What the foot says: the citation as text, files that hold it, and links to correct a page.

    ``files`` are a format, an address and the name that a saved file gets; ``edits`` the key of a
    text and an address; ``days`` the key of a text and when that was; ``report`` is missing where
    the site names no place for reports.
    """

    citation: Markup
    files: tuple[tuple[str, Markup, str], ...]
    edits: tuple[tuple[str, Markup], ...]
    days: tuple[tuple[str, Markup], ...]
    report: Markup | None


def foot(
    p: PageContext, heading: Markup, facts: str | None = None, words: str | None = None
) -> Foot:
    """The foot of a page, with the files of the repository that hold its facts and its words."""
    site = p.lens.site
    address = f"{site.address}{p.lang}/{p.url}"
    named = "-".join([*p.url.strip("/").split("/"), p.lang]).strip("-")
    edits: Sequence[tuple[str, str | None]] = (("foot.facts", facts), ("foot.words", words))
    return Foot(
        citation=_citation(p, heading, address),
        files=tuple(
            (name, escape_address(cite_of("", form)), f"{named}.{form}")
            for form, name in CITATION_FORMATS.items()
        ),
        days=_days(p),
        edits=tuple((key, p.edit_file(file)) for key, file in edits if file is not None),
        report=_report(site.report, bare(heading.striptags()), address),
    )


def _days(p: PageContext) -> tuple[tuple[str, Markup], ...]:
    """When the record of the page was added, last changed if that was later, and compared."""
    log = p.lens.log(p.subject) if p.subject is not None else None
    if log is None:
        return ()
    days = [("foot.added", p.date(log.added))]
    if log.changed != log.added:
        days.append(("foot.changed", p.date(log.changed)))
    if log.checked is not None:
        key = "foot.checked" if log.is_checked else "foot.checked-before"
        days.append((key, p.date(log.checked.on)))
    return tuple(days)


def _citation(p: PageContext, heading: Markup, address: str) -> Markup:
    if p.url == HOME:
        return site_citation(p)
    return p.t("cite.page", title=heading, **_cited(p, address))


def site_citation(p: PageContext) -> Markup:
    """How the site as a whole is cited, in the language of the page."""
    return p.t("cite.site", **_cited(p, f"{p.lens.site.address}{p.lang}/"))


def _cited(p: PageContext, address: str) -> dict[str, Markup]:
    return {
        "site": Markup("<cite>{}</cite>").format(p.t("site.name")),
        "date": p.date(p.as_of),
        "address": Markup('<span lang="zxx">{}</span>').format(escape(address)),
    }


def _report(pattern: str | None, title: str, address: str) -> Markup | None:
    """Where a fault of the page can be reported, with its title and address filled in."""
    if pattern is None:
        return None
    filled = pattern.replace("{title}", quote(title, "")).replace("{address}", quote(address, ""))
    return escape_address(filled)
