"""Budgets: shares of what is left, and more time granted while a run is on."""

import pytest

from planner.runs import Budget
from solvers.budget import Meter, allow


class Clock(Meter):
    """A meter that shows what it is told."""

    now = 0.0

    @property
    def seconds(self) -> float:
        return self.now

    @property
    def cpu_seconds(self) -> float:
        return self.now


@pytest.mark.parametrize("budget", [Budget(seconds=60.0), Budget(cpu_seconds=60.0)])
def test_what_is_granted_while_a_run_is_on_is_shared_as_its_budget_is(budget: Budget) -> None:
    meter, granted = Clock(), [0.0]
    whole = allow(budget, meter, lambda: granted[0])
    theatre = whole.share(0.6)
    piece = theatre.share(0.5)
    assert (whole.left(), theatre.left(), piece.left()) == (60.0, 36.0, 18.0)
    Clock.now = 10.0
    granted[0] = 60.0
    assert (whole.left(), theatre.left(), piece.left()) == (110.0, 62.0, 26.0)
    Clock.now = 72.0
    assert theatre.over()
    roster = whole.share(1.0)
    assert roster.left() == 48.0  # what was granted before it began is counted once
    granted[0] = 70.0
    assert roster.left() == 58.0
    Clock.now = 0.0


def test_an_effort_is_not_a_matter_of_time() -> None:
    whole = allow(Budget(effort=3), Meter(), lambda: 60.0)
    assert whole.share(0.5).effort == 1.5
    assert not whole.over()
