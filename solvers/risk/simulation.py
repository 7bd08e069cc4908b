"""Ten thousand times the same plan: cases last as they happen to, and what is late makes others late.

A case begins at the latest of its planned start, the end of the case before in its theatre and the
turnover, and the end of the case before of each of its surgeons. Nobody starts early. Turnovers last
as planned. A case lasts `pace` per cent of a shifted lognormal whose mean and deviation are those of
the case: planned minutes are that mean, rounded up to the grid, so a plan has a little in hand.

Each case has luck of its own, drawn from the seed and its id: two plans of one study are compared
under the same luck, in whatever order their cases come.
"""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from planner.cases import Duration
from planner.forecast import (
    REPLICATIONS,
    SEED,
    DayForecast,
    Forecast,
    SessionForecast,
    Step,
    course,
    digest,
)
from planner.hospital import SessionId, TheatreId
from planner.theatre_view import TheatreView

Minutes: TypeAlias = NDArray[np.float64]
LATEST: Final = 99_999
"""Minutes after midnight at which whatever ends later is said to end."""


def simulate(
    view: TheatreView,
    *,
    replications: int = REPLICATIONS,
    seed: int = SEED,
    should_stop: Callable[[], bool] = lambda: False,
) -> Forecast | None:
    """Simulate all days of a plan, one after the other; None where it was stopped."""
    late = np.zeros(replications)
    days = []
    for day in sorted(view.facts.sessions_on):
        if should_stop():
            return None
        steps = course(view, day)
        if steps:
            ends = replay(steps, replications, seed)
            days.append(DayForecast(day, digest(steps), summed(steps, ends, late)))
    high = _within(np.sort(late), 0.9)
    return Forecast(days=tuple(days), high=high, replications=replications, seed=seed)


def replay(steps: Sequence[Step], replications: int, seed: int) -> dict[SessionId, Minutes]:
    """Give the ends of the sessions of a day in every replication, in minutes after midnight."""
    rooms: dict[TheatreId, Minutes] = {}
    people: dict[str, Minutes] = {}
    ends: dict[SessionId, Minutes] = {}
    for step in steps:
        begin: Minutes = np.full(replications, float(step.start))
        if step.theatre in rooms:
            np.maximum(begin, rooms[step.theatre] + step.turnover, out=begin)
        for person, opening, _ in step.people:
            if person in people:
                np.maximum(begin, people[person] - opening, out=begin)
        end = begin + lasting(step, replications, seed)
        for person, opening, closing in step.people:
            # of two theatres: she is needed from the opening on, until the closing begins
            away = opening or closing
            people[person] = np.maximum(begin + opening, end - closing) if away else end
        rooms[step.theatre] = ends[step.session] = end
    return ends


def lasting(step: Step, replications: int, seed: int) -> NDArray[np.float32] | float:
    """Draw how long a case lasts; without a deviation it is the mean every time.

    A shift that is not below the mean cannot be: then the distribution begins at 0. Single precision
    is good for a thousandth of a minute, in a quarter of the time.
    """
    pace = step.pace / 100
    if step.deviation == 0:
        return step.mean * pace
    shift = step.shift if step.shift < step.mean else 0
    drawn = Duration(mean=step.mean, deviation=step.deviation, shift=shift)
    minutes = luck(step.case, replications, seed)
    minutes *= drawn.sigma
    minutes += drawn.mu
    np.exp(minutes, out=minutes)
    minutes += shift
    minutes *= pace
    return minutes


def luck(case: str, replications: int, seed: int) -> NDArray[np.float32]:
    """Draw the standard normal numbers of a case: the same in every plan, process and order."""
    key = blake2b(f"{seed}:{case}".encode(), digest_size=16).digest()
    source = np.random.Generator(np.random.SFC64(int.from_bytes(key, "little")))
    return source.standard_normal(replications, dtype=np.float32)


def summed(
    steps: Sequence[Step], ends: dict[SessionId, Minutes], late: Minutes
) -> tuple[SessionForecast, ...]:
    """Give the figures of a day's sessions, and add their overtime to `late`, replication by replication."""
    limits = {step.session: (step.end, step.overtime) for step in steps}
    found = []
    for session in sorted(ends):
        end, allowed = limits[session]
        beyond = np.maximum(ends[session] - end, 0.0)
        late += beyond
        ordered = np.sort(ends[session])
        found.append(
            SessionForecast(
                session,
                late=_share_above(ordered, end),
                over=_share_above(ordered, end + allowed),
                overtime=min(round(float(beyond.mean())), LATEST),
                half=min(_within(ordered, 0.5), LATEST),
                most=min(_within(ordered, 0.8), LATEST),
                nearly=min(_within(ordered, 0.95), LATEST),
            )
        )
    return tuple(found)


def _share_above(ordered: Minutes, limit: int) -> int:
    """Give per mille of numbers in order that are above a limit."""
    above = len(ordered) - int(np.searchsorted(ordered, limit, side="right"))
    return round(1000 * above / len(ordered))


def _within(ordered: Minutes, share: float) -> int:
    """Give the whole minute within which a share of numbers in order lies."""
    place = min(len(ordered), int(np.ceil(share * len(ordered) - 1e-9))) - 1
    return int(np.ceil(ordered[place] - 1e-6))
