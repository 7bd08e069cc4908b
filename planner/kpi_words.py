"""Indicators as people read them: titles, definitions, values with their units, differences."""

from typing import Literal

from planner.compare import KpiRow
from planner.kpis.contract import Kpi
from planner.words import MINUS, minutes, number, say


def title(kpi: Kpi, lang: str, group: str = "") -> str:
    """Give the title of an indicator, with its group if it has one."""
    whole = say(f"kpi.{kpi.name}", lang)
    return say("kpi.grouped", lang, title=whole, group=group) if group else whole


def definition(kpi: Kpi, lang: str) -> str:
    """Give what an indicator counts, as a sentence."""
    return say(f"kpi.{kpi.name}.definition", lang)


def written(kpi: Kpi, value: float | None, lang: str) -> str:
    """Write a value: lengths of time as hours and minutes, shares in per cent, days, or a number."""
    if value is None:
        return say("kpi.none", lang)
    match kpi.unit:
        case "minute":
            return minutes(value)
        case "per cent":
            return say("kpi.per_cent", lang, share=float(value))
        case "day":
            return say("kpi.days", lang, days=float(value))
        case "index":
            return number(value, lang, 2)
    return number(value, lang)


def difference(kpi: Kpi, delta: float | None, lang: str) -> str:
    """Write a difference with its sign; shares differ by points, no difference is `=`."""
    if delta is None:
        return say("kpi.none", lang)
    if kpi.unit == "per cent":
        words = say("kpi.points", lang, points=float(abs(delta)))
    else:
        words = written(kpi, abs(delta), lang)
    if not any(digit in words for digit in "123456789"):
        return "="
    return f"+{words}" if delta > 0 else f"{MINUS}{words}"


def sense(kpi: Kpi, delta: float | None) -> Literal["better", "worse", ""]:
    """Tell whether a difference is for the better or the worse; "" where it is neither."""
    if not delta or kpi.better == "none":
        return ""
    return "better" if (delta > 0) == (kpi.better == "more") else "worse"


def row_title(row: KpiRow, lang: str) -> str:
    """Give the title of a row of a comparison."""
    return title(row.kpi, lang, row.group)
