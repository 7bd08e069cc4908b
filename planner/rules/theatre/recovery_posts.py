"""The recovery room (PACU) has a post for each patient (T24)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress

from planner.facts import Facts, on_grid
from planner.hospital import Recovery, RecoveryId, TheatreId
from planner.rules.blocked import blocked
from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, rule, whole
from planner.rules.crowding import Held, crowded
from planner.rules.holding import at_post
from planner.rules.space import TheatreSpace
from planner.rules.timing import BlockUntil, Cumulative, InTheWay, Stretch, TheatreDay
from planner.view import Placed, TheatreView


@rule("recovery_posts")
@dataclass(frozen=True, kw_only=True)
class RecoveryPosts(Rule[TheatreView, TheatreSpace]):
    """A patient takes a post from the end of the case for the procedure's recovery minutes.

    Patients go to the recovery room of their theatre's suite; without one they are not counted.
    A unit is a minute of a patient too many; one breach a patient for whom no post is left.

    With a `wait`, patients of a day who find no post wait in the theatre, first come first served by
    the ends of their cases. A unit is a minute that one waits beyond it, or that another case of the
    theatre, its turnover included, should have had; one breach a patient, and one a pair of cases.
    The end of a session and the closing of the recovery room are judged without the wait.

    A day on which one of a room's patients has no start is judged by its sum: minutes of recovery
    against posts × opening hours, `wait` included.
    """

    wait: int = whole(0, unit="minute", high=240)
    unit, reach = "minute", None
    family, scoped = "recovery_beds", "recovery"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        room_of = view.facts.recovery_rooms
        used: dict[RecoveryId, dict[int, list[Placed]]] = defaultdict(lambda: defaultdict(list))
        longest = max((procedure.recovery for procedure in view.problem.procedures), default=0)
        for placed in view.placed_near(on_grid(longest)):
            room = room_of.get(placed.session.id)
            if room is not None and view.facts.recovery_minutes(placed.case) > 0:
                used[room.id][placed.session.day].append(placed)
        for recovery in self._meant(view.facts):
            timed: list[Held] = []
            for day, together in used[recovery.id].items():
                if any(placed.start is None for placed in together):
                    yield from self._full(view.facts, recovery, day, together)
                elif self.wait and recovery.posts:
                    yield from blocked(view, recovery, together, self.wait)
                else:
                    timed.extend(at_post(view.facts, placed) for placed in together)
            for crowd in crowded(timed, recovery.posts):
                *others, case = crowd.cases
                about = About("recovery_short", (recovery.id, *crowd.cases), *crowd.days)
                facts: dict[str, int | str] = {"case": case, "others": ", ".join(others)}
                facts |= {"posts": recovery.posts, "recovery": recovery.id}
                yield Breach(about, crowd.minutes, facts)

    def _full(
        self, facts: Facts, recovery: Recovery, day: int, together: list[Placed]
    ) -> Iterator[Breach]:
        minutes = sum(facts.recovery_minutes(placed.case) for placed in together)
        room = self._energy(facts, recovery, day)
        if minutes > room:
            told: dict[str, int | str] = {"used": minutes, "room": room, "recovery": recovery.id}
            yield Breach(About("recovery_full", (recovery.id,), day, day), minutes - room, told)

    def _energy(self, facts: Facts, recovery: Recovery, day: int) -> int:
        """Give the minutes of posts in a day: the last patients may have waited."""
        opens, closes = facts.passed(day, recovery.start), facts.passed(day, recovery.end)
        return recovery.posts * (max(0, closes - opens) + self.wait)

    def _meant(self, facts: Facts) -> Iterator[Recovery]:
        for recovery in facts.problem.recoveries:
            if self.scope.holds({"recovery": frozenset({recovery.id}), "suite": recovery.suites}):
                yield recovery

    def rows(self, space: TheatreSpace) -> Iterator[Row]:
        room_of, minutes = space.facts.recovery_rooms, _minutes(space)
        tables: dict[tuple[RecoveryId, int], dict[int, int]] = defaultdict(dict)
        cells: dict[tuple[RecoveryId, int], dict[int, None]] = defaultdict(dict)
        for session in space.problem.sessions:
            room = room_of.get(session.id)
            if room is not None:
                column = space.column(session)
                stays = [minutes[cell] for cell in column.cells]
                key = (room.id, session.day)
                tables[key].update(compress(zip(column.codes, stays, strict=True), stays))
                cells[key].update(dict.fromkeys(compress(column.cells, stays)))
        meant = {recovery.id: recovery for recovery in self._meant(space.facts)}
        for (id, day), table in tables.items():
            if id in meant:
                about = About("recovery_full", (id,), day, day)
                load = (tuple(cells[id, day]), table)
                hi = self._energy(space.facts, meant[id], day)
                given = ("recovery_hours",)
                yield Linear(about, (load,), hi=hi, kind="relaxation", given=given)

    def timing(self, day: TheatreDay) -> Iterator[Cumulative | BlockUntil | InTheWay]:
        room_of = {session.id: day.facts.recovery_of(session) for session in day.sessions}
        stays: dict[RecoveryId, list[Stretch]] = defaultdict(list)
        for choice in day.choices:
            room, minutes = room_of[choice.session.id], day.facts.recovery_minutes(choice.case)
            if room is not None and minutes > 0:
                stays[room.id].append(Stretch(choice.number, after=minutes, origin="end"))
        for recovery in self._meant(day.facts):
            found, posts = tuple(stays[recovery.id]), recovery.posts
            if len(found) <= posts:
                continue
            if not self.wait or not posts:
                about = About("recovery_short", (recovery.id,), day.day, day.day)
                yield Cumulative(about, found, posts)
                continue
            about = About("recovery_waits", (recovery.id,), day.day, day.day)
            until = BlockUntil(about, found, posts, self.wait)
            yield until
            about = About("recovery_blocks", (recovery.id,), day.day, day.day)
            yield InTheWay(about, until, _theatres(day, found))


def _theatres(day: TheatreDay, stays: tuple[Stretch, ...]) -> tuple[tuple[Stretch, ...], ...]:
    """Give what holds each theatre in which a patient may wait, turnovers included."""
    theatre_of = {choice.number: choice.session.theatre for choice in day.choices}
    waiting = {theatre_of[stay.choice] for stay in stays}
    rooms: dict[TheatreId, list[Stretch]] = defaultdict(list)
    for choice in day.choices:
        if choice.session.theatre in waiting:
            rooms[choice.session.theatre].append(Stretch(choice.number, before=choice.turnover))
    return tuple(tuple(found) for found in rooms.values())


def _minutes(space: TheatreSpace) -> list[int]:
    return [space.facts.recovery_minutes(case) for case in space.cases]
