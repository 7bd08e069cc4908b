"""What a window asks the worker besides a run: answers to an event of the day, places for a patient."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from data.runs import RunFolder
from planner.clock import read_time
from planner.day_events import read_event
from planner.day_words import document as day_document
from planner.edits import EditRefusedError
from planner.facts import facts
from planner.sick import is_sick_call
from planner.sick.words import document as sick_document
from planner.slots import document as slots_document
from planner.words import LANGUAGES
from ui.cli.repairing import moment_of, solved
from ui.cli.sick_calls import solved_sick
from ui.cli.speech import lang

Line = Mapping[str, Any]


def answer(folder: RunFolder, line: Line) -> dict[str, Any]:
    """Answer a line of a window; its question is in the folder.

    Raises:
        Refused: there is no question in the folder.
        EditRefusedError: what is asked cannot be.
    """
    return ASKED[str(line["do"])](folder, line)


def _repair(folder: RunFolder, line: Line) -> dict[str, Any]:
    request = folder.question().request
    day = dt.date.fromisoformat(str(line["day"]))
    moment = moment_of(request, day, read_time(str(line["now"])))
    occurrence = str(line["occurrence"])
    if is_sick_call(occurrence):
        return sick_document(solved_sick(request, occurrence, moment), _language(line))
    found = solved(request, read_event(occurrence), moment)
    return day_document(request.plan, found, _language(line))


def _slots(folder: RunFolder, line: Line) -> dict[str, Any]:
    from solvers.theatre.slots import good_slots

    request = folder.question().request
    case = facts(request.problem).cases.get(line["case"])
    if case is None:
        raise EditRefusedError("event_no_case", id=str(line["case"]))
    many = int(line.get("many", 3))
    found = good_slots(request.problem, request.plan, case, request.waivers, many)
    return slots_document(found, _language(line))


def _language(line: Line) -> str:
    wanted = str(line.get("lang", ""))
    return wanted if wanted in LANGUAGES else lang()


ASKED: Final[Mapping[str, Callable[[RunFolder, Line], dict[str, Any]]]] = {
    "repair": _repair,
    "slots": _slots,
}
"""What may be asked: the folder holds the facts and the plan, the line says what about."""
