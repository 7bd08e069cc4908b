"""Judging again after a small edit: what the edit cannot have touched is kept, the rest is audited anew.

The answer is that of `judge`, item by item; only the work is less. A rule with a `reach` is asked
about the people, cases or sessions that differ, on all days; any other rule about the days that differ,
the nights of moved patients included. Plans that differ in much are judged in full.
"""

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Final, NamedTuple, TypeAlias
from weakref import WeakKeyDictionary

from planner.facts import Facts, facts, nights
from planner.kpis.contract import Outcome
from planner.plan import Duty, Placement, Plan, unshared
from planner.rules.blocks import About, Area
from planner.rules.contract import Breach, Rule, Waiver, audit
from planner.score import Judged, Judgement, Score, forgiven, total
from planner.view import RosterView, TheatreView

MANY: Final = 60
"""Placements and duties that differ, above which plans are judged in full."""
_NEAR: Final = 2
"""Days between two stretches that are audited as one."""

_Items: TypeAlias = tuple[Judged, ...]
_Partitions: TypeAlias = tuple[tuple[Any, ...], ...]


class Change(NamedTuple):
    """What an edit does to a judgement: breaches that come, breaches that go, and all there is then."""

    new: _Items
    gone: _Items
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What two plans of a problem do not share: placements and duties that stand in one of them only."""

    placements: tuple[Placement, ...] = ()
    duties: tuple[Duty, ...] = ()

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.placements) + len(self.duties)


def difference(before: Plan, after: Plan) -> Difference:
    """Find what two plans do not share, partition by partition."""
    return Difference(
        placements=tuple(_apart(before.sessions, after.sessions, lambda each: each[0].session)),
        duties=tuple(_apart(before.days, after.days, lambda each: each[0].day)),
    )


def few(before: Plan, after: Plan) -> bool:
    """Tell whether two plans of a problem differ in little, so that judging again is fast."""
    return len([*islice(_differing(before, after), MANY + 1)]) <= MANY


def _differing(before: Plan, after: Plan) -> Iterator[Placement | Duty]:
    """Give what two plans do not share, one after another."""
    yield from _apart(before.sessions, after.sessions, lambda each: each[0].session)
    yield from _apart(before.days, after.days, lambda each: each[0].day)


def _apart(
    before: _Partitions, after: _Partitions, key: Callable[[tuple[Any, ...]], object]
) -> Iterator[Any]:
    left, right = unshared(before, after)
    old = {key(partition): partition for partition in left}
    for partition in right:
        was = old.pop(key(partition), ())
        if was != partition:
            yield from _without(was, partition)
            yield from _without(partition, was)
    for partition in old.values():
        yield from partition


def _without(some: Sequence[Any], others: Sequence[Any]) -> Iterable[Any]:
    """Give what is in one partition alone, as often as it stands there more."""
    taken = set(others)
    if len(taken) == len(others) and len(set(some)) == len(some):  # as in plans of our own
        return (each for each in some if each not in taken)
    return (Counter(some) - Counter(others)).elements()


def again(known: Outcome, plan: Plan, waivers: Sequence[Waiver] | None = None) -> Outcome:
    """Give the outcome of another plan of the same problem, by what differs from a known one."""
    return would_break(known, plan, waivers).outcome


def would_break(known: Outcome, plan: Plan, waivers: Sequence[Waiver] | None = None) -> Change:
    """Say what another plan of the same problem breaks that a known one does not, and what it mends.

    A breach whose amount changes goes, and comes with its new amount.
    """
    after = Outcome(known.problem, plan, known.waivers if waivers is None else waivers)
    after.theatre = TheatreView(known.problem, plan, like=known.theatre)
    after.roster = RosterView(known.problem, plan, like=known.roster)
    apart = difference(known.plan, plan)
    if apart.size > MANY or known.theatre.doubled or after.theatre.doubled:
        gone, new = known.judgement.judged, after.judgement.judged
    else:
        gone, new = _judge_again(known, after, _Touched(facts(known.problem), apart))
    before, now = {_name(each) for each in gone}, {_name(each) for each in new}
    return Change(
        tuple(each for each in new if _name(each) not in before),
        tuple(each for each in gone if _name(each) not in now),
        after,
    )


def _name(each: Judged) -> tuple[str, About, int, int]:
    return each.rule.id, each.breach.about, each.breach.amount, each.waived


class Ledger:
    """A judgement by rule, and by subject for the rules that have a reach.

    It stands beside the judgement, so that what an edit touches is found without reading the rest.
    """

    def __init__(
        self, parts: Mapping[str, _Items], about: Mapping[str, _Items] | None = None
    ) -> None:
        self.parts = parts
        self.about = _by_subject(parts) if about is None else about

    def touched(self, rule: Rule[Any, Any], areas: Sequence[Area]) -> list[int]:
        """Give the places, among the items of a rule, of those that areas meet, in order."""
        items = self.parts.get(rule.id, ())
        if len(areas) == 1 and rule.reach is not None:
            found = {
                _place(items, each)
                for subject in areas[0].subjects or ()
                for each in self.about.get(subject, ())
                if each.rule is rule
            }
            return sorted(found)
        if len(areas) == 1:
            _, first, last = areas[0]
            abouts = enumerate(each.breach.about for each in items)
            return [n for n, (_, _, begin, end) in abouts if first <= end and begin <= last]
        return [n for n, each in enumerate(items) if _meets(areas, each.breach.about)]

    def moved(self, parts: Mapping[str, _Items], gone: _Items, new: _Items) -> "Ledger":
        """Give the ledger of another judgement, by the items that went and those that came."""
        about = dict(self.about)
        for each in gone:
            for subject in each.breach.about.subjects if each.rule.reach is not None else ():
                about[subject] = tuple(other for other in about[subject] if other is not each)
        for each in new:
            for subject in each.breach.about.subjects if each.rule.reach is not None else ():
                about[subject] = (*about.get(subject, ()), each)
        return Ledger(parts, about)


def _by_subject(parts: Mapping[str, _Items]) -> Mapping[str, _Items]:
    found: dict[str, list[Judged]] = defaultdict(list)
    for items in parts.values():
        if items and items[0].rule.reach is not None:
            for each in items:
                for subject in each.breach.about.subjects:
                    found[subject].append(each)
    return {subject: tuple(there) for subject, there in found.items()}


def _place(items: _Items, wanted: Judged) -> int:
    """Give where an item stands among those of its rule, which are in order of what they are about."""
    place = bisect_left(items, wanted.breach.about, key=_about)
    return next(n for n in range(place, len(items)) if items[n] is wanted)


_LEDGERS: Final[WeakKeyDictionary[Outcome, Ledger]] = WeakKeyDictionary()
"""The ledgers of outcomes, for as long as these are known to anybody."""


def _ledger(known: Outcome) -> Ledger:
    found = _LEDGERS.get(known)
    if found is None:
        judged = known.judgement.judged
        found = _LEDGERS[known] = Ledger(dict(_by_rule(known.problem.rules, judged)))
    return found


def _judge_again(known: Outcome, after: Outcome, touched: "_Touched") -> tuple[_Items, _Items]:
    """Put the judgement into `after`; give the items of it that were put aside, and those instead."""
    before, ledger = known.judgement, _ledger(known)
    other_waivers = tuple(known.waivers) != tuple(after.waivers)
    parts = dict(ledger.parts)
    gone: list[Judged] = []
    new: list[Judged] = []
    for rule in known.problem.rules:
        areas = touched.areas(rule) if rule.enabled else []
        forgiving = other_waivers and rule.enabled and rule.hard
        if not areas and not forgiving:
            continue
        kept = list(parts[rule.id])
        places = ledger.touched(rule, areas) if areas else []
        old = [kept[number] for number in places]
        for number in reversed(places):
            del kept[number]
        breaches: list[Breach] = []
        if forgiving:
            breaches, old, kept = [each.breach for each in kept], [*old, *kept], []
        view = after.roster if rule.part == "roster" else after.theatre
        fresh = [
            Judged(rule=rule, breach=breach, waived=forgiven(rule, breach, after.waivers))
            for breach in (*breaches, *_audited(rule, view, areas))
        ]
        gone += old
        new += fresh
        for each in fresh:
            insort(kept, each, key=_about)
        parts[rule.id] = tuple(kept)
    score = _moved(before.score, gone, new, known.problem.order)
    judged = tuple(chain.from_iterable(parts.values()))
    after.judgement = Judgement(judged=judged, score=score)
    _LEDGERS[after] = ledger.moved(parts, tuple(gone), tuple(new))
    return tuple(gone), tuple(new)


def _by_rule(rules: Sequence[Rule[Any, Any]], judged: _Items) -> Iterator[tuple[str, _Items]]:
    """Give the ids of all enabled rules with their items, which stand in the order of the rules."""
    place = {rule.id: number for number, rule in enumerate(rules)}
    first = 0
    for number, rule in enumerate(rules, start=1):
        last = bisect_left(judged, number, lo=first, key=lambda each: place[each.rule.id])
        if rule.enabled:
            yield rule.id, judged[first:last]
        first = last


def _meets(areas: Sequence[Area], about: About) -> bool:
    return any(area.meets(about) for area in areas)


def _audited(
    rule: Rule[Any, Any], view: RosterView | TheatreView, areas: Sequence[Area]
) -> Iterator[Breach]:
    """Give the breaches that meet any of the areas, each once."""
    for number, area in enumerate(areas):
        for breach in audit(rule, view, area):
            if not _meets(areas[:number], breach.about):
                yield breach


def _about(each: Judged) -> About:
    return each.breach.about


def _moved(score: Score, gone: Iterable[Judged], new: Iterable[Judged], order: str) -> Score:
    """Take the cost of some items off a score, and add that of others."""
    less, more = total(gone, order), total(new, order)
    tiers = tuple(
        was - off + on for was, off, on in zip(score.tiers, less.tiers, more.tiers, strict=True)
    )
    return Score(
        hard=score.hard - less.hard + more.hard,
        breaches=score.breaches - less.breaches + more.breaches,
        waived=score.waived - less.waived + more.waived,
        tiers=tiers,
        total=None if score.total is None else sum(tiers),
    )


class _Touched:
    """What a difference touches: people, cases and sessions by id, days by stretches."""

    def __init__(self, known: Facts, apart: Difference) -> None:
        self._known = known
        self._roster = [Area(None, day, day) for day in sorted({d.day for d in apart.duties})]
        self._theatre = _joined(self._stretches(apart.placements))
        self._of = {
            "person": frozenset(duty.person for duty in apart.duties),
            "case": frozenset(placement.case for placement in apart.placements),
            "session": frozenset(placement.session for placement in apart.placements),
        }

    def areas(self, rule: Rule[Any, Any]) -> list[Area]:
        """Give where a rule has to be asked again; nowhere: what it said still holds."""
        if rule.reach is not None:
            subjects = self._of[rule.reach]
            return [Area(subjects)] if subjects else []
        return self._roster if rule.part == "roster" else self._theatre

    def _stretches(self, placements: Iterable[Placement]) -> Iterator[tuple[int, int]]:
        """Give the days of a case's operation and, where patients stay, of its nights."""
        for placement in placements:
            session = self._known.sessions.get(placement.session)
            case = self._known.cases.get(placement.case)
            if session is None or case is None:
                continue
            stays = nights(case, session.day)
            yield (
                min([session.day, *(first for _, first, _ in stays)]),
                max([session.day, *(last for _, _, last in stays)]),
            )


def _joined(stretches: Iterable[tuple[int, int]]) -> list[Area]:
    found: list[Area] = []
    for first, last in sorted(stretches):
        if found and first <= found[-1].last + _NEAR:
            found[-1] = Area(None, found[-1].first, max(found[-1].last, last))
        else:
            found.append(Area(None, first, last))
    return found
