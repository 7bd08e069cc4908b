"""Staff, rosters and staffing needs of the demo hospitals with theatres."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from data.demo import people
from data.demo.past import Line, histories, read_lines
from data.demo.people import Group
from data.demo.period import HORIZON, stamp
from data.demo.roster_kinds import CONTRACTS, THEATRE_SHIFTS
from data.demo.streams import Stream
from planner import demand
from planner.people import Absence, History, ShiftId, StaffMember
from planner.problem import Problem
from planner.rostering import CoverRequirement

NO_NIGHTS: Final = frozenset(shift.id for shift in THEATRE_SHIFTS if "night" not in shift.tags)
ONLY_NIGHTS: Final = frozenset({ShiftId("N12")})


class Post(NamedTuple):
    """Who fills a post: a skill on some shifts; a person missing costs `price` points.

    `weekday` and `weekend` are people needed whatever the sessions; `spare` more are best, and
    `room` more are enough: who comes beside them is wanted elsewhere. None: any number.
    """

    id: str
    skill: str
    shifts: tuple[str, ...]
    price: int
    weekday: int = 0
    weekend: int = 0
    spare: int = 0
    room: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """The staff side of a demo hospital with theatres, as tables.

    `services` are codes of groups that shared the service, and their past weeks; `averse` people may
    not work nights, `nocturnal` ones work nothing else. `referents`: each theatre nurse knows so
    many specialties. `by_suite`: teams are suites, and each suite has posts of its own.
    """

    groups: tuple[Group, ...]
    posts: tuple[Post, ...]
    services: tuple[tuple[tuple[str, ...], tuple[Line, ...]], ...]
    averse: Mapping[str, int]
    nocturnal: Mapping[str, int]
    referents: int = 2
    by_suite: bool = False


DAYS: Final = read_lines(
    "0 J9 J9 J9 J9 - - -", "0 J9 J9 J9 - J9 - -", "0 J9 J9 - J9 J9 - -", "0 J9 - J9 J9 J9 - -",
    "0 - J9 J9 J9 J9 - -", "0 - - J9 J9 J9 - -", "0 - - - J9 J9 - -", "0 - - J9 J9 - - -",
    "0 - - - - J9 - -", "0 - - - - - - -",
)  # fmt: skip
"""Ordinary weeks of day staff; the short ones follow a weekend of work."""

NIGHTS: Final = read_lines("0 N12 N12 N12 - - - -", "0 - N12 N12 N12 - - -", "0 - - - - - - -")
"""Ordinary weeks of those who work nights only."""


def emergency(hands: int, ordinary: Sequence[Line] = DAYS) -> tuple[Line, ...]:
    """Give weekly lines that kept `hands` people on call in the house day and night."""
    round_the_clock = (
        "- - - - - N12 N12", "- - - - D12 D12 D12", "- - - N12 N12 - -", "N12 N12 N12 - - - -",
        "D12 D12 - - - - -", "- - D12 D12 - - -",
    )  # fmt: skip
    return (*read_lines(*(f"{hands} {week}" for week in round_the_clock)), *ordinary, *NIGHTS)


def with_staff(profile: str, seed: int, theatres: Problem, crew: Crew) -> Problem:
    """Add staff, absences, wishes, past rosters and staffing needs to the facts of theatres."""
    staff = _staff(profile, seed, theatres, crew)
    by_code = {g.code: [p for p in staff if p.id.startswith(f"{g.code}-")] for g in crew.groups}
    away = Stream(profile, seed, "staff absence")
    gone = tuple(a for group in by_code.values() for a in people.absences(away, group))
    wishes = Stream(profile, seed, "request")
    shifts = [shift.id for shift in THEATRE_SHIFTS]
    return replace(
        theatres,
        contracts=CONTRACTS,
        staff=staff,
        absences=(*theatres.absences, *gone),
        requests=people.requests(wishes, staff, gone, shifts),
        histories=_histories(Stream(profile, seed, "history"), by_code, crew, gone),
        shifts=THEATRE_SHIFTS,
        cover=cover(theatres, crew),
    )


def _staff(profile: str, seed: int, problem: Problem, crew: Crew) -> tuple[StaffMember, ...]:
    stream = Stream(profile, seed, "staff")
    kinds: dict[str, list[Group]] = {}
    for group in crew.groups:
        kinds.setdefault(_category(group), []).append(group)
    staff = [person for groups in kinds.values() for person in people.members(stream, groups)]
    skilled = _referents(Stream(profile, seed, "staff skill"), staff, problem, crew)
    return tuple(_nights(Stream(profile, seed, "staff night"), skilled, crew))


def _category(group: Group) -> str:
    """Say over whom the part-time mix is dealt: nurses together, the others by role."""
    return group.role if group.role in ("IADE", "AS") else "nurse"


def _referents(
    stream: Stream, staff: Iterable[StaffMember], problem: Problem, crew: Crew
) -> list[StaffMember]:
    """Deal out the specialties that theatre nurses know, by minutes of session where they work."""
    suites = {theatre.id: theatre.suite for theatre in problem.theatres}
    staff = list(staff)
    known: dict[str, set[str]] = {}
    nurses = [person for person in staff if "bloc" in person.skills]
    for team in sorted({person.team for person in nurses}):
        minutes: dict[str, int] = {}
        for session in problem.sessions:
            if suites[session.theatre] == team or not crew.by_suite:
                for owner in sorted(session.owners):
                    minutes[owner] = minutes.get(owner, 0) + session.by_clock
        ids = [person.id for person in nurses if person.team == team and minutes]
        _deal(stream, ids, minutes, crew.referents * len(ids), known)
    return [replace(p, skills=p.skills | known.get(p.id, frozenset())) for p in staff]


def _deal(
    stream: Stream,
    nurses: Sequence[str],
    minutes: Mapping[str, int],
    total: int,
    known: dict[str, set[str]],
) -> None:
    """Give each specialty to nurses who have fewest; a rarer one is known by more than its share."""
    known |= {id: set() for id in nurses}
    weights = [each**0.7 for each in minutes.values()]
    for specialty in stream.dealt(list(minutes), weights, total) if nurses else ():
        drawn = {id: (specialty in known[id], len(known[id]), stream.share()) for id in nurses}
        known[min(nurses, key=drawn.__getitem__)].add(specialty)


def _nights(stream: Stream, staff: Sequence[StaffMember], crew: Crew) -> Iterable[StaffMember]:
    """Choose who may not work nights, and who wants nothing else (full time, or 80 or 90 %)."""
    averse: set[str] = set()
    nocturnal: set[str] = set()
    for counts, chosen in ((crew.averse, averse), (crew.nocturnal, nocturnal)):
        for code, count in counts.items():
            able = [p for p in staff if p.id.startswith(f"{code}-") and p.id not in averse]
            able = [p for p in able if p.share >= 80]
            chosen.update(person.id for person in stream.shuffled(able)[:count])
    for person in staff:
        if person.id in averse:
            yield replace(person, shifts=(person.shifts or NO_NIGHTS) & NO_NIGHTS)
        elif person.id in nocturnal:
            yield replace(person, shifts=ONLY_NIGHTS)
        else:
            yield person


def _histories(
    stream: Stream,
    by_code: Mapping[str, Sequence[StaffMember]],
    crew: Crew,
    gone: Iterable[Absence],
) -> tuple[History, ...]:
    away = {absence.person for absence in gone if absence.first <= 0}
    found: list[History] = []
    for codes, lines in crew.services:
        team = [person for code in codes for person in by_code[code]]
        found += histories(stream, team, lines, THEATRE_SHIFTS, away)
    return tuple(found)


def cover(problem: Problem, crew: Crew) -> tuple[CoverRequirement, ...]:
    """Write the staffing needs of each day: what the sessions ask, and the fixed posts.

    A post of the session formula that the hospital does not list is not asked for.
    """
    asked = demand.demand(problem.theatres, problem.sessions, crew.by_suite)
    listed = {post.id: post for post in crew.posts}
    listed |= {
        f"{demand.SPECIALTY}-{s.id}": listed[demand.SPECIALTY]._replace(skill=s.id)
        for s in problem.specialties
        if demand.SPECIALTY in listed
    }
    found = []
    for day in range(HORIZON.days):
        weekend = HORIZON.weekday(day) >= 5
        for id, post in listed.items():
            fixed = post.weekend if weekend else post.weekday
            people = fixed + asked.get((id, day), 0)
            if people and id != demand.SPECIALTY:
                found.append(
                    CoverRequirement(
                        id=f"{id}-{stamp(day)}",
                        day=day,
                        shifts=frozenset(ShiftId(shift) for shift in post.shifts),
                        skill=post.skill,
                        least=people,
                        best=people + post.spare,
                        most=None if post.room is None else people + post.room,
                        price_below=post.price,
                    )
                )
    return tuple(found)


ROOM: Final = ("J9", "J10")
EMERGENCY: Final = (
    Post("URG-D", "bloc", ("D12",), 3, 2, 2),
    Post("URG-N", "bloc", ("N12",), 3, 2, 2),
    Post("URG-DI", "ibode", ("D12",), 1, 1, 1),
    Post("URG-NI", "ibode", ("N12",), 1, 1, 1),
    Post("IADE-D", "iade", ("D12",), 3, 1, 1),
    Post("IADE-N", "iade", ("N12",), 3, 1, 1),
    Post("AS-D", "as", ("D12",), 3, 1, 1),
    Post("AS-N", "as", ("N12",), 3, 1, 1),
)
"""The emergency team, day and night, every day."""

MID: Final = Crew(
    groups=(
        Group("IBODE", "IBODE", "BLOC", 24, ("bloc", "ibode")),
        Group("IDEA", "IDE", "BLOC", 8, ("bloc", "ide", "ide-auth3")),
        Group("IDEB", "IDE", "BLOC", 12, ("bloc", "ide")),
        Group("IDES", "IDE", "SSPI", 9, ("ide", "sspi"), ("J9", "S")),
        Group("IDEU", "IDE", "UCA", 7, ("ide", "uca"), ("J9", "M")),
        Group("IADE", "IADE", "ANESTH", 18, ("iade",), ("J9", "J10", "D12", "N12")),
        Group("AS", "AS", "BLOC", 16, ("as",), ("J9", "M", "D12", "N12")),
    ),
    posts=(
        Post(demand.NURSES, "bloc", ROOM, 2, spare=1, room=1),
        Post(demand.IBODE, "ibode", ROOM, 1),
        Post(demand.FLOATS, "bloc", ("M", "S"), 2, room=1),
        Post(demand.ANAESTHETIC_NURSES, "iade", ROOM, 2, room=1),
        Post(demand.ASSISTANTS, "as", ("J9",), 2, weekday=2, room=1),
        Post(demand.SPECIALTY, "", ROOM, 1),
        *EMERGENCY,
        Post("SSPI-J", "sspi", ("J9",), 2, weekday=3),
        Post("SSPI-S", "sspi", ("S",), 2, weekday=1),
        Post("UCA", "uca", ("J9",), 2, weekday=3),
    ),
    services=(
        (("IBODE", "IDEA", "IDEB"), emergency(2)),
        (("IADE",), emergency(1)),
        (("AS",), emergency(1)),
        (("IDES", "IDEU"), DAYS),
    ),
    averse={"IBODE": 3, "IADE": 2, "AS": 1},
    nocturnal={"IBODE": 1, "IDEB": 2, "IADE": 1, "AS": 1},
)
"""94 people on the roster; ten anaesthetists, 25 surgeons are calendars (domain reference 8.1)."""

SMALL: Final = Crew(
    groups=(
        Group("IBODE", "IBODE", "BLOC", 5, ("bloc", "ibode", "sspi")),
        Group("IDE", "IDE", "BLOC", 8, ("bloc", "ide", "sspi")),
        Group("IADE", "IADE", "ANESTH", 3, ("iade",), ("J9", "J10")),
        Group("AS", "AS", "BLOC", 4, ("as",), ("J9", "M")),
    ),
    posts=(
        Post(demand.NURSES, "bloc", ROOM, 2, room=1),
        Post(demand.IBODE, "ibode", ROOM, 1),
        Post(demand.ANAESTHETIC_NURSES, "iade", ROOM, 2, room=1),
        Post(demand.ASSISTANTS, "as", ("J9",), 2, room=1),
        Post(demand.SPECIALTY, "", ROOM, 1),
        Post("URG-D", "bloc", ("D12",), 3, 1, 1),
        Post("URG-N", "bloc", ("N12",), 3, 1, 1),
        Post("SSPI", "sspi", ("S",), 2, weekday=1),
        Post("ACCUEIL", "as", ("M",), 2, weekday=1),
    ),
    services=((("IBODE", "IDE"), emergency(1)), (("IADE", "AS"), DAYS)),
    averse={"IDE": 1},
    nocturnal={},
)
"""20 people: 13 nurses, three anaesthetic nurses, four assistants."""
