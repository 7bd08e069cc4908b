"""Mends a breach by one step of a hand: another place for a case, another person for a duty.

Steps are tried one at a time while the window stays awake. The one that leaves the cheapest plan wins,
if the breach is gone or less with it, and no rule that must be kept is broken more than before.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, QTimer

from planner.boards.roster_parts import Fixed
from planner.cases import CaseId
from planner.edits import Edit
from planner.facts import facts
from planner.hand_edits import Assign, Place, TakeOut, assigned, placed, without
from planner.kpis.contract import Outcome
from planner.live import Change, would_break
from planner.people import StaffMember
from planner.plan import Placement
from planner.rostering import ShiftType
from planner.score import Judged
from planner.study import Pin
from ui.window.document import Document
from ui.window.workbench import Workbench

MOST: Final = 90
"""Steps that are tried, the likeliest first."""
_CASES, _DAYS = 4, 6
"""Cases of a session, and days of a person, that are looked at."""
Duties = tuple[tuple[str, int, str | None], ...]


class Mended(NamedTuple):
    """A step that helps: its edit, where it leads, what it does as a message, whether all is well then."""

    edit: Edit
    kind: str
    id: str
    day: int
    words: str
    gone: bool


class Mender(QObject):
    """Looks for the step that mends a breach best; `done` is told, None where there is none."""

    def __init__(self, bench: Workbench, done: Callable[[Judged, Mended | None], object]) -> None:
        super().__init__(bench)
        self.bench, self.done = bench, done
        self.timer = QTimer(self)
        self.timer.setInterval(0)
        self.timer.timeout.connect(self.step)
        self._judged: Judged | None = None
        self._tries: Iterator[tuple[Mended, tuple[int, ...]] | None] = iter(())
        self._best: tuple[tuple[int, ...], Mended] | None = None
        bench.changed.connect(self.stop)

    @property
    def busy(self) -> bool:
        """Whether it is looking."""
        return self.timer.isActive()

    def look(self, document: Document, judged: Judged) -> None:
        """Begin to look."""
        self._judged, self._best = judged, None
        self._tries = islice(tries(document, judged, self.bench.say), MOST)
        self.timer.start()

    def stop(self) -> None:
        """Look no further: the plan is another one."""
        self.timer.stop()
        self._tries, self._judged = iter(()), None

    def step(self) -> None:
        """Try one more; at the end tell what was found."""
        try:
            found = next(self._tries)
        except StopIteration:
            judged, best = self._judged, self._best
            self.stop()
            if judged is not None:
                self.done(judged, None if best is None else best[1])
            return
        if found is not None and (self._best is None or found[1] < self._best[0]):
            self._best = found[1], found[0]


def tries(
    document: Document, judged: Judged, say: Callable[..., str]
) -> Iterator[tuple[Mended, tuple[int, ...]] | None]:
    """Give each step that helps with the score it leads to, None for one that does not."""
    outcome, pins = document.outcome(), document.study.pins(document.name)
    if judged.rule.part == "roster":
        steps = _roster(outcome, judged, Fixed(pins))
        for duties, what, words in steps:
            tracks = {str(shift.id): shift.track for shift in outcome.problem.shifts}
            change = would_break(outcome, assigned(outcome.plan, duties, tracks))
            person, day, _ = duties[-1]
            edit: Edit = Assign(scenario=document.name, duties=duties)
            date = outcome.problem.horizon.date(day)
            told = say(what, day=date, **words)
            yield _judge(outcome, judged, change, Mended(edit, "staff", person, day, told, True))
        return
    if judged.rule.hard:
        yield from (_out(document, judged, case, say) for case in _placed(outcome, judged, pins))
    for placement in _theatre(outcome, judged, pins):
        change = would_break(outcome, placed(outcome.plan, placement))
        session = facts(outcome.problem).sessions[placement.session]
        told = say(
            "mend.placed",
            case=placement.case,
            theatre=session.theatre,
            start=placement.start,
            day=outcome.problem.horizon.date(session.day),
        )
        edit = Place(scenario=document.name, placement=placement)
        step = Mended(edit, "case", str(placement.case), session.day, told, True)
        yield _judge(outcome, judged, change, step)


def _out(
    document: Document, judged: Judged, case: str, say: Callable[..., str]
) -> tuple[Mended, tuple[int, ...]] | None:
    """Let a case wait: dearer than any place that is free, cheaper than what must not be."""
    outcome, cases = document.outcome(), frozenset({case})
    change = would_break(outcome, without(outcome.plan, cases))
    edit = TakeOut(scenario=document.name, cases=cases)
    day = max(judged.breach.about.first, 0)
    step = Mended(edit, "case", case, day, say("mend.out", case=case), True)
    return _judge(outcome, judged, change, step)


def _judge(
    outcome: Outcome, judged: Judged, change: Change, step: Mended
) -> tuple[Mended, tuple[int, ...]] | None:
    """Tell whether a step helps, and what it leads to."""
    rule, about = judged.rule.id, judged.breach.about
    before, after = outcome.judgement.score, change.outcome.judgement.score
    if after.key >= before.key or _worse(change):
        return None
    if not any(each.rule.id == rule and each.breach.about == about for each in change.gone):
        return None
    of_it = (each for each in change.new if each.rule.id == rule)
    left = sum(each.cost for each in of_it if each.breach.about.subjects == about.subjects)
    return (step._replace(gone=left == 0), after.key) if left < judged.cost else None


def _worse(change: Change) -> bool:
    """Tell whether a rule that must be kept is broken more than before."""
    was = {(each.rule.id, each.breach.about): each.cost for each in change.gone}
    return any(
        each.rule.hard and each.cost > was.get((each.rule.id, each.breach.about), 0)
        for each in change.new
    )


# --- theatres -------------------------------------------------------------------------------------


def _theatre(outcome: Outcome, judged: Judged, pins: Sequence[Pin]) -> Iterator[Placement]:
    """Give other places for the cases of a breach that are not pinned, near days first."""
    from ui.window.boards.theatre_best import candidates, gap
    from ui.window.boards.theatre_moves import surgeons

    known, about = facts(outcome.problem), judged.breach.about
    for id in _free(outcome, judged, pins):
        case = known.cases[CaseId(id)]
        was = outcome.theatre.where(case.id)
        here = max(about.first, 0) if was is None else was.session.day
        for session in sorted(candidates(known, case), key=lambda s: (abs(s.day - here), s.id)):
            for surgeon in surgeons(known, outcome, case, session)[:1]:
                start = gap(known, outcome, session, case, surgeon)
                if start is not None and session.day >= known.as_of:
                    yield Placement(case.id, session.id, surgeon, start)


def _free(outcome: Outcome, judged: Judged, pins: Sequence[Pin]) -> Iterator[str]:
    """Give the cases of a breach that are not pinned."""
    fixed = {(pin.kind, pin.id) for pin in pins}
    for id in _cases(outcome, judged):
        was = outcome.theatre.where(CaseId(id))
        if ("case", id) not in fixed and (was is None or ("session", was.session.id) not in fixed):
            yield id


def _placed(outcome: Outcome, judged: Judged, pins: Sequence[Pin]) -> Iterator[str]:
    """Give those of them that have a place."""
    return (id for id in _free(outcome, judged, pins) if outcome.theatre.where(CaseId(id)))


def _cases(outcome: Outcome, judged: Judged) -> list[str]:
    """Give the cases that a breach is about, or the last ones of its session."""
    known, subjects = facts(outcome.problem), judged.breach.about.subjects
    named = [id for id in subjects if id in known.cases]
    inside = (
        each.case.id
        for id in subjects
        if id in known.sessions
        for each in reversed(outcome.theatre.inside(known.sessions[id]))  # type: ignore[index]  # ids are strings
    )
    return (named or [str(id) for id in inside])[:_CASES]


# --- rosters --------------------------------------------------------------------------------------


def _roster(
    outcome: Outcome, judged: Judged, fixed: Fixed
) -> Iterator[tuple[Duties, str, dict[str, str]]]:
    """Give duties handed on, exchanged or given, with the message that says it; pins hold."""
    known, about = facts(outcome.problem), judged.breach.about
    needs = [need for need in outcome.problem.cover if need.id in about.subjects]
    for need in needs[:1]:
        for shift in sorted(need.shifts):
            for person in _staff(outcome, known.shifts[shift], need.day, need.skill):
                if fixed.holds(person.id, need.day):
                    continue
                words = {"shift": str(shift), "who": str(person.id)}
                yield ((str(person.id), need.day, str(shift)),), "mend.given", words
    for who in (id for id in about.subjects if id in known.staff):
        busy = [d for d in range(max(about.first, 0), about.last + 1) if _busy(outcome, who, d)]
        for day in [*busy[: _DAYS // 2], *busy[_DAYS // 2 :][-_DAYS // 2 :]]:
            if not fixed.holds(who, day):
                yield from _handed(outcome, who, day, fixed)


def _busy(outcome: Outcome, who: str, day: int) -> bool:
    return bool(outcome.roster.shifts(who, day))


def _staff(
    outcome: Outcome, shift: ShiftType, day: int, skill: str | None = None
) -> Iterator[StaffMember]:
    """Give who may work a shift and is free on its day."""
    for person in outcome.problem.staff:
        may = not person.shifts or shift.id in person.shifts
        if may and (skill is None or skill in person.abilities):
            if not outcome.roster.shifts(person.id, day):
                yield person


def _handed(
    outcome: Outcome, who: str, day: int, fixed: Fixed
) -> Iterator[tuple[Duties, str, dict[str, str]]]:
    """Give the one duty of a person to somebody else, who gives her own of that day in return."""
    shift, *more = outcome.roster.shifts(who, day)
    if more:
        return
    mine = facts(outcome.problem).staff[who]  # type: ignore[index]  # ids are strings
    words = {"shift": str(shift.id), "who": who}
    yield ((who, day, None),), "mend.off", words
    others = [p for p in outcome.problem.staff if not p.shifts or shift.id in p.shifts]
    others.sort(key=lambda p: (p.team != mine.team, p.role != mine.role, _busy(outcome, p.id, day)))
    for other in islice((p for p in others if p.id != who), MOST // _DAYS):
        back = [s for s in outcome.roster.shifts(other.id, day) if s.track == shift.track]
        if fixed.holds(other.id, day) or any(each.id == shift.id for each in back):
            continue
        words = {"shift": str(shift.id), "who": str(other.id), "from_": who}
        duties: Duties = ((who, day, None), (str(other.id), day, str(shift.id)))
        if back:
            words["back"] = str(back[0].id)
            duties = ((who, day, str(back[0].id)), duties[1])
        yield duties, "mend.exchanged" if back else "mend.handed", words
