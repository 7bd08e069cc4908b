"""A rough roster is polished by windows, and the lane keeps its own where that is better."""

from random import Random
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from solvers.roster import polish as polishing
from solvers.roster.polish import polish
from solvers.rows.lns import Operator, Shares, Step
from solvers.rows.weights import Cost


class Told:
    """Windows of 40 people that gain so often, and remember what they were asked."""

    people = range(40)

    def __init__(self, gains: int, *, proven: bool = True) -> None:
        self.gains, self.proven = gains, proven
        self.asked: list[tuple[int, int]] = []

    def improve(self, members: range, first: int, last: int, **_: Any) -> Step:
        self.asked.append((first, last))
        self.gains -= 1
        saved = Cost(0, 5 if self.gains >= 0 else 0)
        return Step(saved, 0.01, proven=self.proven, found=True)


def never() -> bool:
    return False


def test_a_roster_is_polished_until_a_pass_over_all_days_gains_nothing() -> None:
    windows = Told(1)
    polish(windows, 28, never)  # type: ignore[arg-type]
    assert windows.asked[0] == (0, 10)
    begins = [number for number, (first, _) in enumerate(windows.asked) if first == 0]
    assert len(begins) == 2
    for (first, last), (after, _) in zip(windows.asked, windows.asked[1:], strict=False):
        assert after == 0 or first < after < last
    assert [last for _, last in windows.asked].count(28) == 2


def test_windows_that_are_never_proven_get_shorter_and_polishing_ends() -> None:
    windows = Told(10**9, proven=False)
    polish(windows, 28, never)  # type: ignore[arg-type]
    assert windows.asked[-1] == (27, 28)


def test_polishing_stops_at_once() -> None:
    windows = Told(9)
    polish(windows, 28, lambda: True)  # type: ignore[arg-type]
    assert windows.asked == []


class Plan:
    """A search of four cells that costs the sum of its slots."""

    def __init__(self) -> None:
        self.compiled = SimpleNamespace(slot_cell=np.arange(40) % 4)
        self.state = SimpleNamespace(current=np.array([4, 1, 2, 3]), best=np.zeros(4, int))
        self.keep()

    @property
    def cost(self) -> Cost:
        return Cost(0, int(self.state.current.sum()))

    def put(self, cells: Any, slots: Any) -> None:
        self.state.current[cells] = slots

    def keep(self) -> None:
        self.state.best[:] = self.state.current
        self.best_cost = self.cost

    def back_to_best(self) -> None:
        self.state.current[:] = self.state.best


@pytest.mark.parametrize(("polished", "better"), [(0, True), (10, False), (20, False)])
def test_a_lane_keeps_its_roster_unless_the_polished_one_is_better(
    polished: int, better: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = Plan()

    def rub(*_: Any, **__: Any) -> None:
        search.put(0, 36)  # rough as it came
        search.put(0, polished - 6)
        search.keep()

    monkeypatch.setattr(polishing, "polish", rub)
    rough, windows = np.array([36, 1, 2, 3], np.int32), Told(0)
    assert polishing.smoothed(rough, search, windows, 4, never) is better  # type: ignore[arg-type]
    assert search.cost == search.best_cost == Cost(0, 0 if better else 10)


@pytest.mark.parametrize(("floor", "least"), [(0.3, 12), (0.0, 0)])
def test_one_way_that_gained_a_little_leaves_the_others_their_share(
    floor: float, least: int
) -> None:
    ways = [Operator(name, lambda _size, _draw: [], 10.0) for name in "abcd"]
    shares = Shares(ways, Random(1), floor=floor)
    for _ in ways:
        way = shares.next()
        shares.tell(way, 5.0 if way.name == "a" else 0.0, 1.0)
    times = dict.fromkeys("abcd", 0)
    for _ in range(200):
        way = shares.next()
        times[way.name] += 1
        shares.tell(way, 0.0, 1.0)
    assert min(times.values()) >= least
    assert (times["a"] == 200) is (floor == 0.0)
