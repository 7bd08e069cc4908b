"""Patients are out of the recovery room before it closes (T25)."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.cases import Case
from planner.facts import Facts
from planner.hospital import Recovery, Session, SessionId
from planner.rules.blocks import About, Price
from planner.rules.contract import Breach, Rule, rule
from planner.rules.pricing import priced
from planner.rules.space import Option, TheatreSpace
from planner.rules.timing import TheatreDay, Within
from planner.view import TheatreView


@rule("recovery_hours")
@dataclass(frozen=True, kw_only=True)
class RecoveryHours(Rule[TheatreView, TheatreSpace]):
    """A patient comes into an open recovery room and leaves by its closing; a unit is a minute.

    A case counts from its session's start at the earliest, also without a start of its own: the
    minutes by which even that is too late are a price. That the room is not open yet is judged
    by the start only.
    """

    unit, reach = "minute", "case"
    family = "recovery_beds"

    def breaches(self, view: TheatreView) -> Iterator[Breach]:
        room_of: dict[SessionId, Recovery | None] = {}
        for placed in view.placed(self.scope):
            session, case, facts = placed.session, placed.case, view.facts
            stay = facts.recovery_minutes(case)
            room = room_of.setdefault(session.id, facts.recovery_of(session))
            if room is None or stay == 0:
                continue
            soonest, day = facts.opens(session), session.day
            opens, closes = facts.passed(day, room.start), facts.passed(day, room.end)
            start = soonest if placed.begin is None else max(placed.begin, soonest)
            out = start + placed.minutes + stay
            told: dict[str, int | str] = {"case": case.id, "recovery": room.id}
            if out > closes:
                about = About("recovery_closes", (case.id,), day, day)
                late: dict[str, int | str] = {"out": facts.clock(day, out), "closes": room.end}
                yield Breach(about, out - closes, told | late)
            if placed.over is not None and placed.over < opens:
                about = About("recovery_opens", (case.id,), day, day)
                told |= {"end": facts.clock(day, placed.over), "opens": room.start}
                yield Breach(about, opens - placed.over, told)

    def prices(self, space: TheatreSpace) -> Iterator[Price]:
        stays = [0] * space.cells
        for case in space.cases_in(self.scope):
            stays[space.cell_of[case.id]] = space.facts.recovery_minutes(case)
        return priced(space, "recovery_closes", self._late(space, stays))

    def _late(self, space: TheatreSpace, stays: list[int]) -> Iterator[tuple[Option, int]]:
        for session in space.problem.sessions:
            room = space.facts.recovery_of(session)
            if room is not None:
                left = space.facts.passed(session.day, room.end) - space.facts.opens(session)
                column = space.column(session)
                options = zip(column.cells, column.codes, column.minutes, strict=True)
                for cell, code, minutes in options:
                    late = minutes + stays[cell] - left
                    if late > 0 and stays[cell]:
                        yield space.option(code), late

    def timing(self, day: TheatreDay) -> Iterator[Within]:
        for choice in day.choices_in(self.scope):
            room, stay = _stay(day.facts, choice.session, choice.case)
            if room is None or stay == 0:
                continue
            subjects, minutes = (choice.case.id,), choice.minutes
            starts = day.facts.opens(choice.session)
            open_, close = (day.facts.passed(day.day, each) for each in (room.start, room.end))
            closes = About("recovery_closes", subjects, day.day, day.day)
            yield Within(closes, choice.number, high=max(close, starts + minutes + stay), stay=stay)
            if starts + minutes < open_:
                opens = About("recovery_opens", subjects, day.day, day.day)
                yield Within(opens, choice.number, low=open_ - minutes)


def _stay(facts: Facts, session: Session, case: Case) -> tuple[Recovery | None, int]:
    return facts.recovery_of(session), facts.recovery_minutes(case)
