"""What is found wrong with scenarios: in their facts, their changes, their pins, and their plans."""

from collections.abc import Iterator, Sequence
from typing import Any

from data.run_codec import score_plain
from planner.astray import note_words
from planner.kpis.contract import Outcome
from planner.left_out_words import waiting_plain
from planner.misfits import misfits
from planner.pin_words import pin_words
from planner.pinning import missed
from planner.plan import Plan
from planner.problem import Problem, faults
from planner.rules.blocks import About
from planner.score import Judged, Judgement, unused
from planner.sentences import breach_sentence, fault_hint, fault_sentence
from planner.signing_words import unlike_sentence
from planner.standing import standing
from planner.study import Study
from planner.unjudged import unjudged
from planner.words import known
from ui.cli.comparing import reasons
from ui.cli.show import note
from ui.cli.speech import lang, say
from ui.cli.targets import Loaded

Document = dict[str, Any]


def findings(loaded: Loaded, names: Sequence[str], before: Study) -> Document:
    """Give the document of `check`: faults, breaches, cases that wait and scores of some scenarios.

    `before` is the study before a solution took the place of its plan: what a pin is to keep.
    """
    study = loaded.study
    found: list[Document] = [
        _fault(fault.where(lang()), fault.sentence(lang()), fault.hint(lang()))
        for fault in loaded.remarks
    ]
    breaches: list[Document] = []
    waiting: list[Document] = []
    scores: Document = {}
    for name in names:
        problem, plan = study.problem(name), study.scenario(name).plan
        outcome = Outcome(problem, plan, study.waivers(name))
        judgement = outcome.judgement
        mine = [*_facts(problem, plan), *_changes(loaded, name), *_pins(study, before, name)]
        mine += [*_unused(study, name, judgement), *_unlike(study, name)]
        for each in mine:  # several scenarios, or waivers, may have the same
            if each not in found:
                found.append(each)
        breaches += [_breach(name, problem, each) for each in judgement.judged]
        scores[name] = score_plain(judgement.score)
        waits = waiting_plain(outcome, lang(), study.pins(name))
        waiting += [{"scenario": name, **each} for each in waits]
    return {"faults": found, "breaches": breaches, "waiting": waiting, "scores": scores}


def _fault(where: str, what: str, hint: str) -> Document:
    return {"where": where, "what": what.rstrip("."), "hint": hint}


def _facts(problem: Problem, plan: Plan) -> Iterator[Document]:
    """Tell what is wrong with the facts, and what of the plan no rule judges."""
    for fault in (*faults(problem), *misfits(problem), *unjudged(problem, plan)):
        field = f"field.{fault.kind}.{fault.field}"
        words = [say(f"kind.{fault.kind}"), fault.id]
        where = " ".join(words)
        if fault.field:
            where = f"{where}, {say(field) if known(field) else fault.field}"
        yield _fault(where, fault_sentence(fault, lang()), fault_hint(fault, lang()))


def tell_unjudged(problem: Problem, plan: Plan) -> None:
    """Say in one line that no rule judges something of a plan; `check` says all of it."""
    found = list(unjudged(problem, plan))
    if found:
        first = fault_sentence(found[0], lang()).rstrip(".")
        note("cli.unjudged", n=len(found), first=first)


def _changes(loaded: Loaded, name: str) -> Iterator[Document]:
    """Tell the changes that are broken or shifted, and why a plan is out of date."""
    study = loaded.study
    for each in study.notes(name):
        where = say("cli.where.change", scenario=name, name=each.set_name)
        yield _fault(where, *note_words(each, lang()))
    if study.stale(name):
        where = say("cli.where.scenario", scenario=name)
        told = (each.rstrip(".") for each in reasons(loaded.opened, name))
        what = ". ".join((say("cli.note.stale"), *told))
        yield _fault(where, what, say("cli.note.stale.hint"))


def _pins(study: Study, before: Study, name: str) -> Iterator[Document]:
    """Name each pin that the plan does not keep."""
    for pin in missed(study, name, before):
        where = say("cli.where.scenario", scenario=name)
        what = pin_words(study.problem(name), pin, lang())
        yield _fault(where, say("pin.missed", what=what), say("pin.missed.hint"))


def _unused(study: Study, name: str, judgement: Judgement) -> Iterator[Document]:
    for waiver in unused(judgement.judged, study.waivers(name)):
        where = say("cli.where.scenario", scenario=name)
        subjects = ", ".join(sorted(waiver.subjects))
        what = say("cli.note.unused_waiver", rule=waiver.rule, subjects=subjects)
        yield _fault(where, what, say("cli.note.unused_waiver.hint"))


def _unlike(study: Study, name: str) -> Iterator[Document]:
    """Tell that what is published is not what was signed."""
    unlike = standing(study, name).unlike
    if unlike is not None:
        where = say("cli.where.scenario", scenario=name)
        yield _fault(where, unlike_sentence(unlike, lang()), say("sign.unlike.hint"))


def _breach(scenario: str, problem: Problem, judged: Judged) -> Document:
    rule, breach = judged.rule, judged.breach
    return {
        "scenario": scenario,
        "rule": rule.id,
        "hard": rule.hard,
        "waived": judged.waived,
        "amount": breach.amount,
        "unit": rule.unit,
        "subjects": list(breach.about.subjects),
        "when": _when(problem, breach.about),
        "sentence": breach_sentence(problem, rule, breach, lang()),
    }


def _when(problem: Problem, about: About) -> str:
    first, last = (problem.horizon.date(day).isoformat() for day in (about.first, about.last))
    return first if first == last else f"{first}..{last}"
