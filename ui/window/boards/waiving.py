"""Keeping what breaks a rule, with a reason, whichever board it stands on."""

from datetime import datetime

from data.lock import user
from planner.rules.contract import Waiver
from planner.score import Judged


def waiver(judged: Judged, reason: str) -> Waiver:
    """Give what accepts a breach as it is."""
    about = judged.breach.about
    return Waiver(
        rule=judged.rule.id,
        subjects=frozenset(about.subjects),
        first=about.first,
        last=about.last,
        most=judged.breach.amount,
        reason=reason,
        author=user(),
        made=datetime.now().astimezone().date(),
    )
