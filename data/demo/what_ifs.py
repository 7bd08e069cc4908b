"""What-if questions that come with a demo hospital, as commands a user could type."""

from typing import Final, NamedTuple

from data.demo.period import stamp
from data.demo.ward import TEAMS
from planner.hospital import Session
from planner.problem import Problem
from planner.words import say

Words = tuple[str, ...]
"""A command and its words: ("close-room", "S3", "wednesday")."""


class WhatIf(NamedTuple):
    """A scenario to try: the id of its name among the sentences, its facts, and its commands.

    `weekday` among the facts is a number, Monday is 0.
    """

    name: str
    commands: tuple[Words, ...]
    facts: tuple[tuple[str, str | int], ...] = ()

    def title(self, lang: str) -> str:
        """Say the name of the scenario in a language."""
        facts = dict(self.facts)
        if "weekday" in facts:
            facts["weekday"] = say(f"date.weekday.long.{facts['weekday']}", lang)
        return say(self.name, lang, **facts)


HALVES_TO_MOVE: Final = 2
"""Half-days a week that ophthalmology gives up."""

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday")


def what_ifs(problem: Problem, profile: str) -> tuple[WhatIf, ...]:
    """Give the what-ifs of a demo hospital; none where it has none."""
    match profile:
        case "mid":
            moved = WhatIf("demo.what_if.two_halves", _to_orthopaedics(problem))
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


def _to_orthopaedics(problem: Problem) -> tuple[Words, ...]:
    """Move the last two ophthalmology half-days of every week."""
    whole = max(session.by_clock for session in problem.sessions)
    halves: dict[int, list[Session]] = {}
    for session in problem.sessions:
        if "OPH" in session.owners and session.by_clock < whole:
            halves.setdefault(session.day // 7, []).append(session)
    chosen = [session for week in halves.values() for session in week[-HALVES_TO_MOVE:]]
    return tuple(("move-session", session.id, "ORTHO") for session in chosen)


def _absent(problem: Problem) -> tuple[Words, ...]:
    """Take two full-time people of a team, seniors first, out of the second week."""
    away = {(a.person, day) for a in problem.absences for day in range(a.first, a.last + 1)}
    week = range(7, 14)
    team = [p for p in problem.staff if p.team == TEAMS[0] and p.share == 100]
    there = [p for p in team if not any((p.id, day) in away for day in week)]
    there.sort(key=lambda person: "senior" not in person.skills)
    when = f"{stamp(week[0])}..{stamp(week[-1])}"
    return tuple(("absent", person, when) for person in (p.id for p in there[:2]))
