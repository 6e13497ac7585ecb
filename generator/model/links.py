"""Addresses that need not answer for a while: what ``content/links.yaml`` says of each."""

from __future__ import annotations

from generator.model.fields import Model, Text
from generator.model.history import Day


class Excused(Model):
    """Why an address need not answer, and the last day for which that holds."""

    reason: Text
    until: Day
