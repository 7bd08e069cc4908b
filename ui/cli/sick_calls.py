"""A sick call answered for a study: who may stand in, and one answer adopted if asked."""

import contextlib
import time
from typing import TYPE_CHECKING, Any

from planner.clock import written
from planner.day_events import Moment
from planner.pinning import days
from planner.recent import recent
from planner.runs import SolveRequest
from planner.sick import Repaired, StandIns, adopting, call_sick, read_sick_call, stand_ins
from planner.sick.words import document as answers_document
from planner.sick.words import numbered
from ui.cli.adopting import request_for
from ui.cli.answers import choose, keep, text
from ui.cli.door import BROKEN, DONE
from ui.cli.show import document, telling
from ui.cli.speech import lang
from ui.cli.targets import Loaded, Target, held, load

if TYPE_CHECKING:
    from ui.cli.repairing import Asked


def answered_sick(words: str, asked: "Asked", settings: dict[str, Any], *, as_json: bool) -> int:
    """Answer a sick call, and adopt an answer where one is asked for; give the exit code."""
    target = Target.of(words)
    with contextlib.ExitStack() as stack:
        if asked.adopt is None:
            loaded = load(target)
            stack.enter_context(loaded.opened)
        else:
            loaded = stack.enter_context(held(target, in_place=asked.out is None))
        request = request_for(loaded, ("roster",), settings)
        day = request.problem.horizon.day(asked.day or request.problem.as_of)
        found = solved_sick(request, asked.event, Moment(day, asked.now))
        chosen = None if asked.adopt is None else choose(numbered(found), asked.adopt)
        _, shown = chosen or numbered(found)[0]
        told = answers_document(found, lang())
        if chosen is not None:
            _adopt(loaded, asked, found, shown)
    told["adopted"] = None if chosen is None else chosen[0]
    with telling():
        if as_json:
            document(told)
        else:
            text(told, loaded.target.name)
    return BROKEN if shown.score.breaches else DONE


def solved_sick(request: SolveRequest, event: str, moment: Moment) -> Repaired:
    """Answer a sick call about the roster of a question.

    Raises:
        EditRefusedError: it is none, or cannot be.
    """
    begun = time.perf_counter()
    before = recent(request.problem, request.plan, request.waivers)
    called = call_sick(before.problem, before.plan, read_sick_call(event), moment)
    pins = [pin for pin in request.pins if pin.kind in ("person", "day")]

    def pinned(person: str, day: int) -> bool:
        return any(
            days(pin)[0] <= day <= days(pin)[1]
            for pin in pins
            if pin.kind == "day" or pin.id == person
        )

    found = stand_ins(called, before, request.waivers, pinned)
    return found._replace(seconds=time.perf_counter() - begun)


def _adopt(loaded: Loaded, asked: "Asked", found: Repaired, answer: StandIns) -> None:
    horizon = found.called.problem.horizon
    at = f"{horizon.date(found.called.moment.day).isoformat()} {written(asked.now)}"
    loaded.opened.do(adopting(loaded.study, loaded.target.name, found.called, answer, at))
    keep(loaded, asked.out)
