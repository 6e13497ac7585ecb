"""Versions go up, days go on, and the data have the version of their last release."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from generator.errors import Problem, closest
from generator.model.kinds import KINDS
from generator.model.release import SORTS, version_key
from generator.store import Store


def check(store: Store) -> Iterator[Problem]:
    """Yield releases out of order, kinds that there are not, and a version that is none of them.

    A project without releases has nothing to say of versions.
    """
    lines = list(store.releases.items())
    for (before, earlier), (after, later) in itertools.pairwise(lines):
        if version_key(after) <= version_key(before):
            yield Problem(
                later.place,
                "release-order",
                f"this version is not above the one before it, {before}",
                after,
                "the command release",
            )
        if later.release.published.first < earlier.release.published.first:
            yield Problem(
                later.node.at(("published",)).place,
                "release-order",
                f"this is before the release {before}",
                later.release.published.edtf,
                "the command release",
            )
    for line in store.releases.values():
        for sort in SORTS:
            for kind in getattr(line.release, sort):
                if kind not in KINDS:
                    yield Problem(
                        line.node.key_place((sort, kind)),
                        "unknown-kind",
                        "there is no such kind",
                        kind,
                        "one of " + ", ".join(KINDS),
                        closest(kind, KINDS),
                    )
    if lines and store.site is not None and store.site_node is not None:
        last = lines[-1][0]
        if store.site.version != last:
            yield Problem(
                store.site_node.at(("version",)).place,
                "unreleased-version",
                f"the last release is {last}",
                store.site.version or "",
                "the command release",
            )
