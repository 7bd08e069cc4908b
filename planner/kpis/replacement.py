"""What replacing people costs in money, by kind: hired by the hour, or beyond the contract (S16)."""

from collections import Counter

from planner.kpis.contract import Amounts, Outcome, kpi


@kpi("hired_cost", unit="money", better="less", part="roster")
def hired_cost(outcome: Outcome) -> Amounts | None:
    """Add what people hired by the hour cost, by contract; None where no rule gives a price."""
    return _cost(outcome, "all")


@kpi("overtime_cost", unit="money", better="less", part="roster")
def overtime_cost(outcome: Outcome) -> Amounts | None:
    """Add what hours beyond the contract cost, by contract; None where no rule gives a price."""
    return _cost(outcome, "beyond")


def _cost(outcome: Outcome, paid: str) -> Amounts | None:
    rules = {
        rule.id
        for rule in outcome.problem.rules
        if rule.type == "staff_cost" and rule.enabled and getattr(rule, "paid", "") == paid
    }
    if not rules:
        return None
    contracts = {str(person.id): person.contract for person in outcome.problem.staff}
    costs = Counter[tuple[str, str]]()
    for each in outcome.judgement.judged:
        if each.rule.id in rules:
            costs["contract", contracts[each.breach.about.subjects[0]]] += each.breach.amount
    return dict(costs)
