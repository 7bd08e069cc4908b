"""Surgeons of two theatres, second surgeons and theatres side by side, laid over a drawn week.

Drawn apart from all else, so that the week itself is the same with and without them.
"""

from dataclasses import replace
from itertools import combinations
from random import Random

from planner.cases import Case, Procedure, Surgeon
from planner.hospital import Theatre
from planner.problem import Problem


def with_hands(rng: Random, problem: Problem) -> Problem:
    """Let some surgeons work in two theatres, and some cases need a second surgeon."""
    own = Random(hash(rng.getstate()[1][:8]))
    two, second = own.random() < 0.6, own.random() < 0.6
    return replace(
        problem,
        theatres=_beside(own, problem.theatres),
        procedures=tuple(_parts(own, each) for each in problem.procedures),
        surgeons=tuple(_rooms(own, each, 0.6 if two else 0.0) for each in problem.surgeons),
        cases=tuple(
            _partners(own, each, problem.surgeons, 0.4 if second else 0.0) for each in problem.cases
        ),
    )


def in_two(surgeons: tuple[Surgeon, ...]) -> tuple[Surgeon, ...]:
    """Let all surgeons work in two theatres."""
    return tuple(replace(surgeon, rooms=2) for surgeon in surgeons)


def _beside(own: Random, theatres: tuple[Theatre, ...]) -> tuple[Theatre, ...]:
    """Say of some pairs that they lie side by side, once or twice."""
    found = {theatre.id: set(theatre.beside) for theatre in theatres}
    for one, other in combinations(found, 2):
        if own.random() < 0.45:
            found[one].add(other)
            if own.random() < 0.5:
                found[other].add(one)
    return tuple(replace(each, beside=frozenset(found[each.id])) for each in theatres)


def _parts(own: Random, procedure: Procedure) -> Procedure:
    parts = (0, 10, 15, 22, 40)
    return replace(procedure, opening=own.choice(parts), closing=own.choice(parts))


def _rooms(own: Random, surgeon: Surgeon, chance: float) -> Surgeon:
    return replace(surgeon, rooms=2 if own.random() < chance else 1)


def _partners(own: Random, case: Case, surgeons: tuple[Surgeon, ...], chance: float) -> Case:
    if case.unattended or own.random() >= chance:
        return case
    names = [surgeon.id for surgeon in surgeons]
    return replace(case, partners=frozenset(own.sample(names, own.choice((1, 1, 1, 2)))))
