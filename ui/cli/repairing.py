"""An event of the day answered for a study: the answers shown, and one of them adopted if asked."""

import contextlib
import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.study_file import is_study
from planner.clock import written
from planner.day_events import Moment, read_event
from planner.day_repair import Answer, Repaired, adopting, made
from planner.day_struck import strike
from planner.day_words import document as answers_document
from planner.day_words import numbered
from planner.runs import Budget, SolveRequest
from planner.score import judge
from planner.sick.call import is_sick_call
from ui.cli.adopting import request_for
from ui.cli.answers import choose, keep, text
from ui.cli.door import BROKEN, DONE
from ui.cli.sentences import Told
from ui.cli.show import document, telling
from ui.cli.speech import lang
from ui.cli.targets import Loaded, Target, held, load


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a call asks: the event as it is typed, when, and the answer to adopt (−1: the first)."""

    event: str
    day: dt.date | None
    now: int
    adopt: int | None = None
    out: Path | None = None
    seed: int = 1


def answered(words: str, asked: Asked, *, as_json: bool) -> int:
    """Answer an event, and adopt an answer where one is asked for; give the exit code."""
    target = Target.of(words)
    if asked.adopt is not None and asked.out is None and not is_study(target.path):
        raise Told("cli.scenario.no_study", path=str(target.path))
    if is_sick_call(asked.event):
        from ui.cli.sick_calls import answered_sick

        return answered_sick(words, asked, _settings(asked.seed), as_json=as_json)
    event = read_event(asked.event)
    with contextlib.ExitStack() as stack:
        if asked.adopt is None:
            loaded = load(target)
            stack.enter_context(loaded.opened)
        else:
            loaded = stack.enter_context(held(target, in_place=asked.out is None))
        request = request_of(loaded, asked.seed)
        found = solved(request, event, moment_of(request, asked.day, asked.now))
        chosen = None if asked.adopt is None else choose(numbered(found), asked.adopt)
        code = _exit_code(request, found, chosen)
        told = answers_document(request.plan, found, lang())
        if chosen is not None:
            _adopt(loaded, asked, found, chosen[1])
    told["adopted"] = None if chosen is None else chosen[0]
    with telling():
        if as_json:
            document(told)
        else:
            text(told, loaded.target.name)
    return code


def request_of(loaded: Loaded, seed: int = 1) -> SolveRequest:
    """Make the question about the plan of a target as it stands.

    Raises:
        Told: there is no such scenario, or its facts contradict each other.
    """
    return request_for(loaded, ("theatre",), _settings(seed))


def _settings(seed: int) -> dict[str, Any]:
    return {"budget": Budget(effort=1), "seed": seed, "workers": 0, "strict": False}


def moment_of(request: SolveRequest, day: dt.date | None, now: int) -> Moment:
    """Give the moment that is meant: the date of the facts where no day is named."""
    problem = request.problem
    return Moment(problem.horizon.day(day or problem.as_of), now)


def solved(request: SolveRequest, event: Any, moment: Moment) -> Repaired:
    """Ask the engine; its clock starts when the kernel is loaded."""
    from solvers.rows.ready import get_ready
    from solvers.theatre.repair import repair

    strike(request.problem, request.plan, event, moment)  # refuses before anything heavy is loaded
    get_ready("theatre")
    return repair(request, event, moment)


def _exit_code(request: SolveRequest, found: Repaired, chosen: tuple[int, Answer] | None) -> int:
    """The plan kept, or the best one offered, has hard breaches or not."""
    _, answer = chosen or numbered(found)[0]
    plan = made(found.struck.plan, answer.moves)
    score = judge(found.struck.problem, plan, request.waivers, parts=("theatre",)).score
    return BROKEN if score.breaches else DONE


def _adopt(loaded: Loaded, asked: Asked, found: Repaired, answer: Answer) -> None:
    horizon = found.struck.problem.horizon
    at = f"{horizon.date(found.struck.moment.day).isoformat()} {written(asked.now)}"
    loaded.opened.do(adopting(loaded.study, loaded.target.name, found.struck, answer, at))
    keep(loaded, asked.out)
