"""What the next period begins with, in sentences."""

from planner.next_period import Following
from planner.words import day, say


def period_lines(found: Following, lang: str) -> list[str]:
    """Say what the next period begins with, a sentence a kind of facts, and nothing of what is not.

    Public holidays are told even where there is none: the list may end too early.
    """
    horizon = found.problem.horizon
    dates = {"first": day(horizon.date(0), lang), "last": day(horizon.date(horizon.last), lang)}
    told = (
        say(f"next_period.{what}", lang, n=n)
        for what, n in found.told.items()
        if n or what == "holidays"
    )
    return [say("next_period.dates", lang, **dates), *told]
