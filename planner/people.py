"""Who works: contracts, staff members, their absences, wishes, past, and what they were promised.

Staff are codes as well; a name is a free text that stays in the house.
"""

from dataclasses import dataclass
from typing import NewType

from planner import fields

ContractId = NewType("ContractId", str)
StaffId = NewType("StaffId", str)
ShiftId = NewType("ShiftId", str)


@fields.record("contract")
@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A kind of contract; `week` are the weekly minutes of a full-time person."""

    id: ContractId = fields.key()
    name: str = fields.text("")
    week: int = fields.whole(2100, unit="minute", high=6000)


@fields.record("staff")
@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """A person on the roster; `share` is per cent of full time, `skills` are tags.

    A skill may have a level from 0 to 4 (`ortho:3`: 1 learner, 2 autonomous, 3 referent, 4 mentor).
    `shifts` empty: she may work every shift. `last`: the last day on which she begins a shift; None:
    she stays.
    """

    id: StaffId = fields.key()
    name: str = fields.text("")
    contract: ContractId = fields.link("contract")
    role: str = fields.text("")
    team: str = fields.text("")
    skills: frozenset[str] = fields.tags()
    share: int = fields.whole(100, unit="per cent", low=1, high=100)
    shifts: frozenset[ShiftId] = fields.links("shift")
    last: int | None = fields.day(optional=True)

    @property
    def abilities(self) -> frozenset[str]:
        """The skills with what their levels stand for.

        `ortho:3` is also ortho:1, ortho:2 and ortho=3, and from level 2 on plain ortho: a learner
        does not count.
        """
        if not any(":" in skill for skill in self.skills):
            return self.skills
        found = set(self.skills)
        for skill in self.skills:
            name, colon, level = skill.rpartition(":")
            if colon and level in ("0", "1", "2", "3", "4"):
                found.add(f"{name}={level}")
                found.update(f"{name}:{lower}" for lower in range(1, int(level)))
                found.update({name} if level >= "2" else ())
        return frozenset(found)


@fields.record("absence")
@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Days on which a staff member or surgeon is away, both ends included.

    With `start` and `end` she is away in that stretch of each of the days only (a consultation).
    """

    id: str = fields.key()
    person: str = fields.text(high=60)
    first: int = fields.day()
    last: int = fields.day()
    start: int | None = fields.time(optional=True)
    end: int | None = fields.time(optional=True)
    reason: str = fields.text("")


@fields.record("request")
@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A wish: to work `shift` on a day (None: any shift), or not to (`wanted` false).

    `weight` are the points that refusing it costs.
    """

    id: str = fields.key()
    person: StaffId = fields.link("staff")
    day: int = fields.day()
    shift: ShiftId | None = fields.link("shift", optional=True)
    wanted: bool = fields.flag(True)
    weight: int = fields.whole(1, unit="point")


@fields.record("history")
@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What a person did before day 0, one entry a day, the last one on day −1.

    An entry is `-` for a day off, `?` for an unknown day, or the ids of the day's shifts joined by
    `+`. Days before the first entry are unknown.
    """

    id: StaffId = fields.link("staff")
    past: tuple[str, ...] = fields.words()


@fields.record("carried")
@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What a person did from `since` to `until` (both before day 0), as one amount and not day by day.

    A rule that counts the same `measure` (a word of the house: hours, overtime, nights …) over a
    window that holds these days takes the amount, and not what the past roster says of them.
    """

    id: str = fields.key()
    person: StaffId = fields.link("staff")
    measure: str = fields.text(high=60)
    since: int = fields.day()
    until: int = fields.day(-1)
    amount: int = fields.whole(0, low=-1_000_000, high=1_000_000)


@fields.record("promise")
@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """The published roster of a person, one entry a day from day 0.

    An entry is `-` for a day off, `?` for a day not yet published, or the ids of the day's shifts
    joined by `+`. Days after the last entry are not yet published. `told` is the day of publication.
    """

    id: StaffId = fields.link("staff")
    days: tuple[str, ...] = fields.words()
    told: int | None = fields.day(optional=True)
