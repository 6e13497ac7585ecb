"""Amounts as whole phrases: value, change, share, rank and ratio with everything that belongs to
them, in the word order of the language.

Code never joins fragments. Each phrase is a pattern of the language, filled with smaller whole
phrases; the code only chooses which. Qualifiers may ask for a second set of forms of what they
qualify (``qualifiers.about.case: "gen"`` asks for ``units.bus.gen.few``), and may have another
wording around a percentage, share, rank and so on (``qualifiers.over.factor``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from itertools import combinations

from generator.locale import Locale, OrdinalStyle
from generator.model.amounts import (
    Ambiguity,
    Amount,
    Change,
    Direction,
    Range,
    Rank,
    Ratio,
    Share,
)
from generator.model.dates import Date, Point
from generator.patterns import TextRule, bound, fill, rule

# What stands after a scale ("1.5 million …") is counted as languages count a million, whatever
# its digits: genitive plural in Slavic languages, a form of its own in Romance ones.
_SCALED_COUNT = 1_000_000
_YEAR_DAYS = 366

_PARTS = ("value", "change", "share", "rank", "ratio")
_CHANGES = ("percent", "fraction", "factor", "times", "vague")
CONTEXTS = ("value", "share", "rank", *_CHANGES)
_SPANS = ("year", "month", "day", "quarter", "half", "years", "open", "range", "part")
_TIMES = range(2, 11)


def _phrase_texts() -> Iterator[tuple[str, TextRule]]:
    yield "phrase.next", rule("before next")
    for size in range(2, len(_PARTS) + 1):
        for names in combinations(_PARTS, size):
            yield "phrase." + "-".join(names), rule(" ".join(names), required=False)
    yield "value.range", rule("lower upper")
    yield "value.ratio", rule("factor goods")
    yield "rank.total", rule("rank total")
    for way in Direction:
        for kind in _CHANGES:
            yield f"change.{kind}.{way}", rule("size")
            yield f"change.{kind}.{way}.since", rule("size", "than with")
            yield f"change.size.{kind}.{way}", rule("number", required=False)
        for number in _TIMES:
            yield f"change.times.{number}.{way}", rule(required=False)
    for name in ("than", "with"):
        yield f"change.{name}", rule("date")
        yield f"change.{name}.earlier", rule("", "date")
        for span in _SPANS:
            yield f"change.{name}.{span}", rule("date", required=False)
    for open_question in Ambiguity:
        yield f"change.ambiguous.{open_question}", rule("change")


PHRASE_TEXTS: Mapping[str, TextRule] = dict(_phrase_texts())


def phrase(amount: Amount, locale: Locale, period: Date | None = None) -> str:
    """Everything that the amount says, as one phrase; empty if it has only readings.

    A pattern for exactly this combination (``phrase.value-change``) comes first; otherwise the
    parts follow each other by ``phrase.next``. ``period`` stands in where the amount has none of
    its own.
    """
    size = value(amount, locale)
    parts = {
        "value": size,
        "change": change(amount.change, locale, amount.period or period) if amount.change else "",
        "share": share(amount.share, locale) if amount.share else "",
        "rank": rank(amount.rank, locale, None if size else amount.qualifier)
        if amount.rank
        else "",
        "ratio": ratio(amount.ratio, locale) if amount.ratio else "",
    }
    parts = {name: text for name, text in parts.items() if text}
    together = locale.texts.get("phrase." + "-".join(parts))
    if together:
        return fill(together, parts)
    whole = ""
    for text in parts.values():
        pattern = locale.text("phrase.next")
        whole = fill(pattern, {"before": whole, "next": text}) if whole else text
    return whole


def value(amount: Amount, locale: Locale) -> str:
    """The size of an amount with qualifier, scale and unit; empty if it has none."""
    case = locale.texts.get(f"qualifiers.{amount.qualifier}.case")
    if amount.vague is not None:
        return _qualified(_vague(amount, case, locale), amount.qualifier, "vague", locale)
    if amount.value is None and amount.range is None:
        return ""
    return _qualified(_size(amount, case, locale), amount.qualifier, "value", locale)


_NUMBER = re.compile(r"\s*\{number\}\s*")  # as a pattern has it, with the spaces around it
# A sign that touches the number, such as "$"; marks of previews are none.
_SIGN_BEFORE = re.compile("[^\\s\ue000-\uf8ff]\\{number\\}")


def unit_of(scale: str | None, unit: str | None, locale: Locale) -> str:
    """Scale and unit without a number, as the caption of a chart names them; may be empty."""
    if scale is None:
        return locale.text(f"units.{unit}") if unit is not None else ""
    text = _NUMBER.sub("", locale.form(f"scales.{scale}", _SCALED_COUNT))
    if unit is not None:
        pattern = locale.form(f"units.{unit}", _SCALED_COUNT)
        text = fill(pattern, {"number": f" {text}" if _SIGN_BEFORE.search(pattern) else text})
    return text


def reading(amount: Amount, printed: str, locale: Locale) -> str:
    """One of several values that a source gives, as a value of the amount; other text as it is."""
    try:
        number = Decimal(printed)
    except InvalidOperation:
        return printed
    if not number.is_finite():
        return printed
    return value(amount.model_copy(update={"value": number, "range": None, "vague": None}), locale)


def change(change: Change, locale: Locale, period: Date | None = None) -> str:
    """How much more or less, and than when; "a year earlier" if that is ``period`` a year before.

    Years are named, parts of years are compared with a year earlier.
    """
    kind, size = _change_size(change, locale)
    if change.since is None:
        text = fill(locale.text(f"change.{kind}.{change.direction}"), {"size": size})
    else:
        names = {"size": size, **_compared(change.since, period, locale)}
        text = fill(locale.text(f"change.{kind}.{change.direction}.since"), names)
    if change.ambiguous is not None:
        text = fill(locale.text(f"change.ambiguous.{change.ambiguous}"), {"change": text})
    return text


def share(share: Share, locale: Locale) -> str:
    """A share of a whole, such as a percentage of all trade."""
    if share.percent is not None:
        text = locale.percent(share.percent)
    elif share.fraction is not None:
        text = locale.text(f"fractions.{share.fraction}.share", f"fractions.{share.fraction}.by")
    else:
        text = locale.text(f"vague.{share.vague}.share", f"vague.{share.vague}")
    text = _qualified(text, share.qualifier, "share", locale)
    return fill(locale.text(f"wholes.{share.whole}.share"), {"share": text})


def rank(rank: Rank, locale: Locale, qualifier: str | None = None) -> str:
    """A place in an order with what it is an order of; the first may have its own wording.

    ``qualifier`` is that of an amount without a size, such as a target of "5th or higher".
    """
    key = f"scopes.{rank.scope}"
    is_plain_first = rank.place == 1 and qualifier is None
    keys = (f"{key}.first", f"{key}.rank") if is_plain_first else (f"{key}.rank",)
    ordinal = locale.ordinal(rank.place, OrdinalStyle.FIGURE)
    names = {
        "ordinal": _qualified(ordinal, qualifier, "rank", locale),
        "place": _qualified(locale.number(rank.place), qualifier, "rank", locale),
    }
    text = fill(bound(locale.text(*keys), before="place"), names)
    if rank.total is not None:
        total = locale.number(rank.total)
        text = fill(locale.text("rank.total"), {"rank": text, "total": total})
    return text


def ratio(ratio: Ratio, locale: Locale) -> str:
    """How many times as much as the goods it is compared with."""
    names = {"factor": locale.number(ratio.factor), "goods": locale.term("goods", ratio.to)}
    return fill(locale.text("value.ratio"), names)


def _qualified(text: str, qualifier: str | None, context: str, locale: Locale) -> str:
    if qualifier is None:
        return text
    key = f"qualifiers.{qualifier}"
    return fill(locale.text(f"{key}.{context}", key), {"value": text})


def _size(amount: Amount, case: str | None, locale: Locale) -> str:
    number, count, negative = _number(amount, locale)
    after = "number"
    if amount.scale is not None:
        pattern = bound(locale.form(f"scales.{amount.scale}", count), after="number")
        number = fill(pattern, {"number": number})
        count = Decimal(_SCALED_COUNT)
        after = ""  # "1.65 billion" stays together, but not with a long unit after it
    if amount.unit is not None:
        pattern = locale.form(f"units.{amount.unit}", count, case)
        number = fill(bound(pattern, before="number", after=after), {"number": number})
    return fill(locale.text("number.negative"), {"number": number}) if negative else number


def _number(amount: Amount, locale: Locale) -> tuple[str, Decimal, bool]:
    """The bare digits, what to count by, and whether a minus goes in front of scale and unit."""
    between: Range | None = amount.range
    if between is not None:
        names = {"lower": locale.number(between.lower), "upper": locale.number(between.upper)}
        return fill(locale.text("value.range"), names), between.upper, False
    number = Decimal(0) if amount.value is None else amount.value
    # copy_abs keeps the digits as they are printed; abs() would round to the current precision.
    return locale.number(number.copy_abs()), number, number < 0


def _vague(amount: Amount, case: str | None, locale: Locale) -> str:
    key = f"vague.{amount.vague}"
    forms = [f"{key}.{case}", key] if case else [key]
    if amount.unit is None:
        return locale.text(*forms)
    unit = f"units.{amount.unit}"
    names = {"unit": locale.text(f"{unit}.uncounted", unit)}
    return fill(locale.text(*(f"{form}.unit" for form in forms), *forms), names)


def _change_size(change: Change, locale: Locale) -> tuple[str, str]:
    """The kind of patterns that the change takes, and its size with its qualifier."""
    direction, qualifier = change.direction, change.qualifier
    if change.percent is not None:
        kind, size = "percent", locale.percent(change.percent)
    elif change.range is not None:
        ends = locale.number(change.range.lower), locale.percent(change.range.upper)
        names = dict(zip(("lower", "upper"), ends, strict=True))
        kind, size = "percent", fill(locale.text("value.range"), names)
    elif change.fraction is not None:
        kind, size = "fraction", locale.text(f"fractions.{change.fraction}.by")
    elif change.factor is not None:
        kind, size = _factor(change.factor, direction, locale)
    else:
        named = f"vague.{change.vague}"
        kind, size = "vague", locale.text(f"{named}.{direction}", named)
    pattern = locale.texts.get(f"change.size.{kind}.{direction}", "{number}")
    return kind, _qualified(fill(pattern, {"number": size}), qualifier, kind, locale)


def _factor(factor: Decimal, direction: Direction, locale: Locale) -> tuple[str, str]:
    """A factor has a verb of its own where the language names it: doubled, halved."""
    named = locale.texts.get(f"change.times.{factor:f}.{direction}")
    if named:
        return "times", named
    return "factor", locale.number(factor)


def _compared(since: Date, period: Date | None, locale: Locale) -> dict[str, str]:
    """The base of a change in two wordings: after "more" or "less", and on its own."""
    if period is not None and _is_year_earlier(since, period):
        span = "earlier"
    else:
        span = "part" if since.part else since.span
    date = {"date": locale.date(since)}
    return {
        name: fill(locale.text(f"change.{name}.{span}", f"change.{name}"), date)
        for name in ("than", "with")
    }


def _is_year_earlier(since: Date, period: Date) -> bool:
    if period.open or (period.span == "year" and period.part is None):
        return False
    if (period.last - period.first).days >= _YEAR_DAYS:
        return False
    end = _previous(period.end) if period.end else None
    return since == replace(period, start=_previous(period.start), end=end)


def _previous(point: Point) -> Point:
    return replace(point, year=point.year - 1)


__all__ = [
    "PHRASE_TEXTS",
    "change",
    "phrase",
    "rank",
    "ratio",
    "reading",
    "share",
    "unit_of",
    "value",
]
