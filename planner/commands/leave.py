"""Leave in turn, as in summer: a share of a team is away each week, others the week after."""

from collections.abc import Iterator, Sequence

from planner.changes import Add, Change
from planner.clock import WEEK
from planner.commands.contract import CommandRefusedError, amount, command, days
from planner.people import Absence, StaffMember
from planner.plain import to_plain
from planner.problem import Problem


@command("leave", "team", "percent", "days")
def leave(problem: Problem, team: str, percent: str, when: str) -> Iterator[Change]:
    """Send so many per cent of a team on leave on the days of `when`, one week's people after another."""
    share = amount(percent, 1, 100)
    people = _mixed([each for each in problem.staff if each.team == team])
    if not people:
        raise CommandRefusedError("command_unknown", kind="team", id=team)
    chosen = days(problem, when)
    away = max(1, round(len(people) * share / 100))
    horizon = problem.horizon
    weeks: dict[int, list[int]] = {}
    for day in chosen:
        weeks.setdefault((day + horizon.weekday(0)) // WEEK, []).append(day)
    for turn, found in enumerate(weeks.values()):
        for place in range(away):
            person = people[(turn * away + place) % len(people)]
            id = f"leave-{person}-{horizon.date(found[0]).isoformat()}"
            record = Absence(id=id, person=person, first=found[0], last=found[-1])
            yield Add(kind="absence", id=id, record=tuple(to_plain(record, horizon).items()))


def _mixed(team: Sequence[StaffMember]) -> list[str]:
    """Give a team in an order that has each role spread over all of it: no role is away together."""
    roles: dict[str, list[str]] = {}
    for each in team:
        roles.setdefault(each.role, []).append(str(each.id))
    places = [
        ((place + 0.5) / len(people), role, person)
        for role, people in roles.items()
        for place, person in enumerate(sorted(people))
    ]
    return [person for _, _, person in sorted(places)]
