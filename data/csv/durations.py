"""Times, durations and dates as people write them: the clear ones are read, the others refused."""

import re
from datetime import date
from decimal import Decimal
from typing import Final

from planner.clock import MINUTES_A_DAY, Again, Twice

_TIME: Final = re.compile(r"(\d{1,2}) ?[:hH] ?(\d{2})(?::00)?( ?\+ ?1)?( ?\([12]\))?")
_HOUR: Final = re.compile(r"(\d{1,2}) ?[hH]")
_CLOCKED: Final = re.compile(r"(\d{1,4}) ?(?:h|:) ?(\d{2})(?: ?(?:min|mn)|:00)?", re.IGNORECASE)
_HOURS: Final = re.compile(r"(\d{1,4}) ?(?:h|heures?|hours?)", re.IGNORECASE)
_MINUTES: Final = re.compile(r"(\d{1,6}) ?(?:min|mn|minutes?)\.?", re.IGNORECASE)
_DECIMAL: Final = re.compile(r"(\d{1,4})([.,])(\d{1,4})(?: ?(?:h|heures?|hours?))?", re.IGNORECASE)
_WHOLE: Final = re.compile(  # no more digits than any bound needs: Python reads no 5 000 of them
    r"[-+−]?(?:\d{1,15}|\d{1,3}(?:[ \u202f\u00a0]\d{3}){1,4})(?:[.,]0{1,9})?"
)
_GROUPED: Final = re.compile(r"^\d{1,3}(?:[ \u202f\u00a0]\d{3})+(?= ?[hH])")
_ISO: Final = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T]00:00(?::00)?)?")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: 00:00(?::00)?)?")


class CellError(ValueError):
    """A cell that cannot be read; `what` is the fault, `facts` what its sentence needs."""

    def __init__(self, what: str, **facts: str | int) -> None:
        """Keep the fault for the place to be added."""
        super().__init__(what)
        self.what = what
        self.facts = facts


def time(words: str) -> int:
    """Read a time of day as minutes after midnight; `+1` is the next day.

    `(1)` and `(2)` say which is meant of an hour that comes twice.

    >>> time("7h30"), time("07:30+1"), time("24:00"), time("02:30+1 (2)")
    (450, 1890, 1440, 1590)

    Raises:
        CellError: it is no time, or one after 24:00 without `+1`.
    """
    found = _TIME.fullmatch(words)
    if found is None:
        hour = _HOUR.fullmatch(words)
        if hour is None:
            raise CellError("not_time", value=words)
        hours, minutes, over, which = int(hour[1]), 0, None, None
    else:
        hours, minutes, over, which = int(found[1]), int(found[2]), found[3], found[4]
    if minutes > 59 or hours > 24:
        raise CellError("not_time", value=words)
    if hours == 24 and minutes:
        raise CellError("after_midnight", value=words, instead=f"00:{minutes:02d}+1")
    minute = hours * 60 + minutes + (MINUTES_A_DAY if over else 0)
    if which is None:
        return minute
    return Again(minute) if "2" in which else Twice(minute)


def minutes(words: str, *, hours: bool = False) -> int:
    """Read a duration in minutes; a plain number is minutes, or hours where the header says so.

    >>> minutes("7 h 30"), minutes("7,5"), minutes("450 min"), minutes("7h")
    (450, 450, 450, 420)

    Raises:
        CellError: it is no duration, or could be two (`7.30`, `7h5`).
    """
    words = _GROUPED.sub(lambda found: re.sub(r"\s", "", found[0]), words)
    if found := _CLOCKED.fullmatch(words):
        if int(found[2]) < 60:
            return int(found[1]) * 60 + int(found[2])
    elif found := _HOURS.fullmatch(words):
        return int(found[1]) * 60
    elif found := _MINUTES.fullmatch(words):
        return int(found[1])
    elif found := _DECIMAL.fullmatch(words):
        return _decimal(words, found)
    elif re.fullmatch(r"\d+ ?[hH:] ?\d", words):
        raise CellError("two_durations", value=words)
    elif _WHOLE.fullmatch(words) and not words.startswith(("-", "−")):
        return whole(words) * (60 if hours else 1)
    raise CellError("not_duration", value=words)


def _decimal(words: str, found: re.Match[str]) -> int:
    part = found[3]
    if found[2] == "." and len(part) == 2 and part != "00" and int(part) < 60:
        raise CellError("two_durations", value=words)  # 7.30 is 7 h 30 or 7.3 hours
    return round(Decimal(f"{found[1]}.{part}") * 60)


def whole(words: str) -> int:
    """Read an integer, with or without groups of digits.

    Raises:
        CellError: it is none.
    """
    if not _WHOLE.fullmatch(words):
        raise CellError("not_whole", value=words)
    plain = re.sub(r"[ \u202f\u00a0]|[.,]0+$", "", words)
    return int(plain.replace("−", "-"))


def style(words: str) -> str:
    """Tell how a date is written: `iso`, `day_first`, or not at all (empty)."""
    if _ISO.fullmatch(words):
        return "iso"
    return "day_first" if _DAY_FIRST.fullmatch(words) else ""


def day_of(words: str, style: str) -> date:
    """Read a date in a style; nothing is guessed.

    Raises:
        CellError: it is no date, or written in another style.
    """
    found = (_ISO if style == "iso" else _DAY_FIRST).fullmatch(words)
    if found is None:
        raise CellError("not_date", value=words)
    numbers = [int(part) for part in found.groups()]
    year, month, day = numbers if style == "iso" else numbers[::-1]
    try:
        return date(year, month, day)
    except ValueError as error:
        raise CellError("not_date", value=words) from error
