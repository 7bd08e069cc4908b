"""The demo ward: 129 nurses in three teams round the clock, and no theatre."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from data.demo import people
from data.demo.long_past import brought, long_histories
from data.demo.past import read_lines
from data.demo.people import Group
from data.demo.period import AS_OF, HOLIDAYS, HORIZON, stamp
from data.demo.roster_kinds import CONTRACTS, WARD_SHIFTS
from data.demo.streams import Stream
from planner.facts import facts
from planner.hospital import Holiday
from planner.people import Absence, History, ShiftId, StaffMember
from planner.problem import Problem
from planner.rostering import CoverRequirement
from planner.rules.equity import burden
from planner.rules.roster.equity import USUAL

PROFILE: Final = "ward"
TEAMS: Final = ("A", "B", "C")
NURSES_A_TEAM: Final = 43
SENIORS: Final = 0.35
COVERED: Final = 0.88
"""Minimum cover as a share of the hours that the nurses owe."""

NO_NIGHTS_A_TEAM: Final = 2
NO_NIGHTS: Final = "sans_nuit"
VARIABLE_REST: Final = "repos_variable"
"""Tags that rules of the public hospitals read: nobody of a ward has all Sundays off."""

EARLIER: Final = tuple(
    Holiday(id=each.isoformat(), day=HORIZON.day(each), name=name)
    for each, name in (
        (date(2026, 5, 25), "Lundi de Pentecôte"),
        (date(2026, 7, 14), "Fête nationale"),
    )
)
"""Public holidays of the weeks that are known."""


class Band(NamedTuple):
    """A part of the day: shifts that cover it, hours a person, weights on weekdays and weekends."""

    id: str
    shifts: tuple[str, ...]
    hours: float
    weekday: float
    weekend: float


BANDS: Final = (
    Band("M", ("M", "D12"), 7.6, 8.0, 6.0),
    Band("S", ("S", "D12"), 7.6, 7.0, 5.0),
    Band("N", ("N10", "N12"), 10.0, 4.0, 4.0),
)
"""Morning, evening and night; a long day covers two of them."""

LINES: Final = read_lines(
    "2 - - - N10 N10 N10 N10", "2 - - - - N12 N12 N12", "2 N10 N10 N10 N10 - - -",
    "2 N12 N12 N12 - - - -", "2 - - - - D12 D12 D12", "4 - - - M M M M", "3 - - - S S S S",
    "0 M M M M - - -", "0 S S S S - - -", "0 M M S S - - -", "0 M M M S S - -",
    "0 - M M M M - -", "0 - M M S S - -", "0 - - M M M - -", "0 - - S S S - -",
    "0 - - - M M - -", "0 - - - S S - -", "0 D12 D12 D12 - - - -", "0 D12 D12 - - D12 - -",
    "0 - - - - - - -",
)  # fmt: skip
"""Past weeks of a team of 43."""


def hospital(seed: int) -> Problem:
    """Make the ward: staff, absences, wishes, past rosters and minimum cover."""
    staff = _staff(seed)
    teams = {team: [person for person in staff if person.team == team] for team in TEAMS}
    away = Stream(PROFILE, seed, "staff absence")
    gone = tuple(a for team in teams.values() for a in people.absences(away, team))
    wishes = Stream(PROFILE, seed, "request")
    shifts = [shift.id for shift in WARD_SHIFTS]
    ward = Problem(
        horizon=HORIZON,
        as_of=AS_OF,
        holidays=(*EARLIER, *HOLIDAYS),
        contracts=CONTRACTS,
        staff=staff,
        absences=gone,
        requests=people.requests(wishes, staff, gone, shifts, fixed=False),
        shifts=WARD_SHIFTS,
        cover=_cover(teams, gone),
    )
    return _with_past(ward, seed, teams)


def _with_past(ward: Problem, seed: int, teams: Mapping[str, Sequence[StaffMember]]) -> Problem:
    """Add twenty weeks of past rosters, and what people carry from them and from before."""
    known, stream = facts(ward), Stream(PROFILE, seed, "history")
    first = {absence.person for absence in ward.absences if absence.first <= 0}

    def points(day: int, shift: ShiftId) -> int:
        return burden(known, USUAL, day, shift)

    past: list[History] = []
    for team in teams.values():
        past += long_histories(stream, team, LINES, WARD_SHIFTS, first, points)
    carried = brought(Stream(PROFILE, seed, "carried"), ward.staff, past, points)
    return replace(ward, histories=tuple(past), carried=carried)


def _staff(seed: int) -> tuple[StaffMember, ...]:
    """Give three equal teams; a third are seniors, some of each may not work nights."""
    groups = tuple(
        Group(f"IDE-{t}", "IDE", t, NURSES_A_TEAM, ("ide", _team(t), VARIABLE_REST)) for t in TEAMS
    )
    stream = Stream(PROFILE, seed, "staff")
    skills = Stream(PROFILE, seed, "staff skill")
    days = frozenset(shift.id for shift in WARD_SHIFTS if "night" not in shift.tags)
    staff = {person.id: person for person in people.members(stream, groups)}
    for team in TEAMS:
        ids = skills.shuffled([id for id, person in staff.items() if person.team == team])
        for id in ids[: round(SENIORS * len(ids))]:
            senior = staff[id].skills | {"senior", _senior(team)}
            staff[id] = replace(staff[id], skills=senior)
        for id in ids[-NO_NIGHTS_A_TEAM:]:
            staff[id] = replace(staff[id], shifts=days, skills=staff[id].skills | {NO_NIGHTS})
    return tuple(staff.values())


def _team(team: str) -> str:
    return f"team-{team.lower()}"


def _senior(team: str) -> str:
    return f"senior-{team.lower()}"


def _cover(
    teams: Mapping[str, Sequence[StaffMember]], gone: Sequence[Absence]
) -> tuple[CoverRequirement, ...]:
    """Write each team's minimum cover by day and band, a senior among them.

    All of it together is 88 % of the team's hours; one more in the morning of a weekday is best.
    """
    found = []
    for team, nurses in teams.items():
        least = _least(COVERED * people.net_hours(nurses, gone))
        for day in range(HORIZON.days):
            for band in BANDS:
                need = CoverRequirement(
                    id=f"{team}-{band.id}-{stamp(day)}",
                    day=day,
                    shifts=frozenset(ShiftId(shift) for shift in band.shifts),
                    skill=_team(team),
                    least=least[day, band],
                    best=least[day, band] + (band.id == "M" and HORIZON.weekday(day) < 5),
                    price_below=2,
                )
                found.append(need)
                id = f"{team}-{band.id}-SENIOR-{stamp(day)}"
                found.append(
                    replace(need, id=id, skill=_senior(team), least=1, best=1, price_below=1)
                )
    return tuple(found)


def _least(hours: float) -> dict[tuple[int, Band], int]:
    """Share out hours over days and bands by weight, in whole people.

    Everyone is rounded down first; the largest remainders then get one more while hours are left.
    """
    slots = [(day, band) for day in range(HORIZON.days) for band in BANDS]
    weights = {
        (day, band): band.weekday if HORIZON.weekday(day) < 5 else band.weekend
        for day, band in slots
    }
    scale = hours / sum(weights[day, band] * band.hours for day, band in slots)
    exact = {slot: scale * weight for slot, weight in weights.items()}
    found = {slot: int(each) for slot, each in exact.items()}
    left = hours - sum(found[day, band] * band.hours for day, band in slots)
    for day, band in sorted(slots, key=lambda s: (found[s] - exact[s], s[0], s[1].id)):
        if left >= band.hours / 2:
            found[day, band] += 1
            left -= band.hours
    return found
