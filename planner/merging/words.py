"""A merge in words and as plain values: where each conflict is, and what each side of it means."""

import dataclasses
import datetime as dt
from typing import Any, NamedTuple

from planner.clock import Horizon
from planner.comparison_plain import placement_plain
from planner.fields import KINDS
from planner.merging.conflicts import Conflict, Place
from planner.merging.judging import Clash, Consequence
from planner.plain import NotPlainError, Plain, from_plain
from planner.plan import Placement
from planner.plan_changes import DutyChange, PlacementChange
from planner.problem import ATTRIBUTES, Problem
from planner.record_words import id_words, plain_words
from planner.rule_words import field_words
from planner.sentences import breach_sentence, title
from planner.words import clock_words, day, known, listing, number, say

_USUAL = "work"
"""The track of duties that goes without saying."""
SHOWN = 3
"""Breaches of one side of a conflict that are told in full."""


def place_words(problem: Problem, place: Place, lang: str) -> str:
    """Say where a conflict is: a field of a record, a change set, a case or a duty of a plan."""
    kind = say(f"kind.{place.kind}", lang) if known(f"kind.{place.kind}") else place.kind
    match place.part:
        case "study":
            return say(f"merge.at.study.{place.field}", lang)
        case "scenario":
            named = f"merge.at.scenario.{place.field}" if place.field else "merge.at.scenario"
            return say(named, lang)
        case "plan":
            when = ""
            if place.kind == "duty":
                date, _, track = place.field.partition(" ")
                other = "" if track == _USUAL else track
                when = f"{day_words(date, lang)} {other}".strip()
            return say(f"merge.at.plan.{place.kind}", lang, id=place.id, when=when)
    if place.kind == "problem":
        return say(f"compare.problem.{place.field}", lang)
    record = ""
    if place.kind in ATTRIBUTES:
        record = f"{kind} {id_words(problem, place.kind, place.id, lang)}"
    field = _field(problem, place, lang)
    words = say("merge.at.field", lang, record=record, field=field) if field and record else record
    if place.part == "facts":
        return words
    if not words:
        message = f"merge.at.changes.{place.field}" if place.field else "merge.at.changes"
        return say(message, lang, group=place.group)
    return say("merge.at.change", lang, what=words, group=place.group) if place.group else words


def day_words(date: str, lang: str) -> str:
    """Write an ISO date for reading."""
    return day(dt.date.fromisoformat(date), lang, "short")


def _field(problem: Problem, place: Place, lang: str) -> str:
    if not place.field or place.kind not in ATTRIBUTES:
        return ""
    if place.kind == "rule":
        found = next((each for each in problem.rules if each.id == place.id), None)
        return field_words(getattr(found, "type", ""), place.field, lang)
    message = f"field.{place.kind}.{place.field}"
    return say(message, lang).lower() if known(message) else place.field


def value_words(problem: Problem, conflict: Conflict, given: Plain, lang: str) -> str:
    """Write what a side has at the place of a conflict."""
    place = conflict.place
    if given is None:
        return say("merge.nothing", lang)
    if isinstance(given, dict):
        return _mapping(problem, conflict, given, lang)
    if isinstance(given, list):
        return listing((value_words(problem, conflict, each, lang) for each in given), lang)
    if isinstance(given, bool):
        return say("compare.yes" if given else "compare.no", lang)
    record = _record(problem, place)
    if record is not None and place.field:
        return plain_words(record, place.field, given, problem.horizon, lang)
    return str(given)


def _mapping(problem: Problem, conflict: Conflict, given: dict[str, Any], lang: str) -> str:
    """Write a placement, what a change does, or a whole record by the fields that the sides differ in."""
    place, horizon = conflict.place, problem.horizon
    if place.part == "scenario":
        facts = {"cases": given["cases"], "duties": given["duties"]}
        told = say("merge.published", lang, **facts)
        return ", ".join(each for each in (told, given["by"], given["made"][:16]) if each)
    if place.part == "plan":
        session = id_words(problem, "session", str(given["session"]), lang)
        parts = (session, given["start"] if given["start"] else "", given["surgeon"] or "")
        return ", ".join(str(each) for each in parts if each)
    if "set" in given:
        record = _record(problem, place)
        if record is None:
            return str(given["set"])
        return plain_words(record, place.field, given["set"], horizon, lang)
    if "adjust" in given:
        return f"{given['adjust']:+d}"
    if "remove" in given:
        return say("merge.removed", lang)
    if "changes" in given and "enabled" in given:
        return say("merge.set", lang, n=given["changes"])
    return _whole(problem, conflict, given.get("add", given), lang)


def _whole(problem: Problem, conflict: Conflict, given: dict[str, Any], lang: str) -> str:
    others = [
        each.get("add", each)
        for each in (conflict.base, conflict.ours, conflict.theirs)
        if isinstance(each, dict)
    ]
    fields = [name for name in given if any(each.get(name) != given[name] for each in others)]
    made = _made(conflict.place.kind, given, problem.horizon)
    if made is None or not fields:
        return say("merge.there", lang)
    told = (
        f"{_field(problem, conflict.place._replace(field=name), lang)}"
        f" {plain_words(made, name, given[name], problem.horizon, lang)}"
        for name in fields
    )
    return ", ".join(told)


def _made(kind: str, given: dict[str, Any], horizon: Horizon) -> Any:
    if kind not in KINDS and kind != "rule":
        return None
    try:
        return from_plain(kind, given, horizon)
    except NotPlainError:
        return None


def _record(problem: Problem, place: Place) -> Any:
    if place.kind not in ATTRIBUTES:
        return None
    return next((e for e in problem.records(place.kind) if str(e.id) == place.id), None)


# --- what rules say -----------------------------------------------------------------------------


class Said(NamedTuple):
    """A line about a side of a conflict; `grave` where it would break a hard rule."""

    words: str
    grave: bool = False


def consequence_words(problem: Problem, consequence: Consequence, lang: str) -> list[Said]:
    """Say what taking one side would break more, and less; nothing where no rule minds."""
    lines = []
    for what in ("adds", "removes"):
        found = getattr(consequence, what)
        for each in found[:SHOWN]:
            told = breach_sentence(problem, each.rule, each.breach, lang)
            strength = "hard" if each.rule.hard else "wish"
            words = say(f"merge.{what}.{strength}", lang, told=told)
            lines.append(Said(words, grave=what == "adds" and each.rule.hard))
        if rest := found[SHOWN:]:
            words = say(f"merge.{what}.more", lang, n=len(rest))
            lines.append(Said(words, what == "adds" and any(each.rule.hard for each in rest)))
    now, then = consequence.now.total, consequence.then.total
    if now is not None and then is not None and now != then:
        message = "merge.dearer" if then > now else "merge.cheaper"
        lines.append(Said(say(message, lang, cost=number(abs(then - now), lang))))
    return lines


def clash_words(problem: Problem, clash: Clash, lang: str) -> str:
    """Say what two plans break only together, and which of it may be planned anew."""
    judged = clash.judged
    told = breach_sentence(problem, judged.rule, judged.breach, lang)
    return say("merge.clash", lang, rule=title(judged.rule, lang), told=told.rstrip("."))


def move_words(problem: Problem, move: PlacementChange | DutyChange, lang: str) -> str:
    """Say from where to where a run has moved a case or a duty of a merged plan."""
    if isinstance(move, DutyChange):
        when = day(problem.horizon.date(move.day), lang, "short")
        off = say("board.off", lang)
        facts = {"what": f"{move.person}, {when}", "before": move.before or off}
        return say("merge.move", lang, **facts, after=move.after or off)
    before, after = (_placed(problem, each, lang) for each in (move.before, move.after))
    return say("merge.move", lang, what=move.case, before=before, after=after)


def _placed(problem: Problem, placement: Placement | None, lang: str) -> str:
    if placement is None:
        return say("table.waits", lang)
    session = id_words(problem, "session", str(placement.session), lang)
    start = "" if placement.start is None else clock_words(placement.start, lang)
    return ", ".join(filter(None, (session, start, placement.surgeon)))


# --- plain --------------------------------------------------------------------------------------


def key_of(place: Place) -> str:
    """Name the place of a conflict in one word, as `planner merge --take` does."""
    return ":".join(place).rstrip(":")


def conflict_plain(conflict: Conflict, scenario: str) -> dict[str, Any]:
    """Give a conflict as `merge --json` prints it; `scenario` is its name in the merged study."""
    place = conflict.place._asdict() | {"scenario": scenario}
    values = {name: getattr(conflict, name) for name in ("base", "ours", "theirs", "kept")}
    key = key_of(conflict.place)
    return {"key": key, **place, "what": conflict.what, **values, "chosen": conflict.chosen or None}


def consequence_plain(problem: Problem, consequence: Consequence, lang: str) -> dict[str, Any]:
    """Give what a side of a conflict adds and removes, with its score: rule, amount and sentence."""
    return {
        "score": dataclasses.asdict(consequence.then),
        **_breaches(problem, consequence, lang),
    }


def _breaches(
    problem: Problem, consequence: Consequence, lang: str
) -> dict[str, list[dict[str, Any]]]:
    return {
        what: [
            {
                "rule": each.rule.id,
                "hard": each.rule.hard,
                "amount": each.breach.amount,
                "sentence": breach_sentence(problem, each.rule, each.breach, lang),
            }
            for each in getattr(consequence, what)
        ]
        for what in ("adds", "removes")
    }


def clash_plain(problem: Problem, clash: Clash, lang: str) -> dict[str, Any]:
    """Give a clash: the rule, the sentence, and the cases and duties that may be planned anew."""
    judged, horizon = clash.judged, problem.horizon
    return {
        "scenario": clash.scenario,
        "rule": judged.rule.id,
        "sentence": breach_sentence(problem, judged.rule, judged.breach, lang),
        "cases": sorted(cell[1] for cell in clash.cells if cell[0] == "case"),
        "duties": sorted(
            [cell[1], horizon.date(int(cell[2])).isoformat()]
            for cell in clash.cells
            if cell[0] == "duty"
        ),
    }


def move_plain(problem: Problem, move: PlacementChange | DutyChange) -> dict[str, Any]:
    """Give what a run has moved: the case or the person with day and track, before and after."""
    if isinstance(move, DutyChange):
        when = {"day": problem.horizon.date(move.day).isoformat(), "track": move.track}
        shifts = {"from": move.before, "to": move.after}
        return {"scenario": move.scenario, "person": move.person, **when, **shifts}
    sides = {"from": placement_plain(move.before), "to": placement_plain(move.after)}
    return {"scenario": move.scenario, "case": move.case, **sides}
