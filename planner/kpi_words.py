"""Indicators as people read them: titles, definitions, values with their units, differences."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Literal

from planner.compare import MOST_PLACES as MOST
from planner.compare import KpiRow
from planner.kpis.contract import Kpi
from planner.words import MINUS, WIDE, minutes, number, say


def title(kpi: Kpi, lang: str, group: str = "") -> str:
    """Give the title of an indicator, with its group if it has one."""
    whole = say(f"kpi.{kpi.name}", lang)
    return say("kpi.grouped", lang, title=whole, group=group) if group else whole


def definition(kpi: Kpi, lang: str) -> str:
    """Give what an indicator counts, as a sentence."""
    return say(f"kpi.{kpi.name}.definition", lang)


def written(kpi: Kpi, value: float | None, lang: str, places: int | None = None) -> str:
    """Write a value: lengths of time as hours and minutes, shares in per cent, days, or a number.

    `places` are its decimals, those of its unit where none are given.
    """
    if value is None:
        return say("kpi.none", lang)
    places = _usual(kpi, (value,)) if places is None else places
    if kpi.unit == "minute" and not places:
        return minutes(value)
    words = number(value, lang, places)
    match kpi.unit:
        case "minute":
            return f"{words}{WIDE}min"
        case "per cent":
            return say("kpi.per_cent", lang, share=words)
        case "day":
            return say("kpi.days", lang, days=words)
    return words


def difference(kpi: Kpi, delta: float | None, lang: str, places: int | None = None) -> str:
    """Write a difference with its sign; shares differ by points, no difference is `=`."""
    if delta is None:
        return say("kpi.none", lang)
    places = _usual(kpi, (delta,)) if places is None else places
    if kpi.unit == "per cent":
        words = say("kpi.points", lang, points=number(abs(delta), lang, places))
    else:
        words = written(kpi, abs(delta), lang, places)
    if not any(digit in words for digit in "123456789"):
        return "="
    return f"+{words}" if delta > 0 else f"{MINUS}{words}"


def places(row: KpiRow) -> int:
    """Give the decimals of a row of a comparison: so many that values that differ look different.

    One or two more where the difference would else not be that of the values as they are shown.
    """
    known = [value for value in row.values.values() if value is not None]
    usual = _usual(row.kpi, known)
    values = sorted({round(value, MOST) for value in known})
    gaps = [each for each in pairwise(values) if each[0] != each[1]]
    least = next((n for n in range(usual, MOST) if all(_apart(*each, n) for each in gaps)), MOST)
    if row.kpi.unit == "minute":
        return least
    more = range(least, min(MOST, least + 2) + 1)
    base = known[0] if known else 0.0
    return next((n for n in more if all(_adds_up(base, each, n) for each in known)), least)


def _adds_up(one: float, other: float, places: int) -> bool:
    """Tell whether the difference of two values is that of what is shown of them."""
    shown = round(other, places) - round(one, places)
    return round(shown, places) == round(other - one, places)


def _apart(one: float, other: float, places: int) -> bool:
    """Tell whether two values and their difference can be seen with some decimals."""
    seen = round(other - one, places) != 0
    return seen and round(one, places) != round(other, places)


def _usual(kpi: Kpi, values: Iterable[float]) -> int:
    """Give the decimals that values of a unit have."""
    match kpi.unit:
        case "minute":
            return 0
        case "index":
            return 2
        case "per cent" | "day":
            return 1
    return 0 if all(isinstance(value, int) for value in values) else 1


def row_value(row: KpiRow, scenario: str, lang: str) -> str:
    """Write a value of a row of a comparison."""
    return written(row.kpi, row.values[scenario], lang, places(row))


def row_difference(row: KpiRow, scenario: str, lang: str) -> str:
    """Write the difference between a scenario and the reference of a comparison."""
    return difference(row.kpi, row.delta.get(scenario), lang, places(row))


def part(row: KpiRow, amount: float, lang: str) -> str:
    """Write a part of a difference of a row, as exactly as the row at least."""
    return difference(row.kpi, amount, lang, max(places(row), _usual(row.kpi, (amount,))))


def sense(kpi: Kpi, delta: float | None) -> Literal["better", "worse", ""]:
    """Tell whether a difference is for the better or the worse; "" where it is neither."""
    if not delta or kpi.better == "none":
        return ""
    return "better" if (delta > 0) == (kpi.better == "more") else "worse"


def row_title(row: KpiRow, lang: str) -> str:
    """Give the title of a row of a comparison."""
    return title(row.kpi, lang, row.group)
