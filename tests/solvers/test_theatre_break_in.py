"""Moments at which an emergency can come in (T30): what the model sees of them while cases move."""

import dataclasses

import numpy as np
from theatre_day import case, house, plan
from theatre_small import programme_of

from planner.problem import Problem
from planner.rules import catalogue
from solvers.cpsat import Limits
from solvers.theatre.sequence import TimedModel


def two_rooms(*minutes: int) -> Problem:
    """Two theatres from 8:00 to 15:00 with a surgeon each, and cases of some minutes."""
    base = house()
    where = (("A", "S1"), ("B", "S2"))
    like, surgeon = base.sessions[0], base.surgeons[0]
    return dataclasses.replace(
        base,
        sessions=tuple(
            dataclasses.replace(like, id=id, theatre=theatre, end=900) for id, theatre in where
        ),
        surgeons=tuple(dataclasses.replace(surgeon, id=id) for id in ("X1", "X2")),
        cases=tuple(case(f"K{k}", mean=each, due=200) for k, each in enumerate(minutes, 1)),
        rules=(*base.rules, catalogue()["break_in"](id="gap", tier=2, weight=20, most=45)),
    )


def test_a_day_that_ends_sooner_pays_for_no_gap_after_its_end() -> None:
    """Three cases one after the other in a theatre: in two theatres their ends lie closer.

    An hour lies between the first start and the first end, 15 minutes more than there may.
    """
    problem = two_rooms(60, 60, 60)
    programme = programme_of(problem, plan(("K1", "A", 480), ("K2", "A", 645), ("K3", "A", 810)))
    every = np.ones(programme.ground.compiled.slots, bool)
    model = TimedModel(programme, np.arange(3, dtype=np.int32), every)
    assert programme.judged().total == model.before == 20 * (15 + 120 + 120)
    answer = model.solve(Limits(deterministic=1.0))
    programme.put(model.sub.cells, *model.answer(answer.solver.value))
    assert answer.proven
    assert answer.objective == programme.judged().total == 20 * 15
    assert programme.judged().hard == 0
    assert len(list(programme.plan().placements)) == 3
