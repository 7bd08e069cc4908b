"""What a roster board is made of: cells, runs, rows of people, rows of cover.

Tones are those of the shifts: morning, day, evening, night, call; training and away for absences.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias

from planner.boards.marks import Sign, worst
from planner.people import StaffMember
from planner.rostering import CoverRequirement, ShiftType
from planner.score import Judged
from planner.study import Pin
from planner.words import say

Tone: TypeAlias = Literal["morning", "day", "evening", "night", "call"]
Wish: TypeAlias = Literal["", "granted", "refused"]
State: TypeAlias = Literal["short", "thin", "met", "over"]
SHORT_RUN: Final = 8
"""Days up to which a breach is shown around its days; a longer one stands at the person's name."""
LEFT: Final = "\0"
"""In place of a reason, after a person's last day; no text of a study can hold it."""
_TRAINING: Final = ("formation", "training", "congrès", "congress", "study")


class Cell(NamedTuple):
    """A person on a day: her shifts, or why she is away; `before` are the reference's shifts.

    `before` is None where it has the same ones, or where there is no reference. `fixed`: the engines
    keep the day as it is.
    """

    day: int
    shifts: tuple[ShiftType, ...] = ()
    away: str | None = None
    wish: Wish = ""
    before: tuple[str, ...] | None = None
    fixed: bool = False

    @property
    def tone(self) -> Tone:
        """The tone of the first shift."""
        return tone(self.shifts[0]) if self.shifts else "day"


class Run(NamedTuple):
    """Days in a row that a breach is about."""

    first: int
    last: int
    breaches: tuple[Judged, ...]

    @property
    def sign(self) -> Sign:
        """The gravest sign."""
        return worst(self.breaches)


class Row(NamedTuple):
    """A person: planned minutes, what the contract asks, cells day by day, marked runs.

    `breaches` are those that are about more than a few days.
    """

    person: StaffMember
    minutes: int
    due: int
    cells: tuple[Cell, ...]
    runs: tuple[Run, ...] = ()
    breaches: tuple[Judged, ...] = ()

    @property
    def sign(self) -> Sign:
        """The gravest sign of what is about the whole row."""
        return worst(self.breaches)

    def on(self, day: int) -> tuple[Judged, ...]:
        """Give the breaches whose days hold one."""
        return tuple(
            each for run in self.runs if run.first <= day <= run.last for each in run.breaches
        )


def outlines(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Join runs of a sign that share days, so that each stretch of days has one outline."""
    found: list[Run] = []
    last: dict[Sign, int] = {}
    for run in runs:
        place = last.get(run.sign)
        if place is not None and run.first <= found[place].last:
            before = found[place]
            joined = (*before.breaches, *run.breaches)
            found[place] = Run(before.first, max(before.last, run.last), joined)
        else:
            last[run.sign] = len(found)
            found.append(run)
    return tuple(found)


class Cover(NamedTuple):
    """The people on a requirement of a day, and the marked breaches that are about it."""

    need: CoverRequirement
    there: int
    breaches: tuple[Judged, ...] = ()

    @property
    def state(self) -> State:
        """Whether there are too few, fewer than best, as many as wanted, or more."""
        if self.there < self.need.least:
            return "short"
        if self.there < self.need.best:
            return "thin"
        return "over" if self.there > max(self.need.least, self.need.best) else "met"

    @property
    def off(self) -> int:
        """How many people are missing (negative) or more than wanted."""
        if self.there < self.need.least:
            return self.there - self.need.least
        return max(0, self.there - max(self.need.least, self.need.best))


class CoverRow(NamedTuple):
    """A post: its requirements by day."""

    label: str
    days: Mapping[int, Cover]

    @property
    def least(self) -> tuple[int, int]:
        """The smallest and the largest need of its days."""
        needs = [cover.need.least for cover in self.days.values()]
        return min(needs, default=0), max(needs, default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterBoard:
    """Everybody in the order of the problem; `off` are weekends and public holidays."""

    rows: tuple[Row, ...] = ()
    cover: tuple[CoverRow, ...] = ()
    days: range = range(0)
    off: frozenset[int] = frozenset()
    shifts: tuple[ShiftType, ...] = ()


def tone(shift: ShiftType) -> Tone:
    """Give the tone of a shift by its tags."""
    if "night" in shift.tags:
        return "night"
    if "call" in shift.tags:
        return "call"
    if "late" in shift.tags:
        return "evening"
    return "morning" if "early" in shift.tags else "day"


def away_tone(reason: str) -> Literal["training", "away"]:
    """Give the tone of an absence: who is trained is at work, though not here."""
    return "training" if reason.casefold().startswith(_TRAINING) else "away"


def away_code(reason: str) -> str:
    """Give one to three letters for the reason of an absence.

    >>> away_code("Congé annuel"), away_code("Maladie"), away_code("Formation"), away_code("")
    ('CA', 'MA', 'F', '–')
    """
    if reason == LEFT:
        return "–"
    words = [word for word in reason.replace("’", " ").split() if len(word) > 2] or reason.split()
    if away_tone(reason) == "training":
        return reason[0].upper()
    if len(words) > 1:
        return "".join(word[0] for word in words[:3]).upper()
    return words[0][:2].upper() if words else "–"


def away_words(reason: str, lang: str) -> str:
    """Say why a person is not there all day: "away: annual leave", or that she has left."""
    if reason == LEFT:
        return say("board.left", lang)
    return say("board.away", lang, reason=reason) if reason else say("roster.away", lang)


class Fixed:
    """The days that pins hold, by person; made once for a board."""

    def __init__(self, pins: Iterable[Pin] = ()) -> None:
        self.pins = tuple(pin for pin in pins if pin.kind in ("person", "day"))

    def holds(self, person: str, day: int) -> bool:
        """Tell whether a pin holds a person's day."""
        return any(
            (pin.kind == "day" or pin.id == person)
            and (pin.first is None or pin.first <= day)
            and (pin.last is None or day <= pin.last)
            for pin in self.pins
        )

    def people(self) -> frozenset[str] | None:
        """Give whom the pins are about, None where one holds a day of everybody."""
        if any(pin.kind == "day" for pin in self.pins):
            return None
        return frozenset(pin.id for pin in self.pins)
