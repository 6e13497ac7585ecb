"""Figures have units, partners and periods; derived ones recompute; none is told twice."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from generator.dataset import base_value, date_of
from generator.derive import CannotDerive, derive
from generator.errors import Problem
from generator.model.amounts import Amount
from generator.model.records import Figure
from generator.model.vocabulary import UnitSort
from generator.store import Entry, Store

_PERCENT = Decimal(100)


def check(store: Store) -> Iterator[Problem]:
    """Yield figures that lack what makes them comparable, or that contradict their rule."""
    told: dict[tuple[Any, ...], Entry] = {}
    for entry in store.entries.values():
        if isinstance(entry.record, Figure):
            yield from _amount(store, entry, (), entry.record)
            yield from _once(told, entry, entry.record)
        for key, amount in entry.record.figures.items():
            yield from _amount(store, entry, ("figures", key), amount)


def _amount(store: Store, entry: Entry, path: tuple[str, ...], amount: Amount) -> Iterator[Problem]:
    vocabulary = store.vocabulary
    place = entry.key_at(path)
    if vocabulary.has("measures", amount.measure):
        measure = vocabulary.measure(amount.measure)
        sized = amount.value is not None or amount.range is not None
        if sized and amount.unit is None:
            yield Problem(
                place, "missing-unit", "the figure has a value and no unit", amount.digits, "unit"
            )
        elif amount.unit and vocabulary.has("units", amount.unit) and measure.unit:
            is_money = vocabulary.unit(amount.unit).currency is not None
            if is_money != (measure.unit is UnitSort.CURRENCY):
                yield Problem(
                    entry.at((*path, "unit")),
                    "wrong-unit",
                    f"{amount.measure} is not measured so",
                    amount.unit,
                    f"a unit that is a {measure.unit.value}",
                )
        if measure.partner and isinstance(amount, Figure) and amount.partner is None:
            yield Problem(
                place, "missing-partner", f"{amount.measure} needs a partner", expected="partner"
            )
    if amount.period is None and date_of(entry.record) is None:
        yield Problem(
            place,
            "missing-period",
            "neither the figure nor its record has a date",
            expected="period",
        )
    for name, percent in (
        ("share", amount.share.percent if amount.share else None),
        ("change", amount.change.percent if amount.change else None),
    ):
        limit = name == "share" or (amount.change is not None and amount.change.direction == "down")
        if percent is not None and (percent < 0 or (limit and percent > _PERCENT)):
            yield Problem(
                entry.at((*path, name, "percent")),
                "invalid-percentage",
                f"this {name} is not possible",
                str(percent),
                "0 to 100" if limit else "0 or more",
            )
    if bool(amount.readings) != bool(amount.verdict):
        yield Problem(
            place,
            "missing-verdict",
            "readings and verdict belong together",
            expected="both, or neither",
        )
    if amount.derived is not None:
        yield from _derived(store, entry, path, amount)


def _once(told: dict[tuple[Any, ...], Entry], entry: Entry, figure: Figure) -> Iterator[Problem]:
    key = (
        figure.measure,
        figure.of,
        figure.partner,
        figure.by,
        figure.period.edtf,
        figure.goods,
        figure.stage,
        figure.unit,
        figure.share.whole if figure.share else None,
        figure.rank.scope if figure.rank else None,
    )
    first = told.setdefault(key, entry)
    if first is not entry:
        yield Problem(
            entry.place,
            "duplicate-figure",
            f"the same is told already at {first.place}",
            entry.id,
            "one record with all its sources, or readings with a verdict",
        )


def _derived(
    store: Store, entry: Entry, path: tuple[str, ...], amount: Amount
) -> Iterator[Problem]:
    derived = amount.derived
    if derived is None:
        return
    inputs = [store.entries[i].record for i in derived.inputs if i in store.entries]
    inputs = [record for record in inputs if isinstance(record, Figure)]
    if len(inputs) != len(derived.inputs):
        return  # an unknown reference, reported as such
    known = {
        scale
        for record in (*inputs, amount)
        if (scale := record.scale) and not store.vocabulary.has("scales", scale)
    }
    if known:
        return

    def base(one: Any) -> Decimal | None:
        return base_value(one, one.value, store.vocabulary)

    try:
        value = derive(derived.rule, inputs, base)
    except CannotDerive as error:
        yield Problem(
            entry.at((*path, "derived")), "cannot-derive", str(error), str(derived.rule.value)
        )
        return
    stated = base_value(amount, amount.value, store.vocabulary)
    if stated is not None and stated != value:
        yield Problem(
            entry.at((*path, "value")),
            "wrong-derivation",
            f"the rule {derived.rule.value} gives {value:f} in base units",
            f"{stated:f}",
            "that value, or none",
        )
