"""The past of a published plan: what was done on days that are over is recorded, never planned anew."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from planner.clock import Horizon
from planner.edits import AdoptPlan, Edit, EditRefusedError
from planner.facts import facts
from planner.hand_edits import Together
from planner.live import difference
from planner.study import Study, same_facts
from planner.words import day as written_day

_NAMED: Final = 8
"""Codes that a sentence names."""


class Over(NamedTuple):
    """The days that are over of what was published: all before this one, 0 where none is."""

    theatre: int = 0
    roster: int = 0


THEATRE, ROSTER = "theatre", "roster"


class Row(NamedTuple):
    """Something of a day that is over: its scenario, THEATRE or ROSTER, a case or a person, the day."""

    scenario: str
    part: str
    code: str
    day: int


class Touched(NamedTuple):
    """What an edit does to days that are over: codes of cases and people, and the first of the days."""

    codes: tuple[str, ...]
    day: int

    def facts(self, horizon: Horizon, lang: str) -> dict[str, str | int]:
        """Give the facts of a sentence about it."""
        more = ", …" if len(self.codes) > _NAMED else ""
        first = written_day(horizon.date(self.day), lang)
        return {"codes": ", ".join(self.codes[:_NAMED]) + more, "day": first}


def over(study: Study, name: str) -> Over:
    """Give which days are over of what a scenario, or one that it stands on, has published."""
    told = [each.published for each in study.line(name) if each.published is not None]
    if not told:
        return Over()
    problem, plan = study.problem(name), study.scenario(name).plan
    until = max(0, min(facts(problem).as_of, problem.horizon.days))
    return Over(
        theatre=until if plan.sessions and any(each.sessions for each in told) else 0,
        roster=until if plan.days and any(each.days for each in told) else 0,
    )


def touched(study: Study, edit: Edit) -> Touched | None:
    """Give what an edit changes of days that are over; None: nothing, or it takes a plan that holds them.

    Raises:
        EditRefusedError: the edit cannot be done.
    """
    if _adopts(edit) or all(each.published is None for each in study.scenarios):
        return None
    found = [(row.code, row.day) for row in changed(study, edit.apply(study))]
    return told(found)


def told(rows: Iterable[tuple[str, int]]) -> Touched | None:
    """Give codes and days as what is told of them; None: there are none."""
    found = sorted(rows)
    if not found:
        return None
    return Touched(tuple(dict.fromkeys(code for code, _ in found)), min(day for _, day in found))


def changed(before: Study, after: Study) -> Iterator[Row]:
    """Give what was done on days that are over before and is another thing after.

    Either the plan says something else, or a case, session, person or shift of it has gone from the facts.
    """
    there = {each.name for each in after.scenarios}
    for name in (each.name for each in before.scenarios if each.name in there):
        until = over(before, name)
        if any(until):
            yield from _replanned(before, after, name, until)
            if not same_facts(before, after, name):
                yield from _taken(before, after, name, until)


def _replanned(before: Study, after: Study, name: str, until: Over) -> Iterator[Row]:
    """Give what the plan has otherwise than before."""
    moved = difference(before.scenario(name).plan, after.scenario(name).plan)
    known = {**facts(after.problem(name)).sessions, **facts(before.problem(name)).sessions}
    for placement in moved.placements:
        session = known.get(placement.session)
        if session is not None and session.day < until.theatre:
            yield Row(name, THEATRE, str(placement.case), session.day)
    for duty in moved.duties:
        if duty.day < until.roster:
            yield Row(name, ROSTER, str(duty.person), duty.day)


def _taken(before: Study, after: Study, name: str, until: Over) -> Iterator[Row]:
    """Give what the facts no longer have, or have on another day."""
    plan, old, new = (
        before.scenario(name).plan,
        facts(before.problem(name)),
        facts(after.problem(name)),
    )
    sessions = {id: each.day for id, each in old.sessions.items() if each.day < until.theatre}
    for placement in plan.placements:
        day = sessions.get(placement.session)
        if day is None or placement.case not in old.cases:
            continue
        now = new.sessions.get(placement.session)
        if now is None or now.day != day or placement.case not in new.cases:
            yield Row(name, THEATRE, str(placement.case), day)
    people, shifts = old.staff.keys() - new.staff.keys(), old.shifts.keys() - new.shifts.keys()
    if people or shifts:
        for duty in plan.duties:
            if duty.day < until.roster and (duty.person in people or duty.shift in shifts):
                yield Row(name, ROSTER, str(duty.person), duty.day)


def merged_away(sides: Iterable[Study], made: Study) -> Touched | None:
    """Give what was done on days that are over and a merge has otherwise; None: nothing.

    Where a day is over for one side alone, what that side has counts; where it is for both, either is true.
    """
    rows = [(side, frozenset(changed(side, made))) for side in sides]
    found = frozenset[Row]().union(*(each for _, each in rows))
    gone = (row for row in found if all(row in each or not _over(side, row) for side, each in rows))
    return told((row.code, row.day) for row in gone)


def _over(study: Study, row: Row) -> bool:
    """Tell whether the day of something is over in a study."""
    if all(each.name != row.scenario for each in study.scenarios):
        return False
    until = over(study, row.scenario)
    return row.day < (until.theatre if row.part == THEATRE else until.roster)


def refuse_past(study: Study, edit: Edit, lang: str) -> None:
    """Refuse an edit of days that are over and published.

    Raises:
        EditRefusedError: it is one, or it cannot be done at all.
    """
    found = touched(study, edit)
    if found is not None:
        raise EditRefusedError("past_over", **found.facts(study.base.horizon, lang))


def _adopts(edit: Edit) -> bool:
    """Tell whether an edit takes a plan as a whole: one that was computed holds the past already."""
    return any(isinstance(part, AdoptPlan) for part in _parts(edit))


def _parts(edit: Edit) -> Iterator[Edit]:
    if isinstance(edit, Together):
        for part in edit.edits:
            yield from _parts(part)
    else:
        yield edit
