"""Each fault planted in a roster is found, and what just keeps the limit is not."""

from pathlib import Path

import pytest
from checker import check
from independent_export import by_hand, change, duties, write

Shifts = dict[str, str]
TUESDAY = "first=2026-10-06 last=2026-10-06"


def run(shift: str, *days: int, month: str = "oct") -> Shifts:
    """Give the same shift on some days of a month."""
    return {f"{month}{day:02d}": shift for day in days}


ROSTERS: dict[str, tuple[set[str], Shifts]] = {
    # name: rules that it breaks, shifts by day; 5 October is a Monday and begins a fortnight
    "five days of nine hours": ({"window_sum-week"}, run("J9", 5, 6, 7, 8, 9)),
    "four days of twelve hours": ({"window_sum-week"}, run("D12", 5, 6, 8, 9)),
    "three and three": (set(), run("D12", 5, 6, 8) | run("D12", 12, 13, 15)),
    "five in a row over two weeks": ({"window_sum"}, run("D12", 9, 10, 11, 12, 13)),
    "four in a row over two weeks": (set(), run("D12", 10, 11, 12, 13)),
    "late after a night": ({"min_gap"}, {"oct05": "N12", "oct06": "S"}),
    "a day between": (set(), {"oct05": "N12", "oct07": "D12"}),
    "early after a long day": ({"min_gap"}, {"oct05": "D12", "oct06": "E"}),
    "twelve hours by the clock change": (set(), {"oct24": "D12", "oct25": "E"}),
    "two Sundays of a fortnight": ({"rest_days"}, run("J9", 11, 18)),
    "a Sunday in each fortnight": (set(), run("J9", 11, 25)),
    "nights that end on both Sundays": ({"rest_days"}, run("N12", 10, 17)),
    "three rest days": ({"rest_days"}, run("F", 5, 6, 7, 8, 9, 10, 13, 14, 15, 16, 17)),
    "four rest days": (set(), run("F", 5, 6, 7, 8, 9, 14, 15, 16, 17, 18)),
    "nights of 48 hours": (set(), run("N12", 17, 19, 20, 21)),
    "nights of 49 hours": ({"window_sum"}, run("N12", 24, 26, 27, 28)),
    "no rest in a week": ({"weekly_rest", "rest_days"}, run("F", *range(5, 20))),
}


def found(folder: Path, shifts: Shifts, *changes: str, **more: str) -> set[str]:
    tables = duties(change(by_hand(), *changes), **shifts)
    return {wrong.rule for wrong in check(write(duties(tables, **more), folder)).wrong}


@pytest.mark.parametrize("name", ROSTERS)
def test_a_roster_breaks_what_it_should(name: str, tmp_path: Path) -> None:
    broken, shifts = ROSTERS[name]
    assert found(tmp_path, shifts) == broken


def test_spring_takes_an_hour_of_rest(tmp_path: Path) -> None:
    march = "study 2026-10-05 start=2026-03-16 as_of=2026-03-10"
    right, wrong = {"mar21": "D12", "mar22": "F"}, {"mar28": "D12", "mar29": "F"}
    assert found(tmp_path / "right", right, march, "- placements") == set()
    assert found(tmp_path / "wrong", wrong, march, "- placements") == {"min_gap"}


def test_a_whole_day_away_begins_at_midnight(tmp_path: Path) -> None:
    leave = f"+ absences A person=IDE-1 {TUESDAY}"
    assert found(tmp_path / "day", {"oct05": "D12"}, leave) == set()
    assert found(tmp_path / "night", {"oct05": "N12"}, leave) == {"absence"}
    assert found(tmp_path / "self", {"oct06": "J9"}, leave) == {"absence"}


def test_an_hour_away_counts_by_the_minute(tmp_path: Path) -> None:
    hours = f"+ absences A person=IDE-1 {TUESDAY} start=07:30 end=10:00"
    longer = f"+ absences A person=IDE-1 {TUESDAY} start=07:29 end=10:00"
    assert found(tmp_path / "kept", {"oct05": "N12"}, hours) == set()
    assert found(tmp_path / "broken", {"oct05": "N12"}, longer) == {"absence"}


def test_nobody_begins_a_shift_after_her_last_day(tmp_path: Path) -> None:
    last = "staff IDE-1 last=2026-10-05"
    assert found(tmp_path / "day", {"oct05": "D12"}, last) == set()
    assert found(tmp_path / "night", {"oct05": "N12"}, last) == set()
    assert found(tmp_path / "after", {"oct06": "J9"}, last) == {"absence"}
    leave = f"+ absences A person=IDE-1 {TUESDAY}"
    assert found(tmp_path / "leave", {"oct05": "N12"}, last, leave) == {"absence"}


def test_the_past_counts(tmp_path: Path) -> None:
    past, rest = "histories IDE-1 past=-|-|N12", "histories IDE-1 past=-|N12|-"
    assert found(tmp_path / "kept", {"oct05": "S"}, rest) == set()
    assert found(tmp_path / "broken", {"oct05": "S"}, past) == {"min_gap"}
    long = "histories IDE-1 past=-|-|-|D12|D12|D12|D12"
    assert found(tmp_path / "hours", {"oct05": "D12"}, long) == {"window_sum"}


def test_an_unknown_past_is_neither_work_nor_a_window(tmp_path: Path) -> None:
    assert found(tmp_path, {"oct05": "S"}, "histories IDE-1 past=?|?") == set()


def test_only_listed_shifts_are_allowed(tmp_path: Path) -> None:
    assert found(tmp_path / "kept", {"oct05": "S"}, "staff IDE-1 shifts=J9|S") == set()
    assert found(tmp_path / "broken", {"oct05": "S"}, "staff IDE-1 shifts=J9") == {"allowed_shifts"}


def test_a_skill_is_needed_at_night(tmp_path: Path) -> None:
    assert found(tmp_path / "kept", {"oct05": "S"}, "staff IDE-1 skills=junior") == set()
    skill = found(tmp_path / "broken", {"oct05": "N12"}, "staff IDE-1 skills=junior")
    assert skill == {"shift_skill"}


def test_one_duty_a_track_and_day(tmp_path: Path) -> None:
    assert found(tmp_path / "kept", {"oct05": "J9"}, oct05="H") == set()
    assert found(tmp_path / "broken", {"oct05": "E"}, oct05="S") == {"one_duty", "min_gap"}


def test_a_duty_has_the_times_of_its_shift(tmp_path: Path) -> None:
    tables = duties(by_hand(), oct05="J9")
    tables["duties"][0]["end"] = "16:31"
    tables["duties"].append(tables["duties"][0] | {"person": "IDE-9"})
    wrong = check(write(tables, tmp_path)).wrong
    assert [(each.rule, each.who) for each in wrong] == [
        ("duties", ("IDE-1",)),
        ("duties", ("IDE-9",)),
    ]


def test_a_rule_holds_for_its_scope_only(tmp_path: Path) -> None:
    folder = write(duties(by_hand(), oct05="N12", oct06="S"), tmp_path)
    text = (folder / "rules.toml").read_text(encoding="utf-8")
    gap = 'type = "min_gap"\n'
    for contract, times in (("FPH", 1), ("PH", 0)):
        scoped = text.replace(gap, f'{gap}scope = {{contract = ["{contract}"]}}\n')
        (folder / "rules.toml").write_text(scoped, encoding="utf-8")
        assert len(check(folder).wrong) == times
