"""A surgeon does one case at a time (T04)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from planner.facts import Facts
from planner.hospital import Session, SessionId
from planner.rules.blocks import About, Feature, Linear, Row
from planner.rules.contract import Breach, Rule, rule, whole
from planner.rules.crowding import Held, held, overlaps
from planner.rules.hours import inside, joined, length, running, without
from planner.rules.space import Option, TheatreSpace
from planner.rules.timing import NoOverlap, Stretch, TheatreDay
from planner.view import TheatreView

CROWDED: Final = 60  # what the guide takes for a minute too many of a half-day, as for overtime


@rule("surgeon_overlap")
@dataclass(frozen=True, kw_only=True)
class SurgeonOverlap(Rule[TheatreView, TheatreSpace]):
    """A surgeon has `changeover` minutes between any two cases; a unit is a minute that overlaps.

    One breach a pair of cases. A day on which one of her cases has no start is judged by its sum:
    the minutes and changeovers of her cases against the time that theatres run, overtime included,
    and she is not away.
    `apart` guides the search: what a second session in the same half-day of a surgeon seems to
    cost, about six times a change of room (`rows-theatre.md` 4).
    """

    changeover: int = whole(0, unit="minute", high=120)
    apart: int = whole(3000, unit="point", high=100_000)
    unit, reach = "minute", None

    def capacity(self, facts: Facts, surgeon: str, day: int) -> int:
        """Give the minutes that her cases and changeovers of a day can fill."""
        there = without(running(facts.sessions_on.get(day, ())), facts.away(surgeon, day))
        return length(joined((start, end + self.changeover) for start, end in there))

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        timed: dict[str, list[Held]] = defaultdict(list)
        for (surgeon, day), together in view.surgeon_days.items():
            if not self.scope.holds(view.facts.surgeon_tags[surgeon]):
                continue
            if all(placed.start is not None for placed in together):
                stretches = (held(view.horizon, p, after=self.changeover) for p in together)
                timed[surgeon].extend(stretches)
                continue
            used = sum(placed.minutes + self.changeover for placed in together)
            room = self.capacity(view.facts, surgeon, day)
            if used > room:
                about = About("surgeon_full", (surgeon,), day, day)
                yield Breach(about, used - room, {"surgeon": surgeon, "used": used, "room": room})
        for surgeon, all_held in timed.items():
            for pair in overlaps(all_held):
                other, case = pair.cases
                about = About("surgeon_overlap", (surgeon, *pair.cases), *pair.days)
                facts: dict[str, int | str] = {"surgeon": surgeon, "case": case, "other": other}
                facts |= {"changeover": self.changeover}
                yield Breach(about, pair.minutes, facts)

    def rows(self, space: TheatreSpace) -> Iterator[Row]:
        for surgeon in space.problem.surgeons:
            if not self.scope.holds(space.facts.surgeon_tags[surgeon.id]):
                continue
            days: dict[int, list[Option]] = defaultdict(list)
            for option in space.by(surgeon.id):
                days[option.session.day].append(option)
            for day, options in days.items():
                load = space.part(options, lambda option: option.minutes + self.changeover)
                about = About("surgeon_full", (surgeon.id,), day, day)
                hi = self.capacity(space.facts, surgeon.id, day)
                given = ("surgeon_away", "in_session", "session_overtime")
                yield Linear(about, (load,), hi=hi, kind="relaxation", given=given)
                yield from self._guides(space, surgeon.id, day, options)

    def _guides(
        self, space: TheatreSpace, surgeon: str, day: int, options: list[Option]
    ) -> Iterator[Linear]:
        """One session a half-day, and no more minutes than her sessions of the half-day have."""
        into: dict[SessionId, list[Option]] = defaultdict(list)
        for option in options:
            into[option.session.id].append(option)
        absent = {session: space.none_of(found) for session, found in into.items()}
        noon = space.problem.noon
        for first, last in ((0, noon), (noon, 2 * 1440)):
            sessions = [
                found[0].session
                for found in into.values()
                if found[0].session.start < last and found[0].session.end > first
            ]
            about = About("surgeon_apart", (surgeon,), day, day)
            if len(sessions) > 1:
                yield self._apart(about, absent, sessions)
                minutes = space.part(
                    [option for session in sessions for option in into[session.id]],
                    lambda option: _share(option, noon),
                )
                there = without(
                    joined((s.start, s.end) for s in sessions), space.facts.away(surgeon, day)
                )
                hi = length(inside(there, first, last))
                yield Linear(about, (minutes,), hi=hi, each=CROWDED, kind="guide")

    def _apart(
        self, about: About, absent: dict[SessionId, Feature], sessions: list[Session]
    ) -> Linear:
        features = tuple((absent[session.id], 1) for session in sessions)
        lo = len(sessions) - 1
        return Linear(about, features=features, lo=lo, each=self.apart, kind="guide")

    def timing(self, day: TheatreDay) -> Iterator[NoOverlap]:
        stretches: dict[str, list[Stretch]] = defaultdict(list)
        for choice in day.choices:
            if choice.surgeon is not None:
                stretches[choice.surgeon].append(Stretch(choice.number, after=self.changeover))
        for surgeon, found in stretches.items():
            if self.scope.holds(day.facts.surgeon_tags[surgeon]):
                about = About("surgeon_overlap", (surgeon,), day.day, day.day)
                yield NoOverlap(about, tuple(found))


def _share(option: Option, noon: int) -> int:
    """Give the minutes in a half-day: a session over noon counts half to each."""
    over = option.session.start < noon < option.session.end
    return (option.minutes + 1) // 2 if over else option.minutes
