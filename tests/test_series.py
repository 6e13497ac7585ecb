"""Series: only figures that may stand in one drawing do, with numbers as the source prints them."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.views.series import Series, series_of
from tests.samples import OTHER, TWO_REGIONS, Sample, make_sample

BASE = (
    TWO_REGIONS
    + """
--- words/en/figures.yaml
named.label: "Of something else"

--- facts/figures/f.yaml
"""
)
COMMON = "measure: exchanges, of: north, partner: beta, sources: [n-1]"
MONEY = "scale: million, unit: zloty"


def series(tmp_path: Path, *figures: str) -> list[Series]:
    return list(drawn(sample(tmp_path, *figures)))


def sample(tmp_path: Path, *figures: str) -> Sample:
    lines = "".join(f"f{n}: {{{text}}}\n" for n, text in enumerate(figures))
    named = f"named: {{{COMMON}, period: 1990, value: 1, {MONEY}}}\n"
    return make_sample(tmp_path / "content", BASE + named + lines)


def drawn(found: Sample) -> list[Series]:
    p = found.context("regions/north/", subject="north")
    return series_of(p, p.lens.linked("north", "figure"))


def ids(one: Series) -> list[str]:
    return [point.statement.id for point in one.points]


def test_years_of_one_thing_make_a_series_in_their_order(tmp_path: Path) -> None:
    (one,) = series(
        tmp_path,
        f"{COMMON}, period: 2019, value: 110, {MONEY}",
        f"{COMMON}, period: 2017, qualifier: around, value: 90, {MONEY}",
        f"{COMMON}, period: 2016, derived: {{rule: sum, inputs: [f0, f1]}}",
    )
    assert ids(one) == ["f2", "f1", "f0"]
    assert [point.label.unescape() for point in one.points] == ["200", "~90", "110"]
    assert [point.sort for point in one.points] == [1, 0, 0]
    assert one.sorts == ("chart.stated", "label.derived")
    assert one.signs == (("~", "around"),)
    assert one.unit == "million zloty"
    assert one.gaps == ((2018, 2018),)
    assert (one.highest.id, one.latest.id) == ("f2", "f0")


@pytest.mark.parametrize(
    "other",
    [
        f"{COMMON}, period: 2018-01/2018-06, value: 1, {MONEY}",
        f"{COMMON}, period: 2018-03, value: 1, {MONEY}",
        f"{COMMON}, period: 2017/2018, value: 1, {MONEY}",
        f"{COMMON}, period: {{on: 2018, part: end}}, value: 1, {MONEY}",
        f"{COMMON}, period: 2018, vague: handful, unit: zloty",
        f"{COMMON}, period: 2018, change: {{direction: up, percent: 3, since: 2017}}",
        f"{COMMON}, period: 2018, value: 1, {MONEY}, stage: {{at: intended}}",
        "measure: pupils, of: north, sources: [n-1], period: 2018, value: 1, unit: pupil",
    ],
)
def test_what_is_no_measured_value_of_a_whole_year_stays_out(tmp_path: Path, other: str) -> None:
    (one,) = series(tmp_path, f"{COMMON}, period: 2019, value: 110, {MONEY}", other)
    assert ids(one) == ["f0"]


@pytest.mark.parametrize(
    "other",
    [
        f"{COMMON.replace('partner: beta', 'partner: south')}, period: 2018, value: 1, {MONEY}",
        "measure: exchanges, of: beta, partner: north, sources: [n-1], period: 2018, value: 1,"
        f" {MONEY}",
        f"{COMMON}, period: 2018, value: 1, {MONEY}, goods: [amber]",
    ],
)
def test_other_partners_sides_and_goods_are_another_series(tmp_path: Path, other: str) -> None:
    found = series(tmp_path, f"{COMMON}, period: 2019, value: 110, {MONEY}", other)
    assert sorted(ids(one) for one in found) == [["f0"], ["f1"]]


def test_currencies_are_never_mixed(tmp_path: Path) -> None:
    vocabulary = (OTHER / "facts" / "vocabulary.yaml").read_text(encoding="utf-8")
    vocabulary = vocabulary.replace("  zloty:", "  crown: {currency: CZK}\n  zloty:")
    found = make_sample(
        tmp_path / "content",
        f"{BASE}f0: {{{COMMON}, period: 2019, value: 110, {MONEY}}}\n"
        f"f1: {{{COMMON}, period: 2018, value: 110, scale: million, unit: crown}}\n"
        f"named: {{{COMMON}, period: 1990, value: 1, {MONEY}}}\n"
        f"\n--- facts/vocabulary.yaml\n{vocabulary}",
    )
    assert sorted(ids(one) for one in drawn(found)) == [["f0"], ["f1"]]


def test_numbers_are_in_the_scale_of_most_with_the_digits_of_the_source(tmp_path: Path) -> None:
    (one,) = series(
        tmp_path,
        f"{COMMON}, period: 2017, value: 2.40, {MONEY}",
        f"{COMMON}, period: 2018, value: 1500, scale: thousand, unit: zloty",
        f"{COMMON}, period: 2019, range: {{lower: 5, upper: 6}}, {MONEY}",
    )
    assert [point.label.unescape() for point in one.points] == ["2.40", "1.5", "5–6"]
    assert one.unit == "million zloty"


def test_a_series_notes_what_it_reads(tmp_path: Path) -> None:
    found = sample(tmp_path, f"{COMMON}, period: 2019, value: 110, {MONEY}")
    p = found.context("regions/north/", subject="north")
    series_of(p, p.lens.linked("north", "figure"))
    assert {"item:f0", "word:f0.label", "vocabulary"} <= p.lens.reads
