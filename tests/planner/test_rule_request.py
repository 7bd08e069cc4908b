"""Wishes: a shift or not, work or a day off, several on a day, on two tracks."""

from typing import Any

import pytest
from roster_words import Found, broken, judged, situation

from planner.packs.example import SHIFTS
from planner.people import Request
from planner.rostering import ShiftType
from planner.rules.contract import Scope
from planner.rules.roster.request import Requests

RULE = Requests(id="R", tier=4)
CALL = (
    *SHIFTS,
    ShiftType(id="K", start=1200, end=1260, track="call", tags=frozenset({"call"})),
)


def wish(shift: str | None = None, wanted: bool = True, **more: Any) -> Request:
    """Make a wish of A for day 1 that weighs 3."""
    usual: dict[str, Any] = {"id": "w", "person": "A", "day": 1, "weight": 3}
    return Request(shift=shift, wanted=wanted, **(usual | more))


@pytest.mark.parametrize("shifts", [SHIFTS, CALL], ids=["one_track", "two_tracks"])
@pytest.mark.parametrize(
    ("given", "roster", "what"),
    [
        (wish("M"), "- M", None),
        (wish("M"), "- S", "wish_shift"),
        (wish("M"), "M -", "wish_shift"),
        (wish("M", wanted=False), "- M", "wish_no_shift"),
        (wish("M", wanted=False), "- S", None),
        (wish("M", wanted=False), "- -", None),
        (wish(), "- M", None),
        (wish(), "M -", "wish_work"),
        (wish(wanted=False), "M -", None),
        (wish(wanted=False), "- N12", "wish_off"),
        (wish(wanted=False), "N12 -", None),  # the night began the day before
    ],
)
def test_a_wish(shifts: Any, given: Request, roster: str, what: str | None) -> None:
    found = judged(RULE, roster, shifts=shifts, requests=(given,))
    assert found == ([] if what is None else [Found(what, 1, 1, 3)])


@pytest.mark.parametrize(
    ("given", "roster", "what"),
    [
        (wish(), "- K", None),
        (wish(wanted=False), "- K", "wish_off"),
        (wish(wanted=False), "- M+K", "wish_off"),
        (wish("K"), "- M", "wish_shift"),
        (wish("K"), "- M+K", None),
        (wish("M"), "- M+K", None),
    ],
)
def test_a_wish_on_two_tracks(given: Request, roster: str, what: str | None) -> None:
    found = judged(RULE, roster, shifts=CALL, requests=(given,))
    assert found == ([] if what is None else [Found(what, 1, 1, 3)])


def test_wishes_of_a_kind_for_one_day_are_one_item() -> None:
    several = (wish("M"), wish("S", id="v", weight=5), wish("M", wanted=False, id="u", weight=7))
    assert judged(RULE, "- N12", requests=several) == [Found("wish_shift", 1, 1, 8)]
    assert judged(RULE, "- M", requests=several) == [
        Found("wish_no_shift", 1, 1, 7),
        Found("wish_shift", 1, 1, 5),
    ]
    twice = (wish(wanted=False), wish(wanted=False, id="v", weight=2))
    for shifts in (SHIFTS, CALL):
        assert judged(RULE, "- M", shifts=shifts, requests=twice) == [Found("wish_off", 1, 1, 5)]
        assert judged(RULE, "- -", shifts=shifts, requests=twice) == []


def test_wishes_outside_the_horizon_or_the_scope_do_not_count() -> None:
    outside = (wish("M", day=-1), wish("M", id="v", day=2), wish("M", id="u", weight=0))
    assert judged(RULE, "- -", requests=outside) == []
    problem, plan = situation(
        {"A": "- -", "B": "- -"}, requests=(wish("M"), wish("M", id="v", person="B"))
    )
    assert len(broken(RULE, problem, plan)) == 2
    assert len(broken(Requests(id="R", scope=Scope.of(person=["B"])), problem, plan)) == 1
