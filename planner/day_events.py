"""What happens on the day itself: an overrun, a cancellation, an emergency, a room that closes, a delay.

As it is typed: `overrun:CASE+45`, `cancel:CASE`, `emergency:MINUTES,SPECIALTY,CLASS[,WITHIN]`,
`close:ROOM,HH:MM`, `late:SURGEON+30`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from planner.clock import MINUTES_A_DAY, read_time, written
from planner.edits import EditRefusedError

KINDS: Final = ("overrun", "cancel", "emergency", "close", "late")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happens on a day of operations.

    `subject` is a case (overrun, cancel), a specialty (emergency), a theatre (close) or a surgeon
    (late). `minutes` are those more, those of the emergency, or those late. `at` is when a room
    closes; `within` the minutes in which an emergency ought to begin (None: as soon as it can).
    """

    kind: str
    subject: str
    minutes: int = 0
    priority: str = ""
    within: int | None = None
    at: int = 0

    @property
    def words(self) -> str:
        """Write it as it is typed."""
        match self.kind:
            case "overrun" | "late":
                return f"{self.kind}:{self.subject}+{self.minutes}"
            case "emergency":
                limit = "" if self.within is None else f",{self.within}"
                return f"emergency:{self.minutes},{self.subject},{self.priority}{limit}"
            case "close":
                return f"close:{self.subject},{written(self.at)}"
        return f"{self.kind}:{self.subject}"


class Moment(NamedTuple):
    """A day and the minutes after its midnight: what has started before is not to be moved."""

    day: int
    now: int


_WHOLE: Final = r"(\d{1,4})"
_FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    "overrun": re.compile(rf"(.+)\+{_WHOLE}"),
    "cancel": re.compile(r"(.+)"),
    "emergency": re.compile(rf"{_WHOLE},([^,]+),([^,]+)(?:,{_WHOLE})?"),
    "close": re.compile(r"(.+),([^,]+)"),
    "late": re.compile(rf"(.+)\+{_WHOLE}"),
}


def read_event(words: str) -> Event:
    """Read an event as it is typed: KIND:SUBJECT and what belongs to the kind.

    Raises:
        EditRefusedError: the words are no event.
    """
    kind, _, rest = words.strip().partition(":")
    form = _FORMS.get(kind)
    found = form.fullmatch(rest.strip()) if form is not None else None
    if found is None:
        raise EditRefusedError("event_unread", words=words)
    event = _read(kind, found.groups(), words)
    timed = kind not in ("cancel", "close")
    if timed and not 1 <= event.minutes <= MINUTES_A_DAY:
        raise EditRefusedError("event_no_minutes", words=words, most=MINUTES_A_DAY)
    if event.within is not None and event.within > MINUTES_A_DAY:
        raise EditRefusedError("event_no_minutes", words=words, most=MINUTES_A_DAY)
    if event.at > MINUTES_A_DAY:
        raise EditRefusedError("event_no_time", words=words, time=written(event.at))
    return event


def _read(kind: str, given: tuple[str | None, ...], words: str) -> Event:
    subject = str(given[0]).strip()
    match kind:
        case "overrun" | "late":
            return Event(kind=kind, subject=subject, minutes=int(given[1] or 0))
        case "emergency":
            minutes, specialty, priority, within = given
            return Event(
                kind=kind,
                subject=str(specialty).strip(),
                minutes=int(minutes or 0),
                priority=str(priority).strip(),
                within=None if within is None else int(within),
            )
        case "close":
            try:
                return Event(kind=kind, subject=subject, at=read_time(str(given[1])))
            except ValueError as error:
                raise EditRefusedError("event_unread", words=words) from error
    return Event(kind=kind, subject=subject)
