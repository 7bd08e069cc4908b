"""Edits of a study from the command line: under its lock, journalled, saved in one step."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from data.codec import change_plain
from data.study_file import is_study
from planner.astray import astray, astray_cell
from planner.edits import Edit
from planner.going import inheriting
from planner.links import broken_by, lost
from planner.past import touched
from planner.problem import TOLERATED, Fault, faults
from planner.sentences import fault_words
from planner.study import Study, UnknownScenarioError
from planner.words import listing as named
from ui.cli.sentences import Told
from ui.cli.show import document, table, telling
from ui.cli.speech import lang, say
from ui.cli.standing import standing_plain, state_cell
from ui.cli.targets import Loaded, Target, held, unrecognised

Document = dict[str, Any]


def edit(
    words: str,
    make: Callable[[Loaded], Edit],
    *,
    as_json: bool,
    tell: Callable[[Loaded], Sequence[str]] | None = None,
    past: bool = False,
) -> None:
    """Do one edit of a study and say what it was; `tell` gives more sentences, before it is done.

    `past`: it may change what was done on days that are over, as it records it, or somebody insists.

    Raises:
        EditRefusedError: it cannot be done.
        Told: the file is no study, or the edit would leave facts that contradict each other, or
            change what was done on days that are over.
        Held: somebody else holds the study.
    """
    target = Target.of(words)
    if not is_study(target.path):
        if not target.path.exists() or target.path.is_dir() or not target.path.stat().st_size:
            raise unrecognised(target.path)
        raise Told("cli.scenario.no_study", path=str(target.path))
    with held(target) as loaded:
        before = loaded.study
        asked = make(loaded)
        if not past:
            _refuse_past(before, asked, words)
        more = list(tell(loaded)) if tell is not None else []
        after = asked.apply(before)
        for name in sorted(asked.touched):
            _refuse_contradiction(before, after, name)
        if broken := broken_by(before, after, ()):  # a scenario further down names what has gone
            first = fault_words(broken[0], lang())
            raise Told("cli.scenario.contradiction", n=len(broken), fault=first)
        heirs = inheriting(before, after, asked.touched)
        missed = list(_missed(before, after, asked.touched))
        loaded.opened.do(asked)
        loaded.opened.save()
    message, facts = asked.label
    sentence = say(message, **facts)
    with telling():
        if as_json:
            names = {"scenarios": sorted(asked.touched), "inherited": heirs}
            names["missed"] = missed
            told = {} if tell is None else {"told": more}
            document({"file": str(target.path), "done": sentence, **names, **told})
        else:
            print("\n".join((sentence, *more, *_inherited(heirs), *missed)))


def _refuse_past(study: Study, asked: Edit, target: str) -> None:
    """Refuse to change what was done on days that are over and published; say how to record it."""
    found = touched(study, asked)
    if found is not None:
        raise Told("cli.change.past", target=target, **found.facts(study.base.horizon, lang()))


def _missed(before: Study, after: Study, touched: Collection[str]) -> Iterator[str]:
    """Name the scenarios of which changes no longer meet what they were made for."""
    known = {each.name for each in before.scenarios} - {*touched}
    for name in (each.name for each in after.scenarios if each.name in known):
        now = astray(after, name)
        if now != astray(before, name) and any(now):
            yield say("cli.scenario.astray", scenario=name, what=astray_cell(now, lang()))


def _inherited(heirs: Sequence[str]) -> list[str]:
    """Name the scenarios whose facts have changed with those of a scenario that they stand on."""
    if not heirs:
        return []
    return [say("cli.scenario.inherits", n=len(heirs), names=named(heirs, lang()))]


def _refuse_contradiction(before: Study, after: Study, name: str) -> None:
    """Refuse an edit that makes a new fault: a link to nobody, a double id, a value out of bounds."""
    try:
        known = set(faults(before.problem(name)))
    except UnknownScenarioError:
        known = set()
    try:
        problem = after.problem(name)
    except UnknownScenarioError:  # it was deleted
        return
    grave = (fault for fault in faults(problem) if fault.what not in TOLERATED)
    fresh: list[Fault] = [fault for fault in grave if fault not in known]
    if fresh and any(each.name == name for each in before.scenarios):
        first = fault_words(lost(before.problem(name), fresh[0]), lang())
        raise Told("cli.scenario.contradiction", n=len(fresh), fault=first)


def listing(loaded: Loaded) -> list[Document]:
    """Give the scenarios of a study with their change sets, as plain values."""
    study = loaded.study
    return [
        {
            "name": scenario.name,
            "parent": scenario.parent,
            "stale": study.stale(scenario.name),
            **standing_plain(study, scenario.name),
            "published": scenario.published is not None,
            "pins": len(scenario.pins),
            "waivers": len(scenario.waivers),
            "changes": [
                {
                    "name": group.name,
                    "enabled": group.enabled,
                    "changes": [change_plain(change) for change in group.changes],
                }
                for group in scenario.changes
            ],
        }
        for scenario in study.scenarios
        if loaded.target.scenario in (None, scenario.name)
    ]


def listing_text(found: list[Document]) -> None:
    """Write scenarios, each with the names of its groups of changes."""
    rows = []
    for scenario in found:
        groups = [
            group["name"] if group["enabled"] else say("cli.scenario.off", name=group["name"])
            for group in scenario["changes"]
        ]
        state = state_cell(scenario)
        rows.append((scenario["name"], scenario["parent"] or "", " · ".join(groups), state))
    keys = ("scenario", "parent", "changes", "state")
    table([say(f"cli.head.{key}") for key in keys], rows)
