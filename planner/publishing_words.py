"""Whom to tell when a plan is published, and what rules on notice say of it, in sentences."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

from planner.cases import Appointment
from planner.facts import facts
from planner.problem import Problem
from planner.publishing import UNTOLD, Publishing, ToldDay, ToldPatient, ToldPerson
from planner.score import Judged
from planner.sentences import breach_sentence, title
from planner.words import clauses, clock_words, day, say

FEW: Final = 6
"""Days of a person, and breaches of a rule, that are said one by one."""


class Section(NamedTuple):
    """Lines under a heading; `grave`: a rule that must be kept is not."""

    what: str
    heading: str
    lines: tuple[str, ...]
    grave: bool = False


def sections(found: Publishing, lang: str) -> Iterator[Section]:
    """Say what rules on notice are broken, and which patients and staff are to be told what."""
    by_rule: dict[str, list[Judged]] = defaultdict(list)
    for each in sorted(found.notice, key=lambda each: not each.rule.hard):
        by_rule[each.rule.id].append(each)
    for together in by_rule.values():
        yield _notice(found.problem, together, lang)
    if found.patients:
        head = say("publish.patients", lang, n=len(found.patients))
        told = tuple(patient_sentence(found.problem, each, lang) for each in found.patients)
        yield Section("patients", head, told)
    if found.staff:
        head = say("publish.staff", lang, n=len(found.staff))
        told = tuple(person_sentence(found.problem, each, lang) for each in found.staff)
        yield Section("staff", head, told)


def lines(found: Publishing, lang: str, *, headed: bool = True) -> tuple[str, ...]:
    """Say all of it line by line; that nobody is to be told where nobody is."""
    said: list[str] = []
    for each in sections(found, lang):
        said += [each.heading, *(f"  {line}" for line in each.lines)] if headed else each.lines
    if headed and not found.patients and not found.staff:
        said.append(say("publish.nobody", lang))
    return tuple(said)


def notices(found: Publishing, lang: str) -> Iterator[str]:
    """Say what rules on notice are not kept, under the heading of each."""
    for each in sections(found, lang):
        if each.what == "notice":
            yield from (each.heading, *(f"  {line}" for line in each.lines))


def unkept(found: Publishing, lang: str) -> tuple[str, ...]:
    """Say which notice that must be kept is not, by what is published now: who does that says why."""
    must = tuple(each for each in found.notice if each.rule.hard and each.cost > 0)
    alone = found._replace(notice=must, patients=(), staff=())
    return tuple(f"{each.heading}." for each in sections(alone, lang)) if must else ()


def patient_sentence(problem: Problem, told: ToldPatient, lang: str) -> str:
    """Say to a patient when and where she is expected, and what no longer holds."""
    before, after = (_place(problem, each, lang) for each in (told.before, told.after))
    if told.before is None and told.after is None:
        return say("publish.patient.gone", lang, case=told.case)
    what = "lost" if told.after is None else "new" if told.before is None else "moved"
    return say(f"publish.patient.{what}", lang, case=told.case, before=before, after=after)


def _place(problem: Problem, appointment: Appointment | None, lang: str) -> str:
    if appointment is None:
        return ""
    parts = [day(problem.horizon.date(appointment.day), lang, "short")]
    if appointment.start is not None:
        parts.append(clock_words(appointment.start, lang))
    session = None
    if appointment.session is not None:
        session = facts(problem).sessions.get(appointment.session)
    if session is not None:
        parts.append(str(session.theatre))
    return ", ".join(parts)


def person_sentence(problem: Problem, told: ToldPerson, lang: str) -> str:
    """Say to somebody of the staff that she has a roster, or which of her days are others."""
    if told.first:
        date = problem.horizon.date
        duties = sum(each.after != "-" for each in told.days)
        span = {"first": date(told.days[0].day), "last": date(told.days[-1].day)}
        return say("publish.person.first", lang, person=told.person, n=duties, **span)
    days = [_day(problem, each, lang) for each in told.days[:FEW]]
    more = len(told.days) - FEW
    days += [say("publish.more", lang, n=more)] if more > 0 else []
    return say("publish.person.changed", lang, person=told.person, days=clauses(days, lang))


def _day(problem: Problem, told: ToldDay, lang: str) -> str:
    words = {"before": _shifts(told.before, lang), "after": _shifts(told.after, lang)}
    what = "publish.day.new" if told.before == UNTOLD else "publish.day"
    return say(what, lang, day=problem.horizon.date(told.day), **words)


def _shifts(word: str, lang: str) -> str:
    return say("board.off", lang) if word in ("-", UNTOLD) else word.replace("+", " + ")


def _notice(problem: Problem, together: list[Judged], lang: str) -> Section:
    rule = together[0].rule
    kind = "must" if rule.hard else "wish"
    head = say(f"publish.notice.{kind}", lang, rule=title(rule, lang), n=len(together))
    told = [breach_sentence(problem, rule, each.breach, lang) for each in together[:FEW]]
    more = len(together) - FEW
    told += [say("publish.more", lang, n=more)] if more > 0 else []
    return Section("notice", head, tuple(told), rule.hard)
