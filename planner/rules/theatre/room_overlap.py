"""One case at a time in a theatre (T01)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from planner.hospital import Session, TheatreId
from planner.rules.blocks import About
from planner.rules.contract import EVERYONE, Breach, Rule, rule
from planner.rules.crowding import Held, held, overlaps
from planner.rules.space import TheatreSpace
from planner.rules.timing import NoOverlap, Stretch, TheatreDay
from planner.view import TheatreView


@rule("room_overlap")
@dataclass(frozen=True, kw_only=True)
class RoomOverlap(Rule[TheatreView, TheatreSpace]):
    """A theatre holds one case at a time, the turnover before a case included; a unit is a minute.

    All sessions of the theatre together, over midnight too. The turnover is that of the later
    case; none is needed before the first. Placements without a start are not judged. One breach a
    pair of cases.
    """

    unit, reach = "minute", "case"
    family, scoped = "rooms", "session"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for theatre in dict.fromkeys(p.session.theatre for p in view.placed(EVERYONE)):
            all_held = self._held(view, view.facts.sessions_of.get(theatre, ()))
            for pair in overlaps(all_held):
                other, case = pair.cases
                about = About("room_overlap", pair.cases, *pair.days)
                facts: dict[str, int | str] = {"case": case, "other": other, "theatre": theatre}
                yield Breach(about, pair.minutes, facts)

    def _held(self, view: TheatreView, sessions: tuple[Session, ...]) -> list[Held]:
        tags = view.facts.session_tags
        return [
            held(view.horizon, placed, before=placed.turnover)
            for session in sessions
            if self.scope.holds(tags[session.id])
            for placed in view.inside(session)
            if placed.start is not None
        ]

    def timing(self, day: TheatreDay) -> Iterator[NoOverlap]:
        meant = {session.id for session in day.sessions_in(self.scope)}
        rooms: dict[TheatreId, list[Stretch]] = defaultdict(list)
        for choice in day.choices:
            if choice.session.id in meant:
                rooms[choice.session.theatre].append(Stretch(choice.number, before=choice.turnover))
        for theatre, stretches in rooms.items():
            if len(stretches) > 1:
                about = About("room_overlap", (theatre,), day.day, day.day)
                yield NoOverlap(about, tuple(stretches))
