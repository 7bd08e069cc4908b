"""Twenty what-ifs cost little more than what they change: rows are counted, not seconds."""

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from demo_hospitals import generate

from data.journal import Entry
from data.study_file import create_study, open_study, save_study
from planner.changes import ChangeSet, Set
from planner.edits import AdoptPlan, Branch, Delete, Record
from planner.forecast import DayForecast, Forecast, SessionForecast
from planner.hand_edits import Assign, Place, Rename, placed
from planner.plan import Duty, Partitions, Placement, Plan
from planner.problem import Problem
from planner.study import BASE, Study

SCENARIOS, CHANGES, SHARE = 20, 30, 0.1


def any_plan(problem: Problem, random: Random) -> Plan:
    """Give each case a place and each person some duties, whatever rules say."""
    shifts = [shift.id for shift in problem.shifts]
    return Plan.build(
        (
            Placement(case.id, random.choice(problem.sessions).id, None, 480)
            for case in problem.cases
        ),
        (
            Duty(person.id, day, random.choice(shifts))
            for person in problem.staff
            for day in range(problem.horizon.days)
            if random.random() < 0.7
        ),
    )


def any_forecast(problem: Problem) -> Forecast:
    """Give what a simulation would say of each session."""
    days: dict[int, list[SessionForecast]] = {}
    for session in problem.sessions:
        days.setdefault(session.day, []).append(SessionForecast(session.id, 9, 4, 2, 900, 950, 999))
    told = (DayForecast(day, f"{day:016d}", (*sorted(days[day]),)) for day in sorted(days))
    return Forecast(days=tuple(told), high=1, seed=1)


def another(plan: Plan, problem: Problem, random: Random) -> Plan:
    """Move, exchange or take away a tenth of the rows, anywhere."""
    placements, duties = list(plan.placements), list(plan.duties)
    for at in random.sample(range(len(placements)), int(SHARE * len(placements))):
        session = random.choice(problem.sessions).id
        placements[at] = placements[at]._replace(session=session, start=485)
    gone = set()
    for at in random.sample(range(len(duties)), int(SHARE * len(duties))):
        shift = random.choice([s.id for s in problem.shifts if s.id != duties[at].shift])
        duties[at] = duties[at]._replace(shift=shift)
        if random.random() < 0.2:
            gone.add(at)
    return Plan.build(placements, (d for at, d in enumerate(duties) if at not in gone))


def with_what_ifs(study: Study, random: Random) -> Study:
    """Branch twenty scenarios, some on one another, each with thirty changes and a plan of its own."""
    problem = study.base
    for number in range(SCENARIOS):
        parent = BASE if number % 3 else random.choice(study.scenarios).name
        name = f"what-if {number}"
        picked = random.sample(problem.cases, CHANGES)
        changes = tuple(
            Set(kind="case", id=str(c.id), field="mean", expected=c.mean, value=c.mean + 5 + number)
            for c in picked
        )
        plan = another(study.scenario(parent).plan, problem, random)
        for edit in (
            Branch(parent=parent, name=name),
            Record(scenario=name, group=ChangeSet(name="longer", changes=changes)),
            AdoptPlan(scenario=name, plan=plan),
        ):
            study = edit.apply(study)
    return study


def rows(path: Path) -> int:
    """Count the rows of all tables."""
    with closing(sqlite3.connect(path)) as plain:
        names = [n for (n,) in plain.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        counts = [plain.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names]
    return sum(counts)


@pytest.fixture(scope="module")
def base() -> Study:
    problem = generate("mid")
    plan = any_plan(problem, Random(1))
    simulated = AdoptPlan(scenario=BASE, plan=plan, forecast=any_forecast(problem))
    return simulated.apply(Study(id="many", base=problem))


def test_twenty_scenarios_add_less_than_two_and_a_half_plans(base: Study, tmp_path: Path) -> None:
    plan = base.scenario(BASE).plan
    size = len(list(plan.placements)) + len(list(plan.duties))
    many = with_what_ifs(base, Random(2))
    for name, study in (("one", base), ("many", many)):
        save_study(study, tmp_path / f"{name}.opale")
    added = rows(tmp_path / "many.opale") - rows(tmp_path / "one.opale")
    assert added < 2.5 * size, (added, size)
    with open_study(tmp_path / "many.opale") as opened:
        assert opened.study == many


def test_an_edit_of_the_base_leaves_its_children_as_they_were(base: Study, tmp_path: Path) -> None:
    """The child keeps its own plan where the parent moves on, row by row, and both come back."""
    random, name = Random(3), "child"
    child = Branch(parent=BASE, name=name).apply(base)
    with create_study(child) as opened:
        for _ in range(6):
            for scenario in random.sample([BASE, name], 2):
                plan = opened.study.scenario(scenario).plan
                if random.random() < 0.5:
                    moved = random.choice(list(plan.placements))._replace(start=500)
                    plan = placed(plan, moved)
                else:
                    plan = another(plan, base.base, random)
                opened.do(AdoptPlan(scenario=scenario, plan=plan))
        after = opened.study
        opened.save(tmp_path / "child.opale")
    with open_study(tmp_path / "child.opale") as again:
        assert again.study == after


def test_rows_that_stand_twice_come_back_twice(base: Study, tmp_path: Path) -> None:
    """A plan from elsewhere may place a case twice, or a person on two shifts of a track."""
    problem, sessions = base.base, base.base.sessions
    case, person, (one, other, *_) = problem.cases[0].id, problem.staff[0].id, problem.shifts
    twice = Plan.build(
        [Placement(case, sessions[0].id, None, 480)] * 2 + [Placement(case, sessions[1].id)],
        [Duty(person, 1, one.id), Duty(person, 1, other.id), Duty(person, 1, one.id)],
    )
    once = Plan.build([Placement(case, sessions[0].id, None, 480)], [Duty(person, 1, one.id)])
    study = AdoptPlan(scenario=BASE, plan=twice).apply(Study(id="twice", base=problem))
    study = Branch(parent=BASE, name="once").apply(study)
    study = AdoptPlan(scenario="once", plan=once).apply(study)
    study = Branch(parent="once", name="none").apply(study)
    study = AdoptPlan(scenario="none", plan=Plan()).apply(study)
    save_study(study, tmp_path / "twice.opale")
    with open_study(tmp_path / "twice.opale") as opened:
        assert opened.study == study


def unread(study: Study) -> set[str]:
    """Give the scenarios whose plans nobody has put together."""
    return {each.name for each in study.scenarios if each.plan.making is not None}


def test_plans_that_nobody_looks_at_are_not_put_together(base: Study, tmp_path: Path) -> None:
    """Opening reads rows alone; an edit of the base writes its children without looking at them."""
    many, path = with_what_ifs(base, Random(4)), tmp_path / "many.opale"
    save_study(many, path)
    names = {each.name for each in many.scenarios}
    with open_study(path) as opened:
        assert unread(opened.study) == names
        moved = next(iter(base.scenario(BASE).plan.placements))._replace(start=500)
        others = [shift.id for shift in base.base.shifts]
        duties = [*base.scenario(BASE).plan.duties][:40]
        assigned = tuple(
            (duty.person, duty.day, others[others.index(duty.shift) - 1]) for duty in duties
        )
        edits = (
            Place(scenario=BASE, placement=moved),
            Assign(scenario=BASE, duties=assigned),
        )
        for edit in edits:
            opened.do(edit)
        assert unread(opened.study) == names - {BASE}
        seen = opened.study.scenario("what-if 7").plan
        assert seen == many.scenario("what-if 7").plan
        assert seen.making is None
        line = {each.name for each in many.line("what-if 7")}
        assert unread(opened.study) == names - line
        opened.save()
    after = many
    for edit in edits:
        after = edit.apply(after)
    assert opened.study == after  # plans of a study that was closed can be looked at
    with open_study(path) as again:
        assert again.study == after


def test_scenarios_that_go_or_are_renamed_come_back_with_their_plans(
    base: Study, tmp_path: Path
) -> None:
    """Whoever undoes it has a plan of which the file knows nothing any more."""
    many, path = with_what_ifs(base, Random(5)), tmp_path / "many.opale"
    save_study(many, path)
    leaf = next(each.name for each in reversed(many.scenarios) if not many.children(each.name))
    with open_study(path) as opened:
        for edit in (Rename(scenario="what-if 1", name="one"), Delete(name=leaf)):
            before = opened.study
            opened.do(edit)
            opened.save()
            opened.record(before, Entry(action="journal.undone"))
        opened.save()
    with open_study(path) as again:
        assert again.study == many


def test_a_plan_that_is_not_there_yet_is_a_plan_like_any_other(base: Study) -> None:
    whole, calls = base.scenario(BASE).plan, list[int]()

    def make() -> Partitions:
        calls.append(1)
        return whole.sessions, whole.days

    plan = Plan.later(make)
    assert not calls
    assert not hasattr(plan, "stays")
    assert (plan == whole, whole == plan, hash(plan) == hash(whole)) == (True, True, True)
    assert list(plan.duties) == list(whole.duties)
    assert (len(calls), plan.making) == (1, None)
