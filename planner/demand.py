"""How many people the open sessions of a day need: one formula for generators and for commands.

A hospital that staffs its theatres by this formula keeps one cover requirement a post and day, with
the id that `cover_id` gives. Its numbers may hold more than the formula (a fixed part): a change of
sessions moves them by the difference only. Posts that a hospital has no requirement of stay unused.
Source: domain reference 5.10, 8.1.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final, NamedTuple

from planner.clock import Horizon
from planner.hospital import OWN_TEAM, Session, Theatre, TheatreId
from planner.problem import Problem
from planner.rostering import CoverRequirement

NURSES: Final = "BLOC"
IBODE: Final = "IBODE"
FLOATS: Final = "VOL"
ANAESTHETIC_NURSES: Final = "IADE"
ASSISTANTS: Final = "AS"
ANAESTHETISTS: Final = "MAR"
SPECIALTY: Final = "SPE"

THIRD_NURSE: Final = "third-nurse"
"""The feature of a theatre that needs one nurse more (arthroplasty, robot)."""

NURSES_A_ROOM: Final = 2
ROOMS_A_FLOAT: Final = 4
ROOMS_A_TRAY_NURSE: Final = 4
ROOMS_AN_ASSISTANT: Final = 2
ROOMS_AN_ANAESTHETIST: Final = 2


class Hands(NamedTuple):
    """What the cases of a plan ask beyond their rooms, by theatre and day.

    `thirds`: a third nurse; `risky`: an anaesthetist for this theatre alone.
    """

    thirds: AbstractSet[tuple[TheatreId, int]]
    risky: AbstractSet[tuple[TheatreId, int]]


class Delta(NamedTuple):
    """A cover requirement and by how many people its `least` and `best` move.

    `new`: the hospital has none for that post and day yet, and `cover` is what to add. `wished`: its
    `best` moves too, as the hospital gives one for that post on some day; a day without sessions has
    none left to tell by.
    """

    cover: CoverRequirement
    people: int
    new: bool
    wished: bool


def cover_id(post: str, horizon: Horizon, day: int) -> str:
    """Give the id of the requirement of a post on a day: BLOC-2026-10-05."""
    return f"{post}-{horizon.date(day).isoformat()}"


def posts(
    theatres: Iterable[Theatre], day: int = 0, hands: Hands | None = None
) -> Mapping[str, int]:
    """Give the people that a day needs, by post, with these theatres open.

    Two nurses a room, a third where it has the feature, one for trays from four rooms on; one
    scrub nurse with the diploma and one anaesthetic nurse a room; a float for four rooms begun, an
    assistant for two, an anaesthetist for two. With `hands` third nurses are those that the cases of
    the day ask for, and a theatre of high risk has an anaesthetist more.
    """
    rooms = tuple(theatres)
    if not rooms:
        return {}
    thirds = sum(
        THIRD_NURSE in theatre.features if hands is None else (theatre.id, day) in hands.thirds
        for theatre in rooms
    )
    risky = 0 if hands is None else sum((theatre.id, day) in hands.risky for theatre in rooms)
    trays = 1 if len(rooms) >= ROOMS_A_TRAY_NURSE else 0
    return {
        NURSES: NURSES_A_ROOM * len(rooms) + thirds + trays,
        IBODE: len(rooms),
        FLOATS: -(-len(rooms) // ROOMS_A_FLOAT),
        ANAESTHETIC_NURSES: len(rooms),
        ASSISTANTS: -(-len(rooms) // ROOMS_AN_ASSISTANT),
        ANAESTHETISTS: -(-len(rooms) // ROOMS_AN_ANAESTHETIST) + risky,
    }


def demand(
    theatres: Iterable[Theatre],
    sessions: Iterable[Session],
    by_suite: bool = False,
    hands: Hands | None = None,
) -> dict[tuple[str, int], int]:
    """Give the people needed by (post, day) with the sessions that are not closed.

    A theatre with an open session is staffed all day. What is kept for emergencies in a theatre that
    has a team of its own needs nobody else; elsewhere it is staffed as any session. Each specialty
    wants one nurse who knows it in each theatre that it uses: post SPE-ORTHO. With `by_suite` all
    posts but those are counted apart for each suite: BLOC-Central.
    """
    by_id = {theatre.id: theatre for theatre in theatres}
    rooms: dict[tuple[str, int], set[TheatreId]] = defaultdict(set)
    users: dict[tuple[str, int], set[TheatreId]] = defaultdict(set)
    for session in sessions:
        own_team = session.emergency and OWN_TEAM in by_id[session.theatre].features
        if not session.closed and not own_team:
            suite = by_id[session.theatre].suite if by_suite else ""
            rooms[suite, session.day].add(session.theatre)
            for owner in session.owners:
                users[f"{SPECIALTY}-{owner}", session.day].add(session.theatre)
    found = {key: len(theatres) for key, theatres in users.items()}
    for (suite, day), ids in rooms.items():
        for post, people in posts((by_id[id] for id in sorted(ids)), day, hands).items():
            found[f"{post}-{suite}" if suite else post, day] = people
    return dict(sorted(found.items(), key=lambda item: (item[0][1], item[0][0])))


def deltas(
    problem: Problem, sessions: Iterable[Session], hands: Hands | None = None
) -> tuple[Delta, ...]:
    """Give how the cover requirements of a problem move when its sessions become these.

    With `hands` those are what the cases in them ask for.
    """
    kept = {need.id: need for need in problem.cover}
    models = {post_of(problem, need): need for need in problem.cover}
    by_suite = counted_by_suite(problem)
    before = demand(problem.theatres, problem.sessions, by_suite)
    after = demand(problem.theatres, sessions, by_suite, hands)
    wished = {post_of(problem, need) for need in problem.cover if need.best}
    found = []
    for post, day in sorted(before.keys() | after.keys(), key=lambda key: (key[1], key[0])):
        people = after.get((post, day), 0) - before.get((post, day), 0)
        model = models.get(post)
        if people == 0 or model is None:
            continue
        id = cover_id(post, problem.horizon, day)
        new = id not in kept
        room = None if model.most is None else model.most - max(model.least, model.best)
        fresh = replace(model, id=id, day=day, least=0, best=0, most=room)
        found.append(Delta(fresh if new else kept[id], people, new, new or post in wished))
    return tuple(found)


def counted_by_suite(problem: Problem) -> bool:
    """Tell whether a hospital counts its nurses apart for each suite: BLOC-Central."""
    suites = {theatre.suite for theatre in problem.theatres if theatre.suite}
    posts = {post_of(problem, need) for need in problem.cover}
    return any(f"{NURSES}-{suite}" in posts for suite in suites)


def post_of(problem: Problem, need: CoverRequirement) -> str:
    """Give the post of a cover requirement: its id without the date."""
    return need.id.removesuffix(_date(problem, need.day))


def _date(problem: Problem, day: int) -> str:
    return f"-{problem.horizon.date(day).isoformat()}"
