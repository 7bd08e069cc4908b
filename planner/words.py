"""Every sentence a user reads, in English and French: ids and facts in, words out.

Values and breaches carry message ids and facts; a sentence is made only when it is shown. The
sentences lie in `planner/locale/LANGUAGE/LC_MESSAGES/AREA.po`, any number of files a language, read
as one catalogue. A sentence names its facts in braces, with a form after a colon where needed:

    "{case} ends {late:minutes} late on {date:day}"

Forms: `minutes` 7 h 30 · `clock` 07:30 · `number` 1 234,5 · `percent` 85 % · `date` 5 octobre 2026 ·
`day` lundi 5 octobre 2026 · `short` lun. 5 oct. · `moment` 5 octobre 2026 à 07:30 ·
`week` semaine 41 de 2026, of 2026-W41 ·
`list` A, B et C. Format specifications of Python work too.
A date may be told as 2026-10-05: facts that travel as JSON have no others.
"""

import gettext
import io
import locale
import os
import string
import warnings
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

from planner import po
from planner.clock import MINUTES_A_DAY, Again

LANGUAGES: Final = ("en", "fr")
ENGLISH: Final = "en"
FOLDER: Final = Path(__file__).parent / "locale"

NARROW: Final = "\u202f"  # French groups of digits, and before ; : ! ? %
WIDE: Final = "\u00a0"  # between a number and its unit
MINUS: Final = "\u2212"


class MissingWords(ResourceWarning):
    """A sentence or one of its facts is missing: hidden from users, an error in tests."""


def say(message: str, lang: str, /, **facts: Any) -> str:
    """Say a message in a language; `n` among the facts chooses singular or plural.

    A message that a language lacks is said in English, and one that nobody has as its id and facts.
    """
    found = _sentence(message, lang, facts)
    if found is None and lang != ENGLISH:
        found = _sentence(message, ENGLISH, facts)
    if found is None:
        return _bare(message, facts)
    try:
        return _Writer(lang).vformat(found, (), facts)
    except (KeyError, IndexError, ValueError, TypeError, AttributeError) as error:
        warnings.warn(f"{message} in {lang}: {error!r}", MissingWords, stacklevel=2)
        return _bare(message, facts)


def known(message: str) -> bool:
    """Tell whether English has the message; for words that may or may not have a name."""
    return _sentence(message, ENGLISH, {}, quietly=True) is not None


def in_window(message: str) -> str:
    """Give the message that says the same to people before a window: what to click, not what to type."""
    here = f"{message}.in_window"
    return here if known(here) else message


def language(wanted: str | None = None, environment: Mapping[str, str] | None = None) -> str:
    """Choose the language: as wanted, else `OPALE_LANG`, else the machine's, else English.

    Raises:
        ValueError: a language is wanted that there is none of.
    """
    if wanted is not None:
        if wanted not in LANGUAGES:
            raise ValueError(wanted)
        return wanted
    env = os.environ if environment is None else environment
    signs = [env.get("OPALE_LANG"), *(env.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))]
    if not any(signs):
        signs = [locale.getlocale()[0]]  # Windows names it here, and sets no variable
    sign = next((sign for sign in signs if sign), "")
    return next((lang for lang in LANGUAGES if sign.lower().startswith(lang)), ENGLISH)


def number(value: float, lang: str, places: int | None = None) -> str:
    """Write a number with its groups of digits: 1,234.5 or 1 234,5; a float has one place."""
    if places is None:
        places = 0 if isinstance(value, int) else 1
    words = f"{abs(value):,.{places}f}"
    if lang == "fr":
        words = words.translate({ord(","): NARROW, ord("."): ","})
    return MINUS + words if value < 0 and any(digit in words for digit in "123456789") else words


def percent(share: float, lang: str, places: int = 0) -> str:
    """Write a share of one as a percentage: 85%, or 85 % in French."""
    return number(share * 100, lang, places) + (f"{NARROW}%" if lang == "fr" else "%")


def minutes(value: float) -> str:
    """Write a length of time as 7 h 30, 1 607 h, or 45 min, in both languages."""
    whole = round(abs(value))
    hours, rest = divmod(whole, 60)
    if not hours:
        words = f"{rest}{WIDE}min"
    else:
        words = f"{hours:,}{WIDE}h".replace(",", NARROW) + (f"{WIDE}{rest:02d}" if rest else "")
    return MINUS + words if value < 0 and whole else words


def clock(minute: int) -> str:
    """Write minutes after midnight as a clock on the wall shows them: 07:30, of the next day 01:30 +1."""
    over = max(0, (minute - 1) // MINUTES_A_DAY)
    hours, rest = divmod(minute - over * MINUTES_A_DAY, 60)
    return f"{hours:02d}:{rest:02d}" + (f"{WIDE}+{over}" if over else "")


def clock_words(minute: int, lang: str) -> str:
    """Write a time as `clock`, and which it is where the clock shows it twice: 02:15 (winter time)."""
    words = clock(minute)
    return say("date.again", lang, time=words) if isinstance(minute, Again) else words


def day(value: date, lang: str, form: str = "day") -> str:
    """Write a date: `date` 5 October 2026, `day` Monday 5 October 2026, `short` Mon 5 Oct."""
    number_of_day = say("date.first", lang) if value.day == 1 else str(value.day)
    style = "short" if form == "short" else "long"
    weekday = say(f"date.weekday.{style}.{value.weekday()}", lang)
    month = say(f"date.month.{style}.{value.month}", lang)
    words = f"{number_of_day} {month}" + ("" if form == "short" else f" {value.year}")
    return words if form == "date" else f"{weekday} {words}"


def listing(items: Iterable[object], lang: str) -> str:
    """Join words as a sentence does: A, B and C."""
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {say('list.and', lang)} {words[-1]}"


def clauses(items: Iterable[str], lang: str) -> str:
    """Join clauses, each with commas of its own: a, b; c. French keeps the sign with its word."""
    return f"{NARROW if lang == 'fr' else ''}; ".join(items)


def messages(lang: str) -> Mapping[str, tuple[str, ...]]:
    """Give all messages of a language, as in its `.po` files: id → sentence, or plural forms."""
    return po.read_folder(FOLDER / lang / "LC_MESSAGES")


def _sentence(
    message: str, lang: str, facts: Mapping[str, Any], quietly: bool = False
) -> str | None:
    words = _catalogue(lang)
    found = message
    if isinstance(facts.get("n"), int):
        found = words.ngettext(message, message, facts["n"])
    if found == message:
        found = words.gettext(message)
    if found != message:
        return found
    if not quietly:
        warnings.warn(f"{lang} has no message {message}", MissingWords, stacklevel=3)
    return None


def _bare(message: str, facts: Mapping[str, Any]) -> str:
    told = ", ".join(f"{name} {value}" for name, value in facts.items())
    return f"{message} ({told})" if told else message


@cache
def _catalogue(lang: str) -> gettext.GNUTranslations:
    """Load a language: compiled words, or the `.po` files where they are newer or stand alone."""
    folder = FOLDER / lang / "LC_MESSAGES"
    built = folder / "opale.mo"
    sources = [path.stat().st_mtime for path in folder.glob("*.po")]
    if built.is_file() and built.stat().st_mtime >= max(sources, default=0.0):
        with built.open("rb") as file:
            return gettext.GNUTranslations(file)
    return gettext.GNUTranslations(cast(Any, io.BytesIO(po.compiled(messages(lang), lang))))


class _Count(int):
    """What chooses singular or plural."""


class _Writer(string.Formatter):
    """Writes facts in the manner of a language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        """Give a fact; a count is written in groups of digits wherever it is told."""
        found = super().get_value(key, args, kwargs)
        return _Count(found) if key == "n" and type(found) is int else found

    def format_field(self, value: Any, format_spec: str) -> str:
        match format_spec:
            case "minutes":
                return minutes(value)
            case "clock":
                return clock_words(value, self.lang)
            case "number":
                return number(value, self.lang)
            case "percent":
                return percent(value, self.lang)
            case "week":
                year, week = str(value).split("-W")
                return say("date.week", self.lang, week=int(week), year=year)
            case "moment":
                on, time = value.split()
                return say("date.moment", self.lang, date=on, time=time)
            case "date" | "day" | "short":
                told = date.fromisoformat(value) if isinstance(value, str) else value
                return day(told, self.lang, format_spec)
            case "list":
                return listing(value, self.lang)
            case "" if isinstance(value, float | _Count):
                return number(value, self.lang)
            case _:
                return format(value, format_spec)

    def check_unused_args(
        self, used_args: set[int | str], args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> None:
        """Allow facts that a sentence does not tell: a breach knows more than a line has room for."""
