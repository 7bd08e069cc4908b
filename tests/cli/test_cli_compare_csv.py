"""A comparison names the very placements and duties in which two exports differ."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data.lock import locked
from data.study_file import open_study
from planner.edits import AdoptPlan
from planner.plan import Duty

Call = Callable[..., Any]


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def placements(folder: Path) -> dict[str, tuple[str, str, str]]:
    return {
        row["case"]: (row["session"], row["surgeon"], row["start"])
        for row in table(folder, "placements.csv")
    }


def duties(folder: Path) -> dict[tuple[str, str, str], str]:
    return {
        (row["person"], row["date"], row["track"]): row["shift"]
        for row in table(folder, "duties.csv")
    }


def another_plan(path: Path) -> None:
    """Leave a case out, move one, exchange a shift, take one away and add one."""
    with locked(path), open_study(path) as opened:
        plan = opened.study.scenario("closed").plan
        problem = opened.study.base
        placed, worked = list(plan.placements), list(plan.duties)
        placed = [placed[1]._replace(start=(placed[1].start or 0) + 25), *placed[2:]]
        other = problem.shifts[1].id
        worked = [worked[1]._replace(shift=other), *worked[2:]]
        worked.append(Duty(problem.staff[0].id, 1, problem.shifts[0].id))
        changed = plan.with_placements(placed).with_duties(worked)
        opened.do(AdoptPlan(scenario="closed", plan=changed))
        opened.save()


def test_compare_equals_the_difference_of_two_exports(two: Path, place: Path, call: Call) -> None:
    another_plan(two)
    for name in ("base", "closed"):
        assert call("export", f"{two}#{name}", "--as", "csv", "--out", place / name).code == 0
    found = call("compare", two, "--json").document

    before, after = placements(place / "base"), placements(place / "closed")
    told = {
        each["case"]: tuple(
            None if side is None else (side["session"], side["surgeon"] or "", side["start"] or "")
            for side in (each["from"], each["to"])
        )
        for each in found["placements"]
    }
    assert told == {
        case: (before.get(case), after.get(case))
        for case in before.keys() | after.keys()
        if before.get(case) != after.get(case)
    }
    assert len(told) == 2

    worked, works = duties(place / "base"), duties(place / "closed")
    changed = {
        (each["person"], each["day"], each["track"]): (each["from"], each["to"])
        for each in found["duties"]
    }
    assert changed == {
        cell: (worked.get(cell), works.get(cell))
        for cell in worked.keys() | works.keys()
        if worked.get(cell) != works.get(cell)
    }
    assert len(changed) >= 3


def test_causes_sum_to_the_difference(two: Path, call: Call) -> None:
    another_plan(two)
    rows = call("compare", two, "--all", "--json").document["kpis"]
    split = 0
    for row in rows:
        causes = row["causes"]["closed"]
        if causes:
            split += 1
            assert sum(cause["amount"] for cause in causes) == row["delta"]["closed"], row["name"]
    assert split > 5
