"""A value of a content file, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from generator.errors import Place


class Scalar(str):
    """A text of a content file; ``plain`` is True if it stood there without quotation marks."""

    __slots__ = ("plain",)
    plain: bool

    def __new__(cls, text: str, plain: bool = False) -> Scalar:
        """Return ``text`` with its mark."""
        scalar = super().__new__(cls, text)
        scalar.plain = plain
        return scalar


Plain: TypeAlias = "dict[str, Plain] | list[Plain] | Scalar | None"


class Node:
    """A value of a content file and its place.

    ``value`` is a text, None (nothing, ``~`` or ``null`` without quotation marks), a mapping or a
    list. ``place`` is where it begins, in a block mapping at its first key. ``key_places`` tells
    where each key of a mapping stands; it also holds keys whose value could not be read, which
    are missing from ``value``.
    """

    __slots__ = ("key_places", "place", "plain", "value")

    def __init__(
        self, value: str | dict[str, Node] | list[Node] | None, place: Place, plain: bool = False
    ) -> None:
        self.value = value
        self.place = place
        self.plain = plain
        self.key_places: dict[str, Place] = {}

    def __repr__(self) -> str:
        return f"Node({self.value!r}, {str(self.place)!r})"

    def at(self, path: Sequence[str | int]) -> Node:
        """Return the node at the end of ``path``, or the deepest on the way that exists."""
        node = self
        for step in path:
            child = node._child(step)
            if child is None:
                break
            node = child
        return node

    def key_place(self, path: Sequence[str | int]) -> Place:
        """Return the place of the last key or list item of ``path``, or the deepest that exists."""
        node, place = self, self.place
        for step in path:
            child = node._child(step)
            key = node.key_places.get(step) if isinstance(step, str) else None
            if child is None:
                return key or place
            node, place = child, key or child.place
        return place

    def to_plain(self) -> Plain:
        """Return the value as nested dictionaries, lists, ``Scalar`` texts and None."""
        if isinstance(self.value, dict):
            return {key: node.to_plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.to_plain() for node in self.value]
        return None if self.value is None else Scalar(self.value, self.plain)

    def _child(self, step: str | int) -> Node | None:
        value = self.value
        if isinstance(value, dict) and isinstance(step, str):
            return value.get(step)
        if isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
            return value[step]
        return None
