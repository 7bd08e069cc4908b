"""How often a roster is annealed hot: once where time is short for its size, else several times."""

import pytest

from solvers.roster.lane import WARM
from solvers.roster.pipeline import restarts


def counted(enough: float, hottest: float = 1.0) -> tuple[int, float]:
    """Give the number of hot annealings and the share of each."""
    hot = [share for share, warmth in restarts(enough, hottest) if warmth > WARM]
    assert hot == [hot[0]] * len(hot)
    return len(hot), hot[0]


@pytest.mark.parametrize("enough", [3.0, 1.0, 0.45, 0.4, 0.26, 0.2, 0.001])
def test_all_of_the_annealing_is_shared_out_and_ends_warm(enough: float) -> None:
    shares, warmths = zip(*restarts(enough, 1.0), strict=True)
    assert sum(shares) == pytest.approx(1.0)
    assert warmths[-1] == WARM
    assert min(shares) > 0


@pytest.mark.parametrize(
    ("enough", "count"), [(3.0, 1), (0.45, 1), (0.39, 2), (0.26, 3), (0.01, 4)]
)
def test_a_hot_annealing_is_repeated_only_where_each_is_long_enough(
    enough: float, count: int
) -> None:
    times, share = counted(enough)
    assert times == count
    assert times == 1 or share >= enough


def test_a_plan_at_hand_is_never_annealed_hotter_than_it_may_be() -> None:
    assert max(warmth for _, warmth in restarts(0.01, 0.15)) == 0.15


def test_with_too_few_tries_there_is_one_cooling_from_a_warmth_that_they_can_cool() -> None:
    assert list(restarts(1e6, 1.0)) == [(1.0, WARM)]
    ((share, first),) = restarts(5.0, 1.0)
    assert share == 1.0
    assert WARM < first < 0.5
    assert next(restarts(5.0, 0.05)) == (1.0, 0.05)


@pytest.mark.parametrize("enough", [(0.4, 1.0, 2.0, 3.0), (5.0, 8.0, 20.0)])
def test_the_fewer_tries_the_cooler_it_begins(enough: tuple[float, ...]) -> None:
    first = [next(restarts(each, 1.0))[1] for each in enough]
    assert first == sorted(first, reverse=True)
    assert len(set(first)) > 1
