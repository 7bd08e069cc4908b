"""How long a duty lasts at most and at least, and its break."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.rostering import ShiftType
from planner.rules.blocks import About, Linear, Price, Row
from planner.rules.contract import Breach, Rule, rule, shift_tag, whole
from planner.rules.space import RosterSpace
from planner.view import RosterView

WHATS = ("duty_long", "duty_short", "break_short")


@rule("duty_length")
@dataclass(frozen=True, kw_only=True)
class DutyLength(Rule[RosterView, RosterSpace]):
    """Duties with `tag` and not `spared` last `least` to `most` minutes from start to end.

    One of more than `over` minutes has a break of `pause`. The times of the shift are meant, as on a
    day without a clock change. A unit is a minute too many or too few, or of the break missing.
    """

    tag: str = shift_tag("work")
    spared: str = shift_tag("")
    least: int = whole(0, unit="minute", high=1440)
    most: int = whole(720, unit="minute", low=60, high=2880)
    over: int = whole(360, unit="minute", high=1440)
    pause: int = whole(0, unit="minute", high=180)
    unit, reach = "minute", "person"
    family = "hours"

    def off(self, what: str, shift: ShiftType) -> int:
        """Give the minutes by which a shift is not as asked."""
        tags = {*shift.tags, shift.id}
        if self.tag not in tags or self.spared in tags:
            return 0
        length = shift.end - shift.start
        if what == "break_short":
            return max(0, self.pause - shift.pause) if length > self.over else 0
        return max(0, length - self.most if what == "duty_long" else self.least - length)

    def breaches(self, view: RosterView) -> Iterator[Breach]:
        wrong = {s.id for s in view.problem.shifts if any(self.off(w, s) for w in WHATS)}
        for person in view.people(self.scope) if wrong else ():
            for day in range(view.horizon.days):
                here = [shift for shift in view.shifts(person.id, day) if shift.id in wrong]
                for what in WHATS if here else ():
                    minutes = sum(self.off(what, shift) for shift in here)
                    if minutes:
                        limit = {"duty_long": self.most, "duty_short": self.least}
                        facts = {"limit": limit.get(what, self.pause), "off": minutes}
                        shifts = "+".join(s.id for s in here if self.off(what, s))
                        about = About(what, (person.id,), day, day)
                        yield Breach(about, minutes, {**facts, "shift": shifts})

    def prices(self, space: RosterSpace) -> Iterator[Price]:
        for what, wrong in self._wrong(space).items():
            if len({shift.track for shift, _ in wrong}) == 1:
                track = wrong[0][0].track
                for person in space.people(self.scope):
                    cells = space.cells_on(person.id, 0, space.last, track)
                    for shift, minutes in wrong:
                        yield Price(what, cells, space.code_set((shift.id,)), minutes)

    def rows(self, space: RosterSpace) -> Iterator[Row]:
        for what, wrong in self._wrong(space).items():
            if len({shift.track for shift, _ in wrong}) > 1:  # two tracks of a day are one item
                table = {space.code_of[shift.id]: minutes for shift, minutes in wrong}
                for person in space.people(self.scope):
                    for day in range(space.last + 1):
                        about = About(what, (person.id,), day, day)
                        yield Linear(about, ((space.cells_on(person.id, day), table),), hi=0)

    def _wrong(self, space: RosterSpace) -> dict[str, list[tuple[ShiftType, int]]]:
        return {
            what: [(s, self.off(what, s)) for s in space.problem.shifts if self.off(what, s)]
            for what in WHATS
        }
