"""What rules that count in windows have in common: their parameters, and the bound of a window."""

from dataclasses import dataclass

from planner import fields
from planner.facts import Facts
from planner.people import StaffMember
from planner.rules.contract import Rule, choice, flag, shift_tag, text, whole
from planner.rules.space import RosterSpace
from planner.rules.windows import KINDS, Window
from planner.view import RosterView


@dataclass(frozen=True, kw_only=True)
class Windowed(Rule[RosterView, RosterSpace]):
    """Duties with `tag` on some `weekdays` are counted in windows.

    `holidays`: public holidays count like their weekday (alike), as well as the weekdays (too), are
    all that counts of them (only), or do not count (never). `average`: bounds are for a week, and a
    window has as many times that as it has weeks, days of absence left out. `pro_rata`: bounds are
    those of full time. `carried`: the measure whose carried amounts stand for past days, in windows
    of the calendar.
    """

    tag: str = shift_tag("work")
    window: str = choice("horizon", *KINDS)
    days: int = whole(7, unit="day", low=1, high=400)
    weeks: int = whole(2, unit="week", low=1, high=53)
    later: int = whole(0, unit="week", high=52)
    weekdays: frozenset[int] = fields.weekdays()
    holidays: str = choice("alike", "alike", "too", "only", "never")
    average: bool = flag(False)
    pro_rata: bool = flag(False)
    carried: str = text("", high=60)

    @property
    def windows(self) -> Window:
        """The windows that are meant."""
        return Window(self.window, self.days, self.weeks, self.later)

    @property
    def measured(self) -> str:
        """The measure whose carried amounts count; windows that roll take none."""
        return "" if self.window == "rolling" else self.carried

    def repeats(self, space: RosterSpace) -> bool:
        """Tell that it says the same of everybody, where bounds and amounts are nobody's own."""
        return not (self.pro_rata or self.average or self.carries(space.facts))

    def carries(self, facts: Facts) -> bool:
        """Tell whether amounts of the measure are carried by anybody."""
        return bool(self.measured) and any(name == self.measured for _, name in facts.carried)

    def judged(
        self, view: RosterView, person: str, most: int | None, least: int | None
    ) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Give the windows of a person on which a maximum and a minimum are judged, if there is one."""
        windows = self.windows
        return (
            [] if most is None else list(view.windows(person, windows)),
            [] if least is None else list(view.whole_windows(person, windows, self.measured)),
        )

    def counts(self, facts: Facts, day: int) -> bool:
        """Tell whether what is on a day counts."""
        named, holiday = facts.horizon.weekday(day) in self.weekdays, day in facts.holidays
        match self.holidays:
            case "too":
                return named or holiday
            case "only":
                return named and holiday
            case "never":
                return named and not holiday
        return named

    def bound(
        self, facts: Facts, person: StaffMember, value: int, window: tuple[int, int], *, up: bool
    ) -> int:
        """Give the bound that holds for a person in a window; halves go up, a week's share to `up`."""
        of, whole = value * (person.share if self.pro_rata else 100), 100
        if not self.average:
            return (2 * of + whole) // (2 * whole)
        days = sum(not facts.off(person.id, day) for day in range(window[0], window[1] + 1))
        return -(-of * days // (7 * whole)) if up else of * days // (7 * whole)


def earliest(*windows: list[tuple[int, int]]) -> int:
    """Give the first day of all these windows; 0 where there is none."""
    return min((first for each in windows for first, _ in each), default=0)
