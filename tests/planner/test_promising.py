"""A published roster becomes what the staff were told, and rules on notice know it from then on."""

import dataclasses

from roster_words import situation

from planner.appointing import Appoint
from planner.people import Promise
from planner.plan import Duty, Plan
from planner.promising import promises
from planner.rules.contract import audit
from planner.rules.roster.publication import Publication
from planner.rules.roster.roster_kept import RosterKept
from planner.study import BASE, Study
from planner.view import RosterView


def study(ahead: int, told: tuple[Promise, ...] = ()) -> Study:
    """Make a study whose facts are of so many days before its first."""
    problem, plan = situation({"A": "M - N12", "B": "- - -"}, promises=told)
    problem = dataclasses.replace(problem, as_of=problem.horizon.date(-ahead))
    made = Study(id="s", name="s", base=problem)
    return made.replace(dataclasses.replace(made.scenario(BASE), plan=plan))


def test_all_days_of_all_staff_are_told_on_the_day_of_the_facts() -> None:
    after = Appoint(scenario=BASE, name="told").apply(study(20))
    told = after.problem(BASE).promises
    assert told == (
        Promise(id="A", days=("M", "-", "N12"), told=-20),
        Promise(id="B", days=("-", "-", "-"), told=-20),
    )
    assert Appoint(scenario=BASE, name="again").apply(after).problem(BASE).promises == told


def test_who_was_told_before_keeps_the_first_day() -> None:
    before = (Promise(id="A", days=("M", "M", "M"), told=-30),)
    after = Appoint(scenario=BASE, name="told").apply(study(2, before))
    told = {each.id: (each.days, each.told) for each in after.problem(BASE).promises}
    assert told == {"A": (("M", "-", "N12"), -30), "B": (("-", "-", "-"), -2)}


def test_a_plan_without_duties_promises_nothing() -> None:
    problem, _ = situation({"A": "M"})
    assert list(promises(problem, Plan.build())) == []
    assert list(promises(problem, Plan.build(duties=[Duty("GONE", 0, "M")]))) != []


def test_rules_know_what_was_told() -> None:
    after = Appoint(scenario=BASE, name="told").apply(study(10))
    problem, plan = after.problem(BASE), after.scenario(BASE).plan
    late = audit(Publication(id="R"), RosterView(problem, plan))
    assert [breach.amount for breach in late] == [5, 5]
    assert audit(RosterKept(id="R"), RosterView(problem, plan)) == []
    other = plan.with_duties([Duty("A", 0, "S")])
    changed = audit(RosterKept(id="R"), RosterView(problem, other))
    assert [breach.about.first for breach in changed] == [0, 2]
