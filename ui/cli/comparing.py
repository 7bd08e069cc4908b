"""The outcomes that a comparison sets side by side, gathered from any number of targets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from data.audits import Audits, audits_of
from data.journal import recorded
from data.searching import behind
from data.state import true_path
from data.study_file import Opened
from planner.compare import Comparison, Stale, compare
from planner.comparison_words import stale_sentences
from planner.kpis.contract import Outcome
from planner.staleness import staleness
from planner.study import Pin, Study
from ui.cli.sentences import Told
from ui.cli.speech import lang
from ui.cli.targets import Target, load


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Outcomes by the name that they are shown under; `stale` are those of plans out of date.

    `searched` are the processor seconds of search behind the plans, `late` how much their costs
    still fell at its end, `pins` those in force, `audits` where what is found of each is kept.
    """

    outcomes: Mapping[str, Outcome]
    reference: str
    pins: Mapping[str, Sequence[Pin]] = field(default_factory=dict)
    stale: tuple[Stale, ...] = ()
    title: str = ""
    searched: Mapping[str, float] = field(default_factory=dict)
    late: Mapping[str, int] = field(default_factory=dict)
    audits: Mapping[str, Audits] = field(default_factory=dict)


def gather(targets: Sequence[str], reference: str | None, reading: str | None) -> Sides:
    """Read all targets; a bare file means all of its scenarios.

    Raises:
        Told: there is no such scenario, or the reference is none of the targets' files.
    """
    wanted = [Target.of(words) for words in targets]
    first = None if reference is None else Target.of(reference)
    named = [*wanted, *([first] if first else [])]
    files = list(dict.fromkeys(true_path(target.path) for target in named))
    outcomes: dict[str, Outcome] = {}
    stale: list[Stale] = []
    found: dict[str, float] = {}
    ends: dict[str, int] = {}
    pins: dict[str, Sequence[Pin]] = {}
    audits: dict[str, Audits] = {}
    base = ""
    told: set[Path] = set()
    for target in named:
        loaded = load(target, reading, told=true_path(target.path) in told)
        told.add(true_path(target.path))
        with loaded.opened:
            # A reference without a scenario is the base of its file, not all of them.
            names = loaded.names(every=target is not first)
            spent, late = behind(loaded.opened)
            for name in names:
                shown = name if len(files) == 1 else f"{target.path.name}#{name}"
                base = shown if target is first or not base else base
                if shown not in outcomes:
                    audits[shown] = audits_of(loaded.opened)
                    outcomes[shown] = _outcome(loaded.study, name, audits[shown])
                    pins[shown] = loaded.study.pins(name)
                    stale += _stale(loaded.opened, name, shown)
                    found |= {shown: spent[name]} if name in spent else {}
                    ends |= {shown: late[name]} if name in late else {}
    if len({outcome.problem.horizon for outcome in outcomes.values()}) > 1:
        raise Told("cli.compare.other_period")
    ordered = {base: outcomes[base], **outcomes}
    title = ", ".join(dict.fromkeys(str(target.path) for target in named))
    return Sides(
        outcomes=ordered,
        reference=base,
        pins=pins,
        stale=tuple(stale),
        title=title,
        searched=found,
        late=ends,
        audits=audits,
    )


def _outcome(study: Study, name: str, audits: Audits) -> Outcome:
    scenario = study.scenario(name)
    waivers = study.waivers(name)
    outcome = Outcome(study.problem(name), scenario.plan, waivers, forecast=scenario.forecast)
    audits.recall(outcome)
    return outcome


def _stale(opened: Opened, name: str, shown: str) -> list[Stale]:
    """Give the mark of a plan that is out of date, with what the journal says was changed since."""
    found = (
        staleness(opened.study, name, recorded(opened.history()))
        if opened.study.stale(name)
        else None
    )
    return [] if found is None else [found._replace(scenario=shown)]


def reasons(opened: Opened, name: str) -> list[str]:
    """Say what was changed since the plan of a scenario was made; nothing where it is up to date."""
    return [
        words
        for mark in _stale(opened, name, name)
        for words in [*stale_sentences(mark, lang())][1:]
    ]


def of_study(opened: Opened, reference: str, known: Mapping[str, Outcome]) -> Sides:
    """Set all scenarios of a study at hand side by side; `known` are outcomes worked out already."""
    study, audits = opened.study, audits_of(opened)
    spent, late = behind(opened)
    names = [reference, *(each.name for each in study.scenarios if each.name != reference)]
    return Sides(
        outcomes={name: known.get(name) or _outcome(study, name, audits) for name in names},
        reference=reference,
        pins={name: study.pins(name) for name in names},
        stale=tuple(mark for name in names for mark in _stale(opened, name, name)),
        title=study.name,
        searched={name: seconds for name, seconds in spent.items() if name in names},
        late={name: gain for name, gain in late.items() if name in names},
        audits=dict.fromkeys(names, audits),
    )


def compared(sides: Sides, profile: str | None = None) -> Comparison:
    """Compare, and keep what was found of each side for the next time."""
    found = compare(
        sides.outcomes,
        sides.reference,
        profile=profile,
        stale=[mark.scenario for mark in sides.stale],
        reasons=sides.stale,
        pins=sides.pins,
    )
    for name, audits in sides.audits.items():
        audits.remember([sides.outcomes[name]])
    return replace(found, searched=sides.searched, late=sides.late)
