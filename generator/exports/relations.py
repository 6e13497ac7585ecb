"""The tables beside those of kinds: names, links, labels, codes of other data, what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from generator.dataset import Dataset, Item
from generator.exports.facts import COLUMNS, rows
from generator.exports.kinds import kind_table
from generator.exports.tables import Column, Table, Value, scalar
from generator.exports.titles import plain_title
from generator.exports.versions import now_of, records_of
from generator.model.history import Log
from generator.model.kinds import KINDS, Kind, WordType
from generator.model.release import SORTS
from generator.noted import shared
from generator.routes import Routes
from generator.words import Words

WIKIDATA = "http://www.wikidata.org/entity/"
_FACT_TYPES = {"value": "number", "upper": "number", "derived": "boolean"}
_FACTS_HAVE = ("id", "kind", "aspect", "sources", "page")


def tables_of(dataset: Dataset, words: Words, routes: Routes) -> Mapping[str, Table]:
    """Every table of the data by name."""
    return {name: table_of(dataset, words, routes, name) for name in TABLES}


@shared  # for CSV files, the data package and the database alike
def table_of(dataset: Dataset, words: Words, routes: Routes, name: str) -> Table:
    """A table of the data by its name."""
    return TABLES[name](dataset, words, routes)


def facts_table(dataset: Dataset, routes: Routes) -> Table:
    """The rows of facts; several rows may have one id."""
    columns = tuple(
        Column(name, _FACT_TYPES.get(name, "string"), name in _FACTS_HAVE) for name in COLUMNS
    )
    found = [tuple(scalar(row[name]) for name in COLUMNS) for row in rows(dataset, routes)]
    return Table("facts", columns, found)


def names_table(dataset: Dataset, words: Words) -> Table:
    """What records are called: by language, and names for searching, which are in several."""
    found: list[tuple[Value, ...]] = []
    for item in _items(dataset):
        for key in KINDS[item.kind].words:
            if key.type is WordType.NAME:
                for lang in dataset.site.codes:
                    word = words.place(lang, f"{item.id}.{key.name}")
                    if word is not None and word.text:
                        found.append((item.id, lang, key.name, word.text))
        others = dict.fromkeys(getattr(item.record, "other_names", ()))
        found.extend((item.id, None, "other_name", name) for name in others)
    columns = (
        Column("record", is_required=True),
        Column("language", entries=dataset.site.codes),
        Column("key", is_required=True),
        Column("name", is_required=True),
    )
    return Table("names", columns, found)


def links_table(dataset: Dataset) -> Table:
    """Which records refer to which, by the path of the field."""
    found = [
        (item.id, ".".join(map(str, one.path)), one.value)
        for item in _items(dataset)
        for one in item.record.references
    ]
    columns = tuple(Column(name, is_required=True) for name in ("record", "field", "target"))
    return Table("links", columns, found, ("record", "field"))


def labels_table(dataset: Dataset, words: Words) -> Table:
    """What the entries of the vocabulary are called in each language."""
    texts = {lang: words.texts(lang) for lang in dataset.site.codes}
    found = [
        (name, entry, lang, texts[lang][f"{name}.{entry}"])
        for name in dataset.vocabulary.lists
        for entry in dataset.vocabulary.names(name)
        for lang in dataset.site.codes
        if f"{name}.{entry}" in texts[lang]
    ]
    columns = (
        Column("list", is_required=True),
        Column("entry", is_required=True),
        Column("language", is_required=True, entries=dataset.site.codes),
        Column("label", is_required=True),
    )
    return Table("labels", columns, found, ("list", "entry", "language"))


def crosswalk_table(dataset: Dataset, words: Words, routes: Routes) -> Table:
    """The codes by which other data knows countries and regions."""
    codes = dataset.site.codes
    found: list[tuple[Value, ...]] = []
    for item in _items(dataset):
        code = getattr(item.record, "code", None)
        if code is None:
            continue
        wikidata = item.record.wikidata
        found.append(
            (
                *(
                    item.id,
                    item.kind,
                    code,
                    wikidata,
                    f"{WIKIDATA}{wikidata}" if wikidata else None,
                ),
                *(plain_title(dataset, words, lang, item.id) for lang in codes),
                routes[item.id],
            )
        )
    columns = (
        Column("id", is_required=True),
        Column("kind", is_required=True),
        Column("iso_3166", is_required=True),
        Column("wikidata"),
        Column("wikidata_uri"),
        *(Column(f"title_{lang}", is_required=True) for lang in codes),
        Column("page", is_required=True),
    )
    return Table("crosswalk", columns, found, ("id",))


def history_table(dataset: Dataset) -> Table:
    """The change log: when records were added, changed and removed, newest change first."""
    logs: list[tuple[str, str | None, Log]] = []
    logs += [(dataset.first_ids[i], i, log) for i, log in dataset.logs.items()]
    logs += [(first, None, log) for first, log in dataset.gone.items()]
    logs.sort(key=lambda one: one[0])
    logs.sort(key=lambda one: (one[2].removed or one[2].changed).first, reverse=True)
    found = [
        (
            *(first, current, dataset.items[current].kind if current else None),
            *(log.added.edtf, log.changed.edtf),
            *(log.checked.on.edtf if log.checked else None, log.is_checked),
            log.removed.edtf if log.removed else None,
        )
        for first, current, log in logs
    ]
    columns = (
        Column("first_id", is_required=True),
        Column("id"),
        Column("kind"),
        Column("added", "date", is_required=True),
        Column("changed", "date", is_required=True),
        Column("checked", "date"),
        Column("is_checked", "boolean", is_required=True),
        Column("removed", "date"),
    )
    return Table("history", columns, found, ("first_id",))


def releases_table(dataset: Dataset) -> Table:
    """What each release changed, newest first: a row for each record, of changed ones each field.

    Of a renamed record the values are its ids; of words that changed there are none.
    """
    found: list[tuple[Value, ...]] = []
    for version, release in dataset.releases.items():
        for sort in SORTS:
            for kind, identifier, more in records_of(release, sort):
                now = now_of(dataset, identifier)
                head = (version, release.published.edtf, sort, kind, identifier, now)
                if isinstance(more, str):
                    found.append((*head, "id", identifier, more))
                elif more is None:
                    found.append((*head, None, None, None))
                else:
                    sides = ((path, one.before, one.after) for path, one in more.items())
                    found.extend((*head, *side) for side in sides)
    columns = (
        Column("version", is_required=True),
        Column("published", "date", is_required=True),
        Column("change", is_required=True, entries=SORTS),
        Column("kind", is_required=True),
        Column("id", is_required=True),
        Column("now"),
        *(Column(name) for name in ("field", "before", "after")),
    )
    return Table("releases", columns, found)


def _items(dataset: Dataset) -> Iterator[Item]:
    for kind in KINDS:
        yield from dataset.by_kind[kind]


def _of_kind(kind: Kind) -> Callable[[Dataset, Words, Routes], Table]:
    return lambda dataset, words, routes: kind_table(dataset, words, routes, kind)


TABLES: Mapping[str, Callable[[Dataset, Words, Routes], Table]] = {
    "facts": lambda dataset, _, routes: facts_table(dataset, routes),
    **{kind.plural: _of_kind(kind) for kind in KINDS.values()},
    "names": lambda dataset, words, _: names_table(dataset, words),
    "links": lambda dataset, _words, _: links_table(dataset),
    "labels": lambda dataset, words, _: labels_table(dataset, words),
    "crosswalk": crosswalk_table,
    "history": lambda dataset, _words, _: history_table(dataset),
    "releases": lambda dataset, _words, _: releases_table(dataset),
}
