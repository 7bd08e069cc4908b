"""Not too many cases start at once: inductions, porters, lifts (T09, T40)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from planner.cases import ProcedureId
from planner.facts import Facts
from planner.hospital import Session
from planner.rules.blocks import About
from planner.rules.contract import Breach, Rule, choice, rule, whole
from planner.rules.crowding import Held, crowded
from planner.rules.space import TheatreSpace
from planner.rules.timing import Cumulative, Stretch, TheatreDay
from planner.view import Placed, TheatreView

END: Final = 3 * 1440  # minutes after midnight that no case of a day reaches


class Pool(NamedTuple):
    """Sessions of a day whose starts are counted together, and how many may be before and after noon.

    0: they are not counted there. `general`: only cases under general anaesthesia count.
    """

    subjects: tuple[str, ...]
    sessions: tuple[Session, ...]
    morning: int
    afternoon: int
    general: bool


@rule("starts")
@dataclass(frozen=True, kw_only=True)
class Starts(Rule[TheatreView, TheatreSpace]):
    """At most `most` cases start within any `minutes`; a unit is a minute that one starts too soon.

    Counted in each suite, or for each anaesthetist on duty in the half-day: then only sessions and
    procedures under general anaesthesia count, and a half-day without any of them is left to the
    rule about their number. A case without a start is not judged, each day by itself. One breach a
    case that starts too soon.
    """

    per: str = choice("suite", "suite", "anaesthetist")
    most: int = whole(1, unit="case", low=1, high=100)
    minutes: int = whole(15, unit="minute", low=5, high=240)
    unit, reach = "minute", None
    family, scoped = "anaesthesia", "session"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        noon = view.problem.noon
        for day in view.days:
            middle, end = view.horizon.elapsed(day, noon), view.horizon.elapsed(day, END)
            begin = view.horizon.elapsed(day, 0)
            for pool in self._pools(view.facts, day):
                started = [self._held(view, placed) for placed in _started(view, pool)]
                short: dict[tuple[str, ...], int] = defaultdict(int)
                for most, first, last in (
                    (pool.morning, begin, middle),
                    (pool.afternoon, middle, end),
                ):
                    inside = (_cut(each, first, last) for each in started if most)
                    for crowd in crowded((h for h in inside if h.last > h.first), most):
                        short[crowd.cases] += crowd.minutes
                for cases, amount in short.items():
                    about = About("starts_close", (*pool.subjects, *cases), day, day)
                    *others, case = cases
                    facts: dict[str, int | str] = {"case": case, "others": ", ".join(others)}
                    yield Breach(about, amount, facts | {"minutes": self.minutes})

    def _held(self, view: TheatreView, placed: Placed) -> Held:
        assert placed.start is not None
        day = placed.session.day
        start = view.horizon.elapsed(day, placed.start)
        return Held(start, start + self.minutes, placed.case.id, day)

    def timing(self, day: TheatreDay) -> Iterator[Cumulative]:
        noon, end = (day.facts.passed(day.day, each) for each in (day.problem.noon, END))
        for pool in self._pools(day.facts, day.day):
            sessions = {session.id for session in pool.sessions}
            stretches = tuple(
                Stretch(each.number, after=self.minutes, origin="start")
                for each in day.choices
                if each.session.id in sessions and _counts(day.facts, pool, each.case.procedure)
            )
            # more than there are never start at once; nor does anybody count where nobody is there
            all_ = len(stretches)
            morning, afternoon = (min(n or all_, all_) for n in (pool.morning, pool.afternoon))
            fewer = abs(morning - afternoon)
            if min(morning, afternoon) < all_:
                half = (noon, end) if afternoon < morning else (0, noon)
                about = About("starts_close", pool.subjects, day.day, day.day)
                yield Cumulative(about, stretches, max(morning, afternoon), (half,) * fewer)

    def _pools(self, facts: Facts, day: int) -> Iterator[Pool]:
        tags = facts.session_tags
        meant = [s for s in facts.sessions_on.get(day, ()) if self.scope.holds(tags[s.id])]
        if self.per == "anaesthetist":
            yield from self._covered(facts, day, [s for s in meant if s.anaesthesia == "general"])
            return
        suites: dict[str, list[Session]] = defaultdict(list)
        for session in meant:
            suites[facts.theatres[session.theatre].suite].append(session)
        for suite, sessions in suites.items():
            who = (suite or sessions[0].theatre,)
            yield Pool(who, tuple(sessions), self.most, self.most, general=False)

    def _covered(self, facts: Facts, day: int, meant: list[Session]) -> Iterator[Pool]:
        all_cover, noon = facts.problem.anaesthesia, facts.problem.noon
        for suites in dict.fromkeys(cover.suites for cover in all_cover):
            served = tuple(
                s for s in meant if not suites or facts.theatres[s.theatre].suite in suites
            )
            covers = [
                cover
                for cover in all_cover
                if cover.suites == suites and cover.day == day and cover.start < cover.end
            ]
            halves = (
                sum(c.anaesthetists for c in covers if c.start < last and c.end > first)
                for first, last in ((0, noon), (noon, END))
            )
            morning, afternoon = (self.most * people for people in halves)
            who = tuple(cover.id for cover in covers) or tuple(sorted(suites)) or ("anaesthesia",)
            if served:
                yield Pool(who, served, morning, afternoon, general=True)


def _cut(each: Held, first: int, last: int) -> Held:
    return each._replace(first=max(each.first, first), last=min(each.last, last))


def _started(view: TheatreView, pool: Pool) -> Iterator[Placed]:
    for session in pool.sessions:
        for placed in view.inside(session):
            if placed.start is not None and _counts(view.facts, pool, placed.case.procedure):
                yield placed


def _counts(facts: Facts, pool: Pool, procedure: ProcedureId) -> bool:
    return not pool.general or facts.procedures[procedure].anaesthesia == "general"
