"""Every rule that can be broken is explained, and nothing else is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from generator.errors import UsageError
from generator.rules import RULES, explain_rule

ROOT = Path(__file__).parent.parent
RULE = re.compile(r"[a-z]+(-[a-z0-9]+)+|tag|anchor|alias|directive|syntax|symlink|unreadable")


def constants() -> set[str]:
    """Every text in the program that could be the name of a rule."""
    found: set[str] = set()
    for path in sorted((ROOT / "generator").rglob("*.py")):
        if path.name == "rules.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def problems() -> set[str]:
    """The rules that the program names where it makes a problem."""
    found: set[str] = set()
    for path in sorted((ROOT / "generator").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func).rpartition(".")[2]
            index = {"Problem": 1, "refused": 2}.get(name)
            if index is not None and len(node.args) > index:
                found.update(
                    inner.value
                    for inner in ast.walk(node.args[index])
                    if isinstance(inner, ast.Constant)
                    and isinstance(inner.value, str)
                    and RULE.fullmatch(inner.value)
                )
    return found


def test_every_rule_that_is_broken_somewhere_is_explained() -> None:
    assert problems() - RULES.keys() == set()
    assert len(problems()) > 30


def test_every_rule_that_is_explained_can_be_broken() -> None:
    assert RULES.keys() - constants() == set()


@pytest.mark.parametrize("rule", RULES)
def test_an_explanation_is_prose_of_its_own(rule: str) -> None:
    assert RULE.fullmatch(rule)
    text = RULES[rule]
    assert text[0].isupper() and text.endswith((".", "?"))
    assert text == " ".join(text.split())
    assert len(text) >= 40
    shown = explain_rule(rule)
    assert shown.startswith(f"{rule}\n\n")
    assert " ".join(shown.split()) == f"{rule} {text}"
    assert all(len(line) <= 88 for line in shown.splitlines())


def test_no_two_rules_are_explained_alike() -> None:
    assert len(set(RULES.values())) == len(RULES)


def test_without_a_name_all_rules_are_listed() -> None:
    assert explain_rule(None).splitlines() == sorted(RULES)


def test_an_unknown_rule_is_a_wrong_call_with_a_hint() -> None:
    with pytest.raises(UsageError, match=re.escape("no rule 'unknown-refrence'; did you mean")):
        explain_rule("unknown-refrence")
    with pytest.raises(UsageError, match=re.escape("there is no rule '?'")):
        explain_rule("?")
