"""A stop: what the search is at is left at once, and nothing is audited again for the answer."""

import dataclasses
from collections.abc import Callable
from threading import RLock
from typing import Any

import pytest
from demo_hospitals import generate
from theatre_small import judged, programme_of, rules_of, shown, small

from planner import score as scoring
from planner.plan import Plan
from planner.runs import Budget, Event, Finished, Improved, Phase, SolveRequest, SolveResult
from planner.score import added, judge
from solvers import desk as desks
from solvers import engine
from solvers.engine import solve
from solvers.rows.compile import StoppedError
from solvers.rows.weights import JUDGED, weigh
from solvers.theatre.bound import LowerBound
from solvers.theatre.bound_work import BoundWork


class Sign:
    """A sign to stop, given by what is heard of a run."""

    def __init__(self, wanted: Callable[[list[Event]], bool]) -> None:
        self.wanted = wanted
        self.events: list[Event] = []
        self.given = False

    def __call__(self) -> bool:
        """Tell whether it is given."""
        self.given = self.given or self.wanted(self.events)
        return self.given


def stopped(wanted: Callable[[list[Event]], bool], **request: Any) -> tuple[SolveResult, Sign]:
    """Solve the small hospital until events ask for the end."""
    sign = Sign(wanted)
    request.setdefault("problem", small())
    asked = SolveRequest(budget=Budget(effort=0.2), **request)
    return solve(asked, sign.events.append, sign), sign


def begun(phase: str, plans: int = 1) -> Callable[[list[Event]], bool]:
    """Tell whether a phase has begun, and so many plans have been shown since."""

    def tell(events: list[Event]) -> bool:
        names = [event.name if isinstance(event, Phase) else "" for event in events]
        since = events[names.index(phase) :] if phase in names else []
        return sum(isinstance(event, Improved) for event in since) >= plans

    return tell


@pytest.mark.parametrize(
    ("phase", "plans"), [("greedy", 1), ("build", 0), ("annealing", 0), ("sequencing", 1)]
)
def test_nothing_is_audited_after_the_sign(
    phase: str, plans: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer is the plan shown last, with the score that it was shown with."""
    audits: list[bool] = []
    sign: list[Sign] = []

    def counted(*given: Any, **named: Any) -> Any:
        audits.append(bool(sign) and sign[0].given)
        return scoring.judge(*given, **named)

    monkeypatch.setattr(desks, "judge", counted)
    monkeypatch.setattr(engine, "judge", counted)
    sign.append(Sign(begun(phase, plans)))
    request = SolveRequest(problem=small(), parts=("theatre",), budget=Budget(effort=0.2))
    result = solve(request, sign[0].events.append, sign[0])
    assert audits
    assert not any(audits), "somebody waits for the end"
    last = shown(sign[0].events)[-1]
    assert result.status == "stopped"
    assert (result.plan, result.score) == (last.plan, last.score)
    assert result.score == judged(small(), result.plan).score


def test_a_part_that_has_not_begun_at_the_sign_is_left_and_the_other_one_kept() -> None:
    problem = generate("small", 1)
    wanted = begun("annealing", 1)
    result, sign = stopped(wanted, problem=problem)
    assert result.status == "stopped"
    assert set(result.parts) == {"theatre"}
    phases = [(event.part, event.name) for event in sign.events if isinstance(event, Phase)]
    assert ("roster", "build") not in phases
    assert result.plan.sessions
    assert result.score == judge(problem, result.plan).score, "the roster at hand counts in it"
    assert isinstance(sign.events[-1], Finished)


def test_scores_of_parts_add_up_to_that_of_the_whole() -> None:
    problem = generate("small", 1)
    for order in ("weighted", "strict"):
        ordered = dataclasses.replace(problem, order=order)
        parts = [judge(ordered, Plan(), parts=(part,)).score for part in ("theatre", "roster")]
        assert all(score.key > (0,) for score in parts)
        assert added(parts) == judge(ordered, Plan()).score


def test_a_bound_can_be_left_while_it_is_made() -> None:
    """Glances come in every step of its making, so that none is waited for."""
    programme = programme_of(small(), Plan())
    ground, rules = programme.ground, rules_of(small())
    weights = weigh(ground.compiled, kinds=JUDGED)
    looks = 0

    def until(last: int) -> Callable[[], None]:
        def glance() -> None:
            nonlocal looks
            looks += 1
            if looks > last:
                raise StoppedError

        return glance

    made = LowerBound(ground.space, ground.compiled, weights, rules, glance=until(10**9))
    assert looks > len(small().sessions), "in loops over sessions and surgeons too"
    for last in range(0, looks, 7):
        looks = 0
        with pytest.raises(StoppedError):
            LowerBound(ground.space, ground.compiled, weights, rules, glance=until(last))
    assert made.value >= 0


def test_a_stop_while_a_bound_is_made_leaves_the_run_without_one() -> None:
    programme = programme_of(small(), Plan())
    desk = programme.ground.desk
    asked: list[int] = []

    def should_stop() -> bool:
        asked.append(1)
        return len(asked) > 5

    desk.should_stop = should_stop
    BoundWork(programme.ground, rules_of(small())).go_on(programme.slots, RLock())
    assert desk.bound is None
    assert len(asked) == 6, "it was left at the first look after the sign"
