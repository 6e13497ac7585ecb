"""What the rows of a table can be filtered by: choices with their labels, and each row's values.

The filter itself is a script (``assets/js/filter.js``) over attributes of the rows; without it
all rows are there. Values are ids, the same in every language, so that an address that carries
them can be shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.dataset import Item
from generator.escape import escape
from generator.views.context import PageContext

# What a row is, by the names of facets.
Values = Mapping[str, Sequence[str]]
Choice = tuple[str, Markup]
# The kinds of records that are parties, in the order in which lists show them.
PARTY_KINDS = ("country", "district", "region", "place", "organisation", "person")
# The value of rows that have none, such as documents without a date.
NONE = "none"


@dataclass(frozen=True, slots=True)
class Row:
    """A record in a table, with what the filter knows of it."""

    item: Item
    values: Values

    @property
    def attributes(self) -> Markup:
        """The values as attributes of the row, each with a space before it."""
        pairs = [(escape(name), escape(" ".join(found))) for name, found in self.values.items()]
        return Markup("").join(Markup(f' data-{name}="{found}"') for name, found in pairs)


@dataclass(frozen=True, slots=True)
class Facet:
    """One list to choose from; groups without a label are the only ones of their facet."""

    name: str
    label: Markup
    groups: tuple[tuple[Markup, tuple[Choice, ...]], ...]


def plain(p: PageContext, name: str, choices: Iterable[Choice]) -> Facet:
    """A facet whose choices stand in the order given; the label is the text ``filter.NAME``."""
    return Facet(name, p.t(f"filter.{name}"), ((Markup(""), tuple(choices)),))


def years(p: PageContext, rows: Iterable[Values]) -> Facet:
    """The years of the rows, the latest first; rows without one last."""
    found = sorted(_values(rows, "year"), reverse=True)
    found.sort(key=lambda value: value == NONE)
    labels = {NONE: p.t("value.unknown-date")}
    return plain(p, "year", [(value, labels.get(value) or Markup(value)) for value in found])


def terms(p: PageContext, name: str, vocabulary: str, rows: Iterable[Values]) -> Facet:
    """Entries of a vocabulary list that occur, by their labels."""
    found = [(value, p.label(vocabulary, value)) for value in _values(rows, name)]
    return plain(p, name, sorted(found, key=lambda choice: p.locale.sort_key(choice[1])))


def records(p: PageContext, name: str, kinds: Sequence[str], rows: Iterable[Values]) -> Facet:
    """Records that occur, grouped by kind in the order given, by their names."""
    items = [p.lens.item(value) for value in _values(rows, name)]
    groups = []
    for kind in kinds:
        group = p.sorted_by_name(item for item in items if item.kind == kind)
        if group:
            choices = tuple((item.id, escape(p.title(item.id))) for item in group)
            groups.append((p.t(f"section.{kind}"), choices))
    return Facet(name, p.t(f"filter.{name}"), tuple(groups))


def _values(rows: Iterable[Values], name: str) -> list[str]:
    return sorted({value for row in rows for value in row[name]})
