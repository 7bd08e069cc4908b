"""Packs: every example is true, and a pack that cannot be read says where and why."""

import dataclasses
import datetime as dt
import re

import pytest
from roster_words import MONDAY, situation

from planner import packs
from planner.packs.example import OTHERS, SHIFTS
from planner.rule_words import field_words, parameters, source_words
from planner.rules.contract import Scope, audit
from planner.rules.roster.forbidden_sequence import ForbiddenSequence
from planner.rules.roster.run_length import RunLength
from planner.view import RosterView
from planner.words import LANGUAGES, say

ALL = [packs.load(name) for name in packs.names()]
EXAMPLES = [
    pytest.param(pack, example, id=f"{pack.name}-{example.rule}-{number}")
    for pack in ALL
    for number, example in enumerate(pack.examples)
]


@pytest.mark.parametrize(("pack", "example"), EXAMPLES)
def test_an_example_is_judged_as_it_says(pack: packs.Pack, example: packs.Example) -> None:
    assert packs.answer(pack.rule(example.rule), example) == example.amount
    assert (example.amount == 0) == example.accepts


@pytest.mark.parametrize("pack", ALL, ids=lambda pack: pack.name)
def test_a_pack_has_its_titles_and_names_no_person(pack: packs.Pack) -> None:
    assert pack.version
    assert pack.title_en
    assert pack.title_fr
    assert pack.rules
    for rule in pack.rules:
        assert rule.title_en, rule.id
        assert rule.title_fr, rule.id
        assert "person" not in dict(rule.scope.tags), rule.id


@pytest.mark.parametrize("pack", ALL, ids=lambda pack: pack.name)
def test_a_law_has_its_source_and_both_kinds_of_examples(pack: packs.Pack) -> None:
    for rule in pack.rules:
        if rule.hard and rule.part == "roster":
            own = [example.accepts for example in pack.examples if example.rule == rule.id]
            assert rule.source, rule.id
            assert True in own, rule.id
            assert False in own, rule.id


LAW = packs.load("fr_fph")


@pytest.mark.parametrize(
    ("roster", "broken"),
    [
        pytest.param("J9 J9 J9 J9 J9 - -", {"FR05": 60}, id="45_h_breaks_44_not_48"),
        pytest.param("D12 D12 - D12 D12 - -", {"FR05": 240}, id="48_h_just_meets_48"),
        pytest.param("N12 S", {"FR06": 1}, id="3_h_24_of_rest"),
        pytest.param("N12 - D12", {}, id="24_h_of_rest"),
        pytest.param("M M M M - - M M M M M - - M", {"FR08": 1}, id="two_successive_sundays"),
    ],
)
def test_the_golden_numbers_of_the_law(roster: str, broken: dict[str, int]) -> None:
    problem, plan = situation({"A": roster}, rules=LAW.rules)
    view = RosterView(problem, plan)
    in_force = [rule for rule in LAW.rules if rule.enabled]
    found = {rule.id: sum(b.amount for b in audit(rule, view)) for rule in in_force}
    assert {id: amount for id, amount in found.items() if amount} == broken


@pytest.mark.parametrize(
    ("roster", "start", "broken"),
    [
        pytest.param(
            "A_WE A_WE - - - - - A_WE A_WE - - - - -",
            dt.date(2026, 6, 6),
            {"FR17-samedi": 1, "FR17-dimanche": 1, "FR17-72h": 4 * 1470 - 4320},
            id="saturday_and_sunday_on_call_twice_in_a_month",
        ),
        pytest.param(
            "A_WE - - - - A_WE - - - - A_WE - - - -",
            dt.date(2026, 6, 8),
            {"FR17-72h": 90},
            id="three_times_24_h_30_in_15_days",
        ),
    ],
)
def test_the_golden_numbers_of_on_call(roster: str, start: dt.date, broken: dict[str, int]) -> None:
    shifts = tuple(s for s in (*SHIFTS, *OTHERS) if s.track in ("work", "call"))
    problem, plan = situation({"A": roster}, start, rules=LAW.rules, shifts=shifts)
    view = RosterView(problem, plan)
    in_force = [rule for rule in LAW.rules if rule.enabled]
    found = {rule.id: sum(b.amount for b in audit(rule, view)) for rule in in_force}
    assert {id: amount for id, amount in found.items() if amount} == broken


def test_the_law_is_hard_but_where_it_allows_need_and_the_rest_is_soft() -> None:
    assert {rule.id for rule in LAW.rules if not rule.hard} == {"FR15-48h"}
    assert 0 not in {rule.tier for rule in packs.load("soft_roster").rules}


@pytest.mark.parametrize("pack", ALL, ids=lambda pack: pack.name)
def test_experience_is_marked_parameter_by_parameter(pack: packs.Pack) -> None:
    for rule in pack.rules:
        named = {spec.name for spec in parameters(rule)}
        assert rule.expert <= named, rule.id
        for lang in LANGUAGES:
            said = source_words(rule, lang)
            for name in rule.expert:
                assert field_words(rule.type, name, lang) in said, rule.id


def test_shifts_of_examples_have_their_effective_minutes() -> None:
    hours = {shift.id: shift.minutes for shift in SHIFTS}
    assert hours == {"M": 456, "S": 456, "J9": 540, "J10": 600, "D12": 720, "N12": 720, "N10": 600}


# --- reading ------------------------------------------------------------------------------------

RULE = '[[rule]]\nid = "R"\ntype = "run_length"\n'


def test_a_rule_is_read_with_its_parameters_scope_and_titles() -> None:
    words = (
        RULE
        + 'tier = 3\nweight = 40\nsource = "agreement"\ntitle.fr = "Nuits"\ntitle.en = "Nights"\n'
        + 'scope = { contract = ["FPH"], role = ["IDE", "IADE"] }\n'
        + 'parameters = { tag = "night", least = 2, most = 4 }\n'
    )
    (rule,) = packs.read(words, "mine").rules
    assert rule == RunLength(
        id="R",
        tier=3,
        weight=40,
        source="agreement",
        title_fr="Nuits",
        title_en="Nights",
        scope=Scope.of(contract=["FPH"], role=["IDE", "IADE"]),
        tag="night",
        least=2,
        most=4,
    )


def test_none_takes_a_bound_away() -> None:
    words = '[[rule]]\nid = "R"\ntype = "window_sum"\nparameters = { least = 60, most = "none" }\n'
    (rule,) = packs.read(words, "mine").rules
    assert (rule.least, rule.most) == (60, None)


@pytest.mark.parametrize(
    ("words", "what", "told"),
    [
        ("[[rule", "pack.not_toml", "7"),
        ('title = "x"\nversion = 1 2\n', "pack.not_toml", "2"),
        (RULE + RULE, "pack.double_rule", "R"),
        ('[[rule]]\nid = "R"\ntype = "no_such"\n', "pack.not_field", "no_such"),
        ('[[rule]]\ntype = "run_length"\n', "pack.not_field", "id"),
        (RULE + "tire = 1\n", "pack.not_field", "tire"),
        (RULE + "tier = 5\n", "pack.not_field", "5"),
        (RULE + 'tier = "hard"\n', "pack.not_field", "hard"),
        (RULE + "parameters = { mots = 3 }\n", "pack.not_field", "mots"),
        (RULE + "parameters = { most = 999 }\n", "pack.not_field", "99"),
        (RULE + 'scope = "FPH"\n', "pack.not_field", "FPH"),
        (RULE + '[[rule.accepts]]\nroster = "M"\n', "pack.not_example", "start"),
        (RULE + '[[rule.refuses]]\nroster = "M"\nstart = "Mon"\n', "pack.not_example", "amount"),
        (RULE + '[[rule.accepts]]\nroster = "M"\nstart = "Lundi"\n', "pack.not_example", "Lundi"),
        (
            RULE + '[[rule.refuses]]\nroster = "M"\nstart = "Mon"\namount = "x"\n',
            "pack.not_example",
            "refuses 1",
        ),
    ],
)
def test_a_pack_that_cannot_be_read_says_where(words: str, what: str, told: str) -> None:
    with pytest.raises(packs.PackError) as caught:
        packs.read(words, "mine")
    assert caught.value.what == what
    for lang in LANGUAGES:
        said = say(caught.value.what, lang, **caught.value.facts)
        assert told in said
        assert "mine" in said
        assert not re.search(
            "invalid|expected|at line|Invalid|end of document", said, re.IGNORECASE
        )


def test_a_pack_that_does_not_exist_is_told_from_those_that_do() -> None:
    with pytest.raises(packs.PackError) as caught:
        packs.load("fr_2050")
    assert "fr_fph" in say(caught.value.what, "en", **caught.value.facts)


def test_a_word_that_is_no_shift_is_refused() -> None:
    example = packs.Example(rule="FR04", roster="M Q", start=MONDAY, accepts=True)
    with pytest.raises(ValueError, match="Q"):
        packs.situation(LAW.rule("FR04"), example)


def test_an_example_is_about_somebody_whom_the_rule_means() -> None:
    rule = RunLength(
        id="R", most=1, scope=Scope.of(contract=["CDD"], role=["IADE"], team=["T"], skill=["X"])
    )
    example = packs.Example(rule="R", roster="M M", start=MONDAY, accepts=False, amount=1)
    assert packs.answer(rule, example) == 1


def test_a_weekday_is_the_weekday_of_the_first_word() -> None:
    words = RULE + '[[rule.accepts]]\nroster = "M | M"\nstart = "Sun"\n'
    pack = packs.read(words, "mine")
    problem, _ = packs.situation(pack.rules[0], pack.examples[0])
    assert problem.horizon.start == dt.date(2026, 6, 8)
    assert problem.horizon.start.weekday() == 0


# --- tags that nobody has -----------------------------------------------------------------------


def test_tags_that_no_record_carries_are_faults() -> None:
    rules = (
        RunLength(id="known", scope=Scope.of(contract=["FPH"]), tag="night"),
        RunLength(id="nobody", scope=Scope.of(contract=["CDD"])),
        RunLength(id="no_shift", tag="noon"),
        ForbiddenSequence(id="words", pattern=("night/dusk", "-", "*")),
        RunLength(id="off", scope=Scope.of(team=["Z"]), enabled=False),
    )
    problem, _ = situation({"A": "M"}, rules=rules)
    found = [
        (fault.id, fault.field, dict(fault.facts)["value"]) for fault in packs.strangers(problem)
    ]
    assert found == [
        ("nobody", "scope", "contract = CDD"),
        ("no_shift", "tag", "noon"),
        ("words", "pattern", "dusk"),
    ]


def test_a_pack_of_the_house_has_no_stranger_in_a_house_of_its_own() -> None:
    soft = packs.load("soft_roster")
    problem, _ = situation({"A": "M"}, rules=(*LAW.rules, *soft.rules))
    assert list(packs.strangers(problem)) == []
    named = dataclasses.replace(LAW.rules[0], scope=Scope.of(contract=["CDD"]))
    strange, _ = situation({"A": "M"}, rules=(named,))
    assert len(list(packs.strangers(strange))) == 1
