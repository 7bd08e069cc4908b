"""Which cases come first, or last: latex, infection, children, long cases (T16, T17, T18, T21, T22)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from planner.cases import Case
from planner.facts import Facts
from planner.hospital import Session
from planner.rules.blocks import FAR, About, Linear, Row
from planner.rules.contract import EVERYONE, Breach, Rule, choice, flag, rule, whole
from planner.rules.space import TheatreSpace
from planner.rules.timing import Choice, Order, TheatreDay
from planner.view import Placed, TheatreView


@rule("case_order")
@dataclass(frozen=True, kw_only=True)
class CaseOrder(Rule[TheatreView, TheatreSpace]):
    """The cases meant start before, or after, all others; a unit is such a case that does not.

    Looked at are the cases with a start of each session, or of all sessions of a theatre and day.
    `longer`: cases of at least so many planned minutes are meant. `by_age`: the younger of the
    cases meant come first too, by the whole number that an age begins with ("40-59" is 40); an age
    that has none comes last. At the same time is no breach.
    """

    position: str = choice("first", "first", "last")
    within: str = choice("session", "session", "theatre")
    longer: int = whole(0, unit="minute", high=1440)
    by_age: bool = flag(False)
    unit, reach = "case", "session"
    family, scoped = "order", "case"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        groups = (self._together(view.facts, s) for s in view.sessions(EVERYONE))
        for sessions in dict.fromkeys(groups):
            started = [
                placed for s in sessions for placed in view.inside(s) if placed.start is not None
            ]
            wrong = [placed.case.id for placed in started if self._wrong(view, placed, started)]
            if wrong:
                day = sessions[0].day
                about = About(self._what, tuple(s.id for s in sessions), day, day)
                facts: dict[str, int | str] = {"cases": ", ".join(wrong), "day": day}
                yield Breach(about, len(wrong), facts | {"theatre": sessions[0].theatre})

    def _wrong(self, view: TheatreView, placed: Placed, started: Sequence[Placed]) -> bool:
        """Tell whether a case that is meant has another on the wrong side."""
        mine = self._rank(view.facts, placed.case, placed.minutes)
        if mine is None or placed.begin is None:
            return False
        for other in started:
            theirs = self._rank(view.facts, other.case, other.minutes)
            assert other.begin is not None
            if self.position == "first" and other.begin < placed.begin:
                if theirs is None or theirs > mine:
                    return True
            if self.position == "last" and other.begin > placed.begin:
                if theirs is None or theirs < mine:
                    return True
        return False

    @property
    def _what(self) -> str:
        return f"not_{self.position}"

    def _rank(self, facts: Facts, case: Case, minutes: int) -> int | None:
        """Give the place among the cases meant, None for the others: a fact for both voices."""
        if minutes < self.longer or (self.scope.tags and case.id not in facts.meant(self.scope)):
            return None
        return _age(case.age) if self.by_age else 0

    def _together(self, facts: Facts, session: Session) -> tuple[Session, ...]:
        if self.within == "session":
            return (session,)
        return facts.sessions_in[session.theatre, session.day]

    def rows(self, space: TheatreSpace) -> Iterator[Row]:
        """Guide: what comes first in a theatre's day goes into its first session, or its last."""
        if self.within == "session":
            return
        for sessions in space.facts.sessions_in.values():
            away = sessions[1:] if self.position == "first" else sessions[:-1]
            for session in away:
                meant = [
                    option
                    for option in space.into(session)
                    if self._rank(space.facts, option.case, option.minutes) is not None
                ]
                if meant:
                    about = About("order_session", (session.id,), session.day, session.day)
                    yield Linear(about, (space.part(meant, lambda _: 1),), hi=0, kind="guide")

    def timing(self, day: TheatreDay) -> Iterator[Order]:
        where = {choice.session.id for choice in day.choices_in(self.scope)}
        if not where:
            return
        groups: dict[tuple[Session, ...], list[Choice]] = defaultdict(list)
        for each in day.choices:
            groups[self._together(day.facts, each.session)].append(each)
        for sessions, choices in groups.items():
            if not where.isdisjoint(session.id for session in sessions):
                about = About(self._what, tuple(s.id for s in sessions), day.day, day.day)
                yield from self._orders(day.facts, about, choices)

    def _orders(self, facts: Facts, about: About, choices: Iterable[Choice]) -> Iterator[Order]:
        ranks = {each.number: self._rank(facts, each.case, each.minutes) for each in choices}
        for rank in sorted({each for each in ranks.values() if each is not None}):
            mine = tuple(number for number, each in ranks.items() if each == rank)
            if self.position == "first":
                rest = tuple(n for n, each in ranks.items() if each is None or each > rank)
                found = Order(about, mine, rest, "early")
            else:
                rest = tuple(n for n, each in ranks.items() if each is None or each < rank)
                found = Order(about, rest, mine, "late")
            if rest:
                yield found


def _age(words: str) -> int:
    """Give the whole number that an age begins with; nothing is older than an unknown age.

    >>> [_age(words) for words in ("5", "40-59", "unknown")]
    [5, 40, 1000000]
    """
    digits = words.strip()
    length = next((n for n, each in enumerate(digits) if not each.isdecimal()), len(digits))
    return int(digits[:length]) if length else FAR
