"""What holds of an agreement at the state of the data, and why: only what dates and stages say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from generator.dataset import Item
from generator.model.dates import Date
from generator.model.vocabulary import Phase
from generator.views.context import PageContext


@dataclass(frozen=True, slots=True)
class Status:
    """Its name, for the texts ``status.NAME`` and ``status.NAME-why``, and what fills the reason.

    ``by`` is the document that has superseded the agreement.
    """

    name: str
    values: Mapping[str, Markup] = field(default_factory=dict)
    by: Item | None = None


NAMES = ("superseded", "completed", "open", "ended", "running", "ahead", "reported", "in-force")
TEXTS = tuple(f"status.{name}{end}" for name in (*NAMES, "unknown") for end in ("", "-why"))


def status_of(p: PageContext, item: Item) -> Status:
    """The status of an agreement; what tells most comes first."""
    record = item.record
    successor = _successor(item, p.lens.linked(item.id, "agreement"))
    if successor is not None:
        return Status("superseded", {"document": p.link(successor.id)}, successor)
    phase = p.lens.phase(record.stage.at) if record.stage is not None else None
    if phase is Phase.OVER:
        return Status("completed", {"stage": p.stage(record.stage)})
    if phase is Phase.AHEAD and not (record.signed or record.adopted or record.in_force):
        return Status("open", {"stage": p.stage(record.stage)})
    if record.term is not None:
        values = {"term": p.date(record.term), "date": p.date(p.as_of)}
        return Status(_in_term(record.term, p.as_of), values)
    if phase is Phase.BEGUN:
        return Status("reported", {"stage": p.stage(record.stage)})
    if record.in_force is not None:
        return Status("in-force", {"since": p.date(record.in_force)})
    return Status("unknown")


def _successor(item: Item, linked: Sequence[Item]) -> Item | None:
    return next((other for other in linked if other.record.supersedes == item.id), None)


def _in_term(term: Date, as_of: Date) -> str:
    if term.last < as_of.first:
        return "ended"
    return "running" if term.first <= as_of.last else "ahead"
