"""A comparison in sentences: causes, changed facts, and why a plan is out of date."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from planner.attribution import Cause, Share
from planner.compare import Comparison, InputChange, Stale
from planner.kpi_words import row_title
from planner.plain import Plain
from planner.problem import Problem
from planner.record_words import id_words, plain_words, record_parts
from planner.rule_words import field_words
from planner.words import clock, day, known, listing, say

_AS_IT_IS: Final[Mapping[str, str]] = {}
SHOWN = 6
"""Names that a sentence tells before it counts the rest."""


def cause_sentence(cause: Cause, lang: str, problems: Sequence[Problem] = ()) -> str:
    """Say what happened and to whom; the amount stands beside the sentence, not in it.

    With the problems compared, sessions and requirements are told by place and date.
    """
    n = len(cause.subjects)
    shown = [subject_words(cause, id, lang, problems) for id in cause.subjects[: SHOWN + 1]]
    return say(cause.what, lang, n=n, names=names([*shown, *cause.subjects[SHOWN + 1 :]], lang))


def share_sentence(share: Share, lang: str, problems: Sequence[Problem] = ()) -> str:
    """Say what happened to an assignment that contributes to a figure."""
    return cause_sentence(Cause(share.what, 0, (share.subject,), (0,)), lang, problems)


def subject_words(cause: Cause, id: str, lang: str, problems: Sequence[Problem]) -> str:
    """Say whom a cause concerns, by the first of some problems that knows it."""
    kind = subject_kind(cause.what)
    told = (id_words(problem, kind, id, lang) for problem in problems)
    return next((words for words in told if words != id), id)


def subject_kind(what: str) -> str:
    """Give the kind of record that a cause (its message id) is about."""
    return what.removeprefix("cause.").partition("_")[0]


def names(ids: Sequence[str], lang: str) -> str:
    """List some ids, and how many more there are."""
    if len(ids) <= SHOWN + 1:
        return listing(ids, lang)
    return say("compare.names_more", lang, names=", ".join(ids[:SHOWN]), more=len(ids) - SHOWN)


def search_sentences(
    comparison: Comparison, lang: str, shown: Mapping[str, str] = _AS_IT_IS
) -> Iterator[str]:
    """Say what of the difference says nothing, or comes from the search alone, as far as it is known.

    Figures that are reckoned otherwise are not compared. The search makes a difference where some plans
    were searched much longer, where costs differ by less than the search still gained at its end, and
    where a plan would serve another scenario better than its own. `shown` are the names under which
    scenarios are shown.
    """
    yield from _otherwise(comparison, lang, shown)
    if comparison.unevenly:
        yield _unevenly(comparison, lang, shown)
    for name in comparison.scenarios:
        noise = None if name == comparison.reference else comparison.within_noise(name)
        if noise is not None:
            yield _within_noise(comparison, name, noise, lang, shown)
    for lent in comparison.lent:
        facts = {
            "scenario": shown.get(lent.scenario, lent.scenario),
            "other": shown.get(lent.plan_of, lent.plan_of),
        }
        if lent.gain is None:
            yield say("compare.lent.legal", lang, **facts)
        else:
            yield say("compare.lent", lang, n=lent.gain, **facts)


def _otherwise(comparison: Comparison, lang: str, shown: Mapping[str, str]) -> Iterator[str]:
    """Say which indicators are reckoned otherwise in which scenarios."""
    for name in comparison.scenarios:
        titles = [row_title(row, lang) for row in comparison.kpis if name in row.otherwise]
        if titles:
            facts = {"scenario": shown.get(name, name), "names": names(titles, lang)}
            yield say("compare.otherwise", lang, n=len(titles), **facts)


def _within_noise(
    comparison: Comparison,
    name: str,
    noise: tuple[int, int],
    lang: str,
    shown: Mapping[str, str],
) -> str:
    """Say that a difference is no larger than what the search still found at its end."""
    apart, late = noise
    sides = (name, comparison.reference)
    loose = max(sides, key=lambda each: comparison.late.get(each, 0))
    called = {
        key: shown.get(each, each)
        for key, each in zip(("scenario", "reference"), sides, strict=True)
    }
    return say(
        "compare.within_noise",
        lang,
        **called,
        loose=shown.get(loose, loose),
        apart=apart,
        late=late,
    )


def _unevenly(comparison: Comparison, lang: str, shown: Mapping[str, str]) -> str:
    """Say how long the plans were searched."""
    told = (
        say(
            "compare.searched.one",
            lang,
            scenario=shown.get(name, name),
            seconds=round(comparison.searched.get(name, 0.0)),
        )
        for name in comparison.scenarios
    )
    return say("compare.searched", lang, times=", ".join(told))


def input_sentences(changes: Iterable[InputChange], lang: str) -> Iterator[str]:
    """Say changed facts, one sentence for all records that change alike."""
    alike: dict[tuple[str, str, str, str], list[InputChange]] = {}
    for change in changes:
        before, after = (
            ("", "") if change.field == "" else (repr(change.before), repr(change.after))
        )
        shape = change.field or f"{change.before is None}/{change.after is None}"
        alike.setdefault((change.kind, shape, before, after), []).append(change)
    for together in alike.values():
        yield _sentence(together, lang)


def input_cells(change: InputChange, lang: str) -> tuple[str, ...]:
    """Give a changed fact as cells: modified, added or deleted; kind, record, field; both values."""
    if change.kind == "problem":
        values = (_own(change.field, str(each), lang) for each in (change.before, change.after))
        field = say(f"compare.problem.{change.field}", lang)
        return say("table.modified", lang), say("table.study", lang), "", field, *values
    kind, record = say(f"kind.{change.kind}", lang), _records([change], lang)[0]
    if change.field:
        before, after = (_value(change, each, lang) for each in (change.before, change.after))
        return say("table.modified", lang), kind, record, _field(change, lang), before, after
    how = "added" if change.before is None else "deleted" if change.after is None else "modified"
    return say(f"table.{how}", lang), kind, record, "", "", ""


def _sentence(together: Sequence[InputChange], lang: str) -> str:
    first = together[0]
    if first.kind == "problem":
        before, after = (_own(first.field, str(each), lang) for each in (first.before, first.after))
        field = say(f"compare.problem.{first.field}", lang)
        return say("compare.own", lang, field=field, before=before, after=after)
    before, after = _value(first, first.before, lang), _value(first, first.after, lang)
    kind, listed = say(f"kind.{first.kind}", lang), names(_records(together, lang), lang)
    if first.field:
        told = {"field": _field(first, lang), "before": before, "after": after}
        return say("compare.input", lang, kind=kind, names=listed, **told)
    if first.before is None:
        return say("compare.input_added", lang, kind=kind, names=listed)
    gone = "compare.input_removed" if first.after is None else "compare.input_replaced"
    return say(gone, lang, kind=kind, names=listed)


def _own(field: str, value: str, lang: str) -> str:
    """Write what a study has beside its records; all of it was plain text."""
    match field:
        case "as_of":
            return day(date.fromisoformat(value), lang, "date")
        case "noon":
            return clock(int(value))
        case "clock":
            return say("compare.yes" if value == str(True) else "compare.no", lang)
    return say(f"option.study.{field}.{value}", lang)


def _records(together: Sequence[InputChange], lang: str) -> list[str]:
    """Say which records changed alike, those of a place together: it is named once."""
    found: dict[str, list[str]] = {}
    for change in together:
        place, when = change.id, ""
        if change.record is not None and change.horizon is not None:
            place, when = record_parts(change.record, change.horizon, lang)
        found.setdefault(place, []).append(when)
    return [
        when if count and when else f"{place} {when}".strip()
        for place, times in found.items()
        for count, when in enumerate(times)
    ]


def _field(change: InputChange, lang: str) -> str:
    if change.kind == "rule":
        return field_words(getattr(change.record, "type", ""), change.field, lang)
    message = f"field.{change.kind}.{change.field}"
    return say(message, lang).lower() if known(message) else change.field


def _value(change: InputChange, value: Plain, lang: str) -> str:
    if change.field and change.record is not None and change.horizon is not None:
        return plain_words(change.record, change.field, value, change.horizon, lang)
    match value:
        case None | "" | [] | {}:
            return say("compare.nothing", lang)
        case bool():
            return say("compare.yes" if value else "compare.no", lang)
        case list():
            return listing(value, lang)
        case dict():
            return ""  # a whole record: its name says enough
    return str(value)


def stale_sentences(stale: Stale, lang: str, most: int = 8) -> Iterator[str]:
    """Say that a plan is out of date, and each reason that is known."""
    yield say("stale.title", lang, scenario=stale.scenario)
    for name in stale.groups:
        yield say("stale.group", lang, name=name)
    reasons = list(input_sentences(stale.inputs, lang))
    yield from reasons[:most]
    if len(reasons) > most:
        yield say("stale.more", lang, n=len(reasons) - most)
    if not stale.groups and not reasons:
        yield say("stale.unknown", lang)
