"""Theatre situations by hand, in the words of the examples of packs."""

from typing import Any

from planner.packs.theatre_example import TheatreExample, theatre_situation
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.rules.blocks import Linear
from planner.rules.contract import Breach, Rule, audit
from planner.rules.space import TheatreSpace
from planner.view import TheatreView


def situation(rule: Rule[Any, Any], **table: Any) -> tuple[Problem, Plan]:
    """Make the problem and plan of a table of sessions, cases and what the rule needs."""
    table.setdefault("sessions", [{"id": "A"}])
    table.setdefault("cases", [])
    return theatre_situation(rule, TheatreExample(rule=rule.id, table=table, accepts=True))


def said(rule: Rule[Any, Any], **table: Any) -> list[tuple[str, tuple[str, ...], int]]:
    """Give what the audit says: message, subjects, amount."""
    return [(b.about.what, b.about.subjects, b.amount) for b in breaches(rule, **table)]


def breaches(rule: Rule[Any, Any], **table: Any) -> list[Breach]:
    """Give the breaches that the audit finds."""
    return audit(rule, TheatreView(*situation(rule, **table)))


def space(rule: Rule[Any, Any], **table: Any) -> TheatreSpace:
    """Give the space of a table, with the placements of its plan among the options."""
    problem, plan = situation(rule, **table)
    return TheatreSpace(problem, plan.placements)


def linear(rule: Rule[Any, Any], kind: str, **table: Any) -> list[Linear]:
    """Give the sums of a kind that a rule says about a table."""
    rows = rule.rows(space(rule, **table))
    return [row for row in rows if isinstance(row, Linear) and row.kind == kind]


def loads(row: Linear, of: TheatreSpace) -> dict[tuple[str, str, str | None], int]:
    """Give what each option counts in a sum: (case, session, surgeon) → amount."""
    return {
        (of.option(code).case.id, of.option(code).session.id, of.option(code).surgeon): amount
        for _, table in row.parts
        for code, amount in table.items()
    }


def one_after_another(minutes: list[int], turnover: int, start: int) -> list[Placement]:
    """Sequence cases K0, K1 … of session A without a gap but the turnover."""
    placements = []
    for number, each in enumerate(minutes):
        placements.append(Placement(f"K{number}", "A", "X1", start))
        start += each + turnover
    return placements
