"""Cells: how each value is written, and what is read of what people write."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.csv.cells import clock, guarded, joined, parted, unguarded, writer
from data.csv.durations import CellError, minutes, time
from data.csv.readers import reader
from planner import fields, words
from planner.clock import Horizon
from planner.fields import FieldSpec
from planner.hospital import Session

HORIZON = Horizon(start=date(2026, 10, 5), days=28)


def read(spec: FieldSpec, words: str) -> Any:
    return reader(spec, "case", HORIZON)(words)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("7h30", 450),
        ("7 h 30", 450),
        ("7\u202fh\u202f30", 450),
        ("7:30", 450),
        ("07:30", 450),
        ("7,5", 450),
        ("7.5", 450),
        ("450 min", 450),
        ("450", 450),
        ("7h", 420),
        ("35,00", 2100),
        ("7,50", 450),
        ("7.75", 465),
        ("1 440", 1440),
        ("0", 0),
        ("12 h 05", 725),
    ],
)
def test_a_length_of_time_in_many_hands(words: str, wanted: int) -> None:
    spec = FieldSpec(name="week", form="whole", unit="minute")
    assert read(spec, words) == wanted


@pytest.mark.parametrize("words", ["7.30", "7h5", "7:5", "7.50", "35.05"])
def test_a_length_of_time_with_two_meanings_is_a_question(words: str) -> None:
    with pytest.raises(CellError) as raised:
        minutes(words)
    assert raised.value.what == "two_durations"


@pytest.mark.parametrize("words", ["seven", "7h75", "-450", "7,5,5", "450 h min", "1e3", "٤٥٠x"])
def test_no_length_of_time(words: str) -> None:
    with pytest.raises(CellError, match="not_duration"):
        minutes(words)


def test_plain_numbers_under_hours_are_hours() -> None:
    assert [minutes(words, hours=True) for words in ("35", "35,00", "7h30", "450 min")] == [
        2100,
        2100,
        450,
        450,
    ]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("07:30", 450),
        ("7h30", 450),
        ("7h", 420),
        ("07:30:00", 450),
        ("00:00", 0),
        ("24:00", 1440),
        ("23:59", 1439),
        ("07:30+1", 1890),
        ("07:30 +1", 1890),
        ("24:00+1", 2880),
    ],
)
def test_a_time_of_day(words: str, wanted: int) -> None:
    assert time(words) == wanted


@pytest.mark.parametrize(
    ("minute", "shown"),
    [(450, "07:30"), (1440, "24:00"), (1441, "00:01 +1"), (1680, "04:00 +1"), (2880, "24:00 +1")],
)
def test_times_are_shown_as_a_clock_on_the_wall_and_can_be_typed_back(
    minute: int, shown: str
) -> None:
    """F42: no clock shows 28:00."""
    told = words.clock(minute)
    assert told == shown.replace(" ", words.WIDE)
    (spec,) = (spec for spec in fields.specs(Session) if spec.name == "end")
    assert read(spec, told) == minute


@pytest.mark.parametrize("words", ["24:30", "24h01", "24:30+1"])
def test_a_time_after_midnight_needs_the_day(words: str) -> None:
    with pytest.raises(CellError) as raised:
        time(words)
    assert raised.value.what == "after_midnight"
    assert raised.value.facts["instead"] == f"00:{words[3:5]}+1"


@pytest.mark.parametrize("words", ["25:00", "7:5", "07:60", "??", "0730", "7.30", "-07:30", ""])
def test_no_time_of_day(words: str) -> None:
    with pytest.raises(CellError, match="not_time"):
        time(words)


@given(st.integers(0, 2880))
def test_every_time_comes_back(minute: int) -> None:
    assert time(clock(minute)) == minute


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://x","y")', "+33 6 00", "@A1", "-7", "\tx", "\rx", "'x", "'", "''="]
)
def test_no_text_begins_like_a_formula(text: str) -> None:
    assert guarded(text)[0] == "'"
    assert unguarded(guarded(text)) == text


def test_a_balance_stays_a_number() -> None:
    spec = FieldSpec(name="balance", form="whole", low=-10_000)
    assert writer(spec, HORIZON)(-450) == "-450"
    assert read(spec, "-450") == -450


@given(st.text())
def test_guarding_loses_nothing(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.lists(st.text(st.characters(exclude_categories=("Z", "C")), min_size=1), min_size=1))
def test_joined_words_part_again(words: list[str]) -> None:
    assert parted(joined(words)) == words


def test_the_first_date_decides_for_its_column() -> None:
    spec = FieldSpec(name="listed", form="day")
    column = reader(spec, "case", HORIZON)
    assert [column(words) for words in ("15-10-2026", "9-10-2026", "02.10.2026", "31/12/2026")] == [
        10,
        4,
        -3,
        87,
    ]
    with pytest.raises(CellError, match="not_day_first"):
        column("2026-10-05")


@pytest.mark.parametrize(
    "words", ["31/02/2026", "10/15/2026", "2026-02-30", "5/10/26", "46109", "?"]
)
def test_a_date_that_cannot_be_read_is_never_today(words: str) -> None:
    with pytest.raises(CellError, match="not_date"):
        read(FieldSpec(name="listed", form="day"), words)


@pytest.mark.parametrize(
    ("words", "wanted"), [("oui", True), ("VRAI", True), ("no", False), ("0", False), ("x", True)]
)
def test_yes_and_no(words: str, wanted: bool) -> None:
    assert read(FieldSpec(name="closed", form="flag"), words) is wanted


def test_a_choice_is_known_by_its_label_in_both_languages() -> None:
    spec = next(s for s in fields.specs(fields.KINDS["case"]) if s.name == "mode")
    assert [read(spec, words) for words in ("day", "Ambulatoire", "EXTERNE")] == [
        "day",
        "day",
        "outpatient",
    ]
    with pytest.raises(CellError) as raised:
        read(spec, "night")
    assert raised.value.facts["options"] == "inpatient, day, outpatient"


def test_spaces_do_not_make_two_codes_of_one() -> None:
    spec = FieldSpec(name="procedure", form="link", link="procedure")
    assert {read(spec, words) for words in ("Vitrectomy", "Vitrectomy ", "\u00a0Vitrectomy\t")} == {
        "Vitrectomy"
    }
    assert read(spec, "A\u00a017") == read(spec, "A 17") == "A 17"


@pytest.mark.parametrize(
    ("words", "wanted"),
    [("mon|tue", {0, 1}), ("lun|mar|dim", {0, 1, 6}), ("none", set()), ("", set(range(7)))],
)
def test_weekdays(words: str, wanted: set[int]) -> None:
    spec = next(s for s in fields.specs(fields.KINDS["ward"]) if s.name == "open")
    assert read(spec, words) == wanted
