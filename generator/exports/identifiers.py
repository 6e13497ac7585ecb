"""``identifiers.json``: what became of every id that a record had and has no more."""

from __future__ import annotations

from typing import Any

from generator.dataset import Dataset
from generator.exports.plain import plain, to_json


def identifiers_json(dataset: Dataset) -> bytes:
    """Former ids in order: of a renamed record its present one, of a removed one when and why."""
    found: list[dict[str, Any]] = [
        {"id": old, "kind": dataset[now].kind, "status": "renamed", "now": [now]}
        for old, now in dataset.redirects.items()
    ]
    for identifier, removed in dataset.removed.items():
        for old in (identifier, *removed.formerly):
            row = {"id": old, "kind": removed.kind, "status": "removed"}
            found.append(
                {
                    **row,
                    "removed": plain(removed.removed),
                    "reason": removed.reason.value,
                    "now": list(removed.successors),
                }
            )
    return to_json(sorted(found, key=lambda row: str(row["id"])))
