"""What README.md and docs/data.md show of the data is what the published files answer."""

from __future__ import annotations

import doctest

import pytest

from generator.project import Project
from tests.helpers import ROOT


@pytest.mark.parametrize(("name", "least"), [("README.md", 5), ("docs/data.md", 10)])
def test_the_questions_to_the_data_have_the_answers_that_are_shown(
    real_site: Project, monkeypatch: pytest.MonkeyPatch, name: str, least: int
) -> None:
    text = (ROOT / name).read_text("utf-8")
    test = doctest.DocTestParser().get_doctest(text, {}, name, name, 0)
    assert len(test.examples) >= least
    monkeypatch.chdir(real_site.root)
    told: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(test, out=told.append)
    assert result.failed == 0, "".join(told)
