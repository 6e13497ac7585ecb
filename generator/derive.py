"""Derived figures: values that the sources imply but do not print.

Each rule takes the base values of its inputs, in order, and returns one value in the unit of the
first. Sums and differences end at the last decimal place of the least exact input (121 million
and 1.5 million are 122 million); the others keep as many significant digits as it has.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

from generator.model.amounts import Direction, Rule

# Enough for any intermediate result; the result is rounded afterwards.
_EXACT = Context(prec=40, rounding=ROUND_HALF_EVEN)


class CannotDerive(ValueError):
    """The inputs do not fit the rule; the message says what is lacking."""


def derive(rule: Rule, inputs: Sequence[Any], base: Callable[[Any], Decimal | None]) -> Decimal:
    """Return the derived value in base units.

    ``inputs`` are amounts, ``base`` gives an amount's value in base units or None. Raises
    CannotDerive when an input lacks what the rule needs.
    """
    # A range has a base value and no digits of its own.
    values = [base(amount) if amount.value is not None else None for amount in inputs]
    if not inputs or any(value is None for value in values):
        raise CannotDerive("every input needs a value")
    known = [value for value in values if value is not None]
    value = _RULES[rule](inputs, known)
    if rule in (Rule.SUM, Rule.DIFFERENCE):
        return _rounded(value, max(map(_place, inputs, known)))
    digits = min(_digits(amount) for amount in inputs)
    return _rounded(value, value.adjusted() - digits + 1)


def _in_one_unit(inputs: Sequence[Any]) -> None:
    if len({amount.unit for amount in inputs}) > 1:
        raise CannotDerive("the inputs have different units")


def _sum(inputs: Sequence[Any], values: Sequence[Decimal]) -> Decimal:
    _in_one_unit(inputs)
    total = Decimal(0)
    for value in values:
        total = _EXACT.add(total, value)
    return total


def _difference(inputs: Sequence[Any], values: Sequence[Decimal]) -> Decimal:
    _in_one_unit(inputs)
    if len(values) != 2:
        raise CannotDerive("a difference has two inputs")
    return _EXACT.subtract(values[0], values[1])


def _before_growth(inputs: Sequence[Any], values: Sequence[Decimal]) -> Decimal:
    change = inputs[0].change
    if len(values) != 1 or change is None or (change.percent is None and change.factor is None):
        raise CannotDerive("one input with a change in percent or as a factor is needed")
    up = change.direction is Direction.UP
    if change.factor is not None:
        factor = change.factor
    else:
        factor = 1 + _EXACT.divide(change.percent if up else -change.percent, Decimal(100))
    if factor <= 0:
        raise CannotDerive("the change leaves nothing to divide by")
    if change.factor is not None and not up:
        return _EXACT.multiply(values[0], factor)
    return _EXACT.divide(values[0], factor)


def _quotient(_inputs: Sequence[Any], values: Sequence[Decimal]) -> Decimal:
    if len(values) != 2 or not values[1]:
        raise CannotDerive("a quotient has two inputs, the second not zero")
    return _EXACT.divide(values[0], values[1])


_RULES: dict[Rule, Callable[[Sequence[Any], Sequence[Decimal]], Decimal]] = {
    Rule.SUM: _sum,
    Rule.DIFFERENCE: _difference,
    Rule.BEFORE_GROWTH: _before_growth,
    Rule.QUOTIENT: _quotient,
}


def _digits(amount: Any) -> int:
    value: Decimal = amount.value
    return max(1, len(value.as_tuple().digits))


def _place(amount: Any, base: Decimal) -> int:
    """The power of ten of the last printed digit, in base units: 6 for 121 million."""
    printed: Decimal = amount.value
    exponent = int(printed.as_tuple().exponent)
    return exponent + (_EXACT.divide(base, printed).adjusted() if printed else 0)


def _rounded(value: Decimal, exponent: int) -> Decimal:
    """The value to the given power of ten, written without an exponent."""
    if not value:
        return Decimal(0)
    rounded = value.quantize(Decimal((0, (1,), exponent)), context=_EXACT)
    return rounded if exponent <= 0 else rounded.quantize(Decimal(1), context=_EXACT)
