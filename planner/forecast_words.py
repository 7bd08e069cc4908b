"""What a forecast says of a session, in words."""

from functools import lru_cache

from planner.forecast import SessionForecast
from planner.words import say


@lru_cache(maxsize=2048)
def chance(late: int, lang: str) -> str:
    """Write a chance per mille: 34 %."""
    return say("forecast.chance", lang, late=late / 1000)


def expectation(found: SessionForecast | None, lang: str, *, outdated: bool = False) -> list[str]:
    """Say what is to be expected of a session, in parts of a sentence; nothing where nothing is known."""
    if outdated:
        return [say("forecast.outdated", lang)]
    if found is None:
        return []
    parts = [say("forecast.session", lang, late=found.late / 1000)]
    if found.over:
        parts.append(say("forecast.over", lang, over=found.over / 1000))
    parts.append(say("forecast.overtime", lang, overtime=found.overtime))
    parts.append(say("forecast.by", lang, most=found.most))
    return parts
