"""Figures are whole phrases, the same in every place, and say what the record says."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.locale import Locale
from generator.model.amounts import Amount
from generator.model.dates import parse_date
from generator.patterns import placeholders
from generator.phrases import change, phrase, rank, reading, unit_of, value
from tests.languages import RUSSIAN, locale_of, shown, texts_of, vocabulary


def amount(**fields: Any) -> Amount:
    return Amount.model_validate({"measure": "trade", **fields})


def said(lang: str, **fields: Any) -> str:
    return shown(phrase(amount(**fields), locale_of(lang)))


# --- every qualifier with every scale and unit

QUALIFIERS = {
    "en": {
        None: "{}",
        "about": "about {}",
        "almost": "almost {}",
        "over": "over {}",
        "slightly-over": "slightly over {}",
        "up-to": "up to {}",
        "at-least": "at least {}",
    },
    "de": {
        None: "{}",
        "about": "etwa {}",
        "almost": "fast {}",
        "over": "mehr als {}",
        "slightly-over": "etwas mehr als {}",
        "up-to": "bis zu {}",
        "at-least": "mindestens {}",
    },
}
NUMBERS = {  # scale, value -> the number as it stands in the phrase, and whether it is one
    "en": {
        (None, "1"): ("1", True),
        (None, "2"): ("2", False),
        (None, "1.5"): ("1.5", False),
        ("thousand", "1"): ("1~thousand", False),
        ("million", "121"): ("121~million", False),
        ("billion", "2.40"): ("2.40~billion", False),
    },
    "de": {
        (None, "1"): ("1", True),
        (None, "2"): ("2", False),
        (None, "1.5"): ("1,5", False),
        ("thousand", "1"): ("1~Tsd.", False),
        ("million", "121"): ("121~Mio.", False),
        ("billion", "2.40"): ("2,40~Mrd.", False),
    },
}
UNITS = {  # unit -> for one, for others
    "en": {
        None: ("{}", "{}"),
        "usd": ("US${}", "US${}"),
        "rub": ("RUB~{}", "RUB~{}"),
        "byn": ("BYN~{}", "BYN~{}"),
        "eur": ("€{}", "€{}"),
        "piece": ("{} unit", "{} units"),
        "bus": ("{} bus", "{} buses"),
        "tractor": ("{} tractor", "{} tractors"),
        "machine": ("{} machine", "{} machines"),
        "plant": ("{} plant", "{} plants"),
        "firm": ("{} firm", "{} firms"),
        "agreement": ("{} agreement", "{} agreements"),
        "field": ("{} field", "{} fields"),
        "shop": ("{} shop", "{} shops"),
        "complex": ("{} system", "{} systems"),
        "university": ("{} university", "{} universities"),
    },
    "de": {
        None: ("{}", "{}"),
        "usd": ("{} US-Dollar", "{} US-Dollar"),
        "rub": ("{} russischer Rubel", "{} russische Rubel"),
        "byn": ("{} belarussischer Rubel", "{} belarussische Rubel"),
        "eur": ("{} Euro", "{} Euro"),
        "piece": ("{} Stück", "{} Stück"),
        "bus": ("{} Bus", "{} Busse"),
        "tractor": ("{} Traktor", "{} Traktoren"),
        "machine": ("{} Maschine", "{} Maschinen"),
        "plant": ("{} Anlage", "{} Anlagen"),
        "firm": ("{} Unternehmen", "{} Unternehmen"),
        "agreement": ("{} Abkommen", "{} Abkommen"),
        "field": ("{} Bereich", "{} Bereiche"),
        "shop": ("{} Geschäft", "{} Geschäfte"),
        "complex": ("{} System", "{} Systeme"),
        "university": ("{} Universität", "{} Universitäten"),
    },
}


@pytest.mark.parametrize("lang", ["en", "de"])
def test_every_qualifier_scale_and_unit(lang: str) -> None:
    table = product(QUALIFIERS[lang].items(), NUMBERS[lang].items(), UNITS[lang].items())
    for (qualifier, around), ((scale, digits), (number, is_one)), (unit, forms) in table:
        pattern = forms[0] if is_one else forms[1]
        if scale is None:
            pattern = pattern.replace("{} ", "{}~")
        fields = {"value": digits, "scale": scale, "unit": unit, "qualifier": qualifier}
        assert said(lang, **fields) == around.format(pattern.format(number))


PHRASES: list[tuple[dict[str, Any], str, str]] = [
    # values
    (
        {"value": "600", "scale": "million", "unit": "usd", "qualifier": "about"},
        "about US$600~million",
        "etwa 600~Mio. US-Dollar",
    ),
    ({"value": "11", "unit": "bus"}, "11~buses", "11~Busse"),
    (
        {"value": "1500", "unit": "bus", "qualifier": "up-to"},
        "up to 1,500~buses",
        "bis zu 1.500~Busse",
    ),
    (
        {"range": {"lower": "1.65", "upper": "2.40"}, "scale": "billion", "unit": "rub"},
        "RUB~1.65–2.40~billion",
        "1,65–2,40~Mrd. russische Rubel",
    ),
    (
        {"value": "-16.6", "scale": "million", "unit": "usd", "qualifier": "about"},
        "about −US$16.6~million",
        "etwa −16,6~Mio. US-Dollar",
    ),
    ({"value": "0", "unit": "shop"}, "0~shops", "0~Geschäfte"),
    ({"value": "1.0", "unit": "shop"}, "1.0~shops", "1,0~Geschäfte"),
    # vague sizes
    ({"vague": "dozens"}, "dozens", "Dutzende"),
    ({"vague": "dozens", "unit": "shop"}, "dozens of shops", "Dutzende Geschäfte"),
    (
        {"vague": "dozen", "unit": "field", "qualifier": "over"},
        "more than a dozen fields",
        "mehr als ein Dutzend Bereiche",
    ),
    ({"vague": "several", "unit": "agreement"}, "several agreements", "mehrere Abkommen"),
    ({"vague": "slightly", "unit": "shop"}, "slightly", "leicht"),
    # changes
    (
        {
            "value": "121", "scale": "million", "unit": "usd", "period": "2019",
            "change": {"direction": "up", "percent": "12", "since": "2018"},
        },
        "US$121~million, 12% more than in 2018",
        "121~Mio. US-Dollar, 12~% mehr als 2018",
    ),
    (
        {
            "value": "77", "scale": "million", "unit": "usd", "period": "2020-01/2020-09",
            "change": {"direction": "down", "percent": "17.3", "since": "2019-01/2019-09"},
        },
        "US$77~million, 17.3% less than a year earlier",
        "77~Mio. US-Dollar, 17,3~% weniger als im Vorjahreszeitraum",
    ),
    (
        {"change": {"direction": "down", "fraction": "half", "qualifier": "almost"}},
        "down by almost half",
        "um fast die Hälfte gesunken",
    ),
    (
        {"change": {"direction": "up", "fraction": "third", "qualifier": "over", "since": "2016"}},
        "up by more than a third compared with 2016",
        "gegenüber 2016 um mehr als ein Drittel gestiegen",
    ),
    (
        {"change": {"direction": "down", "factor": "2.1"}},
        "down by a factor of 2.1",
        "um den Faktor 2,1 gesunken",
    ),
    (
        {"change": {"direction": "up", "factor": "4", "qualifier": "over", "since": "2016"}},
        "up by a factor of more than 4 compared with 2016",
        "gegenüber 2016 auf mehr als das 4-Fache gestiegen",
    ),
    ({"change": {"direction": "up", "factor": "2"}}, "doubled", "verdoppelt"),
    ({"change": {"direction": "down", "factor": "2"}}, "halved", "halbiert"),
    (
        {"change": {"direction": "up", "factor": "2", "qualifier": "over", "since": "2015"}},
        "more than doubled compared with 2015",
        "gegenüber 2015 mehr als verdoppelt",
    ),
    (
        {"change": {"direction": "up", "factor": "2.0"}},
        "up by a factor of 2.0",
        "auf das 2,0-Fache gestiegen",
    ),
    (
        {"change": {"direction": "down", "vague": "slightly", "since": "2019"}},
        "slightly less than in 2019",
        "gegenüber 2019 leicht gesunken",
    ),
    ({"change": {"direction": "up", "vague": "slightly"}}, "slightly up", "leicht gestiegen"),
    (
        {"change": {"direction": "up", "percent": "142", "ambiguous": "index-or-increase"}},
        "up by 142% (increase or index: the source leaves it open)",
        "um 142~% gestiegen (Zuwachs oder Index, die Quelle lässt es offen)",
    ),
    # shares, ranks, ratios
    (
        {"share": {"percent": "35", "whole": "foreign-trade"}},
        "35% of foreign trade",
        "35~% des Außenhandels",
    ),
    (
        {"share": {"percent": "50", "whole": "medical-staff", "qualifier": "almost"}},
        "almost 50% of medical staff",
        "fast 50~% des medizinischen Personals",
    ),
    (
        {"share": {"vague": "small", "whole": "foreign-trade"}},
        "a small share of foreign trade",
        "ein kleiner Teil des Außenhandels",
    ),
    (
        {"rank": {"place": "11", "scope": "regions-of-the-partner-country"}},
        "11th among the regions of the partner country",
        "Platz~11 unter den Regionen des Partnerlandes",
    ),
    (
        {"rank": {"place": "11", "scope": "regions-of-the-partner-country", "total": "85"}},
        "11th among the regions of the partner country (of 85)",
        "Platz~11 unter den Regionen des Partnerlandes (von 85)",
    ),
    (
        {"rank": {"place": "5", "scope": "regions-of-the-partner-country"}, "qualifier": "up-to"},
        "5th or higher among the regions of the partner country",
        "Platz~5 oder besser unter den Regionen des Partnerlandes",
    ),
    (
        {
            "value": "115", "scale": "million", "unit": "usd",
            "rank": {"place": "1", "scope": "five-years"},
        },
        "US$115~million, the highest in five years",
        "115~Mio. US-Dollar, höchster Wert seit fünf Jahren",
    ),
    (
        {"rank": {"place": "2", "scope": "five-years"}},
        "2nd highest in five years",
        "Platz~2 der letzten fünf Jahre",
    ),
    (
        {"ratio": {"factor": "7", "to": "agricultural-machinery"}},
        "7 times as much as: agricultural machinery",
        "7-mal so viel wie: Landmaschinen",
    ),
    # everything at once
    (
        {
            "value": "284", "scale": "million", "unit": "usd", "period": "2019",
            "change": {"direction": "up", "factor": "4", "qualifier": "over", "since": "2016"},
            "share": {"percent": "2.0", "whole": "trade"},
            "rank": {"place": "1", "scope": "record"},
        },
        "US$284~million, up by a factor of more than 4 compared with 2016, 2.0% of trade, "
        "the highest on record",
        "284~Mio. US-Dollar, gegenüber 2016 auf mehr als das 4-Fache gestiegen, 2,0~% des Handels, "
        "Rekordwert",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "english", "german"), PHRASES)
def test_phrases(fields: dict[str, Any], english: str, german: str) -> None:
    assert said("en", **fields) == english
    assert said("de", **fields) == german


# --- what a change is compared with

BASES = [
    ("2018", "than in 2018", "als 2018"),
    ("2017-03", "than in March 2017", "als im März 2017"),
    ("2017-03-08", "than on 8~March 2017", "als am 8.~März 2017"),
    ("2021-01/2021-03", "than in the first quarter of 2021", "als im 1.~Quartal 2021"),
    ("2020-01/2020-06", "than in the first half of 2020", "als im 1.~Halbjahr 2020"),
    ("2016/2018", "than in 2016–2018", "als 2016–2018"),
    (
        "2019-01/2019-09",
        "than in January to September 2019",
        "als im Zeitraum Januar bis September 2019",
    ),
    ("2016/..", "than in the period since 2016", "als im Zeitraum seit 2016"),
    ({"on": "2020-12", "part": "early"}, "than in early December 2020", "als Anfang Dezember 2020"),
]


@pytest.mark.parametrize(("since", "english", "german"), BASES)
def test_changes_name_their_base(since: Any, english: str, german: str) -> None:
    fields = {"change": {"direction": "up", "percent": "1", "since": since}}
    assert said("en", **fields) == f"1% more {english}"
    assert said("de", **fields) == f"1~% mehr {german}"


COMPARED = [
    ("2017-03-08", "compared with 8~March 2017", "gegenüber dem 8.~März 2017"),
    ("2017-03", "compared with March 2017", "gegenüber März 2017"),
    ("2021-01/2021-03", "compared with the first quarter of 2021", "gegenüber dem 1.~Quartal 2021"),
    ("2020-07/2020-12", "compared with the second half of 2020", "gegenüber dem 2.~Halbjahr 2020"),
    ("2016/..", "compared with the period since 2016", "gegenüber dem Zeitraum seit 2016"),
]


@pytest.mark.parametrize(("since", "english", "german"), COMPARED)
def test_movements_name_their_base(since: str, english: str, german: str) -> None:
    fields = {"change": {"direction": "up", "factor": "2", "since": since}}
    assert said("en", **fields) == f"doubled {english}"
    assert said("de", **fields) == f"{german} verdoppelt"


@pytest.mark.parametrize(
    ("period", "since", "is_earlier"),
    [
        ("2020-01/2020-09", "2019-01/2019-09", True),
        ("2020-01/2020-03", "2019-01/2019-03", True),
        ("2020-01/2020-12", "2019-01/2019-12", True),
        ("2020-03", "2019-03", True),
        ("2020-03-08", "2019-03-08", True),
        ({"on": "2020", "part": "summer"}, {"on": "2019", "part": "summer"}, True),
        ("2020", "2019", False),
        ("2020-01/2020-09", "2019", False),
        ("2020-01/2020-09", "2018-01/2018-09", False),
        ("2020-01/2020-09", "2019-01/2019-08", False),
        ({"on": "2020", "part": "summer"}, {"on": "2019", "part": "winter"}, False),
        ("2019/2020", "2018/2019", False),
        ("2019-03/2020-09", "2018-03/2019-09", False),
        ("2020-02-29", "2019-02-28", False),
        ("2020/..", "2019/..", False),
        (None, "2019-01/2019-09", False),
    ],
)
def test_a_year_earlier_is_the_same_part_of_the_year_before(
    period: Any, since: Any, is_earlier: bool
) -> None:
    fields = {"change": {"direction": "up", "percent": "1", "since": since}}
    if period is not None:
        fields["period"] = period
    assert (said("en", **fields) == "1% more than a year earlier") == is_earlier


def test_a_figure_inherits_the_period_of_its_record() -> None:
    stated = amount(change={"direction": "down", "factor": "2.1", "since": "2019-01/2019-10"})
    period = parse_date("2020-01/2020-10")
    assert phrase(stated, locale_of("en"), period) == (
        "down by a factor of 2.1 compared with a year earlier"
    )
    assert stated.change is not None
    assert change(stated.change, locale_of("de"), period) == (
        "gegenüber dem Vorjahreszeitraum um den Faktor 2,1 gesunken"
    )


def test_a_language_may_have_a_pattern_for_a_combination() -> None:
    texts = {**texts_of("en"), "phrase.value-rank": "{rank}: {value}"}
    found = phrase(amount(value="9", rank={"place": "1", "scope": "record"}), Locale("en", texts))
    assert found == "the highest on record: 9"


def test_readings_are_values_of_the_amount_or_stand_as_they_are() -> None:
    stated = amount(
        unit="usd",
        scale="million",
        readings=[{"value": "115", "sources": ["fn-1"]}],
        vague="dozens",
    )
    locale = locale_of("en")
    assert shown(reading(stated, "115.0", locale)) == "US$115.0~million"
    assert reading(stated, "1997 or 1998", locale) == "1997 or 1998"
    assert reading(stated, "NaN", locale) == "NaN"


@pytest.mark.parametrize(
    ("scale", "name", "english", "german"),
    [
        ("million", "usd", "US$ million", "Mio. US-Dollar"),
        ("billion", "rub", "RUB billion", "Mrd. russische Rubel"),
        ("thousand", None, "thousand", "Tsd."),
        (None, "bus", "buses", "Busse"),
        (None, None, "", ""),
    ],
)
def test_the_unit_of_a_chart_stands_without_a_number(
    scale: str | None, name: str | None, english: str, german: str
) -> None:
    assert unit_of(scale, name, locale_of("en")) == english
    assert unit_of(scale, name, locale_of("de")) == german


def test_an_amount_of_readings_only_has_no_phrase() -> None:
    stated = amount(readings=[{"value": "115", "sources": ["fn-1"]}])
    assert (value(stated, locale_of("en")), phrase(stated, locale_of("en"))) == ("", "")


# --- Russian and Belarusian: forms by count, and a second set after qualifiers

COUNTS = ("0", "1", "2", "5", "11", "21", "22", "1.5")
FORMS = {
    ("ru", None): (
        "0~соглашений", "1~соглашение", "2~соглашения", "5~соглашений",
        "11~соглашений", "21~соглашение", "22~соглашения", "1,5~соглашения",
    ),
    ("ru", "about"): (
        "около 0~соглашений", "около 1~соглашения", "около 2~соглашений", "около 5~соглашений",
        "около 11~соглашений", "около 21~соглашения", "около 22~соглашений",
        "около 1,5~соглашения",
    ),
    ("ru", "over"): (
        "более 0~соглашений", "более 1~соглашения", "более 2~соглашений", "более 5~соглашений",
        "более 11~соглашений", "более 21~соглашения", "более 22~соглашений",
        "более 1,5~соглашения",
    ),
    ("ru", "almost"): (
        "почти 0~соглашений", "почти 1~соглашение", "почти 2~соглашения", "почти 5~соглашений",
        "почти 11~соглашений", "почти 21~соглашение", "почти 22~соглашения",
        "почти 1,5~соглашения",
    ),
    ("be", None): (
        "0~пагадненняў", "1~пагадненне", "2~пагадненні", "5~пагадненняў",
        "11~пагадненняў", "21~пагадненне", "22~пагадненні", "1,5~пагаднення",
    ),
    ("be", "about"): (
        "каля 0~пагадненняў", "каля 1~пагаднення", "каля 2~пагадненняў", "каля 5~пагадненняў",
        "каля 11~пагадненняў", "каля 21~пагаднення", "каля 22~пагадненняў",
        "каля 1,5~пагаднення",
    ),
    ("be", "over"): (
        "больш за 0~пагадненняў", "больш за 1~пагадненне", "больш за 2~пагадненні",
        "больш за 5~пагадненняў", "больш за 11~пагадненняў", "больш за 21~пагадненне",
        "больш за 22~пагадненні", "больш за 1,5~пагаднення",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("lang", "qualifier"), FORMS)
def test_slavic_forms(lang: str, qualifier: str | None) -> None:
    found = [said(lang, value=n, unit="agreement", qualifier=qualifier) for n in COUNTS]
    assert found == list(FORMS[lang, qualifier])


RUSSIAN_PHRASES = [
    (
        {"range": {"lower": "2", "upper": "5"}, "unit": "agreement", "qualifier": "about"},
        "около 2–5~соглашений",
    ),
    ({"range": {"lower": "20", "upper": "21"}, "unit": "agreement"}, "20–21~соглашение"),
    ({"value": "1", "scale": "million", "unit": "agreement"}, "1~млн соглашений"),
    ({"value": "121", "scale": "million", "unit": "usd"}, "121~млн долл. США"),
    (
        {"value": "1.65", "scale": "million", "unit": "usd", "qualifier": "about"},
        "около 1,65~млн долл. США",
    ),
    ({"vague": "dozen", "unit": "agreement"}, "десяток соглашений"),
    ({"vague": "dozen", "unit": "agreement", "qualifier": "over"}, "более десятка соглашений"),
    ({"vague": "dozen", "qualifier": "over"}, "более десятка"),
    (
        {"change": {"direction": "down", "fraction": "third", "qualifier": "over"}},
        "более чем на треть меньше",
    ),
    (
        {"change": {"direction": "up", "percent": "12", "qualifier": "over", "since": "2018"}},
        "более чем на 12~% больше, чем в 2018~г.",
    ),
    (
        {"change": {"direction": "up", "percent": "12", "since": "2017-03"}},
        "на 12~% больше, чем за март 2017~г.",
    ),
    (
        {
            "period": "2020-01/2020-10",
            "change": {"direction": "down", "factor": "2.1", "since": "2019-01/2019-10"},
        },
        "в 2,1 раза меньше, чем годом ранее",
    ),
]


@pytest.mark.parametrize(("fields", "text"), RUSSIAN_PHRASES)
def test_russian_phrases(fields: dict[str, Any], text: str) -> None:
    assert said("ru", **fields) == text


def test_what_a_language_lacks_is_said_whole_in_the_source_language() -> None:
    locale = Locale("ru", {"scales.million": "{number} млн"}, texts_of("en"))
    assert shown(phrase(amount(value="5", unit="bus"), locale)) == "5~buses"
    german = Locale("de", texts_of("de"), texts_of("en"))
    fields = {"change": {"direction": "up", "factor": "4", "qualifier": "over", "since": "2016"}}
    assert phrase(amount(**fields), german) == said("de", **fields)


# --- whatever the record says


def entries(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(vocabulary().names(name))


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), values)


numbers = st.from_regex(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,3})?", fullmatch=True)
sinces = st.sampled_from([None, "2018", "2017-03", "2019-01/2019-09", "2016/..", "2016/2018"])
sizes = st.one_of(
    st.just({}),
    st.builds(lambda n: {"value": n}, numbers),
    st.builds(lambda n: {"range": {"lower": f"{n}", "upper": f"{n + 1}"}}, st.integers(0, 99)),
    st.builds(lambda v: {"vague": v}, entries("vague")),
)
changes = st.builds(
    lambda size, direction, qualifier, since: {
        **size, "direction": direction, "qualifier": qualifier, "since": since
    },
    st.one_of(
        st.builds(lambda n: {"percent": n}, numbers),
        st.builds(lambda n: {"factor": n}, numbers),
        st.builds(lambda f: {"fraction": f}, entries("fractions")),
        st.builds(lambda v: {"vague": v}, entries("vague")),
    ),
    st.sampled_from(["up", "down"]),
    maybe(entries("qualifiers")),
    sinces,
)  # fmt: skip
shares = st.builds(
    lambda size, whole, qualifier: {**size, "whole": whole, "qualifier": qualifier},
    st.one_of(
        st.builds(lambda n: {"percent": n}, numbers),
        st.builds(lambda v: {"vague": v}, entries("vague")),
    ),
    entries("wholes"),
    maybe(entries("qualifiers")),
)
ranks = st.builds(
    lambda place, scope, more: {
        "place": str(place),
        "scope": scope,
        "total": None if more is None else str(place + more),
    },
    st.integers(1, 99),
    entries("scopes"),
    maybe(st.integers(1, 99)),
)
amounts = st.builds(
    lambda size, **fields: amount(**size, **fields),
    sizes,
    scale=maybe(entries("scales")),
    unit=maybe(entries("units")),
    qualifier=maybe(entries("qualifiers")),
    change=maybe(changes),
    share=maybe(shares),
    rank=ranks,
    ratio=maybe(st.builds(lambda n, to: {"factor": n, "to": to}, numbers, entries("goods"))),
)


@settings(deadline=None)
@given(amounts, st.sampled_from(["en", "de"]))
def test_no_phrase_leaves_a_key_or_placeholder(stated: Amount, lang: str) -> None:
    found = phrase(stated, locale_of(lang))
    assert found
    assert not placeholders(found)
    assert not re.search(r"\b[a-z-]+\.[a-z]", found)
    assert "  " not in found
    if stated.value is not None:
        digits = [c for c in f"{stated.value:f}" if c.isdigit()]
        assert [c for c in value(stated, locale_of(lang)) if c.isdigit()] == digits


@pytest.mark.parametrize(
    "pattern",
    ["{number.__class__}", "{number!r}", "{number:>99}", "{{ number }}", "{% x %}", "%(number)s"],
)
def test_patterns_are_never_executed(pattern: str) -> None:
    locale = Locale("ru", {**RUSSIAN, "units.agreement.many": pattern})
    assert value(amount(value="5", unit="agreement"), locale) == pattern


def test_a_qualified_first_place_has_the_wording_of_all_places() -> None:
    texts = {**texts_of("en"), "scopes.record.rank": "{ordinal} of all"}
    stated = amount(rank={"place": "1", "scope": "record"}).rank
    assert stated is not None
    assert rank(stated, Locale("en", texts)) == "the highest on record"
    assert rank(stated, Locale("en", texts), "up-to") == "1st or higher of all"
