"""The theatre charter: its examples are judged as they say, and it is whole."""

import dataclasses
import re
from pathlib import Path

import pytest

from planner import packs
from planner.cases import Procedure
from planner.fields import specs
from planner.hospital import Ward
from planner.packs.pack import USUAL
from planner.rules import catalogue
from planner.rules.contract import Scope
from planner.sentences import fault_hint, fault_sentence
from planner.words import LANGUAGES, say

CHARTER = packs.load("theatre_charter")
EXAMPLES = [
    pytest.param(example, id=f"{example.rule}-{number}")
    for number, example in enumerate(CHARTER.theatre_examples)
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_judged_as_it_says(example: packs.TheatreExample) -> None:
    assert packs.theatre_answer(CHARTER.rule(example.rule), example) == example.amount
    assert (example.amount == 0) == example.accepts


def test_every_type_of_theatre_rule_is_in_force_and_shown_by_both_kinds_of_examples() -> None:
    shown = {(CHARTER.rule(e.rule).type, e.accepts) for e in CHARTER.theatre_examples}
    types = {type for type, cls in catalogue().items() if cls.part == "theatre"}
    assert {rule.type for rule in CHARTER.rules} == types
    assert shown == {(type, accepts) for type in types for accepts in (True, False)}


TOLD = re.compile(r"^\| (T\d\d) \| (.*?) \| (.*?) \| (.*?) ?\|$", re.MULTILINE)
README = Path(packs.__file__).parent.parent / "rules" / "README.md"
STRENGTHS = ("H", "S", "○H", "○S")
BY_ANOTHER = {"T13": "T12"}
"""What the rule of another number says too."""


def strength(number: str) -> str:
    """Give how strong the charter's rules of a number are, ○ where they are off."""
    rules = [rule for rule in CHARTER.rules if rule.id.partition("-")[0] == number]
    found = {("" if rule.enabled else "○") + ("H" if rule.hard else "S") for rule in rules}
    return " + ".join(each for each in STRENGTHS if each in found) or "pins"


def table() -> dict[str, tuple[str, str, str]]:
    """Give the rows of the README that say how strong each number is: usual, here, and why."""
    words = README.read_text(encoding="utf-8").partition("how strong by default")[2]
    rows = TOLD.findall(words.partition("\n## ")[0])
    return {number: (usual, here, why) for number, usual, here, why in rows}


def test_the_readme_tells_how_strong_each_constraint_is() -> None:
    told = {number: here for number, (_, here, _) in table().items()}
    numbers = [f"T{number:02}" for number in range(1, 43)]
    assert told == {number: strength(BY_ANOTHER.get(number, number)) for number in numbers}


def test_what_is_not_as_usual_has_its_reason() -> None:
    for number, (usual, here, why) in table().items():
        either = set(usual.split("/"))
        as_usual = here in either or here == usual
        assert as_usual or why, (number, usual, here)


def test_every_rule_of_a_number_is_named_for_it() -> None:
    numbered = {rule.id.partition("-")[0] for rule in CHARTER.rules if rule.id.startswith("T")}
    assert numbered == {number for number in table() if number not in ("T13", "T34")}


def test_every_rule_has_its_source_titles_and_a_tier_of_the_design() -> None:
    for rule in CHARTER.rules:
        assert rule.source, rule.id
        assert rule.title_fr, rule.id
        assert rule.title_en, rule.id
        assert (rule.weight is None) == rule.hard, rule.id


@pytest.mark.parametrize(
    ("row", "error"),
    [
        pytest.param('cases = [{ id = "K1" }]', "sessions", id="no_sessions"),
        pytest.param('sessions = [{ id = "A" }]\ncases = [{ id = "K1" }]', "minutes", id="minutes"),
        pytest.param(
            'sessions = [{ id = "A", start = "8" }]\ncases = []', "8", id="no_time_of_day"
        ),
    ],
)
def test_an_example_that_cannot_be_read_says_where(row: str, error: str) -> None:
    words = f'[[rule]]\nid = "T01"\ntype = "room_overlap"\n[[rule.accepts]]\n{row}\n'
    with pytest.raises(packs.PackError) as caught:
        packs.read(words, "mine")
    for lang in LANGUAGES:
        sentence = say(caught.value.what, lang, **caught.value.facts)
        assert "T01" in sentence
        assert error in sentence


def test_a_priority_of_which_cases_may_be_left_out_for_nothing_is_a_fault() -> None:
    sessions = [{"id": "A"}]
    cases = [
        {"id": "K1", "minutes": 60, "priority": "P2"},
        {"id": "K2", "minutes": 60, "priority": "U1"},
    ]
    table = {"sessions": sessions, "cases": cases}
    shown = packs.TheatreExample(rule="T01", table=table, accepts=True)
    problem, _ = packs.theatre_situation(CHARTER.rule("T01"), shown)
    found = packs.strangers(problem.with_records("rule", CHARTER.rules))
    free = [fault for fault in found if fault.what == "not_missed"]
    assert [fault.id for fault in free] == ["U1"]
    for lang in LANGUAGES:
        assert "U1" in fault_sentence(free[0], lang)
        assert fault_hint(free[0], lang)
    assert list(packs.strangers(problem.with_records("rule", ()))) == []


def test_a_mistyped_flag_is_told_and_a_usual_one_that_nobody_carries_now_is_not() -> None:
    rules = tuple(
        dataclasses.replace(CHARTER.rule("T31-P2"), id=tag, scope=Scope.of(**{kind: [tag]}))
        for kind, tag in (
            ("flag", "latexx"),
            ("flag", "latex"),
            ("bed", "intensif"),
            ("bed", "day"),
        )
    )
    table = {"sessions": [{"id": "A"}], "cases": [{"id": "K1", "minutes": 60}]}
    shown = packs.TheatreExample(rule="T01", table=table, accepts=True)
    problem, _ = packs.theatre_situation(CHARTER.rule("T01"), shown)
    found = packs.strangers(problem.with_records("rule", rules))
    assert [each.id for each in found if each.what == "tag_of_nobody"] == ["latexx", "intensif"]


def test_the_flags_of_the_charter_and_the_kinds_of_the_records_are_usual() -> None:
    named = {tag for rule in CHARTER.rules for kind, tags in rule.scope.tags for tag in tags
             if kind == "flag"}  # fmt: skip
    assert named <= USUAL["flag"]
    options = {spec.name: set(spec.options) for kind in (Ward, Procedure) for spec in specs(kind)}
    assert USUAL["bed"] == options["kind"]
    assert USUAL["anaesthesia"] == options["anaesthesia"]
