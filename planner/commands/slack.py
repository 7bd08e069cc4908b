"""How much slack sessions keep against long cases: β of the rules on slack (T37)."""

from collections.abc import Iterator
from typing import Any

from planner.changes import Change, Set
from planner.commands.contract import CommandRefusedError, amount, command
from planner.problem import Problem


@command("slack", "beta")
def slack(problem: Problem, beta: str) -> Iterator[Change]:
    """Set β, in hundredths, of every rule on the slack of sessions: 25, 52 or 84, for instance."""
    wanted = amount(beta, 0, 300)
    found: list[Any] = [rule for rule in problem.rules if rule.type == "session_slack"]
    if not found:
        raise CommandRefusedError("command_no_rule", type="session_slack")
    for rule in found:
        if rule.beta != wanted:
            yield Set(kind="rule", id=rule.id, field="beta", expected=rule.beta, value=wanted)
