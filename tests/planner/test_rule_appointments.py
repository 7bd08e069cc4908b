"""What patients were promised: notice before another day, and what a change costs."""

from typing import Any

import pytest
from theatre_tables import said, situation, space

from planner.rules.blocks import OFF
from planner.rules.contract import audit
from planner.rules.space import TheatreSpace
from planner.rules.theatre.notice import Notice
from planner.rules.theatre.stability import Stability
from planner.rules.theatre.start_kept import StartKept
from planner.sentences import breach_sentence
from planner.view import TheatreView

NOTICE, STABLE, START = Notice(id="T33"), Stability(id="T35"), StartKept(id="T35-start")


def case(day: int | None = None, *, to: str | None = "A", **more: Any) -> dict[str, Any]:
    """A case with an appointment on a day, placed in a session or left out."""
    row: dict[str, Any] = {"id": "K1", "minutes": 60}
    if to is not None:
        row["in"] = to
    if day is not None:
        row["appointment"] = {"day": day}
    row.get("appointment", {}).update({k: more.pop(k) for k in ("session",) if k in more})
    return row | more


@pytest.mark.parametrize(
    ("promised", "on", "broken"),
    [
        (None, 3, 0),
        (3, 3, 0),
        (3, 4, 1),
        (6, 12, 1),
        (7, 12, 0),  # a week ahead: it may still be changed
        (12, 7, 0),
        (12, 6, 1),  # to a day too near
        (0, 1, 1),
        (-1, 1, 0),  # over: it binds nobody
        (20, 13, 0),
    ],
)
def test_a_day_is_not_changed_within_a_week(promised: int | None, on: int, broken: int) -> None:
    table: dict[str, Any] = {"sessions": [{"id": "A", "day": on}], "cases": [case(promised)]}
    assert said(NOTICE, **table) == [("short_notice", ("K1",), 1)] * broken
    of = space(Notice(id="T33", tier=1), **table)
    assert sum(len(price.codes.members) for price in NOTICE.prices(of)) == broken
    fresh = TheatreSpace(situation(NOTICE, **table)[0])
    assert len(fresh.options) == 1 - broken  # a hard rule closes them


def test_a_case_left_out_has_no_other_day() -> None:
    assert said(NOTICE, sessions=[{"id": "A", "day": 2}], cases=[case(2, to=None)]) == []


def test_another_session_of_the_same_day_needs_no_notice() -> None:
    sessions = [{"id": "A", "day": 2}, {"id": "B", "theatre": "R2", "day": 2}]
    assert said(NOTICE, sessions=sessions, cases=[case(2, to="B", session="A")]) == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (case(2), []),
        (case(2, session="A"), []),
        (case(2, to="B", session="A"), [("other_session", ("K1",), 2)]),
        (case(2, to="B"), []),  # no session was promised
        (case(3), [("other_day", ("K1",), 10)]),
        (case(3, session="B"), [("other_day", ("K1",), 10)]),
        (case(20), [("other_day", ("K1",), 10)]),
        (case(2, to=None), [("appointment_lost", ("K1",), 20)]),
        (case(14, to=None), []),  # beyond the horizon: it is kept
        (case(13, to=None), [("appointment_lost", ("K1",), 20)]),
        (case(-1), []),
        (case(-1, to=None), []),
        (case(), []),
    ],
)
def test_a_change_counts_by_what_the_patient_notices(
    row: dict[str, Any], expected: list[Any]
) -> None:
    sessions = [{"id": "A", "day": 2}, {"id": "B", "theatre": "R2", "day": 2}]
    assert said(STABLE, sessions=sessions, cases=[row]) == expected


def test_prices_say_the_same_to_the_engines() -> None:
    sessions = [
        {"id": "A", "day": 2},
        {"id": "B", "theatre": "R2", "day": 2},
        {"id": "C", "day": 3},
    ]
    of = space(STABLE, sessions=sessions, cases=[case(2, session="A")])
    found = {
        (OFF if code == OFF else of.option(code).session.id): price.amount
        for price in STABLE.prices(of)
        for code in price.codes.members
    }
    assert found == {OFF: 20, "B": 2, "C": 10}


def test_what_counts_nothing_is_not_said() -> None:
    sessions = [{"id": "A", "day": 2}, {"id": "B", "theatre": "R2", "day": 2}]
    rule = Stability(id="T35", other_session=0, out=0)
    assert said(rule, sessions=sessions, cases=[case(2, to="B", session="A")]) == []
    assert said(rule, sessions=sessions, cases=[case(2, to=None)]) == []


@pytest.mark.parametrize(
    ("told", "start", "session", "off"),
    [
        ("10:00", "10:00", "A", 0),
        ("10:00", "10:05", "A", 5),
        ("10:00", "09:40", "A", 20),
        ("10:00", "10:05", "B", 0),  # another session is priced by itself
        ("10:00", None, "A", 0),
        (None, "10:05", "A", 0),
    ],
)
def test_a_start_that_was_told_is_kept(
    told: str | None, start: str | None, session: str, off: int
) -> None:
    row = case(0, session=session)
    row |= {} if start is None else {"start": start}
    row["appointment"] |= {} if told is None else {"start": told}
    sessions = [{"id": "A"}, {"id": "B", "theatre": "R2"}]
    found = said(START, sessions=sessions, cases=[row])
    assert found == ([("start_moved", ("K1",), off)] if off else [])


def test_what_was_promised_is_told_as_a_date() -> None:
    sessions = [{"id": "A", "day": 3}]
    problem, plan = situation(NOTICE, sessions=sessions, cases=[case(2)])
    (found,) = audit(NOTICE, TheatreView(problem, plan))
    assert found.facts["promised"] == 2
    assert found.facts["notice"] == 2
    sentence = breach_sentence(problem, NOTICE, found, "en")
    assert "from 3 June 2026 to 4 June 2026" in sentence
