"""What a page is about as linked data: JSON-LD in the terms of https://schema.org.

Every page has its path; territories, forums and the dataset are described. The block is data and
no script, so a strict policy lets it stand, and nothing in it can end it: what HTML would obey is
written as an escape of JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from generator.dataset import Item
from generator.foreign import bare
from generator.views.context import PageContext
from generator.views.page import Page

CONTEXT = "https://schema.org"
WIKIDATA = "http://www.wikidata.org/entity/"
_ISO = {"country": "ISO 3166-1", "region": "ISO 3166-2"}
_TERRITORIES = {
    "country": "Country",
    "district": "AdministrativeArea",
    "region": "AdministrativeArea",
}
# In HTML they could end the block or begin something else, in front matter end the text or line.
_UNSAFE = re.compile("[<>&'\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
# The texts that it asks for.
TEXTS = ("site.description", "site.name")

Node = dict[str, Any]


def linked_data(p: PageContext, page: Page, title: str, crumbs: Sequence[Mapping[str, str]]) -> str:
    """The linked data of a page as JSON without line breaks, apostrophes and angle brackets.

    ``crumbs`` are the pages above it, with addresses from the root of the language.
    """
    nodes = [_path(p, page, title, crumbs)]
    if page.subject is not None:
        item = p.lens.item(page.subject)
        if item.kind in _TERRITORIES:
            nodes.append(_territory(p, item))
        elif item.kind == "forum":
            nodes.append(_event(p, item))
    elif page.is_of_dataset:
        nodes.append(_dataset(p))
    text = json.dumps(
        {"@context": CONTEXT, "@graph": nodes}, ensure_ascii=False, separators=(",", ":")
    )
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _path(p: PageContext, page: Page, title: str, crumbs: Sequence[Mapping[str, str]]) -> Node:
    steps = [(crumb["title"], "" if crumb["url"] == "." else crumb["url"]) for crumb in crumbs]
    steps.append((title, page.url))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": bare(name),
                "item": _address(p, url),
            }
            for position, (name, url) in enumerate(steps, 1)
        ],
    }


def _territory(p: PageContext, item: Item) -> Node:
    """A country, district or region, with all its names and the codes of other data."""
    record = item.record
    name = _name(p, item.id)
    others = [*p.lens.names(item.id), *record.other_names]
    node: Node = {
        "@type": _TERRITORIES[item.kind],
        "@id": p.permanent_id(item.id),
        "name": name,
        "alternateName": [one for one in dict.fromkeys(map(bare, others)) if one != name],
        "url": _address(p, p.address_of(item.id)),
    }
    if item.kind in _ISO:
        node["identifier"] = {
            "@type": "PropertyValue",
            "propertyID": _ISO[item.kind],
            "value": record.code,
        }
        if record.wikidata is not None:
            node["sameAs"] = f"{WIKIDATA}{record.wikidata}"
    if item.kind != "country":
        node["containedInPlace"] = _place(p, record.country)
    return node


def _event(p: PageContext, item: Item) -> Node:
    """A forum; a date that is a month or a year stays one."""
    date = item.record.date
    node: Node = {
        "@type": "Event",
        "@id": p.permanent_id(item.id),
        "name": _name(p, item.id),
        "startDate": f"{date.start}",
        "endDate": f"{date.end or date.start}",
        "url": _address(p, p.address_of(item.id)),
        "inLanguage": p.lang,
    }
    theme = p.lens.word(f"{item.id}.theme")
    if theme is not None:
        node["about"] = bare(theme.text)
    if item.record.host is not None:
        node["location"] = _place(p, item.record.host)
    return node


def _place(p: PageContext, identifier: str) -> Node:
    kind = _TERRITORIES.get(p.lens.item(identifier).kind, "Place")
    return {"@type": kind, "@id": p.permanent_id(identifier), "name": _name(p, identifier)}


def _dataset(p: PageContext) -> Node:
    site = p.lens.site
    node: Node = {
        "@type": "Dataset",
        "@id": f"{site.tag}data",
        "name": bare(p.locale.text("site.name")),
        "description": bare(p.locale.text("site.description")),
        "url": _address(p, ""),
        "inLanguage": list(site.codes),
        "isAccessibleForFree": True,
        "dateModified": p.lens.last_change().first.isoformat(),
        "spatialCoverage": [_place(p, country) for country in p.lens.tiles()],
        "distribution": [
            {"@type": "DataDownload", "contentUrl": f"{site.address}data/{name}", **form}
            for name, form in _FILES.items()
        ],
    }
    version = p.lens.version()
    if version is not None:
        node["version"] = version
    if site.licence is not None:
        node["license"] = site.licence.address
    if site.earliest is not None:
        node["temporalCoverage"] = f"{site.earliest.edtf}/{site.as_of.edtf}"
    return node


# Files with all of the data, to begin with; they lead to the others.
_FILES: Mapping[str, Node] = {
    "datapackage.json": {"encodingFormat": "application/json"},
    "facts.csv": {"encodingFormat": "text/csv"},
    "facts.json": {"encodingFormat": "application/json"},
    "data.sqlite": {"encodingFormat": "application/vnd.sqlite3"},
}


def _name(p: PageContext, identifier: str) -> str:
    return bare(p.title(identifier))


def _address(p: PageContext, url: str) -> str:
    return f"{p.lens.site.address}{p.lang}/{url}"
