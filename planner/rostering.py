"""What is to be staffed: shift types, the people needed on each day, and rotations that come back."""

from dataclasses import dataclass
from typing import Final

from planner import fields
from planner.people import ShiftId, StaffId

CALLOUT: Final = "callout"
"""The tag of a shift that is a call-out from home: a fact when it is on a roster, never a choice."""


@fields.record("shift")
@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftType:
    """A kind of shift on one track; an `end` above 24:00 is on the next day.

    `pause` are unpaid minutes: effective minutes are the elapsed ones less the pause. `tags` say
    what the shift is (work where nothing is said; day, night …); its own id counts as a tag too.
    `half_days` are those that a doctor's duty counts for.
    """

    id: ShiftId = fields.key()
    name: str = fields.text("")
    start: int = fields.time()
    end: int = fields.time()
    pause: int = fields.whole(0, unit="minute", high=600)
    track: str = fields.text("work", high=20)
    tags: frozenset[str] = fields.tags("work")
    half_days: int = fields.whole(0, unit="half_day", high=4)

    @property
    def minutes(self) -> int:
        """Effective minutes on a day without a clock change."""
        return self.end - self.start - self.pause


@fields.record("cover")
@dataclass(frozen=True, slots=True, kw_only=True)
class CoverRequirement:
    """How many people with `skill` (None: anybody) are needed on any of the shifts of a day.

    Under `least` is short, from `least` to `best` is thin, over `most` (None: no limit) is too many.
    `price_below` and `price_above` are the points a person short or too many costs.
    """

    id: str = fields.key()
    day: int = fields.day()
    shifts: frozenset[ShiftId] = fields.links("shift")
    skill: str | None = fields.text(optional=True)
    least: int = fields.whole(1, unit="person")
    best: int = fields.whole(0, unit="person")
    most: int | None = fields.whole(None, unit="person", optional=True)
    price_below: int = fields.whole(1, unit="point", high=1_000_000)
    price_above: int = fields.whole(1, unit="point", high=1_000_000)


LONGEST_CYCLE: Final = 12
"""Weeks of the longest cycle of work (décret 2002-9, art. 9)."""


@fields.record("rotation")
@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """A cycle of `weeks` lines of a week each; its people begin on different ones and move on each Monday.

    After the last line comes the first. `shifts` are those that it may have (empty: all). Without
    `holidays` its duties are left out on public holidays.
    """

    id: str = fields.key()
    name: str = fields.text("")
    weeks: int = fields.whole(1, unit="week", low=1, high=LONGEST_CYCLE)
    shifts: frozenset[ShiftId] = fields.links("shift")
    holidays: bool = fields.flag(False)


@fields.record("line")
@dataclass(frozen=True, slots=True, kw_only=True)
class RotationLine:
    """A week of a rotation: a shift a weekday, None off. `number` counts from 1 within the rotation.

    What is worked on another track stands in a second line of the same number.
    """

    id: str = fields.key()
    rotation: str = fields.link("rotation")
    number: int = fields.whole(1, unit="week", low=1, high=LONGEST_CYCLE)
    mon: ShiftId | None = fields.link("shift", optional=True)
    tue: ShiftId | None = fields.link("shift", optional=True)
    wed: ShiftId | None = fields.link("shift", optional=True)
    thu: ShiftId | None = fields.link("shift", optional=True)
    fri: ShiftId | None = fields.link("shift", optional=True)
    sat: ShiftId | None = fields.link("shift", optional=True)
    sun: ShiftId | None = fields.link("shift", optional=True)

    @property
    def week(self) -> tuple[ShiftId | None, ...]:
        """The shifts from Monday to Sunday."""
        return (self.mon, self.tue, self.wed, self.thu, self.fri, self.sat, self.sun)


@fields.record("turn")
@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A person of a rotation, and the number of the line with which she begins each cycle.

    Cycles are counted from one Monday, the same in every study, so that the next period goes on.
    """

    id: StaffId = fields.link("staff")
    rotation: str = fields.link("rotation")
    line: int = fields.whole(1, unit="week", low=1, high=LONGEST_CYCLE)


@fields.record("weekly")
@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyCover:
    """The people that a rotation is to give on some weekdays; the rest is as in a cover requirement."""

    id: str = fields.key()
    rotation: str = fields.link("rotation")
    weekdays: frozenset[int] = fields.weekdays()
    shifts: frozenset[ShiftId] = fields.links("shift")
    skill: str | None = fields.text(optional=True)
    least: int = fields.whole(1, unit="person")
    best: int = fields.whole(0, unit="person")
    most: int | None = fields.whole(None, unit="person", optional=True)
    price_below: int = fields.whole(1, unit="point", high=1_000_000)
    price_above: int = fields.whole(1, unit="point", high=1_000_000)
