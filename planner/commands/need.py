"""How a change of sessions changes the cover asked for."""

from collections.abc import Iterable, Iterator

from planner.changes import Add, Adjust, Change
from planner.demand import deltas
from planner.hospital import Session
from planner.plain import to_plain
from planner.problem import Problem


def need_changes(problem: Problem, sessions: Iterable[Session]) -> Iterator[Change]:
    """Change the people needed as the demand of these sessions asks, instead of those there are."""
    for delta in deltas(problem, sessions):
        need = delta.cover
        if delta.new:
            yield Add(
                kind="cover", id=need.id, record=tuple(to_plain(need, problem.horizon).items())
            )
        yield Adjust(kind="cover", id=need.id, field="least", delta=delta.people)
        if need.best or delta.new:
            yield Adjust(kind="cover", id=need.id, field="best", delta=delta.people)
        if need.most is not None:
            yield Adjust(kind="cover", id=need.id, field="most", delta=delta.people)
