"""Priority schemes are data, and a study takes one over: classes, cases, due dates and rules together."""

import dataclasses
from collections.abc import Mapping

import pytest

from planner.cases import Case, Priority
from planner.changes import ChangeSet, Set, apply
from planner.commands import CommandRefusedError, expand, told
from planner.edits import Branch, Record, Switch
from planner.packs import (
    PackError,
    PriorityScheme,
    load,
    load_scheme,
    read_scheme,
    scheme_names,
    strangers,
)
from planner.problem import Problem, faults
from planner.study import Study
from planner.words import LANGUAGES, known, say

SCHEMES = [load_scheme(name) for name in scheme_names()]


def test_these_schemes_come_with_the_program() -> None:
    assert scheme_names() == ("AU_123", "FR_local", "NCEPOD", "NHS_P")
    waits = {s.name: [(c.code, c.wait) for c in s.classes] for s in SCHEMES}
    assert waits["FR_local"] == [("U0", 1), ("U1", 3), ("U2", 28), ("U3", 90), ("U4", 180)]
    assert waits["AU_123"] == [("Cat1", 30), ("Cat2", 90), ("Cat3", 365)]
    assert [code for code, _ in waits["NHS_P"]] == ["P1a", "P1b", "P2", "P3", "P4", "P5", "P6"]
    assert waits["NCEPOD"][0] == ("Immediate", 0)


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name)
def test_a_scheme_has_its_source_and_names_in_both_languages(scheme: PriorityScheme) -> None:
    assert all((scheme.version, scheme.source, scheme.title_fr, scheme.title_en))
    for each in scheme.classes:
        assert each.title_fr != each.title_en, each.code
        assert each.source or each.expert, each.code


def test_what_no_source_says_is_marked() -> None:
    marked = {s.name: {c.code for c in s.classes if c.expert} for s in SCHEMES}
    assert marked["FR_local"] == {"U0", "U1", "U2", "U3", "U4"}
    assert marked["NHS_P"] == {"P4", "P5", "P6"}
    assert "Immediate" not in marked["NCEPOD"]


@pytest.mark.parametrize(
    ("scheme", "wait", "code"),
    [
        ("FR_local", 0, "U0"),
        ("FR_local", 3, "U1"),
        ("FR_local", 4, "U2"),
        ("FR_local", 30, "U2"),  # 28 is as long, give or take a tenth
        ("FR_local", 32, "U3"),
        ("FR_local", 365, "U4"),  # longer than all
        ("AU_123", 3, "Cat1"),
        ("AU_123", 180, "Cat3"),
        ("NHS_P", 180, "P4"),
        ("NHS_P", 365, "P4"),  # nobody wished to postpone
        ("NCEPOD", 3, "Expedited"),
    ],
)
def test_a_class_is_found_by_the_longest_wait(scheme: str, wait: int, code: str) -> None:
    assert load_scheme(scheme).class_for(wait).code == code


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("what is this", "pack.not_toml"),
        ('[[class]]\ncode = "A"\n', "pack.not_class"),
        ('[[class]]\ncode = "A"\ndays = 3\nhours = 3\n', "pack.not_class"),
        ('[[class]]\ncode = "A"\ndays = "3"\n', "pack.not_class"),
        ('[[class]]\ncode = "A"\ndays = 9999\n', "pack.not_class"),
        ("[[class]]\ndays = 3\n", "pack.not_class"),
        ('[[class]]\ncode = "A"\ndays = 3\nweight = 1\n', "pack.not_class"),
        ('[[class]]\ncode = "A"\ndays = 3\n[[class]]\ncode = "A"\ndays = 4\n', "pack.double_class"),
        ('[[class]]\ncode = "A"\ndays = 3\nby_hand = true\n', "pack.no_class"),
        ('title.en = "none"\n', "pack.no_class"),
    ],
)
def test_a_scheme_that_does_not_fit_is_refused_in_words(words: str, what: str) -> None:
    with pytest.raises(PackError) as refused:
        read_scheme(words, "mine")
    assert refused.value.what == what
    for lang in LANGUAGES:
        assert "mine" in say(what, lang, **refused.value.facts)


# --- taken over by a study ------------------------------------------------------------------------


@pytest.fixture
def house(problem: Problem) -> Problem:
    """The small hospital with the theatre charter, four classes and a case or two of each."""
    waits = {"P1b": 3, "P2": 28, "P3": 90, "P4": 180}
    model = problem.cases[0]
    cases = tuple(
        dataclasses.replace(model, id=id, priority=old, listed=listed, due=due)
        for id, old, listed, due in (
            ("K1", "P1b", -1, 2),
            ("K2", "P2", -10, 18),
            ("K3", "P2", -10, None),
            ("K4", "P3", -9, 81),
            ("K5", "P4", -40, 140),
            ("K6", "P2", -5, 9),  # a shorter wait of its own
        )
    )
    return dataclasses.replace(
        problem,
        priorities=tuple(Priority(id=id, wait=wait) for id, wait in waits.items()),
        cases=cases,
        rules=load("theatre_charter").rules,
    )


def classes(problem: Problem) -> Mapping[str, tuple[str, int | None]]:
    return {case.id: (case.priority, case.due) for case in problem.cases}


def scopes(problem: Problem, type: str) -> Mapping[str, list[str]]:
    return {
        rule.id: sorted(dict(rule.scope.tags)["priority"])
        for rule in problem.rules
        if rule.type == type and rule.enabled
    }


def test_cases_are_in_the_class_of_their_wait_and_due_after_it(house: Problem) -> None:
    after, notes = apply(house, [expand(house, "priorities", "FR_local")])
    assert notes == ()
    assert [(p.id, p.wait) for p in after.priorities] == [
        ("U0", 1), ("U1", 3), ("U2", 28), ("U3", 90), ("U4", 180),
    ]  # fmt: skip
    assert classes(after) == {
        "K1": ("U1", 2), "K2": ("U2", 18), "K3": ("U2", 18),
        "K4": ("U3", 81), "K5": ("U4", 140), "K6": ("U2", 23),
    }  # fmt: skip
    assert list(faults(after)) == list(strangers(after)) == []


def test_rules_name_the_classes_in_whose_place_the_new_ones_come(house: Problem) -> None:
    after, _ = apply(house, [expand(house, "priorities", "FR_local")])
    for type in ("unscheduled", "waiting", "due_date"):
        assert list(scopes(after, type).values()) == [["U0", "U1"], ["U2"], ["U3"], ["U4"]], type
    before = {rule.id: rule.weight for rule in house.rules}
    assert {rule.id: rule.weight for rule in after.rules} == before
    titles = {rule.id: (rule.title_en, rule.title_fr) for rule in after.rules}
    assert titles["unscheduled-P1b"] == (
        "U0, U1 patients left out",
        "Patients U0, U1 non programmés",
    )


def test_a_coarser_scheme_keeps_the_weight_of_most_and_switches_the_others_off(
    house: Problem,
) -> None:
    after, _ = apply(house, [expand(house, "priorities", "AU_123")])
    assert scopes(after, "unscheduled") == {
        "unscheduled-P2": ["Cat1"],  # three cases of P2, one of P1b
        "unscheduled-P3": ["Cat2"],
        "unscheduled-P4": ["Cat3"],
    }
    assert classes(after)["K1"] == ("Cat1", 29)
    assert list(strangers(after)) == []
    sentences = [say(what, "en", **facts) for what, facts in told(house, "priorities", "AU_123")]
    assert "P1b → Cat1 (1)" in sentences
    assert any("unscheduled-P1b" in sentence and "off" in sentence for sentence in sentences)


def test_a_class_of_the_same_name_stays_with_its_new_wait_and_name(house: Problem) -> None:
    shorter = tuple(
        dataclasses.replace(each, wait=14) if each.id == "P2" else each for each in house.priorities
    )
    house = dataclasses.replace(house, priorities=shorter)
    after, _ = apply(house, [expand(house, "priorities", "NHS_P", "fr")])
    assert {p.id: p.wait for p in after.priorities}["P2"] == 28
    assert {p.id: p.name for p in after.priorities}["P2"] == "Sous 4 semaines"
    assert scopes(after, "unscheduled")["unscheduled-P2"] == ["P2"]
    assert scopes(after, "unscheduled")["unscheduled-P1b"] == ["P1a", "P1b"]
    assert scopes(after, "unscheduled")["unscheduled-P4"] == ["P4", "P5", "P6"]


def test_names_are_in_the_language_that_is_asked_for(house: Problem) -> None:
    for words, name in (((), "Within 4 weeks"), (("fr",), "Sous 4 semaines")):
        group = expand(house, "priorities", "NHS_P", *words)
        after, _ = apply(house, [group])
        assert {p.id: p.name for p in after.priorities}["P2"] == name


def test_the_sentence_says_which_class_becomes_which(house: Problem) -> None:
    sentences = told(house, "priorities", "FR_local")
    for lang in LANGUAGES:
        said = [say(what, lang, **facts) for what, facts in sentences]
        assert said[:3] == ["P1b → U1 (1)", "P2 → U2 (3)", "P3 → U3 (1)"]
        assert any("FR_local" in each for each in said)
        assert any("U0, U1, U2, U3, U4" in each for each in said)


def test_a_scheme_twice_and_back_is_as_it_was_before(house: Problem) -> None:
    once, _ = apply(house, [expand(house, "priorities", "FR_local")])
    with pytest.raises(CommandRefusedError) as refused:
        expand(once, "priorities", "FR_local")
    assert refused.value.what == "command_does_nothing"
    back, _ = apply(once, [expand(once, "priorities", "NHS_P", "fr")])
    assert classes(back)["K1"] == ("P1b", 2)


def test_it_is_undone_as_one_change(house: Problem) -> None:
    study = Study(id="s", base=house)
    study = Branch(parent="base", name="u").apply(study)
    group = expand(house, "priorities", "FR_local")
    study = Record(scenario="u", group=group).apply(study)
    assert study.problem("u") != house
    study = Switch(scenario="u", group=group.name, enabled=False).apply(study)
    assert study.problem("u") == house


def test_a_rule_that_names_two_classes_names_all_that_take_their_place(house: Problem) -> None:
    rule = next(rule for rule in house.rules if rule.id == "unscheduled-P2")
    both = ChangeSet(
        name="both",
        changes=(
            Set(
                kind="rule",
                id=rule.id,
                field="scope",
                expected={"priority": ["P2"]},
                value={"priority": ["P2", "P3"], "mode": ["day"]},
            ),
            Set(
                kind="rule",
                id=rule.id,
                field="title_en",
                expected=rule.title_en,
                value="P2 and P3, not P20",
            ),
        ),
    )
    house, _ = apply(house, [both])
    after, _ = apply(house, [expand(house, "priorities", "FR_local")])
    moved = next(rule for rule in after.rules if rule.id == "unscheduled-P2")
    assert dict(moved.scope.tags) == {
        "priority": frozenset({"U2", "U3"}),
        "mode": frozenset({"day"}),
    }
    assert moved.title_en == "U2 and U3, not P20"


def test_a_study_without_classes_or_cases_takes_a_scheme_too(problem: Problem) -> None:
    empty = dataclasses.replace(
        problem, priorities=(), cases=(), rules=load("theatre_charter").rules
    )
    after, _ = apply(empty, [expand(empty, "priorities", "AU_123")])
    assert [p.id for p in after.priorities] == ["Cat1", "Cat2", "Cat3"]
    assert after.rules == empty.rules


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("priorities",), "command_words"),
        (("priorities", "FR_local", "fr", "more"), "command_words"),
        (("priorities", "MY_OWN"), "pack.no_scheme"),
        (("priorities", "FR_local", "de"), "command_language"),
    ],
)
def test_words_that_do_not_fit_are_refused(
    house: Problem, words: tuple[str, ...], what: str
) -> None:
    for asked in (expand, told):
        with pytest.raises(CommandRefusedError) as refused:
            asked(house, *words)
        assert refused.value.what == what
        assert known(what)


def test_a_case_is_of_some_class(house: Problem) -> None:
    """A case whose due date lies before it was listed is judged by its class."""
    case: Case = dataclasses.replace(house.cases[0], listed=5, due=2)
    house = dataclasses.replace(house, cases=(case,))
    after, _ = apply(house, [expand(house, "priorities", "FR_local")])
    assert classes(after) == {"K1": ("U1", 8)}
