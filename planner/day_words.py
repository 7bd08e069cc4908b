"""An event of the day and the answers to it, in sentences and as a document: what it costs, whom to tell."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from planner.cases import CaseId
from planner.clock import read_time, written
from planner.day_events import Event, Moment
from planner.day_repair import Answer, Move, Repaired, made, moved
from planner.day_struck import Struck
from planner.facts import Facts, facts
from planner.hospital import SessionId, TheatreId
from planner.kpis.contract import Outcome
from planner.left_out import LeftOut
from planner.left_out_words import reason_words
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.score import Judged
from planner.sentences import breach_sentence
from planner.view import Placed, TheatreView
from planner.words import clock, number, say


def event_sentence(event: Event, lang: str) -> str:
    """Say what has happened."""
    limited = "" if event.within is None else ".within"
    return say(
        f"repair.event.{event.kind}{limited}",
        lang,
        subject=event.subject,
        minutes=event.minutes,
        priority=event.priority,
        within=event.within or 0,
        at=event.at,
    )


def moment_words(problem: Problem, moment: Moment, lang: str) -> str:
    """Say when: the day, and the time from which things can be changed."""
    return say("repair.moment", lang, day=problem.horizon.date(moment.day), now=moment.now)


class Telling:
    """The sentences of one answer: `before` is the plan from before the event.

    `why` says why an emergency is operated in no answer.
    """

    def __init__(
        self, before: Plan, struck: Struck, answer: Answer, lang: str, why: str = ""
    ) -> None:
        self.struck, self.answer, self.lang, self.why = struck, answer, lang, why
        self.known: Facts = facts(struck.problem)
        self.after = made(struck.plan, answer.moves)
        self.moves = moved(before, self.after)
        self.view = TheatreView(struck.problem, self.after)

    @property
    def date(self) -> dt.date:
        """The day of the event."""
        return self.struck.problem.horizon.date(self.struck.moment.day)

    def title(self) -> str:
        """Say in a few words what an answer does."""
        moves = self.answer.moves
        if self.answer.reach == "nothing":
            return say("repair.nothing", self.lang)
        stays = [each for each in moves if each.before is not None and each.after is not None]
        given = sum(each.given for each in stays)
        counted = (
            ("repair.moved", len(stays) - given),
            ("repair.given", given),
            ("repair.bumped", len(self.answer.bumped)),
            ("repair.added", len(self.answer.added)),
        )
        return " · ".join(say(what, self.lang, n=n) for what, n in counted if n)

    # --- what it costs ---------------------------------------------------------------------------

    def cost(self, nothing: Answer) -> str:
        """Say what an answer costs against doing nothing, and what it breaks: that is its order.

        Doing nothing is not free where an emergency is not operated: that price is said too.
        """
        broken = self.answer.score.breaches
        first = say("repair.hard" if broken else "repair.legal", self.lang, n=broken)
        if self.answer is nothing:
            price = nothing.unrest  # nobody is moved: all of it is the emergency's that waits
            return f"{first} {say('repair.unoperated', self.lang, cost=price)}" if price else first
        more = self.answer.cost - nothing.cost
        what = "repair.dearer" if more > 0 else "repair.cheaper" if more < 0 else "repair.same"
        people = self.answer.unrest - nothing.unrest
        told = {"day": self._signed(more - people), "people": self._signed(people)}
        return f"{first} {say(what, self.lang, cost=abs(more), **told)}"

    def _signed(self, cost: int) -> str:
        return f"{'+' if cost > 0 else ''}{number(cost, self.lang)}"

    def broken(self) -> Iterator[tuple[bool, str]]:
        """Say what is broken on the day that was not before the event: (hard, sentence), hard first."""
        shown = [each for each in self.answer.new if self._worth(each)]
        for each in sorted(shown, key=lambda each: (not each.rule.hard, -each.cost)):
            yield (
                each.rule.hard,
                breach_sentence(self.struck.problem, each.rule, each.breach, self.lang),
            )

    def _worth(self, each: Judged) -> bool:
        """Leave out what the moves say already: who waits, and for how long."""
        return each.rule.hard or each.rule.type not in ("unscheduled", "waiting")

    # --- whom to tell ----------------------------------------------------------------------------

    def patients(self) -> Iterator[str]:
        """Say for each patient whose time or place is another what it was and is."""
        for move in self.moves:
            yield self._patient(move)
        waits = self.struck.event.kind == "emergency" and self.struck.case is not None
        if waits and self.view.where(CaseId(str(self.struck.case))) is None:
            told = say("repair.patient.waits", self.lang, case=self.struck.case, day=self.date)
            yield f"{told}. {self.why}" if self.why else told

    def _patient(self, move: Move) -> str:
        facts: dict[str, Any] = {"case": move.case, "day": self.date}
        facts |= self._place("", move.after) | self._place("was_", move.before)
        return say(f"repair.patient.{self._kind(move)}", self.lang, **facts) + self._limit(move)

    def _kind(self, move: Move) -> str:
        if move.after is None:
            cancelled = self.struck.event.kind == "cancel" and move.case == self.struck.case
            return "cancelled" if cancelled else "bumped"
        if move.before is None:
            return "emergency" if move.case == self.struck.case else "added"
        if move.given:
            return "given"
        if self._theatre(move.before) != self._theatre(move.after):
            return "elsewhere"
        if move.before.surgeon != move.after.surgeon:
            return "other_surgeon"
        return "later" if (move.after.start or 0) >= (move.before.start or 0) else "sooner"

    def _limit(self, move: Move) -> str:
        """Say how late an emergency begins, if it ought to have begun before."""
        within = self.struck.event.within
        if within is None or move.case != self.struck.case or move.after is None:
            return ""
        limit = self.struck.moment.now + within
        late = (move.after.start or 0) - limit
        if late <= 0:
            return ""
        return " " + say("repair.limit", self.lang, limit=limit, late=late)

    def _place(self, name: str, placement: Placement | None) -> dict[str, Any]:
        if placement is None:
            return {}
        return {
            f"{name}theatre": self._theatre(placement),
            f"{name}start": placement.start or 0,
            f"{name}surgeon": placement.surgeon or "–",
        }

    def _theatre(self, placement: Placement) -> TheatreId:
        return self.known.sessions[placement.session].theatre

    def surgeons(self) -> Iterator[str]:
        """Say for each surgeon whose cases change what is left of her day."""
        sides = (side for move in self.moves for side in (move.before, move.after) if side)
        touched = {side.surgeon for side in sides if side.surgeon} | self.struck.surgeons
        for move in self.moves:
            touched |= self.known.cases[move.case].partners
        for surgeon in sorted(touched):
            hers = [
                each
                for each in self._today()
                if each.surgeon == surgeon or surgeon in each.case.partners
            ]
            moment = self.struck.moment
            now = self.known.passed(moment.day, moment.now)
            left = [each for each in hers if (each.over or 0) > now]
            items = [
                say("repair.item.room", self.lang, **self._item(each), theatre=each.session.theatre)
                for each in left
            ]
            what = "repair.surgeon" if items else "repair.surgeon.free"
            yield say(what, self.lang, surgeon=surgeon, items=", ".join(items))

    def rooms(self) -> Iterator[str]:
        """Say for each theatre whose list changes what is in it, and when it ends."""
        sides = (side for move in self.moves for side in (move.before, move.after) if side)
        touched = {self._theatre(side) for side in sides}
        touched |= {self.known.sessions[id].theatre for id in self._hit()}
        for theatre in sorted(touched):
            inside = [each for each in self._today() if each.session.theatre == theatre]
            items = [say("repair.item", self.lang, **self._item(each)) for each in inside]
            last = max(inside, key=lambda each: each.over or 0, default=None)
            end = 0 if last is None else self._end(last)
            what = "repair.room" if items else "repair.room.empty"
            yield say(what, self.lang, theatre=theatre, items=", ".join(items), end=end)

    def _end(self, each: Placed) -> int:
        """Give when a case ends, as a clock on the wall shows it."""
        return 0 if each.over is None else self.known.clock(each.session.day, each.over)

    def _hit(self) -> frozenset[Any]:
        """The sessions that the event itself changes; those an emergency may use are not all told."""
        return frozenset() if self.struck.event.kind == "emergency" else self.struck.sessions

    def _today(self) -> list[Placed]:
        day = self.struck.moment.day
        there = (
            each
            for session in self.known.sessions_on.get(day, ())
            for each in self.view.inside(session)
        )
        return sorted(there, key=lambda each: (each.start or 0, each.case.id))

    def _item(self, each: Placed) -> Mapping[str, str]:
        return {"case": each.case.id, "time": "?" if each.start is None else clock(each.start)}

    def document(self, number: int, nothing: Answer) -> dict[str, Any]:
        """Give an answer as plain values, its sentences among them."""
        score = self.answer.score
        return {
            "number": number,
            "reach": self.answer.reach,
            "title": self.title(),
            "cost": self.cost(nothing),
            "score": {
                "hard": score.hard,
                "breaches": score.breaches,
                "waived": score.waived,
                "tiers": list(score.tiers),
                "total": score.total,
            },
            "unrest": self.answer.unrest,
            "moves": [
                {
                    "case": move.case,
                    "from": placement_plain(move.before),
                    "to": placement_plain(move.after),
                }
                for move in self.answer.moves
            ],
            "bumped": list(self.answer.bumped),
            "added": list(self.answer.added),
            "breaches": [{"hard": hard, "sentence": words} for hard, words in self.broken()],
            "told": {
                "patients": list(self.patients()),
                "surgeons": list(self.surgeons()) if self.moves or self._hit() else [],
                "rooms": list(self.rooms()) if self.moves or self._hit() else [],
            },
        }


def numbered(found: Repaired) -> tuple[tuple[int, Answer], ...]:
    """Number the answers for who chooses: the best is 1, doing nothing is always 0."""
    number, pairs = 0, []
    for answer in found.answers:
        if answer is found.nothing:
            pairs.append((0, answer))
        else:
            number += 1
            pairs.append((number, answer))
    return tuple(pairs)


def document(before: Plan, found: Repaired, lang: str) -> dict[str, Any]:
    """Give an event and the answers to it as plain values, the best first."""
    struck = found.struck
    horizon = struck.problem.horizon
    why = no_place(found, lang)
    return {
        "event": struck.event.words,
        "sentence": event_sentence(struck.event, lang),
        "moment": moment_words(struck.problem, struck.moment, lang),
        "day": horizon.date(struck.moment.day).isoformat(),
        "now": written(struck.moment.now),
        "case": struck.case,
        "best": numbered(found)[0][0],
        "answers": [
            Telling(before, struck, answer, lang, why).document(number, found.nothing)
            for number, answer in numbered(found)
        ],
        "seconds": round(found.seconds, 3),
    }


def no_place(found: Repaired, lang: str) -> str:
    """Say why an emergency is operated in no answer, "" where it is in one, or there is none."""
    struck = found.struck
    if struck.event.kind != "emergency" or any(struck.case in a.added for a in found.answers):
        return ""
    case = facts(struck.problem).cases[CaseId(str(struck.case))]
    plan = Plan(sessions=struck.plan.sessions)
    return reason_words(LeftOut(Outcome(struck.problem, plan, ()), struck.moment).why(case), lang)


def placement_plain(placement: Placement | None) -> dict[str, Any] | None:
    """Give a placement as plain values; None where a case waits."""
    if placement is None:
        return None
    start = None if placement.start is None else written(placement.start)
    return {"session": placement.session, "surgeon": placement.surgeon, "start": start}


def placement_of(case: str, plain: Mapping[str, Any] | None) -> Placement | None:
    """Give the placement of a case back from plain values.

    Raises:
        KeyError, ValueError: they are none.
    """
    if plain is None:
        return None
    start = plain["start"]
    minute = None if start is None else read_time(str(start))
    return Placement(CaseId(case), SessionId(plain["session"]), plain["surgeon"], minute)
