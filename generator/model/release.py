"""Releases of the data: which version was published when, and what it changed.

A version is three numbers (https://semver.org/): the first is for changes on which others' programs
break, the second for new records, the third for corrections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema

from generator.model.fields import Model, Slug, Text, refused
from generator.model.history import Day

# What may have become of a record, in the order in which it is told.
SORTS = ("added", "changed", "removed", "renamed")
# What the paths of words begin with, among those of fields.
WORDS = "words"

_VERSION = re.compile(r"(0|[1-9]\d{0,8})(\.(0|[1-9]\d{0,8})){2}", re.ASCII)


def is_version(text: str) -> bool:
    """Whether a text is a version."""
    return _VERSION.fullmatch(text) is not None


def version_key(version: str) -> tuple[int, ...]:
    """Orders versions."""
    return tuple(map(int, version.split(".")))


def _version(value: Any) -> str:
    if not isinstance(value, str) or not is_version(value):
        raise refused("this is not a version", "three numbers, such as 1.0.0")
    return str(value)


Version = Annotated[
    str,
    BeforeValidator(_version),
    WithJsonSchema({"type": "string", "pattern": f"^{_VERSION.pattern}$"}),
]
State = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]


class FieldChange(Model):
    """What a field said ``before`` a release and says ``after`` it; nothing where it was missing.

    Both are missing for words, of which it is only told that they changed.
    """

    before: Text | None = None
    after: Text | None = None


class Release(Model):
    """One release in ``content/releases.yaml``, under its version; records by kind.

    ``state`` is a hash of what all records said. Ids are those that records had at the time:
    ``renamed`` has former ones with what they became. Lists in values are joined by spaces, parts
    of their items by colons, as in tables.
    """

    published: Day
    state: State
    added: dict[Slug, tuple[Slug, ...]] = {}
    changed: dict[Slug, dict[Slug, dict[Text, FieldChange]]] = {}
    removed: dict[Slug, tuple[Slug, ...]] = {}
    renamed: dict[Slug, dict[Slug, Slug]] = {}

    def counts(self) -> Iterator[tuple[str, int]]:
        """How many records were added, changed, removed and renamed."""
        for name in SORTS:
            yield name, sum(len(ids) for ids in getattr(self, name).values())
