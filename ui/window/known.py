"""The outcomes of an open study that were worked out last, so that nobody audits a plan again."""

from collections.abc import Iterator
from typing import Final

from data.audits import Audits
from planner.kpis.contract import Outcome
from planner.live import again, few
from planner.plan import Plan
from planner.problem import Problem
from planner.retuning import retuned
from planner.rules.contract import Waiver
from planner.study import Scenario, Study
from planner.view import TheatreView

_KEPT: Final = 8


class Known:
    """Outcomes by facts, plan and what is accepted; those of other processes are found in `audits`."""

    def __init__(self, audits: Audits) -> None:
        self.audits = audits
        self._outcomes: list[tuple[Problem, Plan, tuple[Waiver, ...], Outcome]] = []

    def outcome(self, study: Study, scenario: Scenario, plan: Plan) -> Outcome:
        """Give the outcome of a scenario with its plan or another one; it is audited when asked."""
        problem, waivers = study.problem(scenario.name), study.waivers(scenario.name)
        own = plan is scenario.plan  # that of a run comes with a forecast of its own, or none
        for place, (known, made, forgiven, outcome) in enumerate(self._outcomes):
            if known is problem and made is plan and forgiven == waivers:
                if own and outcome.forecast != scenario.forecast:
                    continue
                self._outcomes.insert(0, self._outcomes.pop(place))
                return outcome
        outcome = self._told_by_known(problem, plan, waivers)
        outcome.forecast = scenario.forecast
        self.audits.recall(outcome)
        self.know(outcome)
        return outcome

    def know(self, outcome: Outcome) -> None:
        """Keep an outcome that was audited already, so that nobody audits it again."""
        waivers = tuple(outcome.waivers)
        self._outcomes.insert(0, (outcome.problem, outcome.plan, waivers, outcome))
        del self._outcomes[_KEPT:]

    def own(self, study: Study) -> Iterator[Outcome]:
        """Give the known outcomes of the scenarios' own plans."""
        plans = [scenario.plan for scenario in study.scenarios]
        for *_, outcome in self._outcomes:
            if any(outcome.plan is plan for plan in plans):
                yield outcome

    def _told_by_known(self, problem: Problem, plan: Plan, waivers: tuple[Waiver, ...]) -> Outcome:
        """Judge by what differs from a known outcome in few placements, or in rules alone.

        One that is being audited is no help: whoever judges by it waits for its whole audit.
        """
        there = [outcome for *_, outcome in self._outcomes if not outcome.waits]
        for known in there:
            if known.problem is problem and few(known.plan, plan):
                return again(known, plan, waivers)
        for known in there:
            found = retuned(known, problem, plan, waivers)
            if found is not None:
                return found
        found = Outcome(problem, plan, waivers)
        viewed = [known for *_, known in self._outcomes if "theatre" in known.__dict__]
        like = next((known for known in viewed if known.plan is plan), *viewed[:1] or (None,))
        if like is not None:  # a what-if changes few facts: the other sessions are as they were
            found.theatre = TheatreView(problem, plan, like=like.theatre)
        return found
