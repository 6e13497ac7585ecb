"""Turns nodes of content files into typed values, and every fault into a problem with its place."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import ValidationError

from generator.errors import Place, Problem, closest
from generator.model.fields import Model
from generator.source import Node

Keys = Sequence[str | int]
_M = TypeVar("_M", bound=Model)


def typed(
    model: type[_M], node: Node, problems: list[Problem], place: Place | None = None
) -> _M | None:
    """Return the typed value of a mapping, or None after adding a problem for each fault.

    ``place`` is where the mapping's own key stands, for faults of the whole.
    """
    at = place or node.place
    if not isinstance(node.value, Mapping):
        problems.append(
            Problem(at, "wrong-shape", "fields belong here", expected="a mapping of fields")
        )
        return None
    empty = list(_empty(node))
    problems += empty
    try:
        value = model.model_validate(node.to_plain())
    except ValidationError as error:
        problems.extend(_translated(model, node, at, error))
        return None
    return None if empty else value


def _empty(node: Node, name: str = "") -> Iterator[Problem]:
    """Values that are nothing: ``~``, ``null`` or no text at all, which no field may be."""
    value = node.value
    if value is None and node.plain:  # an alias is nothing too, and has been refused
        yield Problem(
            node.place,
            "empty-value",
            f"{name}: the value is empty",
            expected="a value; quote a text such as ~, or leave the key out",
        )
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _empty(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _empty(inner, name)


def _translated(
    model: type[Model], node: Node, at: Place, error: ValidationError
) -> Iterator[Problem]:
    for fault in error.errors(include_url=False):
        is_key = "[key]" in fault["loc"]
        path = tuple(part for part in fault["loc"] if part != "[key]")
        found = node.at(path)
        if path and found.value is None:
            continue  # told by _empty
        value = found.value if isinstance(found.value, str) else None
        place = found.place if path else at
        if is_key:
            value, place = str(path[-1]), node.key_place(path)
        # Items of lists go by the name of the list.
        name = next((part for part in reversed(path) if isinstance(part, str)), "")
        yield _problem(fault, place, name, value) or _of_fields(model, fault, node, at, path)


def _problem(fault: Any, place: Place, name: str, value: str | None) -> Problem | None:
    """The problem of a value, or None if the fault is that of a mapping's fields."""
    context = fault.get("ctx", {})
    match fault["type"]:
        case "missing" | "extra_forbidden":
            return None
        case "content":
            message = f"{name}: {context['message']}" if name else context["message"]
            return Problem(place, context["rule"], message, value, context["expected"])
        case "enum":
            allowed = [entry.strip("'") for entry in _words(context.get("expected", ""))]
            return Problem(
                place,
                "invalid-value",
                f"{name}: not a possible value",
                value,
                " or ".join(allowed),
                closest(value or "", allowed),
            )
        case "tuple_type":
            message = f"{name}: a list belongs here"
            return Problem(place, "wrong-shape", message, value, "[one, two]")
        case "dict_type" | "model_type":
            message = f"{name}: a mapping belongs here"
            return Problem(place, "wrong-shape", message, value, "{key: value}")
        case _:
            return Problem(place, "invalid-value", f"{name}: {fault['msg'].lower()}", value)


def _words(expected: str) -> list[str]:
    """The values in a list such as ``'up', 'down' or 'level'``."""
    return expected.replace(" or ", ", ").split(", ")


def _of_fields(
    model: type[Model], fault: Any, node: Node, at: Place, path: tuple[str | int, ...]
) -> Problem:
    name = str(path[-1])
    if fault["type"] == "missing":
        owner = at if len(path) == 1 else node.at(path[:-1]).place
        return Problem(owner, "missing-field", f"the field {name} is missing")
    known = _fields_at(model, path[:-1])
    return Problem(
        node.key_place(path),
        "unknown-field",
        "there is no such field here",
        name,
        "one of " + ", ".join(known) if known else None,
        closest(name, known),
    )


@lru_cache(maxsize=256)
def _hints(model: type[Model]) -> dict[str, Any]:
    return typing.get_type_hints(model)


def _fields_at(model: type[Model], path: Keys) -> list[str]:
    """The field names of the model that the path of keys leads to, best effort for messages."""
    current: Any = model
    for part in path:
        if isinstance(part, int) or not hasattr(current, "model_fields"):
            continue
        hint = _hints(current).get(part)
        if hint is not None:  # otherwise a key of a mapping of models, which has any name
            current = next(iter(_models_in(hint)), None)
    return list(getattr(current, "model_fields", {}))


def _models_in(hint: Any) -> Iterator[type[Model]]:
    if isinstance(hint, type) and issubclass(hint, Model):
        yield hint
    for part in typing.get_args(hint):
        yield from _models_in(part)
