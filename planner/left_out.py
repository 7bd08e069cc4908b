"""Why a case waits in a plan: what the facts say of it, else what room the plan leaves and at what price.

Every reason can be checked by hand: gaps are read from the plan at hand, prices are the audit's. A
place is tried as it stands: nobody else is moved for it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

from planner.cases import Case
from planner.clock import Again
from planner.day_events import Moment
from planner.facts import GRID
from planner.hand_edits import placed
from planner.hospital import Session, SessionId
from planner.kpis.contract import Outcome
from planner.live import would_break
from planner.plan import Placement
from planner.rules.hours import joined
from planner.score import Judged
from planner.study import Pin
from planner.unplaceable import Openings, Reason
from planner.view import Placed

TRIES: Final = 4
"""Places that are priced for one case: each is an audit of some days."""
PRICED: Final = 60
"""Places that are priced for a list of cases."""


class Gap(NamedTuple):
    """A stretch of a session in which a case may be, the turnovers beside it kept free.

    In minutes that pass after midnight of its day.
    """

    session: Session
    low: int
    high: int

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.high - self.low


class LeftOut:
    """The reasons for which cases wait in a plan; with `moment`, until the evening of that day."""

    def __init__(
        self, outcome: Outcome, moment: Moment | None = None, pins: Iterable[Pin] = ()
    ) -> None:
        self.outcome, self.problem, self.moment = outcome, outcome.problem, moment
        self._pinned = frozenset((pin.kind, pin.id) for pin in pins)
        self.openings = Openings(outcome.problem)
        self.known = self.openings.known
        rules = (rule for rule in outcome.problem.rules if rule.hard and rule.enabled)
        self._hard = frozenset(rule.type for rule in rules if not rule.scope.tags)
        self._audits = 0
        self._rooms: dict[tuple[str, int], list[Placed]] = {}
        self._busy: dict[tuple[str, int], Sequence[tuple[int, int]]] = {}

    def every(self) -> Iterator[tuple[Case, Reason]]:
        """Give each case that waits with its reason; the first ones with a place are priced."""
        for case in self.outcome.theatre.waiting():
            yield case, self.why(case, tries=TRIES if self._audits < PRICED else 0)

    def why(self, case: Case, tries: int = TRIES) -> Reason:
        """Say why a case waits; without `tries` no place is priced."""
        hopeless = self.openings.why(case)
        if hopeless is not None:
            return hopeless
        if ("case", case.id) in self._pinned:
            return Reason("pinned", {})
        if not self.outcome.plan.sessions:
            return Reason("unplanned", {})
        return self._no_room(case, tries)

    def _no_room(self, case: Case, tries: int) -> Reason:
        """Say what the plan leaves of the sessions that are open to a case."""
        pairs = [pair for pair in self.openings.pairs(case) if not self._shut(pair[0])]
        if not pairs:
            there = self.problem.sessions
            if self.moment is not None:
                there = self.known.sessions_on.get(self.moment.day, ())
            return self.openings.closed(case, there, self._shut)
        places = list(islice(self._places(case, pairs), max(tries, 1)))
        if places:
            return self._priced(places) if tries else Reason("room", self._where(places[0]))
        over, minutes, longest = max(self._nearest(case, *pair) for pair in pairs)
        if over < 0:
            sessions = {session.id for session, _ in pairs}
            return Reason("full", {"n": len(sessions), "minutes": minutes, "longest": longest})
        surgeons = sorted({surgeon for _, surgeon in pairs if surgeon is not None})
        told = {"n": len(surgeons), "surgeons": ", ".join(surgeons), "minutes": minutes}
        return Reason("surgeon_busy", told)

    def _nearest(self, case: Case, session: Session, surgeon: str | None) -> tuple[int, int, int]:
        """Give by how much the longest gap of a session is longer than a case, and both lengths."""
        minutes = self.known.minutes(case, surgeon)
        longest = max((gap.minutes for gap in self._gaps(session, case)), default=0)
        return longest - minutes, minutes, longest

    def _shut(self, session: Session) -> str:
        """Name what keeps everybody out of a session: a pin, or that it is past; "" where nothing does."""
        if ("session", session.id) in self._pinned:
            return "pinned"
        moment = self.moment
        ends, now = self.known.closes(session), self._now
        still = moment is None or (session.day == moment.day and ends > now)
        return "" if still else "past"

    @property
    def _now(self) -> int:
        """The moment, in minutes that pass after its day's midnight."""
        return 0 if self.moment is None else self.known.passed(self.moment.day, self.moment.now)

    def _places(
        self, case: Case, pairs: Sequence[tuple[Session, str | None]]
    ) -> Iterator[Placement]:
        """Give the first place of a case in each session, day by day, those in overtime last."""
        late: list[Placement] = []
        able: dict[SessionId, list[str | None]] = defaultdict(list)
        for session, surgeon in pairs:
            able[session.id].append(surgeon)
        sessions = {session.id: session for session, _ in pairs}.values()
        for session in sorted(sessions, key=lambda each: (each.day, each.start, each.id)):
            gaps = list(self._gaps(session, case))
            tried = (self._place(case, gap, one) for gap in gaps for one in able[session.id])
            found = next((place for place in tried if place is not None), None)
            if found is not None and self._late(case, session, found):
                late.append(found)
            elif found is not None:
                yield found
        yield from late

    def _late(self, case: Case, session: Session, place: Placement) -> bool:
        minutes = self.known.minutes(case, place.surgeon)
        if place.start is None:
            return False
        end = self.known.passed(session.day, place.start) + minutes
        return end > self.known.closes(session)

    # --- gaps -----------------------------------------------------------------------------------

    def _gaps(self, session: Session, case: Case) -> Iterator[Gap]:
        """Give the gaps of a session for a case, in order; where starts are not planned, what is left."""
        limit, opens = self.openings.limit(session), self.known.opens(session)
        closes = self.known.closes(session)
        end = opens + limit if limit is not None else closes + 24 * 60
        if not self.problem.clock:
            inside = self.outcome.theatre.inside(session)
            used = sum(each.minutes + each.turnover for each in inside)
            spare = self.known.spare(session) - self.known.turnover(case)
            yield Gap(session, opens + used - spare, end)
            return
        low = max(opens, self._now)
        for busy in self._in_room(session):
            assert busy.begin is not None
            yield from _gap(session, low, min(busy.begin - busy.turnover, end), closes)
            low = max(low, busy.begin + busy.minutes + self.known.turnover(case))
        yield from _gap(session, low, end, closes)

    def _in_room(self, session: Session) -> list[Placed]:
        """Give what is in the theatre of a session on its day, by start."""
        key = (session.theatre, session.day)
        if key not in self._rooms:
            there = self.known.sessions_in.get(key, ()) if "room_overlap" in self._hard else ()
            found = (each for one in there for each in self.outcome.theatre.inside(one))
            timed = (each for each in found if each.begin is not None)
            self._rooms[key] = sorted(timed, key=lambda each: each.begin or 0)
        return self._rooms[key]

    def _place(self, case: Case, gap: Gap, surgeon: str | None) -> Placement | None:
        """Give the first start in a gap at which a surgeon is free, None where there is none."""
        session, minutes = gap.session, self.known.minutes(case, surgeon)
        if not self.problem.clock:
            fits = gap.minutes >= minutes
            return Placement(case.id, session.id, surgeon, None) if fits else None
        start = gap.low
        for begun, over in self._taken(surgeon, session.day):
            if begun < start + minutes and over > start:
                start = -(-over // GRID) * GRID
        told = self.known.clock(session.day, start)
        if start + minutes > gap.high or start >= self.known.closes(session):
            return None
        return None if isinstance(told, Again) else Placement(case.id, session.id, surgeon, told)

    def _taken(self, surgeon: str | None, day: int) -> Sequence[tuple[int, int]]:
        """Give when a surgeon is away or operates, where hard rules keep her from doing both."""
        if surgeon is None:
            return ()
        if (surgeon, day) not in self._busy:
            self._busy[surgeon, day] = self._stretches(surgeon, day)
        return self._busy[surgeon, day]

    def _stretches(self, surgeon: str, day: int) -> Sequence[tuple[int, int]]:
        away = self.known.absent(surgeon, day) if "surgeon_away" in self._hard else ()
        one_at_a_time = "surgeon_overlap" in self._hard and self.known.surgeons[surgeon].rooms == 1
        hers = self.outcome.theatre.surgeon_days().get((surgeon, day), ()) if one_at_a_time else ()
        busy = [(each.begin, each.begin + each.minutes) for each in hers if each.begin is not None]
        return joined((*away, *busy))

    # --- prices ---------------------------------------------------------------------------------

    def _priced(self, places: Sequence[Placement]) -> Reason:
        """Say what the cheapest of some places costs, or which hard rules each of them breaks."""
        found = [self._price(place) for place in places]
        legal = [each for each in found if not each.broken]
        if not legal:
            first = found[0]
            rules = tuple(dict.fromkeys(each.rule for each in first.broken))
            return Reason("rule", self._where(first.place) | {"rules": rules, "n": len(rules)})
        strict = self.problem.order == "strict"
        best = min(legal, key=lambda each: each.tiers if strict else (sum(each.tiers),))
        differ = [(tier, cost) for tier, cost in enumerate(best.tiers, 1) if cost]
        tier, cost = differ[0] if strict and differ else (0, sum(best.tiers))
        what = "saves" if cost < 0 else "same" if cost == 0 else "tier" if strict else "costs"
        return Reason(what, self._where(best.place) | {"cost": abs(cost), "tier": tier})

    def _price(self, place: Placement) -> "_Priced":
        self._audits += 1
        change = would_break(self.outcome, placed(self.outcome.plan, place))
        tiers = [0, 0, 0, 0]
        for sign, items in ((1, change.new), (-1, change.gone)):
            for each in items:
                if not each.rule.hard:
                    tiers[each.rule.tier - 1] += sign * each.cost
        broken = tuple(each for each in change.new if each.rule.hard and each.cost > 0)
        return _Priced(place, broken, tuple(tiers))

    def _where(self, place: Placement) -> dict[str, Any]:
        session = self.known.sessions[place.session]
        return {
            "session": session.id,
            "theatre": session.theatre,
            "date": self.problem.horizon.date(session.day).isoformat(),
            "start": session.start if place.start is None else place.start,
        }


def _gap(session: Session, low: int, high: int, closes: int) -> Iterator[Gap]:
    """Give a gap from its first possible start on, if a case can begin in it before the session ends."""
    first = -(-low // GRID) * GRID
    if first < min(high, closes):
        yield Gap(session, first, high)


class _Priced(NamedTuple):
    """A place, the hard rules that it breaks, and what it adds by tier."""

    place: Placement
    broken: tuple[Judged, ...]
    tiers: tuple[int, ...]
