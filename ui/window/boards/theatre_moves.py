"""What a hand does on the theatre board: where a case may land, what that would break, and the edits."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from planner.cases import Case, CaseId
from planner.edits import Edit, Waive
from planner.facts import Facts, facts
from planner.hand_edits import Place, TakeOut, Together, placed
from planner.hospital import Session, TheatreId
from planner.kpis.contract import Outcome
from planner.live import Change, would_break
from planner.plan import Placement
from planner.score import Judged
from planner.study import Pin
from ui.window.boards.waiving import waiver
from ui.window.document import Document
from ui.window.selection import Picked

_TRIED: Final = 4
"""Surgeons tried for a case that has none yet."""


class Verdict(NamedTuple):
    """What a placement would newly break: `hard` refuses it, `soft` is only told."""

    placement: Placement
    hard: tuple[Judged, ...] = ()
    soft: tuple[Judged, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether it breaks no more hard rules than the plan does now."""
        return not self.hard


def may_edit(document: Document | None) -> bool:
    """Tell whether the plan on screen may be changed by hand: it is ours, and not a provisional one."""
    return document is not None and not document.read_only and document.provisional is None


def session_for(known: Facts, theatre: str, day: int, start: int) -> tuple[Session, int] | None:
    """Give the session of a theatre that a start falls into, else the nearest one, and the start in it.

    A session of the day before that goes on past midnight counts on: 01:00 is 25:00 of its day.
    """
    found: list[tuple[int, int, Session]] = []
    for when, later in ((day, 0), (day - 1, 1440)):
        for session in known.sessions_in.get((TheatreId(theatre), when), ()):
            begun = start + later
            if later and session.end <= 1440:
                continue
            away = max(session.start - begun, begun - session.end, 0)
            found.append((away, later, session))
    if not found:
        return None
    _, later, session = min(found, key=lambda each: (each[0], each[1], each[2].id))
    return session, start + later


def surgeons(known: Facts, outcome: Outcome, case: Case, session: Session) -> list[str | None]:
    """Give who may operate a case in a session, the likeliest first: who has it, who is there."""
    was = outcome.theatre.where(case.id)
    able = known.surgeons_for(case)
    if was is not None and (was.surgeon in able or not able):
        return [was.surgeon]
    there = [each.surgeon for each in outcome.theatre.inside(session)]
    order = sorted(able, key=lambda who: (who != session.surgeon, who not in there))
    return order[:_TRIED] or [None]


def verdict(document: Document, case: str, session: Session, start: int) -> Verdict:
    """Judge a case at a place, with the surgeon who breaks least."""
    outcome = document.outcome()
    known = facts(document.problem)
    found: list[Verdict] = []
    for surgeon in surgeons(known, outcome, known.cases[CaseId(case)], session):
        placement = Placement(CaseId(case), session.id, surgeon, start)
        found.append(judged(outcome, placement))
        if found[-1].allowed:
            return found[-1]
    return min(found, key=lambda each: len(each.hard))


def judged(outcome: Outcome, placement: Placement) -> Verdict:
    """Say what a placement would break that is not broken now, or less."""
    return Verdict(placement, *worse(would_break(outcome, placed(outcome.plan, placement))))


def worse(change: Change) -> tuple[tuple[Judged, ...], tuple[Judged, ...]]:
    """Give what costs more after a change than before it: hard, and soft by tier."""
    before = {(each.rule.id, each.breach.about): each.cost for each in change.gone}
    more = [
        each for each in change.new if each.cost > before.get((each.rule.id, each.breach.about), 0)
    ]
    hard = tuple(each for each in more if each.rule.hard)
    soft = sorted((each for each in more if not each.rule.hard), key=lambda e: e.rule.tier)
    return hard, tuple(soft)


def same(document: Document, placement: Placement) -> bool:
    """Tell whether a case is there already."""
    was = document.outcome().theatre.where(placement.case)
    return was is not None and (was.session.id, was.start) == (placement.session, placement.start)


def place(document: Document, placement: Placement) -> Edit:
    """Give the edit that puts a case somewhere."""
    return Place(scenario=document.name, placement=placement)


def keep(document: Document, found: Verdict, reason: str) -> Edit:
    """Give the edit that puts a case where rules forbid it, with a waiver for each breach."""
    return Together(
        edits=(place(document, found.placement), *_waivers(document, found.hard, reason))
    )


def accept(document: Document, hard: Sequence[Judged], reason: str) -> Edit:
    """Give the edit that accepts what a case breaks where it is."""
    return Together(edits=_waivers(document, hard, reason))


def broken(document: Document, case: str) -> tuple[Judged, ...]:
    """Give the hard breaches about a case that nobody has accepted."""
    judgement = document.outcome().judgement
    return tuple(each for each in judgement.hard if case in each.breach.about.subjects)


def _waivers(document: Document, hard: Sequence[Judged], reason: str) -> tuple[Edit, ...]:
    return tuple(Waive(scenario=document.name, waiver=waiver(each, reason)) for each in hard)


def take_out(document: Document, cases: Sequence[str]) -> Edit | None:
    """Give the edit that puts cases into the tray; None where none of them is placed."""
    view = document.outcome().theatre
    there = frozenset(id for id in cases if view.where(CaseId(id)) is not None)
    return TakeOut(scenario=document.name, cases=there) if there else None


def pins_of(document: Document, now: Picked, days: Sequence[int]) -> tuple[Pin, ...]:
    """Give what there is to pin of a selection: cases or sessions, of surgeons or theatres too.

    A surgeon means her cases, a theatre its sessions, a day its sessions, on the days shown.
    """
    if now.kind in ("case", "session"):
        return tuple(Pin(kind=now.kind, id=id) for id in now.ids)
    outcome, known = document.outcome(), facts(document.problem)
    if now.kind == "surgeon":
        placed = (each for each in outcome.theatre.all_placed() if each.session.day in days)
        mine = (each.case.id for each in placed if each.surgeon in now.ids)
        return tuple(Pin(kind="case", id=str(case)) for case in mine)
    sessions = (session for day in days for session in known.sessions_on.get(day, ()))
    if now.kind == "theatre":
        sessions = (each for each in sessions if each.theatre in now.ids)
    elif now.kind != "day":
        return ()
    return tuple(Pin(kind="session", id=str(each.id)) for each in sessions)


def theatres_beside(
    document: Document, theatres: Sequence[str], here: str, day: int, by: int
) -> Iterator[str]:
    """Give the theatres above (-1) or below (1) with a session on the day, the nearest first."""
    known = facts(document.problem)
    place = theatres.index(here)
    beside = theatres[place + 1 :] if by > 0 else theatres[:place][::-1]
    for theatre in beside:
        if known.sessions_in.get((TheatreId(theatre), day)):
            yield theatre
