"""Rows of ``facts.json`` and ``facts.csv``: one for each dated or valued statement and reading.

A figure that says several things (a value, a change, a share, a rank) has a row for each. Values
are JSON numbers in base units; ``digits`` is what the source prints, ``unit`` an ISO 4217 code or
an entry of the vocabulary.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from generator.dataset import Dataset, Item, Statement, base_value, date_of
from generator.exports.plain import number, to_json
from generator.model.amounts import Amount, Change
from generator.model.dates import Date
from generator.model.records import Figure
from generator.noted import shared
from generator.routes import Routes

# Kinds whose records are statements in themselves; the others say who and what there is.
_DATED = (
    "agreement",
    "forum",
    "meeting",
    "partnership",
    "project",
    "programme",
    "position",
    "trade-goods",
)
_NAMED_DATES = ("signed", "adopted", "in_force", "reported", "founded")
COLUMNS = (
    "id",
    "kind",
    "type",
    "aspect",
    "subjects",
    "date",
    "part",
    "value",
    "upper",
    "unit",
    "qualifier",
    "vague",
    "digits",
    "scale",
    "direction",
    "since",
    "fraction",
    "ambiguous",
    "of",
    "goods",
    "stage",
    "stage_as_of",
    "term",
    "stated_by",
    "derived",
    "reading",
    "verdict",
    "evidence",
    "sources",
    "passage",
    "page",
)
Row = dict[str, Any]


@shared  # for JSON and CSV alike
def rows(dataset: Dataset, routes: Routes) -> list[Row]:
    """Return all rows, ordered by id; not to be changed."""
    found = [row for one in sorted(dataset.items) for row in rows_of(dataset, routes, one)]
    return sorted(found, key=lambda row: str(row["id"]))


@shared
def rows_of(dataset: Dataset, routes: Routes, identifier: str) -> list[Row]:
    """Return the rows of a record and of the figures in it, ordered by id; not to be changed."""
    found: list[Row] = []
    item = dataset.items[identifier]
    if item.kind in _DATED or getattr(item.record, "founded", None):
        found.extend(_record_rows(dataset, routes, item))
    for statement in dataset.statements_of.get(identifier, ()):
        found.extend(_figure_rows(dataset, routes, item, statement))
    found.extend(_reading_rows(dataset, routes, item))
    return sorted(found, key=lambda row: str(row["id"]))


def facts_json(dataset: Dataset, routes: Routes) -> bytes:
    """The rows as a JSON list of objects, empty columns left out."""
    return to_json(filled(rows(dataset, routes)))


def filled(found: Iterable[Row]) -> list[Row]:
    """Rows without their empty columns."""
    return [{k: v for k, v in row.items() if v is not None} for row in found]


def rows_csv(found: Iterable[Row]) -> bytes:
    """Rows as CSV (RFC 4180), lists joined by spaces."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in found:
        writer.writerow({key: cell(value) for key, value in row.items()})
    return text.getvalue().encode()


# Wide forms too, which spreadsheets of East Asia take for the plain ones.
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


def cell(value: Any) -> str:
    """A value as a cell that no spreadsheet takes for a formula.

    What begins like one gets an apostrophe in front (OWASP, CSV injection); numbers stay numbers.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{Decimal(str(value)):f}"
    text = " ".join(value) if isinstance(value, list) else str(value)
    begins = {text[:1], text.lstrip()[:1]}
    return text if _FORMULA.isdisjoint(begins) else f"'{text}"


def _row(dataset: Dataset, routes: Routes, item: Item, identifier: str, **values: Any) -> Row:
    row: Row = dict.fromkeys(COLUMNS)
    row.update(
        id=identifier,
        kind=item.kind,
        type=getattr(item.record, "kind", None),
        subjects=list(dataset.subjects[item.id]),
        evidence=item.record.evidence,
        sources=list(item.record.sources),
        passage=list(item.record.passage) or None,
        page=routes[identifier.partition("#")[0]],
    )
    row.update(values)
    return row


def _dates(date: Date | None) -> Row:
    return {"date": date.edtf if date else None, "part": date.part if date else None}


def _record_rows(dataset: Dataset, routes: Routes, item: Item) -> Iterator[Row]:
    record = item.record
    stage = getattr(record, "stage", None)
    term = getattr(record, "term", None)
    values: Row = {
        "stage": stage.at if stage else None,
        "stage_as_of": stage.as_of.edtf if stage and stage.as_of else None,
        "term": term.edtf if term else None,
        "goods": list(getattr(record, "goods", ())) or None,
        "stated_by": list(record.by) if item.kind == "position" else None,
        "aspect": "record",
    }
    # Signed, adopted and in force are different dates, perhaps from different sources.
    named = [name for name in _NAMED_DATES if getattr(record, name, None)]
    for name in named:
        own = record.field_sources.get(name, ())
        sources = list(dict.fromkeys((*own, *record.sources)))
        changed = {"aspect": name, "sources": sources, **_dates(getattr(record, name))}
        yield _row(dataset, routes, item, item.id, **{**values, **changed})
    if named:
        return
    for date in getattr(record, "since", ()) or (date_of(record),):
        yield _row(dataset, routes, item, item.id, **values, **_dates(date))


def _figure_rows(
    dataset: Dataset, routes: Routes, item: Item, statement: Statement
) -> Iterator[Row]:
    common = _of_figure(item, statement)
    for aspect in _aspects(dataset, statement, statement.amount):
        yield _row(dataset, routes, item, statement.id, **{**common, **aspect})


def _of_figure(item: Item, statement: Statement) -> Row:
    amount = statement.amount
    stage = amount.stage or getattr(item.record, "stage", None)
    stated_by = item.record.by if isinstance(item.record, Figure) else None
    return {
        "kind": "figure",
        "type": amount.measure,
        "subjects": list(statement.subjects),
        "sources": list(statement.sources),
        "goods": list(amount.goods) or None,
        "stage": stage.at if stage else None,
        "stage_as_of": stage.as_of.edtf if stage and stage.as_of else None,
        "stated_by": [stated_by] if stated_by else None,
        "derived": True if statement.derived else None,
        "verdict": amount.verdict,
        **_dates(statement.date),
    }


def _aspects(dataset: Dataset, statement: Statement, amount: Amount) -> Iterator[Row]:
    if statement.base is not None or amount.vague is not None:
        yield {
            "aspect": "value",
            "value": number(statement.base) if statement.base is not None else None,
            "upper": number(statement.upper) if statement.upper is not None else None,
            "unit": unit_code(dataset, amount.unit),
            "qualifier": amount.qualifier,
            "vague": amount.vague,
            "digits": amount.digits,
            "scale": amount.scale,
        }
    if amount.change is not None:
        yield _change(amount.change)
    if amount.share is not None:
        yield {
            "aspect": "share",
            **_size(amount.share.percent, "percent"),
            "qualifier": amount.share.qualifier,
            "vague": amount.share.vague,
            "fraction": amount.share.fraction,
            "of": amount.share.whole,
        }
    if amount.rank is not None:
        yield {
            "aspect": "rank",
            "value": amount.rank.place,
            "upper": amount.rank.total,
            "unit": "rank",
            # A qualifier without a value is that of the place: fifth or higher.
            "qualifier": amount.qualifier if amount.digits is None and not amount.vague else None,
            "of": amount.rank.scope,
        }
    if amount.ratio is not None:
        yield {"aspect": "ratio", **_size(amount.ratio.factor, "factor"), "of": amount.ratio.to}


def unit_code(dataset: Dataset, unit: str | None) -> str | None:
    """The ISO 4217 code of money, or the unit's own id."""
    if unit is None:
        return None
    return dataset.vocabulary.unit(unit).currency or unit


def _size(value: Decimal | None, unit: str) -> Row:
    if value is None:
        return {"value": None, "unit": None, "digits": None}
    return {"value": number(value), "unit": unit, "digits": f"{value}"}


def _change(change: Change) -> Row:
    row: Row = {
        "aspect": "change",
        "direction": change.direction.value,
        "since": change.since.edtf if change.since else None,
        "qualifier": change.qualifier,
        "vague": change.vague,
        "fraction": change.fraction,
        "ambiguous": change.ambiguous.value if change.ambiguous else None,
    }
    if change.percent is not None:
        return {**row, **_size(change.percent, "percent")}
    if change.range is not None:
        lower, upper = change.range.lower, change.range.upper
        size = {**_size(lower, "percent"), "digits": f"{lower}/{upper}"}
        return {**row, **size, "upper": number(upper)}
    if change.factor is not None:
        return {**row, **_size(change.factor, "factor")}
    return row


def _reading_rows(dataset: Dataset, routes: Routes, item: Item) -> Iterator[Row]:
    """What the sources give instead, of a record and of the figures in it."""
    statements = {one.id: one for one in dataset.statements_of.get(item.id, ())}
    owners = {item.id: item.record, **{one.id: one.amount for one in statements.values()}}
    for identifier, owner in owners.items():
        statement = statements.get(identifier)
        common = _of_figure(item, statement) if statement else _dates(date_of(item.record))
        for reading in owner.readings:
            own: Row = {
                "aspect": "reading",
                "of": reading.field,
                "reading": reading.value,
                "verdict": owner.verdict,
                "sources": list(reading.sources),
            }
            if statement and reading.field == "value":
                own.update(_reading_size(dataset, statement.amount, reading.value))
            yield _row(dataset, routes, item, identifier, **{**common, **own})


def _reading_size(dataset: Dataset, amount: Amount, printed: str) -> Row:
    """A reading of a value as a number in base units, where it is one."""
    try:
        value = Decimal(printed)
    except InvalidOperation:
        return {}
    base = base_value(amount, value, dataset.vocabulary) if value.is_finite() else None
    if base is None:
        return {}
    return {
        "value": number(base),
        "unit": unit_code(dataset, amount.unit),
        "digits": printed,
        "scale": amount.scale,
    }
