"""Rest between duties: at the bound, a minute beyond, over midnight, clock changes and tracks."""

import datetime as dt

import pytest
from roster_words import MONDAY, Found, broken, facts, judged, situation

from planner.packs.example import SHIFTS
from planner.rostering import ShiftType
from planner.rules.contract import Scope
from planner.rules.roster.min_gap import MinGap

WORK = frozenset({"work"})


def shift(id: str, start: str, end: str, track: str = "work") -> ShiftType:
    """Make a shift from clock times; an end that is not after the start is on the next day."""
    minutes = [int(t[:2]) * 60 + int(t[3:]) for t in (start, end)]
    after = minutes[1] if minutes[1] > minutes[0] else minutes[1] + 1440
    return ShiftType(id=id, start=minutes[0], end=after, track=track, tags=WORK | {id.lower()})


@pytest.mark.parametrize(
    ("minutes", "roster", "found"),
    [
        (720, "D12 D12", []),
        (721, "D12 D12", [Found("rest_short", 0, 1, 1)]),
        (720, "N12 D12", [Found("rest_short", 0, 1, 1)]),
        (1440, "N12 - D12", []),
        (1441, "N12 - D12", [Found("rest_short", 0, 2, 1)]),
        (720, "N12 | D12", [Found("rest_short", -1, 0, 1)]),
        (720, "N12 D12 | -", []),  # in the past: not ours
        (720, "N12 ? | D12", []),
        (1441, "N12 ? | D12", [Found("rest_short", -2, 0, 1)]),
        (720, "? | D12 N12", []),
        (720, "- D12 -", []),
        (0, "N12 D12", []),  # they touch, and do not overlap
        (2160, "D12 D12 D12", [Found("rest_short", 0, 1, 1), Found("rest_short", 1, 2, 1)]),
        (2161, "D12 D12 D12", [
            Found("rest_short", 0, 1, 1), Found("rest_short", 0, 2, 1), Found("rest_short", 1, 2, 1),
        ]),  # each pair, though a duty lies between the first and the last
        (2880, "M - M", [Found("rest_short", 0, 2, 1)]),
    ],
)  # fmt: skip
def test_rest_in_minutes(minutes: int, roster: str, found: list[Found]) -> None:
    assert judged(MinGap(id="R", minutes=minutes), roster) == found


@pytest.mark.parametrize(
    ("roster", "found"),
    [
        ("N12 S", [Found("rest_short", 0, 1, 1)]),
        ("S N12", []),  # that way round it is not asked
        ("S M", []),
        ("N12 - S", []),
    ],
)
def test_only_the_pair_of_tags_is_meant(roster: str, found: list[Found]) -> None:
    rule = MinGap(id="R", before="night", after="late", minutes=720)
    assert judged(rule, roster) == found


def test_the_facts_of_a_breach_are_its_arithmetic() -> None:
    (said,) = facts(MinGap(id="R"), *situation({"A": "N12 S"}))
    assert (said["rest"], said["least"], said["short"]) == (204, 720, 516)
    assert (said["early"], said["late"]) == ("N12", "S")


GERMAN = (  # a real ward's table; rests to the minute
    shift("F", "06:00", "14:10"),
    shift("T", "08:00", "16:10"),
    shift("Z", "08:00", "14:00"),
    shift("S", "12:50", "21:00"),
    shift("N", "20:20", "06:30"),
)


@pytest.mark.parametrize(
    ("roster", "rest"),
    [("S F", 540), ("S T", 660), ("N Z", 90), ("F+N", 370), ("T F", 830), ("N - F", 1410)],
)
def test_rests_of_a_ward_to_the_minute(roster: str, rest: int) -> None:
    problem, plan = situation({"A": roster}, shifts=GERMAN)
    if "+" not in roster:
        for minutes in (rest, rest + 1):
            assert bool(broken(MinGap(id="R", minutes=minutes), problem, plan)) == (minutes > rest)
    (said,) = facts(MinGap(id="R", minutes=rest + 1), problem, plan)
    assert said["rest"] == rest
    assert facts(MinGap(id="R", minutes=rest), problem, plan) == []


CALL = (*SHIFTS, shift("K", "18:30", "22:30", "call"), shift("A", "07:30", "08:30", "call"))


@pytest.mark.parametrize(
    ("minutes", "roster", "found"),
    [
        (0, "S+K", []),  # they touch
        (1, "S+K", [Found("rest_short", 0, 0, 1)]),
        (0, "D12+K", [Found("duties_overlap", 0, 0, 1)]),
        (0, "M+A", [Found("duties_overlap", 0, 0, 1)]),  # both begin at the same minute
        (720, "M+K M", [Found("rest_short", 0, 0, 1), Found("rest_short", 0, 1, 1)]),
        (720, "S+K D12+A", [
            Found("duties_overlap", 1, 1, 1),
            Found("rest_short", 0, 0, 1),
            Found("rest_short", 0, 1, 2),  # K before both
        ]),
        (720, "- | K+N12", [Found("duties_overlap", 0, 0, 1)]),
    ],
)  # fmt: skip
def test_two_tracks_of_a_day(minutes: int, roster: str, found: list[Found]) -> None:
    assert judged(MinGap(id="R", minutes=minutes), roster, shifts=CALL) == found


def test_the_same_start_is_meant_either_way_round() -> None:
    for before, after in (("a", "day"), ("day", "a")):
        rule = MinGap(id="R", before=before, after=after, minutes=0)
        assert judged(rule, "M+A", shifts=CALL) == [Found("duties_overlap", 0, 0, 1)]


def test_the_clock_takes_an_hour_in_spring_and_gives_one_in_autumn() -> None:
    rule = MinGap(id="R", minutes=720)
    spring, autumn = dt.date(2026, 3, 28), dt.date(2026, 10, 24)
    assert judged(rule, "D12 D12 D12", spring) == [Found("rest_short", 0, 1, 1)]
    assert judged(rule, "- D12 D12", spring) == []
    assert judged(MinGap(id="R", minutes=780), "D12 D12 D12", autumn) == [
        Found("rest_short", 1, 2, 1)
    ]
    assert judged(MinGap(id="R", minutes=660), "D12 D12", spring) == []


def test_all_distances_of_days_are_looked_at() -> None:
    """A duty may end two days later, and a rest may be a week."""
    long = (shift("D", "07:00", "08:00"), ShiftType(id="G", start=1430, end=2880, tags=WORK))
    assert judged(MinGap(id="R", minutes=420), "G - D", shifts=long) == []
    assert judged(MinGap(id="R", minutes=421), "G - D", shifts=long) == [
        Found("rest_short", 0, 2, 1)
    ]
    assert judged(MinGap(id="R", minutes=0), "G D", shifts=long) == [
        Found("duties_overlap", 0, 1, 1)
    ]


def test_two_shifts_of_one_track_and_day_are_judged_though_no_engine_offers_them() -> None:
    odd = (shift("E", "22:00", "04:00"), shift("O", "02:00", "08:00"))
    problem, plan = situation({"A": "E+O"}, MONDAY, shifts=odd)
    assert facts(MinGap(id="R", minutes=0), problem, plan) == []
    (said,) = facts(MinGap(id="R", minutes=841), problem, plan)
    assert said["rest"] == 14 * 60


def test_each_person_is_judged_alone() -> None:
    problem, plan = situation({"A": "N12 D12", "B": "D12 N12", "C": "N12 M"})
    assert broken(MinGap(id="R"), problem, plan) == 2 * [Found("rest_short", 0, 1, 1)]
    assert broken(MinGap(id="R", scope=Scope.of(person=["B"])), problem, plan) == []
