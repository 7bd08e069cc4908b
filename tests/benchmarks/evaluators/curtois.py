"""Costs a roster of a Curtois and Qu instance, from the text of the format alone.

It shares no code with the product. As a program: `python curtois.py INSTANCE.txt ROSTER.csv`.
"""

import csv
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path


def sections(path: Path) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = defaultdict(list)
    name = ""
    for line in path.read_text(encoding="ascii").splitlines():
        if line.startswith("SECTION_"):
            name = line.strip()
        elif line.strip() and not line.startswith("#"):
            found[name].append([part.strip() for part in line.split(",")])
    return found


def evaluate(instance: Path, roster: Path) -> tuple[int, list[str]]:
    """Give the cost of a roster and what is wrong with it, in words."""
    parts = sections(instance)
    days = int(parts["SECTION_HORIZON"][0][0])
    shifts = {
        row[0]: (int(row[1]), set(row[2].split("|")) - {""}) for row in parts["SECTION_SHIFTS"]
    }
    staff = {row[0]: row[1:] for row in parts["SECTION_STAFF"]}
    plan: dict[str, list[str]] = {person: [""] * days for person in staff}
    wrong = []
    with roster.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = int(row["day"])
            if plan[row["employee"]][day]:
                wrong.append(f"{row['employee']} has two shifts on day {day}")
            plan[row["employee"]][day] = row["shift"]
    for person, limits in staff.items():
        wrong += [f"{person}: {words}" for words in hard(plan[person], limits, shifts)]
    for person, *off in parts["SECTION_DAYS_OFF"]:
        wrong += [f"{person} works on day off {day}" for day in off if plan[person][int(day)]]
    return cost(parts, plan), wrong


def hard(row: list[str], limits: list[str], shifts: dict[str, tuple[int, set[str]]]) -> list[str]:
    """Say which hard rules a person's row breaks."""
    wrong = []
    most_minutes, least_minutes, most_run, least_run, least_rest, weekends = map(int, limits[1:])
    for limit in limits[0].split("|"):
        shift, most = limit.split("=")
        if row.count(shift) > int(most):
            wrong.append(f"{row.count(shift)} shifts {shift}")
    minutes = sum(shifts[shift][0] for shift in row if shift)
    if not least_minutes <= minutes <= most_minutes:
        wrong.append(f"{minutes} minutes")
    for today, tomorrow in pairwise(row):
        if today and tomorrow in shifts[today][1]:
            wrong.append(f"{tomorrow} after {today}")
    worked = sum(bool(row[sat] or row[sat + 1]) for sat in range(5, len(row) - 1, 7))
    if worked > weekends:
        wrong.append(f"{worked} weekends")
    start = 0
    for day in range(1, len(row) + 1):
        if day < len(row) and bool(row[day]) == bool(row[start]):
            continue
        length, inside = day - start, start > 0 and day < len(row)
        if row[start] and length > most_run:
            wrong.append(f"{length} days at work from {start}")
        if inside and length < (least_run if row[start] else least_rest):
            wrong.append(f"only {length} days {'at work' if row[start] else 'off'} from {start}")
        start = day
    return wrong


def cost(parts: dict[str, list[list[str]]], plan: dict[str, list[str]]) -> int:
    """Add up what wishes and cover cost."""
    total = 0
    for person, day, shift, weight in parts["SECTION_SHIFT_ON_REQUESTS"]:
        total += int(weight) * (plan[person][int(day)] != shift)
    for person, day, shift, weight in parts["SECTION_SHIFT_OFF_REQUESTS"]:
        total += int(weight) * (plan[person][int(day)] == shift)
    for day, shift, needed, under, over in parts["SECTION_COVER"]:
        there = sum(row[int(day)] == shift for row in plan.values())
        total += int(under) * max(0, int(needed) - there) + int(over) * max(0, there - int(needed))
    return total


if __name__ == "__main__":
    price, faults = evaluate(Path(sys.argv[1]), Path(sys.argv[2]))
    print("\n".join([*faults, f"cost {price}"]))
    sys.exit(2 if faults else 0)
