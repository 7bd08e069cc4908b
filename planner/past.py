"""The past of a published plan: what was done on days that are over is recorded, never planned anew."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from planner.changes import Add
from planner.clock import Horizon
from planner.edits import AdoptPlan, Edit, EditRefusedError, Record
from planner.facts import facts
from planner.hand_edits import Assign, Place, TakeOut, Together
from planner.live import difference
from planner.study import Study
from planner.words import day as written_day

_NAMED: Final = 8
"""Codes that a sentence names."""


class Over(NamedTuple):
    """The days that are over of what was published: all before this one, 0 where none is."""

    theatre: int = 0
    roster: int = 0


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
    problem, plan = study.problem(name), study.scenario(name).plan
    until = max(0, min(facts(problem).as_of, problem.horizon.days))
    told = [each.published for each in study.line(name) if each.published is not None]
    return Over(
        theatre=until if plan.sessions and any(each.sessions for each in told) else 0,
        roster=until if plan.days and any(each.days for each in told) else 0,
    )


def touched(study: Study, edit: Edit) -> Touched | None:
    """Give what an edit changes by hand of days that are over; None: nothing, or it records what happened.

    A day's event and a call-out record what happened: they come with facts of their own.

    Raises:
        EditRefusedError: the edit cannot be done.
    """
    if not _by_hand(edit):
        return None
    after, codes, days = edit.apply(study), set[str](), list[int]()
    there = {each.name for each in after.scenarios}
    for name in sorted(edit.touched & there):
        until = over(study, name)
        if not any(until):
            continue
        moved = difference(study.scenario(name).plan, after.scenario(name).plan)
        known = facts(study.problem(name)).sessions
        for placement in moved.placements:
            session = known.get(placement.session)
            if session is not None and session.day < until.theatre:
                codes.add(str(placement.case))
                days.append(session.day)
        for duty in moved.duties:
            if duty.day < until.roster:
                codes.add(str(duty.person))
                days.append(duty.day)
    return Touched(tuple(sorted(codes)), min(days)) if days else None


def refuse_past(study: Study, edit: Edit, lang: str) -> None:
    """Refuse an edit by hand of days that are over and published.

    Raises:
        EditRefusedError: it is one, or it cannot be done at all.
    """
    found = touched(study, edit)
    if found is not None:
        raise EditRefusedError("past_over", **found.facts(study.base.horizon, lang))


def _by_hand(edit: Edit) -> bool:
    parts = [*_parts(edit)]
    recorded = any(
        isinstance(part, AdoptPlan)
        or (isinstance(part, Record) and any(isinstance(one, Add) for one in part.group.changes))
        for part in parts
    )
    return not recorded and any(isinstance(part, Place | TakeOut | Assign) for part in parts)


def _parts(edit: Edit) -> Iterator[Edit]:
    if isinstance(edit, Together):
        for part in edit.edits:
            yield from _parts(part)
    else:
        yield edit
