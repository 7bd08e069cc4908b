"""Theatres, equipment, beds and anaesthetists of the demo hospitals, from short tables."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from data.demo.grid import NOON
from data.demo.period import HORIZON, stamp
from data.demo.streams import Stream
from planner.hospital import (
    AnaesthesiaCover,
    Census,
    Equipment,
    EquipmentId,
    Session,
    Theatre,
    TheatreId,
    WardId,
)

HALVES: Final = (("M", 480, NOON), ("A", NOON, 1140))
"""Half-days of anaesthetists: the second lasts until the recovery room closes."""


def theatres(table: Iterable[tuple[str, str, str, str]]) -> tuple[Theatre, ...]:
    """Give theatres from (id, name, suite, features by blanks)."""
    return tuple(
        Theatre(id=TheatreId(id), name=name, suite=suite, features=frozenset(features.split()))
        for id, name, suite, features in table
    )


def equipment(table: Iterable[tuple[str, str, int, int]]) -> tuple[Equipment, ...]:
    """Give equipment from (id, name, quantity, minutes until it is free again)."""
    return tuple(
        Equipment(id=EquipmentId(id), name=name, quantity=quantity, delay=delay)
        for id, name, quantity, delay in table
    )


def census(stream: Stream, taken: Mapping[str, tuple[float, float]]) -> tuple[Census, ...]:
    """Draw the beds that others hold, by ward and day, from (mean, deviation).

    Half of the deviation goes on from day to day: patients stay.
    """
    found = []
    for ward, (mean, deviation) in taken.items():
        drift = 0.0
        for day in range(-1, HORIZON.days + 14):
            drift = 0.5 * drift + stream.normal(0.0, deviation * 0.75**0.5)
            beds = max(0, round(mean + drift))
            if beds:
                found.append(
                    Census(id=f"{ward}-{stamp(day)}", ward=WardId(ward), day=day, taken=beds)
                )
    return tuple(found)


def anaesthetists(
    sessions: Sequence[Session],
    theatres: Sequence[Theatre],
    groups: Mapping[str, frozenset[str]],
    spare: int = 0,
) -> tuple[AnaesthesiaCover, ...]:
    """Give anaesthetists on duty by half-day and group of suites: one for two open rooms.

    `groups` is name → suites (empty: all). `spare` more are at hand each half-day.
    """
    suites = {theatre.id: theatre.suite for theatre in theatres}
    rooms: dict[tuple[str, int, str], set[str]] = {}
    for session in sessions:
        for name, served in groups.items():
            if served and suites[session.theatre] not in served:
                continue
            for part, start, end in HALVES:
                if session.start < end and start < session.end:
                    rooms.setdefault((name, session.day, part), set()).add(session.theatre)
    return tuple(
        AnaesthesiaCover(
            id=f"{name}-{stamp(day)}-{part}",
            day=day,
            start=start,
            end=end,
            anaesthetists=-(-len(rooms[name, day, part]) // 2) + spare,
            suites=served,
        )
        for name, served in groups.items()
        for day in range(HORIZON.days)
        for part, start, end in HALVES
        if (name, day, part) in rooms
    )
