"""Capacity for emergencies: sessions kept for them, or a share of every session."""

import dataclasses
from collections.abc import Iterator
from typing import Any

from planner.changes import Change, Set
from planner.commands.contract import CommandRefusedError, amount, command
from planner.commands.filters import altered, meant
from planner.plain import Plain
from planner.problem import Problem


@command("emergency", "filter", more=True)
def dedicated(problem: Problem, *which: str) -> Iterator[Change]:
    """Keep sessions for emergencies: no case of the list comes into them."""
    kept = ((item, _kept(item, on=True)) for item in meant(problem, "sessions", which))
    return altered(problem, kept)


@command("emergency-share", "percent")
def spread(problem: Problem, percent: str) -> Iterator[Change]:
    """Keep a share of every session free for emergencies, and no session for them alone."""
    share = amount(percent, 1, 100)
    rules: list[Any] = [rule for rule in problem.rules if rule.type == "emergency_reserve"]
    if not rules:
        raise CommandRefusedError("command_no_rule", type="emergency_reserve")
    wanted: dict[str, Plain] = {"enabled": True, "kept": "session", "share": share, "minutes": 0}
    for field, value in wanted.items():
        before = getattr(rules[0], field)
        if before != value:
            yield Set(kind="rule", id=rules[0].id, field=field, expected=before, value=value)
    yield from altered(problem, ((each, _kept(each, on=False)) for each in problem.sessions))


def _kept(session: Any, *, on: bool) -> Any:
    return dataclasses.replace(session, emergency=on)
