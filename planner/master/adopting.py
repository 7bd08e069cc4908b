"""New owners of templates as changes of a study: templates, the sessions made of them, and people."""

from collections.abc import Iterator
from dataclasses import replace

from planner.changes import Add, Change, Set
from planner.commands.need import need_changes
from planner.facts import facts
from planner.hospital import Session, SessionTemplate
from planner.master.cycle import sessions_of
from planner.master.expansion import expansion
from planner.master.grid import Owners
from planner.plain import to_plain
from planner.problem import Problem


def with_owners(problem: Problem, owners: Owners) -> tuple[SessionTemplate, ...]:
    """Give the templates of a problem with other owners."""
    return tuple(
        replace(each, owners=frozenset({owners[each.id]})) if each.id in owners else each
        for each in problem.templates
    )


def grid_changes(problem: Problem, owners: Owners) -> Iterator[Change]:
    """Give templates their new owners, then expand them: sessions to come follow their templates.

    A session that has another owner than its template had was given away by hand and stays.
    """
    after = with_owners(problem, owners)
    for before, now in zip(problem.templates, after, strict=True):
        if before.owners != now.owners:
            yield _set("template", before.id, before, now)
    days = range(max(0, facts(problem).as_of + 1), problem.horizon.days)
    moved = {session.id: session for session in _moved(problem, after, days)}
    for session in problem.sessions:
        if session.id in moved:
            yield _set("session", session.id, session, moved[session.id])
    added = expansion(problem, days, after).added
    for session in added:
        record = tuple(to_plain(session, problem.horizon).items())
        yield Add(kind="session", id=session.id, record=record)
    sessions = (*(moved.get(each.id, each) for each in problem.sessions), *added)
    yield from need_changes(problem, sessions)


def _moved(problem: Problem, after: tuple[SessionTemplate, ...], days: range) -> Iterator[Session]:
    there = {session.id: session for session in problem.sessions}
    before = {each.id: each for each in problem.templates}
    for template, made in sessions_of(after, problem.horizon, problem.noon):
        session, was = there.get(made.id), before[template.id]
        if session is None or session.day not in days or was.owners == template.owners:
            continue
        if session.owners == was.owners and session.surgeon is None:
            yield replace(session, owners=template.owners)


def _set(
    kind: str, id: str, before: Session | SessionTemplate, now: Session | SessionTemplate
) -> Set:
    expected, value = sorted(before.owners), sorted(now.owners)
    return Set(kind=kind, id=id, field="owners", expected=expected, value=value)
