"""The dataset: all records, frozen, with their back-links and every figure in one list.

Built once from a store without problems. Back-links are computed here and nowhere typed: what
refers to a record, directly or through a place, body or person that belongs to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from generator.derive import CannotDerive, derive
from generator.history import first_id, state_of
from generator.model.amounts import Amount
from generator.model.dates import Date
from generator.model.fields import Term
from generator.model.history import Log
from generator.model.kinds import KINDS
from generator.model.records import Figure, Record
from generator.model.release import Release, version_key
from generator.model.removed import Removed
from generator.model.vocabulary import Vocabulary
from generator.site import Site
from generator.store import Store

# Fields that refer to a record without being about it.
_NOT_ABOUT = frozenset({"derived", "distinct_from"})
# Sources are reached by citation, not as subjects.
_NOT_SUBJECTS = frozenset({"source"})


@dataclass(frozen=True, slots=True)
class Item:
    """A record with its id, its kind and the file that holds it."""

    id: str
    kind: str
    record: Any
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure, standalone or inline, with everything that it inherits from its record.

    ``base`` is the value in base units (121 million dollars are 121000000), derived or stated.
    """

    id: str
    owner: str
    amount: Amount
    subjects: tuple[str, ...]
    date: Date | None
    sources: tuple[str, ...]
    base: Decimal | None
    upper: Decimal | None
    derived: bool


@dataclass(frozen=True, eq=False)
class Dataset:
    """Records by id and by kind, in a stable order: by kind, then as ``ordered`` sorts them.

    ``first_ids`` are the ids that records were first published under: what is told of a record
    under that id stays the same when it is renamed. ``logs`` say when records were added and
    changed, as far as the history knows, ``gone`` the same of former records by their first ids.
    ``releases`` are those of the data by version, newest first.

    Made once and never changed: two are the same only if they are one.
    """

    site: Site
    vocabulary: Vocabulary
    items: Mapping[str, Item]
    by_kind: Mapping[str, tuple[Item, ...]]
    subjects: Mapping[str, tuple[str, ...]]
    links: Mapping[str, Mapping[str, tuple[str, ...]]]
    statements: Mapping[str, Statement]
    statements_of: Mapping[str, tuple[Statement, ...]]
    cited_by: Mapping[str, tuple[str, ...]]
    by_term: Mapping[str, tuple[str, ...]]
    redirects: Mapping[str, str]
    first_ids: Mapping[str, str]
    logs: Mapping[str, Log]
    gone: Mapping[str, Log]
    removed: Mapping[str, Removed]
    releases: Mapping[str, Release]

    def __getitem__(self, identifier: str) -> Item:
        return self.items[identifier]

    @cached_property
    def tiles(self) -> Mapping[str, Mapping[str, tuple[int, int]]]:
        """The row and column of each region on the tile map, by country."""
        found: dict[str, dict[str, tuple[int, int]]] = {}
        for item in self.by_kind["region"]:
            if (tile := item.record.tile) is not None:
                found.setdefault(item.record.country, {})[item.id] = (tile.row, tile.column)
        return dict(sorted(found.items()))

    @cached_property
    def last_change(self) -> Date:
        """The day of the last change of any record; the state of the data without a history."""
        logs = (*self.logs.values(), *self.gone.values())
        days = [log.removed or log.changed for log in logs]
        return max(days, key=lambda day: day.first) if days else self.site.as_of

    @cached_property
    def is_released(self) -> bool:
        """Whether the records say what they said at the last release, as far as is known."""
        last = next(iter(self.releases.values()), None)
        if last is None or not self.logs:
            return True
        logs = {self.first_ids[identifier]: log for identifier, log in self.logs.items()}
        return last.state == state_of(logs)

    @property
    def version(self) -> str | None:
        """The version of the data; with a mark if they have changed since the last release.

        What comes after the plus sign is no part of the order of versions (https://semver.org/).
        """
        version = self.site.version
        if version is None or self.is_released:
            return version
        return f"{version}+changed"

    def answer(self, name: Hashable, ask: Callable[[Dataset], Any]) -> Any:
        """What ``ask`` returns of this dataset, asked once under this name."""
        answers = self._answers
        if name not in answers:
            answers[name] = ask(self)
        return answers[name]

    @cached_property
    def _answers(self) -> dict[Hashable, Any]:
        return {}

    def linked(self, identifier: str, kind: str) -> tuple[Item, ...]:
        """The records of a kind that refer to a record, ordered by date and id."""
        return tuple(self.items[i] for i in self.links.get(identifier, {}).get(kind, ()))


def build_dataset(store: Store) -> Dataset:
    """Return the dataset of a store that passed the checks."""
    if store.site is None:
        raise ValueError("a dataset needs a site")
    items = {
        entry.id: Item(entry.id, entry.kind.name, entry.record, entry.place.file, entry.place.line)
        for entry in store.entries.values()
    }
    by_kind = {
        name: tuple(sorted((i for i in items.values() if i.kind == name), key=order_key))
        for name in KINDS
    }
    first_ids = {entry.id: first_id(entry, store.history) for entry in store.entries.values()}
    alive = set(first_ids.values())
    logs = {key: line.log for key, line in store.history.items()}
    subjects = {identifier: _subjects_of(items, item) for identifier, item in items.items()}
    statements = _statements(items, subjects, store.vocabulary)
    statements_of: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements.values():
        statements_of[statement.owner].append(statement)
    return Dataset(
        site=store.site,
        vocabulary=store.vocabulary,
        items=items,
        by_kind=by_kind,
        subjects=subjects,
        links=_links(subjects, by_kind),
        statements=statements,
        statements_of={owner: tuple(group) for owner, group in statements_of.items()},
        cited_by=_citations(items, by_kind),
        by_term=_terms(by_kind),
        removed={line.id: line.record for line in store.removed.values()},
        releases=_newest_first(store),
        redirects={old: i.id for i in items.values() for old in i.record.formerly},
        first_ids=first_ids,
        logs={i: log for i, first in first_ids.items() if (log := logs.get(first)) is not None},
        gone={key: log for key, log in logs.items() if log.removed and key not in alive},
    )


def _newest_first(store: Store) -> dict[str, Release]:
    found = sorted(store.releases, key=version_key, reverse=True)
    return {version: store.releases[version].release for version in found}


def date_of(record: Record) -> Date | None:
    """The date by which a record is ordered: when it happened, was signed, reported or is for."""
    for name in ("signed", "adopted", "in_force", "date", "period", "reported", "term", "year"):
        value = getattr(record, name, None)
        if isinstance(value, Date):
            return value
    since = getattr(record, "since", ())
    if since:
        first: Date = since[0]
        return first
    stage = getattr(record, "stage", None)
    if stage is not None and stage.as_of is not None:
        at: Date = stage.as_of
        return at
    return None


def order_key(item: Item) -> tuple[Any, ...]:
    """Orders records by number where they have one, then by date, then by id."""
    number = getattr(item.record, "number", None)
    date = date_of(item.record)
    return (
        number is None,
        number or 0,
        date is None,
        date.sort_key if date else (),
        item.id,
    )


def _subjects_of(items: Mapping[str, Item], item: Item) -> tuple[str, ...]:
    """The ids that a record is about: those it refers to, and the regions where these are."""
    found: dict[str, None] = {}
    for reference in item.record.references:
        target = items.get(reference.value)
        if target is None or target.kind in _NOT_SUBJECTS or reference.path[0] in _NOT_ABOUT:
            continue
        found[target.id] = None
        found.update(dict.fromkeys(_lies_in(items, target)))
    return tuple(found)


def parties_of(items: Mapping[str, Item], item: Item) -> tuple[str, ...]:
    """The ids of the parties of a document: those named, and the regions of all.

    Bodies that are counted and not named stand for the region where they are at home.
    """
    found: dict[str, None] = {}
    for party in item.record.parties:
        if party.of is not None:
            found[party.of] = None
        target = items.get(party.of or party.home or "")
        if target is not None and target.kind == "region":
            found[target.id] = None
        elif target is not None:
            found.update(dict.fromkeys(_lies_in(items, target)))
    return tuple(found)


def _lies_in(items: Mapping[str, Item], item: Item) -> Iterator[str]:
    """The regions that a place lies in, a body is at home in, or a person speaks for."""
    if item.kind == "place":
        yield item.record.region
    elif item.kind in ("organisation", "person"):
        homes = (
            (item.record.home, *item.record.of)
            if item.kind == "organisation"
            else (item.record.of,)
        )
        for home in homes:
            target = items.get(home) if home else None
            if target is None:
                continue
            if target.kind == "region":
                yield target.id
            elif target.kind != "country":
                yield from _lies_in(items, target)


def _links(
    subjects: Mapping[str, tuple[str, ...]], by_kind: Mapping[str, tuple[Item, ...]]
) -> dict[str, dict[str, tuple[str, ...]]]:
    links: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for kind, group in by_kind.items():
        for item in group:
            for subject in subjects[item.id]:
                if subject != item.id:
                    links[subject][kind].append(item.id)
    return {
        target: {kind: tuple(ids) for kind, ids in kinds.items()} for target, kinds in links.items()
    }


def _citations(
    items: Mapping[str, Item], by_kind: Mapping[str, tuple[Item, ...]]
) -> dict[str, tuple[str, ...]]:
    cited: dict[str, dict[str, None]] = defaultdict(dict)
    for group in by_kind.values():
        for item in group:
            for reference in item.record.references:
                target = items.get(reference.value)
                if target is not None and target.kind == "source":
                    cited[target.id][item.id] = None
    return {source: tuple(users) for source, users in cited.items()}


def _terms(by_kind: Mapping[str, tuple[Item, ...]]) -> dict[str, tuple[str, ...]]:
    """The records that name a term of the vocabulary, as ``list.entry``."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for group in by_kind.values():
        for item in group:
            for one in item.record.marked:
                if isinstance(one.mark, Term):
                    found[f"{one.mark.list}.{one.value}"][item.id] = None
    return {term: tuple(users) for term, users in found.items()}


def base_value(amount: Amount, value: Decimal | None, vocabulary: Vocabulary) -> Decimal | None:
    """A printed value in base units, or None."""
    if value is None:
        return None
    factor = vocabulary.scale(amount.scale).factor if amount.scale else 1
    return value * factor


def _statements(
    items: Mapping[str, Item], subjects: Mapping[str, tuple[str, ...]], vocabulary: Vocabulary
) -> dict[str, Statement]:
    found: dict[str, Statement] = {}
    for item in sorted(items.values(), key=lambda i: i.id):
        for identifier, amount in amounts_of(item):
            found[identifier] = _statement(item, identifier, amount, subjects[item.id], vocabulary)
    for identifier, statement in found.items():
        if statement.amount.derived is not None:
            found[identifier] = _derived(found, statement, vocabulary)
    return found


def amounts_of(item: Item) -> Iterator[tuple[str, Amount]]:
    """The figure that a record is, and those inside it, with their ids."""
    if isinstance(item.record, Figure):
        yield item.id, item.record
    for key, amount in item.record.figures.items():
        yield f"{item.id}.{key}", amount


def _statement(
    item: Item, identifier: str, amount: Amount, subjects: tuple[str, ...], vocabulary: Vocabulary
) -> Statement:
    lower = amount.range.lower if amount.range else amount.value
    upper = amount.range.upper if amount.range else None
    if identifier != item.id:
        subjects = (item.id, *subjects)
    sources = dict.fromkeys(amount.sources or item.record.sources)
    for reading in amount.readings:
        sources.update(dict.fromkeys(reading.sources))
    return Statement(
        id=identifier,
        owner=item.id,
        amount=amount,
        subjects=subjects,
        date=amount.period or date_of(item.record),
        sources=tuple(sources),
        base=base_value(amount, lower, vocabulary),
        upper=base_value(amount, upper, vocabulary),
        derived=amount.derived is not None,
    )


def _derived(
    found: Mapping[str, Statement], statement: Statement, vocabulary: Vocabulary
) -> Statement:
    """Fill in a derived value; its sources are the union of those of its inputs."""
    derived = statement.amount.derived
    if derived is None:
        return statement
    inputs = [found[i] for i in derived.inputs]
    bases = {id(s.amount): s.base for s in inputs}
    try:
        value = derive(derived.rule, [s.amount for s in inputs], lambda a: bases[id(a)])
    except CannotDerive:
        # The check has reported it; a dataset is only published when there was nothing to report.
        return statement
    sources = dict.fromkeys(statement.sources)
    for source in inputs:
        sources.update(dict.fromkeys(source.sources))
    first = inputs[0].amount
    factor = vocabulary.scale(first.scale).factor if first.scale else 1
    shown = statement.amount.model_copy(
        update={"value": value / factor, "scale": first.scale, "unit": first.unit}
    )
    return replace(statement, base=value, amount=shown, sources=tuple(sources))
