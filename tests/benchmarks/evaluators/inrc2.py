"""Costs a roster of an INRC-II instance, all weeks together, from the text of the competition alone.

It shares no code with the product. As a program: `python inrc2.py DATASET/INSTANCE ROSTER.csv`,
where the instance is `SCENARIO_HISTORY_WEEK-WEEK-…` and the roster is `nurse,week,day,shift,skill`.
What lies before the first day is not charged; a run that reaches the last day is never too short.
"""

import csv
import re
import sys
from collections import Counter
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
FREE = ""


class Contract(NamedTuple):
    total: tuple[int, int]
    work: tuple[int, int]
    off: tuple[int, int]
    weekends: int
    whole: bool


class Instance:
    """What the files of an instance say."""

    def __init__(self, path: Path) -> None:
        scenario, history, weeks = path.name.rsplit("_", 2)
        rows = sections(path.parent / f"Sc-{scenario}.txt")
        self.shifts = {row[0]: bounds(row[1]) for row in rows["SHIFT_TYPES"]}
        self.forbidden = {
            (row[0], after)
            for row in rows["FORBIDDEN_SHIFT_TYPES_SUCCESSIONS"]
            for after in row[2:]
        }
        contracts = {
            name: Contract(bounds(total), bounds(work), bounds(off), int(weekends), whole == "1")
            for name, total, work, off, weekends, whole in rows["CONTRACTS"]
        }
        self.contract = {row[0]: contracts[row[1]] for row in rows["NURSES"]}
        self.skills = {row[0]: set(row[3:]) for row in rows["NURSES"]}
        past = sections(path.parent / f"H0-{scenario}-{history}.txt")["NURSE_HISTORY"]
        self.last = {row[0]: row[3] for row in past}
        self.past = {row[0]: [int(words) for words in row[1:3] + row[4:]] for row in past}
        files = [path.parent / f"WD-{scenario}-{week}.txt" for week in weeks.split("-")]
        self.weeks = [sections(file) for file in files]
        self.days = 7 * len(files)


def sections(path: Path) -> dict[str, list[list[str]]]:
    """Give the words of the lines under each header."""
    found: dict[str, list[list[str]]] = {}
    name = ""
    for line in path.read_text(encoding="ascii").splitlines():
        header = re.fullmatch(r"\s*([A-Z_]{5,})(\s*=.*)?", line.rstrip())
        if header:
            name = header[1]
            found[name] = []
        elif line.strip():
            found[name].append(line.split())
    return found


def bounds(words: str) -> tuple[int, int]:
    """Read `(2,5)`."""
    least, most = words.strip("()").split(",")
    return int(least), int(most)


def read(path: Path) -> list[tuple[str, int, str, str]]:
    """Give the assignments of a roster: nurse, day, shift, skill."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        (row["nurse"], 7 * int(row["week"]) + DAYS.index(row["day"]), row["shift"], row["skill"])
        for row in rows
    ]


def official(folder: Path) -> list[tuple[str, int, str, str]]:
    """Give the assignments of a folder with the competition's own files, `sol-week0.txt` and so on."""
    found = []
    for week in range(len(list(folder.glob("sol-week*.txt")))):
        for nurse, day, shift, skill in sections(folder / f"sol-week{week}.txt")["ASSIGNMENTS"]:
            found.append((nurse, 7 * week + DAYS.index(day), shift, skill))
    return found


def evaluate(
    path: Path, roster: list[tuple[str, int, str, str]]
) -> tuple[dict[str, int], list[str]]:
    """Give what a roster costs, by soft constraint, and which hard ones it breaks, in words."""
    instance = Instance(path)
    rows = {nurse: [FREE] * instance.days for nurse in instance.contract}
    there = Counter((day, shift, skill) for _, day, shift, skill in roster)
    wrong = []
    for nurse, day, shift, skill in roster:
        if rows[nurse][day] != FREE:
            wrong.append(f"{nurse} has two shifts on day {day}")
        if skill not in instance.skills[nurse]:
            wrong.append(f"{nurse} lacks {skill} on day {day}")
        rows[nurse][day] = shift
    for nurse, row in rows.items():
        for day, pair in enumerate(pairwise([instance.last[nurse], *row])):
            if pair in instance.forbidden:
                wrong.append(f"{nurse} has {pair[1]} after {pair[0]} on day {day}")
    cost = Counter(dict.fromkeys(("S1", "S2 shift", "S2 work", "S3", "S4", "S5", "S6", "S7"), 0))
    for week, data in enumerate(instance.weeks):
        for shift, skill, *needs in data["REQUIREMENTS"]:
            for day, need in enumerate(needs, start=7 * week):
                least, best = bounds(need)
                number = there[day, shift, skill]
                cost["S1"] += 30 * max(0, best - number)
                if number < least:
                    wrong.append(f"{least - number} too few for {shift} {skill} on day {day}")
        for nurse, shift, word in data["SHIFT_OFF_REQUESTS"]:
            has = rows[nurse][7 * week + DAYS.index(word)]
            cost["S4"] += 10 * (has != FREE and shift in ("Any", has))
    for nurse, row in rows.items():
        cost.update(of_nurse(instance, nurse, row))
    return dict(cost), wrong


def of_nurse(instance: Instance, nurse: str, row: list[str]) -> dict[str, int]:
    """Give what a nurse's own row costs."""
    contract = instance.contract[nurse]
    last = instance.last[nurse]
    done, weekends, same, work, off = instance.past[nurse]
    cost: Counter[str] = Counter()
    for shift, before, here, ended in runs(row, {last: same} if work else {}):
        if shift != FREE:
            cost["S2 shift"] += 15 * outside(before, here, ended, instance.shifts[shift])
    kinds = ["on" if shift != FREE else "off" for shift in row]
    for kind, before, here, ended in runs(kinds, {"on": work} if work else {"off": off}):
        limits, name = (contract.work, "S2 work") if kind == "on" else (contract.off, "S3")
        cost[name] += 30 * outside(before, here, ended, limits)
    worked = [(row[day] != FREE, row[day + 1] != FREE) for day in range(5, len(row), 7)]
    cost["S5"] = 30 * contract.whole * sum(saturday != sunday for saturday, sunday in worked)
    total = done + sum(shift != FREE for shift in row)
    cost["S6"] = 20 * (max(0, contract.total[0] - total) + max(0, total - contract.total[1]))
    cost["S7"] = 30 * max(0, weekends + sum(map(any, worked)) - contract.weekends)
    return cost


def runs(row: list[str], past: dict[str, int]) -> list[tuple[str, int, int, bool]]:
    """Give the runs that end after day -1: kind, days before day 0, days since, and if it is over."""
    found = [(kind, 0, len(list(days))) for kind, days in groupby(row)]
    for kind, before in past.items():
        if found[0][0] == kind:
            found[0] = (kind, before, found[0][2])
        else:
            found.insert(0, (kind, before, 0))
    return [(*run, place < len(found) - 1) for place, run in enumerate(found)]


def outside(before: int, here: int, ended: bool, limits: tuple[int, int]) -> int:
    """Give the days by which a run is too long, those of the past apart, or too short."""
    least, most = limits
    over = max(0, before + here - most) - max(0, before - most)
    return over + (max(0, least - before - here) if ended else 0)


if __name__ == "__main__":
    costs, faults = evaluate(Path(sys.argv[1]), read(Path(sys.argv[2])))
    print("\n".join([*faults, *(f"{name} {price}" for name, price in costs.items())]))
    print(f"cost {sum(costs.values())}")
    sys.exit(2 if faults else 0)
