"""What is decided: where and when each case is operated, and who works which shift.

A plan is kept in small partitions (the placements of a session, the duties of a day), so that an
edit replaces one of them and everything else is shared.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

from planner.cases import CaseId
from planner.hospital import SessionId
from planner.people import ShiftId, StaffId

T = TypeVar("T")


class Placement(NamedTuple):
    """A case in a session, with its surgeon (None: nobody needed) and start (None: not sequenced).

    `start` counts minutes after midnight of the session's day.
    """

    case: CaseId
    session: SessionId
    surgeon: str | None = None
    start: int | None = None


class Duty(NamedTuple):
    """A person on a shift of a day; the shift names its track."""

    person: StaffId
    day: int
    shift: ShiftId


Partitions: TypeAlias = tuple[tuple[tuple[Placement, ...], ...], tuple[tuple[Duty, ...], ...]]
Making: TypeAlias = Callable[[], Partitions]


class _Later:
    """What makes the partitions of a plan that nobody has looked at yet; None once it is done."""

    __slots__ = ("_make",)

    if not TYPE_CHECKING:  # what is no field of a plan is still refused

        def __getattr__(self, name: str) -> object:
            if name not in ("sessions", "days"):
                raise AttributeError(name)
            make = self._make
            if make is not None:
                sessions, days = make()
                object.__setattr__(self, "sessions", sessions)
                object.__setattr__(self, "days", days)
                object.__setattr__(self, "_make", None)  # last: another thread may look, too
            return object.__getattribute__(self, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(_Later):
    """Placements by session (in order of session id) and duties by day (in order of day).

    Within a partition placements stand by start, then case; duties by person, then shift. So two
    plans with the same decisions are equal.
    """

    sessions: tuple[tuple[Placement, ...], ...] = ()
    days: tuple[tuple[Duty, ...], ...] = ()

    @staticmethod
    def build(placements: Iterable[Placement] = (), duties: Iterable[Duty] = ()) -> "Plan":
        """Make a plan from its decisions, in any order."""
        return Plan(sessions=_sessions(placements), days=_days(duties))

    @staticmethod
    def later(make: Making) -> "Plan":
        """Give a plan whose partitions are made when somebody first looks at them."""
        plan = object.__new__(Plan)
        object.__setattr__(plan, "_make", make)
        return plan

    @property
    def making(self) -> Making | None:
        """What will make the partitions; None where they are there."""
        make: Making | None = getattr(self, "_make", None)
        return make

    @property
    def placements(self) -> Iterator[Placement]:
        """All placements, session by session."""
        return (placement for partition in self.sessions for placement in partition)

    @property
    def duties(self) -> Iterator[Duty]:
        """All duties, day by day."""
        return (duty for partition in self.days for duty in partition)

    def with_placements(self, placements: Iterable[Placement]) -> "Plan":
        """Give the same roster with other placements."""
        return Plan(sessions=_sessions(placements), days=self.days)

    def with_duties(self, duties: Iterable[Duty]) -> "Plan":
        """Give the same placements with another roster."""
        return Plan(sessions=self.sessions, days=_days(duties))


def _sessions(placements: Iterable[Placement]) -> tuple[tuple[Placement, ...], ...]:
    found: dict[SessionId, list[Placement]] = defaultdict(list)
    for placement in placements:
        found[placement.session].append(placement)
    return tuple(tuple(sorted(found[session], key=_place)) for session in sorted(found))


def _place(placement: Placement) -> tuple[int, str, str]:
    start = -1 if placement.start is None else placement.start
    return start, placement.case, placement.surgeon or ""


def _days(duties: Iterable[Duty]) -> tuple[tuple[Duty, ...], ...]:
    found: dict[int, list[Duty]] = defaultdict(list)
    for duty in duties:
        found[duty.day].append(duty)
    return tuple(tuple(sorted(found[day])) for day in sorted(found))


def unshared(before: Sequence[T], after: Sequence[T]) -> tuple[Sequence[T], Sequence[T]]:
    """Give the partitions of two plans that are not the very same in both, as untouched ones are."""
    shorter = min(len(before), len(after))
    first = next((n for n in range(shorter) if before[n] is not after[n]), shorter)
    last, until = len(before), len(after)
    while last > first and until > first and before[last - 1] is after[until - 1]:
        last, until = last - 1, until - 1
    old, new = before[first:last], after[first:until]
    same = {id(partition) for partition in old} & {id(partition) for partition in new}
    if same:
        old = [partition for partition in old if id(partition) not in same]
        new = [partition for partition in new if id(partition) not in same]
    return old, new
