"""The history of the records: when each was added and last changed, and what it said then."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, StringConstraints, model_validator

from generator.model.dates import Date
from generator.model.fields import DateField, Model, refused


def _day(date: Date) -> Date:
    if date.is_interval or date.start.precision < 3:
        raise refused("this is not a day", "a day, such as 2017-03-08", "invalid-date")
    return date


Day = Annotated[DateField, AfterValidator(_day)]


Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]


class Checked(Model):
    """That a person compared a record with its sources, ``on`` a day, when it said what ``hash``
    is the hash of.
    """

    on: Day
    hash: Hash


class Log(Model):
    """One line of ``content/history.yaml``, under the id that the record was first published under.

    ``hash`` is that of what the record said when it was ``changed`` last; a record that was
    ``removed`` keeps its line.
    """

    added: Day
    changed: Day
    checked: Checked | None = None
    removed: Day | None = None
    hash: Hash

    @model_validator(mode="after")
    def _in_order(self) -> Log:
        days = [day.first for day in (self.added, self.changed, self.removed) if day is not None]
        if days != sorted(days):
            raise refused("the days are not in order", "added, then changed, then removed")
        return self

    @property
    def is_checked(self) -> bool:
        """Whether a person compared the record, as it is now, with its sources."""
        return self.checked is not None and self.checked.hash == self.hash

    def line(self) -> str:
        """The log as it stands in the file."""
        parts: dict[str, Any] = {"added": self.added, "changed": self.changed}
        if self.checked is not None:
            parts["checked"] = f'{{on: {self.checked.on}, hash: "{self.checked.hash}"}}'
        if self.removed is not None:
            parts["removed"] = self.removed
        # Twelve digits may look like a number, with or without an exponent.
        said = [*(f"{name}: {day}" for name, day in parts.items()), f'hash: "{self.hash}"']
        return "{" + ", ".join(said) + "}"
