"""Which breaches a board marks, and with which of the three signs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, Literal, TypeAlias

from planner.score import Judged, Judgement

Sign: TypeAlias = Literal["", "soft", "accepted", "hard"]
"""The sign of a breach: triangle hard, diamond soft, disc accepted; "" where there is none."""

ORDER: Final[tuple[Sign, ...]] = ("", "soft", "accepted", "hard")
SHOWN_TIERS: Final = 2
"""Soft breaches of these tiers are marked; every plan has many of the others."""


def sign(judged: Judged) -> Sign:
    """Give the sign of a breach, "" for one that boards do not mark."""
    if judged.rule.hard:
        return "hard" if judged.cost > 0 else "accepted"
    return "soft" if judged.rule.tier <= SHOWN_TIERS and judged.cost > 0 else ""


def worst(all_judged: Iterable[Judged]) -> Sign:
    """Give the gravest sign of some breaches."""
    return max((sign(each) for each in all_judged), key=ORDER.index, default="")


def by_subject(judgement: Judgement, part: str) -> Mapping[str, tuple[Judged, ...]]:
    """Give the marked breaches of a part by each subject that they are about."""
    found: dict[str, list[Judged]] = defaultdict(list)
    rule, wanted, hard = None, False, False
    for each in judgement.judged:  # they stand rule by rule, and each key stroke reads them all
        if each.rule is not rule:
            rule, hard = each.rule, each.rule.hard
            wanted = rule.part == part and (hard or (rule.tier <= SHOWN_TIERS and rule.price > 0))
        if wanted and (hard or each.breach.amount > each.waived):  # as `sign` says
            for subject in each.breach.about.subjects:
                found[subject].append(each)
    return {subject: tuple(judged) for subject, judged in found.items()}


def counts(judgement: Judgement) -> Mapping[str, int]:
    """Count the breaches that boards mark, by sign."""
    found = dict.fromkeys(("hard", "soft", "accepted"), 0)
    rule, wanted = None, False
    for each in judgement.judged:
        if each.rule is not rule:
            rule = each.rule
            wanted = rule.hard or rule.tier <= SHOWN_TIERS
        mark = sign(each) if wanted else ""
        if mark:
            found[mark] += 1
    return found
