"""Second surgeons: cases that need more than one (T41)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from planner.cases import Case
from planner.facts import Facts
from planner.rules.blocks import About, Linear, Price, Row
from planner.rules.contract import Breach, Rule, rule
from planner.rules.crowding import held, overlaps
from planner.rules.hands import critical, second_surgeons, spared
from planner.rules.hours import free_start, inside, joined, length, running, without
from planner.rules.pricing import priced
from planner.rules.space import Option, TheatreSpace
from planner.rules.timing import Choice, NeverBoth, NoOverlap, Stretch, TheatreDay
from planner.view import Placed, TheatreView

CROWDED: Final = 60  # what the guide takes for a minute too many of a half-day, as for overtime


@rule("partners")
@dataclass(frozen=True, kw_only=True)
class Partners(Rule[TheatreView, TheatreSpace]):
    """The second surgeons of a case are there for all of it, and in no other case; a unit is a minute.

    She is not the surgeon who operates, and not away: where her absences leave no start in the
    session she is missing for the whole case, whatever its start. One breach a case, or a pair of
    cases of which one needs her as a second surgeon. A day on which one of a second surgeon's cases
    has no start is judged by its sum: the minutes that they need her against the time that theatres
    run, overtime included.
    """

    unit, reach = "minute", None
    family, scoped = "surgeons", "surgeon"

    def _meant(self, facts: Facts) -> frozenset[str]:
        tags = facts.surgeon_tags
        return frozenset(id for id in second_surgeons(facts) if self.scope.holds(tags[id]))

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        meant = self._meant(view.facts)
        mine: dict[str, dict[int, list[Placed]]] = defaultdict(lambda: defaultdict(list))
        for placed in view.placed_near() if meant else ():
            second = meant.intersection(placed.case.partners)
            if second:
                yield from _missing(view.facts, placed, second)
            for id in second.union(meant.intersection([placed.surgeon])):
                mine[id][placed.session.day].append(placed)
        for id, days in mine.items():
            timed: list[Placed] = []
            for day, together in days.items():
                if all(placed.start is not None for placed in together):
                    timed += together
                    continue
                used = sum(_needed(view.facts, p.case, id, p.minutes) for p in together)
                room = _capacity(view.facts, day)
                if used > room:
                    told: dict[str, int | str] = {"surgeon": id, "used": used, "room": room}
                    yield Breach(About("partner_full", (id,), day, day), used - room, told)
            yield from _clashes(view, id, timed)

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        meant = self._meant(space.facts)
        second = [case for case in space.cases if not meant.isdisjoint(case.partners)]
        options = [option for case in second for option in space.options_of(case.id)]
        operates = ((o, o.minutes) for o in options if o.surgeon in o.case.partners & meant)
        yield from priced(space, "partner_operates", operates)
        away = ((o, o.minutes * len(_absent(space.facts, o, meant))) for o in options)
        yield from priced(space, "partner_absent", away)

    def rows(self, space: TheatreSpace) -> Iterator[Row]:
        meant = self._meant(space.facts)
        loads: dict[tuple[str, int], dict[int, int]] = defaultdict(dict)
        cells: dict[tuple[str, int], dict[int, None]] = defaultdict(dict)
        for case in space.cases if meant else ():
            for id in meant.intersection(case.partners):
                for option in space.options_of(case.id):
                    loads[id, option.session.day][option.code] = option.minutes
                    cells[id, option.session.day][option.cell] = None
        for id in meant:
            for column in space.with_surgeon(id).values():
                key = (id, column.session.day)
                cells[key].update(dict.fromkeys(column.cells))
                for cell, code, minutes in zip(
                    column.cells, column.codes, column.minutes, strict=True
                ):
                    loads[key][code] = _needed(space.facts, space.cases[cell], id, minutes)
        given = ("surgeon_overlap", "in_session", "session_overtime")
        for id, day in sorted(loads):
            about = About("partner_full", (id,), day, day)
            parts = ((tuple(cells[id, day]), loads[id, day]),)
            hi = _capacity(space.facts, day)
            yield Linear(about, parts, hi=hi, kind="relaxation", given=given)
            yield from self._guides(space, id, day, loads[id, day])

    def _guides(
        self, space: TheatreSpace, id: str, day: int, load: Mapping[int, int]
    ) -> Iterator[Linear]:
        """No more minutes in a half-day, in both roles, than theatres are open and she is there."""
        facts, noon = space.facts, space.facts.passed(day, space.problem.noon)
        sessions = facts.sessions_on.get(day, ())
        open_to = joined((facts.opens(each), facts.closes(each)) for each in sessions)
        there = without(open_to, facts.absent(id, day))
        for first, last in ((0, noon), (noon, 2 * 1440)):
            share: dict[int, int] = {}
            for code, minutes in load.items():
                session = space.option(code).session
                if facts.opens(session) < last and facts.closes(session) > first:
                    over_noon = facts.opens(session) < noon < facts.closes(session)
                    share[code] = (minutes + 1) // 2 if over_noon else minutes
            if share:
                cells = space.cells_of(map(space.option, share))
                hi = length(inside(there, first, last))
                about = About("partner_full", (id,), day, day)
                yield Linear(about, ((cells, share),), hi=hi, each=CROWDED, kind="guide")

    def timing(self, day: TheatreDay) -> Iterator[NoOverlap | NeverBoth]:
        named = {id for choice in day.choices for id in choice.case.partners}
        tags = day.facts.surgeon_tags
        meant = frozenset(id for id in named if id in tags and self.scope.holds(tags[id]))
        seconds: dict[str, list[Stretch]] = defaultdict(list)
        firsts: dict[str, list[Stretch]] = defaultdict(list)
        for choice in day.choices if meant else ():
            second = meant.intersection(choice.case.partners)
            absent = _absent(day.facts, choice, meant)
            for id in sorted(second):
                seconds[id].append(Stretch(choice.number))
                busy = joined(day.facts.absent(id, day.day))
                if busy and id not in absent and id != choice.surgeon:
                    about = About("partner_away", (choice.case.id, id), day.day, day.day)
                    yield NoOverlap(about, (Stretch(choice.number),), busy)
            if choice.surgeon in meant - second:
                opening, closing = spared(day.facts, choice.case, choice.surgeon)
                stretch = Stretch(choice.number, before=-opening, after=-closing)
                firsts[choice.surgeon].append(stretch)
        for id, found in seconds.items():
            about = About("partner_overlap", (id,), day.day, day.day)
            if len(found) > 1:
                yield NoOverlap(about, tuple(found))
            if firsts[id]:
                yield NeverBoth(about, tuple(found), tuple(firsts[id]))


def _missing(facts: Facts, placed: Placed, second: frozenset[str]) -> Iterator[Breach]:
    """Say that a second surgeon of a case operates herself, or is away."""
    case, session, day = placed.case, placed.session, placed.session.day
    told: dict[str, int | str] = {"case": case.id, "session": session.id}
    if placed.surgeon in second:
        about = About("partner_operates", (case.id,), day, day)
        yield Breach(about, placed.minutes, told | {"surgeon": placed.surgeon})
    absent = _absent(facts, placed, second)
    if absent:
        about = About("partner_absent", (case.id,), day, day)
        names = ", ".join(absent)
        yield Breach(about, placed.minutes * len(absent), told | {"surgeons": names})
    if placed.begin is None or placed.start is None:
        return
    for id in second.difference(absent, [placed.surgeon]):
        start, end = placed.begin, placed.begin + placed.minutes
        away = joined(facts.absent(id, day))
        minutes = sum(max(0, min(end, back) - max(start, leave)) for leave, back in away)
        if minutes > 0:
            about = About("partner_away", (case.id, id), day, day)
            yield Breach(about, minutes, told | {"surgeon": id, "start": placed.start})


def _clashes(view: TheatreView, id: str, placed: list[Placed]) -> Iterator[Breach]:
    """Find the pairs of cases at once that need somebody, in one of them as a second surgeon."""
    second = {each.case.id for each in placed if id in each.case.partners}
    stretches = []
    for each in placed:
        opening, closing = (0, 0) if each.case.id in second else spared(view.facts, each.case, id)
        stretches.append(held(view.horizon, each, before=-opening, after=-closing))
    for pair in overlaps(stretches):
        other, case = pair.cases
        if not second.isdisjoint(pair.cases):
            about = About("partner_overlap", (id, *pair.cases), *pair.days)
            yield Breach(about, pair.minutes, {"surgeon": id, "case": case, "other": other})


def _absent(facts: Facts, option: Placed | Option | Choice, meant: frozenset[str]) -> list[str]:
    """Give the second surgeons whose absences leave no start in the session, as facts."""
    second = meant.intersection(option.case.partners) if option.case.partners else ()
    session, minutes = option.session, option.minutes
    return [
        id
        for id in sorted(second)
        if id != option.surgeon
        and facts.away(id, session.day)
        and free_start(facts, session, id, minutes) is None
    ]


def _needed(facts: Facts, case: Case, id: str, minutes: int) -> int:
    """Give the minutes for which a case needs somebody who operates it or is its second surgeon."""
    return minutes if id in case.partners else critical(facts, case, id, minutes)


def _capacity(facts: Facts, day: int) -> int:
    """Give the minutes of a day on which theatres run, overtime included."""
    return length(running(facts, day))
