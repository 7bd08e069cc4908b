"""Judges a plan of an ASL1 instance, from the text of the format alone.

It shares no code with the product. As a program: `python asl1.py INSTANCE.lp PLAN.csv [READING]`,
where the reading of the master plan is `as_encoded` (default) or `specialty`.
"""

import csv
import re
import sys
from collections import Counter
from pathlib import Path

Atom = tuple[str, ...]


def atoms(path: Path) -> tuple[int, list[Atom]]:
    """Give the minutes of a room-day and all facts as (name, argument, …)."""
    text = path.read_text(encoding="utf-8")
    size = re.search(r"#const\s+timeDisp\s*=\s*(\d+)", text)
    assert size is not None
    found = []
    for name, inside in re.findall(r'(\w+)\(((?:"[^"]*"|[^()"])*)\)\s*\.', text):
        parts = re.findall(r'"([^"]*)"|([^,\s]+)', inside)
        found.append((name, *(quoted or bare for quoted, bare in parts)))
    return int(size[1]), found


def evaluate(
    instance: Path, plan: Path, reading: str = "as_encoded"
) -> tuple[tuple[int, int, int], list[str]]:
    """Give the unplaced cases of priority 2, 3 and 4, and what is wrong with a plan, in words."""
    size, facts = atoms(instance)
    cases = {fact[1]: fact[2:] for fact in facts if fact[0] == "registration"}
    rooms: dict[tuple[str, str], set[str]] = {}
    for fact in facts:
        if fact[0] == "mss":
            rooms.setdefault((fact[1], fact[3]), set()).add(fact[2])
    wrong, where = [], {}
    with plan.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["id"] in where:
                wrong.append(f"{row['id']} is placed twice")
            where[row["id"]] = (row["room"], row["day"])
    used: Counter[tuple[str, str]] = Counter()
    for case, place in where.items():
        used[place] += int(cases[case][3])
        if place not in rooms:
            wrong.append(f"{case} in {place}, which is closed")
        elif reading == "specialty" and cases[case][1] not in rooms[place]:
            wrong.append(f"{case} in {place}, which belongs to others")
    wrong += [f"{minutes} minutes in {place}" for place, minutes in used.items() if minutes > size]
    wrong += beds(facts, cases, where)
    fixed = {fact[1]: (fact[3], fact[2]) for fact in facts if fact[0] == "givenSchedule"}
    wrong += [f"{case} is not kept" for case, place in fixed.items() if where.get(case) != place]
    left = Counter(case[0] for id, case in cases.items() if id not in where)
    if left["1"]:
        wrong.append(f"{left['1']} cases of priority 1 are left out")
    return (left["2"], left["3"], left["4"]), wrong


def beds(facts: list[Atom], cases: dict[str, Atom], where: dict[str, tuple[str, str]]) -> list[str]:
    """Say on which days a specialty has more patients than beds."""
    taken: Counter[tuple[str, int]] = Counter()
    for id, (_, day) in where.items():
        _, specialty, kind, _, flag, before, after = cases[id]
        if kind == "Ordinario" and flag == "0" and int(before) + int(after) > 0:
            for night in range(int(day) - int(before), int(day) + int(after) + 1):
                taken[specialty, night] += 1
    return [
        f"{taken[fact[2], int(fact[3])]} beds of {fact[2]} on day {fact[3]}, of {fact[1]}"
        for fact in facts
        if fact[0] == "beds" and taken[fact[2], int(fact[3])] > int(fact[1])
    ]


if __name__ == "__main__":
    value, faults = evaluate(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:4])
    print("\n".join([*faults, f"unplaced {value}"]))
    sys.exit(2 if faults else 0)
