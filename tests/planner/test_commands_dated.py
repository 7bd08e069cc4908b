"""Changes from a date on: what is before stays, sessions and the people they need alike."""

import datetime as dt

import pytest
import staffing
from staffing import least

from planner.changes import ChangeSet, Set, apply
from planner.commands import CommandRefusedError, expand
from planner.commands.dated import dated, day_field, limits
from planner.problem import Problem
from planner.words import say

TUESDAY = dt.date(2026, 10, 6)


@pytest.fixture(name="staffed")
def _staffed(problem: Problem) -> Problem:
    return staffing.staffed(problem)


def test_a_theatre_closes_from_a_date_on_and_its_people_are_free_from_then(
    staffed: Problem,
) -> None:
    """S1 has sessions on Monday and Wednesday, S2 on Monday."""
    group = dated(staffed, expand(staffed, "close", "sessions", "S1"), TUESDAY, None)
    assert group.name == "close sessions S1 --from 2026-10-06"
    after, notes = apply(staffed, [group])
    assert [session.closed for session in after.sessions] == [False, False, True]
    assert least(after)["BLOC-2026-10-05"] == least(staffed)["BLOC-2026-10-05"]
    assert least(after)["BLOC-2026-10-07"] == 0
    assert notes == ()
    opened = dated(after, expand(after, "open", "sessions", "all"), TUESDAY, None)
    assert apply(after, [opened])[0] == staffed


def test_until_a_date_is_the_other_side_and_the_day_itself_is_in_both(staffed: Problem) -> None:
    group = expand(staffed, "close", "sessions", "S1")
    monday = dt.date(2026, 10, 5)
    before = dated(staffed, group, None, monday)
    assert [each.closed for each in apply(staffed, [before])[0].sessions] == [True, False, False]
    only = dated(staffed, group, monday, monday)
    assert only.changes == before.changes
    assert dated(staffed, group, None, None) is group
    both = {*before.changes, *dated(staffed, group, TUESDAY, None).changes}
    assert both == set(group.changes)


def test_an_added_record_has_its_own_day(problem: Problem) -> None:
    group = expand(problem, "absent", "I2", "friday")
    kept = dated(problem, group, dt.date(2026, 10, 16), None).changes
    assert [dict(each.record)["first"] for each in kept] == [  # type: ignore[union-attr]
        "2026-10-16", "2026-10-23", "2026-10-30",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2026-10-15", None, [("2026-10-15", "2026-10-18")]),
        (None, "2026-10-13", [("2026-10-12", "2026-10-13")]),
        ("2026-10-13", "2026-10-14", [("2026-10-13", "2026-10-14")]),
        ("2026-10-12", None, [("2026-10-12", "2026-10-18")]),
        ("2026-10-19", None, []),
        (None, "2026-10-11", []),
    ],
)
def test_of_an_absence_the_days_within_the_dates_stay(
    problem: Problem, since: str | None, until: str | None, days: list[tuple[str, str]]
) -> None:
    group = expand(problem, "absent", "I2", "2026-10-12..2026-10-18")
    limits = (dt.date.fromisoformat(each) if each else None for each in (since, until))
    if not days:
        with pytest.raises(CommandRefusedError):
            dated(problem, group, *limits)
        return
    records = [dict(each.record) for each in dated(problem, group, *limits).changes]  # type: ignore[union-attr]
    assert [(record["first"], record["last"]) for record in records] == days


def test_a_date_beyond_the_period_means_all_of_it_that_is_there(problem: Problem) -> None:
    group = expand(problem, "close", "sessions", "S1")
    assert dated(problem, group, dt.date(2026, 1, 1), dt.date(2027, 10, 1)).changes == group.changes
    with pytest.raises(CommandRefusedError) as refused:
        dated(problem, group, None, dt.date(2026, 1, 1))
    assert refused.value.what == "command_days"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_dates_the_wrong_way_round_are_told_as_that(problem: Problem, lang: str) -> None:
    group = expand(problem, "close", "sessions", "S1")
    with pytest.raises(CommandRefusedError) as refused:
        dated(problem, group, dt.date(2026, 10, 14), dt.date(2026, 10, 12))
    assert refused.value.what == "command_dates_turned"
    told = say(refused.value.what, lang, **refused.value.facts)
    assert "14" in told
    assert "12" in told


def test_what_has_no_day_is_refused(problem: Problem) -> None:
    longer = Set(kind="case", id="K1", field="mean", expected=120, value=90)
    group = ChangeSet(name="x", changes=(longer,))
    for given, since, what in (
        (group, TUESDAY, "command_undated"),
        (expand(problem, "close", "sessions", "S1"), dt.date(2027, 1, 1), "command_days"),
        (expand(problem, "close", "sessions", "S1"), dt.date(2026, 10, 30), "command_nothing_then"),
    ):
        with pytest.raises(CommandRefusedError) as refused:
            dated(problem, given, since, None)
        assert refused.value.what == what


def test_the_name_of_a_dated_group_is_read_again() -> None:
    name = "close sessions S1 --from 2026-10-06 --until 2026-10-09"
    assert limits(name) == (
        "close sessions S1",
        {"from": TUESDAY, "until": dt.date(2026, 10, 9)},
    )
    assert limits("close sessions S1") == ("close sessions S1", {})
    assert (day_field("session"), day_field("absence"), day_field("case")) == ("day", "first", None)
