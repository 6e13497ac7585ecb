"""Records that are no more: what their ids once meant, and why they went.

An id that was published stays taken for good. Whoever follows an old link or holds old data learns
what became of the record.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import model_validator

from generator.model.fields import DateField, Model, Slug, refused


class Reason(StrEnum):
    """Why a record was removed; each has a text in every language."""

    DUPLICATE = "duplicate"
    SPLIT = "split"
    UNFOUNDED = "unfounded"
    OUT_OF_SCOPE = "out-of-scope"


class Removed(Model):
    """A removed record: its ``kind``, when it went and why, and what stands in its place.

    ``formerly`` are the ids that it had before its last one.
    """

    kind: Slug
    removed: DateField
    reason: Reason
    successors: tuple[Slug, ...] = ()
    formerly: tuple[Slug, ...] = ()

    @model_validator(mode="after")
    def _has_successors(self) -> Removed:
        needed = {Reason.DUPLICATE: 1, Reason.SPLIT: 2}.get(self.reason, 0)
        if len(set(self.successors)) < needed:
            raise refused(
                "what stands in its place is not named", f"successors: {needed} or more ids"
            )
        return self
