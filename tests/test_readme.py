"""What README.md shows of the data is what the published files answer."""

from __future__ import annotations

import doctest

import pytest

from generator.project import Project
from tests.helpers import ROOT


def test_the_questions_to_the_data_have_the_answers_that_the_readme_gives(
    real_site: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    test = doctest.DocTestParser().get_doctest(text, {}, "README.md", "README.md", 0)
    assert len(test.examples) >= 10
    monkeypatch.chdir(real_site.root)
    told: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(test, out=told.append)
    assert result.failed == 0, "".join(told)
