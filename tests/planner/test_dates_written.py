"""Dates in words, by their week or in short: found where a problem knows the day, and nowhere else."""

import pytest
from demo_hospitals import generate

from planner.dates_written import dated_labels


@pytest.mark.parametrize(
    "text",
    [
        *("2026-W41", "S1-2026-W41", "2026S41", "semaine 41", "sem. 41", "week 41"),
        *("5 octobre 2026", "1er octobre", "lundi 5 oct.", "octobre", "octobre 2026"),
        *("Oct 5 2026", "October 5th, 2026", "05OCT2026", "2026-10", "10/2026"),
        *("261005", "051026", "5/10/26", "10-05-26", "1791158400"),
    ],
)
def test_a_known_day_is_found_in_words_by_its_week_and_in_short(text: str) -> None:
    assert dated_labels([text], generate("small")) == (text,)


@pytest.mark.parametrize(
    "text",
    [
        *("PTH", "MAR-1", "S41", "W12", "mai", "12/2025", "5 mai 2026", "P-0410", "40/60"),
        *("20 lits", "S1-2026-10-05", "9f261005ab261005", "991399"),
    ],
)
def test_other_labels_days_and_dates_that_move_are_none(text: str) -> None:
    assert dated_labels([text], generate("small")) == ()
