"""Groups of changes by their names: one that a command made is said in words, with its dates."""

from datetime import date

from planner.clock import WEEKDAY_WORDS
from planner.commands.dated import limits
from planner.commands.filters import ALL
from planner.words import day, known, listing, say


def group_words(name: str, lang: str) -> str:
    """Give the name of a group of changes; one made by a command is said in words, with its dates."""
    bare, dates = limits(name)
    if dates:
        told = {word: day(date, lang, "short") for word, date in dates.items()}
        when = say(f"whatif.days.{'_'.join(dates)}", lang, **{f"{w}_": d for w, d in told.items()})
        return f"{group_words(bare, lang)}, {when}"
    command, *words = name.split()
    message = f"command.{command}.done"
    if not words and known(f"command.{command}.bare"):
        return say(f"command.{command}.bare", lang)
    if not words or not known(message):
        return name
    said = [_word(word, lang) for word in words]
    return say(message, lang, first=said[0], rest=listing(said[1:], lang)).strip()


def _word(word: str, lang: str) -> str:
    """Say a word of a command: weekdays, dates and levels have names, all else stands as it is."""
    if word.lower() in WEEKDAY_WORDS:
        return say(f"date.weekday.long.{WEEKDAY_WORDS[word.lower()]}", lang)
    if word.lower() in ALL:
        return say("command.filter.all", lang)
    first, _, last = word.partition("..")
    try:
        begin, end = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        pass
    else:
        return day(begin, lang, "short") if begin == end else _days(begin, end, lang)
    return say(f"command.level.{word}", lang) if known(f"command.level.{word}") else word


def _days(first: date, last: date, lang: str) -> str:
    return say("compare.days", lang, first=first, last=last)
