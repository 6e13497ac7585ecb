"""``python -m tools``: write the files of ``docs/`` that are made from the code."""

from __future__ import annotations

import sys

from tools.written import ROOT, write_all

for name in write_all(ROOT):
    sys.stdout.write(f"{name}\n")
