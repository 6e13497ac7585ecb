"""Whatever chance does to content, it is told in lines with places: no traceback, no hang."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.attacks import full_project
from tests.fuzzing import Fuzz
from tests.helpers import toy_project

SEED = 4_000
TRIES, TRIES_PO = 40, 5
SECONDS = 600


@pytest.mark.parametrize("make", [full_project, toy_project])
def test_damaged_content_is_told_of(tmp_path: Path, make) -> None:  # type: ignore[no-untyped-def]
    fuzz = Fuzz(tmp_path / "project", make)
    for seed in range(SEED, SEED + TRIES):
        assert fuzz.once(seed) is None, seed
    for seed in range(SEED, SEED + TRIES_PO):
        assert fuzz.once_po(seed) is None, seed


@pytest.mark.nightly
@pytest.mark.parametrize("make", [full_project, toy_project])
def test_damaged_content_is_told_of_for_ten_minutes(  # type: ignore[no-untyped-def]
    tmp_path: Path, make
) -> None:
    fuzz = Fuzz(tmp_path / "project", make)
    seed = int(time.time())
    end = time.monotonic() + SECONDS / 2
    while time.monotonic() < end:
        once = fuzz.once_po if seed % 10 == 0 else fuzz.once
        assert once(seed) is None, (once.__name__, seed)
        seed += 1
