"""Half-days with the people on duty and the theatres that may need them: facts, for both voices.

Cover for all suites and cover for some are two pools, and so is cover for some specialties. A
session, or a stretch of cover, that crosses noon belongs to both halves of its day.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple, Protocol, TypeAlias, TypeVar

from planner.facts import Facts
from planner.hospital import Session, SpecialtyId, TheatreId
from planner.rules.blocks import Feature
from planner.rules.space import TheatreSpace


class Cover(Protocol):
    """A record of people on duty in a stretch of a day, for some suites (empty: all)."""

    @property
    def id(self) -> str: ...
    @property
    def day(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def suites(self) -> frozenset[str]: ...


C = TypeVar("C", bound=Cover)

HALVES: Final = ("am", "pm")
_Pool: TypeAlias = tuple[frozenset[str], frozenset[SpecialtyId]]
"""The suites and the specialties that cover is for; empty: all."""


class Half(NamedTuple):
    """A half-day ("am", "pm") of some suites: its theatres with their sessions, and who covers it.

    `subjects` are the cover, or the suites and specialties where there is none; nobody where the
    cover is for all.
    """

    day: int
    part: str
    subjects: tuple[str, ...]
    covers: tuple[Cover, ...]
    theatres: tuple[tuple[Session, ...], ...]


def halves(
    facts: Facts, days: Iterable[int], all_cover: Iterable[Cover], meant: Callable[[Session], bool]
) -> Iterator[Half]:
    """Give the half-days of each pool on which sessions that are meant need somebody.

    A half-day without cover is among them, but no suites for which there is no cover at all.
    """
    pools: dict[_Pool, dict[int, list[Cover]]] = {}
    for cover in all_cover:
        pools.setdefault(_pool(cover), {}).setdefault(cover.day, []).append(cover)
    chosen = [day for day in days if day in facts.sessions_on] if pools else []
    for (suites, owners), by_day in pools.items():
        for day in chosen:
            sessions = [
                session
                for session in facts.sessions_on[day]
                if (not suites or facts.theatres[session.theatre].suite in suites)
                and (not owners or owners & session.owners)
                and meant(session)
            ]
            for part in HALVES:
                rooms: dict[TheatreId, tuple[Session, ...]] = {}
                for session in sessions:
                    if _touches(facts, session, part):
                        rooms[session.theatre] = (*rooms.get(session.theatre, ()), session)
                if rooms:
                    covers = tuple(
                        cover for cover in by_day.get(day, ()) if _touches(facts, cover, part)
                    )
                    who = tuple(cover.id for cover in covers) or (*sorted(suites), *sorted(owners))
                    yield Half(day, part, who, covers, tuple(rooms.values()))


def _pool(cover: Cover) -> _Pool:
    return cover.suites, getattr(cover, "specialties", frozenset())  # anaesthetists are for all


def _touches(facts: Facts, stretch: Session | Cover, part: str) -> bool:
    if stretch.end <= stretch.start:  # a fault: it is for nobody
        return False
    noon = facts.problem.noon
    return stretch.start < noon if part == "am" else stretch.end > noon


def closed(space: TheatreSpace, sessions: tuple[Session, ...]) -> Feature:
    """Give the feature "no case in any of these sessions of a theatre"."""
    if len(sessions) == 1:
        return space.session_closed(sessions[0])
    return tuple(test for session in sessions for test in space.session_closed(session))
