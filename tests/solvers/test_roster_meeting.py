"""Better rosters are audited at a bounded price; one that has to be told at once costs the next nothing."""

from typing import Any

import numpy as np
import pytest

from solvers.budget import Allowance, Meter
from solvers.roster import meeting
from solvers.rows.weights import Cost


class Clock:
    """Both clocks of a process; every audit takes a second."""

    now = 10.0

    def process_time(self) -> float:
        return self.now

    thread_time = process_time


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(meeting, "time", made)
    return made


def test_an_audit_that_had_to_be_is_not_waited_for_and_others_are(clock: Clock) -> None:
    told: list[int] = []

    def tell(codes: Any) -> bool:
        clock.now += 1.0
        told.append(int(codes[0]))
        return True

    nobody: Any = None
    place = meeting.Meeting(nobody, Allowance(Meter(), until=100.0), tell)
    place.bring(Cost(0, 9), np.array([9]), surely=True)
    place.bring(Cost(0, 8), np.array([8]))
    assert told == [9, 8]
    place.bring(Cost(0, 7), np.array([7]))
    assert told == [9, 8]  # a second of two is spent
    clock.now += 30.0
    place.bring(Cost(0, 7), np.array([7]))
    assert told == [9, 8, 7]
    place.bring(Cost(0, 8), np.array([8]))
    assert told == [9, 8, 7]
