"""What-if questions that come with a demo hospital, as commands a user could type."""

from typing import Final

from data.demo.period import stamp
from data.demo.ward import TEAMS
from planner.gallery import WhatIf, Words, released
from planner.problem import Problem

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday")


def what_ifs(problem: Problem, profile: str) -> tuple[WhatIf, ...]:
    """Give the what-ifs of a demo hospital; none where it has none."""
    match profile:
        case "mid":
            moved = WhatIf("demo.what_if.two_halves", released(problem, "OPH", "ORTHO"))
            return (moved, _closed("S3", 2))
        case "small":
            return (_closed("S2", 4),)
        case "chu":
            return (_closed("C01", 2),)
        case "ward":
            absent = WhatIf("demo.what_if.two_absent", _absent(problem))
            team = TEAMS[0]
            pattern = ("pattern", team, "D12", "N12")
            return (absent, WhatIf("demo.what_if.twelve_hours", (pattern,), (("team", team),)))
        case _:
            return ()


def _closed(theatre: str, weekday: int) -> WhatIf:
    commands = (("close-room", theatre, _WEEKDAYS[weekday]),)
    facts: tuple[tuple[str, str | int], ...] = (("theatre", theatre), ("weekday", weekday))
    return WhatIf("demo.what_if.closed_room", commands, facts)


def _absent(problem: Problem) -> tuple[Words, ...]:
    """Take two full-time people of a team, seniors first, out of the second week."""
    away = {(a.person, day) for a in problem.absences for day in range(a.first, a.last + 1)}
    week = range(7, 14)
    team = [p for p in problem.staff if p.team == TEAMS[0] and p.share == 100]
    there = [p for p in team if not any((p.id, day) in away for day in week)]
    there.sort(key=lambda person: "senior" not in person.skills)
    when = f"{stamp(week[0])}..{stamp(week[-1])}"
    return tuple(("absent", person, when) for person in (p.id for p in there[:2]))
