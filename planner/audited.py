"""What the audit of a plan has found, as plain values and back: an audit need not be made twice.

It is found again by a key over all that an audit reads. What was found is put in order by the rules at hand,
so that it is the same as the audit's own answer, item by item.
"""

from collections import defaultdict
from collections.abc import Mapping
from hashlib import blake2b
from itertools import groupby
from typing import Any, Final

from planner.kpis.contract import Figure, Groups, Outcome, Ratio
from planner.problem import ATTRIBUTES
from planner.rules.blocks import About
from planner.rules.contract import Breach
from planner.score import Judged, Judgement, Score, total
from planner.signatures import signed_digest

_JUDGEMENT: Final = "judgement"


class UnlikeError(ValueError):
    """What was found is not about the rules at hand."""


def key(outcome: Outcome) -> str:
    """Name all that an audit reads: facts and rules, in their order, the plan, and what is accepted."""
    whole = blake2b(digest_size=16)
    whole.update(signed_digest(outcome.problem, outcome.plan, outcome.waivers).encode())
    # A fingerprint leaves out in which order records stand, and who is first may matter.
    for kind in ATTRIBUTES:
        ids = (str(record.id) for record in outcome.problem.records(kind))
        whole.update(blake2b("\n".join(ids).encode(), digest_size=16).digest())
    return whole.hexdigest()


def is_audited(outcome: Outcome) -> bool:
    """Tell whether an outcome has its judgement, so that asking for it costs nothing."""
    return _JUDGEMENT in outcome.__dict__


def found_plain(outcome: Outcome) -> dict[str, Any]:
    """Give what is known of an outcome: its breaches by rule, its figures, and what plans lent came to."""
    judged: dict[str, list[Any]] = defaultdict(list)
    for each in outcome.judgement.judged:
        breach = each.breach
        judged[each.rule.id].append([*breach.about, breach.amount, breach.facts, each.waived])
    tried = {
        name: None if score is None else [score.hard, *score.tiers]
        for name, score in dict(outcome.tried).items()  # whoever compares may go on meanwhile
    }
    figures = {name: _plain(figure) for name, figure in dict(outcome.figures).items()}
    return {"judged": judged, "tried": tried, "forecast": _mark(outcome), "figures": figures}


def take(outcome: Outcome, found: Mapping[str, Any]) -> None:
    """Put what was found into an outcome that nobody has audited yet.

    Raises:
        UnlikeError: it is about other rules.
    """
    items = {
        rule: [(About(row[0], tuple(row[1]), *row[2:4]), *row[4:]) for row in rows]
        for rule, rows in found["judged"].items()
    }
    rules = {rule.id: rule for rule in outcome.problem.rules if rule.enabled}
    if not items.keys() <= rules.keys():
        raise UnlikeError(", ".join(sorted(items.keys() - rules.keys())))
    judged = tuple(
        Judged(rule=rule, breach=Breach(about, amount, facts), waived=waived)
        for id, rule in rules.items()
        for about, amount, facts, waived in items.get(id, ())
    )
    order = outcome.problem.order
    tried = {name: _score(costs, order) for name, costs in found["tried"].items()}
    same = found["forecast"] == _mark(outcome)
    figures = {name: _figure(each) for name, each in found["figures"].items()} if same else {}
    # Only what could be read to its end is believed.
    outcome.judgement = Judgement(judged=judged, score=total(judged, order))
    outcome.tried.update(tried)
    outcome.figures.update(figures)


def _mark(outcome: Outcome) -> str:
    """Name what was simulated of a plan: indicators read it, and audits do not."""
    return blake2b(repr(outcome.forecast).encode(), digest_size=16).hexdigest()


def _plain(figure: Figure | Groups) -> Any:
    """Give a figure as a plain value; amounts of one kind of key after another, in their order."""
    match figure:
        case Groups():
            return {
                "kind": figure.kind,
                "groups": {id: _plain(f) for id, f in figure.figures.items()},
            }
        case Ratio():
            return {"ratio": [*figure]}
        case Mapping():
            kinds = groupby(figure.items(), key=lambda item: item[0][0])
            return {"sum": [[kind, {key[1]: n for key, n in items}] for kind, items in kinds]}
    return figure


def _figure(plain: Any) -> Figure | Groups:
    """Make a figure of its plain value."""
    match plain:
        case {"groups": groups}:
            return Groups(plain["kind"], {id: _figure(each) for id, each in groups.items()})  # type: ignore[misc]
        case {"ratio": [over, under]}:
            return Ratio(over, under)
        case {"sum": kinds}:
            return {(kind, id): n for kind, amounts in kinds for id, n in amounts.items()}
        case None | int() | float():
            return plain
    raise ValueError(plain)


def _score(costs: list[int] | None, order: str) -> Score | None:
    if costs is None:
        return None
    hard, *tiers = costs
    whole = None if order == "strict" else sum(tiers)
    return Score(hard=hard, tiers=tuple(tiers), total=whole)
