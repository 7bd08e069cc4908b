"""`planner slots`: the best places for one patient, nobody else moved."""

from typing import Any

import click

from ui.cli import speaking
from ui.cli.speaking import Whole, json_option, option


@speaking.command("slots")
@speaking.target_argument
@option("--case", metavar="ID")
@option("--procedure", metavar="ID")
@option("--surgeon", metavar="ID")
@option("--priority", metavar="ID")
@option("-n", "--many", type=Whole(1), default=3, metavar="N")
@json_option
def command(
    target: str,
    case: str | None,
    procedure: str | None,
    surgeon: str | None,
    priority: str | None,
    many: int,
    as_json: bool,
) -> int:
    """Find places; nothing is written."""
    from planner.slots import document as slots_document
    from ui.cli.door import DONE, NOTHING
    from ui.cli.show import document, telling
    from ui.cli.speech import lang, say
    from ui.cli.targets import Target, load

    new = procedure is not None and priority is not None
    if (case is None) != new or (case is not None and (procedure or surgeon or priority)):
        raise click.UsageError(say("cli.slots.whom"), click.get_current_context(silent=True))
    loaded = load(Target.of(target))
    with loaded.opened:
        found = _found(loaded, case, (procedure, surgeon, priority), many)
    told = slots_document(found, lang())
    with telling():
        if as_json:
            document(told)
        else:
            _text(told)
    return DONE if found.slots else NOTHING


def _found(loaded: Any, case: str | None, new: tuple[str | None, ...], many: int) -> Any:
    from planner.edits import EditRefusedError
    from planner.facts import facts
    from planner.slots import new_case
    from solvers.theatre.slots import good_slots
    from ui.cli.repairing import request_of
    from ui.cli.sentences import Told

    request = request_of(loaded)
    problem = request.problem
    if not problem.clock:
        raise Told("cli.slots.no_clock")
    if case is None:
        procedure, surgeon, priority = new
        record = new_case(problem, str(procedure), surgeon, str(priority))
    elif case in facts(problem).cases:
        record = facts(problem).cases[case]  # type: ignore[index]  # ids are texts
    else:
        raise EditRefusedError("event_no_case", id=case)
    return good_slots(problem, request.plan, record, request.waivers, many)


def _text(told: dict[str, Any]) -> None:
    for number, slot in enumerate(told["slots"], 1):
        print(f"{number}. {slot['sentence']}")
        print(f"   {slot['price']}")
        for item in slot["items"]:
            print(f"   {item['sentence']}")
    if told["sentence"]:
        print(told["sentence"])
