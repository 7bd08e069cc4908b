"""An answer that is facts and no plan, a grid or lines of a rotation, as the edit that records it."""

from planner.amending import Amend
from planner.changes import Change, ChangeSet
from planner.runs import MASTER, SolveRequest
from planner.words import say


def recording(
    request: SolveRequest, changes: tuple[Change, ...], scenario: str, lang: str
) -> Amend:
    """Give the edit that records the changes of an answer in a scenario, named for what they are.

    A grid tells how many half-days a week get another owner, lines whose rotation they are.
    """
    if request.of_facts == MASTER:
        owned = sum(change.kind == "template" for change in changes)
        name = say("master.group", lang, n=owned)
    else:
        name = say("rotation.group", lang, rotation=request.rotation)
    return Amend(scenario=scenario, group=ChangeSet(name=name, changes=changes))
