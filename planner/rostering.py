"""What is to be staffed: shift types and the people needed on each day."""

from dataclasses import dataclass

from planner import fields
from planner.people import ShiftId


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
