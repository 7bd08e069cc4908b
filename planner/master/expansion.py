"""What becomes of the templates of a study on its dates: sessions to add, and those that are there."""

from collections import defaultdict
from collections.abc import Container
from typing import NamedTuple

from planner.hospital import Session, SessionTemplate
from planner.master.cycle import dates, overlap, sessions_of
from planner.problem import Problem


class Expansion(NamedTuple):
    """Templates laid over the days of a study.

    `added` are sessions that the study has not; `same` are there as their templates say, `different`
    are there otherwise, each as (there, as the template says). `blocked` have no place, as another
    session holds their theatre. `holidays` counts those that fall on a holiday.
    """

    added: tuple[Session, ...]
    same: tuple[Session, ...]
    different: tuple[tuple[Session, Session], ...]
    blocked: tuple[Session, ...]
    holidays: int


def expansion(
    problem: Problem,
    days: Container[int] | None = None,
    templates: tuple[SessionTemplate, ...] | None = None,
) -> Expansion:
    """Lay the templates of a problem, or others, over its days, or some of them."""
    wanted = range(problem.horizon.days) if days is None else days
    chosen = problem.templates if templates is None else templates
    holidays = {holiday.day for holiday in problem.holidays}
    there = {session.id: session for session in problem.sessions}
    on: dict[int, list[Session]] = defaultdict(list)
    for session in problem.sessions:
        on[session.day].append(session)
    added: list[Session] = []
    same: list[Session] = []
    different: list[tuple[Session, Session]] = []
    blocked: list[Session] = []
    for _, session in sessions_of(chosen, problem.horizon, problem.noon, holidays):
        if session.day not in wanted:
            continue
        known = there.get(session.id)
        if known is not None:
            if known == session:
                same.append(known)
            else:
                different.append((known, session))
        elif any(overlap(session, other) for other in on[session.day]):
            blocked.append(session)
        else:
            added.append(session)
            on[session.day].append(session)
    skipped = sum(
        day in holidays and day in wanted
        for template in chosen
        for day in dates(template, problem.horizon)
    )
    return Expansion(tuple(added), tuple(same), tuple(different), tuple(blocked), skipped)
