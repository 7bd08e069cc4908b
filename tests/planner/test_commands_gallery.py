"""The what-ifs that come with the program, each by its right answer on a small hospital."""

import dataclasses
from typing import Any

import pytest
import staffing
from demo_hospitals import generate
from staffing import least

from planner.changes import apply
from planner.clock import WEEK
from planner.commands import CommandRefusedError, catalogue, expand
from planner.hospital import Census, Equipment, Ward
from planner.people import StaffId
from planner.problem import Problem, faults
from planner.rules import catalogue as rules
from planner.words import say


@pytest.fixture(name="house")
def _house(problem: Problem) -> Problem:
    """The small hospital with cover, two wards, a C-arm, a team and rules on slack and emergencies."""
    arm = frozenset({"ARM"})
    made = (
        rules()["session_slack"](id="T37", tier=2),
        rules()["emergency_reserve"](id="T29", enabled=False),
    )
    return dataclasses.replace(
        staffing.staffed(problem),
        wards=(Ward(id="CHIR", beds=20), Ward(id="ICU", beds=3, kind="intensive")),
        census=(Census(id="c1", ward="CHIR", day=14, taken=4),),  # type: ignore[arg-type]
        equipment=(Equipment(id="ARM", quantity=2),),  # type: ignore[arg-type]
        cases=tuple(
            dataclasses.replace(each, equipment=arm) if each.id == "K2" else each
            for each in problem.cases
        ),
        staff=tuple(dataclasses.replace(each, team="T") for each in problem.staff),
        rules=(*problem.rules, *made),
    )  # fmt: skip


def after(problem: Problem, *words: str) -> Problem:
    """Expand a what-if, which finds all that it expects and leaves no new fault."""
    found, notes = apply(problem, [expand(problem, *words)])
    assert notes == ()
    assert set(faults(found)) <= set(faults(problem))
    return found


def test_ten_hour_days_need_their_people_longer(house: Problem) -> None:
    longer = after(house, "lengthen", "sessions", "90", "all")
    assert {each.end for each in longer.sessions} == {1080}
    assert after(longer, "lengthen", "sessions", "-90", "S1").sessions[0].end == 990
    assert least(longer).keys() >= least(house).keys()


def test_longer_days_end_where_the_next_session_of_a_theatre_begins() -> None:
    """Half-days of a hospital follow each other: the morning does not run into the afternoon."""
    problem = generate("mid")
    words = ("lengthen", "sessions", "90", "all")
    longer = after(problem, *words)
    old = {each.id: each for each in problem.sessions}
    grown = [each for each in longer.sessions if each.end > old[each.id].end]
    kept = [each for each in longer.sessions if each.end == old[each.id].end]
    assert {each.end - old[each.id].end for each in grown} == {90}
    assert kept, "mornings"
    starts = {(each.theatre, each.day, each.start) for each in problem.sessions}
    assert all((each.theatre, each.day, each.end) in starts for each in kept)
    command = catalogue()["lengthen"]
    assert [*command.told(problem, *words[1:])] == [("command.lengthen.limited", {"n": len(kept)})]
    assert not [*command.told(problem, "sessions", "-30", "all")]


def meetable(problem: Problem) -> set[str]:
    """Give the requirements that somebody may meet."""
    return {
        need.id
        for need in problem.cover
        if any(
            need.skill in (None, *person.abilities)
            and (not person.shifts or need.shifts & person.shifts)
            for person in problem.staff
        )
    }


@pytest.mark.parametrize("shifts", [("D12", "N12"), ("N12",)])
def test_what_a_team_of_other_shifts_met_it_meets_with_these(shifts: tuple[str, ...]) -> None:
    """Days of twelve hours cover a morning and an evening; nights alone cover neither, and it is said."""
    problem = generate("small")
    team = next(each.team for each in problem.staff if "iade" in each.skills)
    found = after(problem, "pattern", team, *shifts)
    told = dict(catalogue()["pattern"].told(problem, team, *shifts))
    lost = meetable(problem) - meetable(found)
    assert len(lost) == told.get("command.pattern.unmet", {"n": 0})["n"]
    assert bool(lost) == ("D12" not in shifts)
    changed = [n for n, old in zip(found.cover, problem.cover, strict=True) if n != old]
    assert len(changed) == told.get("command.pattern.taken", {"n": 0})["n"]
    for need in changed:
        old = next(each for each in problem.cover if each.id == need.id)
        assert old.shifts < need.shifts
        assert need.shifts - old.shifts <= set(shifts)


def test_ten_per_cent_more_patients_are_copies_evenly_picked(house: Problem) -> None:
    made = after(house, "demand", "P3", "67")
    assert [each.id for each in made.cases[3:]] == ["K1+1", "K3+1"]
    assert dataclasses.replace(made.cases[3], id="K1") == house.cases[0]  # type: ignore[arg-type]
    again = after(made, "demand", "P3", "40")
    assert len({each.id for each in again.cases}) == 7


def test_beds_are_cut_in_one_week(house: Problem) -> None:
    made = after(house, "cut-beds", "CHIR", "15", "2026-10-19..2026-10-25")
    taken = {each.day: each.taken for each in made.census}
    assert taken == {14: 7, **dict.fromkeys(range(15, 21), 3)}
    every = after(house, "cut-beds", "all", "100", "2026-10-19")
    assert sorted((each.ward, each.taken) for each in every.census) == [("CHIR", 24), ("ICU", 3)]


def test_cases_last_longer_than_announced(house: Problem) -> None:
    made = after(house, "durations", "15")
    assert [(each.mean, each.deviation) for each in made.cases] == [(138, 17)] * 3
    with pytest.raises(CommandRefusedError):
        expand(house, "durations", "15", "OPH")  # none of hers


def test_sessions_keep_more_slack(house: Problem) -> None:
    def beta(problem: Problem) -> Any:
        return next(each for each in problem.rules if each.id == "T37").beta  # type: ignore[attr-defined]

    assert [beta(house), beta(after(house, "slack", "84"))] == [52, 84]


def test_leave_goes_round_a_team_week_by_week(house: Problem) -> None:
    made = after(house, "leave", "T", "50", "2026-10-05..2026-10-18")
    fresh = [each for each in made.absences if each.id.startswith("leave")]
    assert [(each.person, each.first, each.last) for each in fresh] == [
        ("I1", 0, WEEK - 1),
        ("I2", WEEK, 2 * WEEK - 1),
    ]


def test_leave_in_turn_sends_no_role_away_together(house: Problem) -> None:
    first = house.staff[0]
    team = tuple(
        dataclasses.replace(first, id=StaffId(f"{role}{n}"), role=role, team="U")
        for role in ("aide", "nurse")
        for n in range(4)
    )
    mixed = dataclasses.replace(house, staff=(*house.staff, *team))
    made = after(mixed, "leave", "U", "50", "2026-10-05..2026-10-18")
    fresh = [each for each in made.absences if each.id.startswith("leave-")]
    weeks = [sorted(str(e.person)[:-1] for e in fresh if e.first == day) for day in (0, WEEK)]
    assert weeks == [["aide", "aide", "nurse", "nurse"]] * 2
    assert len({each.person for each in fresh}) == 8


def test_without_its_equipment_a_case_has_no_place_on_those_days(house: Problem) -> None:
    made = after(house, "breakdown", "ARM", "2026-10-05..2026-10-07")
    assert [each.unavailable for each in made.cases] == [set(), {0, 1, 2}, set()]


def test_capacity_for_emergencies_is_kept_in_a_session_or_in_all(house: Problem) -> None:
    kept = after(house, "emergency", "S2")
    assert [each.emergency for each in kept.sessions] == [False, True, False]
    spread = after(kept, "emergency-share", "12")
    assert not any(each.emergency for each in spread.sessions)
    rule: Any = next(each for each in spread.rules if each.id == "T29")
    assert (rule.enabled, rule.kept, rule.share) == (True, "session", 12)


def test_two_nurses_are_ill_on_a_tuesday(house: Problem) -> None:
    made = after(house, "absent", "I1+I2", "2026-10-06")
    assert [(each.person, each.first, each.last) for each in made.absences[1:]] == [
        ("I1", 1, 1),
        ("I2", 1, 1),
    ]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("lengthen sessions long all", "command_amount"),
        ("lengthen sessions -600 all", "command_no_hours"),
        ("demand P9 10", "command_unknown"),
        ("demand P3 0", "command_amount"),
        ("cut-beds NONE 10 friday", "command_unknown"),
        ("cut-beds ICU 10 friday", "command_does_nothing"),  # a third of a bed
        ("leave NONE 10 friday", "command_unknown"),
        ("breakdown NONE friday", "command_unknown"),
        ("absent I1+nobody friday", "command_unknown"),
        ("slack 52", "command_does_nothing"),
    ],
)
def test_what_cannot_be_asked_is_refused(house: Problem, words: str, what: str) -> None:
    with pytest.raises(CommandRefusedError) as refused:
        expand(house, *words.split())
    assert refused.value.what == what
    assert refused.value.what in ("command_unknown",) or say(what, "fr", **refused.value.facts)


def test_a_rule_that_is_not_there_is_asked_for(problem: Problem) -> None:
    for words in (("slack", "84"), ("emergency-share", "10")):
        with pytest.raises(CommandRefusedError, match="command_no_rule"):
            expand(problem, *words)


@pytest.mark.parametrize("name", sorted(catalogue()))
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_command_has_all_its_words(name: str, lang: str) -> None:
    command = catalogue()[name]
    assert say(f"command.{name}.usage", lang).split()[0] == name
    for message in (f"command.{name}", *(f"command.ask.{ask}" for ask in command.asks)):
        assert say(message, lang) != message
