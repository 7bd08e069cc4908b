"""Fewer beds of a ward on some days: the census holds those that are shut."""

from collections.abc import Iterator

from planner.changes import Add, Change, Set
from planner.commands.contract import amount, command, days, known
from planner.commands.filters import ALL
from planner.hospital import Census, Ward
from planner.plain import to_plain
from planner.problem import Problem


@command("cut-beds", "ward", "percent", "days")
def cut_beds(problem: Problem, ward: str, percent: str, when: str) -> Iterator[Change]:
    """Shut so many per cent of the beds of a ward, or of all wards, on the days of `when`."""
    share = amount(percent, 1, 100)
    chosen = days(problem, when)
    every = ward.lower() in ALL
    wards: tuple[Ward, ...] = problem.wards if every else (known(problem, "ward", ward),)
    for each in wards:
        shut = round(each.beds * share / 100)
        for day in chosen if shut else ():
            yield _shut(problem, each, day, shut)


def _shut(problem: Problem, ward: Ward, day: int, shut: int) -> Change:
    there = next((c for c in problem.census if c.ward == ward.id and c.day == day), None)
    if there is not None:
        after = there.taken + shut
        return Set(kind="census", id=there.id, field="taken", expected=there.taken, value=after)
    id = f"shut-{ward.id}-{problem.horizon.date(day).isoformat()}"
    record = Census(id=id, ward=ward.id, day=day, taken=shut)
    return Add(kind="census", id=id, record=tuple(to_plain(record, problem.horizon).items()))
