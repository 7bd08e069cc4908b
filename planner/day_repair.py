"""Answers to an event of the day: plans that mend it, what each costs, and the edit that adopts one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from planner.amending import Amend
from planner.cases import CaseId
from planner.day_struck import Struck
from planner.edits import AdoptPlan
from planner.hand_edits import Together, placed, without
from planner.plan import Placement, Plan, unshared
from planner.score import Judged, Score
from planner.study import Study

REACHES = ("nothing", "session", "specialty", "day")
"""How far an answer has looked: nobody moves, the sessions that are hit, a specialty, the whole day."""


class Move(NamedTuple):
    """A case that is placed differently; None: it waits."""

    case: CaseId
    before: Placement | None
    after: Placement | None

    @property
    def given(self) -> bool:
        """Whether all that changes is the surgeon."""
        if self.before is None or self.after is None:
            return False
        return self.before == self.after._replace(surgeon=self.before.surgeon)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A plan for the rest of the day: the moves against the plan in which nobody does anything.

    `score` is the audit's of the cases of the day and those that may come in, `new` are the breaches
    that the plan before the event did not have, `unrest` prices what is asked of patients and staff.
    """

    reach: str
    moves: tuple[Move, ...] = ()
    score: Score = Score()
    new: tuple[Judged, ...] = ()
    unrest: int = 0

    @property
    def cost(self) -> int:
        """What answers are compared by, after hard breaches: the soft score and the unrest."""
        return sum(self.score.tiers) + self.unrest

    @property
    def key(self) -> tuple[int, int]:
        """What to order answers by: less is better, hard breaches first."""
        return self.score.hard, self.cost

    @property
    def bumped(self) -> tuple[CaseId, ...]:
        """The cases that are not operated on the day after all."""
        return tuple(each.case for each in self.moves if each.after is None)

    @property
    def added(self) -> tuple[CaseId, ...]:
        """The cases that come in."""
        return tuple(each.case for each in self.moves if each.before is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """The answers to an event, the best first; that nobody does anything is always among them."""

    struck: Struck
    answers: tuple[Answer, ...]
    seconds: float = 0.0

    @property
    def nothing(self) -> Answer:
        """The answer in which nobody moves."""
        return next(each for each in self.answers if each.reach == "nothing")


def moved(before: Plan, after: Plan) -> tuple[Move, ...]:
    """Give the cases that two plans place differently, in the order of their ids."""
    old, new = unshared(before.sessions, after.sessions)
    was = {each.case: each for partition in old for each in partition}
    now = {each.case: each for partition in new for each in partition}
    cases = sorted(case for case in was.keys() | now.keys() if was.get(case) != now.get(case))
    return tuple(Move(case, was.get(case), now.get(case)) for case in cases)


def made(plan: Plan, moves: Iterable[Move]) -> Plan:
    """Give a plan after some moves; untouched sessions are shared."""
    moves = tuple(moves)
    plan = without(plan, frozenset(str(each.case) for each in moves))
    for each in moves:
        if each.after is not None:
            plan = placed(plan, each.after)
    return plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair(Together):
    """What happened and what is done about it, as one edit: `event` as it is typed, `at` when."""

    event: str
    at: str

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        scenario, *_ = sorted(self.touched)
        return "edit_repair", {"event": self.event, "at": self.at, "scenario": scenario}


def adopting(study: Study, scenario: str, struck: Struck, answer: Answer, at: str) -> Repair:
    """Give the edit that takes an event into a scenario, and an answer to it as its plan.

    A plan that was out of date before stays so: the event is not what it was made for either.
    """
    here = study.scenario(scenario)
    plan = made(struck.plan, answer.moves)
    made_for = here.made_for if study.stale(scenario) else None
    return Repair(
        edits=(
            Amend(scenario=scenario, group=struck.group),
            AdoptPlan(scenario=scenario, plan=plan, made_for=made_for),
        ),
        event=struck.event.words,
        at=at,
    )
