"""Changes are facts: what they do, and what they say when the ground has moved."""

import pytest

from planner.changes import Add, Adjust, Change, ChangeSet, Remove, Set, apply
from planner.plain import to_plain
from planner.problem import Problem


def changed(problem: Problem, *changes: Change) -> tuple[Problem, list[str]]:
    after, notes = apply(problem, [ChangeSet(name="test", changes=changes)])
    return after, [note.state for note in notes]


def share(problem: Problem, person: str = "I1") -> int:
    return next(each.share for each in problem.staff if each.id == person)


def test_set_gives_a_field_its_value(problem: Problem) -> None:
    after, states = changed(
        problem, Set(kind="staff", id="I1", field="share", expected=100, value=80)
    )
    assert (share(after), share(after, "I2"), states) == (80, 100, [])
    assert share(problem) == 100


def test_set_applies_but_is_shifted_when_the_parent_moved_on(problem: Problem) -> None:
    after, states = changed(
        problem, Set(kind="staff", id="I1", field="share", expected=90, value=80)
    )
    assert (share(after), states) == (80, ["shifted"])


@pytest.mark.parametrize(
    "change",
    [
        Set(kind="staff", id="nobody", field="share", value=80),
        Set(kind="staff", id="I1", field="shoes", value=80),
        Set(kind="staff", id="I1", field="share", expected=100, value="much"),
        Set(kind="staff", id="I1", field="share", expected=100, value=101),
        Set(kind="staff", id="I1", field="id", expected="I1", value="I9"),
        Set(kind="ghost", id="I1", field="share", value=80),
        Set(kind="problem", id="problem", field="horizon", value=1),
        Remove(kind="staff", id="nobody"),
        Adjust(kind="staff", id="I1", field="name", delta=1),
        Add(kind="staff", id="I1", record=(("id", "I1"), ("contract", "FPH"))),
        Add(kind="staff", id="I9", record=(("id", "I9"),)),
    ],
)
def test_a_change_without_a_target_is_broken_and_does_nothing(
    problem: Problem, change: Change
) -> None:
    after, states = changed(problem, change)
    assert (after, states) == (problem, ["broken"])


def test_days_and_times_are_written_as_dates_and_clock(problem: Problem) -> None:
    after, states = changed(
        problem,
        Set(kind="session", id="A", field="day", expected="2026-10-05", value="2026-10-06"),
        Set(kind="session", id="A", field="end", expected="16:30", value="18:00"),
    )
    assert (after.sessions[0].day, after.sessions[0].end, states) == (1, 1080, [])


def test_adjust_adds_and_stays_inside_the_bounds(problem: Problem) -> None:
    after, _ = changed(problem, Adjust(kind="cover", id="day-0", field="least", delta=2))
    assert after.cover[0].least == 3
    after, _ = changed(problem, Adjust(kind="cover", id="day-0", field="least", delta=-9))
    assert after.cover[0].least == 0


def test_remove_and_add_are_each_others_inverse(problem: Problem) -> None:
    record = tuple(to_plain(problem.staff[1], problem.horizon).items())
    after, states = changed(
        problem, Remove(kind="staff", id="I2"), Add(kind="staff", id="I2", record=record)
    )
    assert (after, states) == (problem, [])


def test_rules_are_records_too(problem: Problem) -> None:
    after, states = changed(problem, Set(kind="rule", id="runs", field="most", expected=3, value=5))
    assert (after.rules[0].most, states) == (5, [])  # type: ignore[attr-defined]


def test_a_group_switched_off_does_nothing(problem: Problem) -> None:
    change = Set(kind="staff", id="I1", field="share", expected=100, value=80)
    off = ChangeSet(name="off", changes=(change,), enabled=False)
    assert apply(problem, [off]) == (problem, ())


def test_the_order_of_tiers_is_a_fact(problem: Problem) -> None:
    strict = Set(kind="problem", id="problem", field="order", expected="weighted", value="strict")
    after, states = changed(problem, strict)
    assert (after.order, states) == ("strict", [])
