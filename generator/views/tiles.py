"""The tile map of regions, whole with a link on every tile, and small with one place marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from generator.escape import escape
from generator.views.context import PageContext
from generator.views.tile_grid import Band, Outline, Places, outline, tile_map


@dataclass(frozen=True, slots=True)
class Region:
    """What a tile says: the end of the region's code, its country, and its agreements."""

    code: Markup
    group: int
    number: Markup
    count: Markup


@dataclass(frozen=True, slots=True)
class Map:
    """The whole map, the countries in the order of ``Region.group``."""

    countries: tuple[str, ...]
    bands: tuple[Band, ...]
    regions: Mapping[str, Region]


@dataclass(frozen=True, slots=True)
class Place:
    """The outline of the map with a path for each country, and the path of what is marked."""

    outline: Outline
    path: str


def map_of(p: PageContext) -> Map | None:
    """The map of all regions that have a tile."""
    countries = p.lens.tiles()
    if not countries:
        return None
    regions = {}
    for group, places in enumerate(countries.values()):
        for identifier in places:
            agreements = len(p.lens.linked(identifier, "agreement"))
            # The part of ISO 3166-2 after the code of the country is unique within it.
            code = p.lens.item(identifier).record.code.rpartition("-")[2]
            regions[identifier] = Region(
                escape(code), group, p.number(agreements), p.n("count.agreements", agreements)
            )
    return Map(tuple(countries), tile_map(_whole(countries)[0]), regions)


def place_of(p: PageContext, marked: Iterable[str]) -> Place | None:
    """Where these regions are on the map, if they have tiles."""
    places, drawn = p.lens.kept(("outline",), lambda: _whole(p.lens.tiles()))
    found = [places[identifier] for identifier in marked if identifier in places]
    return Place(drawn, drawn.path(found)) if drawn is not None and found else None


def _whole(countries: Mapping[str, Places]) -> tuple[Places, Outline | None]:
    """All places, and the outline of each country: the same for every page."""
    whole = {i: place for places in countries.values() for i, place in places.items()}
    return whole, outline(countries.values())
