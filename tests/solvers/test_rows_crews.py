"""Who works with whom is read from the rows: teams, a float pool, and people who count nowhere."""

import numpy as np
import pytest

from solvers.rows.crews import crews_of, partners


def found(lines: int, *rows: set[int]) -> list[set[int]]:
    """Give the crews of some rows, each a set of the lines that count in it."""
    entries = [(number, line) for number, row in enumerate(rows) for line in sorted(row)]
    row, line = (np.array([each[i] for each in entries], np.int32) for i in (0, 1))
    return [set(crew.tolist()) for crew in crews_of(*partners(lines, len(rows), row, line))]


@pytest.mark.parametrize(
    ("rows", "crews"),
    [
        (({0, 1, 2, 3, 4},), [{0, 1, 2, 3, 4}]),
        (({0, 1}, {2, 3, 4}), [{0, 1}, {2, 3, 4}]),
        (({0, 1, 4}, {2, 3, 4}), [{0, 1, 4}, {2, 3, 4}]),  # 4 is the pool
        (({0, 1, 2}, {3, 4}, {2, 3}), [{0, 1, 2}, {3, 4}, {0, 1, 2, 3}, {2, 3, 4}]),
        (({0, 1}, {2, 3}), [{0, 1, 4}, {2, 3, 4}]),  # 4 counts nowhere
        (({0, 1, 2, 3, 4}, {0, 1}), [{0, 1, 2, 3, 4}]),
    ],
)
def test_crews_are_the_teams_each_with_those_it_shares(
    rows: tuple[set[int], ...], crews: list[set[int]]
) -> None:
    assert sorted(map(sorted, found(5, *rows))) == sorted(map(sorted, crews))


def test_whoever_counts_nowhere_works_with_everybody_and_with_herself() -> None:
    start, partner = partners(3, 1, np.array([0, 0], np.int32), np.array([0, 1], np.int32))
    assert [partner[start[i] : start[i + 1]].tolist() for i in range(3)] == [[0, 1, 2]] * 3
    start, partner = partners(3, 0, np.zeros(0, np.int32), np.zeros(0, np.int32))
    assert [partner[start[i] : start[i + 1]].tolist() for i in range(3)] == [[0, 1, 2]] * 3
