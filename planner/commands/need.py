"""How a change of sessions changes the cover asked for."""

from collections.abc import Iterable, Iterator, Sequence

from planner.changes import Add, Adjust, Change, ChangeSet, apply
from planner.demand import deltas
from planner.hospital import Session
from planner.plain import to_plain
from planner.problem import Problem


def following(problem: Problem, changes: Sequence[Change]) -> tuple[Change, ...]:
    """Give the changes of cover that follow changes typed one by one, as those of commands do.

    Without them a session that is taken away and comes back with a command would be staffed twice.
    Nothing follows where cover is changed by hand as well.
    """
    if all(change.kind != "session" for change in changes):
        return ()
    if any(change.kind == "cover" for change in changes):
        return ()
    after, _ = apply(problem, (ChangeSet(name="", changes=tuple(changes)),))
    theatres = {theatre.id for theatre in problem.theatres}
    if any(session.theatre not in theatres for session in after.sessions):
        return ()  # such changes are refused
    return tuple(need_changes(problem, after.sessions))


def need_changes(problem: Problem, sessions: Iterable[Session]) -> Iterator[Change]:
    """Change the people needed as the demand of these sessions asks, instead of those there are."""
    for delta in deltas(problem, sessions):
        need = delta.cover
        if delta.new:
            yield Add(
                kind="cover", id=need.id, record=tuple(to_plain(need, problem.horizon).items())
            )
        yield Adjust(kind="cover", id=need.id, field="least", delta=delta.people)
        if delta.wished:
            yield Adjust(kind="cover", id=need.id, field="best", delta=delta.people)
        if need.most is not None:
            yield Adjust(kind="cover", id=need.id, field="most", delta=delta.people)
