"""Letters of shifts for narrow cells: each its own, whatever the shifts are called."""

from random import Random

import pytest

from planner.boards.codes import initial, letters


@pytest.mark.parametrize(
    ("ids", "found"),
    [
        ("M S N", "M S N"),
        ("J9 J10", "J 1"),
        ("J10 J9", "J 9"),
        ("N10 N12", "N 2"),
        ("N12 N10 N", "1 0 N"),  # the one that is a letter has it
        ("M J9 J10 S D12 N12", "M J 1 S D N"),
        ("12H 8H 12J", "12 8H J"),
        ("AA A AAA", "a A"),
        ("JOUR JOURNEE", "J N"),
    ],
)
def test_shifts_that_begin_alike_have_another_letter(ids: str, found: str) -> None:
    made = letters(ids.split())
    assert list(made) == ids.split()
    assert list(made.values())[: len(found.split())] == found.split()


def test_no_two_shifts_have_one_letter() -> None:
    draw = Random(3)
    for _ in range(300):
        ids = {"".join(draw.choices("JN1290", k=draw.randint(1, 4))) for _ in range(12)}
        made = letters(sorted(ids))
        assert len(set(made.values())) == len(ids)
        short = [made[id] for id in ids]
        assert max(map(len, short)) <= 2
        assert all(made[id] == id for id in ids if id == initial(id) and len(id) == 1)
