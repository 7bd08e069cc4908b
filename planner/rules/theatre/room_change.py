"""A surgeon stays in one theatre within a day."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from planner.hospital import TheatreId
from planner.rules.blocks import About, Linear, Row
from planner.rules.contract import Breach, Rule, rule
from planner.rules.space import TheatreSpace
from planner.view import TheatreView


@rule("room_change")
@dataclass(frozen=True, kw_only=True)
class RoomChange(Rule[TheatreView, TheatreSpace]):
    """A surgeon operates in one theatre a day, or in two if she works in two; a unit is one more."""

    unit, reach = "occurrence", None
    family, scoped = "comfort", "surgeon"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        for (surgeon, day), together in view.surgeon_days().items():
            theatres = sorted({placed.session.theatre for placed in together})
            more = len(theatres) - view.facts.surgeons[surgeon].rooms
            if more > 0 and self.scope.holds(view.facts.surgeon_tags[surgeon]):
                about = About("room_change", (surgeon,), day, day)
                facts: dict[str, int | str] = {"surgeon": surgeon, "day": day}
                yield Breach(about, more, facts | {"theatres": ", ".join(theatres)})

    def rows(self, space: TheatreSpace) -> Iterator[Row]:
        for surgeon in space.problem.surgeons:
            if not self.scope.holds(space.facts.surgeon_tags[surgeon.id]):
                continue
            rooms: dict[int, dict[TheatreId, None]] = defaultdict(dict)
            for column in space.with_surgeon(surgeon.id).values():
                session = column.session
                rooms[session.day][session.theatre] = None
            for day, theatres in rooms.items():
                if len(theatres) > surgeon.rooms:
                    absent = tuple(
                        (space.surgeon_absent(surgeon.id, day, theatre), 1) for theatre in theatres
                    )
                    about = About("room_change", (surgeon.id,), day, day)
                    yield Linear(about, features=absent, lo=len(absent) - surgeon.rooms)
