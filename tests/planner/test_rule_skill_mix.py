"""Who is there together: skills with their levels, mentors for learners, pairs and those apart."""

from typing import Any

import pytest
from roster_words import Found, broken, facts, situation

from planner.packs.example import SHIFTS
from planner.people import StaffMember
from planner.rostering import CoverRequirement, ShiftType
from planner.rules.contract import Scope
from planner.rules.roster.coverage import Coverage
from planner.rules.roster.pairing import Pairing
from planner.rules.roster.shift_skill import ShiftSkill
from planner.rules.roster.skill_mix import SkillMix


def of(rule: Any, rosters: dict[str, str], skills: dict[str, str], **records: Any) -> list[Found]:
    """Judge a roster of people with these skills; the team is the first letter of the id."""
    staff = tuple(
        StaffMember(
            id=id,
            contract="FPH",
            team=id[0],
            skills=frozenset(skills.get(id, "").split()),
        )
        for id in rosters
    )
    return broken(rule, *situation(rosters, staff=staff, **records))


@pytest.mark.parametrize(
    ("skill", "held"),
    [
        ("ortho", "ortho"),
        ("ortho:0", "ortho:0 ortho=0"),
        ("ortho:1", "ortho:1 ortho=1"),
        ("ortho:2", "ortho:2 ortho=2 ortho:1 ortho"),
        ("ortho:4", "ortho:4 ortho=4 ortho:3 ortho:2 ortho:1 ortho"),
        ("ortho:5", "ortho:5"),
        (":3", ":3 =3 :2 :1 "),
    ],
)
def test_a_level_stands_for_the_lower_ones(skill: str, held: str) -> None:
    person = StaffMember(id="A", contract="FPH", skills=frozenset({skill}))
    wanted = set(held.split()) | ({""} if held.endswith(" ") else set())
    assert person.abilities == wanted


def test_a_learner_does_not_count_in_cover_nor_for_a_shift() -> None:
    need = CoverRequirement(id="c", day=0, shifts=frozenset({"M"}), skill="ortho", least=2)
    skills = {"A": "ortho:1", "B": "ortho:2", "C": "ortho:4"}
    rosters = {"A": "M", "B": "M", "C": "-"}
    assert of(Coverage(id="R"), rosters, skills, cover=(need,)) == [
        Found("cover_least_skill", 0, 0, 1)
    ]
    assert of(Coverage(id="R"), rosters | {"C": "M"}, skills, cover=(need,)) == []
    assert of(ShiftSkill(id="R", tag="M", skill="ortho:2"), rosters, skills) == [
        Found("skill_missing", 0, 0, 1)
    ]


@pytest.mark.parametrize(
    ("rosters", "found"),
    [
        ({"A": "M", "B": "M"}, []),
        ({"A": "-", "B": "M"}, [Found("mix_few", 0, 0, 100)]),
        ({"A": "S", "B": "M"}, [Found("mix_few", 0, 0, 100)]),  # each shift by itself
        ({"A": "-", "B": "-"}, []),  # nobody is there
        ({"A": "M", "B": "-"}, []),
    ],
)
def test_one_referent_where_anybody_works(rosters: dict[str, str], found: list[Found]) -> None:
    assert of(SkillMix(id="R", skill="ortho:3"), rosters, {"A": "ortho:4"}) == found


def test_a_share_is_counted_in_hundredths() -> None:
    half = SkillMix(id="R", skill="IBODE", least=0, percent=50)
    skills = {"A": "IBODE", "B": "IBODE"}
    four = {"A": "M", "B": "M", "C": "M", "D": "M"}
    assert of(half, four, skills) == []
    assert of(half, {**four, "E": "M"}, skills) == [Found("mix_thin", 0, 0, 50)]
    assert of(half, {**four, "B": "-"}, skills) == [Found("mix_thin", 0, 0, 50)]


def test_a_learner_has_a_mentor_of_her_own() -> None:
    rule = SkillMix(id="R", skill="ortho:4", beside="ortho=1", least=0, percent=100)
    skills = {"A": "ortho:4", "B": "ortho:1", "C": "ortho:1", "D": "ortho:3"}
    assert of(rule, {"A": "M", "B": "M", "C": "-", "D": "-"}, skills) == []
    assert of(rule, {"A": "M", "B": "M", "C": "M", "D": "M"}, skills) == [
        Found("mix_thin", 0, 0, 100)
    ]
    assert of(rule, {"A": "-", "B": "-", "C": "-", "D": "M"}, skills) == []


def test_teams_and_days_are_looked_at_whole() -> None:
    skills = {"T1": "senior"}
    rosters = {"T1": "M", "T2": "S", "U1": "S"}
    for among, found in (
        ("day", []),
        ("team", [Found("mix_few", 0, 0, 100)]),
        ("shift", [Found("mix_few", 0, 0, 100)]),
    ):
        assert of(SkillMix(id="R", skill="senior", among=among), rosters, skills) == found
    lone = of(SkillMix(id="R", skill="senior", among="team"), {"U1": "S", "T1": "-"}, skills)
    assert lone == [Found("mix_few", 0, 0, 100)]


def test_somebody_on_two_tracks_counts_once() -> None:
    call = ShiftType(id="K", start=1200, end=1260, track="call", tags=frozenset({"work"}))
    rule = SkillMix(id="R", skill="senior", least=0, percent=100, among="day")
    shifts = (*SHIFTS, call)
    found = of(rule, {"A": "M+K", "B": "M"}, {"A": "senior"}, shifts=shifts)
    assert found == [Found("mix_thin", 0, 0, 100)]


@pytest.mark.parametrize(
    ("pair", "by", "rosters", "found"),
    [
        ("apart", "shift", ("M", "S", "-"), []),
        ("apart", "shift", ("M", "M", "-"), [Found("pair_apart", 0, 0, 1)]),
        ("apart", "shift", ("M", "M", "M"), [Found("pair_apart", 0, 0, 2)]),
        ("apart", "day", ("M", "S", "-"), [Found("pair_apart", 0, 0, 1)]),
        ("together", "shift", ("M", "M", "-"), []),
        ("together", "shift", ("M", "S", "-"), [
            Found("pair_together", 0, 0, 1), Found("pair_together", 0, 0, 1),
        ]),
        ("together", "day", ("M", "S", "-"), []),
        ("together", "day", ("M", "-", "-"), [Found("pair_together", 0, 0, 1)]),
        ("together", "day", ("-", "-", "-"), []),
    ],
)  # fmt: skip
def test_pairs(pair: str, by: str, rosters: tuple[str, ...], found: list[Found]) -> None:
    people = dict(zip("ABC", rosters, strict=True))
    assert of(Pairing(id="R", pair=pair, by=by), people, {}) == found


def test_a_pair_is_two_of_those_who_are_meant() -> None:
    rule = Pairing(id="R", pair="together", scope=Scope.of(person=["A", "B"]))
    assert of(rule, {"A": "M", "B": "-", "C": "M"}, {}) == [Found("pair_together", 0, 0, 1)]
    lone = Pairing(id="R", pair="together", scope=Scope.of(person=["A"]))
    assert of(lone, {"A": "M", "B": "-"}, {}) == []
    problem, plan = situation({"A": "M", "B": "-"})
    assert facts(Pairing(id="R", pair="together"), problem, plan)[0]["people"] == "A"
