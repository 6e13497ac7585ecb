"""Terms of the glossary, and words that a language avoids."""

from __future__ import annotations

from generator.checks.terms import lost, sought, unwanted
from tests.spelt import corpus, found, spelling

SOURCE = spelling(term__group="working group*", term__plan="plan, plans", term__gone="gone")
TARGET = spelling(term__group="рабоч* групп*, РГ", term__plan="план*")


def test_a_term_of_the_source_is_told_by_one_of_its_forms() -> None:
    source = corpus(
        "The [working group](x) has a plan.", "Plans", "Planned", "A working {x} group", "plan", ""
    )
    target = corpus("В [рабочей группе](x) есть план.", "Замыслы", "Иное", "Группа", "", "Рабочий")
    finds = list(lost(target, TARGET, sought(source, SOURCE)))
    assert [(key, problem.rule, problem.expected) for problem, key in finds] == [
        ("t2", "lost-term", "план*")
    ]
    ((problem, _),) = finds
    assert "“plans”" in problem.message and "term.plan" in problem.message
    assert (problem.place.line, problem.place.column, problem.value) == (2, 10, "Замыслы")


def test_another_listed_form_does() -> None:
    finds = lost(corpus("РГ"), TARGET, sought(corpus("Working groups"), SOURCE))
    assert list(finds) == []


def test_a_term_that_the_language_does_not_list_is_not_looked_for() -> None:
    finds = lost(corpus("Нет"), TARGET, sought(corpus("gone"), SOURCE))
    assert list(finds) == []


def test_words_to_avoid_are_told_with_what_is_better() -> None:
    text = corpus("Center and centers of [the Center](center), dead end")
    finds = list(unwanted(text, spelling(not__us="center* > centre…, dead end")))
    assert found(iter(finds)) == [
        "1 unwanted-word",
        "12 unwanted-word",
        "28 unwanted-word",
        "45 unwanted-word",
    ]
    assert [problem.expected for problem, _ in finds] == ["centre…", "centre…", "centre…", None]
