"""Weekdays are numbers or words in everything that people write: rules, changes, cells, commands."""

import datetime as dt

import pytest

from data.csv.readers import reader
from planner.clock import Horizon
from planner.fields import specs
from planner.plain import NotPlainError, from_plain, from_text, to_plain
from planner.rules.roster.weekend_count import WeekendCount

HORIZON = Horizon(start=dt.date(2026, 10, 5), days=28)
SPEC = next(spec for spec in specs(WeekendCount) if spec.name == "weekend")


@pytest.mark.parametrize(
    "words",
    [["sun", "mon"], ["dim", "lun"], ["Sunday", "Monday"], ["lundi", "DIMANCHE"], [6, "mon"]],
)
def test_a_rule_takes_weekdays_as_cells_do(words: list[str | int]) -> None:
    values = {"id": "w", "type": "weekend_count", "weekend": words}
    rule = from_plain("rule", values, HORIZON)
    assert rule == WeekendCount(id="w", weekend=frozenset({0, 6}))
    assert to_plain(rule, HORIZON)["weekend"] == [0, 6]  # one form for fingerprints and files


@pytest.mark.parametrize("words", [["sun", "someday"], [7], [-1], "sun", [True], [None]])
def test_what_is_no_weekday_is_refused(words: object) -> None:
    values = {"id": "w", "type": "weekend_count", "weekend": words}
    with pytest.raises(NotPlainError) as refused:
        from_plain("rule", values, HORIZON)
    assert (refused.value.what, refused.value.field) == ("not_weekdays", "weekend")


@pytest.mark.parametrize("words", ["sun mon", "0 6", "dim lun"])
def test_a_change_takes_them_too(words: str) -> None:
    assert from_text(SPEC, words, HORIZON) == {0, 6}


@pytest.mark.parametrize("words", ["sun|mon", "dim.|lun.", "Dimanche|Lundi"])
def test_a_cell_takes_short_and_long_words(words: str) -> None:
    assert reader(SPEC, "rule", HORIZON)(words) == {0, 6}
