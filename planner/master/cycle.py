"""On which days a template falls, and the dated session that it then is."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from typing import Final, Protocol

from planner.clock import WEEK, Horizon
from planner.hospital import WEEKDAYS, Session, SessionId, SessionTemplate, TheatreId

WHOLE_DAY, MORNING, AFTERNOON = "J", "M", "A"
"""Parts of the day in the ids of sessions: S1-2026-10-05-J."""

_NOWHERE: Final[frozenset[int]] = frozenset()


class _Stretch(Protocol):
    @property
    def theatre(self) -> TheatreId: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def weekday_of(template: SessionTemplate) -> int:
    """Give the weekday of a template; Monday is 0."""
    return WEEKDAYS.index(template.weekday)


def falls(template: SessionTemplate, horizon: Horizon, day: int) -> bool:
    """Tell whether a template falls on a day; one that ends before it starts never does."""
    if horizon.weekday(day) != weekday_of(template) or template.end <= template.start:
        return False
    return (day - horizon.block(day, template.cycle)) // WEEK == template.week - 1


def dates(template: SessionTemplate, horizon: Horizon) -> tuple[int, ...]:
    """Give the days of the horizon on which a template falls, holidays among them."""
    return tuple(day for day in range(horizon.days) if falls(template, horizon, day))


def sessions_of(
    templates: Iterable[SessionTemplate],
    horizon: Horizon,
    noon: int,
    without: Container[int] = _NOWHERE,
) -> Iterator[tuple[SessionTemplate, Session]]:
    """Give each template with its sessions in the horizon, by day, theatre and start.

    `without` are days that have none: holidays. An id is theatre, date and part of the day: M ends by
    noon, A begins at noon or later, J is the rest. Where that would be said twice, the start is said
    instead.
    """
    found = [
        (day, template)
        for template in templates
        for day in dates(template, horizon)
        if day not in without
    ]
    found.sort(key=lambda each: (each[0], each[1].theatre, each[1].start, each[1].id))
    names = Counter(_name(template, horizon, day, noon) for day, template in found)
    taken: set[str] = set()
    for day, template in found:
        name = _name(template, horizon, day, noon)
        if names[name] > 1:
            hours, minutes = divmod(template.start, 60)
            name = f"{name[:-1]}{hours:02d}{minutes:02d}"
        if name in taken:  # two of one theatre at one time: the later id gives way
            name = f"{name}-{template.id}"
        taken.add(name)
        yield template, _session(template, SessionId(name), day)


def _name(template: SessionTemplate, horizon: Horizon, day: int, noon: int) -> str:
    part = MORNING if template.end <= noon else AFTERNOON if template.start >= noon else WHOLE_DAY
    return f"{template.theatre}-{horizon.date(day).isoformat()}-{part}"


def _session(template: SessionTemplate, id: SessionId, day: int) -> Session:
    return Session(
        id=id,
        theatre=template.theatre,
        day=day,
        start=template.start,
        end=template.end,
        owners=template.owners,
        surgeon=template.surgeon,
        release=None if template.release is None else day - template.release,
        overtime=template.overtime,
        anaesthesia=template.anaesthesia,
        closed=template.closed,
        emergency=template.emergency,
    )


def overlap(one: _Stretch, other: _Stretch) -> bool:
    """Tell whether two of one day want one theatre at one time."""
    return one.theatre == other.theatre and one.start < other.end and other.start < one.end
